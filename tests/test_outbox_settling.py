"""After a restore on another PostgreSQL server, new events are still told, and old ones once."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from models import OutboxEvent, Webhook, WebhookDelivery
from resolvers import outbox
from resolvers import webhook as webhooks
from server import command
from server.work import RENUMBERED
from tests.webhooks import Receiver, Scene, ids, mark
from tests.webhooks import scene as scenes
from tests.world import World

AHEAD = 10**12
"""By how many transactions the other server was ahead."""

NUMBERED = (OutboxEvent, Webhook, WebhookDelivery)


@pytest.fixture
async def scene(world: World) -> AsyncIterator[Scene]:
    if world.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite counts within the workspace")
    async with scenes(world) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().running() as running:
        yield running


async def restore(scene: Scene) -> None:
    """What is stored becomes that of a server that has counted further."""
    async with scene.world.database.write() as session:
        for table in NUMBERED:
            known = table.number > outbox.START.number
            await session.execute(sa.update(table).where(known).values(number=table.number + AHEAD))


async def numbers(scene: Scene) -> list[list[int]]:
    async with scene.world.database.read() as session:
        return [
            list(await session.scalars(sa.select(table.number).order_by(table.number)))
            for table in NUMBERED
        ]


async def test_what_follows_a_restore_is_told_and_what_was_told_is_not(
    scene: Scene, receiver: Receiver
):
    await scene.register(receiver.url)
    told, waiting, new = ids(3)
    await scene.change(told)
    await scene.deliver()
    await scene.change(waiting)
    await restore(scene)
    await scene.change(new)
    assert await scene.deliver() == 0, "this is what settling is for"
    assert await outbox.settle(scene.world.database)
    assert all(number < 0 for each in await numbers(scene) for number in each)
    await scene.change(new)
    await scene.deliver()
    assert receiver.objects[0] == mark(told)
    assert receiver.objects[1:].count(mark(waiting)) == 1
    assert receiver.objects.count(mark(told)) == 1
    assert mark(new) in receiver.objects


async def test_the_order_is_kept_and_the_start_stays_the_start(scene: Scene, receiver: Receiver):
    made = await scene.register(receiver.url)
    behind = await scene.register(receiver.url)
    for key in ids(4):
        await scene.change(key)
    await scene.deliver()
    await webhooks.replay(scene.world.database, behind.id)
    await restore(scene)

    async def order() -> list[list[object]]:
        async with scene.world.database.read() as session:
            events = sa.select(OutboxEvent.id).order_by(OutboxEvent.number, OutboxEvent.position)
            deliveries = (
                sa.select(WebhookDelivery.event_id)
                .where(WebhookDelivery.webhook_id == made.id)
                .order_by(WebhookDelivery.number, WebhookDelivery.position)
            )
            return [list(await session.scalars(each)) for each in (events, deliveries)]

    before, gaps = await order(), await numbers(scene)
    assert await outbox.settle(scene.world.database)
    assert await order() == before
    after = await numbers(scene)
    assert [[b - a for a, b in itertools.pairwise(x)] for x in after[::2]] == [
        [b - a for a, b in itertools.pairwise(x)] for x in gaps[::2]
    ]
    assert after[1][0] == outbox.START.number
    assert after[1][1] == after[0][-1] == -1
    assert not await outbox.settle(scene.world.database), "once is enough"


async def test_on_its_own_server_nothing_is_renumbered(scene: Scene, receiver: Receiver):
    await scene.register(receiver.url)
    await scene.change(*ids(2))
    await scene.deliver()
    before = await numbers(scene)
    assert not await outbox.settle(scene.world.database)
    assert await numbers(scene) == before


@pytest.mark.parametrize("table", NUMBERED)
async def test_one_number_that_is_ahead_is_enough(
    scene: Scene, receiver: Receiver, table: type[Webhook]
):
    await scene.register(receiver.url)
    await scene.change(*ids(1))
    await scene.deliver()
    async with scene.world.database.write() as session:
        await session.execute(sa.update(table).values(number=table.number + AHEAD))
    assert await outbox.settle(scene.world.database)
    assert all(number < 0 for each in await numbers(scene) for number in each)


async def test_on_sqlite_there_is_nothing_to_do(world: World):
    if world.database.engine.dialect.name == "sqlite":
        assert not await outbox.settle(world.database)


async def test_migrating_does_it_and_says_so(
    scene: Scene, receiver: Receiver, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COACHING_DATABASE_URL", database_url)
    await scene.register(receiver.url)
    await scene.change(*ids(1))
    await restore(scene)
    for told in (RENUMBERED + "\n", ""):
        done = await asyncio.to_thread(CliRunner().invoke, command.main, ["migrate"])
        assert (done.exit_code, done.stderr) == (0, told)
    await scene.deliver()
    assert len(receiver.got) == 1
