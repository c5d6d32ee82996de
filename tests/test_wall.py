"""The third wall: PostgreSQL shows a connection the rows of one workspace, whatever is asked.

SQLite has the first two walls only.
"""

import asyncio
import contextlib
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth import scope, viewer
from models import Role, wall
from models.database import Database
from models.wall import NOBODY, OWNER, STAFF, Identity
from tests.world import EVERYWHERE, World, global_id

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

Queue = models.Queue


def staff_of(workspace_id: uuid.UUID) -> Identity:
    return Identity(role=STAFF, workspace=str(workspace_id))


async def two_workspaces(world: World) -> tuple[models.User, models.User]:
    """Two QA users, each with a queue, an agent and an assignment in a workspace of their own."""
    users = []
    for number in range(2):
        if number:
            world.workspace_id = uuid.uuid4()
            await world.workspace()
        queue = await world.queue()
        agent = await world.agent("Ann", queue)
        user = await world.user(Role.QA, *EVERYWHERE, queues=(queue,))
        await world.assignment(agent, user, await world.conversation(agent, queue))
        users.append(user)
    return users[0], users[1]


@contextlib.asynccontextmanager
async def narrow(url: str) -> Any:
    """The database with one connection only, which therefore serves everybody."""
    database = Database(url, pool_size=1, pool_timeout=5)
    try:
        yield database
    finally:
        await database.close()


async def seen(database: Database, who: Identity | None = None) -> set[uuid.UUID]:
    """The workspaces of which a queue is seen, by a statement without any condition."""
    async with database.read(who) as session:
        return set(await session.scalars(sa.select(Queue.workspace_id)))


async def test_every_table_shows_the_rows_of_one_workspace_only(world: World):
    async with world.database.read() as session:
        rows = await session.execute(
            sa.text(
                "SELECT c.relname, c.relrowsecurity, p.polpermissive, pg_get_expr(polqual, c.oid)"
                " FROM pg_class c LEFT JOIN pg_policy p"
                " ON p.polrelid = c.oid AND p.polname = 'workspace'"
                " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
            )
        )
        found = {name: rest for name, *rest in rows if name != "alembic_version"}
    assert found.keys() == set(models.Base.metadata.tables)
    for name, (enabled, permissive, condition) in found.items():
        assert enabled, name
        assert permissive, name
        assert "current_setting('coaching.workspace'" in condition, name


async def test_who_is_nobody_sees_nothing_at_all(world: World):
    await two_workspaces(world)
    async with narrow(url(world)) as database, database.read() as session:
        for table in models.Base.metadata.sorted_tables:
            assert not (await session.execute(sa.select(table).limit(1))).all(), table.name


async def test_staff_see_their_own_workspace_only_without_any_condition(world: World):
    one, two = await two_workspaces(world)
    assert await seen(world.database) == {one.workspace_id, two.workspace_id}
    async with narrow(url(world)) as database:
        for user in (one, two, one):
            async with database.read(staff_of(user.workspace_id)) as session:
                for table in models.Base.metadata.sorted_tables:
                    column = table.c.id if table.name == "workspace" else table.c.workspace_id
                    rows = set((await session.execute(sa.select(column))).scalars())
                    assert rows <= {user.workspace_id}, table.name


async def test_staff_cannot_write_a_row_of_another_workspace(world: World):
    one, two = await two_workspaces(world)
    who = staff_of(one.workspace_id)
    with pytest.raises(sa.exc.DBAPIError, match="row-level security"):
        async with world.database.write(who) as session:
            await session.execute(
                sa.insert(models.QueueSet).values(workspace_id=two.workspace_id, id=uuid.uuid4())
            )
    async with world.database.write(who) as session:
        changed: Any = await session.execute(sa.update(models.Assignment).values(name="Mine"))
        gone: Any = await session.execute(sa.delete(models.AssignmentConversation))
    assert (changed.rowcount, gone.rowcount) == (1, 1)


async def test_requests_cannot_make_users_or_workspaces(world: World):
    one, _ = await two_workspaces(world)
    who = staff_of(one.workspace_id)
    for statement in (
        sa.update(models.User).values(role=Role.QA),
        sa.delete(models.Workspace),
        sa.delete(models.UserQueue),
    ):
        with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
            async with world.database.write(who) as session:
                await session.execute(statement)


async def test_a_user_is_found_by_id_before_the_workspace_is_known(world: World):
    one, two = await two_workspaces(world)
    async with narrow(url(world)) as database:
        for user in (one, two):
            found = await viewer.find(database, user.id)
            assert found is not None
            assert (found.email, found.workspace_id) == (user.email, user.workspace_id)
            assert await seen(database, found.identity) == {user.workspace_id}
        assert await viewer.find(database, uuid.uuid4()) is None


async def test_staff_get_only_their_own_workspace_with_every_condition_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    one, two = await two_workspaces(world)
    async with world.database.read() as session:
        theirs = await session.scalar(
            sa.select(models.Assignment).where(models.Assignment.workspace_id == two.workspace_id)
        )
    assert theirs is not None
    monkeypatch.setattr(scope, "conditions", lambda _model, _viewer: ())
    client = world.client(one)
    page = (await client.ask("AssignmentsPage", first=100)).data["assignments"]
    assert len(page["edges"]) == 1
    node = await client.ask("query($id: ID!) { node(id: $id) { id } }", id=global_id(theirs))
    assert node.body == {"data": {"node": None}}


# --- One connection for everybody ---


async def test_a_connection_that_serves_the_same_again_is_told_nothing(world: World):
    one, two = await two_workspaces(world)
    told: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.extend([statement] if "set_config" in statement else [])

    async with narrow(url(world)) as database:
        sa.event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        for user in (one, one, one, two, two, one):
            who = staff_of(user.workspace_id)
            assert await seen(database, who) == {user.workspace_id}
    assert told == [wall.BECOME] * 3


async def test_nothing_is_left_behind_by_a_write_however_it_ends(world: World):
    one, two = await two_workspaces(world)
    mine, theirs = staff_of(one.workspace_id), staff_of(two.workspace_id)
    async with narrow(url(world)) as database:
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
    async with narrow(url(world)) as database:
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

    async with narrow(url(world)) as database:
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
    async with narrow(url(world)) as database:
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
        found = await viewer.find(database, user.id)
        assert found is not None
        assert await seen(database, found.identity) == {user.workspace_id}
        async with database.write(found.identity) as session:
            rows = set(await session.scalars(sa.select(Queue.workspace_id)))
            assert rows == {user.workspace_id}

    for size in (1, 3):
        database = Database(url(world), pool_size=size)
        await asyncio.gather(*(ask(number) for number in range(40)))
        await database.close()


def url(world: World) -> str:
    return world.database.engine.url.render_as_string(hide_password=False)
