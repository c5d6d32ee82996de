"""E3: pages of marks, candidates and groups cost the same, whatever the number of rows."""

from typing import Any

import pytest

import models
from models import Role
from schema.node import encode
from tests import marking
from tests.client import Client
from tests.marking import Scene
from tests.world import COACH, World

MARKS = """query($first: Int) { marks(first: $first) { nodes { id state markedBy
    agent { name } areas { name } conversations { id } group { name members { name } }
    assignment { id } viewerActions { action } } } }"""
PREVIEW = """query($id: ID!) { previewDispatch(groupId: $id) {
    assignments { agent { name } areas { name } conversations { id } } skipped { name } } }"""


async def fill(scene: Scene, rows: int) -> models.CoachingGroup:
    """So many more candidates, grouped agents, marks and groups."""
    crowd = []
    for number in range(rows):
        agent = await scene.world.agent(f"Agent {number}", scene.billing)
        talk = await scene.world.conversation(agent, scene.billing, messages=0)
        await scene.mark(agent, talk)
        group = await scene.group(agent)
        await scene.mark(agent, talk, areas=(scene.calm,), group=group)
        crowd.append((agent, talk))
    big = await scene.group(*(agent for agent, _ in crowd))
    by = await scene.world.user(Role.QA)
    for agent, talk in crowd:
        await scene.mark(agent, talk, by=by, group=big)
    return big


@pytest.mark.parametrize("everywhere", [True, False])
async def test_pages_cost_the_same_at_1_10_and_100_rows(world: World, everywhere: bool):
    scene = await marking.scene(world)
    lead = await world.user(Role.SUPERVISOR, *COACH, queues=(scene.billing,))
    client: Client = scene.client if everywhere else world.client(lead)
    counts: dict[str, list[int]] = {}
    for rows in (1, 9, 90):  # added up: 1, 10, 100
        big = await fill(scene, rows)
        pages = ("CoachingCandidates", "CoachingGroups", MARKS)
        given: dict[str, dict[str, Any]] = {text: {"first": 100} for text in pages}
        given[PREVIEW] = {"id": encode("CoachingGroup", big.id)}
        for text, variables in given.items():
            with world.statements() as statements:
                answer = await client.ask(text, **variables)
            assert answer.data
            counts.setdefault(text, []).append(len(statements))
    assert {text: set(found) for text, found in counts.items()} == {
        text: {found[0]} for text, found in counts.items()
    }
    # Who asks, the page, its total; of candidates: areas, count, marks with all below them.
    assert counts["CoachingCandidates"][0] == 7
    # Who asks, the page with all below it, its total; what may be done with its groups, and
    # whether they are whole where that is a question.
    assert counts["CoachingGroups"][0] == (4 if everywhere else 5)
