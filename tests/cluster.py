"""A PostgreSQL server that tests may kill, stop, starve and start again."""

import asyncio
import os
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from server import migration
from tests import faulty, postgres
from tests.faulty import Faulty

LOGIN = "coaching"
TEMPLATE = "coaching_template"
MOST = 20
"""Connections that the server takes; three of them only from a superuser."""

# It is killed, but the machine is not: what was handed to the kernel is there afterwards. Only
# what was said to be committed must have been handed to it.
SETTINGS = {**postgres.SETTINGS, "synchronous_commit": "on", "max_connections": str(MOST)}

ENVIRONMENT = {"LC_ALL": "C"}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Cluster:
    """A server of the test's own, on a port of 127.0.0.1."""

    programs: Path
    folder: str
    data: str
    owner: dict[str, Any]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self, **settings: str) -> None:
        """Start it, and wait until it answers."""
        given = {**SETTINGS, "listen_addresses": "127.0.0.1", "port": str(self.port), **settings}
        arguments = [part for name in given for part in ("-c", f"{name}={given[name]}")]
        command: list[str | Path] = [
            self.programs / "postgres",
            "-D",
            self.data,
            "-k",
            self.folder,
            *arguments,
        ]
        asked: list[str | Path] = [
            self.programs / "pg_isready",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
        ]
        deadline = time.monotonic() + 60
        while True:
            # It ends at once where processes of it that were killed are not quite gone.
            if self.process is None or self.process.poll() is not None:
                self.process = self._begin(command)
            if not subprocess.run(asked, check=False, env=ENVIRONMENT, **self.owner).returncode:
                return
            assert time.monotonic() < deadline, Path(self.folder, "log").read_text()
            time.sleep(0.05)

    def _begin(self, command: list[str | Path]) -> subprocess.Popen[bytes]:
        with Path(self.folder, "log").open("a") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=ENVIRONMENT, stdout=log, stderr=log, **self.owner
            )

    def kill(self) -> None:
        """Kill every process of it at once."""
        self._signal(signal.SIGKILL)
        self._wait()

    def stop(self) -> None:
        """Shut it down immediately: it says so to whoever is connected."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self._wait()

    def freeze(self) -> None:
        """Stop every process of it: the kernel still takes connections, and nobody answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://{LOGIN}@127.0.0.1:{self.port}/{database}"

    async def connect(self, database: str, user: str) -> Any:
        """A connection of somebody else's."""
        return await asyncpg.connect(
            host="127.0.0.1", port=self.port, user=user, database=database, timeout=30
        )

    @asynccontextmanager
    async def connection(self, database: str = "postgres") -> AsyncIterator[Any]:
        """A superuser's connection, gone at the end with all that it holds."""
        made = await self.connect(database, "postgres")
        try:
            yield made
        finally:
            made.terminate()

    async def execute(self, statement: str) -> str:
        async with self.connection() as connection:
            return str(await connection.execute(statement))

    async def until(self, statement: str, connection: Any = None) -> None:
        """Return when a statement gives true."""
        if connection is None:
            async with self.connection() as made:
                await self.until(statement, made)
            return
        async with asyncio.timeout(30):
            while not await connection.fetchval(statement):  # noqa: ASYNC110 - nobody else tells
                await asyncio.sleep(0.02)

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        # The postmaster first, so that it starts no others for those that are gone.
        for pid in (self.process.pid, *_children(self.process.pid)):
            with suppress(ProcessLookupError):  # one may end by itself meanwhile
                os.kill(pid, number)

    def _wait(self) -> None:
        assert self.process is not None
        self.process.wait(60)
        self.process = None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running server with a migrated database to copy; nothing of it is left."""
    with (
        TemporaryDirectory(prefix="coaching-", dir="/tmp") as folder,
        TemporaryDirectory(prefix="coaching-", dir=postgres._quick_disk()) as data,  # noqa: SLF001
    ):
        root = os.geteuid() == 0
        owner = postgres.other_user(folder, data) if root else {}
        programs = postgres.programs_in(Path(folder), owner)
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        initdb: list[str | Path] = [programs / "initdb", "-D", data, *options, "--no-sync"]
        postgres.run_quietly(initdb, cwd=folder, **owner)
        made = Cluster(programs, folder, data, owner)
        made.start()
        try:
            asyncio.run(made.execute(f"CREATE ROLE {LOGIN} LOGIN CREATEROLE"))
            asyncio.run(made.execute(f"CREATE DATABASE {TEMPLATE} OWNER {LOGIN}"))
            migration.upgrade(made.url(TEMPLATE))
            yield made
        finally:
            if made.process is not None:
                made.kill()


@dataclass
class OnCluster(Faulty):
    """A scene in a database of its own, on a server that may be taken away."""

    cluster: Cluster
    name: str


@asynccontextmanager
async def scene(cluster: Cluster, folder: Path, **patience: float) -> AsyncIterator[OnCluster]:
    """A scene on the server."""
    name = f"coaching_{uuid.uuid4().hex}"
    await cluster.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {LOGIN}")
    async with faulty.faulty(cluster.url(name), folder, **patience) as made:
        yield OnCluster(made.scene, made.talk, cluster, name)
    await cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # Behind the name, which may hold anything: the state, then the parent.
            told = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(told[1]) == parent:
            found.append(int(entry.parent.name))
    return found
