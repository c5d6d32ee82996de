"""Reviews and disputes: every state x action x role, by the tables and over HTTP (V4, section 8).

Expected is what the sentences of section 8 say, written down here a second time. The mutation and
`viewerActions` must both say it.
"""

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

import models
from models import DisputeRouting, DisputeState, ReviewState, Role
from models.dispute import MOVES as DISPUTE_MOVES
from models.dispute import after_answer, after_resolution
from models.evaluation import MOVES as EVALUATION_MOVES
from models.evaluation import after_audit, after_re_audit
from models.move import ViewerActionName
from schema.node import encode
from tests import reviewing
from tests.client import Client
from tests.reviewing import REASSIGN, WITHDRAW, Scene, make_form, metrics_of
from tests.world import EVERYWHERE, World, global_id

SUBMIT = ViewerActionName.SUBMIT_EVALUATION
RESPOND = ViewerActionName.RESPOND_TO_EVALUATION
RESOLVE = ViewerActionName.RESOLVE_DISPUTE
WITHDRAWAL = ViewerActionName.WITHDRAW_DISPUTE
REASSIGNMENT = ViewerActionName.REASSIGN_DISPUTE

ABSENT, ALLOWED = "absent", "allowed"
SCORER, OTHER, AGENT, PARTNER = "scorer", "supervisor", "agent", "partner"
PEOPLE = {SCORER: Role.QA, OTHER: Role.SUPERVISOR, AGENT: Role.AGENT, PARTNER: Role.PARTNER}

# The dispute's state says the evaluation's.
ABOUT = {
    DisputeState.OPEN: ReviewState.PENDING_SUPERVISOR_REVIEW,
    DisputeState.RESOLVED: ReviewState.CLOSED,
    DisputeState.WITHDRAWN: ReviewState.RESOLVED,
}


@dataclass(frozen=True)
class Case:
    action: ViewerActionName
    state: ReviewState | DisputeState
    routing: DisputeRouting
    who: str

    @property
    def by_scorer(self) -> bool:
        """Whether this is who scored, where another is to settle (D3)."""
        return self.who == SCORER and self.routing is DisputeRouting.DIFFERENT_AUDITOR

    @property
    def expected(self) -> str:
        mine = {RESPOND: (AGENT,), WITHDRAWAL: (AGENT,)}.get(self.action, (SCORER, OTHER))
        if self.who not in mine:
            return ABSENT
        if self.action is RESPOND:
            waits = self.state is ReviewState.PENDING_AGENT_REVIEW
            return ALLOWED if waits else "NOT_WAITING_FOR_AGENT"
        if self.action is SUBMIT:
            return self._of_submission
        if self.action is RESOLVE and self.by_scorer:
            return "FORBIDDEN"
        return ALLOWED if self.state is DisputeState.OPEN else "DISPUTE_NOT_OPEN"

    @property
    def _of_submission(self) -> str:
        if self.state is ReviewState.PENDING_SUPERVISOR_REVIEW and self.by_scorer:
            return "FORBIDDEN"
        if self.state is ReviewState.PENDING_AGENT_REVIEW:
            return "WAITING_FOR_AGENT"
        return "REVIEW_CLOSED" if self.state is ReviewState.CLOSED else ALLOWED


def product() -> Iterator[Case]:
    for routing, who in itertools.product(DisputeRouting, PEOPLE):
        for action, review in itertools.product((SUBMIT, RESPOND), ReviewState):
            yield Case(action, review, routing, who)
        for action, dispute in itertools.product((RESOLVE, WITHDRAWAL, REASSIGNMENT), DisputeState):
            yield Case(action, dispute, routing, who)


CASES = list(product())


def test_the_product_is_whole():
    assert len(CASES) == 2 * 4 * (2 * 5 + 3 * 3) == 152
    assert {*EVALUATION_MOVES, *DISPUTE_MOVES} == {case.action for case in CASES}
    assert {case.expected for case in CASES} == {
        ABSENT,
        ALLOWED,
        "FORBIDDEN",
        "WAITING_FOR_AGENT",
        "REVIEW_CLOSED",
        "NOT_WAITING_FOR_AGENT",
        "DISPUTE_NOT_OPEN",
    }


@pytest.mark.parametrize("role", Role)
def test_the_tables_say_the_code_of_every_state_action_and_role(role: Role):
    """Without the scorer's rule, which is beside the tables; absent is forbidden here."""
    for case in CASES:
        if PEOPLE[case.who] is not role or case.by_scorer:
            continue
        moves: Any = {**EVALUATION_MOVES, **DISPUTE_MOVES}
        refusal = moves[case.action].refuse(case.state, role)
        expected = {ABSENT: "FORBIDDEN", ALLOWED: None}.get(case.expected, case.expected)
        assert (refusal and str(refusal.code)) == expected, case


def test_what_comes_of_each_move():
    state = ReviewState
    assert after_audit(asked=True) is state.PENDING_AGENT_REVIEW
    assert after_audit(asked=False) is state.AUDITED
    assert after_answer(disputed=True) is state.PENDING_SUPERVISOR_REVIEW
    assert after_answer(disputed=False) is state.RESOLVED
    for asked, again, left in itertools.product((True, False), repeat=3):
        reopens = asked and again and left
        expected = state.PENDING_AGENT_REVIEW if reopens else state.CLOSED
        assert after_resolution(asked=asked, re_disputes=again, rounds_left=left) is expected
        for before in (state.AUDITED, state.PENDING_SUPERVISOR_REVIEW, state.RESOLVED):
            found = after_re_audit(before, edited=again, asked=asked, rounds_left=left)
            kept = state.CLOSED if before is state.PENDING_SUPERVISOR_REVIEW else before
            assert found is (state.PENDING_AGENT_REVIEW if reopens else kept)


