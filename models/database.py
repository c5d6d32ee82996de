"""Engine and sessions, alike on SQLite and PostgreSQL.

Reads run statement by statement, without a transaction around them. A write is one transaction;
on SQLite it takes the write lock at once (`BEGIN IMMEDIATE`), because a transaction that reads
first and locks later would lose updates.

Both raise `models.availability.Unavailable` where the database is not there. Nothing has to be
started again when it comes back: connections that are lost are noticed when they are taken from
the pool, or by the first statement that fails, and replaced.
"""

import asyncio
import copy
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from models import connecting
from models.availability import Attempt, OutcomeUnknown, Unwritable, noticed

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
            connect_args={}
            if on_sqlite
            else connecting.postgresql_arguments(connect_timeout, lock_timeout, answer_timeout),
        )
        if on_sqlite:
            connecting.prepare_sqlite(self.engine, lock_timeout)
            self._reads: AsyncEngine = self.engine
        else:
            connecting.prepare_postgresql(self.engine)
            self._reads = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writes: AsyncEngine = self.engine.execution_options(writing=True)
        self._known = _Known()
        self.has_written = False

    def watched(self) -> "Database":
        """The same database, which tells by `has_written` whether it may have changed anything."""
        other = copy.copy(self)
        other.has_written = False
        return other

    @property
    def is_writable(self) -> bool:
        """False for a while after a write found no room, or that it may not write."""
        return time.monotonic() >= self._known.unwritable_until

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads, and sees what is committed at each statement."""
        attempt = Attempt()
        with noticed(attempt):
            async with AsyncSession(
                self._reads, autoflush=False, expire_on_commit=False
            ) as session:
                attempt.connecting = True
                await session.connection()
                attempt.connecting = False
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back when anything is raised.

        Raises OutcomeUnknown where the database goes away during the commit.
        """
        attempt = Attempt()
        try:
            with noticed(attempt):
                async with (
                    AsyncSession(self._writes, autoflush=False, expire_on_commit=False) as session,
                    session.begin(),
                ):
                    attempt.connecting = True
                    await session.connection()
                    attempt.connecting = False
                    yield session
                    await session.flush()  # so that what fails from here on is the commit
                    attempt.committing = True
        except OutcomeUnknown:
            self.has_written = True
            raise
        except Unwritable:
            self._known.unwritable_until = time.monotonic() + UNWRITABLE_SECONDS
            raise
        self.has_written = True
        self._known.unwritable_until = 0.0

    async def close(self) -> None:
        """Give all connections back; without a word to a database that does not listen."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.engine.dispose()
