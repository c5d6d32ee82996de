"""Coaching candidates: agents with active marks that are in no group (G5), and assigning them."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Awaitable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import Agent, Assignment, Attribute, Mark
from models.assignment import CONVERSATIONS, Content
from models.errors import Code, Refusal
from models.workspace import day_of
from resolvers import assignment_parts as parts
from resolvers import facts, idempotency, mark_parts, named
from resolvers.assignment_making import Share, make
from resolvers.operation import Operation
from resolvers.page import Listing, Order, Parts


def candidates(search: str | None) -> Listing:
    """The candidates in reach, by name: rows of `Agent` (G5).

    `search` looks in agent id and name.
    """
    text = named.wanted(search)

    def parts(viewer: Viewer) -> Parts:
        marked = sa.select(sa.literal(1)).where(
            Mark.workspace_id == viewer.workspace_id,
            Mark.agent_id == Agent.id,
            *mark_parts.WAITING,
        )
        statement = scope.select(Agent, viewer).where(marked.exists())
        if text:
            statement = statement.where(Agent.search_key.contains(text, autoescape=True))
        return [(Agent, statement)]

    order = Order(keys=("name_key", "id"), binding=("coachingCandidates", text))
    return Listing(order=order, parts=parts)


def marks(operation: Operation, agent_id: uuid.UUID) -> Awaitable[list[Mark]]:
    """A candidate's marks, oldest first. One statement for all candidates of a level."""

    async def batch(keys: list[uuid.UUID]) -> list[list[Mark]]:
        statement = _marks(operation, keys).order_by(Mark.created_at, Mark.id)
        found: dict[uuid.UUID, list[Mark]] = defaultdict(list)
        async with operation.read() as session:
            for row in await session.scalars(statement):
                found[row.agent_id].append(row)
        return [found[key] for key in keys]

    return operation.loaders.made("marks of candidates", lambda: batch).load(agent_id)


def areas(operation: Operation, agent_id: uuid.UUID) -> Awaitable[list[Attribute]]:
    """The areas of a candidate's marks, each once, by name. One statement for a level."""
    viewer, area = operation.viewer, models.MarkArea

    async def batch(keys: list[uuid.UUID]) -> list[list[Attribute]]:
        statement = (
            _marks(operation, keys)
            .join(area, (area.workspace_id == Mark.workspace_id) & (area.mark_id == Mark.id))
            .join(
                Attribute,
                (Attribute.workspace_id == area.workspace_id) & (Attribute.id == area.attribute_id),
            )
            .where(*scope.conditions(Attribute, viewer))
            .with_only_columns(Mark.agent_id, Attribute)
            .distinct()
            .order_by(Attribute.name_key, Attribute.id)
        )
        found: dict[uuid.UUID, list[Attribute]] = defaultdict(list)
        async with operation.read() as session:
            for key, row in await session.execute(statement):
                found[key].append(row)
        return [found[key] for key in keys]

    return operation.loaders.made("areas of candidates", lambda: batch).load(agent_id)


def conversation_count(operation: Operation, agent_id: uuid.UUID) -> Awaitable[int]:
    """Number of conversations in reach of a candidate's marks, each once.

    One statement for a level.
    """
    viewer, linked, talk = operation.viewer, models.MarkConversation, models.Conversation

    async def batch(keys: list[uuid.UUID]) -> list[int]:
        counted = (
            _marks(operation, keys)
            .join(linked, (linked.workspace_id == Mark.workspace_id) & (linked.mark_id == Mark.id))
            .join(
                talk,
                (talk.workspace_id == linked.workspace_id) & (talk.id == linked.conversation_id),
            )
            .where(*scope.conditions(talk, viewer))
            .with_only_columns(Mark.agent_id, sa.func.count(talk.id.distinct()))
            .group_by(Mark.agent_id)
        )
        async with operation.read() as session:
            counts: dict[Any, int] = dict((await session.execute(counted)).all())
        return [counts.get(key, 0) for key in keys]

    return operation.loaders.made("conversations of candidates", lambda: batch).load(agent_id)


def _marks(operation: Operation, agent_ids: list[uuid.UUID]) -> sa.Select[Any]:
    return scope.select(Mark, operation.viewer).where(*mark_parts.waiting(tuple(agent_ids)))


async def assign(
    operation: Operation,
    content: Content,
    *,
    agent_id: uuid.UUID,
    idempotency_key: str | None = None,
) -> Assignment:
    """Assign coaching to a candidate, from all of the marks that wait for it (A2).

    Areas are those of the marks, unless others are given. A mark about a conversation out of
    reach is left for somebody who reaches it (V6). Raises Refusal: NOT_FOUND, MARK_NOT_ACTIVE
    for an agent without such marks, NOT_BOOKMARKED, INVALID.
    """
    viewer = operation.viewer
    today = day_of(viewer.now, viewer.time_zone)
    content = content.checked(today=today)
    async with operation.write() as session:
        given = [dataclasses.astuple(content), agent_id]
        made_id, fresh = await idempotency.claim(
            session, viewer, idempotency_key, "assignCandidate", given
        )
        if not fresh:
            return await _find(session, operation, made_id)
        await parts.require_agent(session, viewer, agent_id)
        mark_ids = await _lock_marks(session, operation, agent_id)
        talks = (await mark_parts.conversations(session, viewer, mark_ids))[agent_id]
        if len(talks) > CONVERSATIONS:
            message = f"The marks have {len(talks)} conversations; at most {CONVERSATIONS} go."
            raise Refusal(Code.INVALID, message, ["agentId"])
        if content.area_ids is None:
            area_ids = await mark_parts.area_ids(session, viewer, mark_ids)
            content = dataclasses.replace(content, area_ids=area_ids).checked(today=today)
        await parts.require_areas(session, viewer, content.area_ids or ())
        linked = (*talks, *content.best_response_ids)
        await facts.lock_conversations(session, viewer.workspace_id, linked)
        await parts.require_bookmarked(session, viewer, content.best_response_ids)
        share = Share(
            assignment_id=made_id, agent_id=agent_id, conversation_ids=talks, mark_ids=mark_ids
        )
        await make(session, viewer, content, [share])
        await parts.consume(session, viewer, agent_id, made_id, mark_ids)
        await facts.refresh(session, viewer.workspace_id, assignment_ids=[made_id])
        return await _find(session, operation, made_id)


async def _lock_marks(
    session: AsyncSession, operation: Operation, agent_id: uuid.UUID
) -> tuple[uuid.UUID, ...]:
    viewer = operation.viewer
    within = ~mark_parts.beyond_reach(viewer, Mark.id)
    marks = await mark_parts.lock(session, viewer, *mark_parts.waiting((agent_id,)), within)
    if not marks:
        message = "This agent has no active mark outside of a coaching group."
        raise Refusal(Code.MARK_NOT_ACTIVE, message, ["agentId"])
    return tuple(each.id for each in marks)


async def _find(
    session: AsyncSession, operation: Operation, assignment_id: uuid.UUID
) -> Assignment:
    reached = scope.select(Assignment, operation.viewer).where(Assignment.id == assignment_id)
    return (await session.scalars(reached.execution_options(populate_existing=True))).one()
