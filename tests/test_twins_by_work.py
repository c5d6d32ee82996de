"""V3 by the product's own writes: the same work, sent to a coaching group or one by one.

In one workspace agents are marked into a group, which is sent; in the other the same marks wait
alone, and each agent is assigned their own. What both have done, agents work through and dispute
in both. After each step all that agents read must be the same: but for what is random by nature,
ids and the moments of writing, which are told by their order of appearance to each agent.
"""

import base64
import dataclasses
import datetime as dt
import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest

import models
from models import DisputeRouting, Permission, Role
from resolvers import check, rebuilding
from schema.node import decode
from server import operations
from tests.client import Client
from tests.hidden import of
from tests.world import AGENT, EVERYWHERE, NOW, World, global_id

NAMES = ("Ann", "Ben", "Cara", "Dan")
FOLLOW_UP = (NOW.date() + dt.timedelta(days=9)).isoformat()
TEXTS = {"name": "Listening", "strengths": "Warm.", "improvements": "Ask once more."}
PLAN = {"actionPlan": ["Read both again.", "Note one phrase."], "followUpOn": FOLLOW_UP}
OWN = """{ viewer { name permissions } assignments(first: 100) { totalCount
    pageInfo { startCursor endCursor hasNextPage } nodes { id name assignedAt followUpOn status
    coachingType conversationCount areas { name } ... on Assignment { version assignedBy strengths
    improvements itemsTotal itemsReviewed agentTurns supervisorTurns cancelledAt group { id }
    actionPlan { position text } progress { attribute { name } }
    viewerActions { action allowed reason } conversations { id position reviewedAt conversation {
    id startedAt evaluations { id reviewState revision evaluatedBy total history { at actor action
    changes { field before after } } disputes { id state round } } } } } } }
    marks(first: 100) { totalCount nodes { id createdAt state version markedBy areas { name }
    conversations { id } group { id name } viewerActions { action allowed } } } }"""
ASSIGN = """mutation($input: AssignCandidateInput!) { assignCandidate(input: $input) {
    assignment { id } errors { code } } }"""
UPDATE = """mutation($input: UpdateAssignmentInput!) { updateAssignment(input: $input) {
    assignment { id } errors { code } } }"""
THEIRS = [
    name
    for name in operations.names()
    if "mutation" not in operations.text(name)
    and not of("agent").document(operations.text(name)).errors
]
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00")
RANDOM = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")


@dataclass
class Plain:
    """Tells ids and moments by the order in which they first appear."""

    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, text: str) -> str:
        opened = re.sub(r'"([\w+/-]{16,}={0,2})"', self._opened, text)
        return MOMENT.sub(self._number, RANDOM.sub(self._number, opened))

    def _number(self, found: re.Match[str]) -> str:
        key = found[0].replace("-", "")
        return f"<{self.numbers.setdefault(key, len(self.numbers))}>"

    def _opened(self, found: re.Match[str]) -> str:
        """An id as its type and key; a cursor as the values that it holds."""
        if key := decode(found[1]):
            return f'"{key[0]}:{key[1]}"'
        try:
            return base64.b64decode(found[1], b"-_", validate=True).decode()
        except ValueError:
            return found[0]


@dataclass
class Side:
    """One of the two workspaces."""

    world: World
    qa: Client
    agents: dict[str, Client]
    ids: dict[str, str]
    own: dict[str, str] = field(default_factory=dict)
    plain: dict[str, Plain] = field(default_factory=lambda: {name: Plain() for name in NAMES})

    async def write(self, who: Client, operation: str, **given: Any) -> Any:
        """Send a mutation that has to succeed; its payload."""
        (payload,) = (await who.ask(operation, input=given)).data.values()
        assert payload["errors"] == []
        return payload

    async def read(self) -> list[tuple[Any, ...]]:
        """Everything that the agents read, and what it costs."""
        found: list[tuple[Any, ...]] = []
        for name, client in self.agents.items():
            given = {
                "first": 50,
                "id": self.own.get(name, ""),
                "assignmentId": self.own.get(name, ""),
                "conversationId": self.ids[f"talk {name}"],
            }
            for text in (OWN, *map(operations.text, THEIRS)):
                with self.world.statements() as statements:
                    body = {"query": text, "variables": given}
                    answer = await client.send(body)
                assert "errors" not in answer.json(), answer.text
                told = self.plain[name].of(answer.text)
                found.append((name, text, answer.status_code, told, len(statements)))
        return found


async def fill(world: World) -> Side:
    """Four agents, each with a scored conversation; a QA user; a form to dispute by."""
    billing = await world.queue()
    areas = [await world.attribute(name) for name in ("Empathy", "Tact")]
    form = await world.form(
        *areas, dispute_routing=DisputeRouting.SAME_AUDITOR, allow_re_disputes=True
    )
    await world.add(
        models.EvaluationFormQueue(
            workspace_id=world.workspace_id,
            form_id=form.id,
            queue_id=billing.id,
            channel=form.channel,
        )
    )
    quinn = await world.user(Role.QA, *EVERYWHERE, name="Quinn")
    ids = {area.name: global_id(area) for area in areas}
    agents = {}
    for number, name in enumerate(NAMES):
        agent = await world.agent(name, billing, agent_id=f"A-{number}")
        talk = await world.conversation(
            agent, billing, started_at=NOW - dt.timedelta(days=2, minutes=number)
        )
        ids[name], ids[f"talk {name}"] = global_id(agent), global_id(talk)
        ids[f"auto {name}"] = global_id(await world.evaluation(talk, form, total=60 + number))
        reads = (*AGENT, Permission.MARKED_FOR_COACHING_VIEW)
        user = await world.user(Role.AGENT, *reads, agent=agent, name=name)
        agents[name] = world.client(user)
    async with world.database.write() as session:
        await rebuilding.days(session, world.workspace_id, "UTC")
    return Side(world, world.client(quinn), agents, ids)


