"""How long the list of coaching is (A6): from stored totals, so it costs the same always."""

import functools
import operator
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from auth import permissions, scope
from auth.viewer import Viewer
from models import CoachingTotal, GroupTotal, Role, Status
from models.coaching_total import BY_PROGRESS, BY_STATUS, individual


def listed(
    viewer: Viewer, statuses: Collection[Status], *, individuals: bool, groups: bool
) -> sa.Select[Any] | None:
    """How many rows of these kinds and statuses are in reach; no statuses are all but cancelled.

    Who may not see groups has individual rows only, and all assignments are. A statement over
    the sets of queues that there are, not over coaching. None for an agent, to whom totals are not
    there: their own assignments, which are few, are to be counted.
    """
    if viewer.role is Role.AGENT:
        return None
    names = BY_STATUS if viewer.accept_and_dispute else BY_PROGRESS
    wanted = statuses or [status for status in Status if status is not Status.CANCELLED]
    shown = [name for status, name in names.items() if status in wanted]
    parts: list[tuple[Any, list[str]]] = []
    if not permissions.SeesGroups.allows(viewer):
        parts.append((CoachingTotal, shown))
    else:
        if individuals:
            parts.append((CoachingTotal, [individual(name) for name in shown]))
        if groups:
            parts.append((GroupTotal, shown))
    sums = [
        scope.select(table, viewer)
        .with_only_columns(
            sa.func.coalesce(sa.func.sum(_added(getattr(table, name) for name in columns)), 0)
        )
        .scalar_subquery()
        for table, columns in parts
        if columns
    ]
    return sa.select(_added(sums)) if sums else sa.select(sa.literal(0))


def _added(terms: Iterable[Any]) -> Any:
    return functools.reduce(operator.add, terms)
