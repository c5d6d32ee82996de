"""Many who send, mark, move, remove and assign at the same moment (A4, M2, G3)."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

import models
from models import GroupState, MarkState
from models.database import Database
from resolvers import check, facts
from server import app
from server.settings import Settings
from tests import marking
from tests.client import Client
from tests.marking import TOMORROW, Scene, refusals
from tests.world import AUDIENCE, ISSUER, World, global_id

SEND = "DispatchCoachingGroup"


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def eight_connections(scene: Scene, url: str, folder: Path) -> tuple[Database, list[Client]]:
    """The application on eight connections, and the QA user as fifty of its clients."""
    key = folder / "key.json"
    settings = Settings(database_url=url, issuer=ISSUER, audience=AUDIENCE, development_key=key)
    database = Database(url, pool_size=8, pool_timeout=120).everywhere()
    transport = httpx2.ASGITransport(app=app.create(settings, database))
    http = httpx2.AsyncClient(transport=transport, base_url="http://tests")
    return database, [Client(http, scene.client.bearer) for _ in range(50)]


@pytest.mark.parametrize("keyed", [False, True])
async def test_of_50_dispatches_at_once_one_set_is_made(
    scene: Scene, database_url: str, tmp_path: Path, keyed: bool
):
    group, _ = await scene.full_group()
    given = scene.dispatch(group, **({"idempotencyKey": "k"} if keyed else {}))
    database, clients = await eight_connections(scene, database_url, tmp_path)
    answers = await asyncio.gather(*(scene.do(SEND, each, **given) for each in clients))
    await clients[0].http.aclose()
    await database.close()
    won = [answer for answer in answers if not answer["errors"]]
    lost = [refusals(answer) for answer in answers if answer["errors"]]
    if keyed:
        assert won == [won[0]] * 50
    else:
        assert len(won) == 1
        assert lost == [[("GROUP_ALREADY_SENT", [])]] * 49
    assert await scene.count(models.Assignment) == 2
    assert await scene.count(models.AssignmentConversation) == 3
    assert await scene.count(models.AuditEntry) == 3


async def test_everything_that_touches_a_group_at_once_leaves_whole_marks(scene: Scene):
    """No deadlock, nothing lost: dispatch, mark, remove, move, add, assign and S6 together."""
    move = """mutation($input: MoveMarksToGroupInput!) { moveMarksToGroup(input: $input) {
        coachingGroup { id } errors { code path } } }"""
    remove = """mutation($input: RemoveMarkInput!) { removeMark(input: $input) {
        mark { id } errors { code path } } }"""
    add = """mutation($input: AddConversationsToMarkInput!) {
        addConversationsToMark(input: $input) { mark { id } errors { code path } } }"""
    delete = """mutation($input: DeleteCoachingGroupInput!) { deleteCoachingGroup(input: $input) {
        coachingGroup { id } errors { code path } } }"""
    assign = """mutation($input: AssignCandidateInput!) { assignCandidate(input: $input) {
        assignment { id } errors { code path } } }"""

    async def recount(talk: models.Conversation) -> dict[str, Any]:
        async with scene.world.database.write() as session:
            ids = [talk.id]
            await facts.refresh_of_conversations(session, scene.world.workspace_id, ids)
        return {"errors": []}

    for _ in range(4):
        group, marks = await scene.full_group()
        other = await scene.group(scene.ann)
        loose = await scene.mark(scene.ben, areas=(scene.calm,))
        extra = [await scene.talk(scene.ann) for _ in range(2)]
        linked = await scene.rows(models.MarkConversation, mark_id=marks[1].id)
        talk = (await scene.rows(models.Conversation, id=linked[0].conversation_id))[0]
        evaluation = global_id(await scene.evaluation(talk))
        id_, calm = global_id(group), [global_id(scene.calm)]
        keys = [global_id(mark) for mark in marks]
        work = [
            scene.do(SEND, **scene.dispatch(group)),
            scene.do("MarkForCoaching", evaluationId=evaluation, areaIds=calm, groupId=id_),
            scene.do(remove, markId=keys[0], expectedVersion=1),
            scene.do(move, groupId=global_id(other), markIds=[keys[1], keys[2], global_id(loose)]),
            scene.do(move, groupId=id_, markIds=[global_id(loose), keys[2]]),
            scene.do(
                add,
                markId=keys[1],
                conversationIds=[global_id(each) for each in extra],
                expectedVersion=1,
            ),
            scene.do("AddAgentsToGroup", groupId=id_, agentIds=[global_id(scene.ben)]),
            scene.do(assign, agentId=global_id(scene.ben), name="Own", followUpOn=TOMORROW),
            scene.do(
                "CreateAssignment",
                agentId=global_id(scene.ann),
                name="By hand",
                areaIds=calm,
                conversationIds=[global_id(talk)],
                followUpOn=TOMORROW,
                markIds=keys[:2],
            ),
            scene.do(delete, groupId=global_id(other), expectedVersion=1),
            *(recount(each) for each in (talk, *extra)),
        ]
        answers = await asyncio.gather(*work)
        codes = {error["code"] for answer in answers for error in answer["errors"]}
        allowed = "DUPLICATE_MARK GROUP_ALREADY_SENT MARK_ALREADY_ASSIGNED MARK_NOT_ACTIVE STALE"
        also = {"GROUP_HAS_NO_CONVERSATIONS", "NOT_FOUND"}
        assert codes <= {*allowed.split(), *also}
        await _check(scene)
        async with scene.world.database.write() as session:
            done = {"state": MarkState.REMOVED, "group_id": None}
            active = models.Mark.state == MarkState.ACTIVE
            await session.execute(sa.update(models.Mark).where(active).values(done))
            await session.execute(sa.update(models.MarkArea).values(active=False))
            pending = models.CoachingGroup.state == GroupState.PENDING
            gone = {"state": GroupState.DELETED}
            await session.execute(sa.update(models.CoachingGroup).where(pending).values(gone))


async def _check(scene: Scene) -> None:
    """Every assigned mark's conversations are in its assignment; active ones are in live groups."""
    links = await scene.rows(models.MarkConversation)
    items = {
        (item.assignment_id, item.conversation_id)
        for item in await scene.rows(models.AssignmentConversation)
    }
    groups = {group.id: group for group in await scene.rows(models.CoachingGroup)}
    members = {(m.group_id, m.agent_id) for m in await scene.rows(models.CoachingGroupMember)}
    by_hand = {each.id for each in await scene.rows(models.Assignment, name="By hand")}
    for mark in await scene.rows(models.Mark):
        if mark.state is MarkState.ASSIGNED and mark.assignment_id not in by_hand:
            theirs = {link.conversation_id for link in links if link.mark_id == mark.id}
            assert theirs <= {talk for made, talk in items if made == mark.assignment_id}
        if mark.group_id is not None:
            assert mark.state is MarkState.ACTIVE
            assert groups[mark.group_id].state is GroupState.PENDING
            assert (mark.group_id, mark.agent_id) in members
    assert len(items) == await scene.count(models.AssignmentConversation)
    report = await check.run(scene.world.database)
    assert report is not None
    stored = {"assignment", "coaching_group", "mark_area", "agent_coaching", "coaching_total"}
    stored |= {"group_coaching", "group_total"}
    assert [(table, column) for table, column in report.counts if table in stored] == []
