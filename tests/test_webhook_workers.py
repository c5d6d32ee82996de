"""Several that deliver at once, and what becomes of what they leave behind."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from resolvers import webhook as webhooks
from resolvers import webhook_delivery
from tests.webhooks import Receiver, Scene, failing, ids, mark
from tests.webhooks import scene as scenes
from tests.world import World


@pytest.fixture
async def scene(world: World) -> AsyncIterator[Scene]:
    async with scenes(world) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().running() as running:
        yield running


async def test_two_workers_share_the_work_and_send_nothing_twice(scene: Scene, receiver: Receiver):
    await scene.register(receiver.url)
    keys = ids(10)
    for _ in range(4):
        await scene.change(*keys)
    workers = [scene.worker() for _ in range(2)]

    async def work(index: int) -> int:
        tries = 0
        while set(await scene.states()) != {"DELIVERED"}:
            tries += await workers[index].step()
            await workers[index].drain()
            await asyncio.sleep(0.01)
        return tries

    async with asyncio.timeout(60):
        shares = await asyncio.gather(work(0), work(1))
    assert sum(shares) == len(receiver.got) == len(set(receiver.ids)) == 40
    assert all(shares)
    for key in keys:
        mine = [got.id for got in receiver.got if got.object == mark(key)]
        deliveries = [each for each in await scene.deliveries() if each.subject_id == key]
        assert mine == [str(each.event_id) for each in deliveries]


async def test_who_dies_between_sending_and_writing_it_down_has_it_sent_again(
    scene: Scene, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    await scene.register(receiver.url)
    await scene.change(*ids(1))
    with monkeypatch.context() as patch:
        patch.setattr(webhook_delivery, "end", lambda *_, **__: asyncio.sleep(0))
        await scene.worker().step()
        await asyncio.sleep(0.2)
    assert await scene.deliver() == 0, "its claim has not run out"
    scene.clock.pass_(webhook_delivery.LEASE.total_seconds())
    assert await scene.deliver() == 1
    assert await scene.states() == ["DELIVERED"]
    assert receiver.ids[0] == receiver.ids[1]
    assert len(receiver.got) == 2


async def test_who_comes_back_after_the_lease_writes_nothing_over_another(
    scene: Scene, receiver: Receiver
):
    made = await scene.register(receiver.url)
    database = scene.world.database
    await scene.change(*ids(1))
    await webhook_delivery.hand_out(database, made, now=scene.clock.now)
    (late,) = await webhook_delivery.claim(database, made, most=5, now=scene.clock.now)
    scene.clock.pass_(webhook_delivery.LEASE.total_seconds())
    await scene.deliver()
    ended = webhook_delivery.Outcome(error="answered 500", status=500)
    assert not await webhook_delivery.end(database, late, ended, now=scene.clock.now, chance=0)
    assert await scene.states() == ["DELIVERED"]


async def test_410_disables_the_webhook_and_nothing_is_lost(scene: Scene, receiver: Receiver):
    receiver.answering = failing(1, 410)
    made = await scene.register(receiver.url)
    (key,) = ids(1)
    await scene.change(key)
    await scene.deliver()
    await scene.change(key)
    scene.clock.pass_(3600)
    assert await scene.deliver() == 0
    (listed,) = await webhooks.every(scene.world.database)
    assert listed.webhook.disabled_because == "the receiver answered 410 Gone"
    assert (listed.pending, listed.dead) == (1, 0)
    await webhooks.enable(scene.world.database, made.id)
    await scene.deliver()
    assert len(receiver.got) == 3
    assert await scene.states() == ["DELIVERED", "DELIVERED"]


async def test_what_is_behind_waits_in_the_outbox_and_not_as_deliveries(
    scene: Scene, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(webhook_delivery, "MOST_PENDING", 5)
    monkeypatch.setattr(webhook_delivery, "BATCH", 3)
    receiver.answering = failing(5)
    await scene.register(receiver.url)
    keys = ids(12)
    await scene.change(*keys)
    await scene.deliver()
    assert len(await scene.states()) == 5
    scene.clock.pass_(60)
    await scene.deliver()
    assert set(receiver.objects) == {mark(key) for key in keys}
    assert await scene.states() == ["DELIVERED"] * 12
