"""Bringing a database to the newest schema, or back."""

import asyncio
import pathlib
from collections.abc import Callable

import alembic.command
import alembic.config
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

import migrations
from models import wall

Command = Callable[[alembic.config.Config], object]

HEAD = "head"
BASE = "base"


def upgrade(url: str, revision: str = HEAD) -> None:
    """Bring the database at `url` up to `revision`. Doing it again changes nothing."""
    _run(url, lambda config: alembic.command.upgrade(config, revision))


def downgrade(url: str, revision: str = BASE) -> None:
    """Take the database at `url` back down to `revision`; what is only newer is lost."""
    _run(url, lambda config: alembic.command.downgrade(config, revision))


def draft(url: str, message: str) -> None:
    """Write a new migration from the difference between the database and the models."""
    _run(url, lambda config: alembic.command.revision(config, message, autogenerate=True))


def missing(connection: sa.Connection) -> bool:
    """Whether the database lacks a migration that this version of the product needs."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() != newest


def wall_in(url: str) -> bool:
    """Whether the wall of the database at `url` is up; puts it up where that can be done.

    SQLite has none to put up, and lacks nothing.
    """
    return asyncio.run(_wall_in(url))


async def _wall_in(url: str) -> bool:
    engine = create_async_engine(url, poolclass=sa.NullPool)
    try:
        async with engine.begin() as connection:
            if connection.dialect.name != "postgresql":
                return True
            return await connection.run_sync(lambda it: wall.is_up(it) or wall.put_up(it))
    finally:
        await engine.dispose()


def _config() -> alembic.config.Config:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(pathlib.Path(migrations.__file__).parent))
    return config


def _run(url: str, command: Command) -> None:
    asyncio.run(_run_inside(url, command))


async def _run_inside(url: str, command: Command) -> None:
    engine = create_async_engine(url, poolclass=sa.NullPool)
    config = _config()

    def with_connection(connection: sa.Connection) -> None:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Batch mode rebuilds tables; with foreign keys on, that would delete their children.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.commit()
        config.attributes["connection"] = connection
        command(config)
        connection.commit()

    try:
        async with engine.connect() as connection:
            await connection.run_sync(with_connection)
    finally:
        await engine.dispose()
