"""Reading coaching groups (G1, G2)."""

import uuid
from collections.abc import Awaitable
from typing import Any

import sqlalchemy as sa

import models
from auth import scope
from auth.viewer import Viewer
from models import CoachingGroup, GroupState, Mark, text
from models.base import sort_key
from models.errors import Refusal
from resolvers import group_parts, named
from resolvers.operation import Operation
from resolvers.page import Listing, Order, Parts


def pending(search: str | None) -> Listing:
    """The pending groups in reach, by name; `search` looks in the name (G1)."""
    wanted = named.wanted(search)

    def parts(viewer: Viewer) -> Parts:
        unsent = CoachingGroup.state == GroupState.PENDING
        statement = scope.select(CoachingGroup, viewer).where(unsent)
        if wanted:
            statement = statement.where(CoachingGroup.name_key.contains(wanted, autoescape=True))
        return [(CoachingGroup, statement)]

    order = Order(keys=("name_key", "id"), binding=("coachingGroups", wanted))
    return Listing(order=order, parts=parts)


async def name_available(operation: Operation, name: str) -> bool:
    """Whether a new group may have this name: no pending one of the workspace has it (G2).

    In reach or not, the name is taken all the same. What is no name at all is not to be had.
    """
    try:
        wanted = text.name(name, ["name"])
    except Refusal:
        return False
    statement = sa.select(CoachingGroup.id).where(
        CoachingGroup.workspace_id == operation.viewer.workspace_id,
        CoachingGroup.state == GroupState.PENDING,
        CoachingGroup.name_key == sort_key(wanted),
    )
    async with operation.read() as session:
        return await session.scalar(statement) is None


def marked_conversations(operation: Operation, group_id: uuid.UUID) -> Awaitable[int]:
    """Number of conversations in reach of the marks in a group, each once (G1).

    One statement for all groups of a level.
    """
    viewer, linked, talk = operation.viewer, models.MarkConversation, models.Conversation

    async def batch(keys: list[uuid.UUID]) -> list[int]:
        counted = (
            scope.select(Mark, viewer)
            .join(linked, (linked.workspace_id == Mark.workspace_id) & (linked.mark_id == Mark.id))
            .join(
                talk,
                (talk.workspace_id == linked.workspace_id) & (talk.id == linked.conversation_id),
            )
            .where(
                *scope.conditions(talk, viewer),
                Mark.group_id.in_(keys),
                Mark.state == models.MarkState.ACTIVE,
            )
            .with_only_columns(Mark.group_id, sa.func.count(talk.id.distinct()))
            .group_by(Mark.group_id)
        )
        async with operation.read() as session:
            counts: dict[Any, int] = dict((await session.execute(counted)).all())
        return [counts.get(key, 0) for key in keys]

    return operation.loaders.made("marked conversations of groups", lambda: batch).load(group_id)


async def is_whole(operation: Operation, group_id: uuid.UUID) -> bool:
    """Whether the viewer reaches every member of a group and every marked conversation (V6).

    One statement for all groups of a level; none for who reaches everything.
    """
    viewer = operation.viewer
    if viewer.everywhere:
        return True

    async def batch(keys: list[uuid.UUID]) -> list[bool]:
        async with operation.read() as session:
            hidden = await group_parts.hidden(session, viewer, keys)
        return [key not in hidden for key in keys]

    loader = operation.loaders.made("whole groups", lambda: batch)
    return await loader.load(group_id)  # type: ignore[no-any-return]
