"""Reads on the driver's own connection: the same checks as any read, at the lowest cost."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa

from models.availability import Unavailable
from models.database import Database
from models.reading import Plan, Reader
from models.wall import NOBODY, Identity
from tests.test_deadline import asleep, is_free
from tests.test_faults_sqlite import remove
from tests.walled import narrow, seen, staff_of, two_workspaces
from tests.world import World

WORKSPACES = ("SELECT CAST(workspace_id AS text) FROM queue", ())
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with one connection, of little patience."""
    made = Database(database_url, pool_size=1, pool_timeout=0.5, answer_timeout=1)
    yield made.everywhere()
    await made.close()


def parameter(database: Database) -> str:
    return "CAST($1 AS integer)" if is_postgresql(database) else "?"


def is_postgresql(database: Database) -> bool:
    return database.engine.dialect.name == "postgresql"


async def test_statements_are_answered_in_their_order(database: Database):
    value = parameter(database)
    one, two = await database.fetch(
        NOBODY, [(f"SELECT {value}, 'a'", [1]), (f"SELECT {value} UNION SELECT 7 ORDER BY 1", [9])]
    )
    assert [tuple(row) for row in one] == [(1, "a")]
    assert [tuple(row) for row in two] == [(7,), (9,)]
    assert await database.fetch(NOBODY, []) == []


async def test_a_plan_asks_for_what_follows_from_rows_before(database: Database):
    def plan() -> Plan[int]:
        found = 1
        for _ in range(3):
            rows = yield f"SELECT {parameter(database)} * 2", [found]
            found = rows[0][0]
        return found

    assert await database.run(NOBODY, plan()) == 8


@on_sqlite
async def test_a_plan_is_one_hop_to_the_thread(database: Database, monkeypatch: pytest.MonkeyPatch):
    await database.fetch(NOBODY, [])
    hops = 0
    execute: Any = aiosqlite.Connection._execute  # noqa: SLF001

    def counted(*given: Any) -> Any:
        nonlocal hops
        hops += 1
        return execute(*given)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    await database.fetch(NOBODY, [("SELECT 1", ())] * 5)
    assert hops == 1


async def test_who_watches_the_statements_of_the_engine_sees_these_too(world: World):
    with world.statements() as statements:
        await world.database.fetch(NOBODY, [("SELECT 1", ()), ("SELECT 2", ())])
    assert statements == ["SELECT 1", "SELECT 2"]


# --- What goes wrong ---


async def test_a_wrong_statement_is_our_mistake_and_the_connection_stays(database: Database):
    with pytest.raises(sa.exc.DBAPIError) as raised:
        await database.fetch(NOBODY, [("SELECT secret FROM nowhere", ())])
    assert not raised.value.connection_invalidated
    assert await number(database) == await number(database)
    assert await is_free(database)


async def test_what_a_plan_raises_comes_out_as_it_is(database: Database):
    def plan() -> Plan[None]:
        yield "SELECT 1", ()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.run(NOBODY, plan())
    assert await is_free(database)


async def test_who_waits_in_vain_for_a_connection_is_told_that_there_is_none(database: Database):
    async def keep(_reader: Reader) -> None:
        with pytest.raises(Unavailable):
            await database.fetch(NOBODY, [])

    await database.reading(NOBODY, keep)
    assert await database.fetch(NOBODY, []) == []


@on_postgresql
async def test_an_answer_is_not_waited_for_for_ever(database: Database):
    before = await number(database)
    with pytest.raises(Unavailable):
        await database.fetch(NOBODY, [("SELECT pg_sleep(60)", ())])
    assert await number(database) != before


