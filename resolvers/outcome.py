"""What came of a sent group: its members' progress and changes (C6), and the effect (C6b)."""

import asyncio
import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

import models
from auth import scope
from models import (
    Agent,
    Assignment,
    AssignmentArea,
    AttributeDay,
    CoachingGroup,
    CoachingGroupMember,
    Status,
    effect,
    monitor,
)
from models.effect import Course, Effect
from models.monitor import Change, Days, Outcome
from models.workspace import day_of, start_of
from resolvers import score
from resolvers.assignment import status_of
from resolvers.operation import Operation

AREAS = sa.inspect(CoachingGroup).relationships["areas"]
COACHED = sa.inspect(Assignment).relationships["areas"]
ASSIGNMENTS = sa.inspect(CoachingGroup).relationships["assignments"]
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


async def changes(
    operation: Operation, asked: Sequence[tuple[Assignment, uuid.UUID]]
) -> list[Change]:
    """Agents' scores in an attribute each, when coaching was assigned and now (C5)."""

    async def measure(operation: Operation, windows: Sequence[score.Window]) -> score.Scores:
        ids = [attribute_id for _, attribute_id in asked] * 2
        of = [(agent, key, days) for (agent, days), key in zip(windows, ids, strict=True)]
        return await score.attributes(operation, of)

    moments = [(assignment.agent_id, assignment.assigned_at) for assignment, _ in asked]
    return await score.changes(operation, moments, measure)


async def progress(
    operation: Operation, assignments: Sequence[Assignment]
) -> list[list[tuple[models.Attribute, Change]]]:
    """How each agent changed in each skill that is coached, in the order of `areas` (C5)."""
    of = [operation.loaders.related(COACHED, each) for each in assignments]
    areas = await asyncio.gather(*of)
    asked = [
        (each, area.id) for each, those in zip(assignments, areas, strict=True) for area in those
    ]
    found = iter(await changes(operation, asked))
    return [[(area, next(found)) for area in those] for those in areas]


async def statuses(operation: Operation, group: CoachingGroup) -> Counter[Status]:
    """How many of a sent group's assignments in reach stand where, cancelled ones included."""
    rows = await operation.loaders.related(ASSIGNMENTS, group)
    return Counter(getattr(row, status_of(operation.viewer)) for row in rows)


async def of(operation: Operation, group: CoachingGroup, attribute_id: uuid.UUID) -> Outcome:
    """How the members in reach changed in an attribute (C6)."""
    rows = await _coached(operation, group)
    return monitor.outcome(await changes(operation, [(row, attribute_id) for row in rows]))


async def areas(operation: Operation, group: CoachingGroup) -> Sequence[models.Attribute]:
    """The attributes that a group coaches; none while it is not sent."""
    if group.assigned_at is None:
        return ()
    found: Sequence[models.Attribute] = await operation.loaders.related(AREAS, group)
    return found


async def _coached(operation: Operation, group: CoachingGroup) -> list[Assignment]:
    """The assignments of a group in reach that were not cancelled."""
    rows = await operation.loaders.related(ASSIGNMENTS, group)
    return [row for row in rows if row.cancelled_at is None]


async def effect_of(operation: Operation, group: CoachingGroup, attribute_id: uuid.UUID) -> Effect:
    """What coaching a group in an attribute did, beyond what changed without it (C6b)."""
    if not operation.viewer.auto_qa or group.assigned_at is None:
        return Effect(members=0, comparable=0)
    assigned_on = day_of(group.assigned_at, operation.viewer.time_zone)
    if not effect.is_due(assigned_on, score.today(operation)):
        return Effect(members=0, comparable=0)
    rows = await _coached(operation, group)
    found = await changes(operation, [(row, attribute_id) for row in rows])
    return effect.of(_courses(found), await _others(operation, group, attribute_id))


def _courses(changes: Sequence[Change]) -> list[Course]:
    return [
        Course(change.before, change.now)
        for change in changes
        if change.before is not None and change.now is not None
    ]


@dataclass(frozen=True, slots=True)
class _Question:
    """Whom a group is compared with: in this attribute, over these days."""

    group_id: uuid.UUID
    attribute_id: uuid.UUID
    before: Days
    now: Days


