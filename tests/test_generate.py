"""`coaching generate` makes the same rows of the same seed, of any size, with right facts."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

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
from server.synthetic.crowd import Crowd
from server.synthetic.everyday import BATCH

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url).everywhere()
    yield found
    await found.close()


def rows_of(
    *, seed: int = 1, assignments: int = 45, day: dt.datetime = NOW, **numbers: int
) -> dict[str, Any]:
    """All rows that a workspace would be made of."""
    made = Crowd("Big", "big.example", assignments=assignments, seed=seed, now=day, **numbers)
    for _ in made.chunks():
        pass
    return dict(made.rows.of)


def test_the_same_seed_size_and_day_give_the_same_rows() -> None:
    assert rows_of() == rows_of()


def test_the_same_numbers_of_agents_and_conversations_give_the_same_rows() -> None:
    first, second = (rows_of(agents=50, conversations=300) for _ in range(2))

    assert first == second


def test_numbers_that_are_as_many_as_without_give_the_same_rows_as_without() -> None:
    assert rows_of(assignments=45, agents=20, conversations=90) == rows_of(assignments=45)


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


@pytest.mark.parametrize(
    ("assignments", "agents", "conversations"),
    [(20, 20, 41), (20, 130, 40), (45, 90, 500), (1_000, 20, 2_007), (1_000, 60, 5_000)],
)
def test_a_workspace_has_as_many_agents_and_conversations_as_asked_for(
    assignments: int, agents: int, conversations: int
) -> None:
    rows = rows_of(assignments=assignments, agents=agents, conversations=conversations)
    scored = {row["conversation_id"] for row in rows["evaluation"] if row["source"] == "AUTO"}

    assert len(rows["assignment"]) == assignments
    assert len(rows["agent"]) == agents
    assert len(scored) == len(rows["conversation"]) == conversations


def test_agents_share_assignments_and_conversations_alike() -> None:
    rows = rows_of(assignments=1_000, agents=60, conversations=5_000)
    assignments, conversations = (
        Counter(row["agent_id"] for row in rows[table]) for table in ("assignment", "conversation")
    )

    assert set(assignments.values()) == {16, 17}
    # Two for each assignment, and of the others 50 each.
    assert set(conversations.values()) == {82, 84}


def test_everyday_conversations_are_spread_over_queues_days_and_audits() -> None:
    rows = rows_of(assignments=100, agents=40, conversations=4_200)
    coached = {row["conversation_id"] for row in rows["assignment_conversation"]}
    everyday = {row["id"]: row for row in rows["conversation"] if row["id"] not in coached}
    days = Counter((NOW - row["started_at"]).days for row in everyday.values())
    queues_of: dict[Any, set[Any]] = {row["id"]: set() for row in rows["agent"]}
    for row in rows["agent_queue"]:
        queues_of[row["agent_id"]].add(row["queue_id"])
    audited = [
        row["review_state"]
        for row in rows["evaluation"]
        if row["source"] == "MANUAL" and row["conversation_id"] in everyday
    ]

    assert set(days) == set(range(90))
    assert max(days.values()) < 3 * min(days.values())
    assert all(row["queue_id"] in queues_of[row["agent_id"]] for row in everyday.values())
    assert {row["queue_id"] for row in everyday.values()} == {row["id"] for row in rows["queue"]}
    assert 0.03 < len(audited) / len(everyday) < 0.08
    assert set(audited) == {"AUDITED", "RESOLVED", "CLOSED"}


def test_no_more_conversations_wait_to_be_written_than_a_batch() -> None:
    made = Crowd(
        "Big", "big.example", assignments=40, agents=20, conversations=9_000, seed=1, now=NOW
    )
    written = []
    for _ in made.chunks():
        written.append(len(made.rows.of["conversation"]))
        made.rows.of.clear()

    assert sum(written) == 9_000
    assert max(written) == BATCH


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"agents": 19}, "at least 20 agents"),
        ({"assignments": 1_701, "agents": 20}, "1701 assignments are too many for 20 agents"),
        ({"assignments": 100, "conversations": 199}, "100 assignments need at least 200"),
    ],
)
def test_numbers_that_do_not_go_together_are_refused(numbers: dict[str, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rows_of(**numbers)


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


@pytest.mark.parametrize(
    ("assignments", "agents", "conversations"),
    [(60, 130, 400), (800, 20, 1_600), (300, 25, 5_000)],
)
async def test_a_workspace_of_other_numbers_has_right_facts(
    database: Database, assignments: int, agents: int, conversations: int
) -> None:
    seen: list[int] = []
    await generate.generate(
        database,
        name="Big",
        assignments=assignments,
        agents=agents,
        conversations=conversations,
        seed=1,
        now=NOW,
        progress=seen.append,
    )

    report = await check.run(database)
    assert sum(seen) == assignments
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


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["--agents", "19"], "19 is not in the range x>=20"),
        (["--assignments", "1701", "--agents", "20"], "85 each is the most"),
        (["--conversations", "199"], "100 assignments need at least 200 conversations, 2 each."),
    ],
)
def test_the_command_says_which_numbers_do_not_go_together(
    database_url: str, numbers: list[str], said: str
) -> None:
    arguments = ["--workspace", "Contact Centre", "--assignments", "100", *numbers]

    result = CliRunner().invoke(
        generate.command, arguments, obj=Settings(database_url=database_url)
    )

    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output


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
