"""Reading marks."""

import dataclasses
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

import models
from auth import scope
from auth.viewer import Viewer
from models import Mark, MarkState
from resolvers.page import Listing, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Members combine by *and*, lists inside by *or*; an empty list is no condition.

    Only active marks are shown unless `states` asks for others.
    """

    agent_ids: tuple[uuid.UUID, ...] = ()
    area_ids: tuple[uuid.UUID, ...] = ()
    states: tuple[MarkState, ...] = ()


def marks(filter_: Filter) -> Listing:
    """The marks in reach, newest first. Groups have no part in it (V3)."""
    order = Order(
        keys=("created_at", "id"), descending=True, binding=("marks", *dataclasses.astuple(filter_))
    )
    return Listing(order=order, parts=lambda viewer: [(Mark, _statement(viewer, filter_))])


def _statement(viewer: Viewer, filter_: Filter) -> sa.Select[Any]:
    states = filter_.states or (MarkState.ACTIVE,)
    statement = scope.select(Mark, viewer).where(Mark.state.in_(states))
    if filter_.agent_ids:
        statement = statement.where(Mark.agent_id.in_(filter_.agent_ids))
    if filter_.area_ids:
        area = models.MarkArea
        needed = sa.select(sa.literal(1)).where(
            area.workspace_id == Mark.workspace_id,
            area.mark_id == Mark.id,
            area.attribute_id.in_(filter_.area_ids),
        )
        statement = statement.where(needed.exists())
    return statement
