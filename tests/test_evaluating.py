"""Drafts and submissions over HTTP (D1, D7, D9)."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest

import models
from models import Role
from schema.node import encode
from tests import reviewing
from tests.reviewing import DRAFT, Scene, make_form, refusals
from tests.world import EVERYWHERE, SUPERVISOR, World, global_id


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world)


async def save(scene: Scene, *adherence: float | None, **changes: Any) -> Any:
    given = {
        "conversationId": global_id(scene.talk),
        "scores": scene.scores(*adherence) if adherence else [],
        **changes,
    }
    return (await scene.qa.ask(DRAFT, input=given)).data["saveEvaluationDraft"]


async def drafts(scene: Scene) -> list[Any]:
    """What Quinn, Sue and the agent read of the draft."""
    ask = """query($id: ID!) { conversation(id: $id) { evaluationDraft {
        version comment scores { metricId scored adherence } } evaluations { id } } }"""
    answers = [
        await who.ask(ask, id=global_id(scene.talk))
        for who in (scene.qa, scene.supervisor, scene.agent)
    ]
    assert [answer.data["conversation"]["evaluations"] for answer in answers] == [[], [], []]
    return [answer.data["conversation"]["evaluationDraft"] for answer in answers]


async def test_a_draft_is_seen_by_its_author_only_and_leaves_no_trail(scene: Scene):
    first, second = scene.metrics[:2]
    scores: list[dict[str, Any]] = [
        {"metricId": global_id(first), "adherence": None},
        {"metricId": global_id(second), "comment": "Look again"},
    ]
    saved = (await save(scene, scores=scores, comment="So far"))["draft"]
    assert saved["version"] == 1
    assert saved["form"] == {"id": global_id(scene.form)}
    kept = [
        {"metricId": global_id(first), "scored": True, "adherence": None},
        {"metricId": global_id(second), "scored": False, "adherence": None},
    ]
    mine = {"version": 1, "comment": "So far", "scores": kept}
    assert await drafts(scene) == [mine, None, None]
    counted = await scene.counts()
    assert counted == {**dict.fromkeys(counted, 0), "evaluation_draft": 1}
    assert (await scene.rows(models.Conversation))[0].supervisor_audit_score is None


async def test_a_draft_is_saved_again_and_an_old_version_is_stale(scene: Scene):
    await save(scene, 0.5, 0.5, 1)
    assert (await save(scene, 1, 0.5, 1, expectedVersion=1))["draft"]["version"] == 2
    stale = await save(scene, 0, 0.5, 1, expectedVersion=1)
    assert refusals(stale) == [("STALE", ["expectedVersion"])]
    assert (await save(scene, 0.25, 0.5, 1))["draft"]["version"] == 3
    assert len(await scene.rows(models.EvaluationDraft)) == 1


async def test_of_two_drafts_saved_at_once_there_is_one(scene: Scene):
    await asyncio.gather(*(save(scene, 0.5, 0.5, 1) for _ in range(4)))
    (draft,) = await scene.rows(models.EvaluationDraft)
    assert draft.version == 4


async def test_submitting_deletes_ones_own_draft_and_no_other(scene: Scene):
    await save(scene, 0.5, 0.5, 1)
    given = {"conversationId": global_id(scene.talk), "scores": []}
    await scene.supervisor.ask(DRAFT, input=given)
    await scene.evaluated()
    (left,) = await scene.rows(models.EvaluationDraft)
    assert left.author_id == scene.sue.id
    gone = await save(scene, 0.5, 0.5, 1, expectedVersion=1)
    assert refusals(gone) == [("STALE", ["expectedVersion"])]


async def test_a_submission_is_scored_waits_for_the_agent_and_is_told_of(scene: Scene):
    made = await scene.submit(1, 0.5, 1, comment="Well done")
    # 100 x (10 + 10 x 0.5 - 5 x 0.5 + 20) / 40
    assert made["evaluation"]["total"] == 81.25
    assert made["evaluation"]["passed"] is True
    assert made["evaluation"]["revision"] == 1
    assert made["evaluation"]["reviewState"] == "PENDING_AGENT_REVIEW"
    assert made["evaluation"]["reviewUntil"] is None
    assert made["evaluation"]["conversation"]["supervisorAuditScore"] == 81.25
    shown = await scene.read(made["evaluation"]["id"], by=scene.agent)
    assert shown["revisions"] == [
        {
            "number": 1,
            "reason": "AUDIT",
            "total": 81.25,
            "comment": "Well done",
            "evaluatedBy": "Quinn",
            "scores": [{"adherence": a, "comment": None} for a in (1, 0.5, 1)],
        }
    ]
    assert shown["history"] == [{"actor": "Quinn", "action": "EVALUATION_SUBMITTED"}]
    assert [each["id"] for each in shown["disputableMetrics"]] == [
        global_id(metric) for metric in scene.metrics
    ]
    (entry,) = await scene.rows(models.AuditEntry)
    assert (entry.before, entry.after) == (
        None,
        {"review_state": "PENDING_AGENT_REVIEW", "revision": 1, "total": 81.25},
    )
    (event,) = await scene.rows(models.OutboxEvent)
    assert (event.kind, event.agent_id) == (models.EventKind.EVALUATION_CHANGED, scene.ann.id)
    assert encode("Evaluation", event.subject_id) == made["evaluation"]["id"]
    assert await scene.agrees()


@pytest.mark.parametrize(
    ("adherence", "total", "passed"),
    [
        ((None, None, None), None, None),
        ((1, 1, 0), 0, False),
        ((0, 0, None), -25, False),
        ((0.3333, 0, 1), 45.83, False),
    ],
)
async def test_scores_follow_from_adherence(
    scene: Scene, adherence: tuple[float | None, ...], total: float | None, *, passed: bool | None
):
    made = (await scene.submit(*adherence))["evaluation"]
    assert (made["total"], made["passed"]) == (total, passed)
    assert [each["adherence"] for each in made["scores"]] == list(adherence)
    assert await scene.agrees()


async def test_review_is_asked_for_only_with_the_setting_and_a_policy(scene: Scene):
    await scene.set(models.Workspace, accept_and_dispute=False)
    made = (await scene.submit())["evaluation"]
    assert made["reviewState"] == "AUDITED"
    await scene.set(models.Workspace, accept_and_dispute=True)
    form = await scene.another_form()
    talk = await scene.world.conversation(scene.ann, scene.billing)
    scores = await scene.scored(form, 1, 1, 1)
    made = await scene.submit(conversationId=global_id(talk), scores=scores)
    assert made["evaluation"]["reviewState"] == "AUDITED"


async def test_a_window_says_until_when_the_agent_may_answer(scene: Scene):
    await scene.set(models.EvaluationForm, review_window_days=5)
    row = await scene.row(await scene.evaluated())
    assert row.review_until == row.evaluated_at + dt.timedelta(days=5)


def bad(scene: Scene, case: str) -> dict[str, Any]:
    first = global_id(scene.metrics[0])
    rest = scene.scores(0.5, 0.5, 1)[1:]
    given: dict[str, Any] = {
        "adherence above one": {"adherence": 1.1},
        "adherence below zero": {"adherence": -0.0001},
        "five decimals": {"adherence": 0.12345},
        "left out": {},
        "bad comment": {"adherence": 1, "comment": "a\u0007b"},
    }
    if case in given:
        return {"scores": [*rest, {"metricId": first, **given[case]}]}
    other: dict[str, dict[str, Any]] = {
        "no such metric": {"metricId": encode("Metric", uuid.uuid4()), "adherence": 1},
        "nonsense": {"metricId": "x", "adherence": 1},
        "named twice": rest[0],
    }
    if case in other:
        return {"scores": [*rest, other[case]]}
    whole: dict[str, dict[str, Any]] = {
        "not all": {"scores": rest},
        "long comment": {"comment": "x" * 10_001},
        "no such form": {"formId": encode("EvaluationForm", uuid.uuid4())},
        "no such conversation": {"conversationId": encode("Conversation", uuid.uuid4())},
        "no evaluation yet": {"expectedRevision": 1},
    }
    return whole[case]


@pytest.mark.parametrize(
    ("case", "code", "path"),
    [
        ("adherence above one", "INVALID", ["scores", "2", "adherence"]),
        ("adherence below zero", "INVALID", ["scores", "2", "adherence"]),
        ("five decimals", "INVALID", ["scores", "2", "adherence"]),
        ("left out", "INVALID", ["scores", "2", "adherence"]),
        ("bad comment", "INVALID", ["scores", "2", "comment"]),
        ("no such metric", "NOT_FOUND", ["scores", "2", "metricId"]),
        ("nonsense", "NOT_FOUND", ["scores", "2", "metricId"]),
        ("named twice", "INVALID", ["scores", "2", "metricId"]),
        ("not all", "INVALID", ["scores"]),
        ("long comment", "INVALID", ["comment"]),
        ("no such form", "NOT_FOUND", ["formId"]),
        ("no such conversation", "NOT_FOUND", ["conversationId"]),
        ("no evaluation yet", "STALE_EVALUATION", ["expectedRevision"]),
    ],
)
async def test_bad_input_is_refused_by_code_and_path_and_stores_nothing(
    scene: Scene, case: str, code: str, path: list[str]
):
    assert refusals(await scene.submit(**bad(scene, case))) == [(code, path)]
    counted = await scene.counts()
    assert counted == dict.fromkeys(counted, 0)


async def test_the_form_is_the_active_one_or_one_of_the_queue_and_channel(scene: Scene):
    travel = await scene.world.queue("Travel")
    foreign = await make_form(scene.world, travel)
    path = ["formId"]
    refused = await scene.submit(formId=global_id(foreign))
    assert refusals(refused) == [("INVALID", path)]
    newer = await scene.another_form()
    scores = await scene.scored(newer, 1, 1, 1)
    # An old version may be named; without a name it is the newest.
    assert refusals(await scene.submit()) == [("NOT_FOUND", ["scores", "0", "metricId"])]
    talk = await scene.world.conversation(scene.ann, scene.billing)
    await scene.evaluated(conversationId=global_id(talk), formId=global_id(scene.form))
    await scene.evaluated(scores=scores)
    await scene.set(models.EvaluationFormQueue, active=False)
    third = await scene.world.conversation(scene.ann, scene.billing)
    assert refusals(await scene.submit(conversationId=global_id(third))) == [("INVALID", path)]


async def test_who_does_not_reach_conversation_and_agent_can_not_evaluate(scene: Scene):
    world = scene.world
    travel = await world.queue("Travel")
    elsewhere = world.client(await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(travel,)))
    assert refusals(await scene.submit(by=elsewhere)) == [("NOT_FOUND", ["conversationId"])]
    # The conversation is in reach, its agent is not.
    moved = await world.conversation(scene.ann, travel)
    refused = await scene.submit(by=elsewhere, conversationId=global_id(moved))
    assert refusals(refused) == [("NOT_FOUND", ["conversationId"])]
    given = {"conversationId": global_id(moved), "scores": []}
    (payload,) = (await elsewhere.ask(DRAFT, input=given)).data.values()
    assert refusals(payload) == [("NOT_FOUND", ["conversationId"])]


async def test_the_same_key_and_input_give_the_first_answer(scene: Scene):
    first = await scene.submit(1, 1, 1, idempotencyKey="a")
    again = await scene.submit(1, 1, 1, idempotencyKey="a")
    assert again["errors"] == []
    assert again["evaluation"]["id"] == first["evaluation"]["id"]
    assert len(await scene.rows(models.EvaluationRevision)) == 1
    other = await scene.submit(1, 1, 0.5, idempotencyKey="a")
    assert refusals(other) == [("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])]


async def test_of_many_first_audits_at_once_one_counts(scene: Scene):
    clients = [scene.qa, scene.supervisor, scene.qa, scene.supervisor]
    answers = await asyncio.gather(*(scene.submit(by=who) for who in clients))
    codes = [error["code"] for answer in answers for error in answer["errors"]]
    assert codes == ["STALE_EVALUATION"] * 3
    assert len(await scene.rows(models.Evaluation)) == 1
    assert await scene.agrees()


async def test_the_status_of_coaching_follows_the_evaluation(scene: Scene):
    made = await scene.world.assignment(scene.ann, scene.quinn, scene.talk)
    group = await scene.world.group(scene.quinn, scene.ann)
    await scene.world.assignment(scene.ann, scene.quinn, scene.talk, group_id=group.id)
    ask = """query($a: ID!, $g: ID!) { assignment(id: $a) { status agentTurns }
        coachingGroup(id: $g) { status } }"""
    ids = {"a": global_id(made), "g": global_id(group)}
    await scene.evaluated()
    assert (await scene.qa.ask(ask, **ids)).data == {
        "assignment": {"status": "PENDING_AGENT_REVIEW", "agentTurns": 1},
        "coachingGroup": {"status": "PENDING_AGENT_REVIEW"},
    }
    assert await scene.agrees()


async def test_manual_evaluations_leave_the_sums_by_day_alone(scene: Scene):
    await scene.evaluated()
    assert await scene.rows(models.AgentDay) == []
    assert await scene.rows(models.AttributeDay) == []


async def test_agents_and_partners_have_no_such_mutations(scene: Scene):
    partner = scene.world.client(await scene.world.user(Role.PARTNER, *EVERYWHERE))
    given = {"conversationId": global_id(scene.talk), "scores": []}
    for who in (scene.agent, partner):
        for text in ("SubmitEvaluation", DRAFT):
            answer = await who.ask(text, input=given)
            assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
