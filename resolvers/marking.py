"""Marking agents for coaching (M1 to M5). One transaction each."""

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import Action, Mark, MarkConversation, MarkState, mark
from models.assignment import AREAS, CONVERSATIONS
from models.errors import Code, Refusal
from models.move import ViewerActionName
from resolvers import assignment_parts as parts
from resolvers import audit, facts, group_parts, idempotency, mark_parts, upsert
from resolvers.operation import Operation

Ids = tuple[uuid.UUID, ...]


async def create(
    operation: Operation,
    *,
    evaluation_id: uuid.UUID,
    area_ids: Ids,
    group_id: uuid.UUID | None = None,
    idempotency_key: str | None = None,
) -> Mark:
    """Mark the evaluated agent, because of the evaluated conversation (M1).

    With a pending group, the mark and the agent join it. Raises Refusal: NOT_FOUND, INVALID,
    GROUP_ALREADY_SENT, and DuplicateMark (M2).
    """
    viewer = operation.viewer
    mark.each_once(area_ids, "areaIds", at_most=AREAS)
    async with operation.write() as session:
        given = [evaluation_id, area_ids, group_id]
        made_id, fresh = await idempotency.claim(
            session, viewer, idempotency_key, "markForCoaching", given
        )
        if not fresh:
            return await _find(session, viewer, made_id)
        evaluation = await _evaluation(session, viewer, evaluation_id)
        await parts.require_areas(session, viewer, area_ids)
        group: Any = None
        if group_id is not None:
            action = ViewerActionName.ADD_AGENTS_TO_GROUP
            group = await group_parts.for_change(session, viewer, group_id, action)
        await facts.lock_conversations(session, viewer.workspace_id, [evaluation.conversation_id])
        made = Mark(
            workspace_id=viewer.workspace_id,
            id=made_id,
            agent_id=evaluation.agent_id,
            marked_by_id=viewer.user_id,
            group_id=group_id,
            created_at=viewer.now,
        )
        session.add(made)
        await session.flush()
        await _claim_areas(session, made, area_ids)
        _link(session, made, [evaluation.conversation_id])
        told = {"area_ids": area_ids, "conversation_ids": [evaluation.conversation_id]}
        audit.record(session, viewer, Action.MARK_CREATED, mark_parts.about(made), after=told)
        if group is not None:
            joined = await group_parts.join(session, viewer, group.id, [made.agent_id])
            await group_parts.write(session, group, {})
            audit.record(
                session,
                viewer,
                Action.GROUP_MARKS_MOVED,
                group_parts.about(group.id),
                after={"mark_ids": [made_id], "agent_ids": joined},
            )
        return made


async def add_conversations(
    operation: Operation, *, mark_id: uuid.UUID, conversation_ids: Ids, expected_version: int
) -> Mark:
    """Add evaluated conversations of the same agent to an active mark (M2).

    One that is there already stays as it is. Raises Refusal: NOT_FOUND, OTHER_AGENT,
    NOT_EVALUATED, MARK_ALREADY_ASSIGNED, MARK_NOT_ACTIVE, STALE, INVALID.
    """
    viewer = operation.viewer
    mark.each_once(conversation_ids, "conversationIds", at_most=CONVERSATIONS)
    async with operation.write() as session:
        action = ViewerActionName.ADD_CONVERSATIONS_TO_MARK
        found = await _for_change(session, viewer, mark_id, action, expected_version)
        await facts.lock_conversations(session, viewer.workspace_id, conversation_ids)
        await parts.require_conversations(
            session, viewer, found.agent_id, conversation_ids, "conversationIds"
        )
        there = await _linked(session, found)
        new = [key for key in conversation_ids if key not in there]
        if not new:
            return found
        if len(there) + len(new) > CONVERSATIONS:
            message = f"A mark has at most {CONVERSATIONS} conversations."
            raise Refusal(Code.INVALID, message, ["conversationIds"])
        _link(session, found, new)
        await _write(session, found, {})
        about = mark_parts.about(found)
        told = {"conversation_ids": new}
        audit.record(session, viewer, Action.MARK_CONVERSATIONS_ADDED, about, after=told)
        await session.flush()
        return await _find(session, viewer, mark_id)


async def remove(operation: Operation, *, mark_id: uuid.UUID, expected_version: int) -> Mark:
    """Take an active mark back; it stays in the history (M4).

    Raises Refusal: NOT_FOUND, MARK_ALREADY_ASSIGNED, MARK_NOT_ACTIVE, STALE.
    """
    viewer = operation.viewer
    async with operation.write() as session:
        action = ViewerActionName.REMOVE_MARK
        found = await _for_change(session, viewer, mark_id, action, expected_version)
        about, before = mark_parts.about(found), {"state": found.state, "group_id": found.group_id}
        await _write(session, found, {"state": MarkState.REMOVED, "group_id": None})
        await parts.free_areas(session, viewer, (mark_id,))
        after = {"state": MarkState.REMOVED}
        audit.record(session, viewer, Action.MARK_REMOVED, about, before=before, after=after)
        return await _find(session, viewer, mark_id)


