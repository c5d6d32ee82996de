"""How long the list of coaching is (A6): told without counting it, but for areas and agents."""

from typing import Any

import pytest

from models import Role, Status
from resolvers import page
from resolvers.assignment import CoachingType, Filter, SortBy, assignments
from resolvers.operation import Operation
from tests.world import AGENT, COACH, EVERYWHERE, SUPERVISOR, World, viewer

SENT, INDIVIDUAL = (CoachingType.GROUP_AGENTS,), (CoachingType.INDIVIDUAL_AGENT,)


async def total(world: World, user: Any, **wanted: Any) -> int:
    operation = Operation(world.database, viewer(user))
    listing = assignments(operation, Filter(**wanted), SortBy.NAME, descending=False)
    return await page.total(operation, listing)


@pytest.mark.parametrize(
    ("role", "permissions", "lengths"),
    # All; individual ones; groups; without Agent Accept & Dispute nobody waits for a review.
    [
        (Role.QA, EVERYWHERE, (3, 2, 1, 0)),
        (Role.SUPERVISOR, COACH, (2, 1, 1, 0)),
        (Role.SUPERVISOR, SUPERVISOR, (2, 2, 2, 0)),
    ],
)
async def test_who_reads_totals_is_told_by_one_statement_that_reads_no_coaching(
    world: World, role: Role, permissions: Any, lengths: tuple[int, ...]
):
    billing, travel = await world.queue(), await world.queue()
    quinn = await world.user(Role.QA, *EVERYWHERE)
    ann, ben = await world.agent("Ann", billing), await world.agent("Ben", travel)
    group = await world.group(quinn, ann, ben)
    for agent, of in ((ann, group.id), (ann, None), (ben, None)):
        talk = await world.conversation(agent, billing)
        await world.assignment(agent, quinn, talk, group_id=of)
    user = await world.user(role, *permissions, queues=(billing,))
    waiting = {"statuses": (Status.PENDING_AGENT_REVIEW,)}
    wanted: list[dict[str, Any]] = [{}, {"coaching_types": INDIVIDUAL}, {"coaching_types": SENT}]

    told = [await total(world, user, **each) for each in [*wanted, waiting]]
    with world.statements() as statements:
        await total(world, user)

    assert tuple(told) == lengths
    (statement,) = statements
    read = {word for word in statement.split() if "." not in word}
    assert not read & {"assignment", "coaching_group", "coaching_group_member"}


async def test_by_area_the_list_is_counted_and_so_is_an_agents_own(world: World):
    queue, area = await world.queue(), await world.attribute()
    quinn = await world.user(Role.QA, *EVERYWHERE)
    ann = await world.agent("Ann", queue)
    talk = await world.conversation(ann, queue)
    await world.assignment(ann, quinn, talk, areas=(area,))
    await world.assignment(ann, quinn, talk)

    by_area = await total(world, quinn, area_ids=(area.id,))
    own = await total(world, await world.user(Role.AGENT, *AGENT, agent=ann))

    assert (by_area, own) == (1, 2)
