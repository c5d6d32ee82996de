"""B1: agents in coaching, and assignments by status, within reach; kept, checked and mended."""

import asyncio
import dataclasses
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Permission, ReviewState, Role, Status
from models.coaching_total import COUNTS, queue_set_id
from models.database import Database
from resolvers import check, coaching_total, facts, importing, rebuilding
from resolvers.coaching_total import Totals
from resolvers.operation import Operation
from server import check as check_command
from server import demo, migration
from tests import records
from tests.world import EVERYWHERE, NOW, SUPERVISOR, World, viewer

KEPT = (
    models.QueueSet,
    models.QueueSetQueue,
    models.AgentCoaching,
    models.CoachingTotal,
    models.GroupCoaching,
    models.GroupTotal,
)


async def read(world: World, user: models.User, *, disputes: bool = False) -> Totals:
    """The totals as a user reads them, with *Agent Accept & Dispute* on or off."""
    who = dataclasses.replace(viewer(user), accept_and_dispute=disputes)
    return await coaching_total.totals(Operation(world.database, who))


def counted(totals: Totals) -> dict[Status, int]:
    return {status: number for status, number in totals.assignments.items() if number}


async def differences(database: Database) -> set[str]:
    report = await check.run(database)
    assert report is not None
    return {f"{table}.{column}" for table, column in report.counts}


async def dump(database: Database) -> list[Any]:
    found: list[Any] = []
    async with database.read() as session:
        for model in KEPT:
            table: Any = model.__table__
            found += await session.execute(sa.select(table).order_by(*table.primary_key))
    return found


@pytest.fixture
async def qa(world: World) -> models.User:
    return await world.user(Role.QA, *EVERYWHERE)


async def test_an_agent_in_two_groups_and_coached_alone_counts_once(world: World, qa: models.User):
    queue = await world.queue()
    ann, ben = await world.agent("Ann", queue), await world.agent("Ben", queue)
    await world.agent("Cara", queue)
    for agent in (ann, ben):
        talk = await world.conversation(agent, queue)
        for _ in range(2):
            group = await world.group(qa, agent)
            await world.assignment(agent, qa, talk, group_id=group.id)
        await world.assignment(agent, qa, talk)

    found = await read(world, qa)

    assert found.agents_in_coaching == 2
    assert counted(found) == {Status.NOT_STARTED: 6}


async def test_completed_and_cancelled_assignments_keep_no_agent_in_coaching(
    world: World, qa: models.User
):
    queue = await world.queue()
    for done in ({"reviewed": 2}, {"cancelled_at": NOW}, {"reviewed": 1, "cancelled_at": NOW}):
        agent = await world.agent("Ann", queue)
        talks = [await world.conversation(agent, queue) for _ in range(2)]
        await world.assignment(agent, qa, *talks, **done)
    assert (await read(world, qa)).agents_in_coaching == 0

    await world.assignment(agent, qa, *talks, reviewed=1)

    found = await read(world, qa)
    assert found.agents_in_coaching == 1
    by_status = {Status.COMPLETED: 1, Status.CANCELLED: 2, Status.IN_PROGRESS: 1}
    assert counted(found) == counted(await read(world, qa, disputes=True)) == by_status


@pytest.mark.parametrize(
    "turn", [ReviewState.PENDING_AGENT_REVIEW, ReviewState.PENDING_SUPERVISOR_REVIEW]
)
async def test_a_review_that_waits_keeps_a_reviewed_assignment_active_where_disputes_are_on(
    world: World, qa: models.User, turn: ReviewState
):
    queue, area = await world.queue(), await world.attribute()
    ann = await world.agent("Ann", queue)
    talk = await world.conversation(ann, queue)
    await world.assignment(ann, qa, talk, reviewed=1)
    made = await world.evaluation(talk, await world.form(area), by=qa, review_state=turn)

    on, off = await read(world, qa, disputes=True), await read(world, qa)

    assert (on.agents_in_coaching, counted(on)) == (1, {Status[turn.name]: 1})
    assert (off.agents_in_coaching, counted(off)) == (0, {Status.COMPLETED: 1})

    async with world.database.write() as session:
        ended = sa.update(models.Evaluation).where(models.Evaluation.id == made.id)
        await session.execute(ended.values(review_state=ReviewState.RESOLVED))
        await facts.refresh_of_conversations(session, world.workspace_id, [talk.id])
    assert await read(world, qa, disputes=True) == off


