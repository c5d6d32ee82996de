"""PostgreSQL goes away for real, in the middle of things; the same application goes on after it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa

import models
from server.answer import AWAY
from tests import cluster as clusters
from tests.cluster import LOGIN, MOST, Cluster, OnCluster
from tests.faulty import assert_not_known, at_a_write, is_away, is_made

LOGGED_IN = f"FROM pg_stat_activity WHERE usename = '{LOGIN}'"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with clusters.cluster() as made:
        yield made


@pytest.fixture
async def scene(cluster: Cluster, tmp_path: Path) -> AsyncIterator[OnCluster]:
    async with clusters.scene(cluster, tmp_path) as made:
        yield made
        if cluster.process is None:  # a test that failed
            cluster.start()


async def test_killed_in_the_middle_of_a_query_it_is_missed_and_found_again(
    scene: OnCluster, caplog: pytest.LogCaptureFixture
):
    async with scene.cluster.connection(scene.name) as other:
        await other.execute("BEGIN; LOCK TABLE agent IN ACCESS EXCLUSIVE MODE")
        asked = asyncio.create_task(scene.ask())
        await waits_for_a_lock(scene)
        scene.cluster.kill()
        assert is_away(await asked)
    assert is_away(await scene.ask())
    assert is_away(await scene.write())
    assert not await scene.is_ready()
    # A line for each answer, under the id that it has, and no more.
    assert [each.name for each in caplog.records] == [
        *["coaching.operation"] * 3,
        "coaching.server",
    ]
    assert not any(each.exc_info for each in caplog.records)
    scene.cluster.start()
    assert await scene.is_ready()
    assert (await scene.ask()).json()["data"]["agents"]["totalCount"] == 3
    assert await scene.written() == 0


@pytest.mark.parametrize("statement", [1, 4, 9])
async def test_killed_between_two_statements_of_a_write_it_has_nothing_of_it(
    scene: OnCluster, statement: int
):
    with at_a_write(scene, "after_cursor_execute", statement, scene.cluster.kill):
        assert is_away(await scene.write())
    assert not await scene.is_ready()
    scene.cluster.start()
    assert await scene.is_ready()
    assert await scene.written() == 0
    assert is_made(await scene.write())
    assert await scene.written() == 1


async def test_killed_before_it_commits_it_has_nothing_and_the_answer_is_that_this_is_not_known(
    scene: OnCluster,
):
    with at_a_write(scene, "commit", 1, scene.cluster.kill):
        assert_not_known(await scene.write())
    scene.cluster.start()
    assert await scene.written() == 0
    assert is_made(await scene.write())
    assert await scene.written() == 1


async def test_killed_after_it_has_committed_it_has_everything_and_the_key_finds_it(
    scene: OnCluster,
):
    # It commits, and then waits for a standby that there is none of before it says so.
    scene.cluster.stop()
    scene.cluster.start(synchronous_standby_names="nobody")
    try:
        assert await scene.is_ready_soon()
        asked = asyncio.create_task(scene.write())
        await waits(scene, "wait_event = 'SyncRep'")
    finally:
        scene.cluster.kill()
    assert_not_known(await asked)
    scene.cluster.start()
    assert await scene.written() == 1
    assert is_made(await scene.write())
    assert await scene.written() == 1


async def test_shut_down_in_the_middle_of_requests_it_is_found_again_when_it_is_back(
    scene: OnCluster,
):
    async with scene.cluster.connection(scene.name) as other:
        await other.execute("BEGIN; LOCK TABLE agent IN ACCESS EXCLUSIVE MODE")
        asked = [asyncio.create_task(each) for each in (scene.ask(), scene.write())]
        await waits_for_a_lock(scene, 2)
        scene.cluster.stop()
        assert [is_away(await each) for each in asked] == [True, True]
    scene.cluster.start()
    assert is_made(await scene.write())
    assert await scene.written() == 1


async def test_pooled_connections_that_are_ended_are_replaced_unnoticed(scene: OnCluster):
    ended = await end_all(scene)
    assert ended == 3
    for _ in range(3):
        assert (await scene.ask()).status_code == 200
    await end_all(scene)
    assert is_made(await scene.write())
    assert await scene.written() == 1


async def test_where_others_have_all_connections_it_is_away_until_one_is_free(scene: OnCluster):
    await scene.database.close()
    async with scene.cluster.connection() as superuser:
        others = await take_all(scene)
        assert is_away(await scene.ask())
        assert not await scene.is_ready()
        for other in others:
            other.terminate()
        await scene.cluster.until(f"SELECT count(*) = 0 {LOGGED_IN}", superuser)
    assert await scene.is_ready()
    assert is_made(await scene.write())


async def test_where_slow_requests_have_the_whole_pool_others_are_told_to_come_again(
    scene: OnCluster,
):
    async with scene.cluster.connection(scene.name) as other:
        await other.execute("BEGIN; LOCK TABLE agent IN ACCESS EXCLUSIVE MODE")
        slow = [asyncio.create_task(scene.ask()) for _ in range(3)]
        await waits_for_a_lock(scene, 3)
        assert is_away(await scene.ask())
        assert not await scene.is_ready()
    answers = [(await each).status_code for each in slow]
    assert answers == [200, 200, 200]
    assert await scene.is_ready()


async def test_a_lock_is_not_waited_for_for_ever(cluster: Cluster, tmp_path: Path):
    async with clusters.scene(cluster, tmp_path, lock_timeout=0.5) as scene:
        async with cluster.connection(scene.name) as other:
            await other.execute("BEGIN; LOCK TABLE assignment IN EXCLUSIVE MODE")
            assert is_away(await scene.write())
            assert (await scene.ask()).status_code == 200
            assert await scene.is_ready()
        assert is_made(await scene.write())
        assert await scene.written() == 1


async def test_a_server_that_only_reads_is_not_ready_until_it_writes_again(scene: OnCluster):
    await read_only(scene, "on")
    assert is_away(await scene.write())
    assert (await scene.ask()).status_code == 200
    assert await scene.readiness() == "database not writable"
    await read_only(scene, "off")
    assert is_made(await scene.write())
    assert await scene.is_ready()


async def test_what_was_written_before_it_went_away_is_told_as_a_result(scene: OnCluster):
    """The second mutation fails; the first is done, so that nobody may send both again."""
    both = """mutation($one: CreateBookmarkInput!, $two: CreateBookmarkInput!) {
        a: createBookmark(input: $one) { bookmark { name } }
        b: createBookmark(input: $two) { bookmark { name } } }"""
    variables = {name: {"name": name, "colour": "#ff0000"} for name in ("one", "two")}
    with at_a_write(scene, "begin", 2, scene.cluster.kill):
        response = await scene.scene.client.send({"query": both, "variables": variables})
    assert (response.status_code, response.json()["data"]) == (200, None)
    (error,) = response.json()["errors"]
    assert (error["path"], error["message"]) == (["b"], AWAY)
    scene.cluster.start()
    assert [each.name for each in await scene.scene.rows(models.Bookmark)] == ["one"]


async def test_what_is_written_but_not_read_any_more_is_told_as_a_result(scene: OnCluster):
    engine = scene.database.engine.sync_engine

    def kill_at_the_next_statement() -> None:
        sa.event.listen(engine, "before_cursor_execute", lambda *_: scene.cluster.kill(), once=True)

    with at_a_write(scene, "commit", 1, kill_at_the_next_statement):
        response = await scene.write(fields="id areas { name }")
    assert response.status_code == 200
    (error,) = response.json()["errors"]
    assert (error["path"], error["message"]) == (["createAssignment", "assignment", "areas"], AWAY)
    scene.cluster.start()
    assert await scene.written() == 1


# --- How it is done ---


async def waits_for_a_lock(scene: OnCluster, count: int = 1) -> None:
    await waits(scene, "wait_event_type = 'Lock'", count)


async def waits(scene: OnCluster, for_what: str, count: int = 1) -> None:
    """Return when so many of the application's backends wait for something."""
    backends = f"FROM pg_stat_activity WHERE datname = '{scene.name}' AND {for_what}"
    await scene.cluster.until(f"SELECT count(*) >= {count} {backends}")


async def end_all(scene: OnCluster) -> int:
    """End all backends of the application, after as many as the pool can have are in it."""
    await asyncio.gather(*(scene.ask() for _ in range(3)))
    async with scene.cluster.connection() as superuser:
        ended = await superuser.fetch(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1",
            scene.name,
        )
    await asyncio.sleep(0.05)  # the news are in the sockets
    return len(ended)


async def take_all(scene: OnCluster) -> list[Any]:
    """All connections that there are for somebody else."""
    taken: list[Any] = []
    while len(taken) < MOST:
        try:
            taken.append(await scene.cluster.connect(scene.name, LOGIN))
        except asyncpg.TooManyConnectionsError:
            break
    return taken


async def read_only(scene: OnCluster, value: str) -> None:
    """Have the application's connections begin transactions that only read, or not any more."""
    await scene.cluster.execute(
        f"ALTER DATABASE {scene.name} SET default_transaction_read_only = {value}"
    )
    await end_all(scene)