async def _find(session: AsyncSession, viewer: Viewer, mark_id: uuid.UUID) -> Mark:
    reached = scope.select(Mark, viewer).where(Mark.id == mark_id)
    found = await session.scalar(reached.execution_options(populate_existing=True))
    if found is None:
        raise parts.not_found("mark", "markId")
    return found


async def _for_change(
    session: AsyncSession,
    viewer: Viewer,
    mark_id: uuid.UUID,
    action: ViewerActionName,
    expected_version: int,
) -> Mark:
    """The mark, locked, if its state and version allow a change (V4's order)."""
    rows = await mark_parts.lock(session, viewer, Mark.id == mark_id)
    if not rows:
        raise parts.not_found("mark", "markId")
    found = rows[0]
    if refusal := mark.MOVES[action].refuse(found.state, viewer.role):
        raise refusal
    if found.version != expected_version:
        message = f"Somebody changed this mark; it now is version {found.version}."
        raise Refusal(Code.STALE, message, ["expectedVersion"])
    return found


async def _write(session: AsyncSession, found: Mark, changed: Mapping[str, Any]) -> None:
    """Set columns and count the version up: a compare-and-set in the database."""
    written: Any = await session.execute(
        sa.update(Mark)
        .where(
            Mark.workspace_id == found.workspace_id,
            Mark.id == found.id,
            Mark.state == MarkState.ACTIVE,
            Mark.version == found.version,
        )
        .values(**changed, version=found.version + 1)
        .execution_options(synchronize_session=False)
    )
    if written.rowcount != 1:
        raise Refusal(Code.STALE, "Somebody changed this mark.", ["expectedVersion"])


async def _evaluation(
    session: AsyncSession, viewer: Viewer, evaluation_id: uuid.UUID
) -> models.Evaluation:
    reached = scope.select(models.Evaluation, viewer).where(models.Evaluation.id == evaluation_id)
    found = await session.scalar(reached)
    if found is None:
        raise parts.not_found("evaluation", "evaluationId")
    return found


async def _claim_areas(session: AsyncSession, made: Mark, ids: Ids) -> None:
    """Store the areas of a new mark; the database says if one is marked already (M2).

    In the order of their ids: two marks at once with the same areas then wait one for the other,
    and never each for the other.
    """
    claimed: Any = await session.execute(
        upsert.insert(session, models.MarkArea)
        .values(
            [
                {
                    "workspace_id": made.workspace_id,
                    "mark_id": made.id,
                    "attribute_id": key,
                    "agent_id": made.agent_id,
                    "marked_by_id": made.marked_by_id,
                    "active": True,
                }
                for key in sorted(ids)
            ]
        )
        .on_conflict_do_nothing()
    )
    if claimed.rowcount != len(ids):
        raise await _duplicate(session, made, ids)


async def _duplicate(session: AsyncSession, made: Mark, ids: Ids) -> mark.DuplicateMark:
    """The refusal that carries the mark which is there: the oldest, where there are several."""
    area = models.MarkArea
    found = (
        await session.execute(
            sa.select(Mark.id, area.attribute_id)
            .join(area, (area.workspace_id == Mark.workspace_id) & (area.mark_id == Mark.id))
            .where(
                Mark.workspace_id == made.workspace_id,
                area.marked_by_id == made.marked_by_id,
                area.agent_id == made.agent_id,
                area.attribute_id.in_(ids),
                area.active,
                Mark.id != made.id,
            )
            .order_by(Mark.created_at, Mark.id)
        )
    ).first()
    if found is None:
        return mark.DuplicateMark(None, ["areaIds"])
    return mark.DuplicateMark(found.id, ["areaIds", str(ids.index(found.attribute_id))])


async def _linked(session: AsyncSession, found: Mark) -> set[uuid.UUID]:
    linked = MarkConversation
    rows = await session.scalars(
        sa.select(linked.conversation_id).where(
            linked.workspace_id == found.workspace_id, linked.mark_id == found.id
        )
    )
    return set(rows)


def _link(session: AsyncSession, found: Mark, conversation_ids: list[uuid.UUID]) -> None:
    session.add_all(
        MarkConversation(workspace_id=found.workspace_id, mark_id=found.id, conversation_id=key)
        for key in conversation_ids
    )
