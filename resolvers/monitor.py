"""The Coaching Monitor: a page of coaching with the agents' scores (C1, C2)."""

import dataclasses
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auth import scope
from auth.viewer import Viewer
from models import Agent, Assignment, AssignmentArea, monitor
from models.errors import BadRequest
from models.workspace import start_of
from resolvers import score
from resolvers.operation import Operation
from resolvers.page import Listing, Order, Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Days of the workspace's time zone, both included; an end that is null is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        """Raise BadRequest where the last day lies before the first."""
        if self.first is not None and self.last is not None and self.last < self.first:
            message = "to: not before from."
            raise BadRequest(message)

    @property
    def unsaid(self) -> bool:
        """Whether neither end is given."""
        return self.first is None and self.last is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Members combine by *and*, lists inside by *or*; an empty list is no condition.

    At most one of the dates is given. Without days, the assigned date is within the last 7 days,
    and the follow-up date today (C2).
    """

    assigned_on: Between | None = None
    follow_up_on: Between | None = None
    area_ids: tuple[uuid.UUID, ...] = ()
    agent_group_ids: tuple[uuid.UUID, ...] = ()
    agent_ids: tuple[uuid.UUID, ...] = ()


def rows(operation: Operation, filter_: Filter) -> Listing:
    """Coaching that was not cancelled, one row for each agent's.

    By assigned date the newest come first, by follow-up date the earliest.
    """
    by_follow_up = filter_.follow_up_on is not None
    dates = _follow_up(operation, filter_) if by_follow_up else _assigned(operation, filter_)

    def parts(viewer: Viewer) -> Parts:
        stands = Assignment.cancelled_at.is_(None)
        chosen = scope.select(Assignment, viewer).where(stands, *dates, *_chosen(filter_))
        return [(Assignment, chosen)]

    order = Order(
        keys=("follow_up_on" if by_follow_up else "assigned_at", "id"),
        descending=not by_follow_up,
        binding=("coachingMonitor", *dataclasses.astuple(filter_)),
    )
    at = (score.today(operation), operation.viewer.time_zone)
    return Listing(order=order, parts=parts, at=at)


def _assigned(operation: Operation, filter_: Filter) -> list[sa.ColumnElement[bool]]:
    given = filter_.assigned_on or Between()
    if given.unsaid:
        week = monitor.current(score.today(operation))
        given = Between(first=week.first, last=week.last)
    zone, found = operation.viewer.time_zone, []
    if given.first is not None and (since := start_of(given.first, zone)) is not None:
        found.append(Assignment.assigned_at >= since)
    if given.last not in {None, dt.date.max}:
        end: Any = given.last
        if (before := start_of(end + monitor.DAY, zone)) is not None:
            found.append(Assignment.assigned_at < before)
    return found


def _follow_up(operation: Operation, filter_: Filter) -> list[sa.ColumnElement[bool]]:
    given = filter_.follow_up_on or Between()
    if given.unsaid:
        return [Assignment.follow_up_on == score.today(operation)]
    found = []
    if given.first is not None:
        found.append(Assignment.follow_up_on >= given.first)
    if given.last is not None:
        found.append(Assignment.follow_up_on <= given.last)
    return found


def _chosen(filter_: Filter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if filter_.agent_ids:
        found.append(Assignment.agent_id.in_(filter_.agent_ids))
    if filter_.agent_group_ids:
        member = sa.select(sa.literal(1)).where(
            Agent.workspace_id == Assignment.workspace_id,
            Agent.id == Assignment.agent_id,
            Agent.agent_group_id.in_(filter_.agent_group_ids),
        )
        found.append(member.exists())
    if filter_.area_ids:
        area = AssignmentArea
        coached = sa.select(sa.literal(1)).where(
            area.workspace_id == Assignment.workspace_id,
            area.assignment_id == Assignment.id,
            area.attribute_id.in_(filter_.area_ids),
        )
        found.append(coached.exists())
    return found
