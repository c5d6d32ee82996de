"""`coaching check` agrees with what the product writes, and finds whatever was tampered with."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

import models
from models import coaching_total, group_total
from models.base import Base
from models.database import Database
from resolvers import check
from resolvers.differences import SHOWN, Report
from server import check as check_command
from server import demo, generate
from server.settings import Settings

NOW = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url).everywhere()
    await demo.fill(found, now=NOW)
    yield found
    await found.close()


async def checked(database: Database) -> Report:
    report = await check.run(database)
    assert report is not None
    return report


def columns(report: Report) -> set[str]:
    return {f"{table}.{column}" for table, column in report.counts}


async def tamper(
    database: Database, model: type[Base], where: Any = None, /, **values: Any
) -> dict[str, Any]:
    """Change the first row of a table behind the product's back; return what was there."""
    table: Any = model.__table__
    key = [column for column in table.primary_key if column.name != "workspace_id"]
    async with database.write() as session:
        chosen = sa.select(table).order_by(*key).limit(1)
        found = await session.execute(chosen if where is None else chosen.where(where))
        row = found.mappings().one()
        same = [column == row[column.name] for column in key]
        await session.execute(sa.update(table).where(*same).values(**values))
    return {name: row[name] for name in values}


async def test_the_demo_agrees_with_itself(database: Database) -> None:
    report = await checked(database)

    assert check_command.lines(report) == [f"{report.rows:,} rows checked, no differences"]
    assert report.rows > 4_000


async def test_a_generated_workspace_agrees_with_itself(database: Database) -> None:
    await generate.generate(database, name="Big", assignments=60, seed=1, now=NOW)

    assert (await checked(database)).counts == {}


CHANGES: tuple[tuple[type[Base], dict[str, Any]], ...] = (
    (models.Conversation, {"kore_evaluation_score": 1.23}),
    (models.Conversation, {"kore_evaluation_score": None}),
    (models.Conversation, {"supervisor_audit_score": -1.5}),
    (models.Assignment, {"items_total": 99}),
    (models.Assignment, {"agent_turns": 7}),
    (models.Assignment, {"supervisor_turns": 7}),
    (models.CoachingGroup, {"members_total": 99}),
    (models.CoachingGroup, {"members_not_started": 99}),
    (models.CoachingGroup, {"members_completed": 99}),
    (models.CoachingGroup, {"members_agent_turn": 99}),
    (models.CoachingGroup, {"members_supervisor_turn": 99}),
    (models.Evaluation, {"revision": 9}),
    (models.Evaluation, {"passed": None}),
    (models.EvaluationRevision, {"total": 1.23}),
    (models.EvaluationRevision, {"passed": None}),
    (models.MetricScore, {"points": 1.23}),
    (models.AgentDay, {"total": 1}),
    (models.AgentDay, {"evaluations": 99}),
    (models.AttributeDay, {"earned": 1}),
    (models.AttributeDay, {"weight": 1}),
    (models.AttributeDay, {"evaluations": 99}),
    *((models.AgentCoaching, {name: 99}) for name in coaching_total.COUNTS),
    *((models.CoachingTotal, {name: 99}) for name in coaching_total.SUMS),
    (models.GroupCoaching, {"queue_set_id": None}),
    (models.GroupCoaching, {"progress": models.Status.CANCELLED}),
    (models.GroupCoaching, {"status": models.Status.CANCELLED}),
    *((models.GroupTotal, {name: 99}) for name in group_total.NAMES),
    (models.Attribute, {"name": "Renamed"}),
    (models.Assignment, {"name_key": "x"}),
    (models.CoachingGroup, {"name_key": "x"}),
    (models.Agent, {"search_key": "x"}),
)


ALONE: Mapping[type[Base], Any] = {
    models.Assignment: models.Assignment.cancelled_at.is_not(None),
    models.CoachingGroup: models.CoachingGroup.state == "PENDING",
}


async def test_each_column_that_was_changed_is_named(database: Database) -> None:
    for model, values in CHANGES:
        # Of a cancelled assignment, so that neither a group's counts nor an agent's follow; of an
        # unsent group, which no total counts.
        alone = ALONE.get(model)
        (column,) = values
        named = "name_key" if column == "name" else column

        before = await tamper(database, model, alone, **values)

        assert columns(await checked(database)) == {f"{model.__tablename__}.{named}"}
        await tamper(database, model, alone, **before)
    assert (await checked(database)).counts == {}


async def test_an_items_reviewed_that_was_changed_is_named(database: Database) -> None:
    changed = models.Assignment
    await tamper(database, changed, changed.items_reviewed == 0, items_reviewed=1)

    # A group's counts follow from what its assignments say of themselves.
    assert "assignment.items_reviewed" in columns(await checked(database))


