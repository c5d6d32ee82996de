"""Sending a coaching group over HTTP (A3, A4, M3, M5), and looking ahead."""

import uuid
from collections import Counter
from typing import Any

import pytest

import models
from models import Action, GroupState, MarkState, ReviewState, Role, Status
from schema.node import encode
from tests import marking
from tests.marking import TOMORROW, Scene, refusals
from tests.world import (
    AGENT,
    COACH,
    EVERYWHERE,
    SUPERVISOR,
    World,
    global_id,
)

SEND = "DispatchCoachingGroup"
PREVIEW = """query($id: ID!) { previewDispatch(groupId: $id) {
    assignments { agent { name } areas { name } conversations { id } }
    skipped { name } errors { code path message } } }"""


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def is_untouched(scene: Scene, group: models.CoachingGroup) -> bool:
    """Whether nothing of a dispatch is there."""
    now = await scene.row(group)
    for model in (models.Assignment, models.AssignmentConversation, models.IdempotencyKey):
        assert await scene.count(model) == 0
    states = {mark.state for mark in await scene.rows(models.Mark)}
    return now.state is GroupState.PENDING and states <= {MarkState.ACTIVE}


async def test_every_member_with_a_conversation_gets_an_assignment(scene: Scene):
    group, marks = await scene.full_group()
    more = {"strengths": "Warm", "improvements": "Listen", "actionPlan": ["Read", "Practise"]}
    sent = await scene.do(SEND, **scene.dispatch(group, **more))
    assert sent["errors"] == []
    shown = sent["coachingGroup"]
    assert (shown["state"], shown["version"]) == ("SENT", 2)
    assert (shown["followUpOn"], shown["assignmentName"]) == (TOMORROW, "Kindness")
    assert (shown["status"], shown["agentCount"]) == ("YET_TO_START", 2)
    assert shown["conversationCount"] == 3
    assert [each["agent"]["name"] for each in sent["assignments"]] == ["Ann", "Ben"]
    assert [each["conversationCount"] for each in sent["assignments"]] == [2, 1]
    for each in sent["assignments"]:
        # The group's areas go to all, whatever the marks' are (M3).
        assert [area["name"] for area in each["areas"]] == ["Empathy"]
        assert (each["name"], each["status"]) == ("Kindness", "YET_TO_START")
    assert [each["name"] for each in sent["skipped"]] == ["Cara"]
    assignments = {each.agent_id: each for each in await scene.rows(models.Assignment)}
    assert {each.group_id for each in assignments.values()} == {group.id}
    assert (assignments[scene.ann.id].items_total, assignments[scene.ben.id].items_total) == (2, 1)
    for mark in marks:
        now = await scene.row(mark)
        assert (now.state, now.group_id) == (MarkState.ASSIGNED, None)
        assert now.assignment_id == assignments[mark.agent_id].id
    assert not any(area.active for area in await scene.rows(models.MarkArea))
    row = await scene.row(group)
    assert (row.members_total, row.members_not_started) == (2, 2)
    steps = await scene.rows(models.ActionStep)
    assert Counter(step.text for step in steps) == {"Read": 2, "Practise": 2}


async def test_a_dispatch_is_told_of_in_one_entry_for_each_object(scene: Scene):
    group, marks = await scene.full_group()
    await scene.do(SEND, **scene.dispatch(group))
    told = await scene.rows(models.AuditEntry)
    assert Counter(entry.action for entry in told) == {
        Action.ASSIGNMENT_CREATED: 2,
        Action.GROUP_DISPATCHED: 1,
    }
    settled = [key for entry in told for key in (entry.after or {}).get("mark_ids", [])]
    assert set(settled) == {str(mark.id) for mark in marks}
    entry = await scene.entry(Action.GROUP_DISPATCHED)
    assert entry.before == {"state": "PENDING"}
    assert entry.after is not None
    assert entry.after["skipped_agent_ids"] == [str(scene.cara.id)]
    assert len(entry.after["assignment_ids"]) == 2
    assert await scene.count(models.OutboxEvent) == 3


