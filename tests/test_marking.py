"""Marking agents for coaching over HTTP (M1 to M5)."""

import asyncio
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Action, GroupState, MarkState, Role
from schema.node import encode, key
from tests import marking
from tests.marking import Scene, refusals
from tests.world import COACH, EVERYWHERE, World, global_id

MARK = "MarkForCoaching"
ADD = """mutation($input: AddConversationsToMarkInput!) { addConversationsToMark(input: $input) {
    mark { id version conversations { id } } errors { code path } } }"""
REMOVE = """mutation($input: RemoveMarkInput!) { removeMark(input: $input) {
    mark { id version state group { id } } errors { code path } } }"""
LIST = """query($filter: MarkFilter) { marks(first: 100, filter: $filter) {
    totalCount nodes { id state areas { name } group { id } } } }"""


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def given(scene: Scene, talk: models.Conversation, **changes: Any) -> dict[str, Any]:
    evaluation = await scene.evaluation(talk)
    sound = {"evaluationId": global_id(evaluation), "areaIds": [global_id(scene.empathy)]}
    return {**sound, **changes}


async def test_a_mark_is_about_the_evaluations_agent_and_conversation(scene: Scene):
    talk = await scene.talk(scene.ann)
    made = await scene.do(MARK, **await given(scene, talk))
    assert made["errors"] == []
    assert made["existingMark"] is None
    mark = made["mark"]
    assert mark["agent"]["name"] == "Ann"
    assert [area["name"] for area in mark["areas"]] == ["Empathy"]
    assert [each["id"] for each in mark["conversations"]] == [global_id(talk)]
    assert (mark["state"], mark["version"], mark["group"]) == ("ACTIVE", 1, None)
    assert mark["markedBy"] == "Quinn"
    entry = await scene.entry(Action.MARK_CREATED)
    assert entry.agent_id == scene.ann.id
    assert entry.mark_id == key(mark["id"], "Mark")
    assert entry.after == {
        "area_ids": [str(scene.empathy.id)],
        "conversation_ids": [str(talk.id)],
    }


async def test_with_a_pending_group_mark_and_agent_join_it(scene: Scene):
    group = await scene.group(scene.ben)
    talk = await scene.talk(scene.ann)
    made = await scene.do(MARK, **await given(scene, talk, groupId=global_id(group)))
    assert made["mark"]["group"]["id"] == global_id(group)
    members = await scene.rows(models.CoachingGroupMember)
    assert {each.agent_id for each in members} == {scene.ann.id, scene.ben.id}
    assert (await scene.row(group)).version == 2
    moved = await scene.entry(Action.GROUP_MARKS_MOVED)
    assert moved.group_id == group.id
    calm = [global_id(scene.calm)]
    again = await scene.do(MARK, **await given(scene, talk, areaIds=calm, groupId=global_id(group)))
    assert again["errors"] == []
    assert await scene.count(models.CoachingGroupMember) == 2


@pytest.mark.parametrize("state", [GroupState.SENT, GroupState.DELETED])
async def test_a_mark_does_not_join_a_group_that_is_done(scene: Scene, state: GroupState):
    group = await scene.world.group(scene.qa, scene.ann, sent=state is GroupState.SENT)
    if state is GroupState.DELETED:
        async with scene.world.database.write() as session:
            await session.execute(sa.update(models.CoachingGroup).values(state=state))
    talk = await scene.talk(scene.ann)
    answer = await scene.do(MARK, **await given(scene, talk, groupId=global_id(group)))
    code = {
        GroupState.SENT: ("GROUP_ALREADY_SENT", []),
        GroupState.DELETED: ("NOT_FOUND", ["groupId"]),
    }
    assert refusals(answer) == [code[state]]
    assert await scene.count(models.Mark) == 0


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"evaluationId": "x"}, "NOT_FOUND", ["evaluationId"]),
        ({"evaluationId": encode("Evaluation", uuid.uuid4())}, "NOT_FOUND", ["evaluationId"]),
        ({"areaIds": []}, "INVALID", ["areaIds"]),
        ({"areaIds": [encode("Attribute", uuid.uuid4())]}, "NOT_FOUND", ["areaIds", "0"]),
        ({"groupId": encode("CoachingGroup", uuid.uuid4())}, "NOT_FOUND", ["groupId"]),
        ({"idempotencyKey": ""}, "INVALID", ["idempotencyKey"]),
    ],
)
async def test_a_bad_mark_is_refused_and_leaves_nothing(
    scene: Scene, changes: dict[str, Any], code: str, path: list[str]
):
    talk = await scene.talk(scene.ann)
    answer = await scene.do(MARK, **await given(scene, talk, **changes))
    assert refusals(answer) == [(code, path)]
    for model in (models.Mark, models.MarkArea, models.AuditEntry, models.OutboxEvent):
        assert await scene.count(model) == 0


