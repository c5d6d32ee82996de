"""Making and changing pending coaching groups (G2 to G4). One transaction each."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth.viewer import Viewer
from models import Action, CoachingGroup, CoachingGroupMember, GroupState, Mark, mark, text
from models.assignment import AREAS
from models.base import sort_key
from models.coaching_group import MEMBERS
from models.move import ViewerActionName
from resolvers import assignment_parts, audit, group_parts, idempotency, mark_parts
from resolvers.operation import Operation

Ids = tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What somebody writes into a group; None where it is left as it is."""

    name: str | None = None
    description: str | None = None
    area_ids: Ids | None = None

    def columns(self) -> dict[str, str]:
        """What is stored in the group's own row. Raises Refusal for what may not be (E5)."""
        found: dict[str, str] = {}
        if self.name is not None:
            found["name"] = text.name(self.name, ["name"])
            found["name_key"] = sort_key(found["name"])
        if self.description is not None:
            found["description"] = text.free(self.description, ["description"])
        if self.area_ids is not None:
            mark.each_once(self.area_ids, "areaIds", at_most=AREAS)
        return found


async def create(
    operation: Operation, content: Content, *, agent_ids: Ids, idempotency_key: str | None = None
) -> CoachingGroup:
    """Make a pending group; the agents named join with their active, ungrouped marks.

    Raises Refusal: NOT_FOUND, INVALID, GROUP_NAME_TAKEN.
    """
    viewer = operation.viewer
    columns = content.columns()
    mark.each_once(agent_ids, "agentIds", at_least=0, at_most=MEMBERS)
    async with operation.write() as session:
        given = [sorted(columns.items()), content.area_ids, agent_ids]
        made_id, fresh = await idempotency.claim(
            session, viewer, idempotency_key, "createCoachingGroup", given
        )
        if not fresh:
            return await group_parts.again(session, viewer, made_id)
        await assignment_parts.require_areas(session, viewer, content.area_ids or ())
        await group_parts.require_agents(session, viewer, agent_ids)
        who = {"id": made_id, "created_by_id": viewer.user_id, "created_at": viewer.now}
        await group_parts.insert(session, viewer, {**columns, **who})
        group_parts.set_areas(session, viewer, made_id, content.area_ids or ())
        mark_ids = await _gather(session, viewer, made_id, agent_ids)
        await group_parts.join(session, viewer, made_id, agent_ids)
        after = {**_told(columns, content), "agent_ids": agent_ids, "mark_ids": mark_ids}
        about = group_parts.about(made_id)
        audit.record(session, viewer, Action.GROUP_CREATED, about, after=after)
        return await group_parts.again(session, viewer, made_id)


async def update(
    operation: Operation, content: Content, *, group_id: uuid.UUID, expected_version: int
) -> CoachingGroup:
    """Change name, description or areas of a pending group.

    Raises Refusal: NOT_FOUND, GROUP_ALREADY_SENT, STALE, GROUP_NAME_TAKEN, INVALID.
    """
    viewer = operation.viewer
    columns = content.columns()
    async with operation.write() as session:
        action = ViewerActionName.UPDATE_COACHING_GROUP
        found = await group_parts.for_change(
            session,
            viewer,
            group_id,
            action,
            expected_version=expected_version,
            name_key=columns.get("name_key"),
        )
        after = _told(columns, content)
        before: dict[str, Any] = {key: getattr(found, key) for key in columns if key in after}
        if content.area_ids is not None:
            await assignment_parts.require_areas(session, viewer, content.area_ids)
            before["area_ids"] = await group_parts.area_ids(session, viewer, group_id)
            await _clear_areas(session, viewer, group_id)
            group_parts.set_areas(session, viewer, group_id, content.area_ids)
        try:
            await group_parts.write(session, found, columns)
        except IntegrityError as error:
            # Nothing else in this statement can break a rule of the database (G2).
            raise group_parts.name_taken() from error
        about = group_parts.about(group_id)
        audit.record(session, viewer, Action.GROUP_UPDATED, about, before=before, after=after)
        return await group_parts.again(session, viewer, group_id)


