"""`coaching close-overdue` (D6): once, twice, or on two machines at once."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner

import models
from models import Action, ReviewState
from models.database import Database
from resolvers import closing
from server import closing as command
from server.settings import Settings
from tests import reviewing
from tests.reviewing import Scene, refusals
from tests.world import AUDIENCE, ISSUER, World, global_id

LATER = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world, review_window_days=7)


async def overdue(scene: Scene, count: int) -> list[str]:
    """Evaluations that wait for the agent, whose time is over in 30 days."""
    talks = [await scene.world.conversation(scene.ann, scene.billing) for _ in range(count)]
    for talk in talks:
        await scene.world.assignment(scene.ann, scene.quinn, talk)
    return [await scene.evaluated(conversationId=global_id(talk)) for talk in talks]


async def close(scene: Scene, now: dt.datetime = LATER) -> int | None:
    return await closing.run(scene.world.database, now=now)


async def test_what_was_left_unanswered_too_long_is_closed_by_the_system(scene: Scene):
    (id_,) = await overdue(scene, 1)
    assert await close(scene) == 1
    shown = await scene.read(id_, by=scene.agent)
    assert (shown["reviewState"], shown["reviewUntil"]) == ("CLOSED", None)
    assert shown["completedAt"] == LATER.isoformat()
    assert shown["history"][-1] == {"actor": "system", "action": "REVIEW_CLOSED"}
    last = (await scene.rows(models.AuditEntry))[-1]
    assert (last.action, last.actor_id, last.at) == (Action.REVIEW_CLOSED, None, LATER)
    assert last.before["review_state"] == "PENDING_AGENT_REVIEW"
    assert last.after == {"review_state": "CLOSED", "revision": 1, "total": 68.75}
    assert len(await scene.rows(models.OutboxEvent)) == 2
    (made,) = await scene.rows(models.Assignment)
    assert made.agent_turns == 0
    assert refusals(await scene.respond(id_)) == [("NOT_WAITING_FOR_AGENT", [])]
    assert await scene.agrees()


async def test_only_what_waits_for_the_agent_and_is_overdue_is_closed(scene: Scene):
    now = dt.datetime.now(dt.UTC)
    first, second = await overdue(scene, 2)
    await scene.respond(first)
    await scene.disputed(second)
    third = await scene.evaluated()
    assert await close(scene) == 1
    assert await close(scene, now) == 0
    states = [(await scene.row(id_)).review_state for id_ in (first, second, third)]
    assert states == [
        ReviewState.RESOLVED,
        ReviewState.PENDING_SUPERVISOR_REVIEW,
        ReviewState.CLOSED,
    ]


async def test_the_last_moment_is_not_too_late_before_it_has_passed(scene: Scene):
    (id_,) = await overdue(scene, 1)
    until = (await scene.row(id_)).review_until
    assert until is not None
    assert await close(scene, until - dt.timedelta(microseconds=1)) == 0
    assert await close(scene, until) == 1


async def test_without_a_window_nothing_is_closed(scene: Scene):
    await scene.set(models.EvaluationForm, review_window_days=None)
    await overdue(scene, 1)
    assert await close(scene) == 0


async def test_running_again_changes_nothing_and_batches_end(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(closing, "BATCH", 2)
    await overdue(scene, 5)
    assert await close(scene) == 5
    counted = await scene.counts()
    assert await close(scene) == 0
    assert await scene.counts() == counted
    assert await scene.agrees()


async def test_two_machines_at_once_close_each_review_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(closing, "BATCH", 3)
    await overdue(scene, 8)
    other = Database(scene.world.database.engine.url.render_as_string(hide_password=False))
    try:
        done = await asyncio.gather(
            close(scene), closing.run(other, now=LATER), close(scene), closing.run(other, now=LATER)
        )
    finally:
        await other.close()
    assert sum(count or 0 for count in done) == 8
    closed = await scene.rows(models.AuditEntry, models.AuditEntry.action == Action.REVIEW_CLOSED)
    assert len({entry.evaluation_id for entry in closed}) == len(closed) == 8
    assert await scene.agrees()


@pytest.mark.parametrize("disputed", [(), (0,)])
async def test_of_closing_and_answering_at_once_one_counts(scene: Scene, disputed: tuple[int, ...]):
    ids = await overdue(scene, 4)
    closed, *answers = await asyncio.gather(
        close(scene), *(scene.respond(id_, *disputed) for id_ in ids)
    )
    refused = [answer for answer in answers if answer["errors"]]
    assert all(refusals(answer) == [("NOT_WAITING_FOR_AGENT", [])] for answer in refused)
    assert closed == len(refused)
    rows = await scene.rows(models.Evaluation)
    assert [row.review_state for row in rows].count(ReviewState.CLOSED) == closed
    assert len(await scene.rows(models.AuditEntry)) == 8  # one submission, one end each
    assert await scene.agrees()


async def test_a_workspace_is_closed_by_its_name_and_others_are_left(scene: Scene, tmp_path: Path):
    await overdue(scene, 1)
    async with scene.world.database.write() as session:
        session.add(models.Workspace(name="Other", created_at=LATER))
    run = closing.run
    assert await run(scene.world.database, now=LATER, workspace="Nowhere") is None
    assert await run(scene.world.database, now=LATER, workspace="Other") == 0
    (name,) = [
        row.name for row in await scene.rows(models.Workspace) if row.name.startswith("Workspace")
    ]
    assert await run(scene.world.database, now=LATER, workspace=name) == 1


async def test_the_command_says_how_many_it_closed(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    await overdue(scene, 1)
    await scene.set(models.Evaluation, review_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    settings = Settings(
        database_url=scene.world.database.engine.url.render_as_string(hide_password=False),
        issuer=ISSUER,
        audience=AUDIENCE,
        development_key=tmp_path / "key.json",
    )

    async def invoked(*arguments: str) -> tuple[int, str]:
        result = await asyncio.to_thread(
            CliRunner().invoke, command.command, arguments, obj=settings
        )
        return result.exit_code, result.output

    assert await invoked("--workspace", "Nowhere") == (
        1,
        "Error: There is no workspace 'Nowhere'.\n",
    )
    assert await invoked() == (0, "1 review closed\n")
    assert await invoked() == (0, "0 reviews closed\n")
