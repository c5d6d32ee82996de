"""Engine and sessions, alike on SQLite and PostgreSQL.

Reads run statement by statement, without a transaction around them. A write is one transaction;
on SQLite it takes the write lock at once (`BEGIN IMMEDIATE`), because a transaction that reads
first and locks later would lose updates.

On PostgreSQL a session works for somebody (`models.wall`). Reads leave that on the connection and
remember it there, so that the next one for the same costs nothing; what is remembered is forgotten
before it is changed, so that a change that breaks off is made again. A write sets it for its
transaction only, which takes it along, however it ends. What the connection remembers is true
only where nobody else uses it: a pooler that hands connections around between transactions must
not stand before the database.
"""

import copy
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import ORMExecuteState, Session, defer
from sqlalchemy.sql.base import ExecutableOption

from models import wall
from models.wall import AGENT, ANYBODY, NOBODY, OWNER, STAFF, Identity

BUSY_MILLISECONDS = 15_000
"""How long a statement on SQLite waits for another writer."""

WORKS_FOR = "coaching works for"
"""Where a connection remembers for whom it works; absent where there is no wall, or none yet."""

WALLED = "coaching is walled"


class Database:
    """One database: hands out sessions for reading and for writing.

    Whoever isn't told for whom works for nobody, and sees nothing behind the wall. The engine's
    own connections work for whoever they did last: take them from `connect`.
    """

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
            _prepare_postgresql(self.engine)
        self._writes: AsyncEngine = self.engine.execution_options(writing=True)
        self.default = NOBODY

    def everywhere(self) -> "Database":
        """The same database, for commands: they work across workspaces unless told for whom."""
        other = copy.copy(self)
        other.default = OWNER
        return other

    @asynccontextmanager
    async def read(self, who: Identity | None = None) -> AsyncIterator[AsyncSession]:
        """A session that only reads, and sees what is committed at each statement."""
        who = who or self.default
        async with _session(self._reads, who) as session:
            connection = await session.connection()
            if _is_other(connection, who):
                with _changed(connection, who):
                    await connection.exec_driver_sql(wall.BECOME, who.values)
            yield session

    @asynccontextmanager
    async def write(self, who: Identity | None = None) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back when anything is raised."""
        who = who or self.default
        async with _session(self._writes, who) as session, session.begin():
            connection = await session.connection()
            if _is_other(connection, who):
                await connection.exec_driver_sql(wall.BECOME_FOR_NOW, who.values)
            yield session

    @asynccontextmanager
    async def connect(self, *, writing: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection without a transaction, for whoever this database is for."""
        async with self.engine.execution_options(writing=writing).connect() as connection:
            if _is_other(connection, self.default):
                with _changed(connection, self.default):
                    await connection.exec_driver_sql(wall.BECOME, self.default.values)
                    await connection.commit()
            yield connection

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


@asynccontextmanager
async def as_staff(session: AsyncSession) -> AsyncIterator[None]:
    """Let the staff's role do what follows from an agent's write, within its transaction.

    When an agent answers or reviews, facts of coaching groups change with it, and totals, and the
    history that staff read: tables that no agent may touch, yet nothing may be half-written. So
    for this part, and for nothing else, the transaction works for the staff of the workspace.

    To be entered only after the application itself has let the agent's write pass: the target in
    reach, and nothing refused. What the agent wrote is written as the agent, before this begins.
    Should this part fail, the transaction must end with it. For staff nothing changes.
    """
    who: Identity = session.info[WORKS_FOR]
    if who.role != AGENT:
        yield
        return
    await session.flush()
    await _become_for_now(session, replace(who, role=STAFF))
    yield
    await session.flush()
    await _become_for_now(session, who)


async def _become_for_now(session: AsyncSession, who: Identity) -> None:
    connection = await session.connection()
    if is_walled(connection):
        await connection.exec_driver_sql(wall.BECOME_FOR_NOW, who.values)
    session.info[WORKS_FOR] = who


def is_walled(connection: AsyncConnection) -> bool:
    """Whether this is PostgreSQL with its wall up."""
    return WALLED in connection.info


def lacks_wall(connection: AsyncConnection) -> bool:
    """Whether this is PostgreSQL without its wall; SQLite has none to put up."""
    return connection.dialect.name == "postgresql" and not is_walled(connection)


class _Session(Session):
    """Leaves out columns that are not there for whom it works (`Identity.hidden`)."""


def _session(engine: AsyncEngine, who: Identity) -> AsyncSession:
    return AsyncSession(
        engine,
        sync_session_class=_Session,
        autoflush=False,
        expire_on_commit=False,
        info={WORKS_FOR: who},
    )


@sa.event.listens_for(_Session, "do_orm_execute")
def _leave_out(execution: ORMExecuteState) -> None:
    statement, who = execution.statement, execution.session.info[WORKS_FOR]
    if who.hidden and execution.is_orm_statement and isinstance(statement, sa.Select):
        execution.statement = statement.options(*_left_out(statement, who))


def _left_out(statement: sa.Select[Any], who: Identity) -> Iterator[ExecutableOption]:
    for selected in statement.column_descriptions:
        entity = selected["entity"]
        if entity is not None and selected["expr"] is entity:
            table = sa.inspect(entity).mapper.local_table
            for name in who.hidden.get(table.name, ()):
                yield defer(getattr(entity, name), raiseload=True)


def _is_other(connection: AsyncConnection, who: Identity) -> bool:
    known = connection.info.get(WORKS_FOR)
    return is_walled(connection) and who is not ANYBODY and known != who


@contextmanager
def _changed(connection: AsyncConnection, who: Identity) -> Iterator[None]:
    """Remember for whom it works, once it does; nothing, should that break off."""
    info = connection.info
    info.pop(WORKS_FOR, None)
    yield
    info[WORKS_FOR] = who


def _prepare_postgresql(engine: AsyncEngine) -> None:
    @sa.event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(wall.IS_UP)
        if cursor.fetchone()[0]:
            record.info[WALLED] = True
            record.info[WORKS_FOR] = OWNER
        cursor.close()
        connection.rollback()


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