async def test_who_is_stopped_leaves_no_statement_behind(database: Database):
    task = asyncio.create_task(database.fetch(NOBODY, [(f"SELECT {asleep(database)}", ())]))
    await asyncio.sleep(0.2)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()
    assert await is_free(database)
    assert await database.fetch(NOBODY, [("SELECT 1", ())]) == [[(1,)]]
    if is_postgresql(database):
        sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%(SELECT true FROM %'"
        text = f"{sleeping} AND state = 'active' AND pid <> pg_backend_pid()"
        assert await database.fetch(NOBODY, [(text, ())]) == [[(0,)]]


@on_postgresql
async def test_a_connection_that_the_server_ended_is_replaced_unnoticed(
    database: Database, world: World
):
    ended = await backend(database)
    async with world.database.connect() as connection:
        await connection.execute(sa.select(sa.func.pg_terminate_backend(ended)))
    await asyncio.sleep(0.1)
    assert await backend(database) != ended


@on_postgresql
async def test_a_connection_that_is_ended_meanwhile_is_away_and_then_replaced(
    database: Database, world: World
):
    ended = await backend(database)
    task = asyncio.create_task(database.fetch(NOBODY, [("SELECT pg_sleep(60)", ())]))
    await asyncio.sleep(0.1)
    async with world.database.connect() as connection:
        await connection.execute(sa.select(sa.func.pg_terminate_backend(ended)))
    with pytest.raises(Unavailable):
        await task
    assert await backend(database) != ended


@on_sqlite
async def test_a_file_that_was_deleted_is_away(database: Database, tmp_path: Path):
    assert await database.fetch(NOBODY, [("SELECT 1", ())]) == [[(1,)]]
    assert remove(tmp_path / "coaching.sqlite3")
    for _ in range(2):
        with pytest.raises(Unavailable):
            await database.fetch(NOBODY, [("SELECT 1", ())])
    assert not remove(tmp_path / "coaching.sqlite3")


@on_sqlite
async def test_what_another_has_locked_is_away(database_url: str):
    hasty = Database(database_url, lock_timeout=0.1)
    statement = ("DELETE FROM queue", ())  # no read waits for a writer
    async with hasty.write():
        with pytest.raises(Unavailable):
            await hasty.fetch(NOBODY, [statement])
    assert await hasty.fetch(NOBODY, [statement]) == [[]]
    await hasty.close()


# --- For whom ---


@on_postgresql
async def test_each_sees_their_own_workspace_on_the_one_connection(world: World):
    one, two = await two_workspaces(world)
    async with narrow(world) as database:
        for user in (one, two, two, one):
            assert await mine(database, user.workspace_id) == {str(user.workspace_id)}
        assert await database.fetch(NOBODY, [WORKSPACES]) == [[]]


@on_postgresql
async def test_nothing_is_left_behind_for_the_next_however_it_ends(world: World):
    one, two = await two_workspaces(world)
    async with narrow(world) as database:
        with pytest.raises(sa.exc.DBAPIError):
            await database.fetch(staff_of(two.workspace_id), [("SELECT 1 / 0", ())])
        assert await seen(database, staff_of(one.workspace_id)) == {one.workspace_id}
        nobody = Identity(role="no such role", workspace=str(two.workspace_id))
        with pytest.raises(sa.exc.DBAPIError):
            await database.fetch(nobody, [WORKSPACES])
        assert await mine(database, one.workspace_id) == {str(one.workspace_id)}
        async with database.write(staff_of(two.workspace_id)):
            pass
        assert await mine(database, one.workspace_id) == {str(one.workspace_id)}
        assert await seen(database) == set()


@on_postgresql
async def test_nothing_is_left_behind_by_who_is_cancelled_at_any_moment(world: World):
    one, two = await two_workspaces(world)
    statements = [WORKSPACES, ("SELECT pg_sleep(0.01)", ())]
    async with narrow(world) as database:
        for step in range(40):
            task = asyncio.create_task(database.fetch(staff_of(two.workspace_id), statements))
            await asyncio.sleep(step * 0.0004)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            assert await mine(database, one.workspace_id) == {str(one.workspace_id)}, step
            assert await database.fetch(NOBODY, [WORKSPACES]) == [[]], step


# --- What is kept ---


@on_postgresql
async def test_a_statement_is_prepared_once_whatever_its_length(database: Database):
    text = f"SELECT 'long', {', '.join(f'{n} AS c{n}' for n in range(1_600))}, '{'x' * 20_000}'"
    for _ in range(3):
        await database.fetch(NOBODY, [(text, ())])
    kept = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement = $1"
    assert await database.fetch(NOBODY, [(kept, [text])]) == [[(3,)]]


@on_postgresql
async def test_queries_are_not_compiled_by_the_database(database: Database):
    assert await database.fetch(NOBODY, [("SHOW jit", ())]) == [[("off",)]]


async def mine(database: Database, workspace_id: uuid.UUID) -> set[str]:
    """The workspaces of which staff of this one see a queue, without any condition."""
    (rows,) = await database.fetch(staff_of(workspace_id), [WORKSPACES])
    return {row[0] for row in rows}


async def number(database: Database) -> Any:
    """Which connection it is."""
    async with database.connect() as connection:
        return id((await connection.get_raw_connection()).driver_connection)


async def backend(database: Database) -> int:
    (rows,) = await database.fetch(NOBODY, [("SELECT pg_backend_pid()", ())])
    found: int = rows[0][0]
    return found
