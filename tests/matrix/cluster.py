"""All that there is about one agent."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

import models
from models import MarkState, ReviewState, Role
from schema.node import encode
from tests import reviewing
from tests.matrix.rows import SAME
from tests.matrix.stage import Stage
from tests.world import EVERYWHERE, NOW, World, global_id


@dataclass
class Cluster:
    """All that there is about one agent. `mine` is whose the personal rows are."""

    stage: Stage
    world: World
    position: str
    agent: models.Agent
    queue: models.Queue
    by: models.User
    mine: models.User
    area: models.Attribute

    @property
    def owner(self) -> dict[str, uuid.UUID]:
        return {"workspace_id": self.world.workspace_id}

    def keep(self, sort: str, *rows: Any) -> None:
        self.stage.keep(sort, self.position, *rows)

    async def fill(self) -> None:
        self.keep("Agent", self.agent)
        await self.world.attribute(f"Calm at {self.position}")
        self.form = await self.make_form()
        self.talks = [await self.talk(hours) for hours in (10, 80, 12, 11)]
        self.keep("Conversation", *self.talks)
        evaluations = await self.evaluate()
        sent, pending = await self.groups()
        coached = await self.assign(sent)
        mark = await self.mark(pending, coached)
        await self.personal()
        about = {"assignment_id": coached.id, "mark_id": mark.id, "group_id": sent.id}
        entry = models.AuditEntry(
            **self.owner, **about, id=uuid.uuid4(), at=NOW, actor_id=self.by.id,
            action=models.Action.EVALUATION_SUBMITTED, agent_id=self.agent.id,
            evaluation_id=evaluations[0].id, before={"total": 70}, after={"total": 80},
        )  # fmt: skip
        await self.world.add(entry)

    async def make_form(self) -> models.EvaluationForm:
        policy = {**reviewing.DISPUTABLE, "review_window_days": 5}
        active = self.position != SAME  # A queue has one active form.
        made = await reviewing.make_form(self.world, self.queue, active=active, **policy)
        fed = [
            models.MetricAttribute(**self.owner, metric_id=each.id, attribute_id=self.area.id)
            for each in await reviewing.metrics_of(self.world, made)
        ]
        rita = await self.world.user(Role.QA, *EVERYWHERE, name=f"Rita at {self.position}")
        pool = [
            models.EvaluationFormAuditor(**self.owner, form_id=made.id, user_id=each.id)
            for each in (self.by, rita)
        ]
        await self.world.add(*fed, *pool)
        self.stage.auditors[self.position] = rita
        self.keep("EvaluationForm", made)
        return made

    async def talk(
        self, hours: int, agent: models.Agent | None = None, **more: Any
    ) -> models.Conversation:
        made = await self.world.conversation(
            agent or self.agent, self.queue, form=self.form, topic="Refund", intent="Complaint",
            sentiment_score=0.5, started_at=NOW - dt.timedelta(hours=hours), **more,
        )  # fmt: skip
        insight = models.Insight(
            **self.owner, conversation_id=made.id, position=1, title="Tone", text="Warm"
        )
        await self.world.add(insight)
        return made

    async def evaluate(self) -> list[models.Evaluation]:
        """One that waits for the agent, one that is over, one that waits for a supervisor."""
        states = (
            ReviewState.PENDING_AGENT_REVIEW,
            ReviewState.RESOLVED,
            ReviewState.PENDING_SUPERVISOR_REVIEW,
        )
        made = [
            await self.world.evaluation(talk, self.form, by=self.by, review_state=state)
            for talk, state in zip(self.talks, states, strict=False)
        ]
        self.keep("Evaluation", *made, *await self.by_auto_qa(*self.talks))
        async with self.world.database.write() as session:
            for each, values in (
                (made[0], {"review_until": NOW + dt.timedelta(days=5)}),
                (made[1], {"completed_at": NOW, "dispute_rounds": 1}),
                (made[2], {"dispute_rounds": 1}),
            ):
                of = models.Evaluation.id == each.id
                await session.execute(sa.update(models.Evaluation).where(of).values(values))
        metric = (await reviewing.metrics_of(self.world, self.form))[0]
        for each, closed in ((made[1], NOW), (made[2], None)):
            state = models.DisputeState.RESOLVED if closed else models.DisputeState.OPEN
            dispute = models.Dispute(
                **self.owner, id=uuid.uuid4(), evaluation_id=each.id, round=1, revision=1,
                assignee_id=self.by.id, opened_at=NOW, closed_at=closed, state=state,
            )  # fmt: skip
            settled: dict[str, Any] = {
                "decision": models.Decision.REVISE, "new_adherence": 0.9, "decision_comment": "So",
            }  # fmt: skip
            about = {**self.owner, "dispute_id": dispute.id, "metric_id": metric.id}
            objection = models.DisputedMetric(
                **about, position=1, comment="I did.", **(settled if closed else {})
            )
            await self.world.add(dispute, objection)
            self.keep("Dispute", dispute)
        return made

    async def by_auto_qa(self, *talks: models.Conversation) -> list[models.Evaluation]:
        """Auto QA's evaluations, which conversations come with."""
        chosen = models.Evaluation.conversation_id.in_([talk.id for talk in talks])
        auto = models.Evaluation.source == models.Source.AUTO
        async with self.world.database.read() as session:
            return list(await session.scalars(sa.select(models.Evaluation).where(chosen, auto)))

    async def groups(self) -> tuple[models.CoachingGroup, models.CoachingGroup]:
        """A sent one and a pending one, with descriptions."""
        made = [await self.world.group(self.by, self.agent, sent=sent) for sent in (True, False)]
        await self.world.add(
            *(
                models.CoachingGroupArea(**self.owner, group_id=each.id, attribute_id=self.area.id)
                for each in made
            )
        )
        self.keep("CoachingGroup", *made)
        return made[0], made[1]

    async def assign(self, group: models.CoachingGroup) -> models.Assignment:
        """A group's coaching of all conversations, with an example, and one that was cancelled."""
        model_agent = await self.world.agent(f"Model of {self.position}", self.queue)
        example = await self.talk(13, model_agent)
        self.keep("agent of an example", model_agent)
        self.keep("conversation of an example", example)
        self.keep("evaluation of an example", *await self.by_auto_qa(example))
        self.stage.known[encode("Example", example.id)].append(("Example", self.position))
        self.stage.rows["Example", self.position].append(example)
        some = self.talks[:3]
        words: dict[str, Any] = {"areas": (self.area,), "best": (example,), "group_id": group.id}
        made = [
            await self.world.assignment(self.agent, self.by, *some, reviewed=1, **words),
            await self.world.assignment(self.agent, self.by, some[0], cancelled_at=NOW),
            await self.world.assignment(self.agent, self.by, self.talks[0], best=(example,)),
        ]
        step = models.ActionStep(**self.owner, assignment_id=made[0].id, position=1, text="Read")
        await self.world.add(step)
        self.keep("Assignment", *made)
        parts: tuple[Any, ...] = (models.AssignmentConversation, models.BestResponse)
        for model in parts:
            async with self.world.database.write() as session:
                chosen = model.assignment_id.in_([each.id for each in made])
                rows = list(await session.scalars(sa.select(model).where(chosen)))
                if model is models.BestResponse:
                    rows.sort(key=lambda row: row.assignment_id != made[0].id)
                    rows[0].reviewed_at = NOW
            self.keep(model.__name__, *rows)
        return made[0]

    async def mark(self, group: models.CoachingGroup, assignment: models.Assignment) -> models.Mark:
        """A candidate's mark, a group's, and one because of which coaching was assigned."""
        made: list[models.Mark] = []
        states: tuple[dict[str, Any], ...] = (
            {},
            {"group_id": group.id},
            {"state": MarkState.ASSIGNED, "assignment_id": assignment.id},
        )
        for number, more in enumerate(states):
            about = {"agent_id": self.agent.id, "marked_by_id": self.by.id}
            at = NOW - dt.timedelta(hours=number)
            row = models.Mark(**self.owner, **about, id=uuid.uuid4(), created_at=at, **more)
            of = {**self.owner, "mark_id": row.id}
            area = models.MarkArea(**of, **about, attribute_id=self.area.id, active=number == 0)
            talk = models.MarkConversation(**of, conversation_id=self.talks[0].id)
            await self.world.add(row, *([area] if number != 1 else []), talk)
            made.append(row)
        self.keep("Mark", *made[:2])
        self.keep("mark that was assigned", made[2])
        return made[0]

    async def personal(self) -> None:
        """A bookmark and a draft, of one's own or of a colleague."""
        await self.world.bookmark(self.mine, *self.talks[:3], self._shown())
        async with self.world.database.read() as session:
            of = {**self.owner, "user_id": self.mine.id}
            found = list(await session.scalars(sa.select(models.Bookmark).filter_by(**of)))
        self.keep("Bookmark", *(row for row in found if not self.stage.known[global_id(row)]))
        metric = (await reviewing.metrics_of(self.world, self.form))[0]
        score = {"metric_id": str(metric.id), "scored": True, "adherence": 0.5, "comment": "Hm"}
        draft = models.EvaluationDraft(
            **self.owner, id=uuid.uuid4(), conversation_id=self.talks[3].id, form_id=self.form.id,
            author_id=self.mine.id, scores=[score], comment="Later", saved_at=NOW,
        )  # fmt: skip
        await self.world.add(draft)

    def _shown(self) -> models.Conversation:
        shown: models.Conversation = self.stage.rows["conversation of an example", self.position][0]
        return shown
