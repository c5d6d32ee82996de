"""Sending a coaching group: an assignment for each member, all of them or none (A3, A4)."""

import dataclasses
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import (
    Action,
    Agent,
    Assignment,
    CoachingGroup,
    GroupState,
    Mark,
    MarkState,
    coaching_group,
)
from models.assignment import Content
from models.coaching_group import Plan
from models.errors import Refusal
from models.move import ViewerActionName
from models.workspace import day_of
from resolvers import assignment_parts as parts
from resolvers import audit, facts, group_parts, idempotency, mark_parts
from resolvers.assignment_making import Share, make
from resolvers.operation import Operation

ACTION = ViewerActionName.DISPATCH_COACHING_GROUP


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a dispatch: the same when it is asked for again (A4)."""

    group: CoachingGroup
    assignments: Sequence[Assignment]
    skipped: Sequence[Agent]


async def dispatch(
    operation: Operation,
    content: Content,
    *,
    group_id: uuid.UUID,
    expected_version: int | None = None,
    idempotency_key: str | None = None,
) -> Sent:
    """Give each member with a conversation an assignment, and send the group (A3).

    The group's areas go to all (M3). Raises Refusal: NOT_FOUND, FORBIDDEN, GROUP_ALREADY_SENT,
    STALE, GROUP_HAS_NO_CONVERSATIONS, INVALID.
    """
    viewer = operation.viewer
    content = content.checked(today=day_of(viewer.now, viewer.time_zone))
    async with operation.write() as session:
        given = [dataclasses.astuple(content), group_id, expected_version]
        _, fresh = await idempotency.claim(
            session, viewer, idempotency_key, "dispatchCoachingGroup", given
        )
        if not fresh:
            return await _sent(session, viewer, group_id)
        group = await group_parts.for_change(
            session, viewer, group_id, ACTION, expected_version=expected_version
        )
        marks = await mark_parts.lock(session, viewer, *_waiting(group_id))
        planned, names = await _plan(session, viewer, group_id, marks)
        if refusal := coaching_group.refuse_plan(planned, names):
            raise refusal
        linked = {key for ids in planned.conversations.values() for key in ids}
        await facts.lock_conversations(session, viewer.workspace_id, linked)
        area_ids = await group_parts.area_ids(session, viewer, group_id)
        content = dataclasses.replace(content, area_ids=area_ids)
        shares = _shares(planned, marks)
        await make(session, viewer, content, shares, group_id=group_id)
        await _settle(session, viewer, group_id, tuple(each.id for each in marks))
        await _send(session, viewer, group, content, planned, shares)
        made_ids = [share.assignment_id for share in shares]
        await facts.refresh(session, viewer.workspace_id, assignment_ids=made_ids)
        return await _sent(session, viewer, group_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a dispatch would do now, and why it would be refused, if it would."""

    plan: Plan
    refusal: Refusal | None


async def preview(operation: Operation, group_id: uuid.UUID) -> Preview:
    """What dispatching a group would create; nothing is written.

    A group that can't be sent has nothing in its preview but the reason.
    """
    viewer = operation.viewer
    nothing = Plan(conversations={}, skipped=())
    async with operation.read() as session:
        reached = scope.select(CoachingGroup, viewer).where(CoachingGroup.id == group_id)
        group = await session.scalar(reached)
        if group is None:
            return Preview(plan=nothing, refusal=parts.not_found("group", "groupId"))
        whole = not await group_parts.hidden(session, viewer, [group_id])
        refusal = coaching_group.refuse(ACTION, group.state, viewer.role, whole=whole)
        if refusal is not None:
            return Preview(plan=nothing, refusal=refusal)
        waiting = scope.select(Mark, viewer).where(*_waiting(group_id))
        marks = (await session.scalars(waiting)).all()
        planned, names = await _plan(session, viewer, group_id, marks)
    return Preview(plan=planned, refusal=coaching_group.refuse_plan(planned, names))