@pytest.mark.parametrize(
    ("role", "works_in", "count"),
    [
        (Role.SUPERVISOR, "billing", 2),
        (Role.QA, "travel", 2),
        (Role.PARTNER, "billing travel", 3),
        (Role.SUPERVISOR, "other", 0),
        (Role.SUPERVISOR, "", 0),
        (Role.QA, "everywhere", 4),
        (Role.PARTNER, "everywhere", 4),
    ],
)
async def test_only_agents_that_share_a_queue_with_the_viewer_count(
    world: World, qa: models.User, role: Role, works_in: str, count: int
):
    queues = {name: await world.queue(name) for name in ("billing", "travel", "other", "any")}
    billing, travel = queues["billing"], queues["travel"]
    ann = await world.agent("Ann", billing)
    agents = [ann, await world.agent("Ben", travel, billing)]
    agents += [await world.agent("Cara", travel), await world.agent("Dan")]
    for agent in agents:
        await world.assignment(agent, qa, await world.conversation(agent, queues["any"]))
    everywhere = works_in == "everywhere"
    user = await world.user(
        role,
        *((Permission.CROSS_QUEUE_DATA_ACCESS,) if everywhere else SUPERVISOR),
        queues=() if everywhere else tuple(queues[name] for name in works_in.split()),
    )

    found = await read(world, user)

    assert found.agents_in_coaching == found.assignments[Status.NOT_STARTED] == count
    assert await differences(world.database) == set()


async def test_nothing_of_another_workspace_counts(world: World, qa: models.User):
    elsewhere = World(world.database, world.http, world.key, numbers=world.numbers)
    await elsewhere.workspace()
    eve = await elsewhere.agent("Eve", queue := await elsewhere.queue())
    theirs = await elsewhere.user(Role.QA, *EVERYWHERE)
    await elsewhere.assignment(eve, theirs, await elsewhere.conversation(eve, queue))

    assert (await read(world, qa)).agents_in_coaching == 0
    assert (await read(elsewhere, theirs)).agents_in_coaching == 1


@pytest.mark.parametrize("keep_going", [False, True])
async def test_an_agent_whose_queues_an_import_changes_is_counted_under_the_new_ones(
    world: World, qa: models.User, *, keep_going: bool
):
    old, new = await world.queue("Old"), await world.queue("New")
    users = [await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(one,)) for one in (old, new)]
    ann = await world.agent("Ann", old)
    await world.assignment(ann, qa, await world.conversation(ann, old))
    moved = records.agent(1, external_id=ann.external_id, agent_group=None)
    fresh = records.agent(2, agent_group=None, queues=[new.external_id])

    for queues, expected in (([new], [0, 1]), ([new, old], [1, 1]), ([], [0, 0])):
        names = [queue.external_id for queue in queues]
        lines = records.lines([{**moved, "queues": names}, fresh, fresh | {"name": str(queues)}])
        await importing.run(
            world.database, world.workspace_id, lines, now=NOW, keep_going=keep_going
        )
        assert [(await read(world, user)).agents_in_coaching for user in users] == expected
        assert (await read(world, qa)).agents_in_coaching == 1
        assert await differences(world.database) == set()


def test_the_id_of_a_set_of_queues_is_the_same_in_any_order_and_another_for_others():
    workspace, *queues = (uuid.uuid4() for _ in range(4))
    assert queue_set_id(workspace, queues) == queue_set_id(workspace, reversed(queues))
    others = [queue_set_id(workspace, queues[:n]) for n in range(4)]
    others.append(queue_set_id(queues[0], queues))
    assert len(set(others)) == 5


async def test_the_read_and_a_refresh_cost_the_same_for_1_10_and_100_agents(
    world: World, qa: models.User
):
    queue = await world.queue()
    costs = []
    for count in (1, 9, 90):
        made = []
        for _ in range(count):
            agent = await world.agent("Ann", queue)
            made.append(await world.assignment(agent, qa, await world.conversation(agent, queue)))
        ids = [each.id for each in made]
        async with world.database.write() as session:
            cancelled = sa.update(models.Assignment).where(models.Assignment.id.in_(ids))
            await session.execute(cancelled.values(cancelled_at=NOW))
        with world.statements() as of_change:
            await world.refresh(*made)
        with world.statements() as of_nothing:
            await world.refresh(*made)
        with world.statements() as of_read:
            await read(world, qa)
        # Sums that many write are left alone where nothing changed.
        assert not any("coaching_total" in each for each in of_nothing)
        costs.append([len(each) for each in (of_change, of_nothing, of_read)])
    # SQLite counts its BEGIN IMMEDIATE. Lock and count the assignments; lock the agents, count
    # them, ask for their queues; store the counts, add to the sums.
    begin = of_change[0].startswith("BEGIN")
    assert costs == [[7 + begin, 5 + begin, 1]] * 3


