"""Lists of conversations (B2), agents, skills, queues, teams and forms."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

import models
from models import Role
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, NOW, SUPERVISOR, World, global_id

LIST = """query($filter: ConversationFilter) { conversations(first: 50, filter: $filter) {
    totalCount nodes { id } } }"""


@dataclass
class Scene:
    world: World
    billing: models.Queue
    travel: models.Queue
    ann: models.Agent
    ben: models.Agent
    talks: dict[str, models.Conversation]
    qa: Client

    async def found(self, client: Client | None = None, **filter_: Any) -> list[str]:
        """The names of the conversations that a filter leaves, in the answer's order."""
        answer = (await (client or self.qa).ask(LIST, filter=filter_)).data["conversations"]
        assert answer["totalCount"] == len(answer["nodes"])
        names = {global_id(talk): name for name, talk in self.talks.items()}
        return [names[node["id"]] for node in answer["nodes"]]


@pytest.fixture
async def scene(world: World) -> Scene:
    billing, travel = await world.queue("Billing"), await world.queue("Travel")
    form = await world.form(await world.attribute())
    ann, ben = await world.agent("Ann", billing), await world.agent("Ben", travel)
    quinn = await world.user(Role.QA, *EVERYWHERE)
    talks = {}
    for name, agent, queue, days, audit in [
        ("new", ann, billing, 1, None),
        ("older", ann, travel, 2, 50.25),
        ("oldest", ben, travel, 3, None),
    ]:
        started = NOW - dt.timedelta(days=days)
        talks[name] = await world.conversation(agent, queue, started_at=started)
        if name != "new":
            await world.evaluation(talks[name], form, total=90 - days)
        if audit:
            await world.evaluation(talks[name], form, by=quinn, total=audit)
    return Scene(world, billing, travel, ann, ben, talks, world.client(quinn))


async def test_conversations_come_newest_first(scene: Scene):
    assert await scene.found() == ["new", "older", "oldest"]


async def test_conversations_are_filtered_by_agent_queue_and_time(scene: Scene):
    assert await scene.found(agentIds=[global_id(scene.ann)]) == ["new", "older"]
    assert await scene.found(queueIds=[global_id(scene.travel)]) == ["older", "oldest"]
    both: dict[str, Any] = {
        "agentIds": [global_id(scene.ann)],
        "queueIds": [global_id(scene.travel)],
    }
    assert await scene.found(**both) == ["older"]
    edge = scene.talks["older"].started_at.isoformat()
    assert await scene.found(startedFrom=edge) == ["new", "older"]
    assert await scene.found(startedBefore=edge) == ["oldest"]


async def test_conversations_are_filtered_by_both_scores_ends_included(scene: Scene):
    assert await scene.found(koreScoreFrom=88) == ["older"]
    assert await scene.found(koreScoreTo=87) == ["oldest"]
    assert await scene.found(koreScoreFrom=-100, koreScoreTo=100) == ["older", "oldest"]
    assert await scene.found(auditScoreFrom=50.25, auditScoreTo=50.25) == ["older"]
    assert await scene.found(auditScoreFrom=50.26) == []


async def test_a_supervisor_reaches_the_conversations_of_their_queues(scene: Scene):
    user = await scene.world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(scene.travel,))
    client = scene.world.client(user)
    assert await scene.found(client) == ["older", "oldest"]
    older = await client.ask(
        "query($id: ID!) { conversation(id: $id) { agent { name } queue { name } } }",
        id=global_id(scene.talks["older"]),
    )
    assert older.data["conversation"] == {"agent": None, "queue": {"name": "Travel"}}


