"""Reading the audit history (D10): one order for all readers."""

import dataclasses
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auth import scope
from auth.viewer import Viewer
from models import Action, AuditEntry
from resolvers.page import Listing, Order, Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Members combine by *and*, lists inside by *or*; an empty list is no condition.

    Times are half open: from `since` on, before `before`.
    """

    agent_ids: tuple[uuid.UUID, ...] = ()
    assignment_ids: tuple[uuid.UUID, ...] = ()
    evaluation_ids: tuple[uuid.UUID, ...] = ()
    mark_ids: tuple[uuid.UUID, ...] = ()
    group_ids: tuple[uuid.UUID, ...] = ()
    actions: tuple[Action, ...] = ()
    since: dt.datetime | None = None
    before: dt.datetime | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """The filter in SQL."""
        lists: list[tuple[Any, tuple[Any, ...]]] = [
            (AuditEntry.agent_id, self.agent_ids),
            (AuditEntry.assignment_id, self.assignment_ids),
            (AuditEntry.evaluation_id, self.evaluation_ids),
            (AuditEntry.mark_id, self.mark_ids),
            (AuditEntry.group_id, self.group_ids),
            (AuditEntry.action, self.actions),
        ]
        # One value as an equality: then an index that begins with it has the page in its order.
        found = [
            column == values[0] if len(values) == 1 else column.in_(values)
            for column, values in lists
            if values
        ]
        if self.since is not None:
            found.append(AuditEntry.at >= self.since)
        if self.before is not None:
            found.append(AuditEntry.at < self.before)
        return found


def entries(filter_: Filter, *, oldest_first: bool) -> Listing:
    """The entries in reach, newest first unless told otherwise."""

    def parts(viewer: Viewer) -> Parts:
        return [(AuditEntry, scope.select(AuditEntry, viewer).where(*filter_.conditions()))]

    order = Order(
        keys=("at", "position", "id"),
        descending=not oldest_first,
        binding=("auditHistory", *dataclasses.astuple(filter_)),
    )
    return Listing(order=order, parts=parts)