async def test_a_total_that_was_changed_is_named_with_the_score_that_follows_from_it(
    database: Database,
) -> None:
    await tamper(database, models.Evaluation, models.Evaluation.source == "AUTO", total=1.23)

    assert columns(await checked(database)) == {
        "evaluation.total",
        "conversation.kore_evaluation_score",
    }


async def test_a_metric_score_that_was_changed_shows_in_all_that_follows_from_it(
    database: Database,
) -> None:
    scored = models.MetricScore
    auto = sa.select(models.Evaluation.id).where(models.Evaluation.source == "AUTO")
    which = scored.evaluation_id.in_(auto) & (scored.adherence == 1.0)
    await tamper(database, scored, which, adherence=0.5)

    named = columns(await checked(database))

    assert {"metric_score.points", "evaluation_revision.total", "evaluation.total"} <= named
    assert {"agent_day.total", "attribute_day.earned"} <= named


async def test_a_day_that_is_missing_and_a_day_too_many_are_named(database: Database) -> None:
    async with database.write() as session:
        day = (await session.scalars(sa.select(models.AgentDay).limit(1))).one()
        await session.delete(day)
        session.add(
            models.AgentDay(
                workspace_id=day.workspace_id,
                agent_id=day.agent_id,
                day=day.day - dt.timedelta(days=400),
                total=100,
                evaluations=1,
            )
        )

    report = await checked(database)

    shown = report.shown["agent_day", "evaluations"]
    assert sorted((one.stored, one.expected) for one in shown if one.stored is not None) == [(1, 0)]
    assert [one.key for one in shown if one.stored is None] == [f"{day.agent_id}/{day.day}"]


async def test_what_an_area_of_a_mark_carries_must_agree_with_its_mark(database: Database) -> None:
    async with database.read() as session:
        users = (await session.scalars(sa.select(models.User.id))).all()
        agents = (await session.scalars(sa.select(models.Agent.id))).all()
    assigned = models.MarkArea.active.is_(False)
    area = models.MarkArea
    await tamper(database, area, assigned, marked_by_id=users[-1], agent_id=agents[-1])
    await tamper(database, models.Mark, models.Mark.state == "ACTIVE", state="REMOVED")

    named = columns(await checked(database))

    assert "mark_area.active" in named
    assert named & {"mark_area.agent_id", "mark_area.marked_by_id"}


async def test_of_each_column_only_some_differences_are_shown_and_all_are_counted(
    database: Database,
) -> None:
    async with database.write() as session:
        await session.execute(sa.update(models.Conversation).values(kore_evaluation_score=0.01))

    lines = check_command.lines(await checked(database))

    assert sum(line.startswith("conversation ") for line in lines) == SHOWN
    assert lines[-2].startswith("conversation: kore_evaluation_score differs 300 times")
    assert lines[-1].endswith("rows checked, 300 differences")


async def test_one_workspace_may_be_checked_by_its_name(database: Database) -> None:
    await generate.generate(database, name="Big", assignments=20, seed=1, now=NOW)
    workspace_id = sa.select(models.Workspace.id).where(models.Workspace.name == "Big")
    in_big = models.Assignment.workspace_id == workspace_id.scalar_subquery()
    cancelled = models.Assignment.cancelled_at.is_not(None)
    await tamper(database, models.Assignment, in_big & cancelled, items_total=99)

    of_demo = await check.run(database, workspace="Demo")
    of_big = await check.run(database, workspace="Big")

    assert of_demo is not None
    assert of_big is not None
    assert (of_demo.counts.total(), of_big.counts.total()) == (0, 1)
    assert await check.run(database, workspace="Nobody's") is None


def test_the_command_prints_each_difference_and_ends_with_status_1(database_url: str) -> None:
    settings = Settings(database_url=database_url)

    async def prepare(*, tampered: bool) -> None:
        found = Database(database_url).everywhere()
        await demo.fill(found, now=NOW)
        if tampered:
            await tamper(found, models.Assignment, items_total=99)
        await found.close()

    asyncio.run(prepare(tampered=False))
    good = CliRunner().invoke(check_command.command, obj=settings)
    asyncio.run(prepare(tampered=True))
    bad = CliRunner().invoke(check_command.command, obj=settings)
    unknown = CliRunner().invoke(check_command.command, ["--workspace", "Nobody's"], obj=settings)

    assert (good.exit_code, good.output.strip()[-14:]) == (0, "no differences")
    assert bad.exit_code == 1
    assert "items_total is 99, should be" in bad.output
    assert unknown.exit_code == 1
    assert "There is no workspace" in unknown.output


def test_the_command_refuses_a_database_without_tables(tmp_path: Any) -> None:
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite3")

    refused = CliRunner().invoke(check_command.command, obj=settings)

    assert refused.exit_code == 1
    assert "coaching migrate" in refused.output
