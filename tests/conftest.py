"""The two databases that every test of stored data runs on, and the rule for snapshots in CI."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, TypedDict
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from snapshottest.module import SnapshotModule

from server import migration
from tests import postgres
from tests import world as worlds
from tests.world import World

# How long an example takes tells how busy the machine is. The rest stays as CI or its lack has it.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


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
# longer. In CI nobody would see either. Each process of a parallel run sees the snapshots of its
# own tests, so what they found is put together.
REASON = pytest.StashKey[str]()
FOUND = pytest.StashKey[list["Found"]]()
DESELECTED = pytest.StashKey[bool]()


class Found(TypedDict):
    """What one process knows of the snapshots, by file; sent from a worker, so of plain types."""

    new: dict[str, list[str]]
    unvisited: dict[str, list[str]]
    deselected: bool


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Remember that not all tests run."""
    for item in items:
        item.config.stash[DESELECTED] = True


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With CI set, fail when a snapshot is new, or when the whole suite left one unvisited."""
    config = session.config
    modules = SnapshotModule.get_modules()
    own = Found(
        new={module.filepath: sorted(module.new_snapshots) for module in modules},
        unvisited={module.filepath: sorted(module.unvisited_snapshots) for module in modules},
        deselected=config.stash.get(DESELECTED, False),
    )
    if hasattr(config, "workeroutput"):
        config.workeroutput["snapshots"] = own
        return
    if not os.environ.get("CI") or exitstatus != pytest.ExitCode.OK:
        return
    found = [own, *config.stash.get(FOUND, [])]
    new = _together(found, "new", set.union)
    # Unvisited is what nobody visited, among those who have that file's tests.
    unvisited = _together(found, "unvisited", set.intersection) if _all_ran(config, found) else 0
    if new or unvisited:
        config.stash[REASON] = f"Snapshots: {new} new, {unvisited} unvisited."
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Keep what a worker of a parallel run found; one that crashed has failed the run itself."""
    found = getattr(node, "workeroutput", {}).get("snapshots")
    if found:
        node.config.stash.setdefault(FOUND, []).append(found)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a session failed whose tests all passed."""
    reason = terminalreporter.config.stash.get(REASON, None)
    if reason:
        terminalreporter.write_line(f"FAILED: {reason} Run pytest --snapshot-update.", red=True)


def _together(
    found: list[Found],
    kind: Literal["new", "unvisited"],
    combine: Callable[..., set[str]],
) -> int:
    """How many snapshots of a kind there are, each file's put together from all who have it."""
    names: dict[str, list[set[str]]] = {}
    for each in found:
        for file, own in each[kind].items():
            names.setdefault(file, []).append(set(own))
    return sum(len(combine(*sets)) for sets in names.values())


def _all_ran(config: pytest.Config, found: list[Found]) -> bool:
    return (
        config.args_source is pytest.Config.ArgsSource.TESTPATHS
        and not any(each["deselected"] for each in found)
        and not config.getoption("ignore")
        and not config.getoption("ignore_glob")
    )
