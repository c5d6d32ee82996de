"""What a receiver may answer, and how long it is waited for."""

import datetime as dt
import threading
from collections.abc import AsyncIterator, Iterator

import pytest

from models import webhook
from server import webhook_sending
from tests.webhooks import Receiver, Reply, Scene, ids
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


def test_waits_grow_to_three_days_and_end():
    waits = [webhook.wait(tries, chance=0) for tries in range(1, webhook.TRIES + 1)]
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known)
    assert waits.index(None) == len(waits) - 1
    assert 2.5 < sum(wait.total_seconds() for wait in known) / webhook.DAY < 3.5
    longer = webhook.wait(1, chance=1)
    assert longer is not None
    assert longer.total_seconds() == 6