async def spoil(database: Database) -> None:
    """Plant every kind of error."""
    async with database.write() as session:
        agents = (await session.scalars(sa.select(models.AgentCoaching.agent_id).limit(3))).all()
        set_id = (await session.scalars(sa.select(models.QueueSetQueue.queue_set_id))).first()
        of, total = models.AgentCoaching, models.CoachingTotal
        workspace_id = await session.scalar(sa.select(of.workspace_id).limit(1))
        for statement in (
            sa.update(of).where(of.agent_id == agents[0]).values(dict.fromkeys(COUNTS, 77)),
            sa.update(of).where(of.agent_id == agents[1]).values(queue_set_id=None),
            sa.delete(of).where(of.agent_id == agents[2]),
            sa.update(total).values(agents_by_progress=9, agents_by_status=9, cancelled=-1),
            sa.delete(models.QueueSetQueue).where(models.QueueSetQueue.queue_set_id == set_id),
            sa.delete(total).where(total.queue_set_id == set_id),
        ):
            await session.execute(statement.execution_options(synchronize_session=False))
        sent, sums = models.GroupCoaching, models.GroupTotal
        groups = (await session.scalars(sa.select(sent.group_id).limit(3))).all()
        pending = sa.select(models.CoachingGroup.id).where(models.CoachingGroup.state == "PENDING")
        of_set = (await session.scalars(sa.select(sums.queue_set_id).limit(1))).one()
        for statement in (
            sa.update(sent).where(sent.group_id == groups[0]).values(queue_set_id=None),
            sa.delete(sent).where(sent.group_id == groups[1]),
            sa.update(sums).values(status_completed=77, cancelled=-1),
        ):
            await session.execute(statement.execution_options(synchronize_session=False))
        unsent = (await session.scalars(pending.limit(1))).one()
        session.add(sent(workspace_id=workspace_id, group_id=unsent, queue_set_id=of_set))
        unused = uuid.uuid4()
        session.add(models.QueueSet(workspace_id=workspace_id, id=unused))
        await session.flush()
        session.add(total(workspace_id=workspace_id, queue_set_id=unused, status_completed=5))
        by = await session.scalar(sa.select(models.CoachingGroup.created_by_id).limit(1))
        of_nobody = {"queue_set_id": unused, "created_by_id": by, "status_in_progress": 6}
        session.add(sums(workspace_id=workspace_id, **of_nobody))


async def test_planted_errors_are_named_and_mended(database_url: str):
    database = Database(database_url).everywhere()
    await demo.fill(database, now=NOW)
    before = await dump(database)
    await spoil(database)

    report = await check.run(database)
    assert report is not None
    named = {f"{table}.{column}" for table, column in report.counts}
    text = "\n".join(check_command.lines(report))

    assert named >= {f"agent_coaching.{name}" for name in COUNTS}
    assert named >= {"agent_coaching.queue_set_id", "queue_set.id"}
    assert named >= {"coaching_total.agents_by_progress", "coaching_total.agents_by_status"}
    assert named >= {"group_coaching.queue_set_id", "group_coaching.status"}
    assert named >= {"group_total.status_completed", "group_total.cancelled"}
    assert "status_in_progress is 6, should be 0" in text
    assert "is 77, should be" in text
    assert "is None, should be" in text
    assert "status_completed is 5, should be 0" in text
    await rebuilding.run(database)
    assert await differences(database) == set()
    assert await dump(database) == before
    await database.close()


def test_the_migration_counts_what_there_is(database_url: str):
    async def filled(*, first: bool) -> list[Any]:
        database = Database(database_url).everywhere()
        if first:
            await demo.fill(database, now=NOW)
            await rebuilding.run(database)
        assert await differences(database) == set()
        found = await dump(database)
        await database.close()
        return found

    before = asyncio.run(filled(first=True))
    migration.downgrade(database_url, "0004")
    migration.upgrade(database_url)

    assert len(before) > 20
    assert asyncio.run(filled(first=False)) == before
