"""A coaching group in a write: locked, asked whether it may change, and what joins it."""

import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import CoachingGroup, CoachingGroupMember, GroupState, coaching_group
from models.errors import Code, Refusal
from models.move import ViewerActionName
from resolvers import mark_parts, upsert
from resolvers.assignment_parts import not_found
from resolvers.audit import About

Ids = tuple[uuid.UUID, ...]


def about(group_id: uuid.UUID) -> About:
    """What the history says that a write to a group is about."""
    return About(group_id=group_id)


async def for_change(
    session: AsyncSession,
    viewer: Viewer,
    group_id: uuid.UUID,
    action: ViewerActionName,
    *,
    expected_version: int | None = None,
    name_key: str | None = None,
) -> CoachingGroup:
    """The group, locked, if the action is allowed on it now (V4's order).

    Whatever joins, leaves or sends a pending group holds this lock, and takes it before any lock
    on marks. A rename takes along the group that has the new name, so that two groups which swap
    names don't wait for each other.

    Raises Refusal: NOT_FOUND, FORBIDDEN, GROUP_ALREADY_SENT, STALE, GROUP_NAME_TAKEN.
    """
    if name_key is not None:
        await _lock_name(session, viewer, group_id, name_key)
    locked = scope.select(CoachingGroup, viewer).where(CoachingGroup.id == group_id)
    found = await session.scalar(
        locked.with_for_update(key_share=True, of=CoachingGroup).execution_options(
            populate_existing=True
        )
    )
    if found is None:
        raise not_found("group", "groupId")
    whole = action not in coaching_group.OF_THE_WHOLE or not await hidden(
        session, viewer, [group_id]
    )
    if refusal := coaching_group.refuse(action, found.state, viewer.role, whole=whole):
        raise refusal
    if expected_version is not None and found.version != expected_version:
        message = f"Somebody changed this group; it now is version {found.version}."
        raise Refusal(Code.STALE, message, ["expectedVersion"])
    return found


async def _lock_name(
    session: AsyncSession, viewer: Viewer, group_id: uuid.UUID, name_key: str
) -> None:
    named = (CoachingGroup.name_key == name_key) & (CoachingGroup.state == GroupState.PENDING)
    await session.execute(
        sa.select(CoachingGroup.id)
        .where(
            CoachingGroup.workspace_id == viewer.workspace_id,
            (CoachingGroup.id == group_id) | named,
        )
        .order_by(CoachingGroup.id)
        .with_for_update(key_share=True)
    )


async def hidden(
    session: AsyncSession, viewer: Viewer, group_ids: Iterable[uuid.UUID]
) -> set[uuid.UUID]:
    """Those of the groups that have a member, or a mark's conversation, out of reach (V6)."""
    if viewer.everywhere:
        return set()
    ids, member = list(group_ids), CoachingGroupMember
    members = sa.select(member.group_id).where(
        member.workspace_id == viewer.workspace_id,
        member.group_id.in_(ids),
        ~mark_parts.reaches(viewer, models.Agent, member.agent_id),
    )
    marks = sa.select(models.Mark.group_id).where(
        models.Mark.workspace_id == viewer.workspace_id,
        models.Mark.group_id.in_(ids),
        models.Mark.state == models.MarkState.ACTIVE,
        mark_parts.beyond_reach(viewer, models.Mark.id),
    )
    return set(await session.scalars(members.union(marks)))


async def join(
    session: AsyncSession, viewer: Viewer, group_id: uuid.UUID, agent_ids: Iterable[uuid.UUID]
) -> Ids:
    """Make agents members of a locked group; gives those who were none before (G3).

    Raises Refusal for more members than a group has.
    """
    member = CoachingGroupMember
    rows = await session.scalars(
        sa.select(member.agent_id).where(
            member.workspace_id == viewer.workspace_id, member.group_id == group_id
        )
    )
    there = set(rows)
    new = tuple(sorted(set(agent_ids) - there))
    if len(there) + len(new) > coaching_group.MEMBERS:
        message = f"A coaching group has at most {coaching_group.MEMBERS} agents."
        raise Refusal(Code.INVALID, message)
    session.add_all(
        member(
            workspace_id=viewer.workspace_id,
            group_id=group_id,
            agent_id=agent_id,
            added_at=viewer.now,
        )
        for agent_id in new
    )
    return new


async def require_agents(session: AsyncSession, viewer: Viewer, ids: Ids) -> None:
    """Raise Refusal unless all agents are within reach."""
    reached = scope.select(models.Agent, viewer).where(models.Agent.id.in_(ids))
    found = {row.id for row in await session.scalars(reached)}
    for number, key in enumerate(ids):
        if key not in found:
            raise not_found("agent", "agentIds", str(number))


async def area_ids(session: AsyncSession, viewer: Viewer, group_id: uuid.UUID) -> Ids:
    """The areas that a group shares."""
    area = models.CoachingGroupArea
    rows = await session.scalars(
        sa.select(area.attribute_id)
        .where(area.workspace_id == viewer.workspace_id, area.group_id == group_id)
        .order_by(area.attribute_id)
    )
    return tuple(rows)


def set_areas(session: AsyncSession, viewer: Viewer, group_id: uuid.UUID, ids: Ids) -> None:
    """Store the areas of a group."""
    session.add_all(
        models.CoachingGroupArea(
            workspace_id=viewer.workspace_id, group_id=group_id, attribute_id=key
        )
        for key in ids
    )


async def insert(session: AsyncSession, viewer: Viewer, values: dict[str, Any]) -> None:
    """Store a new group. Raises Refusal where the database has its name already (G2)."""
    made: Any = await session.execute(
        upsert.insert(session, CoachingGroup)
        .values(workspace_id=viewer.workspace_id, **values)
        .on_conflict_do_nothing()
    )
    if made.rowcount != 1:
        raise name_taken()


def name_taken() -> Refusal:
    """The answer to a name that another pending group has."""
    message = "Another coaching group that is not sent yet has this name."
    return Refusal(Code.GROUP_NAME_TAKEN, message, ["name"])


async def write(session: AsyncSession, found: CoachingGroup, changed: dict[str, Any]) -> None:
    """Set columns and count the version up: a compare-and-set in the database."""
    written: Any = await session.execute(
        sa.update(CoachingGroup)
        .where(
            CoachingGroup.workspace_id == found.workspace_id,
            CoachingGroup.id == found.id,
            CoachingGroup.state == GroupState.PENDING,
            CoachingGroup.version == found.version,
        )
        .values(**changed, version=found.version + 1)
        .execution_options(synchronize_session=False)
    )
    if written.rowcount != 1:
        raise Refusal(Code.STALE, "Somebody changed this group.", ["expectedVersion"])


async def again(session: AsyncSession, viewer: Viewer, group_id: uuid.UUID) -> CoachingGroup:
    """The group as it now is: whoever changed it is told, even if it left their reach by that."""
    await session.flush()
    rows = await session.scalars(
        sa.select(CoachingGroup)
        .where(CoachingGroup.workspace_id == viewer.workspace_id, CoachingGroup.id == group_id)
        .execution_options(populate_existing=True)
    )
    return rows.one()
