"""Running a command's work on the database that the settings name."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from models.database import Database
from server import migration, settings

T = TypeVar("T")


def on_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Run `work` to its end. Raises a ClickException where settings or tables are missing."""
    try:
        url = settings.read(os.environ).database_url
    except settings.SettingsError as error:
        raise click.ClickException(str(error)) from None
    return asyncio.run(_run(url, work))


async def _run(url: str, work: Callable[[Database], Awaitable[T]]) -> T:
    database = Database(url)
    try:
        async with database.engine.connect() as connection:
            if await connection.run_sync(migration.missing):
                message = "The database is not of this version. Run: coaching migrate"
                raise click.ClickException(message)
        return await work(database)
    finally:
        await database.close()
