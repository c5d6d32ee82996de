"""PostgreSQL says nothing: stopped by a signal, it takes connections and never answers."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from models import connecting
from server import readiness
from tests import cluster as clusters
from tests.cluster import Cluster, OnCluster
from tests.faulty import assert_not_known, at_a_write, is_away, is_made

PATIENCE = {"pool_timeout": 0.5, "connect_timeout": 0.5, "answer_timeout": 1}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with clusters.cluster() as made:
        yield made


@pytest.fixture
async def scene(cluster: Cluster, tmp_path: Path) -> AsyncIterator[OnCluster]:
    async with clusters.scene(cluster, tmp_path, **PATIENCE) as made:
        try:
            yield made
        finally:
            cluster.thaw()


@pytest.fixture
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "SECONDS", 1)


@pytest.mark.usefixtures("one_second")
async def test_while_it_is_silent_readiness_says_no_in_time_and_yes_when_it_goes_on(
    scene: OnCluster,
):
    assert await scene.is_ready()
    scene.cluster.freeze()
    for _ in range(2):
        begun = time.monotonic()
        assert not await scene.is_ready()
        assert time.monotonic() - begun < 2
    scene.cluster.thaw()
    assert await scene.is_ready_soon()


@pytest.mark.usefixtures("one_second")
async def test_many_who_ask_whether_it_is_ready_take_one_connection(scene: OnCluster):
    scene.cluster.freeze()
    asked = [asyncio.create_task(scene.is_ready()) for _ in range(20)]
    begun = time.monotonic()
    assert await asyncio.gather(*asked) == [False] * 20
    assert time.monotonic() - begun < 2
    assert scene.database.engine.pool.checkedout() <= 1  # type: ignore[attr-defined]
    scene.cluster.thaw()
    assert await scene.is_ready_soon()


async def test_requests_that_it_does_not_answer_end_in_time_and_leave_the_pool_whole(
    scene: OnCluster,
):
    scene.cluster.freeze()
    begun = time.monotonic()
    answers = await asyncio.gather(*(scene.ask() for _ in range(6)))
    assert all(map(is_away, answers))
    assert time.monotonic() - begun < 8
    scene.cluster.thaw()
    assert (await scene.ask()).status_code == 200
    assert await scene.written() == 0


async def test_a_connection_that_was_idle_for_long_is_asked_before_it_is_trusted(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(connecting, "IDLE_SECONDS", -1)
    monkeypatch.setattr(connecting, "PING_SECONDS", 0.3)
    async with clusters.scene(cluster, tmp_path, **{**PATIENCE, "answer_timeout": 60}) as scene:
        assert (await scene.ask()).status_code == 200
        cluster.freeze()
        begun = time.monotonic()
        try:
            assert is_away(await scene.ask())
        finally:
            cluster.thaw()
        assert time.monotonic() - begun < 10
        assert (await scene.ask()).status_code == 200


async def test_a_write_that_it_goes_silent_under_is_not_there_and_holds_no_lock(scene: OnCluster):
    with at_a_write(scene, "after_cursor_execute", 4, scene.cluster.freeze):
        assert is_away(await scene.write())
    scene.cluster.thaw()
    assert is_made(await scene.write())
    assert await scene.written() == 1


async def test_a_commit_that_it_goes_silent_under_is_not_known_and_made_once(scene: OnCluster):
    with at_a_write(scene, "commit", 1, scene.cluster.freeze):
        assert_not_known(await scene.write())
    scene.cluster.thaw()
    assert is_made(await scene.write())
    assert await scene.written() == 1


async def test_frozen_and_then_killed_it_is_found_again_when_it_is_started(scene: OnCluster):
    scene.cluster.freeze()
    assert is_away(await scene.ask())
    scene.cluster.kill()
    assert is_away(await scene.ask())
    scene.cluster.start()
    assert (await scene.ask()).status_code == 200
