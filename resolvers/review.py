"""The agent works through an assignment (W2). Doing it again changes nothing."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from models import Action, Assignment, assignment
from models.database import as_staff
from resolvers import assignment_parts as parts
from resolvers import audit, facts
from resolvers.operation import Operation

Item = models.AssignmentConversation | models.BestResponse


async def conversation(
    operation: Operation, *, assignment_id: uuid.UUID, conversation_id: uuid.UUID
) -> Assignment:
    """Note that the agent reviewed a conversation of their assignment; the first time is kept.

    Raises Refusal: NOT_FOUND, ALREADY_CANCELLED.
    """
    item = models.AssignmentConversation
    which = (item.assignment_id == assignment_id, item.conversation_id == conversation_id)
    what = ("conversation", "conversationId")
    return await _review(operation, item, which, Action.CONVERSATION_REVIEWED, what)


async def best_response(operation: Operation, *, best_response_id: uuid.UUID) -> Assignment:
    """Note that the agent looked at a best response; the first time is kept.

    Raises Refusal: NOT_FOUND, ALREADY_CANCELLED.
    """
    item = models.BestResponse
    what = ("best response", "bestResponseId")
    action = Action.BEST_RESPONSE_REVIEWED
    return await _review(operation, item, (item.id == best_response_id,), action, what)


async def _review(
    operation: Operation,
    model: type[Any],
    which: tuple[sa.ColumnElement[bool], ...],
    action: Action,
    what: tuple[str, str],
) -> Assignment:
    viewer = operation.viewer
    async with operation.write() as session:
        item: Any = await session.scalar(scope.select(model, viewer).where(*which))
        if item is None:
            raise parts.not_found(*what)
        found = await _assignment(session, operation, item.assignment_id)
        if refusal := assignment.refuse_review(found):
            raise refusal
        first: Any = await session.execute(
            sa.update(model)
            .where(
                model.workspace_id == viewer.workspace_id,
                model.id == item.id,
                model.reviewed_at.is_(None),
            )
            .values(reviewed_at=viewer.now)
            .execution_options(synchronize_session=False)
        )
        if first.rowcount == 1:
            after = {"conversation_id": str(item.conversation_id)}
            async with as_staff(session):
                await facts.refresh(session, viewer.workspace_id, assignment_ids=[found.id])
                # Told last: which group it is about is known only now, by the staff's role.
                audit.record(session, viewer, action, parts.about(found), after=after)
    return found


async def _assignment(
    session: AsyncSession, operation: Operation, assignment_id: uuid.UUID
) -> Assignment:
    """The item's assignment, locked so that a cancellation waits for the review or precedes it."""
    locked = scope.select(Assignment, operation.viewer).where(Assignment.id == assignment_id)
    return (await session.scalars(locked.with_for_update(key_share=True, of=Assignment))).one()