def _others(
    operation: Operation, group: CoachingGroup, attribute_id: uuid.UUID
) -> Awaitable[list[Course]]:
    assigned_at: Any = group.assigned_at
    question = _Question(group.id, attribute_id, *score.since(operation, assigned_at))
    return operation.loaders.made("comparable agents", lambda: _batch(operation)).load(question)


def _batch(operation: Operation) -> Any:
    """One statement for all groups and attributes of a level."""

    async def batch(keys: list[_Question]) -> list[list[Course]]:
        parts = [_comparable(operation, key, place) for place, key in enumerate(keys)]
        found: dict[int, list[Change]] = defaultdict(list)
        async with operation.read() as session:
            for row in await session.execute(sa.union_all(*parts)):
                before = monitor.attribute_score(row.earned_before, row.weight_before)
                now = monitor.attribute_score(row.earned_now, row.weight_now)
                found[row.place].append(Change(before, now))
        return [_courses(found[place]) for place in range(len(keys))]

    return batch


def _comparable(operation: Operation, asked: _Question, place: int) -> sa.Select[Any]:
    """Agents who were not coached in the attribute over these days, with their sums (C6b).

    They work in a queue that a member works in, and are within the viewer's reach. Not coached is
    who has no assignment with the attribute that was made since the first of the days, nor an
    older one that is not completed. The first by their random ids are taken: always the same.
    """
    chosen = (
        scope.select(Agent, operation.viewer)
        .where(
            ~_is_member(asked.group_id).exists(),
            _shares_queue(asked.group_id).exists(),
            ~_is_coached(operation, asked).exists(),
        )
        .order_by(Agent.id)
        .limit(effect.SAMPLE)
        .with_only_columns(Agent.workspace_id, Agent.id)
        .subquery()
    )
    sums = {
        f"{name}_{when}": _sum_of(chosen, asked.attribute_id, days, name)
        for when, days in (("before", asked.before), ("now", asked.now))
        for name in ("earned", "weight")
    }
    return sa.select(
        sa.literal(place, sa.Integer).label("place"),
        *(value.label(name) for name, value in sums.items()),
    ).select_from(chosen)


def _is_member(group_id: uuid.UUID) -> sa.Select[Any]:
    member = CoachingGroupMember
    return sa.select(sa.literal(1)).where(
        member.workspace_id == Agent.workspace_id,
        member.group_id == group_id,
        member.agent_id == Agent.id,
    )


def _shares_queue(group_id: uuid.UUID) -> sa.Select[Any]:
    own, theirs, member = models.AgentQueue, aliased(models.AgentQueue), CoachingGroupMember
    of_members = (
        sa.select(theirs.queue_id)
        .join(
            member,
            (member.workspace_id == theirs.workspace_id) & (member.agent_id == theirs.agent_id),
        )
        .where(theirs.workspace_id == Agent.workspace_id, member.group_id == group_id)
        .correlate(Agent)
    )
    return sa.select(sa.literal(1)).where(
        own.workspace_id == Agent.workspace_id,
        own.agent_id == Agent.id,
        own.queue_id.in_(of_members),
    )


def _is_coached(operation: Operation, asked: _Question) -> sa.Select[Any]:
    since: Any = start_of(asked.before.first, operation.viewer.time_zone) or LONG_AGO
    return (
        sa.select(sa.literal(1))
        .select_from(Assignment)
        .join(
            AssignmentArea,
            (AssignmentArea.workspace_id == Assignment.workspace_id)
            & (AssignmentArea.assignment_id == Assignment.id),
        )
        .where(
            Assignment.workspace_id == Agent.workspace_id,
            Assignment.agent_id == Agent.id,
            Assignment.cancelled_at.is_(None),
            AssignmentArea.attribute_id == asked.attribute_id,
            (Assignment.assigned_at >= since) | (Assignment.progress != Status.COMPLETED),
        )
    )


def _sum_of(chosen: Any, attribute_id: uuid.UUID, days: Days, name: str) -> Any:
    day = AttributeDay
    summed = sa.select(sa.cast(sa.func.sum(getattr(day, name)), sa.BigInteger)).where(
        day.workspace_id == chosen.c.workspace_id,
        day.agent_id == chosen.c.id,
        day.attribute_id == attribute_id,
        day.day.between(days.first, days.last),
    )
    return sa.func.coalesce(summed.scalar_subquery(), 0)
