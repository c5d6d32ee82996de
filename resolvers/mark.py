"""Reading marks."""

import dataclasses
import uuid
from dataclasses import dataclass

import sqlalchemy as sa

import models
from auth import scope
from models import Mark, MarkState
from resolvers import page
from resolvers.operation import Operation
from resolvers.page import Order, Page, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Members combine by *and*, lists inside by *or*; an empty list is no condition.

    Only active marks are shown unless `states` asks for others.
    """

    agent_ids: tuple[uuid.UUID, ...] = ()
    area_ids: tuple[uuid.UUID, ...] = ()
    states: tuple[MarkState, ...] = ()


async def marks(operation: Operation, filter_: Filter, window: Window) -> Page:
    """A page of the marks in reach, newest first. Groups have no part in it (V3)."""
    states = filter_.states or (MarkState.ACTIVE,)
    statement = scope.select(Mark, operation.viewer).where(Mark.state.in_(states))
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
    order = Order(
        keys=("created_at", "id"),
        descending=True,
        binding=["marks", *dataclasses.astuple(filter_)],
    )
    return await page.read(operation, Mark, statement, order, window)
