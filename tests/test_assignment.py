"""The Assignments tab (A6), its three levels, and an agent's own list (W1)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

import models
from models import ReviewState, Role
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, NOW, SUPERVISOR, World, global_id


@dataclass
class Scene:
    """Two queues; Ann works in the first, Ben in the second; both were coached in one group."""

    world: World
    billing: models.Queue
    travel: models.Queue
    empathy: models.Attribute
    form: models.EvaluationForm
    ann: models.Agent
    ben: models.Agent
    qa: models.User
    single: models.Assignment
    group: models.CoachingGroup
    anns: models.Assignment
    bens: models.Assignment

    async def as_qa(self) -> Client:
        return self.world.client(self.qa)

    async def as_supervisor(self, *queues: models.Queue) -> Client:
        return self.world.client(await self.world.user(Role.SUPERVISOR, *SUPERVISOR, queues=queues))

    async def as_agent(self, agent: models.Agent) -> Client:
        return self.world.client(await self.world.user(Role.AGENT, *AGENT, agent=agent))


@pytest.fixture
async def scene(world: World) -> Scene:
    billing, travel = await world.queue("Billing"), await world.queue("Travel")
    empathy = await world.attribute("Empathy")
    form = await world.form(empathy)
    ann, ben = await world.agent("Ann", billing), await world.agent("Ben", travel)
    qa = await world.user(Role.QA, *EVERYWHERE)
    c1 = await world.conversation(ann, billing, form=form)
    c2 = await world.conversation(ann, billing, form=form)
    c3 = await world.conversation(ben, travel, form=form)
    single = await world.assignment(ann, qa, c1, c2, areas=(empathy,), name="Single")
    group = await world.group(qa, ann, ben, name="Spring group")
    sent: dict[str, Any] = {
        "group_id": group.id,
        "name": "Kindness",
        "assigned_at": group.assigned_at,
    }
    anns = await world.assignment(ann, qa, c1, areas=(empathy,), **sent)
    bens = await world.assignment(ben, qa, c3, areas=(empathy,), **sent)
    return Scene(world, billing, travel, empathy, form, ann, ben, qa, single, group, anns, bens)


def names(answer: Any) -> list[str]:
    return [edge["node"]["name"] for edge in answer.data["assignments"]["edges"]]


async def test_qa_sees_individual_assignments_and_sent_groups_in_one_list(scene: Scene):
    answer = await (await scene.as_qa()).ask("AssignmentsPage", first=10)
    rows = {e["node"]["name"]: e["node"] for e in answer.data["assignments"]["edges"]}
    assert set(rows) == {"Single", "Spring group"}
    assert rows["Single"]["coachingType"] == "INDIVIDUAL_AGENT"
    assert rows["Single"]["conversationCount"] == 2
    assert rows["Spring group"]["coachingType"] == "GROUP_AGENTS"
    assert rows["Spring group"]["conversationCount"] == 2
    assert rows["Spring group"]["status"] == "YET_TO_START"
    assert answer.data["assignments"]["totalCount"] == 2


async def test_a_supervisor_without_qa_functionalities_sees_members_as_single_rows(scene: Scene):
    client = await scene.as_supervisor(scene.billing, scene.travel)
    answer = await client.ask("AssignmentsPage", first=10)
    assert sorted(names(answer)) == ["Kindness", "Kindness", "Single"]
    for edge in answer.data["assignments"]["edges"]:
        assert edge["node"]["coachingType"] is None
        assert edge["node"]["group"] is None


async def test_a_supervisor_reaches_only_agents_who_share_a_queue(scene: Scene):
    client = await scene.as_supervisor(scene.travel)
    answer = await client.ask("AssignmentsPage", first=10)
    (edge,) = answer.data["assignments"]["edges"]
    assert edge["node"]["agent"]["name"] == "Ben"
    nobody = await scene.as_supervisor()
    assert names(await nobody.ask("AssignmentsPage", first=10)) == []


async def test_an_agent_sees_only_their_own_assignments_and_null_for_group_fields(scene: Scene):
    answer = await (await scene.as_agent(scene.ann)).ask("MyAssignments", first=10)
    assert sorted(names(answer)) == ["Kindness", "Single"]
    for edge in answer.data["assignments"]["edges"]:
        assert edge["node"]["group"] is None
        assert edge["node"]["coachingType"] is None
        assert edge["node"]["status"] == "START_COACHING"


@pytest.mark.parametrize("type_", ["INDIVIDUAL_AGENT", "GROUP_AGENTS"])
async def test_the_list_filters_by_coaching_type(scene: Scene, type_: str):
    client = await scene.as_qa()
    answer = await client.ask("AssignmentsPage", first=10, filter={"coachingType": type_})
    expected = {"INDIVIDUAL_AGENT": ["Single"], "GROUP_AGENTS": ["Spring group"]}[type_]
    assert names(answer) == expected


async def test_the_list_filters_by_status_and_area(scene: Scene):
    world, qa = scene.world, await scene.as_qa()
    other = await world.attribute("Etiquette")
    c = await world.conversation(scene.ann, scene.billing, form=scene.form)
    await world.assignment(scene.ann, scene.qa, c, areas=(other,), reviewed=1, name="Done")
    done = await qa.ask("AssignmentsPage", first=10, filter={"statuses": ["COMPLETED"]})
    assert names(done) == ["Done"]
    area = await qa.ask("AssignmentsPage", first=10, filter={"areaIds": [global_id(other)]})
    assert names(area) == ["Done"]
    both = {"statuses": ["YET_TO_START"], "areaIds": [global_id(other)]}
    assert names(await qa.ask("AssignmentsPage", first=10, filter=both)) == []


async def test_cancelled_coaching_is_listed_only_when_asked_for(scene: Scene):
    world, qa = scene.world, await scene.as_qa()
    await world.assignment(scene.ann, scene.qa, name="Off", cancelled_at=NOW)
    assert "Off" not in names(await qa.ask("AssignmentsPage", first=10))
    asked = await qa.ask("AssignmentsPage", first=10, filter={"statuses": ["CANCELLED"]})
    assert names(asked) == ["Off"]


@pytest.mark.parametrize("by", ["ASSIGNED_AT", "FOLLOW_UP_ON", "NAME", "STATUS"])
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("forward", [True, False])
async def test_pages_in_every_order_give_each_row_once(
    scene: Scene, by: str, descending: bool, forward: bool
):
    world, client = scene.world, await scene.as_qa()
    c = await world.conversation(scene.ann, scene.billing, form=scene.form)
    for number in range(7):
        await world.assignment(
            scene.ann,
            scene.qa,
            c,
            name=f"Name {number % 3}",
            reviewed=number % 2,
            follow_up_on=NOW.date() + dt.timedelta(days=number % 3),
        )
    order = {"by": by, "descending": descending}
    ask = """query($first: Int, $after: String, $last: Int, $before: String,
        $orderBy: AssignmentOrder) {
        assignments(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
            totalCount nodes { id }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    whole = (await client.ask(ask, first=100, orderBy=order)).data["assignments"]
    expected = [node["id"] for node in whole["nodes"]]
    assert len(expected) == whole["totalCount"] == 9
    seen: list[str] = []
    place: dict[str, Any] = {}
    while True:
        size = {"first": 2} if forward else {"last": 2}
        page = (await client.ask(ask, **size, **place, orderBy=order)).data["assignments"]
        ids = [node["id"] for node in page["nodes"]]
        seen = seen + ids if forward else ids + seen
        info = page["pageInfo"]
        if not (info["hasNextPage"] if forward else info["hasPreviousPage"]):
            break
        place = {"after": info["endCursor"]} if forward else {"before": info["startCursor"]}
    assert seen == expected


async def test_level_1_lists_the_agents_of_a_row_and_finds_them_by_id_or_name(scene: Scene):
    client = await scene.as_qa()
    id_ = global_id(scene.group)
    answer = await client.ask("AssignmentAgents", id=id_)
    rows = answer.data["node"]["agentAssignments"]["nodes"]
    assert [row["agent"]["name"] for row in rows] == ["Ann", "Ben"]
    assert [row["conversationCount"] for row in rows] == [1, 1]
    assert [row["areas"][0]["name"] for row in rows] == ["Empathy", "Empathy"]
    for search in ("bEN", scene.ben.agent_id.lower()):
        found = (await client.ask("AssignmentAgents", id=id_, search=search)).data["node"]
        assert [r["agent"]["name"] for r in found["agentAssignments"]["nodes"]] == ["Ben"]
        assert found["agentAssignments"]["totalCount"] == 1
    none = (await client.ask("AssignmentAgents", id=id_, search="%")).data["node"]
    assert none["agentAssignments"]["nodes"] == []


async def test_level_1_of_an_individual_row_is_its_one_agent(scene: Scene):
    answer = await (await scene.as_qa()).ask("AssignmentAgents", id=global_id(scene.single))
    (row,) = answer.data["node"]["agentAssignments"]["nodes"]
    assert row["id"] == global_id(scene.single)


async def test_level_1_shows_only_members_within_reach(scene: Scene):
    lead = await scene.world.user(
        Role.SUPERVISOR,
        *SUPERVISOR,
        models.Permission.QA_FUNCTIONALITIES,
        queues=(scene.billing,),
    )
    client = scene.world.client(lead)
    answer = await client.ask("AssignmentAgents", id=global_id(scene.group))
    rows = answer.data["node"]["agentAssignments"]["nodes"]
    assert [row["agent"]["name"] for row in rows] == ["Ann"]


async def test_level_2_lists_the_conversations_of_an_agent(scene: Scene):
    client = await scene.as_qa()
    answer = await client.ask("AgentConversations", assignmentId=global_id(scene.single))
    rows = answer.data["assignment"]["conversations"]
    assert [row["conversation"]["koreEvaluationScore"] for row in rows] == [80.0, 80.0]
    assert rows[0]["conversation"]["queue"]["name"] == "Billing"
    assert rows[0]["conversation"]["supervisorAuditScore"] is None


async def test_level_3_shows_the_whole_audit(scene: Scene):
    world, client = scene.world, await scene.as_qa()
    c = await world.conversation(scene.ann, scene.billing, form=scene.form, messages=3)
    await world.evaluation(c, scene.form, by=scene.qa, total=55.5)
    await world.assignment(scene.ann, scene.qa, c, name="Here", strengths="Kind")
    answer = (await client.ask("AuditDetails", conversationId=global_id(c))).data["conversation"]
    assert [m["text"] for m in answer["transcript"]] == ["Message 1", "Message 2", "Message 3"]
    assert answer["supervisorAuditScore"] == 55.5
    by_source = {each["source"]: each for each in answer["evaluations"]}
    assert by_source["AUTO"]["evaluatedBy"] == "Auto QA"
    assert by_source["MANUAL"]["evaluatedBy"] == scene.qa.name
    assert by_source["MANUAL"]["scores"][0]["metric"]["name"] == "Shows Empathy"
    assert answer["assignments"] == [
        {
            "id": answer["assignments"][0]["id"],
            "name": "Here",
            "strengths": "Kind",
            "improvements": "",
        }
    ]


async def test_coaching_feedback_of_a_conversation_is_not_for_agents(scene: Scene):
    client = await scene.as_agent(scene.ann)
    id_ = global_id(await scene.world.conversation(scene.ann, scene.billing))
    answer = (await client.ask("AuditDetails", conversationId=id_)).data["conversation"]
    assert answer["assignments"] == []


async def test_an_agent_sees_best_responses_but_not_whose_they_are(scene: Scene):
    world = scene.world
    theirs = await world.conversation(scene.ben, scene.travel, form=scene.form)
    mine = await world.conversation(scene.ann, scene.billing, form=scene.form)
    made = await world.assignment(scene.ann, scene.qa, mine, best=(theirs,))
    client = await scene.as_agent(scene.ann)
    answer = (await client.ask("MyAssignment", id=global_id(made))).data["assignment"]
    (best,) = answer["bestResponses"]
    assert best["example"]["queue"]["name"] == "Travel"
    assert [m["text"] for m in best["example"]["transcript"]] == ["Message 1", "Message 2"]
    hidden = await client.ask("AuditDetails", conversationId=global_id(theirs))
    assert hidden.data["conversation"] is None


async def test_the_status_follows_the_workspaces_setting_at_once(scene: Scene):
    world, client = scene.world, await scene.as_qa()
    c = await world.conversation(scene.ann, scene.billing, form=scene.form)
    await world.evaluation(
        c, scene.form, by=scene.qa, review_state=ReviewState.PENDING_AGENT_REVIEW
    )
    made = await world.assignment(scene.ann, scene.qa, c, name="Waiting")
    ask = "query($id: ID!) { assignment(id: $id) { status agentTurns } }"
    off = await client.ask(ask, id=global_id(made))
    assert off.data["assignment"] == {"status": "YET_TO_START", "agentTurns": 1}
    async with world.database.write() as session:
        workspace = await session.get(models.Workspace, world.workspace_id)
        assert workspace is not None
        workspace.accept_and_dispute = True
    on = await client.ask(ask, id=global_id(made))
    assert on.data["assignment"] == {"status": "PENDING_AGENT_REVIEW", "agentTurns": 1}
    listed = await client.ask(
        "AssignmentsPage", first=10, filter={"statuses": ["PENDING_AGENT_REVIEW"]}
    )
    assert names(listed) == ["Waiting"]


async def test_an_agent_reads_anonymous_where_auditors_are_hidden(scene: Scene):
    world = scene.world
    async with world.database.write() as session:
        workspace = await session.get(models.Workspace, world.workspace_id)
        assert workspace is not None
        workspace.hide_auditor_details = True
    c = await world.conversation(scene.ann, scene.billing, form=scene.form)
    await world.evaluation(c, scene.form, by=scene.qa)
    made = await world.assignment(scene.ann, scene.qa, c)
    ask = """query($id: ID!) { assignment(id: $id) { assignedBy conversations { conversation {
        evaluations { evaluatedBy revisions { evaluatedBy } } } } } }"""
    agent = await (await scene.as_agent(scene.ann)).ask(ask, id=global_id(made))
    assert agent.data["assignment"]["assignedBy"] == "Anonymous"
    assert scene.qa.name not in agent.response.text
    assert "Anonymous" in agent.response.text
    staff = await (await scene.as_qa()).ask(ask, id=global_id(made))
    assert staff.data["assignment"]["assignedBy"] == scene.qa.name
