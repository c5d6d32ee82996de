"""The third wall, from outside: the application forgets all that it knows about who reaches what.

An agent is given the whole schema and no condition on any row. What then still keeps others' rows
and all about groups from them is PostgreSQL, and of its refusals nothing leaks.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Permission
from schema.node import encode
from tests.client import Client
from tests.documents import Asked, Documents
from tests.hidden import TOP, VIEWS
from tests.test_wall_of_agents import NOTHING, WORDS
from tests.walled import TABLES, Rows, a_row_of_each, forget_everything
from tests.world import World

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

FAULT = "Something went wrong on our side."
OWN_WRITES = {"assignment", "assignment_conversation", "audit_entry", "best_response"}
"""Where an agent's reviews change rows of their own."""

FOLLOWS = {
    "agent_coaching",
    "coaching_group",
    "coaching_total",
    "group_coaching",
    "group_total",
    "outbox_event",
    "queue_set",
    "queue_set_queue",
}
"""What follows from them in the same transaction, though it is not there for agents."""


def kinds() -> Iterator[tuple[str, str]]:
    for name in TOP.type_map:
        model = getattr(getattr(VIEWS.whole.get_type_by_name(name), "origin", None), "model", None)
        table = sa.inspect(model).local_table if model else None
        if table is not None and "id" in table.columns:
            yield name, table.name


KINDS = dict(kinds())
"""Tables by the name of their type."""


@pytest.fixture
async def rows(world: World) -> list[Rows]:
    """Rows of an agent who may do everything, a colleague's, and another workspace's."""
    own = await a_row_of_each(world)
    made = [own, await a_row_of_each(world, own["workspace"]), await a_row_of_each(world)]
    async with world.database.write() as session:
        await session.execute(sa.update(models.Workspace).values(time_zone="UTC"))
        await session.execute(sa.update(models.User).values(permissions=frozenset(Permission)))
    return made


def words(rows: Rows, names: set[str]) -> set[str]:
    """All texts and ids in rows of these tables: none of them is in any other row."""
    found = {
        value
        for name in names
        for column, value in rows[name].items()
        if type(value) is str and not column.endswith("_key")
    }
    return found | {encode(kind, rows[name]["id"]) for kind, name in KINDS.items() if name in names}


def secrets(own: Rows, colleague: Rows, other: Rows) -> set[str]:
    """What the agent may not learn."""
    shared = WORDS | {"workspace"}
    about = words(own, NOTHING - shared) | words(colleague, set(TABLES) - shared)
    return about | words(other, set(TABLES)) | {colleague["user"]["email"]}


def texts(answer: Any) -> Iterator[str]:
    """All texts in an answer, one by one."""
    match answer:
        case dict():
            for value in answer.values():
                yield from texts(value)
        case list():
            for value in answer:
                yield from texts(value)
        case str():
            yield answer


def everything(rows: list[Rows]) -> Documents:
    return Documents(
        TOP,
        {kind: [encode(kind, each[name]["id"]) for each in rows] for kind, name in KINDS.items()},
    )


async def told(client: Client, asked: Asked) -> tuple[set[str], bool]:
    """The texts of an answer, and whether it says that something went wrong."""
    text, variables = asked
    response = await client.send({"query": text, "variables": variables})
    body = json.loads(response.content)
    errors = body.pop("errors", [])
    for error in errors:
        masked = error["message"] == FAULT and error["extensions"]["code"] == "INTERNAL"
        assert masked or error["extensions"]["code"] != "INTERNAL", (text, error)
        assert "permission" not in error["message"], (text, error)
    return set(texts(body)) | {error["message"] for error in errors}, FAULT in str(errors)


async def test_an_agent_learns_nothing_of_others_or_groups_though_the_application_forgets_all(
    world: World, rows: list[Rows], monkeypatch: pytest.MonkeyPatch
):
    documents = everything(rows)
    forget_everything(monkeypatch)
    agent, hidden = world.client(models.User(**rows[0]["user"])), secrets(*rows)
    asked = [*documents.reads(), *documents.arguments()]
    seen: set[str] = set()
    refused = 0
    for each in asked:
        found, failed = await told(agent, each)
        assert not found & hidden, each
        seen |= found
        refused += failed
    assert rows[0]["assignment"]["name"] in seen
    assert refused > 20
    # The same documents do tell those who may see it: the test looks where there is something.
    async with world.database.write() as session:
        await session.execute(sa.update(models.User).values(role=models.Role.QA, agent_id=None))
    shown = {text for each in asked for text in (await told(agent, each))[0]}
    assert rows[0]["coaching_group"]["name"] in shown
    assert rows[1]["assignment"]["name"] in shown
    assert not shown & words(rows[2], set(TABLES))


async def stored(world: World) -> dict[str, set[str]]:
    """All rows, by their table."""
    async with world.database.read() as session:
        return {
            name: {repr(row) for row in await session.execute(sa.select(table))}
            for name, table in TABLES.items()
        }


async def test_an_agent_changes_nothing_of_others_or_groups_though_the_application_forgets_all(
    world: World, rows: list[Rows], monkeypatch: pytest.MonkeyPatch
):
    forget_everything(monkeypatch)
    agent, hidden = world.client(models.User(**rows[0]["user"])), secrets(*rows)
    before = await stored(world)
    for _, text in everything(rows).writes(30):
        found, _ = await told(agent, (text, {}))
        assert not found & hidden, text
    after = await stored(world)
    for name in TABLES:
        if name not in OWN_WRITES | FOLLOWS:
            assert after[name] == before[name], name
    for name in OWN_WRITES:
        for whose in rows[1:]:
            kept = {row for row in before[name] if str(whose[name]["id"]) in row}
            assert kept, name
            assert kept <= after[name], name
