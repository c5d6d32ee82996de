"""Totals of coaching (B1) after any sequence of writes: what counting by hand gives."""

import dataclasses
from collections import Counter, defaultdict
from random import Random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from models import Assignment, ReviewState, Role, Status
from models import status as rule
from resolvers import coaching_total, facts
from resolvers.operation import Operation
from tests import coaching_crew
from tests.coaching_crew import Crew
from tests.world import SUPERVISOR, World, viewer

STEPS = ["create", "review", "evaluate", "cancel", "import"]


@pytest.fixture
async def crew(world: World) -> Crew:
    return await coaching_crew.crew(world)


class Driver:
    """Does things to four agents."""

    def __init__(self, crew: Crew, random: Random, number: int) -> None:
        self.crew = crew
        self.random = random
        self.number = number
        self.made: list[tuple[Assignment, int]] = []

    async def step(self, kind: str) -> None:
        """One write, of anything to anybody."""
        place, talk = self.random.randrange(4), self.random.randrange(3)
        match kind:
            case "create":
                reviewed = self.random.randrange(2)
                made = await self.crew.assignment(place, talk, reviewed=reviewed)
                self.made.append((made, place))
            case "review" if self.made:
                one, whose = self.random.choice(self.made)
                for each in range(3):
                    await self.crew.review(one, whose, each)
            case "evaluate":
                await self._evaluate(self.crew.talks[place][talk])
            case "cancel" if self.made:
                await self.crew.cancel(self.random.choice(self.made)[0])
            case "import":
                self.number += 1
                queues = self.random.sample(self.crew.queues, self.random.randrange(3))
                await self.crew.take(self.number, *queues)

    async def _evaluate(self, talk: models.Conversation) -> None:
        """Have a conversation's manual evaluation be in any state, made where there is none."""
        scene, world = self.crew.scene, self.crew.world
        state = self.random.choice(list(ReviewState))
        which = (models.Evaluation.conversation_id == talk.id, models.Evaluation.source == "MANUAL")
        if not await scene.rows(models.Evaluation, *which):
            await world.evaluation(talk, scene.form, by=scene.quinn, review_state=state)
            return
        async with world.database.write() as session:
            changed = sa.update(models.Evaluation).where(*which).values(review_state=state)
            await session.execute(changed.execution_options(synchronize_session=False))
            await facts.refresh_of_conversations(session, world.workspace_id, [talk.id])


async def by_hand(crew: Crew, queues: set[UUID] | None, *, disputes: bool) -> Any:
    """B1 from the assignments' facts, in plain Python; of all agents where no queues are named."""
    works_in: dict[UUID, set[UUID]] = defaultdict(set)
    for link in await crew.scene.rows(models.AgentQueue):
        works_in[link.agent_id].add(link.queue_id)
    statuses: Counter[Status] = Counter()
    coached = set()
    for row in await crew.scene.rows(Assignment):
        if queues is None or works_in[row.agent_id] & queues:
            status = rule.of_assignment(row, disputes=disputes)
            statuses[status] += 1
            if status not in {Status.COMPLETED, Status.CANCELLED}:
                coached.add(row.agent_id)
    return len(coached), {status: statuses[status] for status in Status}


@settings(
    max_examples=20,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(random=st.randoms(use_true_random=True))
async def test_after_any_writes_the_totals_are_what_counting_by_hand_gives(
    crew: Crew, random: Random
):
    world, travel = crew.world, crew.queues[1]
    lead = await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(travel,))
    driver = Driver(crew, random, 100 * next(world.numbers))
    for _ in range(12):
        await driver.step(random.choice(STEPS))
    for user, queues in ((crew.scene.quinn, None), (lead, {travel.id})):
        for disputes in (False, True):
            who = dataclasses.replace(viewer(user), accept_and_dispute=disputes)
            totals = await coaching_total.totals(Operation(world.database, who))
            shown = (totals.agents_in_coaching, totals.assignments)
            assert shown == await by_hand(crew, queues, disputes=disputes)
    await crew.agrees()
