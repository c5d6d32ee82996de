"""One reader for all who listen: nothing is missed, whoever writes, and whatever breaks off."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable

import pytest
import sqlalchemy as sa

from models import EventKind
from models.availability import Unavailable
from resolvers import outbox
from resolvers.outbox import Change
from server import hearing, hub
from server.hub import Hub, Mailbox, Missed
from tests.live import PATIENCE
from tests.test_outbox import tell, told
from tests.world import NOW, World


def everything(_change: Change) -> bool:
    return True


def change(subject: int, agent: int = 0) -> Change:
    return Change(EventKind.MARK_CHANGED, uuid.UUID(int=subject), uuid.UUID(int=agent), NOW)


@pytest.fixture
async def listening(world: World) -> AsyncIterator[Hub]:
    made = Hub(world.database)
    yield made
    await made.close()


async def heard(box: Mailbox, number: int) -> list[uuid.UUID]:
    async with asyncio.timeout(PATIENCE):
        return [(await box.take()).subject_id for _ in range(number)]


async def test_all_who_listen_hear_of_all_that_others_write_in_order(world: World, listening: Hub):
    """Nobody in this process says that there is anything: it is heard of, or looked for."""
    await told(world, number=3)
    boxes = [await listening.join(world.workspace_id, everything) for _ in range(3)]
    begun = time.monotonic()
    ids = await told(world, number=2) + await told(world)
    for box in boxes:
        assert await heard(box, 3) == ids
    assert time.monotonic() - begun < 5


async def test_one_reader_reads_for_all(world: World, listening: Hub):
    boxes = [await listening.join(world.workspace_id, everything) for _ in range(5)]
    assert len(listening._readers) == 1  # noqa: SLF001
    for box in boxes:
        listening.leave(world.workspace_id, box)
    assert (listening._readers, listening._listening) == ({}, None)  # noqa: SLF001


async def test_more_events_than_are_read_at_once_are_all_told(
    world: World, listening: Hub, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hub, "BATCH", 2)
    box = await listening.join(world.workspace_id, everything)
    ids = await told(world, number=7)
    assert await heard(box, 7) == ids


async def test_a_reader_goes_on_from_its_place_after_the_database_was_away(
    world: World, listening: Hub, monkeypatch: pytest.MonkeyPatch
):
    box = await listening.join(world.workspace_id, everything)
    away, after = True, outbox.after

    async def sometimes(*given: object) -> object:
        if away:
            raise Unavailable
        return await after(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(outbox, "after", sometimes)
    ids = await told(world)
    listening.wake(world.workspace_id)
    await asyncio.sleep(0.2)
    away = False
    ids += await told(world)
    assert await heard(box, 2) == ids


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_is_told_before_it_is_settled_is_looked_for_until_it_is(
    world: World, listening: Hub
):
    box = await listening.join(world.workspace_id, everything)
    async with world.database.write() as earlier:
        first = tell(earlier, world.workspace_id)
        await earlier.flush()
        (second,) = await told(world)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await box.take()
    assert await heard(box, 2) == [first, second]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_connection_that_hears_is_made_anew_when_it_is_ended(
    world: World, listening: Hub, monkeypatch: pytest.MonkeyPatch
):
    # So that what is heard is not found by looking.
    monkeypatch.setattr(hub, "POLL_SECONDS", 60.0)
    monkeypatch.setattr(hearing, "BACK_OFF_SECONDS", (0.1,))
    box = await listening.join(world.workspace_id, everything)
    listens = "FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
    for _ in range(2):
        await until(world, f"SELECT count(*) = 1 {listens}")
        ids = await told(world)
        assert await heard(box, 1) == ids
        async with world.database.write() as session:
            await session.execute(sa.text(f"SELECT pg_terminate_backend(pid, 5000) {listens}"))


async def until(world: World, statement: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            async with world.database.read() as session:
                if await session.scalar(sa.text(statement)):
                    return
            await asyncio.sleep(0.05)


# --- Mailboxes ---


async def test_an_object_waits_once_in_the_place_where_it_changed_first():
    box = Mailbox(everything)
    for subject in (1, 2, 1, 3, 2):
        box.put(change(subject))
    assert [each.int for each in await heard(box, 3)] == [1, 2, 3]
    box.put(change(1))
    assert [each.int for each in await heard(box, 1)] == [1]


async def test_more_objects_than_may_wait_are_missed_for_good():
    box = Mailbox(everything)
    for subject in range(hub.MOST_WAITING + 1):
        box.put(change(subject))
    box.put(change(0))
    with pytest.raises(Missed):
        await box.take()


@pytest.mark.parametrize("wants", [lambda c: c.subject_id.int == 2])
async def test_what_is_not_wanted_takes_no_room(wants: Callable[[Change], bool]):
    box = Mailbox(wants)
    for subject in range(10 * hub.MOST_WAITING):
        box.put(change(subject))
    assert [each.int for each in await heard(box, 1)] == [2]
