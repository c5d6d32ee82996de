"""Stored facts and the statuses that follow from them (section 6), on both databases."""

import asyncio
import datetime as dt
import itertools
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from models import Assignment, AssignmentConversation, CoachingGroup, Evaluation, ReviewState
from models import status as rule
from models.database import Database
from resolvers import facts
from server import demo
from server.demo import DemoUsers
from server.synthetic.chance import Chance
from server.synthetic.rows import Rows

NOW = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)
WAIT = 0.3  # seconds; long enough for the other transaction to come to the lock


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url).everywhere()
    yield found
    await found.close()


@pytest.fixture
async def users(database: Database) -> DemoUsers:
    filled = await demo.fill(database, now=NOW)
    assert filled is not None
    return filled


async def one(session: AsyncSession, statement: Any) -> Any:
    return (await session.scalars(statement)).one()


async def group_named(session: AsyncSession, name: str) -> CoachingGroup:
    found: CoachingGroup = await one(
        session, sa.select(CoachingGroup).where(CoachingGroup.name == name)
    )
    return found


async def assignment_named(session: AsyncSession, name: str) -> Assignment:
    found: Assignment = await one(session, sa.select(Assignment).where(Assignment.name == name))
    return found


async def review_all(session: AsyncSession, assignment: Assignment) -> None:
    await session.execute(
        sa.update(AssignmentConversation)
        .where(AssignmentConversation.assignment_id == assignment.id)
        .values(reviewed_at=NOW)
    )
    await facts.refresh(session, assignment.workspace_id, assignment_ids=[assignment.id])


async def test_an_assignments_status_is_the_same_in_sql_and_in_python_in_all_small_cases(
    database: Database, users: DemoUsers
) -> None:
    rows = Rows(Chance("cases"), users.workspace_id)
    async with database.write() as session:
        agent_id = await session.scalar(sa.select(models.Agent.id).limit(1))
        cases = [
            (total, reviewed, agents, supervisors, cancelled)
            for total in range(4)
            for reviewed in range(total + 1)
            for agents, supervisors in itertools.product(range(3), repeat=2)
            for cancelled in (None, NOW)
        ]
        for total, reviewed, agents, supervisors, cancelled in cases:
            rows.add(
                Assignment,
                id=rows.chance.uuid(),
                name="Case",
                agent_id=agent_id,
                created_by_id=users.qa,
                assigned_at=NOW,
                follow_up_on=NOW.date(),
                cancelled_at=cancelled,
                items_total=total,
                items_reviewed=reviewed,
                agent_turns=agents,
                supervisor_turns=supervisors,
            )
        await rows.write(await session.connection())

    async with database.read() as session:
        found = (
            await session.scalars(sa.select(Assignment).where(Assignment.name == "Case"))
        ).all()

    assert len(found) == len(cases)
    for row in found:
        assert row.status is rule.of_assignment(row, disputes=True)
        assert row.progress is rule.of_assignment(row, disputes=False)


async def test_a_groups_status_is_the_same_in_sql_and_in_python_in_all_small_cases(
    database: Database, users: DemoUsers
) -> None:
    rows = Rows(Chance("cases"), users.workspace_id)
    cases = list(itertools.product(range(4), range(4), range(4), range(3), range(3)))
    for total, not_started, completed, agents, supervisors in cases:
        rows.add(
            CoachingGroup,
            id=rows.chance.uuid(),
            name="Case",
            created_by_id=users.qa,
            created_at=NOW,
            state=models.GroupState.SENT,
            assigned_at=NOW,
            follow_up_on=NOW.date(),
            members_total=total,
            members_not_started=not_started,
            members_completed=completed,
            members_agent_turn=agents,
            members_supervisor_turn=supervisors,
        )
    async with database.write() as session:
        await rows.write(await session.connection())

    async with database.read() as session:
        found = (
            await session.scalars(sa.select(CoachingGroup).where(CoachingGroup.name == "Case"))
        ).all()

    assert len(found) == len(cases)
    for row in found:
        assert row.status is rule.of_group(row, disputes=True)
        assert row.progress is rule.of_group(row, disputes=False)


async def test_reviewing_the_last_item_completes_the_assignment_and_counts_in_its_group(
    database: Database, users: DemoUsers
) -> None:
    async with database.write() as session:
        group = await group_named(session, "Empathy circle")
        mine = await one(
            session,
            sa.select(Assignment).where(
                Assignment.group_id == group.id,
                Assignment.agent_id == sa.select(models.User.agent_id)
                .where(models.User.id == users.agent).scalar_subquery(),
            ),
        )  # fmt: skip
        assert (mine.status, group.members_completed) == (rule.Status.IN_PROGRESS, 1)

        await review_all(session, mine)

        assert (mine.status, mine.items_reviewed) == (rule.Status.COMPLETED, mine.items_total)
        assert group.members_completed == 2


