"""Operations that write are compiled, write once whatever happens, and answer what they always did.

Two databases with the same rows are asked the same, one of them by plans (`tests/ways.py`).
"""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

import models
from models import Action
from models.availability import Unavailable
from resolvers import assigning, grouping
from schema.compiled.run import Run
from schema.view import View
from server import answer, operations
from server.answer import Code
from tests import asking, operating
from tests import ways as both
from tests import world as worlds
from tests.operating import CASES, Scene
from tests.twin_rows import rows_of
from tests.ways import Ways
from tests.world import World, global_id

WRITES = [
    (who, name)
    for who, names in CASES.items()
    for name in names
    if operations.text(name).startswith("mutation")
]
CREATE = operations.text("CreateAssignment")
GROUP = """mutation($input: CreateCoachingGroupInput!) { createCoachingGroup(input: $input) {
    coachingGroup { %s } errors { code } } }"""
UNREADABLE = 'name agentAssignments(first: 1, after: "x") { totalCount }'
"""Fields of a group of which one always fails, once the group is there to be asked."""


@dataclasses.dataclass
class Stage:
    ways: Ways
    scene: Scene

    def user(self, who: str = "qa") -> models.User:
        found: models.User = getattr(self.scene, f"{who}_user")
        return found

    async def ask(self, text: str, /, **variables: Any) -> Any:
        return await self.ways.ask(self.user(), text, **variables)

    def input(self, operation: str = "CreateAssignment", **changes: Any) -> Any:
        return {**operating.variables(self.scene, operation)["input"], **changes}


@pytest.fixture
async def stage(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Stage]:
    async with both.ways(request, database_url, tmp_path, operating.scene) as (ways, scene):
        yield Stage(ways, scene)


@contextmanager
def calls(module: Any, name: str, then: Any = None) -> Iterator[list[Any]]:
    """Collects what a write comes to; `then` is awaited with it afterwards, and may put another."""
    seen: list[Any] = []
    whole = getattr(module, name)

    async def call(*args: Any, **given: Any) -> Any:
        seen.append(None)
        found = seen[-1] = await whole(*args, **given)
        return found if then is None else await then(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, call)
        yield seen


async def test_the_named_ones_are_compiled_and_answer_the_same_bytes(stage: Stage):
    for who, name in WRITES:
        given = operating.variables(stage.scene, name)
        body = await stage.ways.ask(stage.user(who), operations.text(name), **given)
        ((payload),) = body["data"].values()
        assert payload["errors"] == [], name
    assert len(WRITES) == 10
    assert stage.ways.how == {"compiled": len(WRITES)}


async def test_what_is_selected_of_the_root_may_come_from_anywhere(stage: Stage):
    text = """mutation($input: CreateCoachingGroupInput!, $yes: Boolean!) {
        __typename ...F made: createCoachingGroup(input: $input) { coachingGroup { id } }
        createBookmark(input: {name: "x", colour: "#000000"}) @skip(if: $yes) { errors { code } } }
        fragment F on Mutation { made: createCoachingGroup(input: $input) {
            coachingGroup { name areas { name } } errors { code } } }"""
    given = stage.input("CreateCoachingGroup")
    data = (await stage.ask(text, input=given, yes=True))["data"]
    assert data["__typename"] == "Mutation"
    assert data["made"]["coachingGroup"]["name"] == "Winter"
    assert data.keys() == {"__typename", "made"}
    assert stage.ways.how == {"compiled": 1}


async def test_a_refusal_is_compiled_and_says_the_same(stage: Stage):
    payload = (await stage.ask(CREATE, input=stage.input(name="")))["data"]["createAssignment"]
    assert payload["assignment"] is None
    assert [error["code"] for error in payload["errors"]] == ["INVALID"]
    assert stage.ways.how == {"compiled": 1}


async def test_an_error_below_is_told_as_always_and_written_is_once(stage: Stage):
    with calls(grouping, "create") as seen:
        body = await stage.ask(GROUP % UNREADABLE, input=stage.input("CreateCoachingGroup"))
    assert len(seen) == 2, "once in each"
    assert body["data"] == {"createCoachingGroup": {"coachingGroup": None, "errors": []}}
    (error,) = body["errors"]
    assert error["path"] == ["createCoachingGroup", "coachingGroup", "agentAssignments"]
    assert error["locations"]
    assert len(await stage.ways.rows(models.CoachingGroup, name="Winter")) == 1
    assert len(await stage.ways.rows(models.AuditEntry, action=Action.GROUP_CREATED)) == 1
    assert stage.ways.how == {"ordinary": 1, "unusual": 1}


async def test_a_null_where_there_must_be_none_bubbles_as_always(stage: Stage):
    async def nameless(found: models.Assignment) -> models.Assignment:
        return models.Assignment(id=found.id, version=found.version)

    with calls(assigning, "create", nameless) as seen:
        body = await stage.ask(CREATE, input=stage.input())
    assert len(seen) == 2, "once in each"
    assert body["data"] == {"createAssignment": {"assignment": None, "errors": []}}
    assert body["errors"][0]["path"] == ["createAssignment", "assignment", "name"]
    assert len(await stage.ways.rows(models.Assignment, name="New")) == 1
    assert stage.ways.how == {"ordinary": 1, "unusual": 1}


async def test_a_resolver_that_fails_is_called_once_and_told_of_as_always(stage: Stage):
    async def fail(_: Any) -> None:
        raise ArithmeticError

    with calls(assigning, "create", fail) as seen:
        body = await stage.ask(CREATE, input=stage.input())
    assert len(seen) == 2, "once in each"
    assert body["data"] is None
    (error,) = body["errors"]
    assert error["path"] == ["createAssignment"]
    assert error["locations"] == [{"line": 2, "column": 3}]
    assert error["extensions"]["code"] == Code.INTERNAL
    assert stage.ways.how == {"ordinary": 1, "unusual": 1}


