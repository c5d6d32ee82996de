"""A user's bucket of cost: filled by what they ask for, emptied by time."""

import asyncio
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Role
from models.availability import Unavailable
from resolvers import throttle as throttle_rows
from server import throttle
from server.answer import Code
from server.throttle import Memory, Rule, Shared, Throttled
from tests import world as worlds
from tests.asking import NAME, RESPONSE, is_refused, plain, post
from tests.world import EVERYWHERE, World

ANN, BEN = ((uuid.uuid4(), uuid.uuid4()) for _ in range(2))
RULE = Rule(capacity=100, rate=10)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def test_a_bucket_takes_what_fits_and_runs_empty_with_time():
    clock = Clock()
    buckets = Memory(RULE, clock)
    assert await buckets.fill(ANN, 60) == 60
    assert await buckets.fill(ANN, 60) == 120  # let in while there is room, whatever comes of it
    with pytest.raises(Throttled) as full:
        await buckets.fill(ANN, 1)
    assert full.value.wait == 2
    clock.now += 2.1
    assert await buckets.fill(ANN, 1) == pytest.approx(100)
    assert await buckets.fill(BEN, 1) == 1
    clock.now += 1_000
    assert await buckets.fill(ANN, 1) == 1


async def test_what_an_operation_really_had_counts_in_the_end():
    clock = Clock()
    buckets = Memory(RULE, clock)
    await buckets.fill(ANN, 10)
    assert await buckets.correct(ANN, -8) == 2
    assert await buckets.correct(ANN, 500) == 502
    assert await buckets.correct(ANN, -900) == 0


@given(st.lists(st.tuples(st.integers(0, 10), st.floats(0, 5)), max_size=40))
async def test_nobody_ever_has_more_than_a_bucket_and_what_ran_out(steps: list[tuple[int, float]]):
    clock = Clock()
    buckets = Memory(RULE, clock)
    had = 0
    for cost, passed in steps:
        clock.now += passed
        try:
            await buckets.fill(ANN, cost)
        except Throttled as full:
            clock.now += full.wait  # whoever waits so long is let in
            await buckets.fill(ANN, cost)
        had += cost
        assert had <= RULE.capacity + 10 + RULE.rate * (clock.now - 1_000.0) + 1e-6


def test_an_operation_takes_a_tenth_of_the_bucket_at_most_while_it_runs():
    assert [RULE.reserved(cost) for cost in (0, 9, 10, 11, 10**9)] == [0, 9, 10, 10, 10]


async def test_the_bucket_that_was_used_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(throttle, "MOST_BUCKETS", 2)
    buckets = Memory(RULE, Clock())
    for user in (ANN, BEN, (uuid.uuid4(), uuid.uuid4())):
        await buckets.fill(user, 50)
    assert len(buckets) == 2
    assert await buckets.fill(BEN, 1) == 51
    assert await buckets.fill(ANN, 1) == 1


@pytest.mark.parametrize("shared", [False, True], ids=["memory", "shared"])
async def test_who_asks_for_too_much_is_told_how_long_to_wait(
    database_url: str, tmp_path: Path, shared: bool
):
    few: dict[str, Any] = {"throttle_capacity": 2, "throttle_rate": 1, "throttle_shared": shared}
    async with worlds.world(database_url, tmp_path, **few) as made:
        ann = made.client(await made.user(Role.QA, *EVERYWHERE))
        ben = made.client(await made.user(Role.QA, *EVERYWHERE))
        two = "{ a: viewer { name } b: viewer { name } }"
        answer = (await post(ann, {"query": two})).json()
        told = {"capacity": 2, "available": 0, "restoredEachSecond": 1}
        assert answer["extensions"] == {"cost": {"requested": 2, "actual": 2, "throttle": told}}
        await post(ann, {"query": two})
        for accept in (RESPONSE, "application/json"):
            response = await post(ann, {"query": NAME}, accept=accept)
            assert is_refused(response, 429, Code.THROTTLED)
            (error,) = response.json()["errors"]
            assert 1 <= error["extensions"]["retryAfter"] <= 2
            assert response.headers["retry-after"] == str(error["extensions"]["retryAfter"])
        # One's own limit is nobody else's, and what is refused costs nothing.
        assert (await post(ben, {"query": NAME})).status_code == 200


async def test_what_is_not_executed_costs_nothing(database_url: str, tmp_path: Path):
    async with worlds.world(database_url, tmp_path, throttle_capacity=2, throttle_rate=1) as made:
        ann = made.client(await made.user(Role.QA, *EVERYWHERE))
        for _ in range(5):
            wrong = await post(ann, {"query": "{ agents(first: 100) { nodes { nothing } } }"})
            assert is_refused(wrong, 400, Code.GRAPHQL_VALIDATION_FAILED)
        assert (await post(ann, {"query": NAME})).json()["extensions"]["cost"]["actual"] == 1


# --- Shared by workers ---


async def key_of(world: World) -> tuple[uuid.UUID, uuid.UUID]:
    user = await world.user(Role.QA)
    return user.workspace_id, user.id


async def test_workers_share_a_bucket(world: World):
    clock, key = Clock(), await key_of(world)
    one, two = (Shared(RULE, world.database, clock) for _ in range(2))
    assert await one.fill(key, 60) == 60
    assert await two.fill(key, 60) == 120
    with pytest.raises(Throttled) as full:
        await one.fill(key, 1)
    assert full.value.wait == 2
    clock.now += 5
    assert await one.correct(key, -30) == 40
    clock.now -= 100  # a machine whose clock is behind
    assert await two.fill(key, 1) == 41
    assert await two.fill(await key_of(world), 1) == 1
    assert await two.correct(key, -900) == 0


async def test_of_many_at_once_only_those_are_let_in_for_whom_there_is_room(world: World):
    key = await key_of(world)
    workers = [Shared(RULE, world.database, Clock()) for _ in range(40)]
    found = await asyncio.gather(*(w.fill(key, 10) for w in workers), return_exceptions=True)
    levels = sorted(each for each in found if isinstance(each, float))
    assert levels == [10.0 * n for n in range(1, 11)]
    assert sum(isinstance(each, Throttled) for each in found) == 30


async def test_what_an_operation_has_done_is_answered_though_its_cost_can_not_be_counted(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def away(*_: Any, **__: Any) -> float:
        raise Unavailable

    monkeypatch.setattr(throttle_rows, "correct", away)
    async with worlds.world(database_url, tmp_path, throttle_shared=True) as made:
        ann = made.client(await made.user(Role.QA, *EVERYWHERE, name="Quinn"))
        response = await post(ann, {"query": NAME})
        assert (response.status_code, plain(response)["data"]) == (
            200,
            {"viewer": {"name": "Quinn"}},
        )
