"""Engine and sessions, alike on SQLite and PostgreSQL.

Reads run statement by statement, without a transaction around them. A write is one transaction;
on SQLite it takes the write lock at once (`BEGIN IMMEDIATE`), because a transaction that reads
first and locks later would lose updates.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

BUSY_MILLISECONDS = 15_000
"""How long a statement on SQLite waits for another writer."""


class Database:
    """One database: hands out sessions for reading and for writing."""

    def __init__(self, url: str, *, pool_size: int = 10, pool_timeout: float = 30) -> None:
        parsed = sa.make_url(url)
        self.engine = create_async_engine(
            parsed, pool_size=pool_size, max_overflow=0, pool_timeout=pool_timeout
        )
        if self.engine.dialect.name == "sqlite":
            _prepare_sqlite(self.engine)
            self._reads: AsyncEngine = self.engine
        else:
            self._reads = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writes: AsyncEngine = self.engine.execution_options(writing=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads, and sees what is committed at each statement."""
        async with AsyncSession(self._reads, autoflush=False, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back when anything is raised."""
        async with (
            AsyncSession(self._writes, autoflush=False, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def _prepare_sqlite(engine: AsyncEngine) -> None:
    @sa.event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writing"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
