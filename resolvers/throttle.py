"""Buckets of cost in the database, for workers that count together.

Filling is one statement, so that however many workers ask at once, none lets in what another has
filled. They are the staff's whoever calls: an agent has no right to a bucket.
"""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Database
from models.throttle import Throttle
from models.wall import STAFF, Identity
from resolvers import upsert

Key = tuple[uuid.UUID, uuid.UUID]
"""A workspace, and a user of it."""


async def fill(
    database: Database, key: Key, cost: float, *, capacity: int, rate: int, now: float
) -> float | None:
    """Add to a bucket unless it is full; its level then, or None where it is.

    `capacity` and the level are costs, `rate` a cost a second, `now` seconds since 1970.
    """
    async with database.write(_who(key)) as session:
        return await _add(session, key, cost, rate=rate, now=now, most=capacity)


async def correct(
    database: Database, key: Key, difference: float, *, rate: int, now: float
) -> float:
    """Add a difference to a bucket, whatever its level; the level then, 0 at least."""
    async with database.write(_who(key)) as session:
        found = await _add(session, key, difference, rate=rate, now=now)
    return found or 0.0


async def level(database: Database, key: Key, *, rate: int, now: float) -> float:
    """The level of a bucket."""
    statement = sa.select(_leaked(rate, now)).where(*_is(key))
    async with database.read(_who(key)) as session:
        found: float | None = await session.scalar(statement)
    return found or 0.0


async def _add(
    session: AsyncSession, key: Key, cost: float, *, rate: int, now: float, most: int | None = None
) -> float | None:
    workspace_id, user_id = key
    leaked = _leaked(rate, now)
    insert: Any = upsert.insert(session, Throttle).values(
        workspace_id=workspace_id, user_id=user_id, level=max(0.0, cost), at=now
    )
    insert = insert.on_conflict_do_update(
        index_elements=["workspace_id", "user_id"],
        set_={
            "level": _at_least_nothing(leaked + cost),
            "at": sa.case((Throttle.at > now, Throttle.at), else_=now),
        },
        where=None if most is None else leaked < most,
    )
    found = await session.scalar(insert.returning(Throttle.level))
    return None if found is None else float(found)


def _leaked(rate: int, now: float) -> Any:
    """What is left of the level; another machine's clock may be ahead."""
    passed = _at_least_nothing(sa.literal(now, sa.Float) - Throttle.at)
    return _at_least_nothing(Throttle.level - passed * rate)


def _at_least_nothing(value: Any) -> Any:
    return sa.case((value > 0, value), else_=0.0)


def _is(key: Key) -> tuple[Any, Any]:
    return Throttle.workspace_id == key[0], Throttle.user_id == key[1]


def _who(key: Key) -> Identity:
    return Identity(role=STAFF, workspace=str(key[0]))