async def test_a_second_mark_of_an_area_is_refused_with_the_first_one(scene: Scene):
    first = (await scene.do(MARK, **await given(scene, await scene.talk(scene.ann))))["mark"]
    areas = [global_id(scene.calm), global_id(scene.empathy)]
    other = await scene.talk(scene.ann)
    again = await scene.do(MARK, **await given(scene, other, areaIds=areas))
    assert refusals(again) == [("DUPLICATE_MARK", ["areaIds", "1"])]
    assert again["existingMark"] == first
    assert (await scene.count(models.Mark), await scene.count(models.MarkArea)) == (1, 1)
    added = await scene.do(
        ADD, markId=first["id"], conversationIds=[global_id(other)], expectedVersion=1
    )
    assert len(added["mark"]["conversations"]) == 2


async def test_a_mark_is_a_duplicate_only_for_its_user_agent_and_area_and_while_active(
    scene: Scene,
):
    talk = await scene.talk(scene.ann)
    first = await scene.do(MARK, **await given(scene, talk))
    colleague = scene.world.client(await scene.world.user(Role.QA, *EVERYWHERE))
    for client, changes, who in [
        (colleague, {}, scene.ann),
        (scene.client, {"areaIds": [global_id(scene.calm)]}, scene.ann),
        (scene.client, {}, scene.ben),
    ]:
        about = talk if who is scene.ann else await scene.talk(who)
        made = await scene.do(MARK, client, **await given(scene, about, **changes))
        assert made["errors"] == []
    await scene.do(REMOVE, markId=first["mark"]["id"], expectedVersion=1)
    assert (await scene.do(MARK, **await given(scene, talk)))["errors"] == []


async def test_of_50_identical_marks_at_once_one_is_made(scene: Scene):
    sent = await given(scene, await scene.talk(scene.ann))
    answers = await asyncio.gather(*(scene.do(MARK, **sent) for _ in range(50)))
    made = [answer["mark"]["id"] for answer in answers if answer["mark"]]
    assert len(made) == 1
    others = [answer for answer in answers if not answer["mark"]]
    assert {answer["existingMark"]["id"] for answer in others} == set(made)
    assert {refusals(answer)[0][0] for answer in others} == {"DUPLICATE_MARK"}
    assert await scene.count(models.Mark) == 1
    assert await scene.count(models.AuditEntry) == 1


async def test_marks_that_overlap_do_not_wait_for_each_other_for_ever(scene: Scene):
    areas = [global_id(scene.empathy), global_id(scene.calm)]
    talks = [await scene.talk(scene.ann) for _ in range(12)]
    sent = [
        await given(scene, talk, areaIds=areas[:: 1 if number % 2 else -1])
        for number, talk in enumerate(talks)
    ]
    answers = await asyncio.gather(*(scene.do(MARK, **each) for each in sent))
    assert sum(bool(answer["mark"]) for answer in answers) == 1
    assert await scene.count(models.MarkArea) == 2


