"""SQLite can't be reached or written, for real; the same application goes on after it."""

import contextlib
import os
import pwd
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa

from tests import faulty
from tests.faulty import Faulty, is_away, is_made

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
"""A process that holds the write lock until its input ends."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user may be let into."""
    with TemporaryDirectory(prefix="coaching-", dir="/tmp") as made:
        yield Path(made)


@pytest.fixture
def file(sqlite_template: Path, folder: Path) -> Path:
    file = folder / "coaching.sqlite3"
    with closing(sqlite3.connect(sqlite_template)) as source, closing(sqlite3.connect(file)) as own:
        source.backup(own)
    return file


@pytest.fixture
async def scene(file: Path, tmp_path: Path) -> AsyncIterator[Faulty]:
    async with faulty.faulty(f"sqlite+aiosqlite:///{file}", tmp_path, lock_timeout=0.3) as made:
        yield made


# --- Locked ---


async def test_what_another_process_has_locked_can_be_read_and_is_written_later(
    scene: Faulty, file: Path
):
    with locked(file):
        assert is_away(await scene.write())
        assert (await scene.ask()).status_code == 200
        assert await scene.is_ready()
    assert is_made(await scene.write())
    assert await scene.written() == 1


# --- Full ---


async def test_what_finds_no_room_leaves_nothing_and_the_application_is_not_ready(scene: Faulty):
    with full(scene):
        assert await scene.is_ready()
        refused = 0
        for number in range(400):
            response = await scene.write(key=str(number))
            if response.status_code != 200:
                assert is_away(response)
                refused += 1
                break
            assert is_made(response)
        assert refused == 1
        assert (await scene.ask()).status_code == 200
        assert await scene.readiness() == "database not writable"
        assert await scene.written() == number
    assert is_made(await scene.write())
    assert await scene.is_ready()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits a running process")
async def test_a_file_that_may_not_grow_leaves_nothing_of_a_write(scene: Faulty, file: Path):
    """The kernel refuses what is written behind the limit, as it does on a full disk."""
    before = resource.prlimit(os.getpid(), resource.RLIMIT_FSIZE)
    assert signal.getsignal(signal.SIGXFSZ) is signal.SIG_IGN
    resource.prlimit(os.getpid(), resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        response = await scene.write()
        readiness = await scene.readiness()
        asked = await scene.ask()
    finally:
        resource.prlimit(os.getpid(), resource.RLIMIT_FSIZE, before)
    assert is_away(response)
    assert asked.status_code == 200
    assert readiness == "database not writable"
    assert await scene.written() == 0
    assert is_made(await scene.write())
    assert await scene.written() == 1
    assert await scene.is_ready()


# --- Read-only ---


async def test_what_may_only_be_read_is_read_and_not_ready_until_it_may_be_written(
    scene: Faulty, folder: Path, file: Path
):
    await scene.ask()
    await scene.database.close()
    # Somebody else has it open: so the files beside it, without which none can read, are there.
    with closing(sqlite3.connect(file)) as other:
        other.execute("SELECT count(*) FROM workspace").fetchall()
        with read_only(folder):
            assert (await scene.ask()).status_code == 200
            assert is_away(await scene.write())
            assert await scene.readiness() == "database not writable"
            await scene.database.close()
    assert is_made(await scene.write())
    assert await scene.is_ready_soon()
    assert await scene.written() == 1


async def test_a_file_that_may_not_be_read_is_away_until_it_may(scene: Faulty, folder: Path):
    await scene.database.close()
    with read_only(folder, mode=0):
        assert is_away(await scene.ask())
        assert is_away(await scene.write())
        assert await scene.readiness() == "no database"
    assert is_made(await scene.write())
    assert await scene.written() == 1


# --- Gone ---


async def test_a_file_that_is_deleted_under_the_server_is_missed_and_not_made_anew(
    scene: Faulty, file: Path, tmp_path: Path
):
    assert is_made(await scene.write())
    backup = tmp_path / "backup.sqlite3"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as copy:
        source.backup(copy)
    assert remove(file) > 0
    assert is_away(await scene.ask())
    assert is_away(await scene.write(key="other"))
    assert await scene.readiness() == "no database"
    assert remove(file) == 0
    shutil.copy(backup, file)
    assert (await scene.ask()).status_code == 200
    assert await scene.is_ready()
    assert await scene.written() == 1


async def test_a_file_that_is_put_in_its_place_is_the_database_from_then_on(
    scene: Faulty, file: Path, sqlite_template: Path, tmp_path: Path
):
    """A backup brought back: nothing goes on in the file that it has replaced."""
    backup = tmp_path / "backup.sqlite3"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as copy:
        source.backup(copy)
    assert is_made(await scene.write())
    assert remove(file) > 0
    shutil.copy(backup, file)
    assert await scene.written() == 0
    assert is_made(await scene.write())
    with closing(sqlite3.connect(file)) as now:
        assert now.execute("SELECT count(*) FROM assignment").fetchone() == (1,)


# --- How it is done ---


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Have another process hold the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield


@contextmanager
def full(scene: Faulty) -> Iterator[None]:
    """Let the database have few pages more than it has."""
    engine, most = scene.database.engine.sync_engine, 0

    def limit(connection: Any, _record: Any, _proxy: Any) -> None:
        nonlocal most
        cursor = connection.cursor()
        if not most:
            cursor.execute("PRAGMA page_count")
            most = cursor.fetchone()[0] + 8
        cursor.execute(f"PRAGMA max_page_count={most}")
        cursor.close()

    def lift(connection: Any, _record: Any, _proxy: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count=1000000")
        cursor.close()

    sa.event.listen(engine, "checkout", limit)
    try:
        yield
    finally:
        sa.event.remove(engine, "checkout", limit)
        sa.event.listen(engine, "checkout", lift)


@contextmanager
def read_only(folder: Path, mode: int = 0o444) -> Iterator[None]:
    """Nobody may write into a folder, whoever runs the tests: who is root, is not meanwhile."""
    before = {path: path.stat().st_mode for path in (folder, *folder.iterdir())}
    for path in before:
        path.chmod(0o555 if path.is_dir() else mode)
    root = os.geteuid() == 0
    if root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, was in before.items():
            with contextlib.suppress(FileNotFoundError):
                path.chmod(was)


def remove(file: Path) -> int:
    """Delete the database with all that SQLite puts beside it; how many files there were."""
    parts = list(file.parent.glob(f"{file.name}*"))
    for part in parts:
        part.unlink()
    return len(parts)
