"""`coaching generate` makes as many agents and conversations as it is told, if they can be."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
from click.testing import CliRunner

from models.database import Database
from resolvers import check
from server import generate
from server.settings import Settings
from server.synthetic.crowd import Crowd
from server.synthetic.everyday import BATCH
from tests.generated import NOW, rows_of


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url).everywhere()
    yield found
    await found.close()


def test_the_same_numbers_of_agents_and_conversations_give_the_same_rows() -> None:
    first, second = (rows_of(agents=50, conversations=300) for _ in range(2))

    assert first == second


def test_numbers_that_are_as_many_as_without_give_the_same_rows_as_without() -> None:
    assert rows_of(assignments=45, agents=20, conversations=90) == rows_of(assignments=45)


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


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"agents": 19}, "at least 20 agents"),
        ({"assignments": 1_701, "agents": 20}, "1701 assignments are too many for 20 agents"),
        ({"assignments": 100, "conversations": 199}, "100 assignments need at least 200"),
    ],
)
def test_numbers_that_do_not_go_together_are_refused(numbers: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rows_of(**numbers)


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
