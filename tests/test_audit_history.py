"""The audit history over HTTP (D10): one order, pages, and filters."""

import base64
import datetime as dt
import json
import uuid
from typing import Any

import pytest

import models
from models import Action
from models.errors import BadCursor
from resolvers.page import Order
from tests import auditing
from tests.auditing import HISTORY, Scene
from tests.world import NOW, World, global_id


@pytest.fixture
async def scene(world: World) -> Scene:
    return await auditing.scene(world)


async def same_moments(scene: Scene) -> None:
    """Twelve entries at three moments, four positions each, stored in no order."""
    for number in (7, 2, 11, 0, 5, 9, 3, 1, 10, 4, 8, 6):
        await scene.entry(
            Action.WORKSPACE_UPDATED,
            at=NOW + dt.timedelta(seconds=number // 4),
            position=number % 4 // 2,
            after={"number": number},
        )


def numbers(page: Any) -> list[int]:
    return [int(each["changes"][0]["after"]) for each in page["nodes"]]


async def test_it_is_in_one_order_newest_first_unless_told_otherwise(scene: Scene):
    await same_moments(scene)
    newest = numbers(await scene.read())
    # Two entries share moment and position: between them the ids decide.
    assert [number // 2 for number in newest] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0]
    assert numbers(await scene.read(oldestFirst=True)) == newest[::-1]


@pytest.mark.parametrize("size", [1, 2, 5, 12])
@pytest.mark.parametrize("oldest_first", [False, True])
async def test_pages_forwards_and_backwards_give_each_entry_once(
    scene: Scene, size: int, *, oldest_first: bool
):
    await same_moments(scene)
    whole = numbers(await scene.read(oldestFirst=oldest_first))
    order: dict[str, Any] = {"oldestFirst": oldest_first}
    forwards: list[int] = []
    page = await scene.read(first=size, **order)
    while True:
        forwards += numbers(page)
        if not page["pageInfo"]["hasNextPage"]:
            break
        page = await scene.read(first=size, after=page["pageInfo"]["endCursor"], **order)
    backwards: list[int] = []
    page = await scene.read(last=size, **order)
    while True:
        backwards = numbers(page) + backwards
        if not page["pageInfo"]["hasPreviousPage"]:
            break
        page = await scene.read(last=size, before=page["pageInfo"]["startCursor"], **order)
    assert forwards == backwards == whole


@pytest.mark.parametrize("position", [True, 1.5, "1", None, [], 2**31, -(2**31), 2**63, 10**400])
async def test_a_cursor_with_a_position_that_no_row_can_have_is_refused(
    scene: Scene, position: Any
):
    await scene.entry(Action.WORKSPACE_UPDATED)
    cursor = (await scene.read())["edges"][0]["cursor"]
    fingerprint, at, _, key = json.loads(base64.urlsafe_b64decode(cursor))
    forged = base64.urlsafe_b64encode(json.dumps([fingerprint, at, position, key]).encode())
    answer = await scene.client.ask(HISTORY, first=1, after=forged.decode())
    assert answer.errors[0]["extensions"]["code"] == "BAD_CURSOR"


def test_a_whole_number_is_a_place_in_a_list():
    order = Order(keys=("position", "id"))
    columns: list[Any] = [models.AuditEntry.position, models.AuditEntry.id]
    for position in (0, -1, 2**31 - 1):
        row = models.AuditEntry(position=position, id=uuid.uuid4())
        assert order.place(order.cursor(row), columns) == [position, row.id]
    row.position = 2**31
    with pytest.raises(BadCursor):
        order.place(order.cursor(row), columns)


async def test_a_cursor_is_bound_to_filter_and_order(scene: Scene):
    await scene.entry(Action.WORKSPACE_UPDATED)
    cursor = (await scene.read())["edges"][0]["cursor"]
    for other in ({"oldestFirst": True}, {"filter": {"actions": ["WORKSPACE_UPDATED"]}}):
        answer = await scene.client.ask(HISTORY, first=1, after=cursor, **other)
        assert answer.errors[0]["extensions"]["code"] == "BAD_CURSOR"


async def test_it_is_filtered_by_what_it_is_about_by_action_and_by_time(scene: Scene):
    world = scene.world
    talk = await world.conversation(scene.ann, scene.billing)
    evaluation = await world.evaluation(talk, scene.form, by=scene.quinn)
    coaching = await world.assignment(scene.ann, scene.quinn, talk)
    group = await world.group(scene.quinn, scene.ann)
    mark = uuid.uuid4()
    about_ann = {"agent_id": scene.ann.id}
    await scene.entry(Action.MARK_CREATED, mark_id=mark, **about_ann)
    await scene.entry(Action.ASSIGNMENT_CREATED, assignment_id=coaching.id, **about_ann)
    await scene.entry(Action.EVALUATION_SUBMITTED, evaluation_id=evaluation.id, **about_ann)
    await scene.entry(Action.GROUP_DISPATCHED, group_id=group.id)
    await scene.entry(Action.REVIEW_CLOSED, agent_id=scene.ben.id, actor_id=None)
    await scene.entry(Action.WORKSPACE_UPDATED)
    every = await scene.actions()
    assert len(every) == 6
    assert await scene.actions(agentIds=[global_id(scene.ann)]) == every[:3]
    assert await scene.actions(agentIds=[global_id(scene.ann), global_id(scene.ben)]) == [
        *every[:3],
        every[4],
    ]
    assert await scene.actions(assignmentIds=[global_id(coaching)]) == every[1:2]
    assert await scene.actions(evaluationIds=[global_id(evaluation)]) == every[2:3]
    marked = base64.b64encode(f"Mark:{mark}".encode()).decode()
    assert await scene.actions(markIds=[marked]) == every[:1]
    assert await scene.actions(groupIds=[global_id(group)]) == every[3:4]
    assert await scene.actions(actions=["REVIEW_CLOSED", "MARK_CREATED"]) == [every[0], every[4]]
    assert await scene.actions(actions=["MARK_CREATED"], agentIds=[global_id(scene.ben)]) == []
    assert await scene.actions(agentIds=["nonsense"]) == []
    third = (NOW + dt.timedelta(seconds=3)).isoformat()
    since: dict[str, Any] = {"from": third}
    assert await scene.actions(**since) == every[2:]
    assert await scene.actions(before=third) == every[:2]
    shown = (await scene.read(filter={"groupIds": [global_id(group)]}))["nodes"][0]
    assert (shown["group"], shown["agent"]) == ({"id": global_id(group)}, None)
    shown = (await scene.read(filter={"actions": ["REVIEW_CLOSED"]}))["nodes"][0]
    assert (shown["actor"], shown["agent"]) == ("system", {"name": "Ben"})
    shown = (await scene.read(filter={"evaluationIds": [global_id(evaluation)]}))["nodes"][0]
    assert (shown["actor"], shown["evaluation"]) == ("Quinn", {"id": global_id(evaluation)})
