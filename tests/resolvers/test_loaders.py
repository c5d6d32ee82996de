"""Loaders: one statement for all rows of a level, and a batch outlives a field that fails."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
import sqlalchemy as sa
import strawberry

import models
from models import Role
from resolvers.level import Batch, Levels
from resolvers.loaders import Loader, Loaders
from tests.world import AGENT, EVERYWHERE, World, viewer

SOON = 10
"""Seconds within which whatever does not hang is done."""

RELATIONS = [
    models.Assignment.agent,
    models.Assignment.areas,
    models.Assignment.best_responses,
    models.Assignment.conversations,
    models.Assignment.action_plan,
    models.Assignment.group,
    models.Assignment.itself,
]


async def coached(world: World, rows: int) -> tuple[models.User, list[models.Assignment]]:
    """So many assignments with one of everything, two of some."""
    qa = await world.user(Role.QA, *EVERYWHERE)
    queue = await world.queue()
    areas = (await world.attribute("Tact"), await world.attribute("Empathy"))
    made = []
    for number in range(rows):
        agent = await world.agent(f"Agent {number}", queue)
        talks = [await world.conversation(agent, queue, messages=1) for _ in range(2)]
        group = await world.group(qa, agent)
        each = await world.assignment(
            agent, qa, *talks, areas=areas, best=(talks[0],), group_id=group.id
        )
        of = {"workspace_id": world.workspace_id, "assignment_id": each.id}
        await world.add(*(models.ActionStep(**of, position=n, text=f"Step {n}") for n in (2, 1)))
        made.append(each)
    return qa, made


@pytest.mark.parametrize("rows", [1, 10, 100])
async def test_a_relation_of_any_number_of_rows_is_one_statement(world: World, rows: int):
    qa, parents = await coached(world, rows)
    for relation in RELATIONS:
        loaders = Loaders(world.database, viewer(qa))
        with world.statements() as statements:
            found = await asyncio.gather(*(loaders.related(relation.property, p) for p in parents))
        assert len(statements) == 1, relation
        assert all(found)
        for parent, value in zip(parents, found, strict=True):
            if relation.property.uselist:
                owners = {getattr(each, "assignment_id", parent.id) for each in value}
                assert owners == {parent.id}
    loaders = Loaders(world.database, viewer(qa))
    with world.statements() as statements:
        relation = models.Assignment.conversations.property
        counts = await asyncio.gather(*(loaders.count(relation, p) for p in parents))
        again = await asyncio.gather(*(loaders.count(relation, p) for p in parents))
    assert len(statements) == 1
    assert counts == again == [2] * rows


async def test_lists_come_in_the_order_of_the_mapper(world: World):
    qa, (parent,) = await coached(world, 1)
    loaders = Loaders(world.database, viewer(qa))
    areas = await loaders.related(models.Assignment.areas.property, parent)
    steps = await loaders.related(models.Assignment.action_plan.property, parent)
    assert [area.name for area in areas] == ["Empathy", "Tact"]
    assert [step.position for step in steps] == [1, 2]


async def test_a_relation_without_a_key_is_none_and_costs_nothing(world: World):
    qa = await world.user(Role.QA, *EVERYWHERE)
    made = await world.assignment(await world.agent(), qa)
    loaders = Loaders(world.database, viewer(qa))
    with world.statements() as statements:
        assert await loaders.related(models.Assignment.group.property, made) is None
        assert await loaders.row(models.Agent, None) is None
    assert statements == []


async def test_what_is_out_of_reach_is_not_loaded_by_any_relation(world: World):
    _, (parent,) = await coached(world, 1)
    idle = await world.user(Role.SUPERVISOR)
    loaders = Loaders(world.database, viewer(idle))
    for relation in (models.Assignment.agent, models.Assignment.conversations):
        assert not await loaders.related(relation.property, parent)
    assert await loaders.count(models.Assignment.conversations.property, parent) == 0


def loader(batch: Batch) -> Loader:
    return Loader(batch, Levels())


async def settled(waiting: Iterable[Any]) -> list[Any]:
    async with asyncio.timeout(SOON):
        return await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_cancelled_field_takes_nothing_from_those_that_wait_for_the_same_batch():
    batches: list[list[int]] = []
    started = asyncio.Event()

    async def batch(keys: list[int]) -> list[int]:
        batches.append(keys)
        started.set()
        await asyncio.sleep(0.01)
        return [key * 10 for key in keys]

    values = loader(batch)

    async def field(key: int) -> Any:
        return await values.load(key)

    same, cancelled, other = (asyncio.ensure_future(field(key)) for key in (1, 1, 2))
    await started.wait()
    cancelled.cancel()
    found = await settled((same, cancelled, other, field(1)))
    assert found[0] == found[3] == 10
    assert isinstance(found[1], asyncio.CancelledError)
    assert found[2] == 20
    assert batches == [[1, 2]]


async def test_a_value_whose_every_field_was_cancelled_can_be_asked_for_again():
    async def batch(keys: list[int]) -> list[int]:
        return keys

    values = loader(batch)
    waiting = values.load(1)
    waiting.cancel()
    assert isinstance((await settled([waiting]))[0], asyncio.CancelledError)
    assert await settled([values.load(1)]) == [1]


async def test_a_batch_that_fails_fails_for_all_that_wait_and_is_not_remembered():
    attempts: list[list[int]] = []

    async def batch(keys: list[int]) -> list[int]:
        attempts.append(keys)
        if len(attempts) == 1:
            message = "no database"
            raise OSError(message)
        return keys

    values = loader(batch)
    found = await settled([values.load(1), values.load(2)])
    assert [type(each) for each in found] == [OSError, OSError]
    assert await settled([values.load(1)]) == [1]
    assert attempts == [[1, 2], [1]]


SHARED = 5
"""The key that every item asks for: they wait for one future."""


@strawberry.type
class Item:
    number: int

    @strawberry.field
    async def slow(self, info: strawberry.Info[Any, None]) -> int:
        found: int = await info.context.load(SHARED)
        return found * self.number

    @strawberry.field
    async def fails(self) -> int:
        if self.number == 0:
            message = "on purpose"
            raise ValueError(message)
        return self.number


@strawberry.type
class Query:
    @strawberry.field
    def items(self) -> list[Item | None]:
        return [Item(number=number) for number in range(3)]


class Quiet(strawberry.Schema):
    def process_errors(self, errors: Any, execution_context: Any = None) -> None:
        """Keep failures that are on purpose out of the log."""


@pytest.mark.parametrize("text", ["{ items { slow fails } }", "{ items { fails slow } }"])
async def test_a_sibling_that_fails_leaves_the_batch_to_the_others(text: str):
    async def batch(keys: list[int]) -> list[int]:
        await asyncio.sleep(0.01)
        return [key * 10 for key in keys]

    async with asyncio.timeout(SOON):
        found = await Quiet(Query).execute(text, context_value=loader(batch))
    assert found.data == {"items": [None, {"slow": 50, "fails": 1}, {"slow": 100, "fails": 2}]}
    assert [error.message for error in found.errors or ()] == ["on purpose"]


@pytest.mark.parametrize(
    "text",
    [
        "{ assignments(first: 9) { nodes { areas { id } agentAssignments { totalCount } } } }",
        "{ assignments(first: 9) { nodes { agentAssignments { totalCount } areas { id } } } }",
        "{ viewer { agent { id } } assignments(first: 0) { totalCount } }",
        "{ a: assignments(first: 9) { nodes { areas { id } } } b: assignments { totalCount } }",
    ],
)
async def test_a_bad_request_beside_loading_fields_is_just_that(world: World, text: str):
    """ground.md, trap 1: it was a 500, or hung."""
    _, parents = await coached(world, 3)
    async with world.database.read() as session:
        ann = await session.scalar(sa.select(models.Agent).filter_by(id=parents[0].agent_id))
    people = [
        await world.user(Role.QA, *EVERYWHERE),
        await world.user(Role.AGENT, *AGENT, agent=ann),
    ]
    for user in people:
        client = world.client(user)
        async with asyncio.timeout(SOON):
            answer = await client.ask(text)
            assert answer.response.status_code == 200
            assert {e["extensions"]["code"] for e in answer.errors} == {"BAD_USER_INPUT"}
            fine = await client.ask("{ assignments(first: 9) { nodes { areas { name } } } }")
        assert fine.data["assignments"]["nodes"]


async def test_loaders_of_two_operations_share_nothing(world: World):
    qa, (parent,) = await coached(world, 1)
    relation = models.Assignment.areas.property
    before = Loaders(world.database, viewer(qa))
    assert len(await before.related(relation, parent)) == 2
    more = await world.attribute("Patience")
    await world.add(
        models.AssignmentArea(
            workspace_id=world.workspace_id, assignment_id=parent.id, attribute_id=more.id
        )
    )
    assert len(await before.related(relation, parent)) == 2
    assert len(await Loaders(world.database, viewer(qa)).related(relation, parent)) == 3