class Table:
    """Makes an evaluation in any state, and lets anybody try anything."""

    def __init__(
        self, scene: Scene, partner: Client, forms: dict[DisputeRouting, models.EvaluationForm]
    ) -> None:
        self.scene = scene
        self.forms = forms
        self.clients = {
            SCORER: scene.qa,
            OTHER: scene.supervisor,
            AGENT: scene.agent,
            PARTNER: partner,
        }

    async def made(self, case: Case) -> tuple[models.Evaluation, models.Dispute | None]:
        scene, form = self.scene, self.forms[case.routing]
        world = scene.world
        talk = await world.conversation(scene.ann, scene.billing)
        state = ABOUT[case.state] if isinstance(case.state, DisputeState) else case.state
        made = await world.evaluation(talk, form, by=scene.quinn, review_state=state)
        if isinstance(case.state, ReviewState) and state is not ABOUT[DisputeState.OPEN]:
            return made, None
        open_ = state is ReviewState.PENDING_SUPERVISOR_REVIEW
        dispute = models.Dispute(
            workspace_id=world.workspace_id,
            id=uuid.uuid4(),
            evaluation_id=made.id,
            round=1,
            revision=1,
            state=case.state if isinstance(case.state, DisputeState) else DisputeState.OPEN,
            assignee_id=scene.quinn.id,
            opened_at=made.evaluated_at,
            closed_at=None if open_ else made.evaluated_at,
        )
        metric = (await metrics_of(world, form))[0]
        disputed = models.DisputedMetric(
            workspace_id=world.workspace_id,
            dispute_id=dispute.id,
            metric_id=metric.id,
            position=1,
            comment="No",
        )
        await world.add(dispute, disputed)
        return made, dispute

    async def call(
        self, case: Case, made: models.Evaluation, dispute: models.Dispute | None
    ) -> str:
        """What the mutation says."""
        metrics = [global_id(each) for each in await metrics_of(self.scene.world, self.form(case))]
        about = {"disputeId": dispute and global_id(dispute), "revision": 1}
        scores = [{"metricId": each, "adherence": 1} for each in metrics]
        decisions = [{"metricId": metrics[0], "decision": "UPHOLD", "comment": "So"}]
        text, given = {
            SUBMIT: (
                "SubmitEvaluation",
                {
                    "conversationId": encode("Conversation", made.conversation_id),
                    "scores": scores,
                    "comment": "Anew",
                    "expectedRevision": 1,
                },
            ),
            RESPOND: (
                "RespondToEvaluation",
                {"evaluationId": global_id(made), "revision": 1, "decisions": []},
            ),
            RESOLVE: ("ResolveDispute", {**about, "decisions": decisions}),
            WITHDRAWAL: (WITHDRAW, about),
            REASSIGNMENT: (
                REASSIGN,
                {
                    "disputeId": about["disputeId"],
                    "assigneeId": encode("User", self.scene.sue.id),
                    "expectedVersion": 1,
                },
            ),
        }[case.action]
        answer = await self.clients[case.who].ask(text, input=given)
        if "data" not in answer.body or answer.body["data"] is None:
            assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
            return ABSENT
        (payload,) = answer.data.values()
        return payload["errors"][0]["code"] if payload["errors"] else ALLOWED

    def form(self, case: Case) -> models.EvaluationForm:
        return self.forms[case.routing]

    async def shown(
        self, case: Case, made: models.Evaluation, dispute: models.Dispute | None
    ) -> str:
        """What `viewerActions` says."""
        # In a partner's view no action has a name, so there is nothing to ask for by it.
        ask = """query($id: ID!) { node(id: $id) {
            ... on Evaluation { viewerActions { FIELDS } }
            ... on Dispute { viewerActions { FIELDS } } } }"""
        ask = ask.replace("FIELDS", "allowed" if case.who == PARTNER else "action allowed reason")
        of_dispute = case.action in DISPUTE_MOVES
        target = global_id(dispute if of_dispute and dispute else made)
        found = (await self.clients[case.who].ask(ask, id=target)).data["node"]["viewerActions"]
        if case.who == PARTNER:
            assert found == []
        for each in found:
            if each["action"] == case.action:
                assert each["allowed"] is (each["reason"] is None)
                return str(each["reason"] or ALLOWED)
        return ABSENT


@pytest.fixture
async def table(world: World) -> Table:
    scene = await reviewing.scene(world)
    partner = world.client(await world.user(Role.PARTNER, *EVERYWHERE))
    forms = {
        routing: await make_form(
            world, scene.billing, active=False, dispute_routing=routing, allow_re_disputes=True
        )
        for routing in DisputeRouting
    }
    return Table(scene, partner, forms)


@pytest.mark.parametrize("routing", DisputeRouting)
@pytest.mark.parametrize("who", PEOPLE)
async def test_mutation_and_viewer_actions_say_what_section_8_says(
    table: Table, who: str, routing: DisputeRouting
):
    cases = [case for case in CASES if case.who == who and case.routing is routing]
    assert len(cases) == 19
    for case in cases:
        made, dispute = await table.made(case)
        assert await table.shown(case, made, dispute) == case.expected, case
        counted = await table.scene.counts()
        assert await table.call(case, made, dispute) == case.expected, case
        if case.expected != ALLOWED:
            assert await table.scene.counts() == counted, case
