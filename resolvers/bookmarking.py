"""Making, changing and deleting bookmarks, and putting them on conversations (B3).

They are one's own, so nobody else is told: no history, no events, no versions.
"""

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from auth import scope
from auth.viewer import Viewer
from models import Bookmark, BookmarkConversation, Conversation, bookmark, text
from models.base import sort_key
from models.errors import Code, Refusal
from resolvers import idempotency, upsert
from resolvers.assignment_parts import not_found
from resolvers.operation import Operation

CONVERSATIONS = 100
"""Most conversations of one call."""

SAME_NAME = (
    "uq_bookmark_workspace_id_user_id_name_key",
    "bookmark.workspace_id, bookmark.user_id, bookmark.name_key",
)
"""The constraint on names, as PostgreSQL and SQLite name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Name and colour; null stays as it is."""

    name: str | None = None
    colour: str | None = None

    def checked(self) -> dict[str, str]:
        """The columns to write. Raises Refusal."""
        found = {}
        if self.name is not None:
            found["name"] = text.name(self.name, ["name"])
            found["name_key"] = sort_key(found["name"])
        if self.colour is not None:
            found["colour"] = bookmark.colour(self.colour, ["colour"])
        return found


async def create(operation: Operation, look: Look, *, idempotency_key: str | None) -> Bookmark:
    """Make a bookmark. Raises Refusal: INVALID, NAME_TAKEN, and FORBIDDEN without Auto QA (C4)."""
    viewer = operation.viewer
    if not viewer.auto_qa:
        raise Refusal(Code.FORBIDDEN, "Without Auto QA there are no bookmarks.")
    columns = look.checked()
    async with _names_are_unique(operation) as session:
        made_id, fresh = await idempotency.claim(
            session, viewer, idempotency_key, "createBookmark", columns
        )
        if not fresh:
            return await _find(session, viewer, made_id)
        made = Bookmark(
            workspace_id=viewer.workspace_id,
            id=made_id,
            user_id=viewer.user_id,
            created_at=viewer.now,
            **columns,
        )
        session.add(made)
        await session.flush()
    return made


async def update(operation: Operation, look: Look, *, bookmark_id: uuid.UUID) -> Bookmark:
    """Give a bookmark another name or colour. Raises Refusal: NOT_FOUND, INVALID, NAME_TAKEN."""
    columns = look.checked()
    async with _names_are_unique(operation) as session:
        found = await _find(session, operation.viewer, bookmark_id)
        for name, value in columns.items():
            setattr(found, name, value)
        await session.flush()
    return found


async def delete(operation: Operation, *, bookmark_id: uuid.UUID) -> None:
    """Take a bookmark away; the conversations stay, and so do best responses that came of it.

    Raises Refusal: NOT_FOUND.
    """
    async with operation.write() as session:
        found = await _find(session, operation.viewer, bookmark_id)
        await session.delete(found)  # and the database its tags


async def tag(
    operation: Operation, *, bookmark_id: uuid.UUID, conversation_ids: Sequence[uuid.UUID]
) -> Bookmark:
    """Put a bookmark on conversations; on those that carry it already, nothing changes.

    Raises Refusal: NOT_FOUND, INVALID.
    """
    viewer = operation.viewer
    async with operation.write() as session:
        found = await _find(session, viewer, bookmark_id)
        await _require_conversations(session, viewer, conversation_ids)
        await session.execute(
            upsert.insert(session, BookmarkConversation).on_conflict_do_nothing(),
            [
                {
                    "workspace_id": viewer.workspace_id,
                    "bookmark_id": bookmark_id,
                    "conversation_id": key,
                }
                # In one order everywhere, so that no two calls wait for each other.
                for key in sorted(set(conversation_ids))
            ],
        )
    return found


async def untag(
    operation: Operation, *, bookmark_id: uuid.UUID, conversation_ids: Sequence[uuid.UUID]
) -> Bookmark:
    """Take a bookmark off conversations; off those that don't carry it, nothing changes.

    Raises Refusal: NOT_FOUND, INVALID.
    """
    viewer = operation.viewer
    tagged = BookmarkConversation
    async with operation.write() as session:
        found = await _find(session, viewer, bookmark_id)
        await _require_conversations(session, viewer, conversation_ids)
        await session.execute(
            sa.delete(tagged)
            .where(
                tagged.workspace_id == viewer.workspace_id,
                tagged.bookmark_id == bookmark_id,
                tagged.conversation_id.in_(conversation_ids),
            )
            .execution_options(synchronize_session=False)
        )
    return found


@asynccontextmanager
async def _names_are_unique(operation: Operation) -> AsyncIterator[AsyncSession]:
    """A transaction in which the database may find a name taken, under races too."""
    try:
        async with operation.write() as session:
            yield session
    except IntegrityError as error:
        if not any(name in str(error.orig) for name in SAME_NAME):
            raise
        message = "You have a bookmark of this name already."
        raise Refusal(Code.NAME_TAKEN, message, ["name"]) from None


async def _find(session: AsyncSession, viewer: Viewer, bookmark_id: uuid.UUID) -> Bookmark:
    """The bookmark, locked, so that nobody deletes it meanwhile."""
    reached = scope.select(Bookmark, viewer).where(Bookmark.id == bookmark_id)
    found = await session.scalar(reached.with_for_update(of=Bookmark))
    if found is None:
        raise not_found("bookmark", "bookmarkId")
    return found


async def _require_conversations(
    session: AsyncSession, viewer: Viewer, ids: Sequence[uuid.UUID]
) -> None:
    if not 1 <= len(ids) <= CONVERSATIONS:
        message = f"Give 1 to {CONVERSATIONS} conversations."
        raise Refusal(Code.INVALID, message, ["conversationIds"])
    reached = scope.select(Conversation, viewer).where(Conversation.id.in_(ids))
    found: set[Any] = set(await session.scalars(reached.with_only_columns(Conversation.id)))
    for number, key in enumerate(ids):
        if key not in found:
            raise not_found("conversation", "conversationIds", str(number))
