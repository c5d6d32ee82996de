"""The whole workflow on real chats, over HTTP: marked, grouped, sent, worked through, disputed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Permission, Role
from resolvers import check, importing
from schema.node import decode
from tests.client import Client
from tests.test_star import FILES, lines, pytestmark  # noqa: F401 - skipped without the chats
from tests.world import AGENT, EVERYWHERE, World

AGENTS = 30
GROUPS = 3

WORST = """query($agent: ID!) {
    conversations(first: 100, filter: {agentIds: [$agent], koreScoreTo: 100}) { nodes {
        id koreEvaluationScore
        evaluations { id source form { id metrics { id key attributes { id name } } }
            scores { metric { id } adherence } } } } }"""
SETTINGS = """mutation($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) {
    workspace { acceptAndDispute } errors { code } } }"""
COUNTS = """{ assignments(first: 100) { totalCount nodes { __typename name status } }
    coachingGroups(first: 10) { totalCount } coachingCandidates(first: 10) { totalCount } }"""


@dataclass
class Coached:
    """An agent, their worst conversation, and who signs in as them."""

    id: str
    worst: dict[str, Any]
    client: Client

    @property
    def auto(self) -> Any:
        (found,) = [each for each in self.worst["evaluations"] if each["source"] == "AUTO"]
        return found


@dataclass
class Scene:
    world: World
    qa: Client
    agents: list[Coached]

    async def write(self, client: Client, operation: str, **given: Any) -> Any:
        """Send a mutation that has to succeed; its payload."""
        answer = await client.ask(operation, input=given)
        (payload,) = answer.data.values()
        assert payload["errors"] == []
        return payload

    async def score(self, who: Coached, adherence: float) -> Any:
        """The QA user audits an agent's worst conversation, every metric alike."""
        metrics = who.auto["form"]["metrics"]
        scores = [
            {"metricId": metric["id"], "adherence": adherence, "comment": "Heard."}
            for metric in metrics
        ]
        given = {"conversationId": who.worst["id"], "scores": scores}
        return (await self.write(self.qa, "SubmitEvaluation", **given))["evaluation"]


@pytest.fixture
async def scene(world: World) -> Scene:
    now = dt.datetime.now(dt.UTC)
    report = await importing.run(world.database, world.workspace_id, lines(*FILES), now=now)
    assert report.bad_lines == []
    quinn = await world.user(Role.QA, *EVERYWHERE, Permission.MANAGE_SETTINGS)
    qa = world.client(quinn)
    listed = await qa.ask("{ agents(first: 100) { nodes { id } } }")
    agents: list[Coached] = []
    async with world.database.read() as session:
        rows = {row.id: row for row in await session.scalars(sa.select(models.Agent))}
    for node in listed.data["agents"]["nodes"]:
        talks = (await qa.ask(WORST, agent=node["id"])).data["conversations"]["nodes"]
        if not talks or len(agents) == AGENTS:
            continue
        found = decode(node["id"])
        assert found is not None
        user = await world.user(
            Role.AGENT, *AGENT, Permission.MARKED_FOR_COACHING_VIEW, agent=rows[found[1]]
        )
        worst = min(talks, key=lambda talk: (talk["koreEvaluationScore"], talk["id"]))
        agents.append(Coached(node["id"], worst, world.client(user)))
    assert len(agents) == AGENTS
    return Scene(world, qa, agents)


async def test_thirty_agents_from_mark_to_settled_dispute(scene: Scene) -> None:
    qa, agents = scene.qa, scene.agents
    await scene.write(qa, SETTINGS, acceptAndDispute=True, expectedVersion=1)
    await _mark(scene)
    groups = await _group(scene)
    assert (await qa.ask(COUNTS)).data["coachingCandidates"]["totalCount"] == 0
    mine = await agents[0].client.ask("{ marks(first: 5) { nodes { state group { id } } } }")
    assert mine.data["marks"]["nodes"] == [{"state": "ACTIVE", "group": None}]

    own = await _dispatch(scene, groups)
    counted = (await qa.ask(COUNTS)).data
    assert counted["assignments"]["totalCount"] == GROUPS
    assert counted["coachingGroups"]["totalCount"] == 0
    assert {row["status"] for row in counted["assignments"]["nodes"]} == {"YET_TO_START"}
    none = await agents[0].client.ask("{ marks(first: 5) { nodes { state } } }")
    assert none.data["marks"]["nodes"] == []

    for who in agents[:5]:
        given = {"assignmentId": own[who.id], "conversationId": who.worst["id"]}
        done = await scene.write(who.client, "ReviewConversation", **given)
        assert done["assignment"]["status"] == "COMPLETED"
    await _dispute_in_two_rounds(scene, agents[0], own[agents[0].id])
    await _accept(scene, agents[1], own[agents[1].id])

    rows = (await qa.ask(COUNTS)).data["assignments"]["nodes"]
    assert [row["status"] for row in rows] == ["IN_PROGRESS"] * GROUPS  # some in each are done
    checked = await check.run(scene.world.database)
    assert checked is not None
    assert checked.counts == {}