async def test_the_same_key_and_input_give_the_first_mark(scene: Scene):
    sent = await given(scene, await scene.talk(scene.ann), idempotencyKey="k")
    answers = await asyncio.gather(*(scene.do(MARK, **sent) for _ in range(6)))
    assert answers == [answers[0]] * 6
    assert answers[0]["mark"]
    other = await scene.do(MARK, **{**sent, "areaIds": [global_id(scene.calm)]})
    assert refusals(other) == [("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])]


async def test_conversations_are_added_once_each(scene: Scene):
    first, second = await scene.talk(scene.ann), await scene.talk(scene.ann)
    mark = await scene.mark(scene.ann, first)
    ids = [global_id(second), global_id(first)]
    added = await scene.do(ADD, markId=global_id(mark), conversationIds=ids, expectedVersion=1)
    assert added["errors"] == []
    assert added["mark"]["version"] == 2
    assert {each["id"] for each in added["mark"]["conversations"]} == set(ids)
    entry = await scene.entry(Action.MARK_CONVERSATIONS_ADDED)
    assert entry.after == {"conversation_ids": [str(second.id)]}
    again = await scene.do(ADD, markId=global_id(mark), conversationIds=ids, expectedVersion=2)
    assert again["mark"]["version"] == 2
    assert await scene.count(models.AuditEntry) == 1


async def test_added_conversations_are_of_the_same_agent_and_evaluated(scene: Scene):
    mark = await scene.mark(scene.ann)
    raw = await scene.world.conversation(scene.ann, scene.billing)
    bens = await scene.talk(scene.ben)
    for keys, code in [
        ([global_id(bens)], ("OTHER_AGENT", ["conversationIds", "0"])),
        ([global_id(raw)], ("NOT_EVALUATED", ["conversationIds", "0"])),
        (["x"], ("NOT_FOUND", ["conversationIds", "0"])),
        ([], ("INVALID", ["conversationIds"])),
        ([global_id(bens)] * 2, ("INVALID", ["conversationIds"])),
    ]:
        sent = {"markId": global_id(mark), "conversationIds": keys, "expectedVersion": 1}
        assert refusals(await scene.do(ADD, **sent)) == [code]
    assert (await scene.row(mark)).version == 1


async def test_a_mark_has_at_most_100_conversations(scene: Scene):
    mark = await scene.mark(scene.ann, *[await scene.talk(scene.ann) for _ in range(100)])
    keys = [global_id(await scene.talk(scene.ann))]
    answer = await scene.do(ADD, markId=global_id(mark), conversationIds=keys, expectedVersion=1)
    assert refusals(answer) == [("INVALID", ["conversationIds"])]


async def test_of_two_editors_one_is_stale(scene: Scene):
    mark = await scene.mark(scene.ann)
    talks = [await scene.talk(scene.ann) for _ in range(2)]
    answers = await asyncio.gather(
        *(
            scene.do(
                ADD,
                markId=global_id(mark),
                conversationIds=[global_id(talk)],
                expectedVersion=1,
            )
            for talk in talks
        )
    )
    won = [answer for answer in answers if answer["mark"]]
    lost = [answer for answer in answers if not answer["mark"]]
    assert (len(won), len(lost)) == (1, 1)
    assert refusals(lost[0]) == [("STALE", ["expectedVersion"])]
    assert await scene.count(models.MarkConversation) == 2


async def test_a_removed_mark_stays_and_frees_its_areas_and_its_group(scene: Scene):
    group = await scene.group(scene.ann)
    colleague = await scene.world.user(Role.QA, *EVERYWHERE)
    mark = await scene.mark(scene.ann, by=colleague, group=group)
    removed = await scene.do(REMOVE, markId=global_id(mark), expectedVersion=1)
    assert removed["mark"] == {
        "id": global_id(mark),
        "version": 2,
        "state": "REMOVED",
        "group": None,
    }
    (area,) = await scene.rows(models.MarkArea)
    assert not area.active
    entry = await scene.entry(Action.MARK_REMOVED)
    assert entry.before == {"state": "ACTIVE", "group_id": str(group.id)}
    assert entry.after == {"state": "REMOVED"}
    listed = await scene.ask(LIST, filter={"states": ["REMOVED"]})
    assert [each["id"] for each in listed["nodes"]] == [global_id(mark)]
    again = await scene.do(REMOVE, markId=global_id(mark), expectedVersion=2)
    assert refusals(again) == [("MARK_NOT_ACTIVE", [])]


async def test_an_assigned_mark_can_not_be_removed(scene: Scene):
    talk = await scene.talk(scene.ann)
    made = await scene.world.assignment(scene.ann, scene.qa, talk)
    mark = await scene.mark(scene.ann, talk, state=MarkState.ASSIGNED, assignment=made)
    answer = await scene.do(REMOVE, markId=global_id(mark), expectedVersion=1)
    assert refusals(answer) == [("MARK_ALREADY_ASSIGNED", [])]
    keys = [global_id(talk)]
    answer = await scene.do(ADD, markId=global_id(mark), conversationIds=keys, expectedVersion=1)
    assert refusals(answer) == [("MARK_ALREADY_ASSIGNED", [])]


async def test_what_is_out_of_reach_can_not_be_marked_or_changed(scene: Scene):
    travel = await scene.world.queue("Travel")
    lead = scene.world.client(await scene.world.user(Role.SUPERVISOR, *COACH, queues=(travel,)))
    talk = await scene.talk(scene.ann)
    mark = await scene.mark(scene.ann, talk, areas=(scene.calm,))
    assert refusals(await scene.do(MARK, lead, **await given(scene, talk))) == [
        ("NOT_FOUND", ["evaluationId"])
    ]
    for target in (global_id(mark), encode("Mark", uuid.uuid4()), "x"):
        sent = {"markId": target, "expectedVersion": 1}
        assert refusals(await scene.do(REMOVE, lead, **sent)) == [("NOT_FOUND", ["markId"])]
        sent["conversationIds"] = [global_id(talk)]
        assert refusals(await scene.do(ADD, lead, **sent)) == [("NOT_FOUND", ["markId"])]
    assert (await scene.ask(LIST, lead))["totalCount"] == 0
