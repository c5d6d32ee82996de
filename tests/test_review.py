"""The agent works through an assignment (W2), and its status follows (S1, S3, S4)."""

import asyncio
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Role
from schema.node import encode
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, NOW, World, global_id

BEST = """mutation($input: ReviewBestResponseInput!) { reviewBestResponse(input: $input) {
    assignment { status itemsReviewed } errors { code path } } }"""


@dataclass
class Scene:
    world: World
    ann: models.Agent
    qa: models.User
    talks: list[models.Conversation]
    agent: Client
    staff: Client

    async def review(self, made: models.Assignment, talk: models.Conversation) -> Any:
        given = {"assignmentId": global_id(made), "conversationId": global_id(talk)}
        return (await self.agent.ask("ReviewConversation", input=given)).data["reviewConversation"]

    async def statuses(self, made: models.Assignment) -> tuple[str, str]:
        """The status as the agent and as the QA user read it."""
        ask = "query($id: ID!) { assignment(id: $id) { status } }"
        answers = [await who.ask(ask, id=global_id(made)) for who in (self.agent, self.staff)]
        first, second = (answer.data["assignment"]["status"] for answer in answers)
        return first, second


@pytest.fixture
async def scene(world: World) -> Scene:
    billing, empathy = await world.queue(), await world.attribute()
    form = await world.form(empathy)
    ann = await world.agent("Ann", billing)
    talks = [await world.conversation(ann, billing, form=form) for _ in range(3)]
    qa = await world.user(Role.QA, *EVERYWHERE)
    user = await world.user(Role.AGENT, *AGENT, agent=ann)
    return Scene(world, ann, qa, talks, world.client(user), world.client(qa))


async def test_coaching_goes_from_not_started_over_in_progress_to_completed(scene: Scene):
    first, second, example = scene.talks
    made = await scene.world.assignment(scene.ann, scene.qa, first, second, best=(example,))
    assert await scene.statuses(made) == ("START_COACHING", "YET_TO_START")
    assert (await scene.review(made, first))["assignment"]["status"] == "IN_PROGRESS"
    assert await scene.statuses(made) == ("IN_PROGRESS", "IN_PROGRESS")
    await scene.review(made, second)
    assert await scene.statuses(made) == ("IN_PROGRESS", "IN_PROGRESS")
    shown = (await scene.agent.ask("MyAssignment", id=global_id(made))).data["assignment"]
    best = {"bestResponseId": shown["bestResponses"][0]["id"]}
    done = (await scene.agent.ask(BEST, input=best)).data["reviewBestResponse"]
    assert done == {"assignment": {"status": "COMPLETED", "itemsReviewed": 3}, "errors": []}
    assert await scene.statuses(made) == ("COMPLETED", "COMPLETED")


async def test_reviewing_again_keeps_the_first_time_and_leaves_one_entry(scene: Scene):
    talk = scene.talks[0]
    made = await scene.world.assignment(scene.ann, scene.qa, talk)
    ask = "query($id: ID!) { assignment(id: $id) { conversations { reviewedAt } } }"
    await scene.review(made, talk)
    first = (await scene.agent.ask(ask, id=global_id(made))).data
    again = await scene.review(made, talk)
    assert again["errors"] == []
    assert again["assignment"]["itemsReviewed"] == 1
    assert (await scene.agent.ask(ask, id=global_id(made))).data == first
    async with scene.world.database.read() as session:
        entries = (await session.scalars(sa.select(models.AuditEntry))).all()
    assert [entry.action for entry in entries] == [models.Action.CONVERSATION_REVIEWED]


async def test_two_reviews_at_once_both_count(scene: Scene):
    made = await scene.world.assignment(scene.ann, scene.qa, *scene.talks)
    await asyncio.gather(*(scene.review(made, talk) for talk in scene.talks))
    assert await scene.statuses(made) == ("COMPLETED", "COMPLETED")


async def test_a_groups_status_follows_its_members(scene: Scene):
    talk = scene.talks[0]
    group = await scene.world.group(scene.qa, scene.ann)
    made = await scene.world.assignment(scene.ann, scene.qa, talk, group_id=group.id)
    ask = "query($id: ID!) { coachingGroup(id: $id) { status } }"
    before = (await scene.staff.ask(ask, id=global_id(group))).data["coachingGroup"]
    assert before == {"status": "YET_TO_START"}
    await scene.review(made, talk)
    after = (await scene.staff.ask(ask, id=global_id(group))).data["coachingGroup"]
    assert after == {"status": "COMPLETED"}


async def test_cancelled_coaching_can_not_be_reviewed(scene: Scene):
    talk = scene.talks[0]
    made = await scene.world.assignment(scene.ann, scene.qa, talk, cancelled_at=NOW)
    answer = await scene.review(made, talk)
    assert answer["assignment"] is None
    assert [error["code"] for error in answer["errors"]] == ["ALREADY_CANCELLED"]


async def test_somebody_elses_coaching_is_not_found(scene: Scene):
    ben = await scene.world.agent("Ben")
    talk = scene.talks[0]
    made = await scene.world.assignment(ben, scene.qa, talk, best=(talk,))
    answer = await scene.review(made, talk)
    assert [(e["code"], e["path"]) for e in answer["errors"]] == [("NOT_FOUND", ["conversationId"])]
    async with scene.world.database.read() as session:
        best = (await session.scalars(sa.select(models.BestResponse))).one()
    for key in (best.id, uuid.uuid4()):
        given = {"bestResponseId": encode("BestResponse", key)}
        refused = (await scene.agent.ask(BEST, input=given)).data["reviewBestResponse"]
        assert refused["errors"] == [{"code": "NOT_FOUND", "path": ["bestResponseId"]}]


async def test_only_agents_review(scene: Scene):
    talk = scene.talks[0]
    made = await scene.world.assignment(scene.ann, scene.qa, talk)
    given = {"assignmentId": global_id(made), "conversationId": global_id(talk)}
    answer = await scene.staff.ask("ReviewConversation", input=given)
    assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
