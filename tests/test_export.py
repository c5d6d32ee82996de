"""Bulk export: whole, within reach, in the API's words, and able to go on from anywhere."""

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from auth.viewer import Caller
from models import Permission, Role
from resolvers import export
from schema.export import EXPORTS
from tests import exporting
from tests.exporting import Scene, get, ids, lines, nodes, parsed
from tests.world import COACH, EVERYWHERE, World, global_id

MODELS: dict[str, Any] = {
    "assignments": models.Assignment,
    "marks": models.Mark,
    "evaluations": models.Evaluation,
}
GROUP = ("group", "dispatch", "member", "candidate", "Secret plan", "coachingType")


@pytest.fixture
async def scene(world: World) -> Scene:
    return await exporting.scene(world)


@pytest.mark.parametrize("name", EXPORTS)
async def test_an_export_has_every_row_once_in_the_order_of_ids(scene: Scene, name: str):
    found = await nodes(scene.qa, name)
    assert [each["id"] for each in found] == await ids(scene.world, MODELS[name])
    assert found


@pytest.mark.parametrize("name", EXPORTS)
async def test_every_line_is_what_node_answers(scene: Scene, name: str):
    document = EXPORTS[name].document(Caller(role=Role.QA, permissions=frozenset(EVERYWHERE)))
    for each in await nodes(scene.qa, name):
        answer = await scene.qa.ask(document, ids=[each["id"]])
        assert answer.data["nodes"] == [each]


async def test_a_supervisor_exports_what_is_in_reach(scene: Scene):
    for name, model in MODELS.items():
        if name == "marks":
            continue
        own = await ids(scene.world, model, model.agent_id == scene.ann.id)
        assert [each["id"] for each in await nodes(scene.billing_supervisor, name)] == own


async def test_a_partner_reads_nothing_of_groups(scene: Scene):
    for each in await nodes(scene.partner, "assignments"):
        assert (each["coachingType"], each["group"]) == (None, None)
    told = [each["group"] for each in await nodes(scene.qa, "assignments") if each["group"]]
    assert [each["name"] for each in told] == ["Secret plan"] * 2


async def test_for_an_agent_there_is_no_export(scene: Scene):
    never = await get(scene.agent, "never")
    for name in EXPORTS:
        for after in (None, "junk"):
            answer = await get(scene.agent, name, after)
            assert (answer.status_code, answer.content) == (404, never.content)
            assert not [word for word in GROUP if word in answer.text]


async def test_an_export_is_there_for_those_who_read_its_objects(world: World):
    users = {
        "marks": await world.user(Role.PARTNER, Permission.COACHING_ASSIGNMENTS),
        "assignments": await world.user(Role.SUPERVISOR, Permission.QA_FUNCTIONALITIES),
    }
    for name, user in users.items():
        assert (await get(world.client(user), name)).status_code == 404
        assert (await get(world.client(user), "evaluations")).status_code == 200
    for role in (Role.QA, Role.PARTNER):
        marks = world.client(await world.user(role, Permission.QA_FUNCTIONALITIES))
        assert (await get(marks, "marks")).status_code == 200


async def test_another_workspace_is_not_there(scene: Scene):
    other = World(scene.world.database, scene.world.http, scene.world.key)
    other.numbers = scene.world.numbers
    await other.workspace()
    client = other.client(await other.user(Role.QA, *EVERYWHERE))
    for name in EXPORTS:
        assert await lines(client, name) == []


async def test_without_queues_there_is_nothing_to_export(scene: Scene):
    client = scene.world.client(await scene.world.user(Role.QA, *COACH))
    for name in EXPORTS:
        answer = await get(client, name)
        assert parsed(answer.content) == [{"end": True, "cursor": None}]


async def test_the_last_line_says_that_it_is_the_end_and_where(scene: Scene):
    *found, end = parsed((await get(scene.qa, "marks")).content)
    assert end == {"end": True, "cursor": found[-1]["cursor"]}
    assert parsed((await get(scene.qa, "marks", end["cursor"])).content) == [end]


