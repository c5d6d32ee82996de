"""What an assignment is made of: checked to be within reach and of the right agent, then stored."""

import dataclasses
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import MarkState
from models.assignment import Content
from models.errors import Code, Refusal
from resolvers.audit import About

Ids = tuple[uuid.UUID, ...]


def not_found(what: str, *path: str) -> Refusal:
    """The one answer for what is out of reach and what never was (V1)."""
    return Refusal(Code.NOT_FOUND, f"There is no such {what}.", path)


def about(assignment: models.Assignment) -> About:
    """What the history says that a write to an assignment is about."""
    return About(
        agent_id=assignment.agent_id,
        assignment_id=assignment.id,
        group_id=assignment.group_id,
    )


def told(content: Content, mark_ids: Ids = ()) -> dict[str, Any]:
    """What was written, as the history keeps it; what was left as it is stays out."""
    given = {field.name: getattr(content, field.name) for field in dataclasses.fields(content)}
    given["mark_ids"] = mark_ids
    return {key: value for key, value in given.items() if value not in {None, ()}}


async def require_agent(session: AsyncSession, viewer: Viewer, agent_id: uuid.UUID) -> None:
    """Raise Refusal unless the agent is within reach."""
    reached = scope.select(models.Agent, viewer).where(models.Agent.id == agent_id)
    if await session.scalar(reached) is None:
        raise not_found("agent", "agentId")


async def require_conversations(
    session: AsyncSession, viewer: Viewer, agent_id: uuid.UUID, ids: Ids, field: str
) -> None:
    """Raise Refusal unless all are within reach, of this agent, and evaluated (A1)."""
    found = await _reached(session, viewer, ids)
    evaluated = set(
        await session.scalars(
            sa.select(models.Evaluation.conversation_id).where(
                models.Evaluation.workspace_id == viewer.workspace_id,
                models.Evaluation.conversation_id.in_(ids),
            )
        )
    )
    for number, key in enumerate(ids):
        path = (field, str(number))
        if key not in found:
            raise not_found("conversation", *path)
        if found[key].agent_id != agent_id:
            raise Refusal(Code.OTHER_AGENT, "This conversation is another agent's.", path)
        if key not in evaluated:
            raise Refusal(Code.NOT_EVALUATED, "This conversation has no evaluation.", path)


async def require_bookmarked(session: AsyncSession, viewer: Viewer, ids: Ids) -> None:
    """Raise Refusal unless all are within reach, and bookmarked by the viewer (A1, B3)."""
    found = await _reached(session, viewer, ids)
    tagged = models.BookmarkConversation
    bookmarked = set(
        await session.scalars(
            sa.select(tagged.conversation_id)
            .join(
                models.Bookmark,
                (models.Bookmark.workspace_id == tagged.workspace_id)
                & (models.Bookmark.id == tagged.bookmark_id),
            )
            .where(*scope.conditions(models.Bookmark, viewer), tagged.conversation_id.in_(ids))
        )
    )
    for number, key in enumerate(ids):
        path = ("bestResponseIds", str(number))
        if key not in found:
            raise not_found("conversation", *path)
        if key not in bookmarked:
            raise Refusal(Code.NOT_BOOKMARKED, "You have not bookmarked this conversation.", path)


async def set_areas(
    session: AsyncSession, viewer: Viewer, assignment_id: uuid.UUID, ids: Ids
) -> None:
    """Store the areas of an assignment. Raises Refusal for one that is not there."""
    await require_areas(session, viewer, ids)
    for key in ids:
        session.add(
            models.AssignmentArea(
                workspace_id=viewer.workspace_id, assignment_id=assignment_id, attribute_id=key
            )
        )


async def require_areas(session: AsyncSession, viewer: Viewer, ids: Ids) -> None:
    """Raise Refusal unless all areas are there."""
    reached = scope.select(models.Attribute, viewer).where(models.Attribute.id.in_(ids))
    found = {row.id for row in await session.scalars(reached)}
    for number, key in enumerate(ids):
        if key not in found:
            raise not_found("area", "areaIds", str(number))


async def area_ids(session: AsyncSession, viewer: Viewer, assignment_id: uuid.UUID) -> Ids:
    """The areas that an assignment has."""
    area = models.AssignmentArea
    rows = await session.scalars(
        sa.select(area.attribute_id)
        .where(area.workspace_id == viewer.workspace_id, area.assignment_id == assignment_id)
        .order_by(area.attribute_id)
    )
    return tuple(rows)