def _waiting(group_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return (Mark.group_id == group_id, Mark.state == MarkState.ACTIVE)


async def _plan(
    session: AsyncSession, viewer: Viewer, group_id: uuid.UUID, marks: Sequence[Mark]
) -> tuple[Plan, Mapping[uuid.UUID, str]]:
    """Who gets what, and the members' names in their order."""
    member = models.CoachingGroupMember
    members = await session.execute(
        scope.select(Agent, viewer)
        .join(member, (member.workspace_id == Agent.workspace_id) & (member.agent_id == Agent.id))
        .where(member.group_id == group_id)
        .with_only_columns(Agent.id, Agent.name)
        .order_by(Agent.name_key, Agent.id)
    )
    names = {row.id: row.name for row in members}
    mark_ids = tuple(each.id for each in marks)
    marked = await mark_parts.conversations(session, viewer, mark_ids)
    return coaching_group.plan(names, marked), names


def _shares(planned: Plan, marks: Sequence[Mark]) -> list[Share]:
    return [
        Share(
            assignment_id=uuid.uuid4(),
            agent_id=agent_id,
            conversation_ids=conversation_ids,
            mark_ids=tuple(each.id for each in marks if each.agent_id == agent_id),
        )
        for agent_id, conversation_ids in planned.conversations.items()
    ]


async def _settle(
    session: AsyncSession, viewer: Viewer, group_id: uuid.UUID, mark_ids: tuple[uuid.UUID, ...]
) -> None:
    """Turn the locked marks of the group into assigned ones, each of its agent's (M5)."""
    assignment_id = (
        sa.select(Assignment.id)
        .where(
            Assignment.workspace_id == Mark.workspace_id,
            Assignment.group_id == group_id,
            Assignment.agent_id == Mark.agent_id,
        )
        .scalar_subquery()
    )
    await session.execute(
        sa.update(Mark)
        .where(Mark.workspace_id == viewer.workspace_id, Mark.id.in_(mark_ids))
        .values(
            state=MarkState.ASSIGNED,
            assignment_id=assignment_id,
            group_id=None,
            version=Mark.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    await parts.free_areas(session, viewer, mark_ids)


async def _send(
    session: AsyncSession,
    viewer: Viewer,
    group: CoachingGroup,
    content: Content,
    planned: Plan,
    shares: Sequence[Share],
) -> None:
    """Turn the group into a sent one: a compare-and-set, so that it happens once (A4)."""
    changed = {
        "state": GroupState.SENT,
        "assigned_at": viewer.now,
        "follow_up_on": content.follow_up_on,
        "assignment_name": content.name,
    }
    await group_parts.write(session, group, changed)
    after = {
        **changed,
        "assignment_ids": [share.assignment_id for share in shares],
        "skipped_agent_ids": planned.skipped,
    }
    before = {"state": GroupState.PENDING}
    about = group_parts.about(group.id)
    audit.record(session, viewer, Action.GROUP_DISPATCHED, about, before=before, after=after)


async def _sent(session: AsyncSession, viewer: Viewer, group_id: uuid.UUID) -> Sent:
    """What a sent group gave to whom, by the agents' names, as it is stored."""
    group = await group_parts.again(session, viewer, group_id)
    member = models.CoachingGroupMember
    rows = await session.execute(
        scope.select(Agent, viewer)
        .join(member, (member.workspace_id == Agent.workspace_id) & (member.agent_id == Agent.id))
        .outerjoin(
            Assignment,
            (Assignment.workspace_id == Agent.workspace_id)
            & (Assignment.agent_id == Agent.id)
            & (Assignment.group_id == group_id),
        )
        .where(member.group_id == group_id)
        .add_columns(Assignment)
        .order_by(Agent.name_key, Agent.id)
        .execution_options(populate_existing=True)
    )
    pairs = rows.all()
    return Sent(
        group=group,
        assignments=[row.Assignment for row in pairs if row.Assignment is not None],
        skipped=[row.Agent for row in pairs if row.Assignment is None],
    )
