"""The third wall: PostgreSQL shows a connection the rows of one workspace, whatever is asked.

The application's own scoping is dropped here, or gone past. SQLite has the first two walls only.
"""

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth.viewer import Callers
from models import Role
from models.wall import Identity
from resolvers import client
from tests import partners, walled
from tests.walled import TABLES, a_row_of_each, narrow, seen, staff_of
from tests.world import NOW, World, global_id, proof

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

READ_ONLY = {"client", "user", "user_queue", "workspace"}
"""Tables of which staff neither add nor remove rows."""

NOT_THERE = {"webhook", "webhook_delivery"}
"""Tables that are for commands only."""


REFUSED = r"row-level security|permission denied"


def key(row: Any, table: sa.Table) -> Any:
    return row["id"] if table.name == "workspace" else row["workspace_id"]


async def test_every_table_shows_staff_the_rows_of_one_workspace_only(world: World):
    one, two = await a_row_of_each(world), await a_row_of_each(world)
    async with narrow(world) as database:
        for rows in (one, two, one):
            async with database.read(staff_of(rows["workspace"]["id"])) as session:
                for name, table in TABLES.items():
                    if name in NOT_THERE:
                        continue
                    found = (await session.execute(sa.select(table))).mappings().all()
                    ours = {rows["workspace"]["id"]}
                    assert {key(each, table) for each in found} == ours, name


async def test_who_is_nobody_sees_nothing_at_all(world: World):
    await a_row_of_each(world)
    nameless = Identity(role="coaching_agent")
    async with narrow(world) as database:
        for name, table in TABLES.items():
            if name in NOT_THERE:
                continue
            async with database.read() as session:
                assert not (await session.execute(sa.select(table))).all(), name
        async with database.read(nameless) as session:
            assert not (await session.scalars(sa.select(models.Queue.id))).all()


async def test_staff_write_no_row_of_another_workspace_into_any_table(world: World):
    one, two = await a_row_of_each(world), await a_row_of_each(world)
    who = staff_of(one["workspace"]["id"])
    for name, table in TABLES.items():
        with pytest.raises(sa.exc.DBAPIError, match=r"row-level security|permission denied"):
            async with world.database.write(who) as session:
                await session.execute(table.insert(), two[name])
        if name in READ_ONLY | NOT_THERE:
            continue
        column = next(each for each in table.columns if each.computed is None)
        theirs = table.c.workspace_id == two["workspace"]["id"]
        async with world.database.write(who) as session:
            same = sa.update(table).where(theirs).values({column.name: two[name][column.name]})
            changed: Any = await session.execute(same)
            gone: Any = await session.execute(sa.delete(table).where(theirs))
            assert (changed.rowcount, gone.rowcount) == (0, 0), name


@pytest.mark.parametrize("name", sorted(NOT_THERE))
async def test_no_request_reads_what_is_for_commands_only(world: World, name: str):
    one = await a_row_of_each(world)
    who = staff_of(one["workspace"]["id"])
    with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
        async with world.database.read(who) as session:
            await session.execute(sa.select(TABLES[name]))


async def test_requests_cannot_make_users_or_workspaces(world: World):
    one = await a_row_of_each(world)
    who = staff_of(one["workspace"]["id"])
    for statement in (
        sa.update(models.User).values(role=Role.QA),
        sa.delete(models.Workspace),
        sa.insert(models.UserQueue).values(one["user_queue"]),
        sa.delete(models.UserQueue),
    ):
        with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
            async with world.database.write(who) as session:
                await session.execute(statement)


async def test_a_user_is_found_by_id_before_the_workspace_is_known(world: World):
    one, two = await walled.two_workspaces(world)
    async with narrow(world) as database:
        for user in (one, two):
            found = await Callers(database, 0).find(proof(user.id))
            assert found is not None
            assert (found.email, found.workspace_id) == (user.email, user.workspace_id)
            assert await seen(database, found.identity) == {user.workspace_id}
        assert await Callers(database, 0).find(proof(uuid.uuid4())) is None


async def test_staff_get_only_their_own_workspace_with_every_condition_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    one, two = await walled.two_workspaces(world)
    async with world.database.read() as session:
        theirs = await session.scalar(
            sa.select(models.Assignment).where(models.Assignment.workspace_id == two.workspace_id)
        )
    assert theirs is not None
    walled.forget_everything(monkeypatch)
    client = world.client(one)
    page = (await client.ask("AssignmentsPage", first=100)).data["assignments"]
    assert len(page["edges"]) == 1
    node = await client.ask("query($id: ID!) { node(id: $id) { id } }", id=global_id(theirs))
    assert node.body["data"] == {"node": None}


async def test_clients_are_found_before_their_workspace_is_known_and_never_by_agents(world: World):
    partner = await partners.register(world)
    agent = Identity(role="coaching_agent", workspace=str(world.workspace_id))
    async with narrow(world) as database:
        found = await client.find(database, partner.row.id)
        assert found is not None
        assert found.has_secret(partner.secret, now=NOW)
        assert await client.find(database, uuid.uuid4()) is None
        with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
            async with database.read(agent) as session:
                await session.execute(sa.select(sa.func.coaching_client(partner.row.id)))
