"""Writes that may be sent again: the same key and input make one thing (A4)."""

import hashlib
import json
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from auth.viewer import Viewer
from models.errors import Code, Refusal
from models.idempotency import LIFETIME, IdempotencyKey

KEY_LENGTH = 200


async def claim(
    session: AsyncSession, viewer: Viewer, key: str | None, operation: str, given: Any
) -> tuple[uuid.UUID, bool]:
    """The id of what a write is to make, and whether it is to be made now.

    Claims the key in the write's own transaction: a rival with the same key waits for its end,
    and then finds the first answer. False with the id of what was made before. Raises Refusal
    where the key was used with another input.
    """
    made_id = uuid.uuid4()
    if key is None:
        return made_id, True
    if not 1 <= len(key) <= KEY_LENGTH or "\0" in key:
        message = f"An idempotency key has 1 to {KEY_LENGTH} characters."
        raise Refusal(Code.INVALID, message, ["idempotencyKey"])
    fingerprint = _fingerprint(operation, given)
    same_key = _is(viewer, key)
    await session.execute(
        sa.delete(IdempotencyKey).where(
            *same_key, IdempotencyKey.created_at < viewer.now - LIFETIME
        )
    )
    inserting = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    claimed: Any = await session.execute(
        inserting.insert(IdempotencyKey)
        .values(
            workspace_id=viewer.workspace_id,
            user_id=viewer.user_id,
            key=key,
            operation=operation,
            fingerprint=fingerprint,
            result_id=made_id,
            created_at=viewer.now,
        )
        .on_conflict_do_nothing()
    )
    if claimed.rowcount == 1:
        return made_id, True
    first = (await session.scalars(sa.select(IdempotencyKey).where(*same_key))).one()
    if first.fingerprint != fingerprint:
        message = "This idempotency key was used with another input."
        raise Refusal(Code.IDEMPOTENCY_KEY_REUSED, message, ["idempotencyKey"])
    return first.result_id, False


async def keep(session: AsyncSession, viewer: Viewer, key: str | None, told: Any) -> None:
    """Keep what a write answered, in plain JSON, with the key that it claimed, if any.

    For writes whose answer can't be read from what they made.
    """
    if key is not None:
        await session.execute(
            sa.update(IdempotencyKey).where(*_is(viewer, key)).values(answer=told)
        )


async def answer(session: AsyncSession, viewer: Viewer, key: str | None) -> Any:
    """What the first write with a key has kept."""
    return await session.scalar(sa.select(IdempotencyKey.answer).where(*_is(viewer, key)))


def _is(viewer: Viewer, key: str | None) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        IdempotencyKey.workspace_id == viewer.workspace_id,
        IdempotencyKey.user_id == viewer.user_id,
        IdempotencyKey.key == key,
    )


def _fingerprint(operation: str, given: Any) -> bytes:
    told = json.dumps([operation, given], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).digest()
