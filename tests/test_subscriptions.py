"""What subscriptions tell, and to whom: of each change, what is in reach by then (V1 to V6)."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Permission, Role
from tests import live, marking
from tests.client import Client
from tests.live import connected
from tests.marking import TOMORROW, Scene, changing_a_group
from tests.world import AGENT, COACH, SUPERVISOR, World, global_id

ASSIGNMENTS = """subscription($id: ID) { assignmentChanged(id: $id) {
    assignmentId assignment { name status agent { name } } } }"""
OF_AGENT = "subscription($id: ID) { assignmentChanged(agentId: $id) { assignmentId } }"
EVALUATIONS = """subscription { evaluationChanged {
    evaluationId evaluation { reviewState agent { name } } } }"""
GROUPS = """subscription { coachingGroupChanged {
    coachingGroupId coachingGroup { name members { name } } } }"""
CANDIDATES = """subscription { candidatesChanged {
    agentId candidate { agent { name } conversationCount marks { id } } } }"""
ASSIGN = """mutation($input: CreateAssignmentInput!) { createAssignment(input: $input) {
    assignment { id } errors { code path } } }"""
UPDATE = """mutation($input: UpdateAssignmentInput!) { updateAssignment(input: $input) {
    assignment { id } errors { code path } } }"""

CANDIDATE = """mutation($input: AssignCandidateInput!) { assignCandidate(input: $input) {
    assignment { id } errors { code path } } }"""
DELETE = changing_a_group("deleteCoachingGroup")


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def assign(scene: Scene, agent: models.Agent, name: str = "Kindness") -> str:
    """Coaching of one conversation; its id."""
    made = await scene.do(
        ASSIGN,
        agentId=global_id(agent),
        name=name,
        areaIds=[global_id(scene.empathy)],
        conversationIds=[global_id(await scene.talk(agent))],
        followUpOn=TOMORROW,
    )
    assert made["errors"] == []
    return str(made["assignment"]["id"])


async def rename(scene: Scene, key: str) -> None:
    done = await scene.do(UPDATE, assignmentId=key, expectedVersion=1, name="Warmth")
    assert done["errors"] == []


async def agent_client(scene: Scene, agent: models.Agent, *beside: Permission) -> Client:
    return scene.world.client(await scene.world.user(Role.AGENT, *AGENT, *beside, agent=agent))


async def test_staff_hear_of_coaching_as_it_is_made_and_changed(scene: Scene):
    async with connected(scene.world, scene.client) as socket:
        heard = await socket.subscribe(ASSIGNMENTS)
        key = await assign(scene, scene.ann)
        told = (await heard.next())["assignmentChanged"]
        assert told["assignmentId"] == key
        assert told["assignment"] == {
            "name": "Kindness",
            "status": "YET_TO_START",
            "agent": {"name": "Ann"},
        }
        await rename(scene, key)
        assert (await heard.next())["assignmentChanged"]["assignment"]["name"] == "Warmth"
    assert live.is_quiet(scene.world)


async def test_an_agent_hears_of_their_own_only_in_their_own_words(scene: Scene):
    async with connected(scene.world, await agent_client(scene, scene.ann)) as socket:
        heard = await socket.subscribe(ASSIGNMENTS)
        await assign(scene, scene.ben)
        key = await assign(scene, scene.ann)
        told = (await heard.next())["assignmentChanged"]
        assert told["assignmentId"] == key
        assert told["assignment"]["status"] == "START_COACHING"


async def test_one_assignment_or_one_agent_may_be_asked_for(scene: Scene):
    first = await assign(scene, scene.ann)
    async with connected(scene.world, scene.client) as socket:
        one = await socket.subscribe(ASSIGNMENTS, id=first)
        await assign(scene, scene.ann)
        await rename(scene, first)
        assert (await one.next())["assignmentChanged"]["assignmentId"] == first
        await socket.send({"type": "complete", "id": "1"})
        ben = await socket.subscribe(OF_AGENT, "2", id=global_id(scene.ben))
        await assign(scene, scene.ann)
        key = await assign(scene, scene.ben)
        assert (await ben.next())["assignmentChanged"]["assignmentId"] == key


async def test_an_id_that_leads_nowhere_hears_nothing(scene: Scene):
    """V1: another's id, another type's, and one that never was are the same."""
    async with connected(scene.world, await agent_client(scene, scene.ann)) as socket:
        others = await assign(scene, scene.ben)
        for key in (others, global_id(scene.ann), "nonsense"):
            await socket.subscribe(ASSIGNMENTS, key, id=key)
        own = await socket.subscribe(ASSIGNMENTS, "own")
        await rename(scene, others)
        mine = await assign(scene, scene.ann)
        assert (await own.next())["assignmentChanged"]["assignmentId"] == mine


async def test_a_supervisor_hears_of_agents_in_their_queues_only(scene: Scene):
    world = scene.world
    chat = await world.queue("Chat")
    zoe = await world.agent("Zoe", chat)
    supervisor = world.client(await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(chat,)))
    async with connected(world, supervisor) as socket:
        heard = await socket.subscribe(ASSIGNMENTS)
        await assign(scene, scene.ann)
        made = await scene.do(
            ASSIGN,
            agentId=global_id(zoe),
            name="Kindness",
            areaIds=[global_id(scene.empathy)],
            conversationIds=[global_id(await scene.talk(zoe, chat))],
            followUpOn=TOMORROW,
        )
        told = (await heard.next())["assignmentChanged"]
        assert told["assignmentId"] == made["assignment"]["id"]
        assert told["assignment"]["agent"] == {"name": "Zoe"}


async def test_who_leaves_a_queue_hears_no_more_of_it(scene: Scene):
    world = scene.world
    user = await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(scene.billing,))
    async with connected(world, world.client(user)) as socket:
        heard = await socket.subscribe(ASSIGNMENTS)
        await assign(scene, scene.ann, "Before")
        assert (await heard.next())["assignmentChanged"]["assignment"]["name"] == "Before"
        async with world.database.write() as session:
            await session.execute(sa.delete(models.UserQueue).filter_by(user_id=user.id))
        await assign(scene, scene.ann, "Without")
        await asyncio.sleep(0.3)  # it is read within a moment, and must be before the next write
        owner = {"workspace_id": world.workspace_id, "user_id": user.id}
        await world.add(models.UserQueue(**owner, queue_id=scene.billing.id))
        await assign(scene, scene.ann, "Again")
        names = []
        while "Again" not in names:
            told = (await heard.next())["assignmentChanged"]
            names.append(told["assignment"]["name"])
        assert "Without" not in names


async def permit(world: World, user: models.User, *permissions: Permission) -> None:
    async with world.database.write() as session:
        row = await session.get(models.User, (user.workspace_id, user.id))
        assert row is not None
        row.permissions = frozenset(permissions)


async def test_who_loses_the_permission_is_told_no_more_and_nothing_of_why(scene: Scene):
    world = scene.world
    user = await world.user(Role.SUPERVISOR, *COACH, queues=(scene.billing,))
    async with connected(world, world.client(user)) as socket:
        heard = await socket.subscribe(CANDIDATES)
        await scene.do("MarkForCoaching", **await marking_of(scene, scene.ann))
        assert (await heard.next())["candidatesChanged"]["candidate"]["agent"]["name"] == "Ann"
        await permit(world, user, *SUPERVISOR)
        await scene.do("MarkForCoaching", **await marking_of(scene, scene.ben))
        (error,) = await heard.errors()
        assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        assert error["message"] == (
            "Cannot query field 'candidatesChanged' on type 'Subscription'."
        )
        # As for a field that never was; and the connection goes on.
        other = await socket.ask("subscription { neverWas { id } }")
        assert other[0]["payload"][0]["message"] == (
            "Cannot query field 'neverWas' on type 'Subscription'."
        )


async def marking_of(scene: Scene, agent: models.Agent, **more: Any) -> dict[str, Any]:
    evaluation = await scene.evaluation(await scene.talk(agent))
    areas = [global_id(scene.empathy)]
    return {"evaluationId": global_id(evaluation), "areaIds": areas, **more}


@pytest.mark.parametrize("text", [GROUPS, CANDIDATES])
async def test_agents_have_no_subscription_about_groups_or_candidates(scene: Scene, text: str):
    """V2: the same answer as for a name that never existed."""
    name = "coachingGroupChanged" if "coachingGroup" in text else "candidatesChanged"
    async with connected(scene.world, await agent_client(scene, scene.ann)) as socket:
        (found,) = await socket.ask(text)
        (never,) = await socket.ask(text.replace(name, "neverWas"))
        assert found["payload"][0]["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}
        told = [error["message"].replace(name, "neverWas") for error in found["payload"]]
        assert told == [error["message"] for error in never["payload"]]


async def test_an_agent_hears_nothing_when_only_a_group_changed(scene: Scene):
    """V3."""
    client = await agent_client(scene, scene.ann, Permission.MARKED_FOR_COACHING_VIEW)
    async with connected(scene.world, client) as socket:
        coached = await socket.subscribe(ASSIGNMENTS)
        await socket.subscribe(EVALUATIONS, "2")
        made = await scene.do(
            "CreateCoachingGroup",
            name="Spring",
            areaIds=[global_id(scene.empathy)],
            agentIds=[global_id(scene.ann)],
        )
        group_id = made["coachingGroup"]["id"]
        await scene.do("MarkForCoaching", **await marking_of(scene, scene.ann, groupId=group_id))
        mine = await assign(scene, scene.ann)
        assert (await coached.next())["assignmentChanged"]["assignmentId"] == mine


async def test_groups_are_told_of_as_they_are_made_filled_and_deleted(scene: Scene):
    async with connected(scene.world, scene.client) as socket:
        heard = await socket.subscribe(GROUPS)
        made = await scene.do(
            "CreateCoachingGroup",
            name="Spring",
            areaIds=[global_id(scene.empathy)],
            agentIds=[global_id(scene.ann)],
        )
        key = made["coachingGroup"]["id"]
        assert (await heard.next())["coachingGroupChanged"] == {
            "coachingGroupId": key,
            "coachingGroup": {"name": "Spring", "members": [{"name": "Ann"}]},
        }
        await scene.do("AddAgentsToGroup", groupId=key, agentIds=[global_id(scene.ben)])
        told = (await heard.next())["coachingGroupChanged"]["coachingGroup"]
        assert told["members"] == [{"name": "Ann"}, {"name": "Ben"}]
        version = (await scene.rows(models.CoachingGroup))[0].version
        deleted = await scene.do(DELETE, groupId=key, expectedVersion=version)
        assert deleted["errors"] == []
        assert (await heard.next())["coachingGroupChanged"] == {
            "coachingGroupId": key,
            "coachingGroup": None,
        }


async def test_a_group_beyond_reach_is_not_told_of_not_even_that_it_is_deleted(scene: Scene):
    world = scene.world
    chat = await world.queue("Chat")
    zoe = await world.agent("Zoe", chat)
    user = await world.user(Role.SUPERVISOR, *COACH, queues=(chat,))
    async with connected(world, world.client(user)) as socket:
        heard = await socket.subscribe(GROUPS)
        areas = [global_id(scene.empathy)]
        for agent, name in ((scene.ann, "Theirs"), (zoe, "Mine")):
            made = await scene.do(
                "CreateCoachingGroup", name=name, areaIds=areas, agentIds=[global_id(agent)]
            )
            if agent is scene.ann:
                key = made["coachingGroup"]["id"]
                deleted = await scene.do(DELETE, groupId=key, expectedVersion=1)
                assert deleted["errors"] == []
        assert (await heard.next())["coachingGroupChanged"]["coachingGroup"]["name"] == "Mine"


async def test_candidates_are_told_of_when_marks_come_and_are_used_up(scene: Scene):
    async with connected(scene.world, scene.client) as socket:
        heard = await socket.subscribe(CANDIDATES)
        marked = await scene.do("MarkForCoaching", **await marking_of(scene, scene.ann))
        told = (await heard.next())["candidatesChanged"]
        assert told["agentId"] == global_id(scene.ann)
        assert told["candidate"] == {
            "agent": {"name": "Ann"},
            "conversationCount": 1,
            "marks": [{"id": marked["mark"]["id"]}],
        }
        # Coaching that uses no marks is none of its business.
        await assign(scene, scene.ann)
        await scene.do(CANDIDATE, agentId=global_id(scene.ann), name="K", followUpOn=TOMORROW)
        assert (await heard.next())["candidatesChanged"] == {
            "agentId": global_id(scene.ann),
            "candidate": None,
        }


async def test_a_change_of_a_group_says_to_read_the_candidates_anew(scene: Scene):
    async with connected(scene.world, scene.client) as socket:
        heard = await socket.subscribe(CANDIDATES)
        await scene.do(
            "CreateCoachingGroup",
            name="Spring",
            areaIds=[global_id(scene.empathy)],
            agentIds=[global_id(scene.ann)],
        )
        assert (await heard.next())["candidatesChanged"] == {"agentId": None, "candidate": None}
