"""`coaching generate` makes the same rows of the same seed, of any size, with right facts."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

import models
from models import Status
from models.database import Database
from resolvers import check
from server import generate
from server.generate import WorkspaceExistsError
from server.settings import Settings
from tests.generated import NOW, rows_of


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url).everywhere()
    yield found
    await found.close()


def test_the_same_seed_size_and_day_give_the_same_rows() -> None:
    assert rows_of() == rows_of()


@pytest.mark.parametrize("table", ["assignment", "conversation", "agent", "user", "workspace"])
def test_another_seed_gives_other_ids(table: str) -> None:
    first = {row["id"] for row in rows_of(seed=1)[table]}
    second = {row["id"] for row in rows_of(seed=2)[table]}

    assert not first & second


def test_another_day_gives_other_rows() -> None:
    assert rows_of() != rows_of(day=NOW - dt.timedelta(days=1))


def test_ids_are_random_uuids_without_a_shared_part() -> None:
    ids = [row["id"] for row in rows_of()["assignment"]]

    assert {one.version for one in ids} == {4}
    assert len({str(one)[:4] for one in ids}) > len(ids) / 2


@pytest.mark.parametrize("assignments", [20, 23, 45, 1_000])
def test_a_workspace_has_as_many_assignments_as_asked_for(assignments: int) -> None:
    rows = rows_of(assignments=assignments)

    assert len(rows["assignment"]) == assignments
    assert len(rows["agent"]) == max(20, assignments // 20)
    assert len(rows["conversation"]) == 2 * assignments


def test_about_a_third_of_the_assignments_are_in_sent_groups_of_5_to_30() -> None:
    rows = rows_of(assignments=1_000)
    sent = [row for row in rows["coaching_group"] if row["state"] == "SENT"]
    sizes = [
        sum(member["group_id"] == group["id"] for member in rows["coaching_group_member"])
        for group in sent
    ]
    grouped = sum(row["group_id"] is not None for row in rows["assignment"])

    assert all(5 <= size <= 30 for size in sizes)
    assert 250 <= grouped <= 333


async def test_even_a_small_workspace_has_every_status_and_right_facts(
    database: Database,
) -> None:
    await generate.generate(database, name="Small", assignments=20, seed=7, now=NOW)

    async with database.read() as session:
        statuses = set(await session.scalars(sa.select(models.Assignment.status)))
        emails = set(await session.scalars(sa.select(models.User.email)))
    report = await check.run(database)
    assert statuses == set(Status)
    assert {"qa@small.example", "supervisor@small.example", "agent-1@small.example"} <= emails
    assert report is not None
    assert report.counts == {}


async def test_a_workspace_in_several_chunks_has_right_facts(database: Database) -> None:
    seen: list[int] = []
    await generate.generate(
        database, name="Big", assignments=1_000, seed=1, now=NOW, progress=seen.append
    )

    report = await check.run(database)
    assert len(seen) > 1
    assert sum(seen) == 1_000
    assert report is not None
    assert report.counts == {}


async def test_nothing_waits_for_a_review_whose_window_is_over(database: Database) -> None:
    await generate.generate(database, name="Big", assignments=400, seed=1, now=NOW)

    async with database.read() as session:
        overdue = await session.scalar(
            sa.select(sa.func.count()).where(models.Evaluation.review_until < NOW)
        )
    assert overdue == 0


async def test_conversations_are_of_the_last_90_days_and_before_their_coaching(
    database: Database,
) -> None:
    await generate.generate(database, name="Big", assignments=100, seed=1, now=NOW)
    item, assignment, conversation = (
        models.AssignmentConversation,
        models.Assignment,
        models.Conversation,
    )

    async with database.read() as session:
        first = await session.scalar(sa.select(sa.func.min(conversation.started_at)))
        last = await session.scalar(sa.select(sa.func.max(conversation.ended_at)))
        late = await session.scalar(
            sa.select(sa.func.count())
            .select_from(item)
            .join(assignment, assignment.id == item.assignment_id)
            .join(conversation, conversation.id == item.conversation_id)
            .where(conversation.ended_at > assignment.assigned_at)
        )
    assert first is not None
    assert last is not None
    assert NOW - dt.timedelta(days=91) < first < last < NOW
    assert late == 0


async def test_a_name_that_is_taken_is_refused_and_changes_nothing(database: Database) -> None:
    await generate.generate(database, name="Big one", assignments=20, seed=1, now=NOW)

    for name in ("Big one", " Big one ", "big-one!"):
        with pytest.raises(WorkspaceExistsError):
            await generate.generate(database, name=name, assignments=20, seed=2, now=NOW)

    async with database.read() as session:
        assert await session.scalar(sa.select(sa.func.count(models.Assignment.id))) == 20


async def test_two_workspaces_of_one_seed_live_side_by_side(database: Database) -> None:
    for name in ("One", "Two"):
        await generate.generate(database, name=name, assignments=20, seed=1, now=NOW)

    async with database.read() as session:
        assert await session.scalar(sa.select(sa.func.count(models.Workspace.id))) == 2


async def test_an_interrupted_run_leaves_nothing(database: Database) -> None:
    def interrupt(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await generate.generate(
            database, name="Big", assignments=20, seed=1, now=NOW, progress=interrupt
        )

    async with database.read() as session:
        assert await session.scalar(sa.select(sa.func.count(models.Workspace.id))) == 0


def test_the_command_says_who_can_sign_in_and_refuses_a_second_run(database_url: str) -> None:
    settings = Settings(database_url=database_url)
    arguments = ["--workspace", "Contact Centre", "--assignments", "20"]

    first = CliRunner().invoke(generate.command, arguments, obj=settings)
    second = CliRunner().invoke(generate.command, arguments, obj=settings)

    assert first.exit_code == 0, first.output
    assert "qa@contact-centre.example" in first.output
    assert second.exit_code == 1
    assert "There is a workspace 'Contact Centre' already" in second.output
    asyncio.run(_one_workspace(database_url))


async def _one_workspace(database_url: str) -> None:
    database = Database(database_url).everywhere()
    async with database.read() as session:
        names = (await session.scalars(sa.select(models.Workspace.name))).all()
    await database.close()
    assert names == ["Contact Centre"]


@pytest.mark.parametrize("name", ["", "   ", "…", "x" * 121])
def test_a_name_without_a_letter_or_digit_or_too_long_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="1 to 120 characters"):
        generate.slug(name.strip())
