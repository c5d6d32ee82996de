"""Reading conversations: an agent's Evaluation tab (B2)."""

import dataclasses
import datetime as dt
import operator
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auth import scope
from auth.viewer import Viewer
from models import Conversation
from resolvers.page import Listing, Order, Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Members combine by *and*, lists inside by *or*; an empty list is no condition.

    Times are half open: from `started_from` on, before `started_before`. Scores are points, both
    ends included.
    """

    agent_ids: tuple[uuid.UUID, ...] = ()
    queue_ids: tuple[uuid.UUID, ...] = ()
    started_from: dt.datetime | None = None
    started_before: dt.datetime | None = None
    kore_score_from: float | None = None
    kore_score_to: float | None = None
    audit_score_from: float | None = None
    audit_score_to: float | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """The filter in SQL."""
        table = Conversation
        bounds: list[tuple[Any, Callable[[Any, Any], sa.ColumnElement[bool]], object]] = [
            (table.started_at, operator.ge, self.started_from),
            (table.started_at, operator.lt, self.started_before),
            (table.kore_evaluation_score, operator.ge, self.kore_score_from),
            (table.kore_evaluation_score, operator.le, self.kore_score_to),
            (table.supervisor_audit_score, operator.ge, self.audit_score_from),
            (table.supervisor_audit_score, operator.le, self.audit_score_to),
        ]
        found = [compare(column, bound) for column, compare, bound in bounds if bound is not None]
        if self.agent_ids:
            found.append(table.agent_id.in_(self.agent_ids))
        if self.queue_ids:
            found.append(table.queue_id.in_(self.queue_ids))
        return found


def conversations(filter_: Filter) -> Listing:
    """The conversations in reach, newest first."""

    def parts(viewer: Viewer) -> Parts:
        chosen = scope.select(Conversation, viewer).where(*filter_.conditions())
        return [(Conversation, chosen)]

    order = Order(
        keys=("started_at", "id"),
        descending=True,
        binding=("conversations", *dataclasses.astuple(filter_)),
    )
    return Listing(order=order, parts=parts)
