"""The two databases that every test of stored data runs on, and the rule for snapshots in CI."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from snapshottest.module import SnapshotModule

from server import migration
from tests import postgres
from tests import world as worlds
from tests.world import World


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated SQLite file when the first test needs it."""
    file = tmp_path_factory.mktemp("template") / "coaching.sqlite3"
    migration.upgrade(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    """Start a PostgreSQL server when the first test needs it."""
    with postgres.server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: postgres.Server) -> Iterator[str]:
    """Make a migrated PostgreSQL database and give its name."""
    name = f"coaching_test_{uuid4().hex}"
    _wait_for(postgresql_server.create(name))
    try:
        migration.upgrade(postgresql_server.url(name))
        yield name
    finally:
        _wait_for(postgresql_server.drop(name))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give each test a migrated, empty database of its own, once of each kind."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        file = request.getfixturevalue("tmp_path") / "coaching.sqlite3"
        # Copied by SQLite: a part of the template may still be in its write-ahead log.
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)
        yield f"sqlite+aiosqlite:///{file}"
    else:
        server = request.getfixturevalue("postgresql_server")
        template = request.getfixturevalue("postgresql_template")
        name = f"coaching_test_{uuid4().hex}"
        _wait_for(server.create(name, template=template))
        try:
            yield server.url(name)
        finally:
            _wait_for(server.drop(name))


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Give each test an application of its own, with one empty workspace, on both databases."""
    async with worlds.world(database_url, tmp_path) as made:
        yield made


def _wait_for(work: Coroutine[None, None, None]) -> None:
    """Run to the end, in a thread: pytest-asyncio's loop stays what it is in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work).result()


# snapshottest writes a new snapshot and passes, and only counts those that no test asks for any
# longer. In CI nobody would see either.
SNAPSHOTS = pytest.StashKey[str]()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With CI set, fail when a snapshot is new, or when the whole suite left one unvisited."""
    if not os.environ.get("CI") or exitstatus != pytest.ExitCode.OK:
        return
    new, _ = SnapshotModule.stats_new_snapshots()
    unvisited, _ = SnapshotModule.stats_unvisited_snapshots()
    if new or (unvisited and _whole_suite_ran(session.config)):
        session.config.stash[SNAPSHOTS] = f"Snapshots: {new} new, {unvisited} unvisited."
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a session failed whose tests all passed."""
    reason = terminalreporter.config.stash.get(SNAPSHOTS, None)
    if reason:
        terminalreporter.write_line(f"FAILED: {reason} Run pytest --snapshot-update.", red=True)


def _whole_suite_ran(config: pytest.Config) -> bool:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return (
        config.args_source is pytest.Config.ArgsSource.TESTPATHS
        and not (reporter and reporter.stats.get("deselected"))
        and not config.getoption("ignore")
        and not config.getoption("ignore_glob")
    )
