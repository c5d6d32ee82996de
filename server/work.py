"""A command's dealings with the database that the settings name."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import alembic.util
import click

from models import wall
from models.availability import OutcomeUnknown, Unavailable
from models.database import Database
from models.session import lacks_wall
from resolvers import outbox
from server import migration
from server.settings import Settings

T = TypeVar("T")

RENUMBERED = "The database comes from another server: its events were renumbered, in their order."


class DatabaseAway(click.ClickException):
    """The database does not answer, or does not any more."""

    def __init__(self, error: Unavailable) -> None:
        message = f"The database does not answer: {error}"
        if isinstance(error, OutcomeUnknown):
            message += "\nIt is not known whether the last change was made."
        super().__init__(message)


def on_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    """Run `work` to its end.

    Raises a ClickException unless the database is there, to the end, and migrated.
    """
    require_migrated(settings)
    return asyncio.run(_run(settings, work))


def require_migrated(settings: Settings) -> None:
    """Raise a ClickException unless the database answers and is of this version."""
    if asyncio.run(_run(settings, _is_outdated)):
        message = "The database is not of this version. Run: coaching migrate"
        raise click.ClickException(message)


def migrate(settings: Settings) -> None:
    """Bring the database up to this version. Raises a ClickException where that can't be."""
    if asyncio.run(_run(settings, _is_outdated)):
        try:
            migration.upgrade(settings.database_url)
        except alembic.util.CommandError as error:
            # Alembic's word for a database that a newer version of the product has migrated.
            message = f"The database can't be brought to this version: {error}"
            raise click.ClickException(message) from None
    if not migration.wall_in(settings.database_url):
        click.echo(wall.DOWN, err=True)
    if asyncio.run(_run(settings, outbox.settle)):
        click.echo(RENUMBERED, err=True)


def warn_without_wall(settings: Settings) -> None:
    """Say where a PostgreSQL has no row-level security, and what to do about it."""
    if asyncio.run(_run(settings, _lacks_wall)):
        click.echo(wall.DOWN, err=True)


async def _run(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    database = Database(settings.database_url).everywhere()
    try:
        return await work(database)
    except Unavailable as error:
        raise DatabaseAway(error) from None
    finally:
        await database.close()


async def _is_outdated(database: Database) -> bool:
    async with database.read() as session:
        connection = await session.connection()
        return await connection.run_sync(migration.missing)


async def _lacks_wall(database: Database) -> bool:
    async with database.connect() as connection:
        return lacks_wall(connection)