@pytest.fixture
async def sides(world: World) -> tuple[Side, Side]:
    other = dataclasses.replace(world, workspace_id=uuid.uuid4())
    made = []
    for each in (world, other):
        if each is other:
            await each.workspace(accept_and_dispute=True)
        else:
            row = await _settings(each)
            assert row.accept_and_dispute
        made.append(await fill(each))
    return made[0], made[1]


async def _settings(world: World) -> models.Workspace:
    async with world.database.write() as session:
        row = await session.get(models.Workspace, world.workspace_id)
        assert row is not None
        row.accept_and_dispute = True
    return row


async def _same(sides: tuple[Side, Side], step: str) -> None:
    grouped, single = [await side.read() for side in sides]
    for one, other in zip(grouped, single, strict=True):
        assert one == other, step


async def _mark(side: Side, group_id: str | None) -> None:
    for name in NAMES[:3]:
        given = {"evaluationId": side.ids[f"auto {name}"], "areaIds": [side.ids["Empathy"]]}
        more = {} if group_id is None else {"groupId": group_id}
        await side.write(side.qa, "MarkForCoaching", **given, **more)


async def _coach(sides: tuple[Side, Side], group_id: str) -> None:
    """Send the group, and assign the same coaching to one agent after the other."""
    grouped, single = sides
    sent = await grouped.write(
        grouped.qa, "DispatchCoachingGroup", groupId=group_id, **TEXTS, **PLAN
    )
    assert [each["name"] for each in sent["skipped"]] == ["Dan"]
    by_id = {grouped.ids[name]: name for name in NAMES}
    for each in sent["assignments"]:
        grouped.own[by_id[each["agent"]["id"]]] = each["id"]
    for name in NAMES[:3]:
        given = {"agentId": single.ids[name], **TEXTS, **PLAN}
        made = await single.write(single.qa, ASSIGN, **given)
        single.own[name] = made["assignment"]["id"]


async def test_the_same_work_by_group_and_one_by_one_reads_the_same_to_agents(
    sides: tuple[Side, Side],
):
    grouped, single = sides
    await _same(sides, "nothing done")
    made = await grouped.write(
        grouped.qa,
        "CreateCoachingGroup",
        name="Spring",
        areaIds=[grouped.ids["Empathy"]],
        agentIds=[grouped.ids["Dan"]],
    )
    group_id = made["coachingGroup"]["id"]
    await _mark(grouped, group_id)
    await _mark(single, None)
    await _same(sides, "marked")
    await _coach(sides, group_id)
    await _same(sides, "assigned")
    evaluations = []
    for side in sides:
        given = {"assignmentId": side.own["Ann"], "conversationId": side.ids["talk Ann"]}
        await side.write(side.agents["Ann"], "ReviewConversation", **given)
        evaluations.append(await _audit(side))
    await _same(sides, "reviewed and audited")
    for side, evaluation in zip(sides, evaluations, strict=True):
        await _dispute(side, evaluation)
    await _same(sides, "disputed and resolved")
    for side in sides:
        await side.write(
            side.qa, UPDATE, assignmentId=side.own["Cara"], expectedVersion=1, strengths="Calm."
        )
    await _same(sides, "updated")
    checked = await check.run(grouped.world.database)
    assert checked is not None
    assert checked.counts == {}


async def _audit(side: Side) -> Any:
    asked = """query($id: ID!) { conversation(id: $id) { evaluations { form {
        metrics { id } } } } }"""
    found = (await side.qa.ask(asked, id=side.ids["talk Ben"])).data["conversation"]
    metrics = found["evaluations"][0]["form"]["metrics"]
    scores = [{"metricId": metric["id"], "adherence": 0.5} for metric in metrics]
    given = {"conversationId": side.ids["talk Ben"], "scores": scores}
    made = await side.write(side.qa, "SubmitEvaluation", **given)
    return made["evaluation"]["id"], metrics[0]["id"]


async def _dispute(side: Side, evaluation: tuple[str, str]) -> None:
    evaluation_id, metric_id = evaluation
    said = {"metricId": metric_id, "decision": "DISPUTE", "comment": "I did."}
    await side.write(
        side.agents["Ben"],
        "RespondToEvaluation",
        evaluationId=evaluation_id,
        revision=1,
        decisions=[said],
    )
    asked = "query($id: ID!) { node(id: $id) { ... on Evaluation { disputes { id } } } }"
    (round_,) = (await side.qa.ask(asked, id=evaluation_id)).data["node"]["disputes"]
    ruled = {"metricId": metric_id, "decision": "REVISE", "adherence": 1, "comment": "You did."}
    await side.write(
        side.qa, "ResolveDispute", disputeId=round_["id"], revision=1, decisions=[ruled]
    )


def test_a_leak_would_show():
    """The comparison is blind to ids and moments, and to nothing else."""
    one = json.dumps({"at": "2026-01-01T10:00:00+00:00", "again": "2026-01-01T10:00:00+00:00"})
    other = json.dumps({"at": "2026-01-01T10:00:00+00:00", "again": "2026-01-01T10:00:01+00:00"})
    assert Plain().of(one) != Plain().of(other)
    assert Plain().of(one) == Plain().of(one.replace("10:00", "11:30"))