async def delete(
    operation: Operation, *, group_id: uuid.UUID, expected_version: int
) -> CoachingGroup:
    """Call a pending group off; its marks are candidates again (G4).

    Raises Refusal: NOT_FOUND, FORBIDDEN, GROUP_ALREADY_SENT, STALE.
    """
    viewer = operation.viewer
    async with operation.write() as session:
        action = ViewerActionName.DELETE_COACHING_GROUP
        found = await group_parts.for_change(
            session, viewer, group_id, action, expected_version=expected_version
        )
        marks = await mark_parts.lock(session, viewer, *_active(group_id))
        mark_ids = tuple(each.id for each in marks)
        await mark_parts.put_into(session, viewer, mark_ids, None)
        await group_parts.write(session, found, {"state": GroupState.DELETED})
        before = {"state": GroupState.PENDING, "mark_ids": mark_ids}
        after = {"state": GroupState.DELETED}
        about = group_parts.about(group_id)
        audit.record(session, viewer, Action.GROUP_DELETED, about, before=before, after=after)
        return await group_parts.again(session, viewer, group_id)


async def add_agents(
    operation: Operation, *, group_id: uuid.UUID, agent_ids: Ids, with_marks: bool
) -> CoachingGroup:
    """Add agents to a pending group, with their active, ungrouped marks or without any (G3).

    Raises Refusal: NOT_FOUND, GROUP_ALREADY_SENT, INVALID.
    """
    viewer = operation.viewer
    mark.each_once(agent_ids, "agentIds", at_most=MEMBERS)
    async with operation.write() as session:
        action = ViewerActionName.ADD_AGENTS_TO_GROUP
        found = await group_parts.for_change(session, viewer, group_id, action)
        await group_parts.require_agents(session, viewer, agent_ids)
        joined = await group_parts.join(session, viewer, group_id, agent_ids)
        taken = agent_ids if with_marks else ()
        mark_ids = await _gather(session, viewer, group_id, taken)
        after = {"agent_ids": joined, "mark_ids": mark_ids}
        return await _changed(session, viewer, found, Action.GROUP_AGENTS_ADDED, after=after)


async def remove_agents(
    operation: Operation, *, group_id: uuid.UUID, agent_ids: Ids
) -> CoachingGroup:
    """Take agents out of a pending group; their marks are candidates again (G4).

    Raises Refusal: NOT_FOUND for who is not in it or not within reach, GROUP_ALREADY_SENT.
    """
    viewer = operation.viewer
    mark.each_once(agent_ids, "agentIds", at_most=MEMBERS)
    async with operation.write() as session:
        action = ViewerActionName.REMOVE_AGENTS_FROM_GROUP
        found = await group_parts.for_change(session, viewer, group_id, action)
        await group_parts.require_agents(session, viewer, agent_ids)
        await _require_members(session, viewer, group_id, agent_ids)
        theirs = Mark.agent_id.in_(agent_ids)
        marks = await mark_parts.lock(session, viewer, *_active(group_id), theirs)
        mark_ids = tuple(each.id for each in marks)
        await mark_parts.put_into(session, viewer, mark_ids, None)
        member = CoachingGroupMember
        await session.execute(
            sa.delete(member).where(
                member.workspace_id == viewer.workspace_id,
                member.group_id == group_id,
                member.agent_id.in_(agent_ids),
            )
        )
        before = {"agent_ids": agent_ids, "mark_ids": mark_ids}
        return await _changed(session, viewer, found, Action.GROUP_AGENTS_REMOVED, before=before)


