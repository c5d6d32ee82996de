"""Deliveries to a real receiver: each event, in order by object, whatever fails."""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa
import standardwebhooks

from models import Action, EventKind, OutboxEvent, webhook
from resolvers import audit, webhook_delivery
from resolvers import webhook as webhooks
from resolvers.audit import About, System
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


async def test_a_change_is_told_signed_and_thin(scene: Scene, receiver: Receiver):
    scene.clock.now = dt.datetime.now(dt.UTC)  # receivers refuse what is older than minutes
    made = await scene.register(receiver.url)
    (key,) = ids(1)
    await scene.change(key)
    assert await scene.deliver() == 1
    (got,) = receiver.got
    told = standardwebhooks.Webhook(made.secret).verify(got.body, got.headers)
    assert told == {
        "type": "mark.changed",
        "timestamp": scene.clock.now.isoformat(),
        "data": {"kind": "Mark", "id": mark(key), "agentId": None},
    }
    assert got.headers["content-type"] == "application/json"
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook("whsec_" + "A" * 43 + "=").verify(got.body, got.headers)


async def test_what_is_no_node_of_the_api_has_no_id(scene: Scene, receiver: Receiver):
    await scene.register(receiver.url)
    async with scene.world.database.write() as session:
        system = System(workspace_id=scene.world.workspace_id, now=scene.clock.now)
        audit.record(session, system, Action.WORKSPACE_UPDATED, About(), after={})
    await scene.deliver()
    told = json.loads(receiver.got[0].body)
    assert (told["type"], told["data"]["kind"]) == ("workspace.changed", "Workspace")
    assert told["data"]["id"] is None


async def test_only_the_chosen_kinds_are_told_and_only_from_now_on(
    scene: Scene, receiver: Receiver
):
    before, group, after = ids(3)
    await scene.change(before)
    await scene.register(receiver.url, EventKind.MARK_CHANGED)
    await scene.change(group, action=Action.GROUP_CREATED)
    await scene.change(after)
    await scene.deliver()
    assert receiver.objects == [mark(after)]


async def test_a_receiver_that_fails_five_times_and_is_restarted_gets_each_event_in_order(
    scene: Scene,
):
    one, two = ids(2)
    down = Receiver(answering=failing(5))
    with down.running():
        await scene.register(down.url)
        for _ in range(3):
            await scene.change(one, two)
        for seconds in (0, 10, 60):  # both objects, three times: it fails five times
            scene.clock.pass_(seconds)
            await scene.deliver()
    assert len(down.got) == 6 + 2  # the sixth was taken, and so what follows of that object
    scene.clock.pass_(3600)
    await scene.deliver()  # nobody is there
    with down.running():
        scene.clock.pass_(24 * 3600)
        await scene.deliver()
    assert await scene.states() == ["DELIVERED"] * 6
    taken = dict.fromkeys(down.ids)  # repeats are told by their id
    assert len(taken) == 6
    async with scene.world.database.read() as session:
        told = await session.scalars(
            sa.select(OutboxEvent).order_by(OutboxEvent.number, OutboxEvent.position)
        )
        expected = [(mark(event.subject_id), str(event.id)) for event in told]
    first = {got.id: got.object for got in reversed(down.got)}
    for object_ in (mark(one), mark(two)):
        assert [id_ for id_ in taken if first[id_] == object_] == [
            id_ for named, id_ in expected if named == object_
        ]


async def test_repeats_have_the_same_id_and_body(scene: Scene, receiver: Receiver):
    receiver.answering = failing(2)
    await scene.register(receiver.url)
    await scene.change(*ids(1))
    for _ in range(3):
        await scene.deliver()
        scene.clock.pass_(60)
    assert len({(got.id, got.body) for got in receiver.got}) == 1 < len(receiver.got) == 3


async def test_an_object_waits_for_its_earlier_event_and_others_go_on(
    scene: Scene, receiver: Receiver
):
    stuck, free = ids(2)
    receiver.answering = lambda got: Reply(500 if got.object == mark(stuck) else 200)
    await scene.register(receiver.url)
    await scene.change(stuck, free)
    await scene.change(stuck, free)
    await scene.deliver()
    assert sorted(receiver.objects) == sorted([mark(stuck), mark(free), mark(free)])
    receiver.answering = lambda _got: Reply()
    scene.clock.pass_(5)
    await scene.deliver()
    assert receiver.objects[3:] == [mark(stuck), mark(stuck)]
    assert len(set(receiver.ids)) == 4


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
