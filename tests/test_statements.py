"""E3: each level of a drill-down costs the same number of statements, whatever the rows."""

import pytest

from models import Role
from schema.view import View
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, World


async def fill(world: World, rows: int) -> tuple[Client, Client]:
    """A QA user and an agent, with so many rows at every level that can have many."""
    billing, empathy = await world.queue(), await world.attribute()
    form = await world.form(empathy)
    qa = await world.user(Role.QA, *EVERYWHERE)
    ann = await world.agent("Ann", billing)
    talks = [await world.conversation(ann, billing, form=form) for _ in range(min(rows, 10))]
    for talk in talks:
        await world.evaluation(talk, form, by=qa)
    agents = [ann, *[await world.agent(f"Agent {n}", billing) for n in range(min(rows, 10) - 1)]]
    for _ in range(rows):
        await world.assignment(ann, qa, *talks, areas=(empathy,), best=(talks[0],))
    group = await world.group(qa, *agents)
    for agent in agents:
        await world.assignment(agent, qa, *talks, areas=(empathy,), group_id=group.id)
    user = await world.user(Role.AGENT, *AGENT, agent=ann)
    return world.client(qa), world.client(user)


# Who asks, the page with all below it, and its length. SQLite nests only so deep: there, a level
# that lies deeper is a statement of its own.
COMPILED = {
    "DrillDown": {"postgresql": 2, "sqlite": 10},
    "AssignmentsPage": {"postgresql": 3, "sqlite": 3},
    "MyAssignments": {"postgresql": 4, "sqlite": 4},
}
# Who asks (1) and the rows, of two kinds (2); areas and assignments of each kind (4); of the
# assignments: agent, areas, count, conversations (4); of these: conversation, queue, transcript,
# insights, evaluations (5); of these: form, evaluator, scores, history, metric (5).
# The agent who asks is a statement of its own beside the assignments' agent.
ORDINARY = {"DrillDown": 21, "AssignmentsPage": 9, "MyAssignments": 7}


@pytest.mark.parametrize("operation", COMPILED)
async def test_a_compiled_operation_costs_the_same_at_1_10_and_100_rows(
    world: World, operation: str
):
    expected = COMPILED[operation][world.database.engine.dialect.name]
    assert await costs(world, operation) == [expected] * 3


@pytest.mark.parametrize("operation", ORDINARY)
async def test_the_ordinary_executor_costs_the_same_at_1_10_and_100_rows(
    world: World, operation: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(View, "compiles", False)
    assert await costs(world, operation) == [ORDINARY[operation]] * 3


async def costs(world: World, operation: str) -> list[int]:
    """The statements of an operation at 1, 10 and 100 rows."""
    counts: list[int] = []
    for rows in (1, 9, 90):  # added up: 1, 10, 100
        qa, agent = await fill(world, rows)
        client = agent if operation.startswith("My") else qa
        with world.statements() as statements:
            await client.ask(operation, first=100)
        counts.append(len(statements))
    return counts
