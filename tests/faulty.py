"""A PostgreSQL server that tests may kill, stop, starve and start again; and what they ask then."""

import asyncio
import os
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import httpx2

import models
from models.database import Database
from resolvers import check, rebuilding
from server import migration
from server.check import lines
from tests import marking, postgres
from tests.asking import is_refused
from tests.marking import TOMORROW, Scene
from tests.world import global_id, world

LOGIN = "coaching"
TEMPLATE = "coaching_template"
MOST = 20
"""Connections that the server takes; three of them only from a superuser."""

# It is killed, but the machine is not: what was handed to the kernel is there afterwards. Only
# what was said to be committed must have been handed to it.
SETTINGS = {**postgres.SETTINGS, "synchronous_commit": "on", "max_connections": str(MOST)}


@dataclass
class Cluster:
    """A server of the test's own, on a port of 127.0.0.1."""

    programs: Path
    folder: str
    data: str
    owner: dict[str, Any]
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    def start(self, **settings: str) -> None:
        """Start it, and wait until it answers."""
        given = {**SETTINGS, "listen_addresses": "127.0.0.1", "port": str(self.port), **settings}
        arguments = [part for name in given for part in ("-c", f"{name}={given[name]}")]
        with Path(self.folder, "log").open("a") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, *arguments],
                cwd=self.folder, env={"LC_ALL": "C"}, stdout=log, stderr=log, **self.owner,
            )  # fmt: skip
        asked = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        deadline = time.monotonic() + 60
        while subprocess.run(asked, check=False, env={"LC_ALL": "C"}, **self.owner).returncode:
            assert self.process.poll() is None, Path(self.folder, "log").read_text()
            assert time.monotonic() < deadline, Path(self.folder, "log").read_text()
            time.sleep(0.05)

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

    @asynccontextmanager
    async def connection(
        self, database: str = "postgres", user: str = "postgres"
    ) -> AsyncIterator[Any]:
        """A connection of somebody else's; of a superuser where nobody is named."""
        made = await asyncpg.connect(
            host="127.0.0.1", port=self.port, user=user, database=database, timeout=30
        )
        try:
            yield made
        finally:
            made.terminate()

    async def execute(self, statement: str) -> str:
        async with self.connection() as connection:
            return str(await connection.execute(statement))

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        # The postmaster first, so that it starts no others for those that are gone.
        for pid in (self.process.pid, *_children(self.process.pid)):
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
        owner = postgres._other_user(folder, data) if root else {}  # noqa: SLF001
        programs = postgres._programs(Path(folder), owner)  # noqa: SLF001
        initdb = [programs / "initdb", "-D", data, "--username=postgres", "--auth=trust",
                  "--encoding=UTF8", "--locale=C", "--no-sync"]  # fmt: skip
        postgres._run(initdb, cwd=folder, **owner)  # noqa: SLF001
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
class Faulty:
    """A scene on a server that may be taken away, and the application that stays the same."""

    cluster: Cluster
    scene: Scene
    name: str
    talk: models.Conversation

    @property
    def database(self) -> Database:
        return self.scene.world.database

    async def is_ready(self) -> bool:
        return (await self.scene.world.http.get("/health/ready")).status_code == 200

    async def ask(self) -> httpx2.Response:
        """Ask for something that reads three levels."""
        text = "{ agents(first: 5) { totalCount nodes { name queues { name } } } }"
        return await self.scene.client.send({"query": text})

    async def write(self, key: str = "key", fields: str = "id") -> httpx2.Response:
        """Assign coaching; again, where the key was used before."""
        given = {
            "agentId": global_id(self.scene.ann),
            "name": "Kindness",
            "areaIds": [global_id(self.scene.empathy)],
            "conversationIds": [global_id(self.talk)],
            "followUpOn": TOMORROW,
            "actionPlan": ["Read"],
            "idempotencyKey": key,
        }
        text = f"""mutation($input: CreateAssignmentInput!) {{
            createAssignment(input: $input) {{ assignment {{ {fields} }} errors {{ code }} }} }}"""
        return await self.scene.client.send({"query": text, "variables": {"input": given}})

    async def written(self) -> int:
        """How often coaching was assigned; each time wholly, or not at all."""
        tables = (
            models.Assignment, models.AssignmentArea, models.AssignmentConversation,
            models.ActionStep, models.AuditEntry, models.OutboxEvent, models.IdempotencyKey,
        )  # fmt: skip
        (count,) = {await self.scene.count(table) for table in tables}
        report = await check.run(self.database)
        assert report is not None
        assert lines(report) == [f"{report.rows:,} rows checked, no differences"]
        return count


@asynccontextmanager
async def faulty(cluster: Cluster, folder: Path, **patience: float) -> AsyncIterator[Faulty]:
    """An application with little patience, on a database of its own."""
    name = f"coaching_{uuid.uuid4().hex}"
    await cluster.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {LOGIN}")
    given = {"pool_timeout": 1, "connect_timeout": 1, "lock_timeout": 20, **patience}
    database = Database(cluster.url(name), pool_size=3, **given)  # type: ignore[arg-type]
    async with world(cluster.url(name), folder, database=database) as made:
        scene = await marking.scene(made)
        talk = await scene.talk(scene.ann)
        await rebuilding.run(database)
        yield Faulty(cluster, scene, name, talk)
    await cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def is_away(response: httpx2.Response) -> bool:
    """Whether the answer is that the data is away, that nothing was done, and to ask again."""
    (error,) = response.json()["errors"]
    assert error["message"] == "The service can't reach its data at the moment."
    assert error["extensions"].keys() == {"code", "requestId", "retryAfter"}
    assert int(response.headers["retry-after"]) == error["extensions"]["retryAfter"]
    return is_refused(response, 503, error["extensions"]["code"])


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


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
