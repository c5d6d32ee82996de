"""Scores to test with: evaluations and their sums by day, scorecards, coaching, and a still clock.

`TODAY` is the day of every operation in UTC, unless a test sets the clock. Days are numbers: 0 is
`TODAY`, -1 the day before.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth import viewer
from models import Permission, Role, Source, scoring
from models.base import Base
from models.workspace import start_of
from resolvers import facts
from resolvers.score_day import DaySums, Evaluated
from tests.client import Client
from tests.world import COACH, EVERYWHERE, World

TODAY = dt.date(2026, 3, 18)
NOW = dt.datetime(2026, 3, 18, 15, 30, tzinfo=dt.UTC)


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def noon(number: int) -> dt.datetime:
    """Noon of a day, in UTC."""
    return dt.datetime.combine(day(number), dt.time(12), dt.UTC)


def midnight(number: int, zone: str) -> dt.datetime:
    """The moment at which a day of a time zone begins."""
    found = start_of(day(number), zone)
    assert found is not None
    return found


@dataclass(frozen=True)
class Fed:
    """A metric with the attribute that it feeds."""

    id: uuid.UUID
    weight: float
    negative_weight: float
    fatal: bool
    attribute_ids: tuple[uuid.UUID, ...]


@dataclass
class Scene:
    """A queue, two skills, and a form with one metric for each, in this order."""

    world: World
    billing: models.Queue
    empathy: models.Attribute
    calm: models.Attribute
    form: models.EvaluationForm
    metrics: Sequence[Fed]
    qa: models.User
    client: Client
    now: dt.datetime = NOW

    async def ask(self, text: str, client: Client | None = None, /, **given: Any) -> Any:
        """The one member of an answer."""
        (found,) = (await (client or self.client).ask(text, **given)).data.values()
        return found

    async def code(self, text: str, client: Client | None = None, /, **given: Any) -> str:
        """The one code of an answer's errors, which has no data."""
        answer = await (client or self.client).ask(text, **given)
        assert not any((answer.body.get("data") or {}).values())
        (code,) = {error["extensions"]["code"] for error in answer.errors}
        return code  # type: ignore[no-any-return]

    async def lead(self, *queues: models.Queue, more: tuple[Permission, ...] = COACH) -> Client:
        """A supervisor of these queues."""
        user = await self.world.user(Role.SUPERVISOR, *more, queues=queues)
        return self.world.client(user)

    async def change(self, row: Base, **values: Any) -> None:
        """Change a row by hand."""
        table: Any = type(row)
        async with self.world.database.write() as session:
            await session.execute(
                sa.update(table).where(table.id == row.id).values(values)  # type: ignore[attr-defined]
            )

    async def settings(self, **values: Any) -> None:
        async with self.world.database.write() as session:
            await session.execute(sa.update(models.Workspace).values(values))

    async def agent(self, name: str = "Ann", **values: Any) -> models.Agent:
        return await self.world.agent(name, self.billing, **values)

    async def crowd(self, size: int, *queues: models.Queue) -> list[models.Agent]:
        """Many agents, with few statements."""
        owner = {"workspace_id": self.world.workspace_id}
        names = [f"crowd-{next(self.world.numbers)}" for _ in range(size)]
        made = [
            models.Agent(
                **owner, id=uuid.uuid4(), external_id=name, digest=bytes(32), name=name,
                agent_id=name,
            )
            for name in names
        ]  # fmt: skip
        async with self.world.database.write() as session:
            session.add_all(made)
            await session.flush()
            session.add_all(
                models.AgentQueue(**owner, agent_id=agent.id, queue_id=queue.id)
                for agent in made
                for queue in queues or (self.billing,)
            )
        return made

    async def team(self, name: str = "New hires") -> models.AgentGroup:
        made = models.AgentGroup(**self.world._imported("team"), name=name)  # noqa: SLF001
        await self.world.add(made)
        return made

    async def scorecard(
        self,
        *weights: tuple[models.Attribute, float],
        of: models.Agent | models.AgentGroup | None = None,
    ) -> models.Scorecard:
        """A scorecard with these percents: an agent's, a team's, or else the default."""
        made = models.Scorecard(
            **self.world._imported("scorecard"),  # noqa: SLF001
            name="Scorecard",
            is_default=of is None,
        )
        owner = {"workspace_id": self.world.workspace_id, "scorecard_id": made.id}
        rows = [
            models.ScorecardWeight(**owner, attribute_id=attribute.id, percent=percent)
            for attribute, percent in weights
        ]
        await self.world.add(made, *rows)
        if of is not None:
            await self.change(of, scorecard_id=made.id)
        return made

    async def evaluate(
        self, agent: models.Agent, at: dt.datetime | int, *adherence: float | None
    ) -> models.Evaluation:
        """An evaluation by Auto QA, with the adherence to each metric, and its sums by day."""
        moment = noon(at) if isinstance(at, int) else at
        started = moment - dt.timedelta(minutes=5)
        talk = await self.world.conversation(agent, self.billing, started_at=started, messages=0)
        scores = list(zip(self.metrics, adherence, strict=True))
        found = scoring.score(scores, pass_score=70)
        owner = {"workspace_id": self.world.workspace_id}
        made = models.Evaluation(
            **owner, id=uuid.uuid4(), conversation_id=talk.id, agent_id=agent.id,
            form_id=self.form.id, source=Source.AUTO, evaluated_at=moment,
            total=found.total, passed=found.passed,
        )  # fmt: skip
        revision = models.EvaluationRevision(
            **owner, evaluation_id=made.id, number=1, reason=models.RevisionReason.AUDIT,
            created_at=moment, total=found.total, passed=found.passed,
        )  # fmt: skip
        parts = [
            models.MetricScore(
                **owner, evaluation_id=made.id, revision=1, metric_id=metric.id,
                position=position, adherence=kept, points=points,
            )
            for position, ((metric, kept), points) in enumerate(
                zip(scores, found.points, strict=True), start=1
            )
        ]  # fmt: skip
        await self.world.add(made, revision, *parts)
        async with self.world.database.write() as session:
            await facts.refresh_of_conversations(session, self.world.workspace_id, [talk.id])
        await self._sum(Evaluated(agent.id, moment, found.total, scores))
        return made

    async def score(self, *given: tuple[models.Agent, int, float]) -> None:
        """Sums by day only: in Empathy and in total these points, of one evaluation each."""
        await self._sum(
            *(
                Evaluated(agent.id, noon(number), points, [(self.metrics[0], points / 100)])
                for agent, number, points in given
            )
        )

    async def _sum(self, *evaluated: Evaluated) -> None:
        async with self.world.database.write() as session:
            zone = await session.scalar(sa.select(models.Workspace.time_zone))
            sums = DaySums(zone or "UTC")
            for each in evaluated:
                sums.add(each)
            await sums.save(session, self.world.workspace_id)

    async def coach(
        self, agent: models.Agent, at: dt.datetime | int = -1, *areas: models.Attribute, **more: Any
    ) -> models.Assignment:
        """Coaching in these skills, or in Empathy."""
        moment = noon(at) if isinstance(at, int) else at
        more.setdefault("follow_up_on", day(7))
        chosen = areas or (self.empathy,)
        return await self.world.assignment(agent, self.qa, areas=chosen, assigned_at=moment, **more)

    async def sent(
        self,
        agents: Sequence[models.Agent],
        at: int = -10,
        *areas: models.Attribute,
        cancelled: Sequence[models.Agent] = (),
    ) -> models.CoachingGroup:
        """A group that was sent, with the coaching of each member, in these skills or Empathy."""
        group = await self.world.group(
            self.qa, *agents, assigned_at=noon(at), follow_up_on=day(7), assignment_name="Coaching"
        )
        owner = {"workspace_id": self.world.workspace_id, "group_id": group.id}
        chosen = areas or (self.empathy,)
        await self.world.add(
            *(models.CoachingGroupArea(**owner, attribute_id=area.id) for area in chosen)
        )
        for agent in agents:
            ended = NOW if agent in cancelled else None
            await self.coach(agent, at, *chosen, group_id=group.id, cancelled_at=ended)
        return group


async def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The scene, with the clock at its `now`."""
    billing = await world.queue()
    empathy, calm = await world.attribute("Empathy"), await world.attribute("Calm")
    form = await world.form(empathy, calm)
    async with world.database.read() as session:
        found = await session.execute(
            sa.select(models.Metric, models.MetricAttribute.attribute_id)
            .join(
                models.MetricAttribute,
                (models.MetricAttribute.workspace_id == models.Metric.workspace_id)
                & (models.MetricAttribute.metric_id == models.Metric.id),
            )
            .order_by(models.Metric.position)
        )
        metrics = [
            Fed(each.id, each.weight, each.negative_weight, each.fatal, (attribute_id,))
            for each, attribute_id in found
        ]
    qa = await world.user(Role.QA, *EVERYWHERE)
    made = Scene(world, billing, empathy, calm, form, metrics, qa, world.client(qa))
    real: Any = viewer.Callers.find

    async def then(*given: Any) -> viewer.Viewer | None:
        who: viewer.Viewer | None = await real(*given)
        return who and dataclasses.replace(who, now=made.now)

    monkeypatch.setattr(viewer.Callers, "find", then)
    return made
