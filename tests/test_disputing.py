"""Disputes are settled round by round, and handed on, over HTTP (D3, D4, D7)."""

import asyncio
import uuid
from typing import Any

import pytest

import models
from models import Action, DisputeRouting, Role
from schema.node import encode
from tests import reviewing
from tests.reviewing import REASSIGN, Scene, refusals
from tests.world import AGENT, EVERYWHERE, SUPERVISOR, World, global_id


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world)


async def test_upholding_and_revising_write_a_new_revision(scene: Scene):
    id_ = await scene.evaluated(0.5, 0.5, 1)
    dispute = await scene.disputed(id_, 0, 1)
    settled = await scene.resolve(dispute["id"], {1: -1, 0: 1})
    assert settled["errors"] == []
    assert settled["dispute"]["state"] == "RESOLVED"
    assert [
        (each["decision"], each["newAdherence"], each["decisionComment"])
        for each in settled["dispute"]["metrics"]
    ] == [("REVISE", 1, "So"), ("UPHOLD", None, "So")]
    about = settled["dispute"]["evaluation"]
    assert (about["revision"], about["total"], about["passed"]) == (2, 81.25, True)
    assert about["conversation"]["supervisorAuditScore"] == 81.25
    shown = await scene.read(id_)
    assert [(each["reason"], each["evaluatedBy"]) for each in shown["revisions"]] == [
        ("AUDIT", "Quinn"),
        ("RESOLUTION", "Sue"),
    ]
    assert [each["adherence"] for each in shown["revisions"][0]["scores"]] == [0.5, 0.5, 1]
    assert shown["revisions"][1]["scores"] == [
        {"adherence": 1, "comment": "So"},
        {"adherence": 0.5, "comment": None},
        {"adherence": 1, "comment": None},
    ]
    last = (await scene.rows(models.AuditEntry))[-1]
    assert (last.action, last.actor_id) == (Action.DISPUTE_RESOLVED, scene.sue.id)
    assert last.before["total"] == 68.75
    assert last.after == {"review_state": "PENDING_AGENT_REVIEW", "revision": 2, "total": 81.25}
    assert await scene.agrees()


async def test_a_revised_score_may_become_not_applicable(scene: Scene):
    id_ = await scene.evaluated(0.5, 0, 1)
    dispute = await scene.disputed(id_, 1)
    settled = await scene.resolve(dispute["id"], {1: None})
    (metric,) = settled["dispute"]["metrics"]
    assert (metric["decision"], metric["newAdherence"]) == ("REVISE", None)
    assert settled["dispute"]["evaluation"]["total"] == 83.33
    assert await scene.agrees()


async def test_only_what_was_disputed_can_be_disputed_again_and_rounds_end(scene: Scene):
    await scene.set(models.EvaluationForm, max_dispute_rounds=2)
    id_ = await scene.evaluated(0.5, 0.5, 1)
    first = await scene.disputed(id_, 0, 1)
    await scene.resolve(first["id"], {0: -1, 1: -1})
    shown = await scene.read(id_)
    assert shown["reviewState"] == "PENDING_AGENT_REVIEW"
    again = [global_id(metric) for metric in scene.metrics[:2]]
    assert [each["id"] for each in shown["disputableMetrics"]] == again
    refused = await scene.respond(id_, 2, revision=2)
    assert refusals(refused) == [("NOT_DISPUTABLE", ["decisions", "0", "metricId"])]
    second = await scene.disputed(id_, 1, revision=2)
    assert second["round"] == 2
    # Sue wrote the revision that is disputed now.
    assert second["assignee"] == "Sue"
    settled = await scene.resolve(second["id"], {1: 1}, revision=2)
    assert settled["dispute"]["evaluation"]["reviewState"] == "CLOSED"
    assert settled["dispute"]["evaluation"]["disputeRounds"] == 2
    assert (await scene.row(id_)).completed_at is not None
    assert await scene.agrees()


@pytest.mark.parametrize("change", ["no re-disputes", "setting off"])
async def test_without_re_disputes_a_resolution_closes(scene: Scene, change: str):
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    if change == "setting off":
        await scene.set(models.Workspace, accept_and_dispute=False)
    else:
        await scene.set(models.EvaluationForm, allow_re_disputes=False)
    settled = await scene.resolve(dispute["id"], {0: -1})
    assert settled["dispute"]["evaluation"]["reviewState"] == "CLOSED"
    assert settled["dispute"]["evaluation"]["revision"] == 2