async def test_two_members_who_finish_at_the_same_moment_both_count(
    database: Database, users: DemoUsers
) -> None:
    async with database.read() as session:
        group = await group_named(session, "Empathy circle")
        members = (
            await session.scalars(
                sa.select(Assignment).where(
                    Assignment.group_id == group.id,
                    Assignment.progress == rule.Status.IN_PROGRESS,
                )
            )
        ).all()
    first, second = members

    async def finish(assignment: Assignment, pause: float) -> None:
        async with database.write() as session:
            await review_all(session, assignment)
            await asyncio.sleep(pause)

    await asyncio.gather(finish(first, WAIT), finish(second, 0))

    async with database.read() as session:
        after = await group_named(session, "Empathy circle")
    assert after.workspace_id == users.workspace_id
    assert after.members_completed == group.members_completed + 2


async def test_a_review_that_changes_state_changes_every_assignment_that_contains_it(
    database: Database, users: DemoUsers
) -> None:
    async with database.write() as session:
        waiting = await assignment_named(session, "One email, every answer")
        other = await assignment_named(session, "Listening on difficult calls")
        evaluation = await _evaluation_of(session, waiting, ReviewState.PENDING_AGENT_REVIEW)
        session.add(_link(other, evaluation.conversation_id))
        await facts.refresh(session, users.workspace_id, assignment_ids=[other.id])
        assert other.status is rule.Status.PENDING_AGENT_REVIEW

        evaluation.review_state = ReviewState.PENDING_SUPERVISOR_REVIEW
        evaluation.total = 12.5
        await facts.refresh_of_conversations(
            session, users.workspace_id, [evaluation.conversation_id]
        )
        conversation = await one(
            session,
            sa.select(models.Conversation).where(
                models.Conversation.id == evaluation.conversation_id
            ),
        )

        statuses = {waiting.status, other.status}
        assert statuses == {rule.Status.PENDING_SUPERVISOR_REVIEW}
        assert conversation.supervisor_audit_score == 12.5


@pytest.mark.parametrize("linked_first", [True, False])
async def test_a_link_and_a_change_of_review_at_the_same_moment_see_each_other(
    database: Database, users: DemoUsers, *, linked_first: bool
) -> None:
    async with database.read() as session:
        waiting = await assignment_named(session, "One email, every answer")
        other = await assignment_named(session, "Listening on difficult calls")
        evaluation = await _evaluation_of(session, waiting, ReviewState.PENDING_AGENT_REVIEW)
    conversation_id = evaluation.conversation_id

    async def link(pause: float) -> None:
        async with database.write() as session:
            await facts.lock_conversations(session, users.workspace_id, [conversation_id])
            session.add(_link(other, conversation_id))
            await facts.refresh(session, users.workspace_id, assignment_ids=[other.id])
            await asyncio.sleep(pause)

    async def change(pause: float) -> None:
        async with database.write() as session:
            await session.execute(
                sa.update(Evaluation)
                .where(Evaluation.id == evaluation.id)
                .values(review_state=ReviewState.PENDING_SUPERVISOR_REVIEW)
            )
            await facts.refresh_of_conversations(session, users.workspace_id, [conversation_id])
            await asyncio.sleep(pause)

    if linked_first:
        await asyncio.gather(link(WAIT), change(0))
    else:
        await asyncio.gather(change(WAIT), link(0))

    async with database.read() as session:
        after = await assignment_named(session, "Listening on difficult calls")
    assert (after.agent_turns, after.supervisor_turns) == (0, 1)


@pytest.mark.parametrize("count", [1, 10, 40])
async def test_refreshing_costs_the_same_statements_for_any_number_of_assignments(
    database: Database, users: DemoUsers, count: int
) -> None:
    async with database.read() as session:
        ids = (await session.scalars(sa.select(Assignment.id).limit(count))).all()
        conversation_ids = (
            await session.scalars(sa.select(AssignmentConversation.conversation_id).limit(count))
        ).all()
    statements: list[str] = []

    def note(*event: Any) -> None:
        statements.append(event[2])

    engine = database.engine.sync_engine
    async with database.write() as session:
        await session.connection()
        sa.event.listen(engine, "before_cursor_execute", note)
        await facts.refresh(session, users.workspace_id, assignment_ids=ids)
        # Lock and count the assignments, then their groups; lock the agents, count them, and ask
        # for their queues: nothing has changed.
        assert len(statements) <= 4 + 3
        await facts.refresh_of_conversations(session, users.workspace_id, conversation_ids)
        assert len(statements) <= 4 + 3 + 6 + 3
        sa.event.remove(engine, "before_cursor_execute", note)


async def _evaluation_of(
    session: AsyncSession, assignment: Assignment, state: ReviewState
) -> Evaluation:
    """An assignment's manual evaluation in a state."""
    found: Evaluation = await one(
        session,
        sa.select(Evaluation)
        .join(
            AssignmentConversation,
            AssignmentConversation.conversation_id == Evaluation.conversation_id,
        )
        .where(
            AssignmentConversation.assignment_id == assignment.id,
            Evaluation.review_state == state,
        ),
    )
    return found


def _link(assignment: Assignment, conversation_id: uuid.UUID) -> AssignmentConversation:
    return AssignmentConversation(
        workspace_id=assignment.workspace_id,
        assignment_id=assignment.id,
        conversation_id=conversation_id,
        position=9,
    )
