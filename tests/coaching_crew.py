"""Agents of two queues, and all that their people can do to the totals of coaching (B1)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import models
from models import Assignment, Role
from resolvers import check, coaching_total, importing
from resolvers.operation import Operation
from tests import records, reviewing
from tests.client import Client
from tests.reviewing import Scene
from tests.world import AGENT, NOW, World, global_id, viewer

TOMORROW = (NOW.date() + dt.timedelta(days=1)).isoformat()
CANCEL = """mutation($input: CancelAssignmentInput!) { cancelAssignment(input: $input) {
    assignment { id } errors { code } } }"""
UPDATE = """mutation($input: UpdateAssignmentInput!) { updateAssignment(input: $input) {
    assignment { id } errors { code } } }"""


@dataclass
class Crew:
    """Agents of two queues with three conversations each, and everybody's clients."""

    scene: Scene
    agents: list[models.Agent]
    clients: list[Client]
    talks: list[list[models.Conversation]]
    queues: list[models.Queue]
    area: models.Attribute

    @property
    def world(self) -> World:
        return self.scene.world

    def create(self, place: int, *talks: int) -> Any:
        """Assign coaching to the agent at a place."""
        about = {
            "agentId": global_id(self.agents[place]),
            "name": "Kindness",
            "areaIds": [global_id(self.area)],
            "conversationIds": [global_id(self.talks[place][n]) for n in talks],
            "followUpOn": TOMORROW,
        }
        return self.scene.qa.ask("CreateAssignment", input=about)

    def review(self, made: Assignment, place: int, talk: int) -> Any:
        about = {
            "assignmentId": global_id(made),
            "conversationId": global_id(self.talks[place][talk]),
        }
        return self.clients[place].ask("ReviewConversation", input=about)

    def submit(self, place: int, talk: int) -> Any:
        about = {
            "conversationId": global_id(self.talks[place][talk]),
            "scores": self.scene.scores(0.5, 0.5, 1),
        }
        return self.scene.qa.ask("SubmitEvaluation", input=about)

    def cancel(self, made: Assignment) -> Any:
        about = {"assignmentId": global_id(made), "expectedVersion": made.version}
        return self.scene.qa.ask(CANCEL, input=about)

    def update(self, made: Assignment, place: int, talk: int) -> Any:
        about = {
            "assignmentId": global_id(made),
            "expectedVersion": made.version,
            "addConversationIds": [global_id(self.talks[place][talk])],
        }
        return self.scene.qa.ask(UPDATE, input=about)

    async def take(self, round_: int, *queues: models.Queue) -> importing.Report:
        """Import the queues, the agents into these queues, and the conversations, all changed."""
        lines: list[Any] = [
            {"kind": "queue", "external_id": each.external_id, "name": f"Queue {round_}"}
            for each in self.queues
        ]
        names = [queue.external_id for queue in queues]
        lines += [
            records.agent(
                place,
                external_id=each.external_id,
                name=f"Agent {round_}",
                agent_id=each.agent_id,
                agent_group=None,
                queues=names,
            )
            for place, each in enumerate(self.agents)
        ]
        lines += [
            records.conversation(
                place,
                external_id=talk.external_id,
                agent=agent.external_id,
                queue=self.queues[0].external_id,
                topic=f"Topic {round_}",
            )
            for place, agent in enumerate(self.agents)
            for talk in self.talks[place]
        ]
        world = self.world
        report = await importing.run(
            world.database, world.workspace_id, records.lines(lines), now=NOW
        )
        assert report.bad_lines == []
        assert report.written
        return report

    async def evaluated(self) -> None:
        """A first evaluation by Auto QA of every conversation."""
        for talks in self.talks:
            for talk in talks:
                await self.world.evaluation(talk, self.scene.form)

    async def assignment(self, place: int, *talks: int, reviewed: int = 0) -> Assignment:
        some = [self.talks[place][n] for n in talks]
        by = self.scene.quinn
        return await self.world.assignment(self.agents[place], by, *some, reviewed=reviewed)

    async def agents_in_coaching(self) -> int:
        who = viewer(self.scene.quinn)
        found = await coaching_total.totals(Operation(self.world.database, who))
        return found.agents_in_coaching

    async def agrees(self) -> None:
        report = await check.run(self.world.database)
        assert report is not None
        of_totals = {"agent_coaching", "coaching_total", "queue_set", "assignment"}
        of_totals |= {"coaching_group", "group_coaching", "group_total"}
        assert {key: n for key, n in report.counts.items() if key[0] in of_totals} == {}


async def crew(world: World) -> Crew:
    """Four agents, by turns of two queues, whose coaching Quinn and Sue look after."""
    scene = await reviewing.scene(world)
    queues = [scene.billing, await world.queue("Travel")]
    agents = [await world.agent(f"Agent {n}", queues[n % 2]) for n in range(4)]
    users = [await world.user(Role.AGENT, *AGENT, agent=agent) for agent in agents]
    talks = [[await world.conversation(agent, scene.billing) for _ in range(3)] for agent in agents]
    area = await world.attribute()
    return Crew(scene, agents, [world.client(user) for user in users], talks, queues, area)