@pytest.mark.parametrize("name", EXPORTS)
async def test_from_any_cursor_the_rest_follows_to_the_byte(
    scene: Scene, name: str, monkeypatch: pytest.MonkeyPatch
):
    whole = (await get(scene.qa, name)).content
    rows = whole.splitlines(keepends=True)
    for size in (1, 2, 3, 100):
        monkeypatch.setattr(export, "PAGE", size)
        assert (await get(scene.qa, name)).content == whole
        for number, line in enumerate(parsed(whole)[:-1], start=1):
            rest = (await get(scene.qa, name, line["cursor"])).content
            assert b"".join(rows[:number]) + rest == whole


@given(data=st.data())
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_cut_off_anywhere_and_gone_on_with_the_parts_are_the_whole(data: st.DataObject):
    """Of any stream of lines, cut at any byte, any number of times: what a client is told to do."""
    count = data.draw(st.integers(0, 12))
    rows = export.Rows("marks", models.Mark)
    keys = sorted(uuid.uuid4() for _ in range(count))
    cursors = rows.cursors(keys)
    whole = [f'{{"cursor":"{each}","node":{{}}}}\n'.encode() for each in cursors]
    got: list[bytes] = []
    cursor: str | None = None
    for _ in range(20):
        place = rows.place(cursor)
        stream = b"".join(line for key, line in zip(keys, whole, strict=True) if key > place)
        cut = data.draw(st.integers(0, len(stream)))
        complete = stream[:cut].rpartition(b"\n")[0]
        told = [line + b"\n" for line in complete.split(b"\n") if line]
        got += told
        if told:
            cursor = parsed(told[-1])[0]["cursor"]
        if cut == len(stream):
            break
    assert got == whole[: len(got)]


async def test_what_changes_meanwhile_is_told_once_and_lost_never(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    """Changed before it is read: told as it now is. Made or gone meanwhile: others don't mind."""
    monkeypatch.setattr(export, "PAGE", 2)
    before = await ids(scene.world, models.Assignment)
    first = parsed((await get(scene.qa, "assignments")).content)[:2]
    async with scene.world.database.write() as session:
        await session.execute(sa.update(models.Assignment).values(name="Renamed", version=2))
    talk = await scene.world.conversation(scene.ann, scene.billing, form=scene.form)
    made = global_id(await scene.world.assignment(scene.ann, scene.quinn, talk))
    rest = await lines(scene.qa, "assignments", first[-1]["cursor"])
    told = [each["node"]["id"] for each in [*first, *rest]]
    assert [each for each in told if each != made] == before
    assert told.count(made) in {0, 1}
    assert all(each["node"]["name"] == "Renamed" for each in rest if each["node"]["id"] != made)


@pytest.mark.parametrize("name", EXPORTS)
async def test_a_page_costs_as_many_statements_however_many_rows_it_has(scene: Scene, name: str):
    found = await lines(scene.qa, name)
    counts = []
    for cursor in (None, found[-2]["cursor"]):
        with scene.world.statements() as statements:
            await get(scene.qa, name, cursor)
        counts.append(len(statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("never", 404, "BAD_USER_INPUT"),
        ("assignments?aftre=x", 400, "BAD_USER_INPUT"),
        ("assignments?after=junk", 400, "BAD_CURSOR"),
        ("assignments?after=", 400, "BAD_CURSOR"),
        ("assignments?after=" + "x" * 20_000, 414, "BAD_USER_INPUT"),
    ],
)
async def test_what_is_wrong_from_the_start_has_a_status_and_a_code(
    scene: Scene, path: str, status: int, code: str
):
    answer = await get(scene.qa, path)
    assert answer.status_code == status
    assert [each["extensions"]["code"] for each in answer.json()["errors"]] == [code]


async def test_a_cursor_belongs_to_its_export(scene: Scene):
    cursor = (await lines(scene.qa, "marks"))[0]["cursor"]
    answer = await get(scene.qa, "assignments", cursor)
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_CURSOR"


async def test_only_get_is_served(scene: Scene):
    headers = {"authorization": f"Bearer {scene.qa.bearer}"}
    answer = await scene.qa.http.post("/export/marks", headers=headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


async def test_without_a_valid_token_nothing_is_told(scene: Scene):
    scene.qa.bearer += "x"
    for name in (*EXPORTS, "never"):
        answer = await get(scene.qa, name)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
