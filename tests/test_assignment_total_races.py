"""Totals of sent groups (A6) under many writers at once: none is lost, nobody waits for ever."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Assignment, Role
from resolvers import coaching_total, facts, page
from resolvers.assignment import Filter, SortBy, assignments
from resolvers.operation import Operation
from tests import coaching_crew
from tests.coaching_crew import Crew
from tests.test_coaching_total_races import allowed
from tests.world import COACH, NOW, World, viewer

WAIT = 0.3  # seconds; long enough for the other transaction to come to the lock


@pytest.fixture
async def crew(world: World) -> Crew:
    return await coaching_crew.crew(world)


async def sent(crew: Crew, *places: int, skipped: tuple[int, ...] = ()) -> list[Assignment]:
    """A group of agents, of whom the skipped have no assignment."""
    members = [crew.agents[place] for place in (*places, *skipped)]
    group = await crew.world.group(crew.scene.quinn, *members)
    return [
        await crew.world.assignment(
            crew.agents[place], crew.scene.quinn, crew.talks[place][0], group_id=group.id
        )
        for place in places
    ]


async def length(crew: Crew, user: models.User) -> int:
    operation = Operation(crew.world.database, viewer(user))
    listing = assignments(operation, Filter(), SortBy.NAME, descending=False)
    return await page.total(operation, listing)


async def test_two_members_who_finish_at_once_complete_their_group(crew: Crew):
    made = await sent(crew, 0, 1)

    async def complete(each: Assignment, pause: float) -> None:
        item = models.AssignmentConversation
        async with crew.world.database.write() as session:
            done = sa.update(item).where(item.assignment_id == each.id).values(reviewed_at=NOW)
            await session.execute(done)
            await facts.refresh(session, crew.world.workspace_id, assignment_ids=[each.id])
            await asyncio.sleep(pause)

    await asyncio.gather(complete(made[0], WAIT), complete(made[1], 0))

    await crew.agrees()


@pytest.mark.parametrize("first", ["dispatch", "move"])
async def test_a_member_whose_queues_change_while_the_group_is_sent_brings_it_along(
    crew: Crew, first: str
):
    """Of a member, too, who has no assignment by it."""
    world, other = crew.world, await crew.world.queue("Elsewhere")
    coach = await world.user(Role.QA, *COACH, queues=(other,))
    group = await world.group(crew.scene.quinn, crew.agents[0], crew.agents[1], sent=False)
    made = await world.assignment(crew.agents[0], crew.scene.quinn, crew.talks[0][0])

    async def dispatch(*, begins: float) -> None:
        await asyncio.sleep(begins)
        async with world.database.write() as session:
            for changed in (
                sa.update(Assignment).where(Assignment.id == made.id).values(group_id=group.id),
                sa.update(models.CoachingGroup)
                .where(models.CoachingGroup.id == group.id)
                .values(state="SENT", assigned_at=NOW, follow_up_on=NOW.date()),
            ):
                await session.execute(changed.execution_options(synchronize_session=False))
            await facts.refresh(session, world.workspace_id, assignment_ids=[made.id])
            await asyncio.sleep(WAIT)

    async def move(*, begins: float) -> None:
        await asyncio.sleep(begins)
        agent_id = crew.agents[1].id
        async with world.database.write() as session:
            session.add(
                models.AgentQueue(
                    workspace_id=world.workspace_id, agent_id=agent_id, queue_id=other.id
                )
            )
            await coaching_total.refresh(session, world.workspace_id, [agent_id])
            await asyncio.sleep(WAIT)

    late = WAIT / 2
    sending, moving = (0.0, late) if first == "dispatch" else (late, 0.0)
    await asyncio.gather(dispatch(begins=sending), move(begins=moving))

    assert await length(crew, coach) == 1
    await crew.agrees()


async def test_an_import_and_members_at_work_wait_for_each_other_but_not_for_ever(crew: Crew):
    await crew.evaluated()
    billing, travel = crew.queues
    moves: list[tuple[models.Queue, ...]] = [(billing,), (travel, billing), (), (travel,)]
    for round_, queues in enumerate(moves * 2):
        pairs = [await sent(crew, 0, 1, skipped=(2,)), await sent(crew, 1, 2), await sent(crew, 3)]
        places = [[0, 1], [1, 2], [3]]
        work: list[Any] = [
            crew.review(made, place, 0)
            for of, theirs in zip(pairs, places, strict=True)
            for made, place in zip(of, theirs, strict=True)
        ]
        answers = await asyncio.gather(
            crew.take(round_, *queues),
            *work,
            *(crew.submit(place, round_ % 3) for place in range(4)),
            sent(crew, 0, 3, skipped=(1,)),
            sent(crew, 2, 1),
        )
        refused = allowed([answer for answer in answers if hasattr(answer, "data")])
        assert set(refused) <= {"STALE_EVALUATION"}
        await crew.agrees()
