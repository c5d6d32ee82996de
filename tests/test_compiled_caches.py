"""What plans remember: how much of it, and for whom."""

import dataclasses
from typing import Any

import orjson
import pytest
from graphql.execution.values import get_variable_values

from auth.viewer import Viewer
from models import Role
from models.prepared import Prepared
from resolvers.operation import Operation
from schema.compiled import pages, plan, variables
from schema.view import View, Views
from tests.hidden import VIEWS
from tests.world import EVERYWHERE, World, viewer

NAMES = """query ($first: Int!, $after: String, $search: String, $on: Boolean = true) {
  agents(first: $first, after: $after, search: $search) {
    nodes { name @include(if: $on) } pageInfo { endCursor }
  }
}"""

Asking = tuple[World, View, Viewer]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The statements that are prepared from now on."""
    found: list[Any] = []
    make = Prepared.__init__

    def noted(self: Any, *given: Any) -> None:
        found.append(self)
        make(self, *given)

    monkeypatch.setattr(Prepared, "__init__", noted)
    return found


@pytest.fixture
async def asking(world: World) -> Asking:
    queue = await world.queue()
    for name in ("Ann", "Ben", "Cleo"):
        await world.agent(name, queue)
    who = viewer(await world.user(Role.QA, *EVERYWHERE))
    return world, Views(VIEWS.whole).of(who), who


async def ask(asking: Asking, text: str = NAMES, **given: Any) -> Any:
    """The data of an operation; its plan has told all of it."""
    world, view, who = asking
    context = Operation(world.database, who)
    found = await view.execute(text, variable_values=given, context_value=context)
    assert found.errors is None
    assert not view.plans.counts["ordinary"]
    return orjson.loads(orjson.dumps(found.data))


def names(data: Any) -> list[str]:
    return [each["name"] for each in data["agents"]["nodes"]]


def plans(asking: Asking, text: str = NAMES) -> dict[Any, Any]:
    return asking[1].document(text).plans


async def test_another_cursor_asks_the_same_statement(asking: Asking, made: list[Any]):
    after, seen, counts = None, [], []
    for _ in range(3):
        data = await ask(asking, first=1, after=after)
        after = data["agents"]["pageInfo"]["endCursor"]
        seen += names(data)
        counts.append(len(made))
    assert seen == ["Ann", "Ben", "Cleo"]
    # The first page has no cursor; all others are one statement.
    assert counts[0] < counts[1] == counts[2]


async def test_another_size_asks_a_statement_of_its_own(asking: Asking, made: list[Any]):
    assert names(await ask(asking, first=1)) == ["Ann"]
    before = len(made)
    assert names(await ask(asking, first=2)) == ["Ann", "Ben"]
    assert len(made) > before
    before = len(made)
    assert names(await ask(asking, first=1)) == ["Ann"]
    assert len(made) == before


async def test_another_viewer_of_the_kind_gets_their_own_rows_by_the_same_plan(
    asking: Asking, made: list[Any]
):
    world, view, who = asking
    text = "{ bookmarks(first: 5) { nodes { name } } }"
    other = await world.user(Role.QA, *EVERYWHERE)
    await world.bookmark(other)
    assert (await ask(asking, text))["bookmarks"]["nodes"] == []
    before = len(made)
    theirs = world, view, dataclasses.replace(who, user_id=other.id)
    assert len((await ask(theirs, text))["bookmarks"]["nodes"]) == 1
    assert len(made) == before
    assert len(plans(asking, text)) == 1


@pytest.mark.parametrize("flag", ["accept_and_dispute", "auto_qa", "hide_auditor_details"])
async def test_a_viewer_with_another_flag_gets_another_plan(asking: Asking, flag: str):
    world, view, who = asking
    await ask(asking, first=1)
    changed: Any = {flag: not getattr(who, flag)}
    await ask((world, view, dataclasses.replace(who, **changed)), first=1)
    assert len(plans(asking)) == 2


async def test_a_viewer_of_another_kind_gets_another_plan(asking: Asking):
    world, view, who = asking
    everywhere = await ask(asking, first=1)
    fewer = dataclasses.replace(who, permissions=frozenset(EVERYWHERE[:-1]))
    nowhere = await ask((world, view, fewer), first=1)
    assert (names(everywhere), names(nowhere)) == (["Ann"], [])
    assert len(plans(asking)) == 2


async def test_plans_of_a_document_are_bounded(asking: Asking, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plan, "MOST", 2)
    world, view, who = asking
    for on in (True, False):
        for auto_qa in (True, False):
            some = world, view, dataclasses.replace(who, auto_qa=auto_qa)
            await ask(some, first=1, on=on)
            assert len(plans(asking)) <= 2
    assert names(await ask(asking, first=1)) == ["Ann"]


async def test_statements_of_a_list_are_bounded(
    asking: Asking, monkeypatch: pytest.MonkeyPatch, made: list[Any]
):
    monkeypatch.setattr(pages, "MOST", 2)
    for size in (1, 2, 3):
        assert names(await ask(asking, first=size, search="Cleo")) == ["Cleo"]
    before = len(made)
    assert names(await ask(asking, first=3, search="Cleo")) == ["Cleo"]
    assert len(made) == before
    assert names(await ask(asking, first=1, search="Cleo")) == ["Cleo"]
    assert len(made) > before


async def test_another_value_in_a_filter_is_read_by_the_same_statement(
    asking: Asking, made: list[Any]
):
    assert names(await ask(asking, first=1, search="Ann")) == ["Ann"]
    before = len(made)
    for search in ("Ben", "Cleo", "Nobody", "Ann"):
        found = names(await ask(asking, first=1, search=search))
        assert found == ([search] if search != "Nobody" else [])
    assert len(made) == before


async def test_values_of_variables_are_coerced_once(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
):
    coerced: list[Any] = []
    coerce = get_variable_values

    def noted(schema: Any, defined: Any, given: Any) -> Any:
        coerced.append(given)
        return coerce(schema, defined, given)

    monkeypatch.setattr(variables, "get_variable_values", noted)
    for first in (1, 1, 2, 1):
        assert len(names(await ask(asking, first=first))) == first
    assert len(coerced) == 2


async def test_equal_values_of_two_kinds_are_not_taken_for_one_another(asking: Asking):
    world, view, who = asking
    assert len(names(await ask(asking, first=1))) == 1
    given: Any
    for given in ({"first": True}, {"first": 1, "on": 1}):
        context = Operation(world.database, who)
        found = await view.execute(NAMES, variable_values=given, context_value=context)
        assert found.errors, given


async def test_values_that_are_remembered_are_bounded(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(variables, "MOST", 2)
    _, view, _ = asking
    for first in (1, 2, 3, 1):
        await ask(asking, first=first)
        assert len(view.document(NAMES).variables) <= 2
    monkeypatch.setattr(variables, "LONGEST", 3)
    await ask(asking, first=1, search="Cleo")
    assert not any("Cleo" in str(key) for key in view.document(NAMES).variables)
