"""Reading marks over HTTP: staff and agents (V2, V3, V7)."""

from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import MarkState, Permission, Role
from tests import marking
from tests.marking import Scene
from tests.world import AGENT, SUPERVISOR, World, global_id

MARK = "MarkForCoaching"
LIST = """query($filter: MarkFilter) { marks(first: 100, filter: $filter) {
    totalCount nodes { id state areas { name } group { id } } } }"""
MINE = """{ marks(first: 100) { totalCount nodes { id state version markedBy createdAt
    agent { name } areas { name } conversations { id } group { id name members { name } }
    assignment { id } viewerActions { action } } } }"""


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def given(scene: Scene, talk: models.Conversation, **changes: Any) -> dict[str, Any]:
    evaluation = await scene.evaluation(talk)
    sound = {"evaluationId": global_id(evaluation), "areaIds": [global_id(scene.empathy)]}
    return {**sound, **changes}


async def test_marks_are_filtered_by_agent_area_and_state(scene: Scene):
    anns = await scene.mark(scene.ann)
    bens = await scene.mark(scene.ben, areas=(scene.calm, scene.empathy))
    gone = await scene.mark(scene.cara, areas=(scene.calm,), state=MarkState.REMOVED)

    async def found(**filter_: Any) -> list[str]:
        return [each["id"] for each in (await scene.ask(LIST, filter=filter_))["nodes"]]

    assert await found() == [global_id(anns), global_id(bens)]  # newest first
    assert await found(agentIds=[global_id(scene.ben)]) == [global_id(bens)]
    assert await found(areaIds=[global_id(scene.calm)]) == [global_id(bens)]
    every = [global_id(scene.calm)]
    both = await found(areaIds=every, states=["ACTIVE", "REMOVED"])
    assert both == [global_id(bens), global_id(gone)]
    pages = """query($after: String) { marks(first: 1, after: $after) {
        pageInfo { endCursor hasNextPage } nodes { id } } }"""
    first = await scene.ask(pages)
    second = await scene.ask(pages, after=first["pageInfo"]["endCursor"])
    assert [first["nodes"][0]["id"], second["nodes"][0]["id"]] == await found()
    assert not second["pageInfo"]["hasNextPage"]
    one = await scene.ask("query($id: ID!) { mark(id: $id) { id } }", id=global_id(gone))
    assert one == {"id": global_id(gone)}


async def test_an_agent_sees_own_active_marks_and_nothing_of_groups(scene: Scene):
    group = await scene.group(scene.ann)
    talk = await scene.talk(scene.ann)
    made = await scene.world.assignment(scene.ann, scene.qa, talk)
    grouped = await scene.mark(scene.ann, talk, areas=(scene.calm,), group=group)
    loose = await scene.mark(scene.ann)
    await scene.mark(scene.ben)
    done = await scene.mark(scene.ann, state=MarkState.ASSIGNED, assignment=made)
    gone = await scene.mark(scene.ann, state=MarkState.REMOVED)
    view = (*AGENT, Permission.MARKED_FOR_COACHING_VIEW)
    agent = scene.world.client(await scene.world.user(Role.AGENT, *view, agent=scene.ann))
    mine = await scene.ask(MINE, agent)
    assert [each["id"] for each in mine["nodes"]] == [global_id(grouped), global_id(loose)]
    shown = mine["nodes"][0]
    assert shown["areas"] == [{"name": "Calm"}]
    assert shown["markedBy"] == "Quinn"
    assert (shown["group"], shown["assignment"], shown["viewerActions"]) == (None, None, [])
    for hidden in (done, gone):
        ask = "query($id: ID!) { mark(id: $id) { id } }"
        assert await scene.ask(ask, agent, id=global_id(hidden)) is None
    refused = await agent.ask("{ marks(first: 1, filter: {states: [ACTIVE]}) { totalCount } }")
    assert refused.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_whether_marks_are_grouped_makes_no_difference_to_the_agent(scene: Scene):
    """V3: the very bytes, before and after the marks are put into a group."""
    mark = await scene.mark(scene.ann)
    view = (*AGENT, Permission.MARKED_FOR_COACHING_VIEW)
    agent = scene.world.client(await scene.world.user(Role.AGENT, *view, agent=scene.ann))
    before = (await agent.ask(MINE)).response.content
    group = await scene.group()
    move = """mutation($input: MoveMarksToGroupInput!) { moveMarksToGroup(input: $input) {
        coachingGroup { id } errors { code path } } }"""
    moved = await scene.do(move, groupId=global_id(group), markIds=[global_id(mark)])
    assert moved["errors"] == []
    assert (await agent.ask(MINE)).response.content == before


async def test_an_auditors_name_is_hidden_where_the_workspace_says_so(scene: Scene):
    async with scene.world.database.write() as session:
        await session.execute(sa.update(models.Workspace).values(hide_auditor_details=True))
    await scene.mark(scene.ann)
    view = (*AGENT, Permission.MARKED_FOR_COACHING_VIEW)
    agent = scene.world.client(await scene.world.user(Role.AGENT, *view, agent=scene.ann))
    assert (await scene.ask(MINE, agent))["nodes"][0]["markedBy"] == "Anonymous"
    assert (await scene.ask(MINE))["nodes"][0]["markedBy"] == "Quinn"


@pytest.mark.parametrize(
    ("role", "permissions"),
    [(Role.AGENT, AGENT), (Role.SUPERVISOR, SUPERVISOR), (Role.PARTNER, SUPERVISOR)],
)
async def test_marks_are_not_there_for_those_who_may_not_see_them(
    scene: Scene, role: Role, permissions: tuple[Permission, ...]
):
    agent = scene.ann if role is Role.AGENT else None
    user = await scene.world.user(role, *permissions, queues=(scene.billing,), agent=agent)
    client = scene.world.client(user)
    talk = await scene.talk(scene.ann)
    for answer in (await client.ask(LIST), await client.ask(MARK, input=await given(scene, talk))):
        assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert await scene.count(models.Mark) == 0