async def move_marks(operation: Operation, *, group_id: uuid.UUID, mark_ids: Ids) -> CoachingGroup:
    """Move active marks, of another group or of none, to a pending group; their agents join.

    Only who joins needs the group's lock: a mark leaves its old group by its own lock, and a
    dispatch of that group takes it or finds it gone. Raises Refusal: NOT_FOUND,
    GROUP_ALREADY_SENT, MARK_ALREADY_ASSIGNED, MARK_NOT_ACTIVE, INVALID.
    """
    viewer = operation.viewer
    mark.each_once(mark_ids, "markIds", at_most=MEMBERS)
    async with operation.write() as session:
        action = ViewerActionName.MOVE_MARKS_TO_GROUP
        found = await group_parts.for_change(session, viewer, group_id, action)
        marks = {
            each.id: each for each in await mark_parts.lock(session, viewer, Mark.id.in_(mark_ids))
        }
        for number, key in enumerate(mark_ids):
            path = ("markIds", str(number))
            if key not in marks:
                raise assignment_parts.not_found("mark", *path)
            if refusal := mark.MOVES[action].refuse(marks[key].state, viewer.role):
                refusal.path = path
                raise refusal
        groups = {key: marks[key].group_id for key in mark_ids}
        agents = {each.agent_id for each in marks.values()}
        joined = await group_parts.join(session, viewer, group_id, agents)
        await mark_parts.put_into(session, viewer, mark_ids, group_id)
        _tell_left(session, viewer, group_id, groups)
        before = {"groups": {str(key): was for key, was in groups.items()}}
        after = {"mark_ids": mark_ids, "agent_ids": joined}
        moved = Action.GROUP_MARKS_MOVED
        return await _changed(session, viewer, found, moved, before=before, after=after)


async def _changed(
    session: AsyncSession,
    viewer: Viewer,
    found: CoachingGroup,
    action: Action,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> CoachingGroup:
    """What ends every change of members and marks: a new version, told, and read again."""
    await group_parts.write(session, found, {})
    audit.record(session, viewer, action, group_parts.about(found.id), before=before, after=after)
    return await group_parts.again(session, viewer, found.id)


def _active(group_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return (Mark.group_id == group_id, Mark.state == models.MarkState.ACTIVE)


async def _gather(
    session: AsyncSession, viewer: Viewer, group_id: uuid.UUID, agent_ids: Ids
) -> Ids:
    """Put the agents' ungrouped marks into the group; a mark is in at most one (G3)."""
    if not agent_ids:
        return ()
    marks = await mark_parts.lock(session, viewer, *mark_parts.waiting(agent_ids))
    mark_ids = tuple(each.id for each in marks)
    await mark_parts.put_into(session, viewer, mark_ids, group_id)
    return mark_ids


def _tell_left(
    session: AsyncSession,
    viewer: Viewer,
    group_id: uuid.UUID,
    groups: dict[uuid.UUID, uuid.UUID | None],
) -> None:
    """Tell of the groups that marks have left."""
    left: dict[uuid.UUID, list[uuid.UUID]] = {}
    for key, was in groups.items():
        if was not in {None, group_id}:
            left.setdefault(was, []).append(key)
    for was, mark_ids in left.items():
        about = group_parts.about(was)
        before = {"mark_ids": mark_ids}
        audit.record(session, viewer, Action.GROUP_MARKS_MOVED, about, before=before)


async def _require_members(
    session: AsyncSession, viewer: Viewer, group_id: uuid.UUID, agent_ids: Iterable[uuid.UUID]
) -> None:
    member = CoachingGroupMember
    rows = await session.scalars(
        sa.select(member.agent_id).where(
            member.workspace_id == viewer.workspace_id, member.group_id == group_id
        )
    )
    there = set(rows)
    for number, key in enumerate(agent_ids):
        if key not in there:
            raise assignment_parts.not_found("agent", "agentIds", str(number))


async def _clear_areas(session: AsyncSession, viewer: Viewer, group_id: uuid.UUID) -> None:
    area = models.CoachingGroupArea
    await session.execute(
        sa.delete(area).where(area.workspace_id == viewer.workspace_id, area.group_id == group_id)
    )


def _told(columns: dict[str, str], content: Content) -> dict[str, Any]:
    """What was written, as the history keeps it."""
    told: dict[str, Any] = {k: v for k, v in columns.items() if k != "name_key"}
    return told if content.area_ids is None else {**told, "area_ids": content.area_ids}
