"""Who and what is in a coaching group, over HTTP (G3, G4)."""

import asyncio
import datetime as dt
import uuid

import pytest

import models
from models import Action, MarkState, Role
from schema.node import encode
from tests import marking
from tests.marking import Scene, changing_a_group, refusals
from tests.world import NOW, World, global_id

ADD = "AddAgentsToGroup"
REMOVE = changing_a_group("removeAgentsFromGroup")
MOVE = changing_a_group("moveMarksToGroup")


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def test_agents_are_added_with_their_ungrouped_marks_or_without(scene: Scene):
    one, two = await scene.group(name="One"), await scene.group(name="Two")
    talk = await scene.talk(scene.ann)
    mark = await scene.mark(scene.ann, talk)
    await scene.mark(scene.ann, talk, areas=(scene.calm,), by=await scene.world.user(Role.QA))
    keys = [global_id(scene.ann), global_id(scene.ben)]
    bare = await scene.do(ADD, groupId=global_id(two), agentIds=keys, withMarks=False)
    assert bare["coachingGroup"]["markedConversationCount"] == 0
    assert not bare["coachingGroup"]["canAssign"]
    full = await scene.do(ADD, groupId=global_id(one), agentIds=keys)
    # Both marks are about the same conversation.
    assert full["coachingGroup"]["markedConversationCount"] == 1
    assert [each["name"] for each in full["coachingGroup"]["members"]] == ["Ann", "Ben"]
    again = await scene.do(ADD, groupId=global_id(two), agentIds=keys)
    assert again["errors"] == []
    assert (await scene.row(mark)).group_id == one.id
    assert await scene.count(models.CoachingGroupMember) == 4
    assert (await scene.row(two)).version == 3


async def test_who_is_out_of_reach_or_too_many_is_not_added(scene: Scene):
    group = await scene.group()
    for keys, code in [
        ([encode("Agent", uuid.uuid4())], ("NOT_FOUND", ["agentIds", "0"])),
        ([], ("INVALID", ["agentIds"])),
        ([global_id(scene.ann)] * 2, ("INVALID", ["agentIds"])),
        ([encode("Agent", uuid.uuid4()) for _ in range(251)], ("INVALID", ["agentIds"])),
    ]:
        answer = await scene.do(ADD, groupId=global_id(group), agentIds=keys)
        assert refusals(answer) == [code]
    crowd = [await scene.world.agent(f"Agent {n}", scene.billing) for n in range(250)]
    keys = [global_id(agent) for agent in crowd]
    assert (await scene.do(ADD, groupId=global_id(group), agentIds=keys))["errors"] == []
    answer = await scene.do(ADD, groupId=global_id(group), agentIds=[global_id(scene.ann)])
    assert refusals(answer) == [("INVALID", [])]


async def test_removing_agents_returns_their_marks_and_nobody_elses(scene: Scene):
    group = await scene.group(scene.ann, scene.ben)
    anns, bens = [await scene.mark(agent, group=group) for agent in (scene.ann, scene.ben)]
    given = {"groupId": global_id(group), "agentIds": [global_id(scene.ann)]}
    left = await scene.do(REMOVE, **given)
    assert left["coachingGroup"]["members"] == [{"name": "Ben"}]
    assert left["coachingGroup"]["version"] == 2
    assert (await scene.row(anns)).group_id is None
    assert (await scene.row(bens)).group_id == group.id
    entry = await scene.entry(Action.GROUP_AGENTS_REMOVED)
    assert entry.before == {"agent_ids": [str(scene.ann.id)], "mark_ids": [str(anns.id)]}
    assert refusals(await scene.do(REMOVE, **given)) == [("NOT_FOUND", ["agentIds", "0"])]


async def test_marks_move_from_any_group_or_none_and_their_agents_join(scene: Scene):
    source, target = await scene.group(scene.ann), await scene.group(scene.cara)
    grouped = await scene.mark(scene.ann, group=source)
    loose = await scene.mark(scene.ben)
    keys = [global_id(grouped), global_id(loose)]
    moved = await scene.do(MOVE, groupId=global_id(target), markIds=keys)
    assert moved["errors"] == []
    shown = moved["coachingGroup"]
    assert {each["id"] for each in shown["marks"]} == set(keys)
    assert [each["name"] for each in shown["members"]] == ["Ann", "Ben", "Cara"]
    assert [m.agent_id for m in await scene.rows(models.CoachingGroupMember, group_id=source.id)]
    told = await scene.rows(models.AuditEntry, action=Action.GROUP_MARKS_MOVED)
    assert {entry.group_id for entry in told} == {source.id, target.id}
    for mark in (grouped, loose):
        assert (await scene.row(mark)).version == 1  # an agent would read it (V3)


async def test_only_active_marks_move(scene: Scene):
    group = await scene.group()
    made = await scene.world.assignment(scene.ann, scene.qa)
    active = await scene.mark(scene.ann)
    done = await scene.mark(scene.ann, state=MarkState.ASSIGNED, assignment=made)
    gone = await scene.mark(scene.ann, state=MarkState.REMOVED)
    for key, code in [
        (global_id(done), "MARK_ALREADY_ASSIGNED"),
        (global_id(gone), "MARK_NOT_ACTIVE"),
        (encode("Mark", uuid.uuid4()), "NOT_FOUND"),
    ]:
        keys = [global_id(active), key]
        answer = await scene.do(MOVE, groupId=global_id(group), markIds=keys)
        assert refusals(answer) == [(code, ["markIds", "1"])]
    assert (await scene.row(active)).group_id is None


async def test_a_mark_that_two_groups_want_at_once_is_in_one(scene: Scene):
    groups = [await scene.group() for _ in range(2)]
    marks = [await scene.mark(agent) for agent in (scene.ann, scene.ben, scene.cara)]
    keys = [global_id(agent) for agent in (scene.ann, scene.ben, scene.cara)]
    answers = await asyncio.gather(
        *(scene.do(ADD, groupId=global_id(group), agentIds=keys) for group in groups)
    )
    counts = sorted(answer["coachingGroup"]["markedConversationCount"] for answer in answers)
    assert sum(counts) == 3
    assert {(await scene.row(mark)).group_id for mark in marks} <= {g.id for g in groups}


async def test_times_of_joining_are_those_of_the_write(scene: Scene):
    group = await scene.group()
    await scene.do(ADD, groupId=global_id(group), agentIds=[global_id(scene.ann)])
    (member,) = await scene.rows(models.CoachingGroupMember)
    assert NOW <= member.added_at <= dt.datetime.now(dt.UTC)
