"""Coaching candidates over HTTP: listing them (G5), and assigning one (A2)."""

import asyncio
import uuid
from typing import Any

import pytest

import models
from models import Action, MarkState, Role
from schema.node import encode
from tests import marking
from tests.marking import TOMORROW, Scene, refusals
from tests.world import AGENT, COACH, EVERYWHERE, SUPERVISOR, World, global_id

LIST = "CoachingCandidates"
ASSIGN = """mutation($input: AssignCandidateInput!) { assignCandidate(input: $input) {
    assignment { id name status version followUpOn strengths improvements conversationCount
        group { id } areas { name } actionPlan { text } bestResponses { position }
        conversations { conversation { id } } } errors { code path } } }"""


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


def sound(agent: models.Agent, **changes: Any) -> dict[str, Any]:
    return {"agentId": global_id(agent), "name": "Kindness", "followUpOn": TOMORROW, **changes}


async def test_candidates_are_agents_with_active_ungrouped_marks(scene: Scene):
    talk, other = await scene.talk(scene.ann), await scene.talk(scene.ann)
    first = await scene.mark(scene.ann, talk, other, areas=(scene.empathy, scene.calm))
    colleague = await scene.world.user(Role.QA, *EVERYWHERE)
    second = await scene.mark(scene.ann, talk, by=colleague)
    group = await scene.group(scene.ann, scene.ben)
    await scene.mark(scene.ann, by=await scene.world.user(Role.QA), group=group)
    await scene.mark(scene.ben, group=group)
    await scene.mark(scene.cara, state=MarkState.REMOVED)
    listed = await scene.ask(LIST, first=10)
    assert listed["totalCount"] == 1
    (shown,) = listed["nodes"]
    assert shown["agent"]["name"] == "Ann"
    assert [area["name"] for area in shown["areas"]] == ["Calm", "Empathy"]
    assert shown["conversationCount"] == 2
    assert [mark["id"] for mark in shown["marks"]] == [global_id(second), global_id(first)]


async def test_candidates_are_paged_by_name_and_searched_by_name_or_agent_id(scene: Scene):
    agents = [*(scene.cara, scene.ann, scene.ben), await scene.world.agent("ann", scene.billing)]
    for agent in agents:
        await scene.mark(agent)
    seen: list[str] = []
    after = None
    while len(seen) < 5:
        page = await scene.ask(LIST, first=2, after=after)
        seen += [each["agent"]["id"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    twins = sorted([agents[1], agents[3]], key=lambda agent: agent.id)
    assert seen == [global_id(agent) for agent in (*twins, scene.ben, scene.cara)]
    assert (await scene.ask(LIST, first=9, search="ANN"))["totalCount"] == 2
    found = await scene.ask(LIST, first=9, search=scene.ben.agent_id.lower())
    assert [each["agent"]["name"] for each in found["nodes"]] == ["Ben"]


async def test_candidates_out_of_reach_are_not_there(scene: Scene):
    travel = await scene.world.queue("Travel")
    tom = await scene.world.agent("Tom", travel)
    await scene.mark(tom, await scene.talk(tom, travel))
    await scene.mark(scene.ann)
    lead = scene.world.client(await scene.world.user(Role.SUPERVISOR, *COACH, queues=(travel,)))
    listed = await scene.ask(LIST, lead, first=10)
    assert [each["agent"]["name"] for each in listed["nodes"]] == ["Tom"]
    assert listed["totalCount"] == 1


async def test_a_candidate_is_assigned_all_that_waits_for_it(scene: Scene):
    early, late = await scene.talk(scene.ann), await scene.talk(scene.ann)
    early, late = sorted([early, late], key=lambda talk: talk.started_at)
    loose = await scene.mark(scene.ann, late, early, areas=(scene.calm,))
    colleague = await scene.world.user(Role.QA, *EVERYWHERE)
    another = await scene.mark(scene.ann, late, by=colleague)
    group = await scene.group(scene.ann)
    grouped = await scene.mark(scene.ann, group=group, by=await scene.world.user(Role.QA))
    best = await scene.talk(scene.ben)
    await scene.world.bookmark(scene.qa, best)
    made = await scene.do(
        ASSIGN,
        **sound(
            scene.ann,
            strengths="Warm",
            improvements="Listen",
            actionPlan=["Read"],
            bestResponseIds=[global_id(best)],
        ),
    )
    assert made["errors"] == []
    shown = made["assignment"]
    assert [area["name"] for area in shown["areas"]] == ["Calm", "Empathy"]
    asked = [each["conversation"]["id"] for each in shown["conversations"]]
    assert asked == [global_id(early), global_id(late)]
    assert (shown["status"], shown["version"], shown["group"]) == ("YET_TO_START", 1, None)
    assert (shown["strengths"], shown["actionPlan"]) == ("Warm", [{"text": "Read"}])
    assert shown["bestResponses"] == [{"position": 1}]
    (assignment,) = await scene.rows(models.Assignment)
    assert (assignment.items_total, assignment.items_reviewed) == (3, 0)
    for mark in (loose, another):
        now = await scene.row(mark)
        assert (now.state, now.assignment_id) == (MarkState.ASSIGNED, assignment.id)
        assert not any(area.active for area in await scene.rows(models.MarkArea, mark_id=mark.id))
    assert (await scene.row(grouped)).state is MarkState.ACTIVE
    entry = await scene.entry(Action.ASSIGNMENT_CREATED)
    assert entry.after is not None
    assert set(entry.after["mark_ids"]) == {str(loose.id), str(another.id)}
    assert len(await scene.rows(models.AuditEntry)) == 1
    assert (await scene.ask(LIST, first=9))["totalCount"] == 0


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"name": " "}, "INVALID", ["name"]),
        ({"followUpOn": "2020-01-01"}, "INVALID", ["followUpOn"]),
        ({"areaIds": []}, "INVALID", ["areaIds"]),
        ({"areaIds": [encode("Attribute", uuid.uuid4())]}, "NOT_FOUND", ["areaIds", "0"]),
        ({"agentId": encode("Agent", uuid.uuid4())}, "NOT_FOUND", ["agentId"]),
        ({"bestResponseIds": ["x"]}, "NOT_FOUND", ["bestResponseIds", "0"]),
        ({"actionPlan": [" "]}, "INVALID", ["actionPlan", "0"]),
        ({"idempotencyKey": ""}, "INVALID", ["idempotencyKey"]),
    ],
)
async def test_a_bad_assignment_is_refused_and_leaves_the_candidate(
    scene: Scene, changes: dict[str, Any], code: str, path: list[str]
):
    mark = await scene.mark(scene.ann)
    answer = await scene.do(ASSIGN, **sound(scene.ann, **changes))
    assert refusals(answer) == [(code, path)]
    assert (await scene.row(mark)).state is MarkState.ACTIVE
    for model in (models.Assignment, models.AuditEntry, models.IdempotencyKey):
        assert await scene.count(model) == 0


