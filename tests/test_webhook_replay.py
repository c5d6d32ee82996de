"""Sending again: from a time, from the start, one event, and what was given up."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Iterator

import pytest

from models import webhook
from resolvers import webhook as webhooks
from tests.webhooks import Receiver, Reply, Scene, failing, ids, mark
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


async def test_what_fails_to_the_end_is_dead_and_what_follows_is_sent(
    scene: Scene, receiver: Receiver
):
    (key,) = ids(1)
    receiver.answering = failing(webhook.TRIES)
    made = await scene.register(receiver.url)
    await scene.change(key)
    await scene.change(key)
    for wait in (0, *webhook.WAITS):
        scene.clock.pass_(wait)
        await scene.deliver()
    assert await scene.states() == ["DEAD", "DELIVERED"]
    (dead,) = await webhooks.dead(scene.world.database, made.id, 10)
    assert (dead.tries, dead.status, dead.error) == (webhook.TRIES, 500, "answered 500")
    assert await webhooks.retry(scene.world.database, made.id, now=scene.clock.now) == 1
    await scene.deliver()
    assert await scene.states() == ["DELIVERED", "DELIVERED"]
    assert receiver.ids[-1] == receiver.ids[0]


async def test_dead_letters_are_retried_one_by_one_too(scene: Scene, receiver: Receiver):
    receiver.answering = failing(10**6)
    made = await scene.register(receiver.url)
    await scene.change(*ids(2))
    for wait in (0, *webhook.WAITS):
        scene.clock.pass_(wait)
        await scene.deliver()
    first, second = await webhooks.dead(scene.world.database, made.id, 10)
    receiver.answering = lambda _got: Reply()
    again = [second.event_id]
    assert await webhooks.retry(scene.world.database, made.id, again, now=scene.clock.now) == 1
    await scene.deliver()
    (left,) = await webhooks.dead(scene.world.database, made.id, 10)
    assert left.event_id == first.event_id


async def test_what_is_delivered_is_forgotten_after_a_week_and_what_is_dead_later(
    scene: Scene, receiver: Receiver
):
    (key,) = ids(1)
    receiver.answering = failing(webhook.TRIES)
    await scene.register(receiver.url)
    await scene.change(key, key)
    for wait in (0, *webhook.WAITS):
        scene.clock.pass_(wait)
        await scene.deliver()
    assert await scene.states() == ["DEAD", "DELIVERED"]
    scene.clock.pass_(8 * webhook.DAY)
    await scene.deliver()
    assert await scene.states() == ["DEAD"]
    scene.clock.pass_(90 * webhook.DAY)
    await scene.deliver()
    assert await scene.states() == []


async def test_what_was_delivered_is_sent_again_from_a_time(scene: Scene, receiver: Receiver):
    made = await scene.register(receiver.url)
    old, new, newest = ids(3)
    await scene.change(old)
    scene.clock.pass_(3600)
    since = scene.clock.now
    await scene.change(new)
    await scene.change(newest)
    await scene.deliver()
    first = list(receiver.ids)
    database = scene.world.database
    await webhooks.replay(database, made.id, since=since)
    await scene.deliver()
    earlier = {got.id for got in receiver.got if got.object == mark(old)}
    assert sorted(receiver.ids[3:]) == sorted(set(first) - earlier)
    await webhooks.replay(database, made.id)
    await scene.deliver()
    assert sorted(receiver.ids[5:]) == sorted(first)
    await webhooks.replay(database, made.id, since=since + dt.timedelta(days=1))
    assert await scene.deliver() == 0
    await webhooks.replay_event(database, made.id, uuid.UUID(first[0]), now=scene.clock.now)
    await scene.deliver()
    assert receiver.ids[8:] == first[:1]


async def test_replay_from_the_start_tells_what_was_before_the_webhook(
    scene: Scene, receiver: Receiver
):
    (before,) = ids(1)
    await scene.change(before)
    made = await scene.register(receiver.url)
    assert await scene.deliver() == 0
    await webhooks.replay(scene.world.database, made.id)
    await scene.deliver()
    assert receiver.objects == [mark(before)]
