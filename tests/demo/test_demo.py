"""The demo workspace: filled once, all or nothing, for these people."""

import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Permission as May
from models import Role
from models.database import Database
from resolvers import check, facts
from server import demo

NOW = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)

Rows = Callable[..., Awaitable[list[Any]]]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url).everywhere()
    yield found
    await found.close()


async def user(rows: Rows, name: str) -> models.User:
    found = await rows(models.User, models.User.email == f"{name}@demo.example")
    one: models.User = found[0]
    return one


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        dt.datetime(2026, 3, 29, 0, 5, tzinfo=dt.UTC),  # summer time begins in Europe
        dt.datetime(2027, 1, 1, 23, 59, tzinfo=dt.UTC),
    ],
)
async def test_all_stored_facts_are_right_at_any_hour(database: Database, now: dt.datetime) -> None:
    await demo.fill(database, now=now)

    report = await check.run(database)

    assert report is not None
    assert report.counts == {}


async def test_a_second_call_does_nothing(database: Database) -> None:
    first = await demo.fill(database, now=NOW)
    second = await demo.fill(database, now=NOW + dt.timedelta(days=1))

    async with database.read() as session:
        assert await session.scalar(sa.select(sa.func.count(models.Workspace.id))) == 1
    assert first is not None
    assert second is None


async def test_a_crash_leaves_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crash(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(facts, "refresh", crash)
    with pytest.raises(RuntimeError):
        await demo.fill(database, now=NOW)

    async with database.read() as session:
        for table in models.Base.metadata.sorted_tables:
            assert await session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


@pytest.mark.parametrize(
    ("name", "role", "permissions", "queues"),
    [
        (
            "qa",
            Role.QA,
            {
                May.COACHING_ASSIGNMENTS,
                May.QA_FUNCTIONALITIES,
                May.CROSS_QUEUE_DATA_ACCESS,
                May.MANAGE_SETTINGS,
            },
            4,
        ),
        ("lead", Role.SUPERVISOR, {May.COACHING_ASSIGNMENTS, May.QA_FUNCTIONALITIES}, 2),
        ("supervisor", Role.SUPERVISOR, {May.COACHING_ASSIGNMENTS}, 2),
        (
            "agent",
            Role.AGENT,
            {May.AGENT_DASHBOARD, May.COACHING_ASSIGNMENTS, May.MARKED_FOR_COACHING_VIEW},
            0,
        ),
        (
            "agent2",
            Role.AGENT,
            {May.AGENT_DASHBOARD, May.COACHING_ASSIGNMENTS, May.MARKED_FOR_COACHING_VIEW},
            0,
        ),
        ("partner", Role.PARTNER, {May.IMPORT_CONVERSATIONS, May.COACHING_ASSIGNMENTS}, 2),
    ],
)
async def test_these_users_may_sign_in(
    rows: Rows, name: str, role: Role, permissions: set[May], queues: int
) -> None:
    found = await user(rows, name)
    works = await rows(models.UserQueue, models.UserQueue.user_id == found.id)

    assert (found.role, set(found.permissions), len(works)) == (role, permissions, queues)


async def test_there_are_300_believable_conversations_of_the_last_five_weeks(
    rows: Rows,
    now: dt.datetime,
) -> None:
    conversations = await rows(models.Conversation)
    messages = await rows(models.Message)
    insights = await rows(models.Insight)

    assert len(conversations) == 300
    assert all(now - dt.timedelta(weeks=5) < row.started_at < now for row in conversations)
    assert all(row.kore_evaluation_score is not None for row in conversations)
    assert len({(row.topic, row.intent) for row in conversations}) >= 12
    assert {row.conversation_id for row in messages} == {row.id for row in conversations}
    assert {row.conversation_id for row in insights} == {row.id for row in conversations}
    assert not any("{" in row.text for row in messages)
    assert Counter(row.agent_id for row in conversations).most_common()[0][1] == 25


async def test_scorecards_add_up_to_100_percent_and_one_is_the_default(
    rows: Rows,
) -> None:
    cards = await rows(models.Scorecard)
    sums: Counter[Any] = Counter()
    for row in await rows(models.ScorecardWeight):
        sums[row.scorecard_id] += row.percent

    assert [row.is_default for row in cards].count(True) == 1
    assert set(sums.values()) == {100}


async def test_there_is_an_organisation_around_it(rows: Rows) -> None:
    async def count(model: Any) -> int:
        return len(await rows(model))

    assert await count(models.Agent) == 12
    assert await count(models.AgentGroup) == 3
    assert await count(models.Queue) == 4
    assert await count(models.Attribute) == 6
    assert await count(models.EvaluationForm) == 4
    workspace = (await rows(models.Workspace))[0]
    assert (workspace.name, workspace.accept_and_dispute) == ("Demo", True)
