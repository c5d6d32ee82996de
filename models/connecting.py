"""Connections to either database: how they are made, and when they are no longer any good."""

import os
import pathlib
import time
from typing import Any

import sqlalchemy as sa
from asyncpg import InterfaceError, PostgresError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolResetState

from models import functions

BUSY_SECONDS = 15
"""How long a statement on SQLite waits for another writer, where nothing else is said."""

IDLE_SECONDS = 30
"""A connection that was idle for longer is asked whether it is still there."""

PING_SECONDS = 2
"""How long it may take to say so."""

SERVER_SETTINGS = {
    # To compile a query takes longer than any of ours gains from it.
    "jit": "off",
    # Statements that are prepared are planned once: to plan them takes longer than to execute them.
    "plan_cache_mode": "force_generic_plan",
}
"""What every connection to PostgreSQL is set to."""

PREPARED = 200
"""Statements that a connection of either database keeps prepared, of any length, for good.

The one that was used longest ago is forgotten first. On PostgreSQL this is of `models.reading`
alone: SQLAlchemy keeps as many again as it likes.
"""

_SINCE = "coaching idle since"
_FILE = "coaching file"


def postgresql_arguments(
    connect: float, lock: float | None, answer: float | None
) -> dict[str, Any]:
    """What the driver is to be told. Times are in seconds; None is for ever."""
    settings = dict(SERVER_SETTINGS)
    if lock is not None:
        settings["lock_timeout"] = f"{lock:g}s"
    return {
        "timeout": connect,
        "command_timeout": answer,
        "server_settings": settings,
        "statement_cache_size": PREPARED,
        "max_cacheable_statement_size": 0,
        "max_cached_statement_lifetime": 0,
    }


def sqlite_arguments() -> dict[str, Any]:
    """What the driver is to be told."""
    return {"cached_statements": PREPARED}


def prepare_postgresql(engine: AsyncEngine) -> None:
    """Have connections replaced that are closed, or say nothing any more."""

    @sa.event.listens_for(engine.sync_engine, "checkin")
    def checkin(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    @sa.event.listens_for(engine.sync_engine, "checkout")
    def checkout(connection: Any, record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise sa.exc.DisconnectionError
        # A network that drops what is idle tells nobody: hence the question.
        if time.monotonic() - record.info.get(_SINCE, time.monotonic()) > IDLE_SECONDS:
            try:
                connection.run_async(
                    lambda driver: driver.execute("SELECT 1", timeout=PING_SECONDS)
                )
            except (OSError, PostgresError, InterfaceError) as error:
                raise sa.exc.DisconnectionError from error

    @sa.event.listens_for(engine.sync_engine, "handle_error")
    def handle(context: sa.engine.ExceptionContext) -> None:
        # Who waited in vain does not wait once more for the rollback.
        if isinstance(context.original_exception, TimeoutError):
            context.is_disconnect = True
            context.invalidate_pool_on_disconnect = False


def prepare_sqlite(engine: AsyncEngine, busy: float | None) -> None:
    """Have all connections set up alike, and open one file only: the one of that name now.

    Without this, connections would go on writing into a file that somebody has deleted, and new
    ones would find an empty one in its place.
    """
    file = pathlib.Path(engine.url.database or "")
    milliseconds = round((BUSY_SECONDS if busy is None else busy) * 1000)
    opened = False

    @sa.event.listens_for(engine.sync_engine, "do_connect")
    def do_connect(*_: Any) -> None:
        if opened:
            os.stat(file)  # noqa: PTH116 - raises where the file is gone, and none is made anew

    @sa.event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        nonlocal opened
        connection.isolation_level = None  # the driver must not begin transactions by itself
        functions.give(connection)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={milliseconds}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()
        record.info[_FILE] = _identity(file)
        opened = True

    @sa.event.listens_for(engine.sync_engine, "checkout")
    def checkout(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info.get(_FILE) != _identity(file):
            raise sa.exc.DisconnectionError

    @sa.event.listens_for(engine.sync_engine, "reset")
    def reset(connection: Any, _record: Any, state: PoolResetState) -> None:
        # A rollback is a hop to the connection's thread: only where there is something to undo.
        if state.asyncio_safe and connection.driver_connection.in_transaction:
            connection.rollback()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writing"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def _identity(file: pathlib.Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
