"""One filled demo database, for all tests that only look at it."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models.database import Database
from server import demo

NOW = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)


@pytest.fixture
def now() -> dt.datetime:
    """The moment as of which the demo was filled."""
    return NOW


@pytest.fixture(scope="package")
def filled_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fill one database; the rows are the same on both."""
    file = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    with closing(sqlite3.connect(sqlite_template)) as empty, closing(sqlite3.connect(file)) as copy:
        empty.backup(copy)
    url = f"sqlite+aiosqlite:///{file}"
    with ThreadPoolExecutor(max_workers=1) as thread:  # pytest-asyncio's loop stays what it is
        thread.submit(asyncio.run, _fill(url)).result()
    return url


async def _fill(url: str) -> None:
    database = Database(url).everywhere()
    await demo.fill(database, now=NOW)
    await database.close()


@pytest.fixture
async def rows(filled_url: str) -> AsyncIterator[Callable[..., Awaitable[list[Any]]]]:
    """Read all rows of a model that fulfil some conditions."""
    database = Database(filled_url).everywhere()
    async with database.read() as session:

        async def read(model: Any, *conditions: Any) -> list[Any]:
            return list(await session.scalars(sa.select(model).where(*conditions)))

        yield read
    await database.close()