async def test_agents_never_read_the_groups_name(scene: Scene):
    group, _ = await scene.full_group()
    await scene.do(SEND, **scene.dispatch(group))
    agent = scene.world.client(await scene.world.user(Role.AGENT, *AGENT, agent=scene.ann))
    answer = await agent.ask("MyAssignments", first=5)
    assert answer.data["assignments"]["edges"][0]["node"]["name"] == "Kindness"
    assert "Secret" not in answer.response.text


async def test_reviews_that_wait_count_from_the_start(scene: Scene):
    talk = await scene.talk(scene.ann)
    waits = ReviewState.PENDING_AGENT_REVIEW
    await scene.world.evaluation(talk, scene.form, by=scene.qa, review_state=waits)
    group = await scene.group(scene.ann)
    await scene.mark(scene.ann, talk, group=group)
    await scene.do(SEND, **scene.dispatch(group))
    row = await scene.row(group)
    assert (row.members_agent_turn, row.status) == (1, Status.PENDING_AGENT_REVIEW)


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"name": " "}, "INVALID", ["name"]),
        ({"followUpOn": "2020-01-01"}, "INVALID", ["followUpOn"]),
        ({"actionPlan": [" "]}, "INVALID", ["actionPlan", "0"]),
        ({"strengths": "x" * 10_001}, "INVALID", ["strengths"]),
        ({"groupId": encode("CoachingGroup", uuid.uuid4())}, "NOT_FOUND", ["groupId"]),
        ({"groupId": "x"}, "NOT_FOUND", ["groupId"]),
        ({"expectedVersion": 2}, "STALE", ["expectedVersion"]),
        ({"idempotencyKey": ""}, "INVALID", ["idempotencyKey"]),
    ],
)
async def test_a_bad_dispatch_is_refused_and_changes_nothing(
    scene: Scene, changes: dict[str, Any], code: str, path: list[str]
):
    group, _ = await scene.full_group()
    assert refusals(await scene.do(SEND, **scene.dispatch(group, **changes))) == [(code, path)]
    assert await is_untouched(scene, group)


async def test_a_group_without_conversations_is_not_sent(scene: Scene):
    group = await scene.group(scene.ann, scene.ben)
    await scene.mark(scene.ann)  # a candidate's, which the group has no part in
    answer = await scene.do(SEND, **scene.dispatch(group))
    assert refusals(answer) == [("GROUP_HAS_NO_CONVERSATIONS", [])]
    assert await is_untouched(scene, group)


async def test_one_agents_share_has_at_most_100_conversations(scene: Scene):
    group = await scene.group(scene.ann, scene.ben)
    await scene.mark(scene.ben, group=group)
    for by in (scene.qa, await scene.world.user(Role.QA)):
        talks = [await scene.talk(scene.ann) for _ in range(51)]
        await scene.mark(scene.ann, *talks, by=by, group=group)
    answer = await scene.do(SEND, **scene.dispatch(group))
    assert refusals(answer) == [("INVALID", ["groupId"])]
    assert "Ann has 102" in answer["errors"][0]["message"]
    assert await is_untouched(scene, group)


async def test_who_does_not_reach_all_of_a_group_may_not_send_it(scene: Scene):
    travel = await scene.world.queue("Travel")
    tom = await scene.world.agent("Tom", travel)
    nora = await scene.world.agent("Nora", scene.billing, travel)
    queues = (scene.billing,)
    lead = scene.world.client(await scene.world.user(Role.QA, *COACH, queues=queues))
    members = await scene.group(scene.ann, tom)
    await scene.mark(scene.ann, group=members)
    talks = await scene.group(nora)
    await scene.mark(nora, await scene.talk(nora), await scene.talk(nora, travel), group=talks)
    for group in (members, talks):
        answer = await scene.do(SEND, lead, **scene.dispatch(group))
        assert refusals(answer) == [("FORBIDDEN", [])]
        preview = await scene.ask(PREVIEW, lead, id=global_id(group))
        assert [error["code"] for error in preview["errors"]] == ["FORBIDDEN"]
        assert (preview["assignments"], preview["skipped"]) == ([], [])
        assert await is_untouched(scene, group)
    own = await scene.group(scene.ben)
    await scene.mark(scene.ben, group=own)
    assert (await scene.do(SEND, lead, **scene.dispatch(own)))["errors"] == []


