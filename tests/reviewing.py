"""A workspace where agents accept and dispute, and what its people ask over HTTP (section 8)."""

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

import models
from models import DisputeRouting, Role
from models.base import Base
from models.evaluation import Evaluation
from resolvers import check
from schema.node import decode
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, SUPERVISOR, World, global_id

EVALUATION = """query($id: ID!) { node(id: $id) { ... on Evaluation {
    id revision total passed reviewState reviewUntil disputeRounds completedAt evaluatedBy
    scores { metric { id } adherence points comment }
    revisions { number reason total comment evaluatedBy scores { adherence comment } }
    disputableMetrics { id }
    disputes { id round revision state openedAt closedAt assignee version
        metrics { metric { id } comment decision newAdherence decisionComment }
        auditors { id name openDisputes } viewerActions { action allowed reason } }
    history { actor action }
    viewerActions { action allowed reason } } } }"""
DRAFT = """mutation($input: SaveEvaluationDraftInput!) { saveEvaluationDraft(input: $input) {
    draft { version comment savedAt form { id } scores { metricId scored adherence comment } }
    errors { code path } } }"""
WITHDRAW = """mutation($input: WithdrawDisputeInput!) { withdrawDispute(input: $input) {
    dispute { id state evaluation { reviewState disputeRounds } } errors { code path } } }"""
REASSIGN = """mutation($input: ReassignDisputeInput!) { reassignDispute(input: $input) {
    dispute { id assignee version } errors { code path } } }"""

DISPUTABLE: dict[str, Any] = {
    "dispute_routing": DisputeRouting.SAME_AUDITOR,
    "allow_re_disputes": True,
}


def refusals(payload: Any) -> list[tuple[str, list[str]]]:
    """Codes and paths of a payload that has no object."""
    assert [value for key, value in payload.items() if key != "errors"] == [None]
    return [(error["code"], error["path"]) for error in payload["errors"]]