async def test_a_write_whose_database_goes_away_is_told_of_as_always(stage: Stage):
    async def away(_: Any) -> None:
        message = "gone"
        raise Unavailable(message)

    with calls(assigning, "create", away) as seen:
        body = await stage.ask(CREATE, input=stage.input())
    assert len(seen) == 2, "once in each"
    assert body["data"] is None
    assert body["errors"][0]["path"] == ["createAssignment"]
    assert body["errors"][0]["message"] == answer.AWAY


async def test_what_was_written_is_read_again_where_a_plan_could_not(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    async def away(_: Any) -> None:
        message = "gone"
        raise Unavailable(message)

    monkeypatch.setattr(View, "compiles", True)
    scene = await operating.scene(world)
    given = operating.variables(scene, "CreateAssignment")
    with calls(assigning, "create") as seen, calls(Run, "read", away) as failed:
        payload = (await scene.qa.ask(CREATE, **given)).data["createAssignment"]
    assert len(seen) == len(failed) == 1
    assert payload["assignment"]["areas"] == [{"id": ANY, "name": "Empathy"}]
    assert len(await rows_of(world, models.Assignment, name="New")) == 1


async def test_values_that_are_refused_call_no_resolver(stage: Stage):
    literal = 'mutation { createAssignment(input: {agentId: "x", name: 1}) { errors { code } } }'
    text = """mutation($to: Date!) { createAssignment(input: {agentId: "x", name: "x", areaIds: [],
        conversationIds: [], followUpOn: $to}) { errors { code } } }"""
    with calls(assigning, "create") as seen:
        assert "data" not in await stage.ask(literal)
        assert "data" not in await stage.ask(text, to="soon")
        assert "data" not in await stage.ask(CREATE, input=stage.input(agentId=None))
    assert seen == []


TWO = """mutation($a: CreateAssignmentInput!, $b: CreateAssignmentInput!) {
    a: createAssignment(input: $a) { assignment { %s } errors { code } }
    b: createAssignment(input: $b) { assignment { name } errors { code } } }"""


async def test_after_one_that_failed_the_next_is_not_begun(stage: Stage):
    async def fail(_: Any) -> None:
        raise ArithmeticError

    with calls(assigning, "create", fail) as seen:
        body = await stage.ask(TWO % "name", a=stage.input(), b=stage.input(name="Other"))
    assert len(seen) == 2, "once in each"
    assert body["data"] is None
    assert [error["path"] for error in body["errors"]] == [["a"]]
    assert await stage.ways.rows(models.Assignment, name="Other") == []


async def test_of_two_the_first_may_be_refused(stage: Stage):
    body = await stage.ask(TWO % "name", a=stage.input(name=""), b=stage.input(name="Other"))
    assert body["data"]["a"]["errors"] == [{"code": "INVALID"}]
    assert body["data"]["b"]["assignment"] == {"name": "Other"}
    assert len(await stage.ways.rows(models.Assignment, name="Other")) == 1
    assert stage.ways.how == {"ordinary": 1, "not compiled": 1}


async def test_each_of_two_reads_what_is_stored_after_it(stage: Stage):
    text = """mutation($a: RemoveAgentsFromGroupInput!, $b: AddAgentsToGroupInput!) {
        a: removeAgentsFromGroup(input: $a) { coachingGroup { members { name } } }
        b: addAgentsToGroup(input: $b) { coachingGroup { members { name } } } }"""
    given = {
        "groupId": global_id(stage.scene.pending),
        "agentIds": [global_id(stage.scene.ann)],
    }
    data = (await stage.ask(text, a=given, b=given))["data"]
    assert [len(each["coachingGroup"]["members"]) for each in data.values()] == [1, 2]


async def test_the_same_key_gives_the_first_answer_both_ways(stage: Stage):
    given = stage.input(idempotencyKey="once")
    one, other = [(await stage.ask(CREATE, input=given))["data"] for _ in range(2)]
    assert one == other
    assert len(await stage.ways.rows(models.Assignment, name="New")) == 1
    assert stage.ways.how == {"compiled": 2}


async def test_a_mutation_by_get_is_not_executed(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(View, "compiles", True)
    scene = await operating.scene(world)
    text = 'mutation { createBookmark(input: {name: "x", colour: "#000000"}) { errors { code } } }'
    assert asking.is_refused(await asking.get(scene.qa, query=text), 405, Code.BAD_USER_INPUT)
    assert (await asking.post(scene.qa, {"query": text})).status_code == 200


@pytest.mark.parametrize("during", [(assigning, "create"), (Run, "read")])
async def test_what_the_deadline_stops_is_not_begun_again(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, during: tuple[Any, str]
):
    async def sleep(found: Any) -> Any:
        await asyncio.sleep(60)
        return found

    monkeypatch.setattr(View, "compiles", True)
    async with worlds.world(database_url, tmp_path, deadline_seconds=3) as world:
        scene = await operating.scene(world)
        given = operating.variables(scene, "CreateAssignment")
        with calls(assigning, "create") as seen, calls(*during, sleep):
            response = await asking.post(scene.qa, {"query": CREATE, "variables": given})
        assert asking.only_error(response)["extensions"] == {"code": Code.TIMEOUT}
        assert len(seen) == 1
        assert len(await rows_of(world, models.Assignment, name="New")) == 1
