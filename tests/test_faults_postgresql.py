"""PostgreSQL goes away for real, in the middle of things; the same application goes on after it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests import faulty
from tests.faulty import MOST, Cluster, Faulty, is_away

NOT_KNOWN = "The service lost its data while it wrote: it is not known whether the change was made."


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with faulty.cluster() as made:
        yield made


@pytest.fixture
async def scene(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Faulty]:
    async with faulty.faulty(cluster, tmp_path) as made:
        yield made
        if cluster.process is None:  # a test that failed
            cluster.start()


async def test_killed_in_the_middle_of_a_query_it_is_missed_and_found_again(scene: Faulty):
    async with scene.cluster.connection(scene.name) as other:
        await other.execute("BEGIN; LOCK TABLE agent IN ACCESS EXCLUSIVE MODE")
        asked = asyncio.create_task(scene.ask())
        await waits_for_a_lock(scene)
        scene.cluster.kill()
        assert is_away(await asked)
    assert is_away(await scene.ask())
    assert is_away(await scene.write())
    assert not await scene.is_ready()
    scene.cluster.start()
    assert await scene.is_ready()
    assert (await scene.ask()).json()["data"]["agents"]["totalCount"] == 3
    assert await scene.written() == 0


@pytest.mark.parametrize("statement", [1, 4, 9])
async def test_killed_between_two_statements_of_a_write_it_has_nothing_of_it(
    scene: Faulty, statement: int
):
    with at_a_write(scene, "after_cursor_execute", statement, scene.cluster.kill):
        assert is_away(await scene.write())
    assert not await scene.is_ready()
    scene.cluster.start()
    assert await scene.is_ready()
    assert await scene.written() == 0
    assert made(await scene.write())
    assert await scene.written() == 1


async def test_killed_before_it_commits_it_has_nothing_and_the_answer_is_that_this_is_not_known(
    scene: Faulty,
):
    with at_a_write(scene, "commit", 1, scene.cluster.kill):
        assert_not_known(await scene.write())
    scene.cluster.start()
    assert await scene.written() == 0
    assert made(await scene.write())
    assert await scene.written() == 1


async def test_killed_after_it_has_committed_it_has_everything_and_the_key_finds_it(
    scene: Faulty,
):
    # It commits, and then waits for a standby that there is none of before it says so.
    await scene.cluster.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    await scene.cluster.execute("SELECT pg_reload_conf()")
    asked = asyncio.create_task(scene.write())
    await waits(scene, "wait_event = 'SyncRep'")
    scene.cluster.kill()
    assert_not_known(await asked)
    Path(scene.cluster.data, "postgresql.auto.conf").write_text("")
    scene.cluster.start()
    assert await scene.written() == 1
    assert made(await scene.write())
    assert await scene.written() == 1


async def test_shut_down_in_the_middle_of_requests_it_is_found_again_when_it_is_back(
    scene: Faulty,
):
    async with scene.cluster.connection(scene.name) as other:
        await other.execute("BEGIN; LOCK TABLE agent IN ACCESS EXCLUSIVE MODE")
        asked = [asyncio.create_task(each) for each in (scene.ask(), scene.write())]
        await waits_for_a_lock(scene, 2)
        scene.cluster.stop()
        assert [is_away(await each) for each in asked] == [True, True]
    scene.cluster.start()
    assert made(await scene.write())
    assert await scene.written() == 1


async def test_pooled_connections_that_are_ended_are_replaced_unnoticed(scene: Faulty):
    ended = await end_all(scene)
    assert ended == 3
    for _ in range(3):
        assert (await scene.ask()).status_code == 200
    await end_all(scene)
    assert made(await scene.write())
    assert await scene.written() == 1


async def test_where_others_have_all_connections_it_is_away_until_one_is_free(scene: Faulty):
    await scene.database.close()
    async with scene.cluster.connection() as superuser:
        others = [await taken(scene) for _ in range(MOST - 3)]
        assert is_away(await scene.ask())
        assert not await scene.is_ready()
        for other in others:
            other.terminate()
        await free(superuser)
    assert await scene.is_ready()
    assert made(await scene.write())


async def test_where_slow_requests_have_the_whole_pool_others_are_told_to_come_again(
    scene: Faulty,
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
    async with faulty.faulty(cluster, tmp_path, lock_timeout=0.5) as scene:
        async with cluster.connection(scene.name) as other:
            await other.execute("BEGIN; LOCK TABLE assignment IN EXCLUSIVE MODE")
            assert is_away(await scene.write())
            assert (await scene.ask()).status_code == 200
            assert await scene.is_ready()
        assert made(await scene.write())
        assert await scene.written() == 1


async def test_a_server_that_only_reads_is_not_ready_until_it_writes_again(scene: Faulty):
    await read_only(scene, "on")
    assert is_away(await scene.write())
    assert (await scene.ask()).status_code == 200
    assert (await scene.scene.world.http.get("/health/ready")).json() == {
        "status": "database not writable"
    }
    await read_only(scene, "off")
    assert made(await scene.write())
    assert await scene.is_ready()


async def test_what_was_written_before_it_went_away_is_told_as_a_result(scene: Faulty):
    """The second mutation fails; the first is done, so that nobody may send both again."""
    both = """mutation($input: CreateBookmarkInput!, $other: CreateBookmarkInput!) {
        a: createBookmark(input: $input) { bookmark { name } }
        b: createBookmark(input: $other) { bookmark { name } } }"""
    variables = {"input": {"name": "One"}, "other": {"name": "Two"}}
    with at_a_write(scene, "commit", 2, scene.cluster.kill):
        response = await scene.scene.client.send({"query": both, "variables": variables})
    assert response.status_code == 200
    body = response.json()
    assert body["data"] is None
    assert [error["path"] for error in body["errors"]] == [["b"]]
    scene.cluster.start()


# --- How it is done ---


def made(response: Any) -> bool:
    """Whether coaching is assigned."""
    payload = response.json()["data"]["createAssignment"]
    return payload["errors"] == [] and payload["assignment"] is not None


def assert_not_known(response: Any) -> None:
    assert response.status_code == 200
    body = response.json()
    assert body["data"] is None
    (error,) = body["errors"]
    assert error["message"].startswith(NOT_KNOWN)
    assert error["path"] == ["createAssignment"]
    assert error["extensions"].keys() == {"code", "requestId"}
    assert "retry-after" not in response.headers


class at_a_write:  # noqa: N801 - it reads as a sentence
    """Does something once, in the middle of a write: at the event of this number, from 1."""

    def __init__(self, scene: Faulty, event: str, number: int, do: Any) -> None:
        self.engine = scene.database.engine.sync_engine
        self.event, self.left, self.do = event, number, do

    def notice(self, connection: sa.Connection, *_: Any) -> None:
        if connection.get_execution_options().get("writing"):
            self.left -= 1
            if self.left == 0:
                self.do()

    def __enter__(self) -> None:
        sa.event.listen(self.engine, self.event, self.notice)

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self.engine, self.event, self.notice)
        assert self.left <= 0, "it did not come to that"


async def waits_for_a_lock(scene: Faulty, count: int = 1) -> None:
    await waits(scene, "wait_event_type = 'Lock'", count)


async def waits(scene: Faulty, for_what: str, count: int = 1) -> None:
    """Return when so many of the application's backends wait for something."""
    async with scene.cluster.connection() as superuser:
        statement = f"SELECT count(*) FROM pg_stat_activity WHERE {for_what} AND datname = $1"  # noqa: S608
        async with asyncio.timeout(20):
            while await superuser.fetchval(statement, scene.name) < count:
                await asyncio.sleep(0.02)


async def end_all(scene: Faulty) -> int:
    """End all backends of the application, after as many as the pool can have are in it."""
    await asyncio.gather(*(scene.ask() for _ in range(3)))
    async with scene.cluster.connection() as superuser:
        ended = await superuser.fetch(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1",
            scene.name,
        )
    await asyncio.sleep(0.05)  # the news are in the sockets
    return len(ended)


async def taken(scene: Faulty) -> Any:
    """A connection that somebody else has."""
    return await faulty.asyncpg.connect(
        host="127.0.0.1", port=scene.cluster.port, user=faulty.LOGIN, database=scene.name
    )


async def free(superuser: Any) -> None:
    async with asyncio.timeout(20):
        while await superuser.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = $1", faulty.LOGIN
        ):
            await asyncio.sleep(0.02)


async def read_only(scene: Faulty, value: str) -> None:
    """Have the application's connections begin transactions that only read, or not any more."""
    await scene.cluster.execute(
        f"ALTER DATABASE {scene.name} SET default_transaction_read_only = {value}"
    )
    await end_all(scene)