@dataclass
class Scene:
    world: World
    billing: models.Queue
    form: models.EvaluationForm
    metrics: list[models.Metric]
    ann: models.Agent
    talk: models.Conversation
    quinn: models.User
    sue: models.User
    agent_user: models.User
    qa: Client
    supervisor: Client
    agent: Client

    async def another_form(self, **policy: Any) -> models.EvaluationForm:
        """A form of the same metrics for the queue, which is the active one from now on."""
        world = self.world
        async with world.database.write() as session:
            link = models.EvaluationFormQueue
            await session.execute(
                sa.update(link)
                .where(link.workspace_id == world.workspace_id, link.queue_id == self.billing.id)
                .values(active=False)
            )
        return await make_form(world, self.billing, **policy)

    async def scored(self, form: models.EvaluationForm, *adherence: float | None) -> list[Any]:
        """Scores of a form's metrics, in order."""
        metrics = await metrics_of(self.world, form)
        return [
            {"metricId": global_id(metric), "adherence": a}
            for metric, a in zip(metrics, adherence, strict=True)
        ]

    def scores(self, *adherence: float | None) -> list[dict[str, Any]]:
        return [
            {"metricId": global_id(metric), "adherence": a}
            for metric, a in zip(self.metrics, adherence, strict=True)
        ]

    async def submit(
        self, *adherence: float | None, by: Client | None = None, **changes: Any
    ) -> Any:
        given = {
            "conversationId": global_id(self.talk),
            "scores": self.scores(*(adherence or (0.5, 0.5, 1))),
            **changes,
        }
        answer = await (by or self.qa).ask("SubmitEvaluation", input=given)
        return answer.data["submitEvaluation"]

    async def evaluated(self, *adherence: float | None, **changes: Any) -> str:
        """The id of a new evaluation."""
        made = await self.submit(*adherence, **changes)
        assert made["errors"] == []
        return str(made["evaluation"]["id"])

    async def respond(
        self, id_: str, *disputed: int, revision: int = 1, by: Client | None = None, **changes: Any
    ) -> Any:
        """Dispute the metrics at these places, and accept the rest."""
        decisions = [
            {"metricId": global_id(self.metrics[n]), "decision": "DISPUTE", "comment": f"No {n}"}
            for n in disputed
        ]
        given = {"evaluationId": id_, "revision": revision, "decisions": decisions, **changes}
        answer = await (by or self.agent).ask("RespondToEvaluation", input=given)
        return answer.data["respondToEvaluation"]

    async def disputed(self, id_: str, *places: int, revision: int = 1) -> Any:
        """Dispute an evaluation; the open dispute as the agent reads it."""
        payload = await self.respond(id_, *(places or (0,)), revision=revision)
        assert payload["errors"] == []
        return payload["evaluation"]["disputes"][-1]

    async def resolve(
        self,
        id_: str,
        new: dict[int, float | None],
        *,
        revision: int = 1,
        by: Client | None = None,
        **changes: Any,
    ) -> Any:
        """Settle a dispute: a place with a number is revised, one with -1 upheld."""
        decisions: list[dict[str, Any]] = []
        for place, adherence in new.items():
            decision: dict[str, Any] = {"metricId": global_id(self.metrics[place]), "comment": "So"}
            if adherence == -1:
                decisions.append({**decision, "decision": "UPHOLD"})
            else:
                decisions.append({**decision, "decision": "REVISE", "adherence": adherence})
        given = {"disputeId": id_, "revision": revision, "decisions": decisions, **changes}
        answer = await (by or self.supervisor).ask("ResolveDispute", input=given)
        return answer.data["resolveDispute"]

    async def withdraw(self, id_: str, *, revision: int = 1) -> Any:
        given = {"disputeId": id_, "revision": revision}
        return (await self.agent.ask(WITHDRAW, input=given)).data["withdrawDispute"]

    async def reassign(self, id_: str, to: str, *, version: int = 1) -> Any:
        given = {"disputeId": id_, "assigneeId": to, "expectedVersion": version}
        return (await self.qa.ask(REASSIGN, input=given)).data["reassignDispute"]

    async def read(self, id_: str, *, by: Client | None = None) -> Any:
        return (await (by or self.qa).ask(EVALUATION, id=id_)).data["node"]

    async def row(self, id_: str) -> Evaluation:
        found = decode(id_)
        assert found is not None
        async with self.world.database.read() as session:
            rows = await session.scalars(sa.select(Evaluation).where(Evaluation.id == found[1]))
            return rows.one()

    async def rows(self, model: type[Base], *where: Any) -> list[Any]:
        async with self.world.database.read() as session:
            return list(await session.scalars(sa.select(model).where(*where)))

    async def counts(self) -> dict[str, int]:
        """How many rows there are of what a write to an evaluation could leave."""
        kinds: list[type[Base]] = [
            models.Evaluation,
            models.EvaluationRevision,
            models.MetricScore,
            models.Dispute,
            models.DisputedMetric,
            models.AuditEntry,
            models.OutboxEvent,
            models.EvaluationDraft,
        ]
        return {kind.__tablename__: len(await self.rows(kind)) for kind in kinds}

    async def agrees(self) -> bool:
        """Whether `coaching check` finds nothing."""
        report = await check.run(self.world.database)
        assert report is not None
        return not report.counts

    async def set(self, model: type[Base], **values: Any) -> None:
        """Change all rows of a table behind the product's back."""
        async with self.world.database.write() as session:
            await session.execute(sa.update(model).values(**values))

    async def auditor(self, *queues: models.Queue, pool: bool = True, **values: Any) -> models.User:
        """Another QA user, in the form's pool; of every queue unless some are named."""
        permissions = SUPERVISOR if queues else EVERYWHERE
        made = await self.world.user(Role.QA, *permissions, queues=queues, **values)
        if pool:
            await self.world.add(
                models.EvaluationFormAuditor(
                    workspace_id=self.world.workspace_id, form_id=self.form.id, user_id=made.id
                )
            )
        return made


