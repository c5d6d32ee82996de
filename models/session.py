"""Sessions that work for somebody: on PostgreSQL, behind the wall (`models.wall`).

A connection works for an `Identity`. Reads leave that on the connection and remember it there, so
that the next one for the same costs nothing; what is remembered is forgotten before it is changed,
so that a change that breaks off is made again. A write sets it for its transaction only, which
takes it along, however it ends. What the connection remembers is true only where nobody else uses
it: a pooler that hands connections around between transactions must not stand before the database.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, defer
from sqlalchemy.sql.base import ExecutableOption

from models import wall
from models.wall import AGENT, ANYBODY, OWNER, STAFF, Identity

WORKS_FOR = "coaching works for"
"""Where a connection remembers for whom it works; absent where there is no wall, or none yet."""

WALLED = "coaching is walled"
"""Where a connection remembers that there is a wall."""


def opened(engine: AsyncEngine, who: Identity) -> AsyncSession:
    """A session for somebody, which leaves out columns that are not there for them."""
    return AsyncSession(
        engine,
        sync_session_class=_Session,
        autoflush=False,
        expire_on_commit=False,
        info={WORKS_FOR: who},
    )


async def become(connection: AsyncConnection, who: Identity) -> None:
    """Have a connection work for somebody until told otherwise."""
    if is_other(connection.info, who):
        connection.info.pop(WORKS_FOR, None)
        await connection.exec_driver_sql(wall.BECOME, who.values)
        connection.info[WORKS_FOR] = who


async def become_for_now(connection: AsyncConnection, who: Identity) -> None:
    """Have a connection work for somebody until its transaction ends."""
    if is_other(connection.info, who):
        await connection.exec_driver_sql(wall.BECOME_FOR_NOW, who.values)


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


def prepare(engine: AsyncEngine) -> None:
    """Have new connections know whether there is a wall."""

    @sa.event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(wall.IS_UP)
        if cursor.fetchone()[0]:
            record.info[WALLED] = True
            record.info[WORKS_FOR] = OWNER
        cursor.close()
        connection.rollback()


def is_other(info: Mapping[str, Any], who: Identity) -> bool:
    """Whether a connection, by what it remembers, must be told that it works for somebody."""
    known = info.get(WORKS_FOR)
    return known is not who and WALLED in info and who is not ANYBODY and known != who


class _Session(Session):
    """Leaves out columns that are not there for whom it works (`Identity.hidden`)."""


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