async def test_a_new_round_has_a_new_window(scene: Scene):
    await scene.set(models.EvaluationForm, review_window_days=2)
    id_ = await scene.evaluated()
    first = (await scene.row(id_)).review_until
    dispute = await scene.disputed(id_)
    await scene.resolve(dispute["id"], {0: -1})
    second = (await scene.row(id_)).review_until
    assert first is not None
    assert second is not None
    assert second > first


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"comment": " "}, "INVALID", ["decisions", "0", "comment"]),
        ({"adherence": 2}, "INVALID", ["decisions", "0", "adherence"]),
        ({"adherence": 0.00001}, "INVALID", ["decisions", "0", "adherence"]),
        ({"adherence": 0.5}, "INVALID", ["decisions", "0", "adherence"]),
        ({"decision": "UPHOLD"}, "INVALID", ["decisions", "0", "adherence"]),
        ({"metricId": "x"}, "INVALID", ["decisions", "0", "metricId"]),
    ],
)
async def test_a_bad_decision_is_refused_and_changes_nothing(
    scene: Scene, change: dict[str, Any], code: str, path: list[str]
):
    id_ = await scene.evaluated(0.5, 0.5, 1)
    dispute = await scene.disputed(id_, 0)
    counted = await scene.counts()
    sound = {
        "metricId": global_id(scene.metrics[0]),
        "decision": "REVISE",
        "adherence": 1,
        "comment": "So",
    }
    answer = await scene.resolve(dispute["id"], {}, decisions=[{**sound, **change}])
    assert refusals(answer) == [(code, path)]
    without = {key: value for key, value in sound.items() if key != "adherence"}
    answer = await scene.resolve(dispute["id"], {}, decisions=[without])
    assert refusals(answer) == [("INVALID", ["decisions", "0", "adherence"])]
    answer = await scene.resolve(dispute["id"], {}, decisions=[sound, sound])
    assert refusals(answer) == [("INVALID", ["decisions", "1", "metricId"])]
    other = {**sound, "metricId": global_id(scene.metrics[1])}
    answer = await scene.resolve(dispute["id"], {}, decisions=[sound, other])
    assert refusals(answer) == [("INVALID", ["decisions", "1", "metricId"])]
    assert refusals(await scene.resolve(dispute["id"], {})) == [("INVALID", ["decisions"])]
    assert await scene.counts() == counted
    (metric,) = await scene.rows(models.DisputedMetric)
    assert metric.decision is None


async def test_another_revision_is_stale_and_a_settled_dispute_not_open(scene: Scene):
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    for revision in (0, 2):
        stale = await scene.resolve(dispute["id"], {0: -1}, revision=revision)
        assert refusals(stale) == [("STALE_EVALUATION", ["revision"])]
    await scene.resolve(dispute["id"], {0: -1})
    assert refusals(await scene.resolve(dispute["id"], {0: -1})) == [
        ("STALE_EVALUATION", ["revision"])
    ]
    late = await scene.resolve(dispute["id"], {0: -1}, revision=2)
    assert refusals(late) == [("DISPUTE_NOT_OPEN", [])]


async def test_who_scored_settles_nothing_where_another_is_to(world: World):
    scene = await reviewing.scene(world, dispute_routing=DisputeRouting.DIFFERENT_AUDITOR)
    helper = await scene.auditor(name="Hal")
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    assert dispute["assignee"] == "Hal"
    refused = await scene.resolve(dispute["id"], {0: -1}, by=scene.qa)
    assert refusals(refused) == [("FORBIDDEN", [])]
    # Neither by scoring anew; and what may not be comes before what is stale (V4).
    refused = await scene.submit(1, 1, 1, expectedRevision=7, comment="Mine")
    assert refusals(refused) == [("FORBIDDEN", [])]
    given = {"expectedRevision": 1, "comment": "Hers"}
    made = await scene.submit(1, 0.5, 1, by=world.client(helper), **given)
    assert made["errors"] == []
    # Who scored anew is the auditor from now on.
    shown = await scene.read(id_)
    assert shown["evaluatedBy"] == "Hal"
    assert refusals(await scene.respond(id_, 0, revision=2)) == [("NO_AUDITOR", [])]


async def test_another_supervisor_in_reach_may_stand_in(scene: Scene):
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    assert dispute["assignee"] == "Quinn"
    assert (await scene.resolve(dispute["id"], {0: -1}, by=scene.supervisor))["errors"] == []


async def test_a_dispute_is_handed_on_to_who_may_settle_it(scene: Scene):
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    choice = (await scene.read(id_))["disputes"][0]["auditors"]
    assert [(each["name"], each["openDisputes"]) for each in choice] == [("Quinn", 1), ("Sue", 0)]
    moved = await scene.reassign(dispute["id"], choice[1]["id"])
    assert moved["errors"] == []
    assert moved["dispute"] == {"id": dispute["id"], "assignee": "Sue", "version": 2}
    last = (await scene.rows(models.AuditEntry))[-1]
    assert last.action is Action.DISPUTE_REASSIGNED
    assert last.before == {"assignee_id": str(scene.quinn.id)}
    assert last.after == {"assignee_id": str(scene.sue.id)}
    stale = await scene.reassign(dispute["id"], choice[0]["id"])
    assert refusals(stale) == [("STALE", ["expectedVersion"])]
    await scene.resolve(dispute["id"], {0: -1})
    late = await scene.reassign(dispute["id"], choice[0]["id"], version=2)
    assert refusals(late) == [("DISPUTE_NOT_OPEN", [])]
    assert await scene.agrees()


