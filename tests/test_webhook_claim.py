"""Claims: one sender at a time for each delivery and each object."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from resolvers import webhook_delivery
from server.webhook_sending import WHOLE_SECONDS
from tests.webhooks import Scene, ids
from tests.webhooks import scene as scenes
from tests.world import World

URL = "http://127.0.0.1:9/"


@pytest.fixture
async def scene(world: World) -> AsyncIterator[Scene]:
    async with scenes(world) as made:
        yield made


async def test_of_claims_at_the_same_moment_none_has_what_another_has(scene: Scene):
    made = await scene.register(URL)
    keys = ids(20)
    for _ in range(3):
        await scene.change(*keys)
    database, now = scene.world.database, scene.clock.now
    await webhook_delivery.hand_out(database, made, now=now)
    claims = await asyncio.gather(
        *(webhook_delivery.claim(database, made, most=8, now=now) for _ in range(5))
    )
    claimed = [each.subject_id for claim in claims for each in claim]
    assert len(claimed) == len(set(claimed))
    while left := await webhook_delivery.claim(database, made, most=8, now=now):
        claimed += [each.subject_id for each in left]
    assert sorted(claimed) == sorted(keys), "of each object one, and of every object"


def test_a_claim_holds_for_longer_than_a_try():
    assert webhook_delivery.LEASE.total_seconds() >= 2 * WHOLE_SECONDS
