"""What receivers may do to a delivery, what becomes of it, and sending it again."""

import datetime as dt
import threading
import uuid
from collections.abc import AsyncIterator, Iterator

import pytest

from models import webhook
from resolvers import webhook as webhooks
from resolvers import webhook_delivery
from server import webhook_sending
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


async def test_a_redirect_is_a_failure_and_is_not_followed(scene: Scene, receiver: Receiver):
    with Receiver().running() as other:
        receiver.answering = lambda _got: Reply(307, {"location": other.url})
        await scene.register(receiver.url)
        await scene.change(*ids(1))
        await scene.deliver()
        assert other.got == []
    (delivery,) = await scene.deliveries()
    assert delivery.error == "answered 307, and redirects are not followed"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("1", 5),
        ("Mon, 01 Jan 2029 00:05:00 GMT", 300),
        ("999999999", webhook.LONGEST),
        ("soon", 5),
        ("-5", 5),
    ],
)
async def test_a_receiver_is_left_alone_for_as_long_as_it_asks(
    scene: Scene, receiver: Receiver, text: str, seconds: int
):
    scene.clock.now = dt.datetime(2029, 1, 1, tzinfo=dt.UTC)
    receiver.answering = lambda _got: Reply(503, {"retry-after": text})
    await scene.register(receiver.url)
    await scene.change(*ids(1))
    await scene.deliver()
    (delivery,) = await scene.deliveries()
    assert (delivery.due_at - scene.clock.now).total_seconds() == seconds


async def test_a_slow_receiver_is_left_and_does_not_hold_up_others(
    scene: Scene, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(webhook_sending, "WHOLE_SECONDS", 1)
    done = threading.Event()
    with Receiver(answering=lambda _got: Reply(slow=done)).running() as slow:
        await scene.register(slow.url)
        await scene.register(receiver.url)
        await scene.change(*ids(1))
        worker = scene.worker()
        await worker.step()
        await worker.drain()
        assert receiver.got
        assert not done.is_set()
        done.set()
    assert sorted(each.error or "" for each in await scene.deliveries()) == [
        "",
        "no answer within 1 seconds",
    ]


async def test_of_a_huge_answer_little_is_read(scene: Scene, receiver: Receiver):
    receiver.answering = lambda _got: Reply(200, forever=True)
    await scene.register(receiver.url)
    await scene.change(*ids(1))
    await scene.deliver()
    assert await scene.states() == ["DELIVERED"]
    assert receiver.written < 50_000_000  # what fits into the buffers of the two ends


async def test_nobody_there_is_a_failure_like_any_other(scene: Scene):
    receiver = Receiver()
    with receiver.running():
        await scene.register(receiver.url)
    await scene.change(*ids(1))
    await scene.deliver()
    (delivery,) = await scene.deliveries()
    assert (delivery.state, delivery.tries, delivery.status) == ("PENDING", 1, None)
    assert (delivery.error or "").startswith("no connection: ")


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


def test_waits_grow_to_three_days_and_end():
    waits = [webhook.wait(tries, chance=0) for tries in range(1, webhook.TRIES + 1)]
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known)
    assert waits.index(None) == len(waits) - 1
    assert 2.5 < sum(wait.total_seconds() for wait in known) / webhook.DAY < 3.5
    longer = webhook.wait(1, chance=1)
    assert longer is not None
    assert longer.total_seconds() == 6
