"""Manual evaluations are scored anew, over HTTP (D7, D8)."""

from typing import Any

import pytest

import models
from models import Action, ReviewState
from tests import reviewing
from tests.reviewing import Scene, refusals
from tests.world import World, global_id


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world)


async def audited(scene: Scene) -> str:
    """An evaluation for which no review is asked."""
    await scene.set(models.Workspace, accept_and_dispute=False)
    return await scene.evaluated()


async def test_scoring_anew_without_a_review_writes_a_revision(scene: Scene):
    id_ = await audited(scene)
    made = await scene.submit(1, 1, 1, by=scene.supervisor, expectedRevision=1, comment="Anew")
    assert made["errors"] == []
    shown = await scene.read(id_)
    assert (shown["revision"], shown["total"], shown["reviewState"]) == (2, 100, "AUDITED")
    assert shown["evaluatedBy"] == "Sue"
    assert [(each["reason"], each["total"]) for each in shown["revisions"]] == [
        ("AUDIT", 68.75),
        ("RE_AUDIT", 100),
    ]
    assert [each["adherence"] for each in shown["revisions"][0]["scores"]] == [0.5, 0.5, 1]
    assert (await scene.rows(models.Conversation))[0].supervisor_audit_score == 100
    last = (await scene.rows(models.AuditEntry))[-1]
    assert last.action is Action.EVALUATION_RE_AUDITED
    assert last.before == {"review_state": "AUDITED", "revision": 1, "total": 68.75}
    assert last.after == {"review_state": "AUDITED", "revision": 2, "total": 100}
    assert await scene.agrees()


@pytest.mark.parametrize("revision", [None, 0, 2])
async def test_scoring_anew_names_the_newest_revision(scene: Scene, revision: int | None):
    await audited(scene)
    counted = await scene.counts()
    refused = await scene.submit(1, 1, 1, expectedRevision=revision)
    assert refusals(refused) == [("STALE_EVALUATION", ["expectedRevision"])]
    assert await scene.counts() == counted


async def test_an_evaluation_keeps_its_form(scene: Scene):
    await audited(scene)
    newer = await scene.another_form()
    given: dict[str, Any] = {"expectedRevision": 1, "formId": global_id(newer)}
    assert refusals(await scene.submit(1, 1, 1, **given)) == [("INVALID", ["formId"])]
    made = await scene.submit(1, 1, 1, expectedRevision=1, formId=global_id(scene.form))
    assert made["errors"] == []


async def test_only_edited_metrics_reopen_after_a_resolved_review(scene: Scene):
    id_ = await scene.evaluated(0.5, 0.5, 1)
    await scene.respond(id_)
    made = await scene.submit(0.5, 0.25, 1, expectedRevision=1)
    assert made["evaluation"]["reviewState"] == "PENDING_AGENT_REVIEW"
    shown = await scene.read(id_)
    assert shown["disputableMetrics"] == [{"id": global_id(scene.metrics[1])}]
    assert shown["completedAt"] is None
    refused = await scene.respond(id_, 1, 0, revision=2)
    assert refusals(refused) == [("NOT_DISPUTABLE", ["decisions", "1", "metricId"])]
    assert (await scene.respond(id_, 1, revision=2))["errors"] == []
    assert await scene.agrees()


async def test_where_nothing_was_edited_nothing_reopens(scene: Scene):
    id_ = await scene.evaluated(0.5, 0.5, 1)
    await scene.respond(id_)
    made = await scene.submit(0.5, 0.5, 1, expectedRevision=1, comment="The same")
    assert made["evaluation"]["reviewState"] == "RESOLVED"
    assert made["evaluation"]["revision"] == 2


async def test_where_no_rounds_are_left_nothing_reopens(scene: Scene):
    await scene.set(models.EvaluationForm, max_dispute_rounds=1)
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_, 0)
    await scene.withdraw(dispute["id"])
    made = await scene.submit(1, 1, 1, expectedRevision=1)
    assert made["evaluation"]["reviewState"] == "RESOLVED"


async def test_scoring_anew_settles_an_open_dispute(scene: Scene):
    id_ = await scene.evaluated(0.5, 0.5, 1)
    await scene.disputed(id_, 0, 1)
    given = {"expectedRevision": 1, "comment": "Heard again"}
    scores = scene.scores(0.75, 0.5, 1)
    scores[0]["comment"] = "It is there"
    made = await scene.submit(by=scene.supervisor, scores=scores, **given)
    assert made["errors"] == []
    shown = await scene.read(id_)
    assert (shown["reviewState"], shown["disputeRounds"]) == ("PENDING_AGENT_REVIEW", 1)
    (dispute,) = shown["disputes"]
    assert dispute["state"] == "RESOLVED"
    assert [
        (each["decision"], each["newAdherence"], each["decisionComment"])
        for each in dispute["metrics"]
    ] == [("REVISE", 0.75, "It is there"), ("UPHOLD", None, "Heard again")]
    assert shown["disputableMetrics"] == [{"id": global_id(scene.metrics[0])}]
    assert await scene.agrees()


async def test_settling_by_scoring_anew_says_why_and_closes_where_nothing_changes(scene: Scene):
    id_ = await scene.evaluated(0.5, 0.5, 1)
    await scene.disputed(id_, 1)
    refused = await scene.submit(0.5, 0.5, 1, expectedRevision=1)
    assert refusals(refused) == [("INVALID", ["scores", "1", "comment"])]
    assert (await scene.row(id_)).review_state is ReviewState.PENDING_SUPERVISOR_REVIEW
    made = await scene.submit(0.5, 0.5, 1, expectedRevision=1, comment="As it was")
    assert made["evaluation"]["reviewState"] == "CLOSED"
    refused = await scene.submit(1, 1, 1, expectedRevision=2)
    assert refusals(refused) == [("REVIEW_CLOSED", [])]


async def test_while_the_agent_is_to_answer_nobody_scores_anew(scene: Scene):
    await scene.evaluated()
    counted = await scene.counts()
    assert refusals(await scene.submit(1, 1, 1, expectedRevision=1)) == [("WAITING_FOR_AGENT", [])]
    # An older revision is said first (D7).
    refused = await scene.submit(1, 1, 1, expectedRevision=0)
    assert refusals(refused) == [("STALE_EVALUATION", ["expectedRevision"])]
    assert await scene.counts() == counted
