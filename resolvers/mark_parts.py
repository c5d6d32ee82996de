"""Marks in a write: locked, and what they are about."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import Mark, MarkState
from resolvers.audit import About

Ids = tuple[uuid.UUID, ...]
Condition = sa.ColumnElement[bool]


def about(mark: Mark) -> About:
    """What the history says that a write to a mark is about."""
    return About(agent_id=mark.agent_id, mark_id=mark.id, group_id=mark.group_id)


async def lock(session: AsyncSession, viewer: Viewer, *which: Condition) -> list[Mark]:
    """The marks within reach, locked by id until the end.

    The order of all locks stands in `resolvers.facts`. Marks come before conversations because a
    locked mark says which conversations are needed: nobody adds one to it meanwhile. A pending
    group comes first because it decides who may join; nothing that counts facts ever waits for it.
    """
    locked = (
        scope.select(Mark, viewer)
        .where(*which)
        .order_by(Mark.id)
        .with_for_update(key_share=True, of=Mark)
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(locked))


WAITING = (Mark.state == MarkState.ACTIVE, Mark.group_id.is_(None))
"""What makes an agent a candidate: active marks in no group (G5)."""


def waiting(agent_ids: Ids) -> tuple[Condition, ...]:
    """Those marks of these agents."""
    return (Mark.agent_id.in_(agent_ids), *WAITING)


async def conversations(
    session: AsyncSession, viewer: Viewer, mark_ids: Ids
) -> dict[uuid.UUID, Ids]:
    """The conversations of marks for each agent, each once, in the order in which they began."""
    linked, talk = models.MarkConversation, models.Conversation
    rows = await session.execute(
        sa.select(Mark.agent_id, talk.id)
        .join(linked, (linked.workspace_id == Mark.workspace_id) & (linked.mark_id == Mark.id))
        .join(
            talk,
            (talk.workspace_id == linked.workspace_id) & (talk.id == linked.conversation_id),
        )
        .where(Mark.workspace_id == viewer.workspace_id, Mark.id.in_(mark_ids))
        .order_by(talk.started_at, talk.id)
    )
    found: dict[uuid.UUID, dict[uuid.UUID, None]] = {}
    for agent_id, conversation_id in rows:
        found.setdefault(agent_id, {})[conversation_id] = None
    return {agent_id: tuple(ids) for agent_id, ids in found.items()}


async def area_ids(session: AsyncSession, viewer: Viewer, mark_ids: Ids) -> Ids:
    """The areas of marks, each once."""
    area = models.MarkArea
    rows = await session.scalars(
        sa.select(area.attribute_id)
        .where(area.workspace_id == viewer.workspace_id, area.mark_id.in_(mark_ids))
        .distinct()
        .order_by(area.attribute_id)
    )
    return tuple(rows)


def beyond_reach(viewer: Viewer, mark_id: Any) -> Condition:
    """Whether a mark is about a conversation that the viewer does not reach (V6)."""
    if viewer.everywhere:
        return sa.false()
    linked = models.MarkConversation
    hidden = ~reaches(viewer, models.Conversation, linked.conversation_id)
    return (
        sa.select(sa.literal(1))
        .select_from(linked)
        .where(linked.workspace_id == viewer.workspace_id, linked.mark_id == mark_id, hidden)
        .exists()
    )


def reaches(viewer: Viewer, model: Any, key: Any) -> Condition:
    """Whether the viewer reaches the row of `model` with this id, as a condition."""
    return (
        sa.select(sa.literal(1))
        .select_from(model)
        .where(*scope.conditions(model, viewer), model.id == key)
        .exists()
    )


async def put_into(
    session: AsyncSession, viewer: Viewer, mark_ids: Ids, group_id: uuid.UUID | None
) -> None:
    """Put locked marks into a group, or back among the candidates (G3, G4).

    Their version stays: an agent reads it, and learns nothing of groups (V3).
    """
    if mark_ids:
        await session.execute(
            sa.update(Mark)
            .where(Mark.workspace_id == viewer.workspace_id, Mark.id.in_(mark_ids))
            .values(group_id=group_id)
            .execution_options(synchronize_session=False)
        )