async def _mark(scene: Scene) -> None:
    """Mark each agent from their worst evaluation, for what it says is weakest."""
    for who in scene.agents:
        weak = {s["metric"]["id"]: s["adherence"] for s in who.auto["scores"]}
        metrics = [m for m in who.auto["form"]["metrics"] if weak[m["id"]] is not None]
        weakest = min(metrics, key=lambda metric: (weak[metric["id"]], metric["key"]))
        areas = [attribute["id"] for attribute in weakest["attributes"]]
        given = {"evaluationId": who.auto["id"], "areaIds": areas}
        await scene.write(scene.qa, "MarkForCoaching", **given)
        refused = await scene.qa.ask("MarkForCoaching", input=given)
        payload = refused.data["markForCoaching"]
        assert [error["code"] for error in payload["errors"]] == ["DUPLICATE_MARK"]
        assert payload["existingMark"]["agent"]["id"] == who.id


async def _group(scene: Scene) -> list[str]:
    (area,) = (
        await scene.qa.ask('{ attributes(first: 1, search: "empathy") { nodes { id } } }')
    ).data["attributes"]["nodes"]
    groups = []
    for number in range(GROUPS):
        made = await scene.write(
            scene.qa, "CreateCoachingGroup", name=f"Wave {number}", areaIds=[area["id"]]
        )
        group = made["coachingGroup"]["id"]
        members = [who.id for who in scene.agents[number::GROUPS]]
        added = await scene.write(scene.qa, "AddAgentsToGroup", groupId=group, agentIds=members)
        assert added["coachingGroup"]["canAssign"]
        assert added["coachingGroup"]["markedConversationCount"] == AGENTS // GROUPS
        groups.append(group)
    return groups


async def _dispatch(scene: Scene, groups: list[str]) -> dict[str, str]:
    """Send all groups; each agent's assignment by the agent's id."""
    follow_up = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=14)).isoformat()
    own: dict[str, str] = {}
    for number, group in enumerate(groups):
        given = {"groupId": group, "name": f"Session {number}", "followUpOn": follow_up}
        sent = await scene.write(scene.qa, "DispatchCoachingGroup", **given)
        assert sent["skipped"] == []
        own |= {each["agent"]["id"]: each["id"] for each in sent["assignments"]}
        again = (await scene.qa.ask("DispatchCoachingGroup", input=given)).data
        codes = [error["code"] for error in again["dispatchCoachingGroup"]["errors"]]
        assert codes == ["GROUP_ALREADY_SENT"]
    assert own.keys() == {who.id for who in scene.agents}
    return own


async def _status(client: Client, assignment: str) -> str:
    ask = "query($id: ID!) { assignment(id: $id) { status } }"
    return str((await client.ask(ask, id=assignment)).data["assignment"]["status"])


async def _dispute_in_two_rounds(scene: Scene, who: Coached, assignment: str) -> None:
    audited = await scene.score(who, 0.5)
    assert audited["reviewState"] == "PENDING_AGENT_REVIEW"
    assert await _status(who.client, assignment) == "PENDING_AGENT_REVIEW"
    first, second = [score["metric"]["id"] for score in audited["scores"]][:2]
    disputes = [
        {"metricId": metric, "decision": "DISPUTE", "comment": "I did that."}
        for metric in (first, second)
    ]
    given = {"evaluationId": audited["id"], "revision": 1, "decisions": disputes}
    answered = (await scene.write(who.client, "RespondToEvaluation", **given))["evaluation"]
    assert await _status(scene.qa, assignment) == "PENDING_SUPERVISOR_REVIEW"
    (open_,) = answered["disputes"]
    settled = await scene.write(
        scene.qa,
        "ResolveDispute",
        disputeId=open_["id"],
        revision=1,
        decisions=[
            {"metricId": first, "decision": "REVISE", "adherence": 1, "comment": "You did."},
            {"metricId": second, "decision": "UPHOLD", "comment": "You did not."},
        ],
    )
    evaluation = settled["dispute"]["evaluation"]
    assert evaluation["revision"] == 2
    assert evaluation["total"] > audited["total"]
    assert evaluation["conversation"]["supervisorAuditScore"] == evaluation["total"]
    assert evaluation["reviewState"] == "PENDING_AGENT_REVIEW"

    again = {"evaluationId": audited["id"], "revision": 2, "decisions": [disputes[1]]}
    answered = (await scene.write(who.client, "RespondToEvaluation", **again))["evaluation"]
    (open_,) = [each for each in answered["disputes"] if each["state"] == "OPEN"]
    assert open_["round"] == 2
    decision = {"metricId": second, "decision": "UPHOLD", "comment": "Still not."}
    given = {"disputeId": open_["id"], "revision": 2, "decisions": [decision]}
    settled = await scene.write(scene.qa, "ResolveDispute", **given)
    state = settled["dispute"]["evaluation"]["reviewState"]
    assert state == "PENDING_AGENT_REVIEW"  # the form allows three rounds

    accept = {"evaluationId": audited["id"], "revision": 3, "decisions": []}
    answered = (await scene.write(who.client, "RespondToEvaluation", **accept))["evaluation"]
    assert answered["reviewState"] == "RESOLVED"
    review = (await who.client.ask("ReviewSection", assignmentId=assignment)).data
    assert review["assignment"]["status"] == "COMPLETED"
    assert review["assignment"]["review"]["pending"] == []
    (row,) = review["assignment"]["review"]["resolved"]
    assert (row["disputeRounds"], row["reviewStatus"]) == (2, "RESOLVED")


async def _accept(scene: Scene, who: Coached, assignment: str) -> None:
    audited = await scene.score(who, 1)
    given = {"evaluationId": audited["id"], "revision": 1, "decisions": []}
    answered = (await scene.write(who.client, "RespondToEvaluation", **given))["evaluation"]
    assert answered["reviewState"] == "RESOLVED"
    assert await _status(who.client, assignment) == "COMPLETED"
