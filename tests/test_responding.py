"""Agents accept, dispute and withdraw over HTTP; somebody is found to settle it (D2, D3, D5)."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest

import models
from models import Action, DisputeRouting, Role
from models.dispute import Auditor, assignee, may_settle
from models.errors import Code, Refusal
from schema.node import encode
from tests import reviewing
from tests.reviewing import WITHDRAW, Scene, refusals
from tests.world import AGENT, EVERYWHERE, SUPERVISOR, World, global_id

SAME, DIFFERENT = DisputeRouting.SAME_AUDITOR, DisputeRouting.DIFFERENT_AUDITOR


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world)


async def test_accepting_everything_resolves_the_review(scene: Scene):
    id_ = await scene.evaluated()
    accepted = {"metricId": global_id(scene.metrics[0]), "decision": "ACCEPT"}
    answer = await scene.respond(id_, decisions=[accepted])
    assert answer["errors"] == []
    assert answer["evaluation"]["reviewState"] == "RESOLVED"
    assert answer["evaluation"]["completedAt"] is not None
    assert answer["evaluation"]["disputeRounds"] == 0
    assert answer["evaluation"]["disputes"] == []
    last = (await scene.rows(models.AuditEntry))[-1]
    assert (last.action, last.actor_id) == (Action.EVALUATION_ANSWERED, scene.agent_user.id)
    assert last.before["review_state"] == "PENDING_AGENT_REVIEW"
    assert last.after == {"review_state": "RESOLVED", "revision": 1, "total": 68.75}
    assert await scene.agrees()


async def test_disputing_some_opens_a_round_and_accepts_the_rest(scene: Scene):
    id_ = await scene.evaluated()
    answer = await scene.respond(id_, 2, 0)
    assert answer["errors"] == []
    shown = answer["evaluation"]
    assert (shown["reviewState"], shown["disputeRounds"]) == ("PENDING_SUPERVISOR_REVIEW", 1)
    assert shown["disputableMetrics"] == []
    (dispute,) = shown["disputes"]
    assert (dispute["round"], dispute["revision"], dispute["state"]) == (1, 1, "OPEN")
    assert dispute["assignee"] == "Quinn"
    named = [(each["metric"]["name"], each["comment"]) for each in dispute["metrics"]]
    assert named == [("Greets", "No 0"), ("Verifies", "No 2")]
    last = (await scene.rows(models.AuditEntry))[-1]
    assert last.action is Action.DISPUTE_OPENED
    assert await scene.agrees()


async def test_an_answer_ends_the_time_to_answer(scene: Scene):
    await scene.set(models.EvaluationForm, review_window_days=1)
    id_ = await scene.evaluated()
    assert (await scene.row(id_)).review_until is not None
    await scene.respond(id_, 0)
    assert (await scene.row(id_)).review_until is None


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"comment": None}, "INVALID", ["decisions", "0", "comment"]),
        ({"comment": " \n"}, "INVALID", ["decisions", "0", "comment"]),
        ({"comment": "a\u0007"}, "INVALID", ["decisions", "0", "comment"]),
        ({"comment": "x" * 10_001}, "INVALID", ["decisions", "0", "comment"]),
        ({"decision": "ACCEPT"}, "INVALID", ["decisions", "0", "comment"]),
        ({"metricId": "x"}, "NOT_FOUND", ["decisions", "0", "metricId"]),
        ({"metricId": encode("Metric", uuid.uuid4())}, "NOT_FOUND", ["decisions", "0", "metricId"]),
    ],
)
async def test_a_bad_answer_is_refused_and_changes_nothing(
    scene: Scene, change: dict[str, Any], code: str, path: list[str]
):
    id_ = await scene.evaluated()
    counted = await scene.counts()
    decision = {"metricId": global_id(scene.metrics[0]), "decision": "DISPUTE", "comment": "No"}
    assert refusals(await scene.respond(id_, decisions=[{**decision, **change}])) == [(code, path)]
    twice = await scene.respond(id_, decisions=[decision, decision])
    assert refusals(twice) == [("INVALID", ["decisions", "1", "metricId"])]
    assert await scene.counts() == counted
    assert (await scene.row(id_)).dispute_rounds == 0


async def test_another_revision_is_stale_and_a_second_answer_too_late(scene: Scene):
    id_ = await scene.evaluated()
    for revision in (0, 2):
        stale = await scene.respond(id_, revision=revision)
        assert refusals(stale) == [("STALE_EVALUATION", ["revision"])]
    await scene.respond(id_)
    assert refusals(await scene.respond(id_, 0)) == [("NOT_WAITING_FOR_AGENT", [])]
    # Of both, the older revision is said first (D7).
    assert refusals(await scene.respond(id_, revision=0)) == [("STALE_EVALUATION", ["revision"])]


async def test_an_answer_to_an_older_revision_does_not_count_for_the_new_one(scene: Scene):
    await scene.set(models.Workspace, accept_and_dispute=False)
    id_ = await scene.evaluated()
    await scene.set(models.Workspace, accept_and_dispute=True)
    await scene.submit(0, 0.5, 1, expectedRevision=1)
    assert refusals(await scene.respond(id_)) == [("STALE_EVALUATION", ["revision"])]
    assert (await scene.respond(id_, revision=2))["errors"] == []


async def test_auto_qa_and_other_agents_evaluations_take_no_answer(scene: Scene):
    world = scene.world
    talk = await world.conversation(scene.ann, scene.billing, form=scene.form)
    (auto,) = await scene.rows(models.Evaluation)
    assert auto.conversation_id == talk.id
    refused = await scene.respond(global_id(auto))
    assert refusals(refused) == [("NOT_WAITING_FOR_AGENT", [])]
    id_ = await scene.evaluated()
    ben = await world.agent("Ben", scene.billing)
    other = world.client(await world.user(Role.AGENT, *AGENT, agent=ben))
    for target in (id_, encode("Evaluation", uuid.uuid4()), "x"):
        refused = await scene.respond(target, by=other)
        assert refusals(refused) == [("NOT_FOUND", ["evaluationId"])]
    dispute = await scene.disputed(id_)
    for target in (dispute["id"], encode("Dispute", uuid.uuid4()), "x"):
        (payload,) = (
            await other.ask(WITHDRAW, input={"disputeId": target, "revision": 1})
        ).data.values()
        assert refusals(payload) == [("NOT_FOUND", ["disputeId"])]


async def test_only_agents_with_the_permission_answer(scene: Scene):
    world = scene.world
    ben = await world.agent("Ben", scene.billing)
    plain = world.client(await world.user(Role.AGENT, agent=ben))
    partner = world.client(await world.user(Role.PARTNER, *EVERYWHERE))
    given = {"evaluationId": "x", "revision": 1, "decisions": []}
    for who in (plain, partner, scene.qa, scene.supervisor):
        for text, given_ in (
            ("RespondToEvaluation", given),
            (WITHDRAW, {"disputeId": "x", "revision": 1}),
        ):
            answer = await who.ask(text, input=given_)
            assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_of_many_answers_at_once_one_counts(scene: Scene):
    id_ = await scene.evaluated()
    answers = await asyncio.gather(*(scene.respond(id_, 0) for _ in range(5)))
    codes = [error["code"] for answer in answers for error in answer["errors"]]
    assert codes == ["NOT_WAITING_FOR_AGENT"] * 4
    assert len(await scene.rows(models.Dispute)) == 1
    assert await scene.agrees()


async def test_a_withdrawal_resolves_and_the_round_counts(scene: Scene):
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    withdrawn = await scene.withdraw(dispute["id"])
    assert withdrawn["errors"] == []
    assert withdrawn["dispute"]["state"] == "WITHDRAWN"
    about = {"reviewState": "RESOLVED", "disputeRounds": 1}
    assert withdrawn["dispute"]["evaluation"] == about
    shown = (await scene.read(id_))["disputes"][0]
    assert shown["closedAt"] is not None
    assert shown["version"] == 2
    assert shown["metrics"][0]["decision"] is None
    assert (await scene.rows(models.AuditEntry))[-1].action is Action.DISPUTE_WITHDRAWN
    assert refusals(await scene.withdraw(dispute["id"])) == [("DISPUTE_NOT_OPEN", [])]
    stale = await scene.withdraw(dispute["id"], revision=0)
    assert refusals(stale) == [("STALE_EVALUATION", ["revision"])]
    assert await scene.agrees()


async def test_names_of_auditors_are_hidden_from_agents_where_the_workspace_says_so(scene: Scene):
    await scene.set(models.Workspace, hide_auditor_details=True)
    id_ = await scene.evaluated()
    dispute = await scene.disputed(id_)
    await scene.resolve(dispute["id"], {0: 1})
    mine, theirs = await scene.read(id_, by=scene.agent), await scene.read(id_)
    assert [each["assignee"] for each in mine["disputes"]] == ["Anonymous"]
    assert [each["auditors"] for each in mine["disputes"]] == [[]]
    assert {mine["evaluatedBy"], *(each["evaluatedBy"] for each in mine["revisions"])} == {
        "Anonymous"
    }
    assert [each["actor"] for each in mine["history"]] == ["Anonymous", "Ann", "Anonymous"]
    assert [each["assignee"] for each in theirs["disputes"]] == ["Quinn"]
    assert [each["evaluatedBy"] for each in theirs["revisions"]] == ["Quinn", "Sue"]


# --- Who settles it (D3) ---


def auditor(number: int, *, pool: bool = True, opened: int = 0) -> Auditor:
    return Auditor(
        user_id=uuid.UUID(int=number), name=f"A{number}", in_pool=pool, open_disputes=opened
    )


ONE, TWO, THREE = (uuid.UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("auditors", "routing", "scorer", "expected"),
    [
        # The auditor is always ONE; who wrote the disputed revision may be another.
        ([auditor(1, pool=False), auditor(2)], SAME, ONE, ONE),
        ([auditor(1, opened=9), auditor(2)], SAME, ONE, ONE),
        ([auditor(1), auditor(2, pool=False)], SAME, TWO, TWO),
        ([auditor(1), auditor(3)], SAME, TWO, ONE),
        ([auditor(2), auditor(3, opened=1)], SAME, ONE, TWO),
        ([auditor(2, pool=False)], SAME, ONE, None),
        ([auditor(1), auditor(2), auditor(3)], DIFFERENT, ONE, TWO),
        ([auditor(1), auditor(2, opened=1), auditor(3)], DIFFERENT, ONE, THREE),
        ([auditor(2, pool=False), auditor(3, opened=5)], DIFFERENT, ONE, THREE),
        ([auditor(1), auditor(2), auditor(3, opened=5)], DIFFERENT, TWO, THREE),
        ([auditor(1), auditor(2)], DIFFERENT, TWO, TWO),
        ([auditor(1)], DIFFERENT, ONE, None),
        ([], SAME, ONE, None),
    ],
)
def test_the_assignee_is_by_routing_then_by_open_disputes_then_by_id(
    auditors: list[Auditor],
    routing: DisputeRouting,
    scorer: uuid.UUID,
    expected: uuid.UUID | None,
):
    for order in (auditors, auditors[::-1]):
        if expected is None:
            with pytest.raises(Refusal) as refused:
                assignee(order, routing=routing, auditor_id=ONE, scorer_id=scorer)
            assert refused.value.code is Code.NO_AUDITOR
        else:
            found = assignee(order, routing=routing, auditor_id=ONE, scorer_id=scorer)
            assert found == expected
            assert may_settle(found, auditor_id=ONE, routing=routing)


async def test_a_different_auditor_is_of_the_pool_able_and_never_who_scored(world: World):
    scene = await reviewing.scene(world, dispute_routing=DIFFERENT)
    travel = await world.queue("Travel")
    owner = {"workspace_id": world.workspace_id, "form_id": scene.form.id}
    for who in (scene.quinn, scene.agent_user):
        await world.add(models.EvaluationFormAuditor(**owner, user_id=who.id))
    await scene.auditor(pool=False)
    await scene.auditor(travel)
    await scene.auditor(disabled_at=dt.datetime.now(dt.UTC))
    id_ = await scene.evaluated()
    counted = await scene.counts()
    assert refusals(await scene.respond(id_, 0)) == [("NO_AUDITOR", [])]
    assert await scene.counts() == counted
    assert (await scene.row(id_)).dispute_rounds == 0
    able = [await scene.auditor(scene.billing), await scene.auditor()]
    dispute = await scene.disputed(id_)
    first, second = sorted(able, key=lambda user: user.id)
    assert dispute["assignee"] == first.name
    # The first has an open dispute now, so the next goes to the second.
    talk = await world.conversation(scene.ann, scene.billing)
    other = await scene.evaluated(conversationId=global_id(talk))
    assert (await scene.disputed(other))["assignee"] == second.name


async def test_reach_of_auditors_is_what_the_scope_gives_them(world: World):
    """The query that asks who reaches an evaluation agrees with what each of them is shown."""
    scene = await reviewing.scene(world)
    travel = await world.queue("Travel")
    ben = await world.agent("Ben", travel)
    talks = [
        scene.talk,
        await world.conversation(scene.ann, travel),
        await world.conversation(ben, scene.billing),
        await world.conversation(ben, travel),
    ]
    users = [scene.quinn, scene.sue]
    for role in (Role.SUPERVISOR, Role.QA):
        users += [
            await world.user(role, *SUPERVISOR),
            await world.user(role, *SUPERVISOR, queues=(travel,)),
            await world.user(role, *SUPERVISOR, queues=(travel, scene.billing)),
            await world.user(role, models.Permission.CROSS_QUEUE_DATA_ACCESS),
        ]
    for talk in talks:
        made = await world.evaluation(talk, scene.form, by=scene.quinn)
        await world.add(
            models.Dispute(
                workspace_id=world.workspace_id,
                id=uuid.uuid4(),
                evaluation_id=made.id,
                round=1,
                revision=1,
                assignee_id=scene.quinn.id,
                opened_at=made.evaluated_at,
            )
        )
        listed = (await scene.read(global_id(made)))["disputes"][0]["auditors"]
        shown = {
            user.name
            for user in users
            if await scene.read(global_id(made), by=world.client(user)) is not None
        }
        assert {each["name"] for each in listed} == shown
        assert len(shown) >= 3
