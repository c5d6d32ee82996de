"""One connection serves everybody: nothing of whom it worked for before is ever left behind."""

import asyncio
import contextlib
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from auth.viewer import Callers
from models import Queue, wall
from models.database import Database
from models.wall import NOBODY, OWNER, Identity
from tests.walled import narrow, seen, staff_of, two_workspaces, url
from tests.world import World, proof

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def test_a_connection_that_serves_the_same_again_is_told_nothing(world: World):
    one, two = await two_workspaces(world)
    told: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.extend([statement] if "set_config" in statement else [])

    async with narrow(world) as database:
        sa.event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        for user in (one, one, one, two, two, one):
            who = staff_of(user.workspace_id)
            assert await seen(database, who) == {user.workspace_id}
    assert told == [wall.BECOME] * 3


async def test_nothing_is_left_behind_by_a_write_however_it_ends(world: World):
    one, two = await two_workspaces(world)
    mine, theirs = staff_of(one.workspace_id), staff_of(two.workspace_id)
    async with narrow(world) as database:
        await seen(database, mine)
        async with database.write(theirs) as session:
            assert set(await session.scalars(sa.select(Queue.workspace_id))) == {two.workspace_id}
        assert await seen(database, mine) == {one.workspace_id}
        with pytest.raises(ZeroDivisionError):
            async with database.write(theirs) as session:
                raise ZeroDivisionError
        assert await seen(database, mine) == {one.workspace_id}
        with pytest.raises(sa.exc.DBAPIError):
            async with database.write(theirs) as session:
                await session.execute(sa.text("SELECT 1 / 0"))
        assert await seen(database, mine) == {one.workspace_id}
        assert await seen(database) == set()
        async with database.write() as session:
            assert not (await session.scalars(sa.select(Queue.id))).all()


async def test_nothing_is_left_behind_by_a_read_that_fails(world: World):
    one, two = await two_workspaces(world)
    mine, theirs = staff_of(one.workspace_id), staff_of(two.workspace_id)
    async with narrow(world) as database:
        with pytest.raises(sa.exc.DBAPIError):
            async with database.read(theirs) as session:
                await session.execute(sa.text("SELECT 1 / 0"))
        assert await seen(database, mine) == {one.workspace_id}
        assert await seen(database, theirs) == {two.workspace_id}
        # One who can't even be become: nothing is known of the connection then.
        with pytest.raises(sa.exc.DBAPIError):
            await seen(database, Identity(role="no such role", workspace=theirs.workspace))
        assert await seen(database, theirs) == {two.workspace_id}
        assert await seen(database) == set()


async def test_nothing_is_left_behind_by_a_request_that_is_cancelled_at_any_moment(world: World):
    one, two = await two_workspaces(world)
    mine, theirs = staff_of(one.workspace_id), staff_of(two.workspace_id)

    async def slow_read() -> None:
        async with database.read(theirs) as session:
            await session.execute(sa.text("SELECT pg_sleep(0.01)"))

    async def slow_write() -> None:
        async with database.write(theirs) as session:
            await session.execute(sa.text("SELECT pg_sleep(0.01)"))

    async with narrow(world) as database:
        for step in range(40):
            task = asyncio.create_task(slow_write() if step % 2 else slow_read())
            await asyncio.sleep(step * 0.0004)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            assert await seen(database, mine) == {one.workspace_id}, step
            assert await seen(database) == set(), step


async def test_a_connection_that_the_server_ended_is_replaced_by_one_that_knows_nothing(
    world: World,
):
    one, two = await two_workspaces(world)
    mine, theirs = staff_of(one.workspace_id), staff_of(two.workspace_id)
    async with narrow(world) as database:
        for who in (mine, theirs):
            async with database.read(mine) as session:
                number = await session.scalar(sa.text("SELECT pg_backend_pid()"))
            async with world.database.write(OWNER) as session:
                await session.execute(sa.select(sa.func.pg_terminate_backend(number)))
            await asyncio.sleep(0.1)
            with contextlib.suppress(sa.exc.DBAPIError):
                assert await seen(database, who) == {uuid.UUID(who.workspace)}
            assert await seen(database, who) == {uuid.UUID(who.workspace)}
            assert await seen(database, NOBODY) == set()


async def test_requests_of_two_workspaces_at_once_never_see_each_others_rows(world: World):
    one, two = await two_workspaces(world)

    async def ask(number: int) -> None:
        user = (one, two)[number % 2]
        found = await Callers(database, 0).find(proof(user.id))
        assert found is not None
        assert await seen(database, found.identity) == {user.workspace_id}
        async with database.write(found.identity) as session:
            rows = set(await session.scalars(sa.select(Queue.workspace_id)))
            assert rows == {user.workspace_id}

    for size in (1, 3):
        database = Database(url(world), pool_size=size)
        await asyncio.gather(*(ask(number) for number in range(40)))
        await database.close()