async def steps(session: AsyncSession, viewer: Viewer, assignment_id: uuid.UUID) -> tuple[str, ...]:
    """The action plan that an assignment has."""
    step = models.ActionStep
    rows = await session.scalars(
        sa.select(step.text)
        .where(step.workspace_id == viewer.workspace_id, step.assignment_id == assignment_id)
        .order_by(step.position)
    )
    return tuple(rows)


def set_steps(
    session: AsyncSession, viewer: Viewer, assignment_id: uuid.UUID, plan: tuple[str, ...]
) -> None:
    """Store the action plan of an assignment."""
    for number, step in enumerate(plan, start=1):
        session.add(
            models.ActionStep(
                workspace_id=viewer.workspace_id,
                assignment_id=assignment_id,
                position=number,
                text=step,
            )
        )


def link(
    session: AsyncSession,
    viewer: Viewer,
    assignment_id: uuid.UUID,
    model: type[models.AssignmentConversation | models.BestResponse],
    ids: Ids,
    *,
    after: int = 0,
) -> None:
    """Give the agent these conversations to review, behind the first `after` of them."""
    for number, key in enumerate(ids, start=after + 1):
        session.add(
            model(
                workspace_id=viewer.workspace_id,
                assignment_id=assignment_id,
                conversation_id=key,
                position=number,
            )
        )


async def add_conversations(
    session: AsyncSession, viewer: Viewer, assignment_id: uuid.UUID, ids: Ids
) -> None:
    """Give the agent more conversations to review. Raises Refusal for one already there."""
    linked = models.AssignmentConversation
    rows = await session.scalars(
        sa.select(linked.conversation_id).where(
            linked.workspace_id == viewer.workspace_id, linked.assignment_id == assignment_id
        )
    )
    there = set(rows)
    for number, key in enumerate(ids):
        if key in there:
            message = "This conversation is in the coaching already."
            raise Refusal(Code.INVALID, message, ["addConversationIds", str(number)])
    if len(there) + len(ids) > models.assignment.CONVERSATIONS:
        message = f"Coaching has at most {models.assignment.CONVERSATIONS} conversations."
        raise Refusal(Code.INVALID, message, ["addConversationIds"])
    link(session, viewer, assignment_id, linked, ids, after=len(there))


async def clear(
    session: AsyncSession,
    viewer: Viewer,
    assignment_id: uuid.UUID,
    model: type[models.AssignmentArea | models.ActionStep],
) -> None:
    """Take away all areas, or all steps, of an assignment."""
    await session.execute(
        sa.delete(model).where(
            model.workspace_id == viewer.workspace_id, model.assignment_id == assignment_id
        )
    )


async def consume(
    session: AsyncSession,
    viewer: Viewer,
    agent_id: uuid.UUID,
    assignment_id: uuid.UUID,
    ids: Ids,
) -> None:
    """Turn the agent's active marks into assigned ones, each exactly once (M5)."""
    if not ids:
        return
    taken: Any = await session.execute(
        sa.update(models.Mark)
        .where(
            models.Mark.workspace_id == viewer.workspace_id,
            models.Mark.id.in_(ids),
            models.Mark.agent_id == agent_id,
            models.Mark.state == MarkState.ACTIVE,
        )
        .values(
            state=MarkState.ASSIGNED,
            assignment_id=assignment_id,
            group_id=None,
            version=models.Mark.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != len(set(ids)):
        message = "Name only active marks of this agent."
        raise Refusal(Code.MARK_NOT_ACTIVE, message, ["markIds"])
    await free_areas(session, viewer, ids)


async def free_areas(session: AsyncSession, viewer: Viewer, ids: Ids) -> None:
    """Let the areas of marks that are no longer active be marked again (M2)."""
    await session.execute(
        sa.update(models.MarkArea)
        .where(
            models.MarkArea.workspace_id == viewer.workspace_id, models.MarkArea.mark_id.in_(ids)
        )
        .values(active=False)
    )


async def _reached(session: AsyncSession, viewer: Viewer, ids: Ids) -> dict[uuid.UUID, Any]:
    if not ids:
        return {}
    reached = scope.select(models.Conversation, viewer).where(models.Conversation.id.in_(ids))
    return {row.id: row for row in await session.scalars(reached)}
