"""Reading coaching groups over HTTP (G1), and who may see and change them (V2, V6, G4)."""

import uuid
from typing import Any

import pytest

import models
from models import GroupState, MarkState, Role
from schema.node import encode
from tests import marking
from tests.client import Client
from tests.marking import Scene, changing_a_group, refusals
from tests.world import AGENT, COACH, SUPERVISOR, World, global_id

CREATE = "CreateCoachingGroup"
ADD = "AddAgentsToGroup"
UPDATE = changing_a_group("updateCoachingGroup")
DELETE = changing_a_group("deleteCoachingGroup")
REMOVE = changing_a_group("removeAgentsFromGroup")
MOVE = changing_a_group("moveMarksToGroup")
LIST = """query($search: String, $after: String, $first: Int = 100) {
    coachingGroups(first: $first, after: $after, search: $search) { totalCount
    pageInfo { endCursor hasNextPage } nodes { id name canAssign markedConversationCount
    members { name } areas { name } viewerActions { action allowed reason } } } }"""
AVAILABLE = "query($name: String!) { groupNameAvailable(name: $name) }"


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


def sound(scene: Scene, **changes: Any) -> dict[str, Any]:
    return {"name": "Spring", "areaIds": [global_id(scene.empathy)], **changes}


async def lead(scene: Scene, *queues: models.Queue) -> Client:
    return scene.world.client(await scene.world.user(Role.SUPERVISOR, *COACH, queues=queues))


async def test_pending_groups_are_listed_by_name_and_searched(scene: Scene):
    await scene.world.group(scene.qa, scene.ann, name="Sent")
    full = await scene.group(scene.ann, scene.ben, name="b full")
    talk = await scene.talk(scene.ann)
    await scene.mark(scene.ann, talk, group=full)
    await scene.mark(scene.ann, talk, await scene.talk(scene.ann), areas=(scene.calm,), group=full)
    await scene.mark(scene.ann, areas=(scene.calm,), state=MarkState.REMOVED)
    await scene.group(name="A empty")
    listed = await scene.ask(LIST)
    assert listed["totalCount"] == 2
    empty, shown = listed["nodes"]
    assert (empty["name"], empty["canAssign"], empty["members"]) == ("A empty", False, [])
    assert (shown["markedConversationCount"], shown["canAssign"]) == (2, True)
    assert [each["name"] for each in shown["members"]] == ["Ann", "Ben"]
    assert [each["name"] for each in shown["areas"]] == ["Empathy"]
    assert (await scene.ask(LIST, search="FULL"))["totalCount"] == 1
    first = await scene.ask(LIST, first=1)
    assert first["pageInfo"]["hasNextPage"]
    second = await scene.ask(LIST, first=1, after=first["pageInfo"]["endCursor"])
    assert [each["name"] for each in second["nodes"]] == ["b full"]
    reasons = [
        {a["action"]: a["reason"] for a in each["viewerActions"]} for each in listed["nodes"]
    ]
    assert reasons[0]["DISPATCH_COACHING_GROUP"] == "GROUP_HAS_NO_CONVERSATIONS"
    assert set(reasons[1].values()) == {None}


async def test_members_out_of_reach_stay_and_are_not_shown(scene: Scene):
    travel = await scene.world.queue("Travel")
    tom = await scene.world.agent("Tom", travel)
    group = await scene.group(scene.ann, tom)
    talk = await scene.talk(tom, travel)
    toms = await scene.mark(tom, talk, group=group)
    client = await lead(scene, scene.billing)
    (shown,) = (await scene.ask(LIST, client))["nodes"]
    assert shown["members"] == [{"name": "Ann"}]
    assert (shown["markedConversationCount"], shown["canAssign"]) == (0, False)
    reasons = {each["action"]: each["reason"] for each in shown["viewerActions"]}
    assert {name for name, reason in reasons.items() if reason == "FORBIDDEN"} == {
        "DELETE_COACHING_GROUP",
        "DISPATCH_COACHING_GROUP",
    }
    given = {"groupId": global_id(group), "agentIds": [global_id(tom)]}
    assert refusals(await scene.do(REMOVE, client, **given)) == [("NOT_FOUND", ["agentIds", "0"])]
    forbidden = await scene.do(DELETE, client, groupId=global_id(group), expectedVersion=1)
    assert refusals(forbidden) == [("FORBIDDEN", [])]
    renamed = await scene.do(
        UPDATE, client, groupId=global_id(group), expectedVersion=1, name="Renamed"
    )
    assert renamed["coachingGroup"]["members"] == [{"name": "Ann"}]
    given["agentIds"] = [global_id(scene.ann)]
    # The group leaves the viewer's reach by this, and they are told of what they did all the same.
    left = await scene.do(REMOVE, client, **given)
    assert left["coachingGroup"]["members"] == []
    assert (await scene.row(toms)).group_id == group.id
    assert refusals(await scene.do(REMOVE, client, **given)) == [("NOT_FOUND", ["groupId"])]


async def test_a_group_out_of_reach_can_not_be_changed(scene: Scene):
    client = await lead(scene, await scene.world.queue("Travel"))
    group, mark = await scene.group(scene.ann), await scene.mark(scene.ann)
    for target in (global_id(group), encode("CoachingGroup", uuid.uuid4()), "x"):
        given: dict[str, Any] = {"groupId": target}
        writes: dict[str, dict[str, Any]] = {
            UPDATE: {"expectedVersion": 1},
            DELETE: {"expectedVersion": 1},
            ADD: {"agentIds": [global_id(scene.ann)]},
            REMOVE: {"agentIds": [global_id(scene.ann)]},
            MOVE: {"markIds": [global_id(mark)]},
        }
        for text, more in writes.items():
            answer = await scene.do(text, client, **given, **more)
            assert refusals(answer) == [("NOT_FOUND", ["groupId"])]


async def test_sent_groups_can_not_be_changed(scene: Scene):
    group = await scene.world.group(scene.qa, scene.ann)
    mark = await scene.mark(scene.ben)
    given: dict[str, Any] = {"groupId": global_id(group)}
    writes: dict[str, dict[str, Any]] = {
        UPDATE: {"expectedVersion": 7},
        DELETE: {"expectedVersion": 7},
        ADD: {"agentIds": [global_id(scene.ben)]},
        REMOVE: {"agentIds": [global_id(scene.ann)]},
        MOVE: {"markIds": [global_id(mark)]},
    }
    for text, more in writes.items():
        assert refusals(await scene.do(text, **given, **more)) == [("GROUP_ALREADY_SENT", [])]
    assert (await scene.row(group)).state is GroupState.SENT


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.PARTNER])
async def test_groups_are_not_there_for_those_who_may_not_see_them(scene: Scene, role: Role):
    agent = scene.ann if role is Role.AGENT else None
    some = AGENT if agent else SUPERVISOR
    user = await scene.world.user(role, *some, queues=(scene.billing,), agent=agent)
    client = scene.world.client(user)
    asked: dict[str, dict[str, Any]] = {
        LIST: {},
        AVAILABLE: {"name": "x"},
        CREATE: {"input": sound(scene)},
        ADD: {"input": {"groupId": "x", "agentIds": []}},
    }
    for text, given in asked.items():
        answer = await client.ask(text, **given)
        assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert await scene.count(models.CoachingGroup) == 0
