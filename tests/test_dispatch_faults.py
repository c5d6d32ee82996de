"""A process that is killed anywhere in a dispatch leaves nothing or everything (A4).

The process is a real one, and is killed with SIGKILL in front of and behind every statement, and
around the commit. Afterwards the same request is sent again over HTTP, as a client would.
"""

import asyncio
import multiprocessing
import os
import signal
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth import viewer
from models import GroupState, MarkState
from models.assignment import Content
from models.database import Database
from models.workspace import day_of
from resolvers import dispatch
from resolvers.operation import Operation
from tests import marking
from tests.marking import Scene
from tests.world import NOW, World, proof

KEY = "sent again"
EVENTS = ("before_cursor_execute", "after_cursor_execute", "commit")


def send(url: str, user_id: uuid.UUID, group_id: uuid.UUID, last: int) -> None:
    """Dispatch, in a process of its own, which dies at the event with this number, from 0."""
    asyncio.run(_send(url, user_id, group_id, last))


async def _send(url: str, user_id: uuid.UUID, group_id: uuid.UUID, last: int) -> None:
    database = Database(url).everywhere()
    who = await viewer.Callers(database, 0).find(proof(user_id))
    assert who is not None
    number = 0

    def die(*_: Any) -> None:
        nonlocal number
        if number == last:
            os.kill(os.getpid(), signal.SIGKILL)
        number += 1

    for event in EVENTS:
        sa.event.listen(database.engine.sync_engine, event, die)
    content = Content(
        name="Kindness",
        follow_up_on=day_of(who.now, who.time_zone),
        strengths="Warm",
        improvements="",
        action_plan=("Read",),
    )
    operation = Operation(database, who)
    await dispatch.dispatch(operation, content, group_id=group_id, idempotency_key=KEY)
    die()  # after the commit: the answer is lost
    await database.close()


async def stored(scene: Scene, group: models.CoachingGroup) -> str:
    """Whether nothing or everything of the dispatch is there."""
    now = await scene.row(group)
    counts = [
        await scene.count(model)
        for model in (
            models.Assignment,
            models.AssignmentArea,
            models.AssignmentConversation,
            models.ActionStep,
            models.AuditEntry,
            models.OutboxEvent,
            models.IdempotencyKey,
        )
    ]
    marks = {mark.state for mark in await scene.rows(models.Mark)}
    areas = {area.active for area in await scene.rows(models.MarkArea)}
    facts = [
        (each.items_total, each.items_reviewed) for each in await scene.rows(models.Assignment)
    ]
    if now.state is GroupState.PENDING:
        assert (now.version, now.members_total) == (1, 0)
        assert (counts, marks, areas) == ([0] * 7, {MarkState.ACTIVE}, {True})
        return "nothing"
    assert (now.state, now.version, now.members_total) == (GroupState.SENT, 2, 2)
    assert (counts, marks, areas) == ([2, 2, 3, 2, 3, 3, 1], {MarkState.ASSIGNED}, {False})
    assert sorted(facts) == [(1, 0), (2, 0)]
    return "everything"


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def test_killed_at_any_moment_a_dispatch_leaves_nothing_or_everything(
    scene: Scene, database_url: str
):
    group = await scene.group(scene.ann, scene.ben, scene.cara)
    await scene.mark(scene.ann, group=group)
    await scene.mark(scene.ann, areas=(scene.calm,), group=group)
    await scene.mark(scene.ben, group=group)
    # A server that has imported everything forks a process for each death.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    found: list[str] = []
    for last in range(200):
        given = (database_url, scene.qa.id, group.id, last)
        process = processes.Process(target=send, args=given)
        process.start()
        await asyncio.to_thread(process.join)
        assert process.exitcode == -signal.SIGKILL
        found.append(await stored(scene, group))
        if found[-1] == "everything":
            break
    # Statements come in pairs of events, then the commit, then the lost answer.
    assert found == ["nothing"] * (len(found) - 1) + ["everything"]
    assert len(found) > 40

    today = day_of(NOW, "UTC").isoformat()
    given_again = scene.dispatch(
        group, followUpOn=today, strengths="Warm", actionPlan=["Read"], idempotencyKey=KEY
    )
    again = await scene.do("DispatchCoachingGroup", **given_again)
    assert again["errors"] == []
    assert [each["agent"]["name"] for each in again["assignments"]] == ["Ann", "Ben"]
    assert [each["name"] for each in again["skipped"]] == ["Cara"]
    assert await stored(scene, group) == "everything"


async def test_after_a_dispatch_that_died_the_next_one_is_whole(scene: Scene, database_url: str):
    group = await scene.group(scene.ann, scene.ben)
    await scene.mark(scene.ann, group=group)
    await scene.mark(scene.ann, areas=(scene.calm,), group=group)
    await scene.mark(scene.ben, group=group)
    processes = multiprocessing.get_context("forkserver")
    process = processes.Process(target=send, args=(database_url, scene.qa.id, group.id, 30))
    process.start()
    await asyncio.to_thread(process.join)
    assert await stored(scene, group) == "nothing"
    given = scene.dispatch(group, actionPlan=["Read"], idempotencyKey=KEY)
    sent = await scene.do("DispatchCoachingGroup", **given)
    assert sent["errors"] == []
    assert await stored(scene, group) == "everything"
