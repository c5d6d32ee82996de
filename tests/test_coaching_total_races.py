"""Totals of coaching (B1) under many writers at once: no count is lost, nobody waits for ever."""

import asyncio
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Assignment
from resolvers import facts
from tests import coaching_crew
from tests.coaching_crew import Crew
from tests.world import NOW, World

WAIT = 0.3  # seconds; long enough for the other transaction to come to the lock


@pytest.fixture
async def crew(world: World) -> Crew:
    return await coaching_crew.crew(world)


def allowed(answers: list[Any]) -> Counter[str]:
    """Codes of the refusals; anything but a refusal would be an error of the whole answer."""
    payloads = [next(iter(answer.data.values())) for answer in answers]
    return Counter(error["code"] for payload in payloads for error in payload["errors"])


async def test_two_assignments_of_one_agent_that_are_completed_at_once_both_count(crew: Crew):
    made = [await crew.assignment(0, n) for n in range(2)]
    assert await crew.agents_in_coaching() == 1

    async def complete(each: Assignment, pause: float) -> None:
        item = models.AssignmentConversation
        async with crew.world.database.write() as session:
            await session.execute(
                sa.update(item).where(item.assignment_id == each.id).values(reviewed_at=NOW)
            )
            ids = [each.id]
            await facts.refresh(session, crew.world.workspace_id, assignment_ids=ids)
            await asyncio.sleep(pause)

    await asyncio.gather(complete(made[0], WAIT), complete(made[1], 0))

    assert await crew.agents_in_coaching() == 0
    await crew.agrees()


async def test_20_mixed_writes_at_once_leave_the_totals_right(crew: Crew):
    await crew.evaluated()
    for round_ in range(3):
        made = [await crew.assignment(place, 0, 1) for place in range(4)]
        extra = [await crew.assignment(place, 2) for place in range(4)]
        answers = await asyncio.gather(
            *(crew.create(place, 0, 2) for place in range(4)),
            *(crew.review(made[place], place, 0) for place in range(4)),
            *(crew.review(made[place], place, 1) for place in range(4)),
            *(crew.submit(place, 1) for place in range(4)),
            *(crew.cancel(extra[place]) for place in range(2)),
            *(crew.update(extra[place], place, 1) for place in range(2, 4)),
        )
        # From the second round on, the evaluations wait for their agents.
        assert allowed(answers) == ({"STALE_EVALUATION": 4} if round_ else {})
        await crew.agrees()


async def test_an_import_and_writes_at_once_wait_for_each_other_but_not_for_ever(crew: Crew):
    await crew.evaluated()
    billing, travel = crew.queues
    moves: list[tuple[models.Queue, ...]] = [(billing,), (travel, billing), (), (travel,)]
    for round_, queues in enumerate(moves * 2):
        made = [await crew.assignment(place, 0, 1) for place in range(4)]
        answers = await asyncio.gather(
            crew.take(round_, *queues),
            *(crew.create(place, 2) for place in range(4)),
            *(crew.review(made[place], place, 0) for place in range(4)),
            *(crew.submit(place, round_ % 3) for place in range(4)),
            *(crew.cancel(each) for each in made[:2]),
        )
        refused = allowed([answer for answer in answers if hasattr(answer, "data")])
        assert set(refused) <= {"STALE_EVALUATION", "ALREADY_CANCELLED"}
        await crew.agrees()


async def test_two_that_meet_a_new_set_of_queues_make_it_once(crew: Crew):
    """An agent is coached for the first time while others are, all under queues never seen."""
    made = [await crew.world.agent(f"New {n}", *crew.queues) for n in range(6)]
    crew.agents += made
    crew.talks += [[await crew.world.conversation(agent, crew.queues[0])] for agent in made]
    for talks in crew.talks[-6:]:
        await crew.world.evaluation(talks[0], crew.scene.form)

    answers = await asyncio.gather(*(crew.create(place, 0) for place in range(4, 10)))

    assert allowed(list(answers)) == {}
    assert await crew.agents_in_coaching() == 6
    await crew.agrees()
