"""A bulk export on its way: slow clients, clients that are gone or revoked, faults, memory."""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models.availability import Unavailable
from resolvers import export
from schema.export import Export
from server import export as serving
from tests import exporting
from tests import world as worlds
from tests.client import Client
from tests.exporting import Scene, get, lines, parsed


class Stream:
    """A client that reads one piece at a time, as it likes."""

    def __init__(self, client: Client, name: str = "assignments") -> None:
        self.messages: list[Any] = []
        self.gone = asyncio.Event()
        self._told = asyncio.Event()
        self._reads = asyncio.Semaphore(0)
        transport: Any = client.http._transport  # noqa: SLF001 - for the application in it
        scope = {
            "type": "http",
            "method": "GET",
            "path": f"/export/{name}",
            "raw_path": f"/export/{name}".encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(b"authorization", f"Bearer {client.bearer}".encode())],
        }
        self.ended = asyncio.create_task(transport.app(scope, self._receive, self._send))

    async def read(self, pieces: int = 1) -> None:
        """Read so many pieces; the first is the head of the answer."""
        for _ in range(pieces):
            self._told.clear()
            self._reads.release()
            told = asyncio.create_task(self._told.wait())
            await asyncio.wait([told, self.ended], timeout=10, return_when=asyncio.FIRST_COMPLETED)
            told.cancel()

    async def read_all(self) -> None:
        while not self.ended.done():
            await self.read()

    @property
    def body(self) -> bytes:
        return b"".join(each.get("body", b"") for each in self.messages)

    @property
    def is_complete(self) -> bool:
        """Whether HTTP itself says that this was all."""
        return self.messages[-1].get("more_body") is False

    @property
    def last(self) -> Any:
        return json.loads(self.body.splitlines()[-1])

    async def _send(self, message: Any) -> None:
        await self._reads.acquire()
        self.messages.append(message)
        self._told.set()

    async def _receive(self) -> Any:
        if not self.messages:
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "PAGE", 2)


@pytest.fixture
async def scene(world: worlds.World) -> Scene:
    return await exporting.scene(world)


async def disable(scene: Scene) -> None:
    async with scene.world.database.write() as session:
        await session.execute(
            sa.update(models.User)
            .where(models.User.id == scene.quinn.id)
            .values(disabled_at=dt.datetime.now(dt.UTC))
        )


def codes(line: Any) -> list[str]:
    return [each["extensions"]["code"] for each in line["errors"]]


async def test_a_client_that_reads_slowly_is_waited_for_and_holds_no_connection(scene: Scene):
    stream = Stream(scene.qa)
    await stream.read(2)
    await asyncio.sleep(0.3)
    with scene.world.statements() as statements:
        await asyncio.sleep(serving.WATCH_SECONDS * 1.5)
    assert len(statements) <= 2  # who is calling, and nothing read ahead
    pool: Any = scene.world.database.engine.pool
    assert pool.checkedout() == 0
    await stream.read_all()
    assert stream.is_complete
    assert stream.last["end"] is True
    assert stream.body == (await get(scene.qa, "assignments")).content


async def test_a_revoked_caller_is_told_no_more_and_why(scene: Scene):
    stream = Stream(scene.qa)
    await stream.read(2)
    await disable(scene)
    await stream.read_all()
    assert codes(stream.last) == ["UNAUTHENTICATED"]
    assert len(parsed(stream.body)) <= 2 + 2 + 1


async def test_a_revoked_caller_who_does_not_read_is_cut_off_within_5_seconds(scene: Scene):
    stream = Stream(scene.qa)
    await stream.read(2)
    await disable(scene)
    async with asyncio.timeout(5):
        await stream.ended
    assert not stream.is_complete
    assert len(parsed(stream.body)) == 2


async def test_a_caller_who_may_no_longer_read_these_is_told_no_more(scene: Scene):
    stream = Stream(scene.qa)
    await stream.read(2)
    async with scene.world.database.write() as session:
        await session.execute(
            sa.update(models.User)
            .where(models.User.id == scene.quinn.id)
            .values(permissions=frozenset())
        )
    await stream.read_all()
    assert "errors" in stream.last


async def test_for_a_client_that_is_gone_nothing_more_is_read(scene: Scene):
    stream = Stream(scene.qa)
    await stream.read(2)
    stream.gone.set()
    with scene.world.statements() as statements:
        await stream.ended
    assert len(statements) <= 1


async def fail(scene: Scene, monkeypatch: pytest.MonkeyPatch, error: Exception) -> Stream:
    """A stream whose second page fails, read as far as it comes."""
    told, calls = Export.told, iter([1])

    async def telling(self: Any, *given: Any) -> Any:
        if next(calls, None) is None:
            raise error
        return await told(self, *given)

    monkeypatch.setattr(Export, "told", telling)
    stream = Stream(scene.qa)
    await stream.read_all()
    monkeypatch.setattr(Export, "told", told)
    return stream


async def test_when_the_database_goes_away_the_last_line_says_so(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    stream = await fail(scene, monkeypatch, Unavailable("gone"))
    await stream.ended
    *found, last = parsed(stream.body)
    assert codes(last) == ["INTERNAL"]
    rest = await lines(scene.qa, "assignments", found[-1]["cursor"])
    assert [*found, *rest] == await lines(scene.qa, "assignments")


async def test_a_fault_of_ours_leaves_the_stream_without_its_end(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    stream = await fail(scene, monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await stream.ended
    assert not stream.is_complete
    assert len(parsed(stream.body)) == 2


async def test_a_page_that_takes_too_long_is_given_up(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    stream = await fail(scene, monkeypatch, TimeoutError())
    await stream.ended
    assert codes(stream.last) == ["TIMEOUT"]


@pytest.fixture
async def narrow(database_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """A world in which nobody may have much at once."""
    limits: dict[str, Any] = {"throttle_capacity": 4, "throttle_rate": 4}
    async with worlds.world(database_url, tmp_path, **limits) as made:
        yield await exporting.scene(made)


async def test_rows_count_as_objects_and_a_stream_waits_for_room(narrow: Scene):
    begun = asyncio.get_running_loop().time()
    assert len(await lines(narrow.qa, "assignments")) == 6
    assert asyncio.get_running_loop().time() - begun >= 0.9
    refused = [await get(narrow.qa, "assignments") for _ in range(3)][-1]
    if refused.status_code == 200:  # on a machine that is slow enough there is room again
        return
    assert refused.status_code == 429
    assert codes(refused.json()) == ["THROTTLED"]
    assert int(refused.headers["retry-after"]) >= 1
