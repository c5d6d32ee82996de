"""What a page of the audit history costs (E2)."""

import base64
import datetime as dt
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Action
from tests import auditing
from tests.auditing import HISTORY, Scene
from tests.world import NOW, World


@pytest.fixture
async def scene(world: World) -> Scene:
    return await auditing.scene(world)


async def test_a_page_costs_the_same_at_1_10_and_100_entries(scene: Scene):
    talk = await scene.world.conversation(scene.ann, scene.billing)
    made = await scene.world.evaluation(talk, scene.form, by=scene.quinn)
    coaching = await scene.world.assignment(scene.ann, scene.quinn, talk)
    group = await scene.world.group(scene.quinn, scene.ann)
    costs = []
    for rows in (1, 9, 90):  # added up: 1, 10, 100
        for _ in range(rows):
            await scene.entry(
                Action.EVALUATION_SUBMITTED,
                agent_id=scene.ann.id,
                evaluation_id=made.id,
                assignment_id=coaching.id,
                group_id=group.id,
                after={"assignee_id": str(scene.quinn.id)},
            )
        with scene.world.statements() as statements:
            await scene.read()
        costs.append(len(statements))
    # Who asks, the entries with all below them, how many; and whom one of them assigned.
    assert costs == [4] * 3


TABLE = "audit_entry"
ROWS = 30_000


async def fill(scene: Scene) -> dict[str, Any]:
    """A long history of many agents, of which each filter finds one row in a thousand."""
    keys = [uuid.uuid4() for _ in range(ROWS // 1000)]
    actions = list(Action)
    rows = [
        {
            "workspace_id": scene.world.workspace_id,
            "id": uuid.uuid4(),
            "at": NOW - dt.timedelta(minutes=number),
            "position": number % 3,
            "action": Action.REVIEW_CLOSED if number % 1000 else actions[number // 1000 % 5],
            **dict.fromkeys(
                ("agent_id", "assignment_id", "evaluation_id", "mark_id", "group_id"),
                keys[number % len(keys)],
            ),
        }
        for number in range(ROWS)
    ]
    async with scene.world.database.write() as session:
        await session.execute(sa.insert(models.AuditEntry), rows)
        await session.execute(sa.text("ANALYZE"))

    def of(kind: str) -> list[str]:
        return [base64.b64encode(f"{kind}:{keys[0]}".encode()).decode()]

    return {
        "nothing": {},
        "agentIds": {"agentIds": of("Agent")},
        "assignmentIds": {"assignmentIds": of("Assignment")},
        "evaluationIds": {"evaluationIds": of("Evaluation")},
        "markIds": {"markIds": of("Mark")},
        "groupIds": {"groupIds": of("CoachingGroup")},
        "actions": {"actions": [actions[1].name]},
        "from": {"from": (NOW - dt.timedelta(minutes=ROWS // 2)).isoformat()},
    }


def nodes_of(plan: Any) -> list[Any]:
    return [plan, *(node for below in plan.get("Plans", ()) for node in nodes_of(below))]


async def test_a_page_reads_an_index_no_further_than_it_shows(scene: Scene):
    """E2: on PostgreSQL, every page of the history, with every filter, from either end."""
    if scene.world.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no EXPLAIN ANALYZE")
    text = HISTORY.replace("totalCount", "")
    for name, filter_ in (await fill(scene)).items():
        first = (await scene.client.ask(text, first=20, filter=filter_)).data["auditHistory"]
        cursor = first["edges"][-1]["cursor"]
        for window in (
            {"first": 20},
            {"last": 20},
            {"first": 20, "after": cursor},
            {"last": 20, "before": cursor},
        ):
            (plan,) = await plans(scene, text, filter=filter_, **window)
            assert plan["Actual Rows"] <= 21
            (read,) = [each for each in nodes_of(plan) if each.get("Relation Name") == TABLE]
            assert read["Node Type"] in {"Index Scan", "Index Scan Backward"}, (name, window)
            assert read["Actual Rows"] <= 21, (name, window)
            assert not read.get("Rows Removed by Filter"), (name, window)


async def plans(scene: Scene, text: str, **variables: Any) -> list[Any]:
    """How the database went about the statements on the history of an operation."""
    seen: list[tuple[str, Any]] = []
    engine = scene.world.database.engine

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if f"FROM {TABLE}" in statement:
            seen.append((statement, parameters))

    sa.event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        assert (await scene.client.ask(text, **variables)).data
    finally:
        sa.event.remove(engine.sync_engine, "before_cursor_execute", note)
    found = []
    async with engine.connect() as connection:
        for statement, parameters in seen:
            explained = await connection.exec_driver_sql(
                f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", tuple(parameters)
            )
            found.append(explained.scalar_one()[0]["Plan"])
    return found
