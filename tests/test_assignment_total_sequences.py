"""The length of the list of coaching (A6) after any sequence of writes: that of the list itself."""

import dataclasses
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from auth.viewer import Viewer
from models import Permission, Role, Status
from resolvers.assignment import CoachingType, Filter, SortBy, assignments
from resolvers.operation import Operation
from resolvers.page import SIZE, Window, read
from tests import coaching_crew
from tests.coaching_crew import Crew
from tests.test_coaching_total_sequences import STEPS, Driver
from tests.world import EVERYWHERE, SUPERVISOR, World, viewer

COACH = tuple(each for each in EVERYWHERE if each is not Permission.CROSS_QUEUE_DATA_ACCESS)
FILTERS = (
    Filter(),
    *(Filter(statuses=(status,)) for status in Status),
    Filter(statuses=tuple(Status)),
    *(Filter(coaching_types=(kind,)) for kind in CoachingType),
    *(Filter(coaching_types=(kind,), statuses=(Status(0), Status(2))) for kind in CoachingType),
)


@pytest.fixture
async def crew(world: World) -> Crew:
    return await coaching_crew.crew(world)


class Sender(Driver):
    """Sends groups, too: some made by one coach, some by another, not all members coached."""

    def __init__(self, crew: Crew, random: Random, number: int, coaches: list[models.User]) -> None:
        super().__init__(crew, random, number)
        self.coaches = coaches

    async def step(self, kind: str) -> None:
        if kind != "send":
            await super().step(kind)
            return
        members = self.random.sample(range(4), self.random.randrange(1, 4))
        by = self.random.choice(self.coaches)
        world = self.crew.world
        group = await world.group(by, *(self.crew.agents[place] for place in members))
        for place in members[: self.random.randrange(1, 4)]:
            talk = self.crew.talks[place][self.random.randrange(3)]
            made = await world.assignment(self.crew.agents[place], by, talk, group_id=group.id)
            self.made.append((made, place))


async def lengths(crew: Crew, who: Viewer, filter_: Filter) -> tuple[int, int]:
    """What the total says, and how many rows there are."""
    rows, after = 0, None
    while True:
        operation, window = Operation(crew.world.database, who), Window(first=SIZE, after=after)
        listing = assignments(operation, filter_, SortBy.NAME, descending=False)
        page = await read(operation, listing, window)
        rows += len(page.rows)
        if not page.has_next:
            return await page.total(), rows
        after = page.cursors[-1]


@settings(
    max_examples=15,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(random=st.randoms(use_true_random=True))
async def test_after_any_writes_the_total_is_the_length_of_the_list_for_everybody(
    crew: Crew, random: Random
):
    world, travel = crew.world, crew.queues[1]
    coach = await world.user(Role.QA, *COACH, queues=(travel,))
    idle = await world.user(Role.QA, *COACH)
    readers = [
        crew.scene.quinn,
        coach,
        idle,
        await world.user(Role.SUPERVISOR, *COACH, queues=tuple(crew.queues)),
        await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(travel,)),
        await world.user(Role.PARTNER, *SUPERVISOR, queues=(travel,)),
        await world.user(Role.PARTNER, *COACH, Permission.CROSS_QUEUE_DATA_ACCESS),
        *await crew.scene.rows(models.User, models.User.agent_id == crew.agents[0].id),
    ]
    sender = Sender(crew, random, 100 * next(world.numbers), [crew.scene.quinn, coach, idle])
    for _ in range(10):
        await sender.step(random.choice([*STEPS, "send", "send"]))
    for user in readers:
        for disputes in (False, True):
            who = dataclasses.replace(viewer(user), accept_and_dispute=disputes)
            for filter_ in FILTERS:
                told, there = await lengths(crew, who, filter_)
                assert told == there, (user.role, disputes, filter_)
    await crew.agrees()
