"""The servers that are compared: one process each, on one database, with as many connections."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import works
from benchmarks.database import Cluster
from benchmarks.works import PEERS, Asked, Request, World
from tests.serving import start

CONNECTIONS = 10
"""To the database, of each server: the product's default."""

NODE = PEERS / "node_modules" / ".bin" / "node"
PATIENCE = 60
TICKS = os.sysconf("SC_CLK_TCK")


class NotServingError(Exception):
    """A server did not start; says what it said."""


@dataclass(slots=True)
class Server:
    """A running server."""

    name: str
    port: int
    process: subprocess.Popen[Any]
    asked: Asked
    log: Path
    requests: dict[str, Request] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    """Length of the answer to each work, once that was read."""

    def request(self, world: World, work: str) -> Request:
        """How it is asked for a work."""
        if work not in self.requests:
            self.requests[work] = self.asked(world, work)
        return self.requests[work]

    def answer(self, world: World, work: str) -> tuple[int, bytes]:
        """Its answer, read whole: status and body."""
        request = self.request(world, work)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("POST", request.path, request.body.encode(), request.headers)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        self.lengths[work] = len(found[1])
        return found

    @property
    def cpu(self) -> float:
        """Seconds that it has worked."""
        return seconds(self.process.pid)

    @property
    def peak(self) -> int:
        """Most bytes of memory that it has had."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        return 0


def seconds(pid: int, *, with_ended: bool = False) -> float:
    """CPU seconds of a process; on demand with those of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if with_ended else 13])) / TICKS


def database_seconds(postmaster: int) -> float:
    """CPU seconds of a database server: of all its processes, also of those that have ended."""
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    return seconds(postmaster, with_ended=True) + sum(map(seconds, map(int, children)))


Start = Callable[[int, Cluster, World, Path, Any], tuple["subprocess.Popen[Any]", Asked]]


def _product(port: int, cluster: Cluster, world: World, folder: Path, log: Any) -> Any:
    settings: dict[str, Any] = {
        "database_url": cluster.url(),
        "pool_size": str(CONNECTIONS),
        "development_key": str(folder / "key.json"),
        # Everything is counted and limited as usual; but who loads it is to be answered, and not
        # told to wait.
        "throttle_capacity": "1000000000",
        "throttle_rate": "1000000000",
    }
    tokens = {}
    for who, email in world.emails.items():
        said, _ = start("token", email, **settings).communicate()
        tokens[who] = said.strip()
    process = start("serve", "--port", str(port), output=log, **settings)
    return process, works.of_product(tokens)


def _node(file: str, asked: Asked) -> Start:
    def run(port: int, cluster: Cluster, _world: World, _folder: Path, log: Any) -> Any:
        arguments = [str(port), str(cluster.socket), str(CONNECTIONS)]
        environment = {**os.environ, "NODE_ENV": "production", "GRAPHILE_ENV": "production"}
        return _run([str(NODE), file, *arguments], log, environment), asked

    return run


def _limit(port: int, cluster: Cluster, world: World, folder: Path, log: Any) -> Any:
    file = folder / "arguments.json"
    sizes = {name: work.first for name, work in works.WORKS.items()}
    file.write_text(json.dumps({"sizes": sizes, "arguments": world.arguments()}))
    command = [sys.executable, "limit.py", str(port), str(cluster.socket), str(CONNECTIONS)]
    return _run([*command, str(file)], log, dict(os.environ)), works.of_limit


def _run(command: list[str], log: Any, environment: dict[str, str]) -> "subprocess.Popen[Any]":
    return subprocess.Popen(  # noqa: S603 - the peers' own commands
        command, cwd=PEERS, env=environment, stdout=log, stderr=log, start_new_session=True
    )


SERVERS: dict[str, Start] = {
    "product": _product,
    "postgraphile": _node("postgraphile.mjs", works.of_postgraphile),
    "mercurius": _node("mercurius.mjs", works.of_mercurius),
    "limit": _limit,
}


def require_packages() -> None:
    """Install the peers' packages where need be. Raises ValueError for other versions."""
    wanted = json.loads((PEERS / "package.json").read_text())["dependencies"]
    if _installed(wanted) != wanted:
        command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=PEERS, check=True)  # noqa: S603 - written above
    if (found := _installed(wanted)) != wanted:
        message = f"the peers are not of the wanted versions: {found}"
        raise ValueError(message)


def _installed(names: dict[str, str]) -> dict[str, str]:
    files = {name: PEERS / "node_modules" / name / "package.json" for name in names}
    there = {name: file for name, file in files.items() if file.exists()}
    return {name: json.loads(file.read_text())["version"] for name, file in there.items()}


@contextmanager
def serving(name: str, cluster: Cluster, world: World) -> Iterator[Server]:
    """A server that is ready."""
    with tempfile.TemporaryDirectory() as temporary, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        log = Path(temporary) / "log"
        with log.open("w") as output:
            process, asked = SERVERS[name](port, cluster, world, Path(temporary), output)
            try:
                _wait(port, process, log)
                yield Server(name, port, process, asked, log)
            finally:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait(port: int, process: "subprocess.Popen[Any]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NotServingError(log.read_text()) from None
            time.sleep(0.1)
        else:
            return
