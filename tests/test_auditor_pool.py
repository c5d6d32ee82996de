"""Whom a dispute goes to where its form's pool names nobody (D3)."""

import pytest
import sqlalchemy as sa

import models
from models import DisputeRouting
from tests import reviewing
from tests.reviewing import Scene, refusals
from tests.world import NOW, World, global_id


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world, dispute_routing=DisputeRouting.DIFFERENT_AUDITOR)


async def leave(scene: Scene, user: models.User) -> None:
    """Disable somebody."""
    async with scene.world.database.write() as session:
        chosen = sa.update(models.User).where(models.User.id == user.id)
        await session.execute(chosen.values(disabled_at=NOW))


async def test_a_pool_without_names_is_everybody_who_audits_and_reaches_it(scene: Scene):
    travel = await scene.world.queue("Travel")
    await scene.auditor(travel, pool=False)  # Does not reach it.
    await scene.auditor(pool=False, disabled_at=NOW)
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    assert dispute["assignee"] == "Sue"
    refused = await scene.resolve(dispute["id"], {0: -1}, by=scene.qa)
    assert refusals(refused) == [("FORBIDDEN", [])]
    assert (await scene.resolve(dispute["id"], {0: -1}))["errors"] == []
    assert await scene.agrees()


async def test_without_names_nobody_is_left_where_only_who_scored_reaches_it(scene: Scene):
    await leave(scene, scene.sue)
    id_ = await scene.evaluated()
    assert refusals(await scene.respond(id_, 0)) == [("NO_AUDITOR", [])]


async def test_without_names_the_same_auditor_is_still_who_scored(world: World):
    scene = await reviewing.scene(world)
    assert (await scene.disputed(await scene.evaluated()))["assignee"] == "Quinn"
    talk = await world.conversation(scene.ann, scene.billing)
    other = await scene.evaluated(conversationId=global_id(talk))
    await leave(scene, scene.quinn)
    assert (await scene.disputed(other))["assignee"] == "Sue"
