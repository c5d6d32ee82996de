"""`coaching check --rebuild` mends what is stored twice, wherever it went wrong (C7, S6)."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

import models
from models import Status
from models.database import Database
from resolvers import check, rebuilding, score_day
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


async def differences(database: Database, workspace: str | None = None) -> int:
    report = await check.run(database, workspace=workspace)
    assert report is not None
    return report.counts.total()


async def spoil(database: Database) -> None:
    """Make every fact wrong, and leave days missing and too many."""
    day = dt.timedelta(days=1)
    async with database.write() as session:
        for statement in (
            sa.update(models.Conversation).values(kore_evaluation_score=1.25),
            sa.update(models.Conversation).values(supervisor_audit_score=None),
            sa.update(models.Assignment).values(items_total=99, items_reviewed=7, agent_turns=5),
            sa.update(models.CoachingGroup).values(members_total=99, members_completed=99),
            sa.update(models.AgentDay).values(total=1, evaluations=77),
            sa.delete(models.AttributeDay),
            sa.update(models.AgentCoaching).values(progress_completed=77, queue_set_id=None),
            sa.update(models.CoachingTotal).values(agents_by_status=77, cancelled=7),
            sa.update(models.GroupCoaching).values(status=Status.CANCELLED, queue_set_id=None),
            sa.update(models.GroupTotal).values(status_completed=77, cancelled=7),
            sa.delete(models.QueueSetQueue),
        ):
            await session.execute(statement.execution_options(synchronize_session=False))
        some = (await session.scalars(sa.select(models.AgentDay).limit(1))).one()
        session.add(
            models.AgentDay(
                workspace_id=some.workspace_id,
                agent_id=some.agent_id,
                day=some.day - 400 * day,
                total=100,
                evaluations=1,
            )
        )


async def facts(database: Database) -> list[tuple[Any, ...]]:
    """Everything that a rebuild may write."""
    tables = (
        models.Conversation,
        models.Assignment,
        models.CoachingGroup,
        models.AgentDay,
        models.AttributeDay,
        models.AgentCoaching,
        models.CoachingTotal,
        models.GroupCoaching,
        models.GroupTotal,
        models.QueueSet,
        models.QueueSetQueue,
    )
    found: list[tuple[Any, ...]] = []
    async with database.read() as session:
        for model in tables:
            table: Any = model.__table__
            rows = await session.execute(sa.select(table).order_by(*table.primary_key))
            found += [tuple(row) for row in rows]
    return found


async def test_all_facts_and_days_are_mended_to_what_they_were(database: Database):
    before = await facts(database)
    await spoil(database)
    assert await differences(database) > 100
    await rebuilding.run(database)
    assert await differences(database) == 0
    assert await facts(database) == before


async def test_a_rebuild_of_what_is_right_changes_nothing(database: Database):
    before = await facts(database)
    await rebuilding.run(database)
    assert await facts(database) == before


async def test_more_rows_than_a_batch_are_mended(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rebuilding, "BATCH", 7)
    await spoil(database)
    await rebuilding.run(database)
    assert await differences(database) == 0


async def test_one_workspace_may_be_mended_by_its_name(database: Database):
    await generate.generate(database, name="Big", assignments=20, seed=1, now=NOW)
    await spoil(database)
    await rebuilding.run(database, workspace="Big")
    assert await differences(database, "Big") == 0
    assert await differences(database, "Demo") > 100
    await rebuilding.run(database, workspace="Nobody's")


async def test_a_rebuild_that_breaks_off_changes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    await spoil(database)
    before = await facts(database)

    async def broken(*_: Any) -> None:
        raise EOFError

    monkeypatch.setattr(rebuilding, "facts", broken)
    with pytest.raises(EOFError):
        await rebuilding.run(database)
    assert await facts(database) == before


async def test_days_are_held_in_memory_for_a_batch_of_agents_only(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    saved: list[int] = []
    save = score_day.DaySums.save

    async def note(sums: Any, *given: Any) -> None:
        saved.append(len({key[0] for key in sums._agents}))  # noqa: SLF001 - nobody else may ask
        await save(sums, *given)

    monkeypatch.setattr(score_day.DaySums, "save", note)
    monkeypatch.setattr("resolvers.check_scores.AGENTS", 3)
    await spoil(database)
    await rebuilding.run(database)
    assert len(saved) > 1
    assert max(saved) <= 3
    assert await differences(database) == 0


def test_the_command_mends_then_reports(database_url: str):
    settings = Settings(database_url=database_url)

    async def prepare() -> None:
        found = Database(database_url).everywhere()
        await demo.fill(found, now=NOW)
        await spoil(found)
        await found.close()

    asyncio.run(prepare())
    bad = CliRunner().invoke(check_command.command, obj=settings)
    mended = CliRunner().invoke(check_command.command, ["--rebuild"], obj=settings)
    good = CliRunner().invoke(check_command.command, obj=settings)
    unknown = CliRunner().invoke(
        check_command.command, ["--rebuild", "--workspace", "Nobody's"], obj=settings
    )
    assert bad.exit_code == 1
    assert (mended.exit_code, mended.output.strip()[-14:]) == (0, "no differences")
    assert good.exit_code == 0
    assert unknown.exit_code == 1
    assert "There is no workspace" in unknown.output