async def test_who_has_no_waiting_mark_is_no_candidate(scene: Scene):
    await scene.mark(scene.ann, group=await scene.group(scene.ann))
    for agent in (scene.ann, scene.ben):
        assert refusals(await scene.do(ASSIGN, **sound(agent))) == [
            ("MARK_NOT_ACTIVE", ["agentId"])
        ]


async def test_a_candidate_with_too_many_conversations_is_refused(scene: Scene):
    for by in (scene.qa, await scene.world.user(Role.QA)):
        await scene.mark(scene.ann, *[await scene.talk(scene.ann) for _ in range(51)], by=by)
    assert refusals(await scene.do(ASSIGN, **sound(scene.ann))) == [("INVALID", ["agentId"])]


async def test_marks_about_conversations_out_of_reach_are_left_for_others(scene: Scene):
    travel = await scene.world.queue("Travel")
    nora = await scene.world.agent("Nora", scene.billing, travel)
    seen = await scene.mark(nora, await scene.talk(nora))
    talks = [await scene.talk(nora), await scene.talk(nora, travel)]
    hidden = await scene.mark(nora, *talks, areas=(scene.calm,))
    queues = (scene.billing,)
    lead = scene.world.client(await scene.world.user(Role.SUPERVISOR, *COACH, queues=queues))
    made = await scene.do(ASSIGN, lead, **sound(nora))
    assert made["assignment"]["conversationCount"] == 1
    assert made["assignment"]["areas"] == [{"name": "Empathy"}]
    assert (await scene.row(seen)).state is MarkState.ASSIGNED
    assert (await scene.row(hidden)).state is MarkState.ACTIVE
    assert refusals(await scene.do(ASSIGN, lead, **sound(nora))) == [
        ("MARK_NOT_ACTIVE", ["agentId"])
    ]


async def test_a_candidate_is_assigned_once_by_many_at_once(scene: Scene):
    await scene.mark(scene.ann)
    answers = await asyncio.gather(*(scene.do(ASSIGN, **sound(scene.ann)) for _ in range(12)))
    assert sum(bool(answer["assignment"]) for answer in answers) == 1
    assert await scene.count(models.Assignment) == 1


async def test_the_same_key_and_input_give_the_first_assignment(scene: Scene):
    await scene.mark(scene.ann)
    sent = sound(scene.ann, idempotencyKey="k")
    answers = await asyncio.gather(*(scene.do(ASSIGN, **sent) for _ in range(6)))
    assert answers == [answers[0]] * 6
    assert answers[0]["assignment"]
    other = await scene.do(ASSIGN, **{**sent, "name": "Other"})
    assert refusals(other) == [("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])]


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.PARTNER])
async def test_candidates_are_not_there_for_those_who_may_not_see_them(scene: Scene, role: Role):
    agent = scene.ann if role is Role.AGENT else None
    some = AGENT if agent else SUPERVISOR
    user = await scene.world.user(role, *some, queues=(scene.billing,), agent=agent)
    client = scene.world.client(user)
    for answer in (await client.ask(LIST, first=1), await client.ask(ASSIGN, input={})):
        assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
