"""Hearing at once, from PostgreSQL, that there are new events (`models.outbox`)."""

import asyncio
from collections.abc import Callable

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from models.availability import Unavailable
from models.outbox import CHANNEL

CONNECT_SECONDS = 5

LOST = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What the driver raises where there is no connection, or not any more."""


async def listen(
    engine: AsyncEngine, begun: Callable[[], None], heard: Callable[[str], None]
) -> None:
    """Call `heard` with the id of each workspace that has new events, until the connection is lost.

    On a connection of its own, which nothing else is done with: one that the pool hands around
    would not stay. `begun` is called when nothing more is missed. Raises Unavailable where there
    is no connection to be had. A connection that only falls silent is not noticed.
    """
    _, arguments = engine.dialect.create_connect_args(engine.url)
    lost = asyncio.Event()
    try:
        connection = await asyncpg.connect(**arguments, timeout=CONNECT_SECONDS)
    except LOST as error:
        raise Unavailable(repr(error)) from error
    try:
        connection.add_termination_listener(lambda _: lost.set())
        await connection.add_listener(CHANNEL, lambda *told: heard(str(told[-1])))
        begun()
        await lost.wait()
    except LOST as error:
        raise Unavailable(repr(error)) from error
    finally:
        connection.terminate()


def can_listen(dialect: sa.Dialect) -> bool:
    """Whether the database tells of new events by itself."""
    return dialect.name == "postgresql"
