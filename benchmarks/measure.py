"""Measuring one server at one work: what a load gives, and what it costs."""

import dataclasses
import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from benchmarks.database import Cluster
from benchmarks.servers import Server, database_seconds
from benchmarks.works import World
from tests.serving import ROOT

SLACK = 16
"""Bytes by which answers may differ: the product's say how much its user may still ask for."""

COUNTED = 20
"""Requests over which statements are counted."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One round. Times are in milliseconds, `cpu` and what follows in those of one request.

    `length` is that of an answer, in bytes.
    """

    server: str
    work: str
    connections: int
    size: float
    requests: int
    per_second: float
    p50: float
    p99: float
    cpu: float
    database_cpu: float
    load_cpu: float
    length: int


def sample(
    cluster: Cluster, server: Server, world: World, work: str, connections: int, seconds: float
) -> Sample:
    """Load a server, after a shorter load that warms it up."""
    if work not in server.lengths:
        server.answer(world, work)
    expected = server.lengths[work]
    wire = server.request(world, work).wire(f"127.0.0.1:{server.port}").decode()
    task = {"port": server.port, "wire": wire, "connections": connections}
    _load(task | {"seconds": seconds / 3})
    before, database_before = server.cpu, database_seconds(cluster.postmaster)
    found = _load(task | {"seconds": seconds})
    cpu, database_cpu = server.cpu - before, database_seconds(cluster.postmaster) - database_before
    if any(abs(length - expected) > SLACK for length in found["lengths"]):
        message = f"{work}: {server.name} gave answers of other lengths: {found['lengths']}"
        raise ValueError(message)
    times = sorted(found["times"])
    count = len(times)
    return Sample(
        server=server.name,
        work=work,
        connections=connections,
        size=cluster.size,
        requests=count,
        per_second=count / found["seconds"],
        p50=1000 * statistics.median(times),
        p99=1000 * times[min(count - 1, round(count * 0.99))],
        cpu=1000 * cpu / count,
        database_cpu=1000 * database_cpu / count,
        load_cpu=1000 * found["cpu"] / count,
        length=expected,
    )


def _load(task: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def statements(cluster: Cluster, server: Server, world: World, work: str) -> float:
    """Statements that a request sends to the database, on average, by its own account."""
    server.answer(world, work)
    cluster.track("top")
    cluster.rows("SELECT pg_stat_statements_reset()", login="postgres")
    for _ in range(COUNTED):
        server.answer(world, work)
    counted = cluster.rows(
        "SELECT coalesce(sum(calls), 0) AS calls FROM pg_stat_statements"
        " WHERE userid <> 'postgres'::regrole",
        login="postgres",
    )
    cluster.track("none")
    return float(counted[0]["calls"]) / COUNTED


def rounds(
    cluster: Cluster,
    servers: list[Server],
    world: World,
    work: str,
    connections: int,
    *,
    count: int,
    seconds: float,
) -> list[Sample]:
    """Rounds over all servers, each begun by another of them."""
    turns = [number % len(servers) for number in range(count)]
    return [
        sample(cluster, server, world, work, connections, seconds)
        for first in turns
        for server in servers[first:] + servers[:first]
    ]


def told(samples: list[Sample]) -> list[dict[str, Any]]:
    """Samples as JSON."""
    return [dataclasses.asdict(each) for each in samples]
