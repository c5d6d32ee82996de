"""Creating, changing and cancelling an assignment (A1, A5). One transaction each."""

import dataclasses
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import Action, Assignment, assignment
from models.assignment import Content
from models.base import sort_key
from models.errors import Code, Refusal
from models.workspace import day_of
from resolvers import assignment_parts as parts
from resolvers import audit, facts, idempotency, mark_parts
from resolvers.operation import Operation

DETAILS = ("name", "follow_up_on", "strengths", "improvements")


async def create(
    operation: Operation,
    content: Content,
    *,
    agent_id: uuid.UUID,
    mark_ids: tuple[uuid.UUID, ...] = (),
    idempotency_key: str | None = None,
) -> Assignment:
    """Assign coaching to one agent, and consume the marks named (A1).

    Raises Refusal: NOT_FOUND for an agent, area, conversation or mark out of reach, OTHER_AGENT
    for a conversation of somebody else, NOT_EVALUATED, NOT_BOOKMARKED, MARK_NOT_ACTIVE, INVALID.
    """
    viewer = operation.viewer
    content = content.checked(today=day_of(viewer.now, viewer.time_zone))
    if not content.conversation_ids:
        message = "Give at least one conversation."
        raise Refusal(Code.INVALID, message, ["conversationIds"])
    async with operation.write() as session:
        given = [dataclasses.astuple(content), agent_id, mark_ids]
        made_id, fresh = await idempotency.claim(
            session, viewer, idempotency_key, "createAssignment", given
        )
        if not fresh:
            return await _find(session, viewer, made_id)
        await parts.require_agent(session, viewer, agent_id)
        session.add(
            Assignment(
                workspace_id=viewer.workspace_id,
                id=made_id,
                agent_id=agent_id,
                created_by_id=viewer.user_id,
                assigned_at=viewer.now,
                **{key: getattr(content, key) or "" for key in DETAILS},
            )
        )
        await mark_parts.lock(session, viewer, models.Mark.id.in_(mark_ids))
        linked = (*content.conversation_ids, *content.best_response_ids)
        await facts.lock_conversations(session, viewer.workspace_id, linked)
        await parts.require_conversations(
            session, viewer, agent_id, content.conversation_ids, "conversationIds"
        )
        await parts.require_bookmarked(session, viewer, content.best_response_ids)
        await session.flush()
        await parts.set_areas(session, viewer, made_id, content.area_ids or ())
        parts.set_steps(session, viewer, made_id, content.action_plan or ())
        parts.link(
            session, viewer, made_id, models.AssignmentConversation, content.conversation_ids
        )
        parts.link(session, viewer, made_id, models.BestResponse, content.best_response_ids)
        await parts.consume(session, viewer, agent_id, made_id, mark_ids)
        await facts.refresh(session, viewer.workspace_id, assignment_ids=[made_id])
        made = await _find(session, viewer, made_id)
        after = parts.told(content, mark_ids)
        audit.record(session, viewer, Action.ASSIGNMENT_CREATED, parts.about(made), after=after)
    return made


async def update(
    operation: Operation, content: Content, *, assignment_id: uuid.UUID, expected_version: int
) -> Assignment:
    """Change an assignment until it is completed, and add conversations to it (A5).

    Raises Refusal: NOT_FOUND, STALE, ALREADY_CANCELLED, ALREADY_COMPLETED, or as `create` does.
    """
    viewer = operation.viewer
    content = content.checked(today=day_of(viewer.now, viewer.time_zone))
    async with operation.write() as session:
        added = content.conversation_ids
        await facts.lock_conversations(session, viewer.workspace_id, added)
        found = await _for_change(session, viewer, assignment_id, expected_version)
        after = parts.told(content)
        before = await _before(session, viewer, found, after)
        await parts.require_conversations(
            session, viewer, found.agent_id, added, "addConversationIds"
        )
        changed = {key: getattr(content, key) for key in DETAILS}
        changed = {key: value for key, value in changed.items() if value is not None}
        await _write(session, found, changed)
        if content.area_ids is not None:
            await parts.clear(session, viewer, assignment_id, models.AssignmentArea)
            await parts.set_areas(session, viewer, assignment_id, content.area_ids)
        if content.action_plan is not None:
            await parts.clear(session, viewer, assignment_id, models.ActionStep)
            parts.set_steps(session, viewer, assignment_id, content.action_plan)
        await parts.add_conversations(session, viewer, assignment_id, added)
        action = Action.ASSIGNMENT_UPDATED
        audit.record(session, viewer, action, parts.about(found), before=before, after=after)
        await facts.refresh(session, viewer.workspace_id, assignment_ids=[assignment_id])
        return await _find(session, viewer, assignment_id)


async def cancel(
    operation: Operation, *, assignment_id: uuid.UUID, expected_version: int
) -> Assignment:
    """Cancel an assignment that is not completed (A5).

    Raises Refusal: NOT_FOUND, STALE, ALREADY_CANCELLED, ALREADY_COMPLETED.
    """
    viewer = operation.viewer
    async with operation.write() as session:
        found = await _for_change(session, viewer, assignment_id, expected_version)
        await _write(session, found, {"cancelled_at": viewer.now})
        audit.record(session, viewer, Action.ASSIGNMENT_CANCELLED, parts.about(found))
        await facts.refresh(session, viewer.workspace_id, assignment_ids=[assignment_id])
        return await _find(session, viewer, assignment_id)


async def _find(session: AsyncSession, viewer: Viewer, assignment_id: uuid.UUID) -> Assignment:
    reached = scope.select(Assignment, viewer).where(Assignment.id == assignment_id)
    found = await session.scalar(reached.execution_options(populate_existing=True))
    if found is None:
        raise parts.not_found("assignment", "assignmentId")
    return found


async def _for_change(
    session: AsyncSession, viewer: Viewer, assignment_id: uuid.UUID, expected_version: int
) -> Assignment:
    """The assignment, locked, if its state and version allow a change (V4's order)."""
    locked = scope.select(Assignment, viewer).where(Assignment.id == assignment_id)
    found = await session.scalar(locked.with_for_update(key_share=True, of=Assignment))
    if found is None:
        raise parts.not_found("assignment", "assignmentId")
    if refusal := assignment.refuse_change(found):
        raise refusal
    if found.version != expected_version:
        message = f"Somebody changed this coaching; it now is version {found.version}."
        raise Refusal(Code.STALE, message, ["expectedVersion"])
    return found


async def _write(session: AsyncSession, found: Assignment, changed: dict[str, Any]) -> None:
    """Set columns and count the version up: a compare-and-set in the database."""
    if "name" in changed:
        changed = {**changed, "name_key": sort_key(changed["name"])}
    written: Any = await session.execute(
        sa.update(Assignment)
        .where(
            Assignment.workspace_id == found.workspace_id,
            Assignment.id == found.id,
            Assignment.version == found.version,
        )
        .values(**changed, version=found.version + 1)
        .execution_options(synchronize_session=False)
    )
    if written.rowcount != 1:
        raise Refusal(Code.STALE, "Somebody changed this coaching.", ["expectedVersion"])


async def _before(
    session: AsyncSession, viewer: Viewer, found: Assignment, after: dict[str, Any]
) -> dict[str, Any]:
    """The values that an update replaces; what it adds had none."""
    before = {key: getattr(found, key) for key in DETAILS if key in after}
    if "area_ids" in after:
        before["area_ids"] = await parts.area_ids(session, viewer, found.id)
    if "action_plan" in after:
        before["action_plan"] = await parts.steps(session, viewer, found.id)
    return before
