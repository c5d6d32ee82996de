"""What changed, as it is told to who subscribed: only what is in their reach, each time anew.

Whether a change concerns somebody is decided twice: by its ids, which costs nothing and is asked
of every change for every subscriber, and by the scoped rows, as of now (V1, V6).
"""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import sqlalchemy as sa

from auth import reach, scope
from auth.viewer import Viewer
from models import Agent, Assignment, CoachingGroup, Evaluation, EventKind, GroupState, Mark
from models.base import Base
from resolvers import mark_parts
from resolvers.operation import Operation
from resolvers.outbox import Change

Reached = Callable[[Operation, Change], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Topic:
    """What can be subscribed to: kinds of events, and whether a viewer reaches what changed."""

    kinds: frozenset[EventKind]
    reached: Reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What somebody subscribed to: a topic, one object of it if named, one agent if named."""

    topic: Topic
    subject_id: uuid.UUID | None = None
    agent_id: uuid.UUID | None = None

    def includes(self, viewer: Viewer, change: Change) -> bool:
        """Whether a change may be told, by its ids alone. An agent is told of their own only."""
        return (
            change.kind in self.topic.kinds
            and self.subject_id in {None, change.subject_id}
            and self.agent_id in {None, change.agent_id}
            and (not viewer.is_agent or change.agent_id == viewer.agent_id)
        )


def _row(model: type[Base]) -> Reached:
    async def reached(operation: Operation, change: Change) -> bool:
        return await operation.loaders.row(model, change.subject_id) is not None

    return reached


async def _group(operation: Operation, change: Change) -> bool:
    """Whether a group is within reach, or was when it was deleted: its members are kept."""
    if await operation.loaders.row(CoachingGroup, change.subject_id) is not None:
        return True
    viewer = operation.viewer
    deleted = sa.select(CoachingGroup.id).where(
        CoachingGroup.workspace_id == viewer.workspace_id,
        CoachingGroup.id == change.subject_id,
        CoachingGroup.state == GroupState.DELETED,
        *(() if viewer.everywhere else (reach.group_in_reach(viewer),)),
    )
    async with operation.read() as session:
        return await session.scalar(deleted) is not None


async def _candidates(operation: Operation, change: Change) -> bool:
    """Whether a change may have made or unmade candidates within reach (G5).

    Marks do; so does assigning coaching that uses them up, which has the moment of the event. A
    group's change may move marks into it or out of it.
    """
    if change.kind is EventKind.COACHING_GROUP_CHANGED:
        return await _group(operation, change)
    if await operation.loaders.row(Agent, change.agent_id) is None:
        return False
    return change.kind is EventKind.MARK_CHANGED or await _uses_up(operation, change)


async def _uses_up(operation: Operation, change: Change) -> bool:
    """Whether this is the making of coaching from marks that were in no group."""
    used = sa.select(sa.literal(1)).where(
        Mark.workspace_id == Assignment.workspace_id, Mark.assignment_id == Assignment.id
    )
    made = scope.select(Assignment, operation.viewer).where(
        Assignment.id == change.subject_id,
        Assignment.group_id.is_(None),
        Assignment.assigned_at == change.at,
        used.exists(),
    )
    async with operation.read() as session:
        return await session.scalar(made.with_only_columns(Assignment.id)) is not None


async def candidate(operation: Operation, agent_id: uuid.UUID | None) -> Agent | None:
    """The agent, if they are a candidate within reach now."""
    if agent_id is None:
        return None
    waiting = sa.select(sa.literal(1)).where(
        Mark.workspace_id == operation.viewer.workspace_id, *mark_parts.waiting((agent_id,))
    )
    found = scope.select(Agent, operation.viewer).where(Agent.id == agent_id, waiting.exists())
    async with operation.read() as session:
        return await session.scalar(found)


ASSIGNMENTS = Topic(frozenset({EventKind.ASSIGNMENT_CHANGED}), _row(Assignment))
EVALUATIONS = Topic(frozenset({EventKind.EVALUATION_CHANGED}), _row(Evaluation))
GROUPS = Topic(frozenset({EventKind.COACHING_GROUP_CHANGED}), _group)
CANDIDATES = Topic(
    frozenset(
        {
            EventKind.MARK_CHANGED,
            EventKind.ASSIGNMENT_CHANGED,
            EventKind.COACHING_GROUP_CHANGED,
        }
    ),
    _candidates,
)
