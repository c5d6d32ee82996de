"""Events of the outbox, read in order: none missed, none twice, whoever commits first."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models import Action, OutboxEvent, Workspace
from models.database import Database
from resolvers import audit, outbox
from resolvers.audit import About, System
from resolvers.outbox import START, Place
from server import migration
from tests.world import NOW, World


def tell(session: AsyncSession, workspace_id: uuid.UUID, at: dt.datetime = NOW) -> uuid.UUID:
    mark_id = uuid.uuid4()
    about = About(mark_id=mark_id)
    audit.record(
        session, System(workspace_id=workspace_id, now=at), Action.MARK_CREATED, about, after={}
    )
    return mark_id


async def told(world: World, *, ago: int = 0, number: int = 1) -> list[uuid.UUID]:
    async with world.database.write() as session:
        at = NOW - dt.timedelta(days=ago)
        return [tell(session, world.workspace_id, at) for _ in range(number)]


async def after(world: World, place: Place, most: int = 100) -> Sequence[OutboxEvent]:
    async with world.database.read() as session:
        return await outbox.after(session, world.workspace_id, place, most)


async def end(world: World) -> Place:
    async with world.database.read() as session:
        return await outbox.end(session, world.workspace_id)


def subjects(events: Sequence[OutboxEvent]) -> list[uuid.UUID]:
    return [event.subject_id for event in events]


async def test_events_come_in_the_order_of_their_transactions_not_of_their_times(world: World):
    first = await told(world, number=3)
    second = await told(world, ago=5)
    assert subjects(await after(world, START)) == first + second


async def test_a_place_divides_what_was_read_from_what_follows(world: World):
    ids = await told(world, number=5)
    ids += await told(world)
    found: list[uuid.UUID] = []
    place = START
    while events := await after(world, place, most=2):
        found += subjects(events)
        place = Place.behind(events[-1])
    assert found == ids


async def test_who_begins_at_the_end_sees_only_what_follows(world: World):
    assert await end(world) == START
    await told(world, number=2)
    place = await end(world)
    assert await after(world, place) == []
    new = await told(world, number=2)
    assert subjects(await after(world, place)) == new


async def test_other_workspaces_events_are_not_told(world: World):
    mine = await told(world)
    other = uuid.uuid4()
    place = await end(world)
    async with world.database.read() as session:
        assert await outbox.after(session, other, START, 10) == []
    assert subjects(await after(world, START)) == mine
    assert await after(world, place) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_who_began_earlier_and_commits_later_is_not_missed(world: World):
    place = await end(world)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> uuid.UUID:
        async with world.database.write() as session:
            mark_id = tell(session, world.workspace_id)
            await session.flush()
            begun.set()
            await go_on.wait()
        return mark_id

    earlier = asyncio.create_task(slow())
    await begun.wait()
    (later,) = await told(world)
    assert await after(world, place) == [], "the earlier one may still come before it"
    go_on.set()
    before = await earlier
    assert subjects(await after(world, place)) == [before, later]


async def test_what_is_rolled_back_was_never_told(world: World):
    async def fail() -> None:
        async with world.database.write() as session:
            tell(session, world.workspace_id)
            await session.flush()
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await fail()
    assert await after(world, START) == []
    assert len(await told(world)) == len(await after(world, START)) == 1


def test_the_migration_puts_what_is_there_before_what_follows(database_url: str):
    workspace_id = uuid.uuid4()

    async def add(ago: int) -> uuid.UUID:
        database = Database(database_url).everywhere()
        async with database.write() as session:
            row = Workspace(id=workspace_id, name="Here", created_at=NOW)
            if await session.get(Workspace, workspace_id) is None:
                session.add(row)
                await session.flush()
            made = tell(session, workspace_id, NOW - dt.timedelta(days=ago))
        await database.close()
        return made

    async def read() -> list[uuid.UUID]:
        database = Database(database_url).everywhere()
        async with database.read() as session:
            found = await outbox.after(session, workspace_id, START, 10)
        await database.close()
        return subjects(found)

    ids = [asyncio.run(add(ago)) for ago in (3, 2, 1)]
    migration.downgrade(database_url, "0009")
    migration.upgrade(database_url)
    ids.append(asyncio.run(add(9)))
    assert asyncio.run(read()) == ids