async def test_a_dispute_is_not_handed_on_to_who_may_not_settle_it(world: World):
    scene = await reviewing.scene(world, dispute_routing=DisputeRouting.DIFFERENT_AUDITOR)
    await scene.auditor(name="Hal")
    travel = await world.queue("Travel")
    far = await scene.auditor(travel)
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    for to in (far.id, scene.agent_user.id, uuid.uuid4()):
        refused = await scene.reassign(dispute["id"], encode("User", to))
        assert refusals(refused) == [("NOT_FOUND", ["assigneeId"])]
    refused = await scene.reassign(dispute["id"], encode("User", scene.quinn.id))
    assert refusals(refused) == [("INVALID", ["assigneeId"])]
    names = [each["name"] for each in (await scene.read(id_))["disputes"][0]["auditors"]]
    assert names == ["Hal", "Sue"]


async def test_out_of_reach_there_is_no_dispute(scene: Scene):
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    travel = await scene.world.queue("Travel")
    far = scene.world.client(await scene.world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(travel,)))
    for target in (dispute["id"], encode("Dispute", uuid.uuid4()), "x"):
        refused = await scene.resolve(target, {0: -1}, by=far)
        assert refusals(refused) == [("NOT_FOUND", ["disputeId"])]
        given = {"disputeId": target, "assigneeId": "x", "expectedVersion": 1}
        (payload,) = (await far.ask(REASSIGN, input=given)).data.values()
        assert refusals(payload) == [("NOT_FOUND", ["disputeId"])]


async def test_agents_and_partners_settle_nothing(scene: Scene):
    partner = scene.world.client(await scene.world.user(Role.PARTNER, *EVERYWHERE))
    resolving = {"disputeId": "x", "revision": 1, "decisions": []}
    handing = {"disputeId": "x", "assigneeId": "x", "expectedVersion": 1}
    for who in (scene.agent, partner):
        for text, given in (("ResolveDispute", resolving), (REASSIGN, handing)):
            answer = await who.ask(text, input=given)
            assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_a_supervisor_is_never_an_agent(scene: Scene):
    """So nobody can settle a dispute about their own conversations: the database holds it (D3)."""
    with pytest.raises(Exception, match=r"(?i)check|constraint"):
        await scene.world.user(Role.SUPERVISOR, *AGENT, agent=scene.ann)


async def test_of_two_supervisors_who_settle_at_once_one_wins(scene: Scene):
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    answers = await asyncio.gather(
        scene.resolve(dispute["id"], {0: 1}, by=scene.qa),
        scene.resolve(dispute["id"], {0: 0}, by=scene.supervisor),
        scene.resolve(dispute["id"], {0: -1}, by=scene.qa),
    )
    codes = [error["code"] for answer in answers for error in answer["errors"]]
    assert codes == ["STALE_EVALUATION"] * 2
    assert (await scene.row(id_)).revision == 2
    assert len(await scene.rows(models.EvaluationRevision)) == 2
    assert await scene.agrees()


@pytest.mark.parametrize("first", ["withdraw", "resolve"])
async def test_of_withdrawal_and_resolution_at_once_one_counts(scene: Scene, first: str):
    made = await scene.world.assignment(scene.ann, scene.quinn, scene.talk)
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    calls = [scene.withdraw(dispute["id"]), scene.resolve(dispute["id"], {0: 1})]
    answers = await asyncio.gather(*(calls if first == "withdraw" else calls[::-1]))
    codes = [error["code"] for answer in answers for error in answer["errors"]]
    row = await scene.row(id_)
    (found,) = await scene.rows(models.Dispute)
    if found.state is models.DisputeState.WITHDRAWN:
        assert codes == ["DISPUTE_NOT_OPEN"]
        assert (row.review_state, row.revision) == (models.ReviewState.RESOLVED, 1)
    else:
        assert codes == ["STALE_EVALUATION"]
        assert (row.review_state, row.revision) == (models.ReviewState.PENDING_AGENT_REVIEW, 2)
    (counted,) = await scene.rows(models.Assignment, models.Assignment.id == made.id)
    assert counted.agent_turns == (row.revision == 2)
    assert await scene.agrees()


async def test_of_handing_on_and_resolving_at_once_the_facts_stay_right(scene: Scene):
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    moved, settled = await asyncio.gather(
        scene.reassign(dispute["id"], encode("User", scene.sue.id)),
        scene.resolve(dispute["id"], {0: 1}),
    )
    assert settled["errors"] == []
    assert [error["code"] for error in moved["errors"]] in ([], ["DISPUTE_NOT_OPEN"])
    assert await scene.agrees()