@pytest.mark.parametrize(
    "filter_",
    [
        {"startedFrom": "2026-01-01T00:00:00"},
        {"startedFrom": "0001-01-01T00:00:00+14:00"},
        {"koreScoreFrom": 1e300},
        {"auditScoreTo": -101},
        {"agentIds": ["x"] * 251},
    ],
)
async def test_a_filter_that_makes_no_sense_is_bad_input(scene: Scene, filter_: dict[str, Any]):
    answer = await scene.qa.ask(LIST, filter=filter_)
    assert answer.errors[0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_agents_are_found_by_id_or_name(scene: Scene):
    ask = "query($s: String) { agents(first: 9, search: $s) { nodes { name } } }"

    async def found(search: str | None) -> list[str]:
        return [
            node["name"] for node in (await scene.qa.ask(ask, s=search)).data["agents"]["nodes"]
        ]

    assert await found(None) == await found("") == ["Ann", "Ben"]
    assert await found("bE") == ["Ben"]
    assert await found(scene.ann.agent_id) == ["Ann"]
    assert await found("_") == await found("%") == []
    answer = await scene.qa.ask(ask, s="\0")
    assert answer.errors[0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_lists_by_name_ignore_case_in_order_and_search(scene: Scene):
    await scene.world.queue("áccounts")
    await scene.world.queue("Accounts")
    ask = "query($s: String) { queues(first: 9, search: $s) { nodes { name } } }"
    names = [n["name"] for n in (await scene.qa.ask(ask)).data["queues"]["nodes"]]
    assert names == ["Accounts", "Billing", "Travel", "áccounts"]
    found = (await scene.qa.ask(ask, s="ÁCC")).data["queues"]["nodes"]
    assert found == [{"name": "áccounts"}]


async def test_a_supervisor_lists_only_their_own_queues_and_agents(scene: Scene):
    user = await scene.world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(scene.travel,))
    answer = await scene.world.client(user).ask(
        "{ queues(first: 9) { nodes { name } } agents(first: 9) { nodes { name } } }"
    )
    assert answer.data == {
        "queues": {"nodes": [{"name": "Travel"}]},
        "agents": {"nodes": [{"name": "Ben"}]},
    }


async def test_forms_show_their_metrics_and_what_they_feed(scene: Scene):
    ask = """{ evaluationForms(first: 9) { nodes { name formVersion passScore
        metrics { name weight attributes { name } } } } }"""
    (form,) = (await scene.qa.ask(ask)).data["evaluationForms"]["nodes"]
    assert form == {
        "name": "Chat quality",
        "formVersion": 1,
        "passScore": 70.0,
        "metrics": [{"name": "Shows Empathy", "weight": 10.0, "attributes": [{"name": "Empathy"}]}],
    }


async def test_lists_of_agents_and_conversations_are_not_there_for_agents(scene: Scene):
    user = await scene.world.user(Role.AGENT, *AGENT, agent=scene.ann)
    client = scene.world.client(user)
    for text in (
        LIST,
        "{ agents(first: 1) { nodes { id } } }",
        "{ queues(first: 1) { nodes { id } } }",
    ):
        assert (await client.ask(text)).errors[0]["extensions"][
            "code"
        ] == "GRAPHQL_VALIDATION_FAILED"
    mine = await client.ask("{ viewer { agent { name queues { name } agentGroup { name } } } }")
    assert mine.data["viewer"]["agent"] == {"name": "Ann", "queues": [], "agentGroup": None}


async def test_teams_are_listed_for_staff(scene: Scene):
    team = models.AgentGroup(
        workspace_id=scene.world.workspace_id, external_id="t", digest=bytes(32), name="New hires"
    )
    await scene.world.add(team)
    await scene.world.agent("Cy", scene.billing, agent_group_id=team.id)
    answer = await scene.qa.ask(
        """{ agentGroups(first: 9) { nodes { name } }
        agents(first: 9, search: "Cy") { nodes { agentGroup { name } queues { name } } } }"""
    )
    assert answer.data["agentGroups"]["nodes"] == [{"name": "New hires"}]
    assert answer.data["agents"]["nodes"] == [
        {"agentGroup": {"name": "New hires"}, "queues": [{"name": "Billing"}]}
    ]
