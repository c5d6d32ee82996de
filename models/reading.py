"""Reads at the lowest cost: statements on the driver's own connection, from the one pool.

What SQLAlchemy does for each statement (sessions, transactions, cursors, rows) costs more than a
short statement itself. Here a connection is taken from the pool, told for whom it works unless it
knows, and asked; each statement is prepared once and kept prepared on its connection. There is no
transaction: each statement sees what is committed when it begins. Whatever goes wrong is raised as
SQLAlchemy would raise it, and a connection that is no longer any good is replaced in the same way.

Values and rows are the driver's, which differ: a UUID is one on PostgreSQL, and text on SQLite.
"""

import asyncio
import sqlite3
from collections.abc import Generator, Sequence
from typing import Any, TypeVar

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.util import greenlet_spawn

from models import session, wall
from models.wall import Identity

Statement = tuple[str, Sequence[Any]]
"""A statement's text in the database's own words, and the values of its parameters."""

Rows = list[Any]
"""Rows as the driver has them: their values are reached by position."""

T = TypeVar("T")

Plan = Generator[Statement, Rows, T]
"""Statements that follow from one another: yields each, is sent its rows, and returns at last."""

_RAISED = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    sqlite3.Error,
)
"""What the drivers raise of their own."""


class Reader:
    """A connection that works for somebody, and only reads."""

    def __init__(self, lent: PoolProxiedConnection, engine: AsyncEngine) -> None:
        self.is_walled = session.WALLED in lent.info
        self._lent = lent
        self._driver: Any = lent.driver_connection
        self._on_sqlite = engine.dialect.name == "sqlite"
        self._events = engine.sync_engine.dispatch

    async def fetch(self, text: str, values: Sequence[Any] = ()) -> Rows:
        """The rows of one statement."""
        return await self.run(_one(text, values))

    async def run(self, plan: Plan[T]) -> T:
        """What a plan comes to. On SQLite it is followed whole in the connection's thread."""
        try:
            if not self._on_sqlite:
                return await self._ask(plan)
            # The one door to the thread: whatever else the class offers is a hop each.
            found: T = await self._driver._execute(self._follow, plan)  # noqa: SLF001
        except _RAISED as error:
            lost = self._is_lost()
            raise sa.exc.DBAPIError(
                None, None, error, hide_parameters=True, connection_invalidated=lost
            ) from error
        return found

    async def become(self, who: Identity) -> None:
        """Work for somebody, from now on; costs nothing where that is so already."""
        info = self._lent.info
        if session.is_other(info, who):
            info.pop(session.WORKS_FOR, None)
            await self.fetch(wall.BECOME, who.values)
            info[session.WORKS_FOR] = who

    def give_back(self) -> None:
        """Give the connection back, which is as it was."""
        self._lent.close()

    async def give_up(self, error: BaseException) -> None:
        """Give the connection back after an error: a new one takes its place if that broke it."""
        # Whoever was stopped, or waited in vain, leaves a statement behind that still runs.
        is_busy = not isinstance(error, Exception) or isinstance(error, OSError)
        if is_busy and self._on_sqlite:
            await self._driver.interrupt()
        broken_by = error if is_busy or self._is_lost() else None
        await asyncio.shield(greenlet_spawn(self._part, broken_by))

    def _part(self, broken_by: BaseException | None) -> None:
        if broken_by is not None:
            self._lent.invalidate(broken_by)
        self._lent.close()

    def _is_lost(self) -> bool:
        return not self._on_sqlite and self._driver.is_closed()

    async def _ask(self, plan: Plan[T]) -> T:
        rows = None
        try:
            while True:
                text, values = plan.send(rows)  # type: ignore[arg-type]  # None begins it
                self._tell(text, values)
                rows = await self._driver.fetch(text, *values)
        except StopIteration as stop:
            found: T = stop.value
            return found

    def _follow(self, plan: Plan[T]) -> T:
        connection: sqlite3.Connection = self._driver._conn  # noqa: SLF001
        rows = None
        try:
            while True:
                text, values = plan.send(rows)  # type: ignore[arg-type]  # None begins it
                self._tell(text, values)
                rows = connection.execute(text, values).fetchall()
        except StopIteration as stop:
            found: T = stop.value
            return found

    def _tell(self, text: str, values: Sequence[Any]) -> None:
        """Tell whoever watches the engine's statements of this one, too."""
        for told in self._events.before_cursor_execute:
            told(None, None, text, values, None, False)  # noqa: FBT003 - as SQLAlchemy calls it


async def lent(engine: AsyncEngine) -> Reader:
    """A reader of a pool's connection, which works for whoever it worked for last.

    To be given back, or up.
    """
    driver: Any = engine.dialect.dbapi
    try:
        return Reader(await engine.raw_connection(), engine)
    except (driver.Error, *_RAISED) as error:
        raise sa.exc.DBAPIError(None, None, error, hide_parameters=True) from error


def each(statements: Sequence[Statement]) -> Plan[list[Rows]]:
    """A plan of statements of which none needs another: the rows of each."""
    found: list[Rows] = []
    for statement in statements:
        rows = yield statement
        found.append(rows)
    return found


def _one(text: str, values: Sequence[Any]) -> Plan[Rows]:
    return (yield text, values)
