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

All raise `models.availability.Unavailable` where the database is not there. Nothing has to be
started again when it comes back: connections that are lost are noticed when they are taken from
the pool, or by the first statement that fails, and replaced.
"""

import asyncio
import copy
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import ORMExecuteState, Session, defer
from sqlalchemy.sql.base import ExecutableOption

from models import connecting, wall
from models.availability import Attempt, OutcomeUnknown, Unwritable, noticed
from models.wall import AGENT, ANYBODY, NOBODY, OWNER, STAFF, Identity

UNWRITABLE_SECONDS = 30
"""For how long a database counts as not writable after a write has found it so."""

CLOSE_SECONDS = 3
"""How long saying goodbye to the database may take."""

WORKS_FOR = "coaching works for"
"""Where a connection remembers for whom it works; absent where there is no wall, or none yet."""

WALLED = "coaching is walled"


@dataclass(slots=True)
class _Known:
    """What is known of the database, by all who use it. Times are of the monotonic clock."""

    unwritable_until: float = 0.0


class Database:
    """One database: hands out sessions for reading and for writing.

    Whoever isn't told for whom works for nobody, and sees nothing behind the wall. The engine's
    own connections work for whoever they did last: take them from `connect`.

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
            _see_the_wall(self.engine)
            self._reads = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writes: AsyncEngine = self.engine.execution_options(writing=True)
        self._known = _Known()
        self.has_written = False
        self.default = NOBODY

    def watched(self) -> "Database":
        """The same database, which tells by `has_written` whether it may have changed anything."""
        other = copy.copy(self)
        other.has_written = False
        return other

    @property
    def is_writable(self) -> bool:
        """False for a while after a write found no room, or that it may not write."""
        return time.monotonic() >= self._known.unwritable_until

    def everywhere(self) -> "Database":
        """The same database, for commands: they work across workspaces unless told for whom."""
        other = copy.copy(self)
        other.default = OWNER
        return other

    @asynccontextmanager
    async def read(self, who: Identity | None = None) -> AsyncIterator[AsyncSession]:
        """A session that only reads, and sees what is committed at each statement."""
        who, attempt = who or self.default, Attempt()
        with noticed(attempt):
            async with _session(self._reads, who) as session:
                connection = await _connected(session, attempt)
                if _is_other(connection, who):
                    with _changed(connection, who):
                        await connection.exec_driver_sql(wall.BECOME, who.values)
                yield session

    @asynccontextmanager
    async def write(self, who: Identity | None = None) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back when anything is raised.

        Raises OutcomeUnknown where the database goes away during the commit.
        """
        who, attempt = who or self.default, Attempt()
        try:
            with noticed(attempt):
                async with _session(self._writes, who) as session, session.begin():
                    connection = await _connected(session, attempt)
                    if _is_other(connection, who):
                        await connection.exec_driver_sql(wall.BECOME_FOR_NOW, who.values)
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

    @asynccontextmanager
    async def connect(self, *, writing: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection without a transaction, for whoever this database is for."""
        attempt = Attempt(connecting=True)
        with noticed(attempt):
            async with self.engine.execution_options(writing=writing).connect() as connection:
                attempt.connecting = False
                if _is_other(connection, self.default):
                    with _changed(connection, self.default):
                        await connection.exec_driver_sql(wall.BECOME, self.default.values)
                        await connection.commit()
                yield connection

    async def close(self) -> None:
        """Give all connections back; without a word to a database that does not listen."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
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


async def _connected(session: AsyncSession, attempt: Attempt) -> AsyncConnection:
    attempt.connecting = True
    connection = await session.connection()
    attempt.connecting = False
    return connection


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


def _see_the_wall(engine: AsyncEngine) -> None:
    @sa.event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(wall.IS_UP)
        if cursor.fetchone()[0]:
            record.info[WALLED] = True
            record.info[WORKS_FOR] = OWNER
        cursor.close()
        connection.rollback()