async def metrics_of(world: World, form: models.EvaluationForm) -> list[models.Metric]:
    metric = models.Metric
    async with world.database.read() as session:
        rows = await session.scalars(
            sa.select(metric).where(metric.form_id == form.id).order_by(metric.position)
        )
        return list(rows)


async def make_form(
    world: World, queue: models.Queue, *, active: bool = True, **policy: Any
) -> models.EvaluationForm:
    """A form of three metrics for a queue: 10, 10 with 5 negative, and 20 fatal; passed at 70."""
    owner = {"workspace_id": world.workspace_id}
    number = next(world.numbers)
    made = models.EvaluationForm(
        **owner,
        id=uuid.uuid4(),
        external_id=f"form-{number}",
        digest=bytes(32),
        name="Chat quality",
        form_version=1,
        channel=models.Channel.CHAT,
        pass_score=70,
        **policy,
    )
    weights = [("Greets", 10, 0, False), ("Listens", 10, 5, False), ("Verifies", 20, 0, True)]
    metrics = [
        models.Metric(
            **owner,
            id=uuid.uuid4(),
            form_id=made.id,
            position=position,
            key=name.lower(),
            name=name,
            weight=weight,
            negative_weight=negative,
            fatal=fatal,
        )
        for position, (name, weight, negative, fatal) in enumerate(weights, start=1)
    ]
    link = models.EvaluationFormQueue(
        **owner, form_id=made.id, queue_id=queue.id, channel=made.channel, active=active
    )
    await world.add(made, *metrics, link)
    return made


async def scene(world: World, **policy: Any) -> Scene:
    """Ann's conversation, Quinn and Sue who may audit it, and a form with this policy."""
    async with world.database.write() as session:
        await session.execute(
            sa.update(models.Workspace)
            .where(models.Workspace.id == world.workspace_id)
            .values(accept_and_dispute=True)
        )
    billing = await world.queue()
    form = await make_form(world, billing, **{**DISPUTABLE, **policy})
    ann = await world.agent("Ann", billing)
    talk = await world.conversation(ann, billing)
    quinn = await world.user(Role.QA, *EVERYWHERE, name="Quinn")
    sue = await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(billing,), name="Sue")
    user = await world.user(Role.AGENT, *AGENT, agent=ann, name="Ann")
    return Scene(
        world=world,
        billing=billing,
        form=form,
        metrics=await metrics_of(world, form),
        ann=ann,
        talk=talk,
        quinn=quinn,
        sue=sue,
        agent_user=user,
        qa=world.client(quinn),
        supervisor=world.client(sue),
        agent=world.client(user),
    )


async def disputed(
    world: World, form: models.EvaluationForm, queue: models.Queue, by: models.User
) -> tuple[models.Metric, models.Dispute]:
    """Make a form active for a queue, and dispute its first metric for another agent."""
    owner = {"workspace_id": world.workspace_id}
    talk = await world.conversation(await world.agent("Cat", queue), queue)
    state = models.ReviewState.PENDING_SUPERVISOR_REVIEW
    made = await world.evaluation(talk, form, by=by, total=50, review_state=state)
    metric = (await metrics_of(world, form))[0]
    dispute = models.Dispute(
        **owner,
        id=uuid.uuid4(),
        evaluation_id=made.id,
        round=1,
        revision=1,
        assignee_id=by.id,
        opened_at=made.evaluated_at,
    )
    link = models.EvaluationFormQueue(
        **owner, form_id=form.id, queue_id=queue.id, channel=form.channel
    )
    objection = models.DisputedMetric(
        **owner, dispute_id=dispute.id, metric_id=metric.id, position=1, comment="I did."
    )
    await world.add(link, dispute, objection)
    async with world.database.write() as session:
        first = sa.update(Evaluation).where(Evaluation.id == made.id)
        await session.execute(first.values(dispute_rounds=1))
    return metric, dispute
