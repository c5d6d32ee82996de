"""For the same rows, plans answer in the same bytes on both databases."""

import random
from pathlib import Path
from typing import Any

import orjson
import pytest

import auth.viewer
from resolvers.operation import Operation
from schema.view import View, Views
from tests import odd_rows, twin_rows
from tests import world as worlds
from tests.hidden import VIEWS
from tests.twin_worlds import empty
from tests.world import World, proof

LEAST = 300
"""Bytes of any answer that has rows in it."""

TEXTS = (
    """{ conversations(first: 100) { totalCount edges { cursor node {
      id startedAt endedAt channel topic intent sentimentScore koreEvaluationScore
      agent { id name agentId agentGroup { name } } queue { name }
      transcript { position speaker sentAt text } insights { title text }
      evaluations { id evaluatedAt evaluatedBy total passed reviewState
        scores { adherence points comment metric { name weight } } history { at actor action } }
    } } } }""",
    """{ assignments(first: 100) { nodes { __typename id name followUpOn assignedAt status
      areas { name } ... on Assignment { strengths improvements agent { name } version
        conversations { reviewedAt position } bestResponses { position } actionPlan { text } }
    } } }""",
    """{ agents(first: 100) { nodes { name queues { name } } }
      attributes(last: 9) { nodes { name } } }""",
)


async def told(world: World, user: Any, text: str) -> bytes:
    """The bytes of an answer's data."""
    viewer = await auth.viewer.Callers(world.database, 0).find(proof(user.id))
    assert viewer is not None
    view: View = Views(VIEWS.whole).of(viewer)
    found = await view.execute(text, context_value=Operation(world.database, viewer))
    assert found.errors is None
    assert view.plans.counts == {"compiled": 1}
    return orjson.dumps(found.data)


@pytest.mark.usefixtures("sqlite_template", "postgresql_template")
async def test_the_same_rows_are_the_same_bytes_on_both_databases(
    world: World, request: pytest.FixtureRequest, tmp_path: Path
):
    users = await odd_rows.fill(world)
    await odd_rows.make_odd(world, random.Random(3))  # noqa: S311 - to be repeated
    other = "postgresql" if world.database.engine.dialect.name == "sqlite" else "sqlite"
    (tmp_path / "twin").mkdir()
    async with (
        empty(request, other, tmp_path / "twin.sqlite3") as url,
        worlds.world(url, tmp_path / "twin") as twin,
    ):
        await twin_rows.copy(world, twin)
        for text in TEXTS:
            one, another = [await told(each, users["qa"], text) for each in (world, twin)]
            assert one == another
            assert orjson.loads(one) == orjson.loads(another)
            assert len(one) > LEAST
