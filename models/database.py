"""Engine and sessions, alike on SQLite and PostgreSQL.

Reads run statement by statement, without a transaction around them. A write is one transaction;
on SQLite it takes the write lock at once (`BEGIN IMMEDIATE`), because a transaction that reads
first and locks later would lose updates.

Both raise `models.availability.Unavailable` where the database is not there. Nothing has to be
started again when it comes back: connections that are lost are noticed when they are taken from
the pool, or by the first statement that fails, and replaced.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from models import connecting, reading, session
from models.availability import Attempt, OutcomeUnknown, Unwritable, noticed
from models.reading import Plan, Reader, Rows, Statement, T
from models.wall import NOBODY, OWNER, Identity

UNWRITABLE_SECONDS = 30
"""For how long a database counts as not writable after a write has found it so."""

CLOSE_SECONDS = 3
"""How long saying goodbye to the database may take."""


@dataclass(slots=True)
class _Known:
    """What is known of the database, by all who use it. Times are of the monotonic clock."""

    unwritable_until: float = 0.0


class Database:
    """One database: hands out sessions for reading and for writing.

    The timeouts are in seconds: how long somebody may wait for a free connection, for a new
    one, for a lock (None: for ever; on SQLite, 15 seconds), and for the answer to a statement
    (None: for ever; SQLite always answers).

    Whoever isn't told for whom works for nobody, and sees nothing behind the wall. The engine's
    own connections work for whoever they did last: take them from `connect`.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        pool_timeout: float = 30,
        connect_timeout: float = 10,
        lock_timeout: float | None = None,
        answer_timeout: float | None = None,
    ) -> None:
        parsed = sa.make_url(url)
        on_sqlite = parsed.get_backend_name() == "sqlite"
        self.engine = create_async_engine(
            parsed,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=pool_timeout,
            pool_reset_on_return=None if on_sqlite else "rollback",
            connect_args=connecting.sqlite_arguments()
            if on_sqlite
            else connecting.postgresql_arguments(connect_timeout, lock_timeout, answer_timeout),
        )
        if on_sqlite:
            connecting.prepare_sqlite(self.engine, lock_timeout)
            self._reads: AsyncEngine = self.engine
        else:
            connecting.prepare_postgresql(self.engine)
            session.prepare(self.engine)
            self._reads = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writes: AsyncEngine = self.engine.execution_options(writing=True)
        self._known = _Known()
        self.has_written = False
        self.default = NOBODY

    def everywhere(self) -> "Database":
        """The same database, for commands: they work across workspaces unless told for whom."""
        other = self._copied()
        other.default = OWNER
        return other

    def watched(self) -> "Database":
        """The same database, which tells by `has_written` whether it may have changed anything."""
        other = self._copied()
        other.has_written = False
        return other

    def _copied(self) -> "Database":
        # One for each request: `copy` takes ten times as many calls.
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    @property
    def is_writable(self) -> bool:
        """False for a while after a write found no room, or that it may not write."""
        return time.monotonic() >= self._known.unwritable_until

    @asynccontextmanager
    async def read(self, who: Identity | None = None) -> AsyncIterator[AsyncSession]:
        """A session that only reads, and sees what is committed at each statement."""
        who = who or self.default
        attempt = Attempt()
        with noticed(attempt):
            async with session.opened(self._reads, who) as made:
                attempt.connecting = True
                connection = await made.connection()
                attempt.connecting = False
                await session.become(connection, who)
                yield made

    async def reading(self, who: Identity, read: Callable[[Reader], Awaitable[T]]) -> T:
        """The cheapest way to read: statements in the database's own words (`models.reading`).

        What `read` comes to with a connection that works for somebody.
        """
        attempt = Attempt(connecting=True)
        with noticed(attempt):
            reader = await reading.lent(self.engine)
            attempt.connecting = False
            try:
                await reader.become(who)
                found = await read(reader)
            except BaseException as error:
                await reader.give_up(error)
                raise
            reader.give_back()
            return found

    async def fetch(self, who: Identity, statements: Sequence[Statement]) -> list[Rows]:
        """The rows of each statement, on one connection and, on SQLite, in one hop."""
        return await self.run(who, reading.each(statements))

    async def run(self, who: Identity, plan: Plan[T]) -> T:
        """What a plan comes to, on one connection and, on SQLite, in one hop."""
        return await self.reading(who, lambda reader: reader.run(plan))

    @asynccontextmanager
    async def write(self, who: Identity | None = None) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back when anything is raised.

        Raises OutcomeUnknown where the database goes away during the commit.
        """
        who = who or self.default
        attempt = Attempt()
        try:
            with noticed(attempt):
                async with session.opened(self._writes, who) as made, made.begin():
                    attempt.connecting = True
                    connection = await made.connection()
                    attempt.connecting = False
                    await session.become_for_now(connection, who)
                    yield made
                    await made.flush()  # so that what fails from here on is the commit
                    attempt.committing = True
        except OutcomeUnknown:
            self.has_written = True
            raise
        except Unwritable:
            self._known.unwritable_until = time.monotonic() + UNWRITABLE_SECONDS
            raise
        self.has_written = True
        self._known.unwritable_until = 0.0

    @asynccontextmanager
    async def connect(self, *, writing: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection without a transaction, for whoever this database is for."""
        attempt = Attempt(connecting=True)
        with noticed(attempt):
            async with self.engine.execution_options(writing=writing).connect() as connection:
                attempt.connecting = False
                await session.become(connection, self.default)
                await connection.commit()
                yield connection

    async def close(self) -> None:
        """Give all connections back; without a word to a database that does not listen."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.engine.dispose()