async def test_a_preview_says_what_a_dispatch_then_does_and_writes_nothing(scene: Scene):
    group, _ = await scene.full_group()
    with scene.world.statements() as statements:
        preview = await scene.ask(PREVIEW, id=global_id(group))
    assert all(statement.lstrip().startswith("SELECT") for statement in statements)
    assert await is_untouched(scene, group)
    assert preview["errors"] == []
    sent = await scene.do(SEND, **scene.dispatch(group))
    made = [
        (each["agent"]["name"], each["areas"][0]["name"], each["conversationCount"])
        for each in sent["assignments"]
    ]
    told = [
        (each["agent"]["name"], each["areas"][0]["name"], len(each["conversations"]))
        for each in preview["assignments"]
    ]
    assert told == made
    assert [each["name"] for each in preview["skipped"]] == ["Cara"]


async def test_a_preview_says_why_a_group_can_not_be_sent(scene: Scene):
    empty = await scene.group(scene.ann)
    preview = await scene.ask(PREVIEW, id=global_id(empty))
    assert [error["code"] for error in preview["errors"]] == ["GROUP_HAS_NO_CONVERSATIONS"]
    assert preview["skipped"] == [{"name": "Ann"}]
    sent = await scene.world.group(scene.qa, scene.ann)
    preview = await scene.ask(PREVIEW, id=global_id(sent))
    assert [error["code"] for error in preview["errors"]] == ["GROUP_ALREADY_SENT"]
    for id_ in ("x", encode("CoachingGroup", uuid.uuid4())):
        preview = await scene.ask(PREVIEW, id=id_)
        assert [(e["code"], e["path"]) for e in preview["errors"]] == [("NOT_FOUND", ["groupId"])]


async def test_a_sent_group_frees_its_name_and_stays_as_it_is(scene: Scene):
    group, _ = await scene.full_group()
    await scene.do(SEND, **scene.dispatch(group))
    assert await scene.ask('{ groupNameAvailable(name: "secret") }')
    again = await scene.do(SEND, **scene.dispatch(group, expectedVersion=1))
    assert refusals(again) == [("GROUP_ALREADY_SENT", [])]


async def test_the_same_key_and_input_give_the_first_answer(scene: Scene):
    group, _ = await scene.full_group()
    sent = scene.dispatch(group, idempotencyKey="k")
    first = await scene.do(SEND, **sent)
    assert first["errors"] == []
    assert await scene.do(SEND, **sent) == first
    other = await scene.do(SEND, **{**sent, "name": "Other"})
    assert refusals(other) == [("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])]
    assert await scene.count(models.Assignment) == 2


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.PARTNER])
async def test_dispatching_is_not_there_for_those_who_may_not(scene: Scene, role: Role):
    group, _ = await scene.full_group()
    agent = scene.ann if role is Role.AGENT else None
    some = AGENT if agent else SUPERVISOR
    user = await scene.world.user(role, *some, queues=(scene.billing,), agent=agent)
    client = scene.world.client(user)
    for answer in (
        await client.ask(SEND, input=scene.dispatch(group)),
        await client.ask(PREVIEW, id=global_id(group)),
    ):
        assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert await is_untouched(scene, group)


async def test_a_colleagues_key_is_not_ones_own(scene: Scene):
    group, _ = await scene.full_group()
    await scene.do(SEND, **scene.dispatch(group, idempotencyKey="k"))
    colleague = scene.world.client(await scene.world.user(Role.QA, *EVERYWHERE))
    answer = await scene.do(SEND, colleague, **scene.dispatch(group, idempotencyKey="k"))
    assert refusals(answer) == [("GROUP_ALREADY_SENT", [])]
