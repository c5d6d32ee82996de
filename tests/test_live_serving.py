"""Live updates of real server processes on PostgreSQL: across workers, restarts and shutdowns."""

import asyncio
import datetime as dt
import json
import os
import signal
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from models.database import Database
from server import demo
from tests import cluster as clusters
from tests.cluster import LOGIN, TEMPLATE, Cluster
from tests.serving import PATIENCE, serving, start

GROUPS = "subscription { coachingGroupChanged { coachingGroup { name } } }"
CREATE = """mutation($input: CreateCoachingGroupInput!) { createCoachingGroup(input: $input) {
    coachingGroup { id } errors { code } } }"""
AREA = "{ attributes(first: 1) { nodes { id } } }"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with clusters.cluster() as made:
        yield made


@dataclass
class Demo:
    """The demo workspace on the server, and what processes that serve it are told."""

    cluster: Cluster
    settings: dict[str, Any]
    bearer: str

    def ask(self, url: str, text: str, **variables: Any) -> Any:
        body = {"query": text, "variables": variables}
        headers = {"authorization": f"Bearer {self.bearer}"}
        return httpx2.post(f"{url}/graphql", json=body, headers=headers, timeout=60).json()

    def create_group(self, url: str, name: str) -> None:
        area = self.ask(url, AREA)["data"]["attributes"]["nodes"][0]["id"]
        made = self.ask(url, CREATE, input={"name": name, "areaIds": [area]})
        assert made["data"]["createCoachingGroup"]["errors"] == []

    @contextmanager
    def subscribed(self, url: str) -> Iterator[ClientConnection]:
        address = url.replace("http", "ws") + "/graphql"
        with connect(address, subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
            payload = {"authorization": f"Bearer {self.bearer}"}
            socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            assert json.loads(socket.recv(PATIENCE)) == {"type": "connection_ack"}
            asked = {"type": "subscribe", "id": "1", "payload": {"query": GROUPS}}
            socket.send(json.dumps(asked))
            # What is asked later is answered when this has begun.
            viewer = {"query": "{ viewer { name } }"}
            socket.send(json.dumps({"type": "subscribe", "id": "2", "payload": viewer}))
            assert json.loads(socket.recv(PATIENCE))["id"] == "2"
            assert json.loads(socket.recv(PATIENCE)) == {"type": "complete", "id": "2"}
            time.sleep(0.3)
            yield socket


def heard(socket: ClientConnection) -> str:
    """The name of the group in the next answer."""
    message = json.loads(socket.recv(PATIENCE))
    assert message["type"] == "next", message
    name: str = message["payload"]["data"]["coachingGroupChanged"]["coachingGroup"]["name"]
    return name


def closed(socket: ClientConnection) -> int:
    """The code with which the server closes."""
    try:
        while True:
            socket.recv(PATIENCE)
    except ConnectionClosed as error:
        return error.rcvd.code if error.rcvd else 0


@pytest.fixture
def shown(cluster: Cluster, tmp_path: Path) -> Demo:
    name = f"coaching_{uuid.uuid4().hex}"

    async def fill() -> None:
        await cluster.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {LOGIN}")
        database = Database(cluster.url(name)).everywhere()
        await demo.fill(database, now=dt.datetime.now(dt.UTC))
        await database.close()

    asyncio.run(fill())
    settings: dict[str, Any] = {
        "database_url": cluster.url(name),
        "development_key": f"{tmp_path}/key.json",
    }
    process = start("token", "qa@demo.example", **settings)
    bearer, _ = process.communicate(timeout=PATIENCE)
    return Demo(cluster, settings, bearer.strip())


@contextmanager
def workers(shown: Demo, folder: Path, number: int = 1) -> Iterator[list[Any]]:
    """So many servers, each with one worker: their addresses and processes."""
    with ExitStack() as stack:
        log = stack.enter_context((folder / "log").open("a"))
        yield [
            stack.enter_context(serving("serve", output=log, **shown.settings))
            for _ in range(number)
        ]


def test_what_one_worker_writes_the_other_tells_at_once(shown: Demo, tmp_path: Path):
    with workers(shown, tmp_path, 2) as [(one, _), (other, _)], shown.subscribed(one) as socket:
        delays = []
        for number in range(5):
            shown.create_group(other, f"Group {number}")
            begun = time.monotonic()
            assert heard(socket) == f"Group {number}"
            delays.append(time.monotonic() - begun)
        assert sorted(delays)[2] < 0.5, "told by a notification, not found by looking"


def test_a_restart_of_the_database_is_survived_and_nothing_is_missed(shown: Demo, tmp_path: Path):
    with workers(shown, tmp_path, 2) as [(one, _), (other, _)], shown.subscribed(one) as socket:
        shown.create_group(other, "Before")
        assert heard(socket) == "Before"
        for stop in (shown.cluster.stop, shown.cluster.kill):
            stop()
            time.sleep(2)
            shown.cluster.start()
            wait_until_answered(shown, other)
            shown.create_group(other, f"After {stop.__name__}")
            assert heard(socket) == f"After {stop.__name__}"


def test_what_is_written_while_a_worker_can_not_hear_is_told_afterwards(
    shown: Demo, tmp_path: Path
):
    with (
        workers(shown, tmp_path, 2) as [(one, process), (other, _)],
        shown.subscribed(one) as socket,
    ):
        os.killpg(process.pid, signal.SIGSTOP)
        for number in range(3):
            shown.create_group(other, f"Group {number}")
        os.killpg(process.pid, signal.SIGCONT)
        assert [heard(socket) for _ in range(3)] == ["Group 0", "Group 1", "Group 2"]


def test_whoever_is_disabled_is_gone_within_five_seconds(shown: Demo, tmp_path: Path):
    with workers(shown, tmp_path) as [(url, _)], shown.subscribed(url) as socket:
        done = disable(shown)
        begun = time.monotonic()
        assert closed(socket) == 4403
        assert time.monotonic() - begun < 5
        assert done


def disable(shown: Demo) -> str:
    async def write() -> str:
        name = shown.settings["database_url"].rpartition("/")[2]
        async with shown.cluster.connection(name) as connection:
            statement = "UPDATE \"user\" SET disabled_at = now() WHERE email = 'qa@demo.example'"
            return str(await connection.execute(statement))

    return asyncio.run(write())


def test_a_server_that_is_told_to_stop_closes_sockets_and_streams(shown: Demo, tmp_path: Path):
    with workers(shown, tmp_path) as [(url, process)], shown.subscribed(url) as socket:
        headers = {"authorization": f"Bearer {shown.bearer}", "accept": "text/event-stream"}
        asked = httpx2.stream(
            "POST", f"{url}/graphql", json={"query": GROUPS}, headers=headers, timeout=60
        )
        with asked as stream:
            lines = stream.iter_raw()
            assert next(lines) == b":\n\n"
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert closed(socket) == 1001
            assert b"".join(lines) == b""
        process.wait(PATIENCE)
        assert time.monotonic() - begun < 8
        assert (tmp_path / "log").read_text().count("Traceback") == 0


def wait_until_answered(shown: Demo, url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while "data" not in shown.ask(url, AREA):
        assert time.monotonic() < deadline
        time.sleep(0.1)
