"""Creating, changing and cancelling assignments over HTTP (A1, A4, A5)."""

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Action, MarkState, Role
from models.base import Base
from schema.node import encode
from tests.client import Answer, Client
from tests.world import AGENT, COACH, EVERYWHERE, NOW, SUPERVISOR, World, global_id

TOMORROW = (NOW.date() + dt.timedelta(days=1)).isoformat()

UPDATE = """mutation($input: UpdateAssignmentInput!) { updateAssignment(input: $input) {
    assignment { name version followUpOn strengths improvements conversationCount
        areas { name } actionPlan { position text } }
    errors { code path } } }"""
CANCEL = """mutation($input: CancelAssignmentInput!) { cancelAssignment(input: $input) {
    assignment { status version cancelledAt } errors { code path } } }"""


@dataclass
class Scene:
    world: World
    billing: models.Queue
    empathy: models.Attribute
    form: models.EvaluationForm
    ann: models.Agent
    talk: models.Conversation
    qa: models.User
    client: Client

    def input(self, **changes: Any) -> dict[str, Any]:
        """A sound input for `createAssignment`."""
        sound = {
            "agentId": global_id(self.ann),
            "name": "Kindness",
            "areaIds": [global_id(self.empathy)],
            "conversationIds": [global_id(self.talk)],
            "followUpOn": TOMORROW,
        }
        return {**sound, **changes}

    async def create(self, **changes: Any) -> Any:
        answer = await self.client.ask("CreateAssignment", input=self.input(**changes))
        return answer.data["createAssignment"]

    async def row(self, id_: str) -> models.Assignment:
        async with self.world.database.read() as session:
            rows = await session.scalars(sa.select(models.Assignment))
            return next(row for row in rows if global_id(row) == id_)

    async def count(self, model: type[Base]) -> int:
        async with self.world.database.read() as session:
            return await session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.fixture
async def scene(world: World) -> Scene:
    billing = await world.queue()
    empathy = await world.attribute()
    form = await world.form(empathy)
    ann = await world.agent("Ann", billing)
    talk = await world.conversation(ann, billing, form=form)
    qa = await world.user(Role.QA, *EVERYWHERE)
    return Scene(world, billing, empathy, form, ann, talk, qa, world.client(qa))


def refusals(payload: Any) -> list[tuple[str, list[str]]]:
    assert payload["assignment"] is None
    return [(error["code"], error["path"]) for error in payload["errors"]]


async def test_a_qa_user_assigns_coaching(scene: Scene):
    other = await scene.world.conversation(scene.ann, scene.billing, form=scene.form)
    made = await scene.create(
        conversationIds=[global_id(other), global_id(scene.talk)],
        strengths="Warm\nand quick",
        improvements="Listen",
        actionPlan=["Read", "Practise"],
    )
    assert made["errors"] == []
    assert made["assignment"]["status"] == "YET_TO_START"
    assert made["assignment"]["conversationCount"] == 2
    assert made["assignment"]["areas"][0]["name"] == "Empathy"
    whole = (await scene.client.ask("MyAssignment", id=made["assignment"]["id"])).data
    shown = whole["assignment"]
    assert [step["text"] for step in shown["actionPlan"]] == ["Read", "Practise"]
    assert shown["strengths"] == "Warm\nand quick"
    asked = [item["conversation"]["id"] for item in shown["conversations"]]
    assert asked == [global_id(other), global_id(scene.talk)]
    assert (shown["itemsTotal"], shown["itemsReviewed"]) == (2, 0)


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"name": "  "}, "INVALID", ["name"]),
        ({"name": "x" * 121}, "INVALID", ["name"]),
        ({"name": "a\u0000b"}, "INVALID", ["name"]),
        ({"strengths": "x" * 10_001}, "INVALID", ["strengths"]),
        ({"improvements": "a\u0007b"}, "INVALID", ["improvements"]),
        ({"areaIds": []}, "INVALID", ["areaIds"]),
        ({"conversationIds": []}, "INVALID", ["conversationIds"]),
        ({"actionPlan": ["ok", " "]}, "INVALID", ["actionPlan", "1"]),
        ({"actionPlan": ["x"] * 51}, "INVALID", ["actionPlan"]),
        ({"followUpOn": "2020-01-01"}, "INVALID", ["followUpOn"]),
        ({"agentId": "nonsense"}, "NOT_FOUND", ["agentId"]),
        ({"agentId": encode("Agent", uuid.uuid4())}, "NOT_FOUND", ["agentId"]),
        ({"areaIds": [encode("Attribute", uuid.uuid4())]}, "NOT_FOUND", ["areaIds", "0"]),
        ({"markIds": [encode("Mark", uuid.uuid4())]}, "MARK_NOT_ACTIVE", ["markIds"]),
        ({"idempotencyKey": ""}, "INVALID", ["idempotencyKey"]),
    ],
)
async def test_bad_input_is_refused_by_code_and_path_and_stores_nothing(
    scene: Scene, changes: dict[str, Any], code: str, path: list[str]
):
    assert refusals(await scene.create(**changes)) == [(code, path)]
    for model in (models.Assignment, models.AssignmentConversation, models.AuditEntry):
        assert await scene.count(model) == 0


async def test_conversations_are_of_the_agent_and_evaluated(scene: Scene):
    ben = await scene.world.agent("Ben", scene.billing)
    bens = await scene.world.conversation(ben, scene.billing, form=scene.form)
    raw = await scene.world.conversation(scene.ann, scene.billing)
    ids = [global_id(scene.talk), global_id(bens)]
    path = ["conversationIds", "1"]
    assert refusals(await scene.create(conversationIds=ids)) == [("OTHER_AGENT", path)]
    ids = [global_id(scene.talk), global_id(raw)]
    assert refusals(await scene.create(conversationIds=ids)) == [("NOT_EVALUATED", path)]
    twice = [global_id(scene.talk)] * 2
    answer = await scene.create(conversationIds=twice)
    assert refusals(answer) == [("INVALID", ["conversationIds"])]


async def test_best_responses_come_from_ones_own_bookmarks(scene: Scene):
    best = await scene.world.conversation(scene.ann, scene.billing, form=scene.form)
    ids = [global_id(best)]
    path = ["bestResponseIds", "0"]
    assert refusals(await scene.create(bestResponseIds=ids)) == [("NOT_BOOKMARKED", path)]
    colleague = await scene.world.user(Role.QA, *EVERYWHERE)
    await scene.world.bookmark(colleague, best)
    assert refusals(await scene.create(bestResponseIds=ids)) == [("NOT_BOOKMARKED", path)]
    await scene.world.bookmark(scene.qa, best)
    assert (await scene.create(bestResponseIds=ids))["errors"] == []


async def test_bookmarks_hidden_without_auto_qa_give_no_best_responses(scene: Scene):
    best = await scene.world.conversation(scene.ann, scene.billing, form=scene.form)
    await scene.world.bookmark(scene.qa, best)
    async with scene.world.database.write() as session:
        await session.execute(sa.update(models.Workspace).values(auto_qa=False))
    refused = await scene.create(bestResponseIds=[global_id(best)])
    assert refusals(refused) == [("NOT_BOOKMARKED", ["bestResponseIds", "0"])]


async def test_what_is_out_of_reach_is_not_found(scene: Scene):
    travel = await scene.world.queue("Travel")
    lead = await scene.world.user(Role.SUPERVISOR, *COACH, queues=(travel,))
    client = scene.world.client(lead)
    answer = await client.ask("CreateAssignment", input=scene.input())
    assert refusals(answer.data["createAssignment"]) == [("NOT_FOUND", ["agentId"])]
    await scene.world.add(
        models.AgentQueue(
            workspace_id=scene.world.workspace_id, agent_id=scene.ann.id, queue_id=travel.id
        )
    )
    answer = await client.ask("CreateAssignment", input=scene.input())
    path = ["conversationIds", "0"]
    assert refusals(answer.data["createAssignment"]) == [("NOT_FOUND", path)]


async def test_marks_that_it_names_become_assigned(scene: Scene):
    world = scene.world
    mark = models.Mark(
        workspace_id=world.workspace_id,
        id=uuid.uuid4(),
        agent_id=scene.ann.id,
        marked_by_id=scene.qa.id,
        created_at=NOW,
    )
    area = models.MarkArea(
        workspace_id=world.workspace_id,
        mark_id=mark.id,
        attribute_id=scene.empathy.id,
        agent_id=scene.ann.id,
        marked_by_id=scene.qa.id,
    )
    await world.add(mark, area)
    made = await scene.create(markIds=[encode("Mark", mark.id)])
    assert made["errors"] == []
    async with world.database.read() as session:
        stored = (await session.scalars(sa.select(models.Mark))).one()
        active = (await session.scalars(sa.select(models.MarkArea.active))).one()
    assert stored.state is MarkState.ASSIGNED
    assert stored.assignment_id == (await scene.row(made["assignment"]["id"])).id
    assert not active
    again = await scene.create(markIds=[encode("Mark", mark.id)])
    assert refusals(again) == [("MARK_NOT_ACTIVE", ["markIds"])]
    assert await scene.count(models.Assignment) == 1


async def test_the_same_key_and_input_give_the_first_answer(scene: Scene):
    first = await scene.create(idempotencyKey="k")
    again = await scene.create(idempotencyKey="k")
    assert again == first
    assert await scene.count(models.Assignment) == 1
    other = await scene.create(idempotencyKey="k", name="Other")
    assert refusals(other) == [("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])]
    assert (await scene.create(idempotencyKey="l"))["assignment"]["id"] != first["assignment"]["id"]


async def test_the_same_key_sent_at_once_makes_one_assignment(scene: Scene):
    answers = await asyncio.gather(*(scene.create(idempotencyKey="k") for _ in range(6)))
    assert len({answer["assignment"]["id"] for answer in answers}) == 1
    assert await scene.count(models.Assignment) == 1


async def test_a_refused_write_does_not_use_its_key_up(scene: Scene):
    assert refusals(await scene.create(idempotencyKey="k", name=" ")) != []
    assert (await scene.create(idempotencyKey="k"))["errors"] == []


async def test_a_key_is_forgotten_after_24_hours(scene: Scene):
    first = await scene.create(idempotencyKey="k")
    async with scene.world.database.write() as session:
        old = NOW - dt.timedelta(hours=25)
        await session.execute(sa.update(models.IdempotencyKey).values(created_at=old))
    again = await scene.create(idempotencyKey="k", name="Other")
    assert again["assignment"]["id"] != first["assignment"]["id"]


async def test_keys_are_ones_own(scene: Scene):
    first = await scene.create(idempotencyKey="k")
    client = scene.world.client(await scene.world.user(Role.QA, *EVERYWHERE))
    answer = await client.ask("CreateAssignment", input=scene.input(idempotencyKey="k"))
    assert answer.data["createAssignment"]["assignment"]["id"] != first["assignment"]["id"]


async def test_creating_leaves_an_audit_entry(scene: Scene):
    made = await scene.create()
    async with scene.world.database.read() as session:
        entry = (await session.scalars(sa.select(models.AuditEntry))).one()
    assert entry.action is Action.ASSIGNMENT_CREATED
    assert entry.actor_id == scene.qa.id
    assert entry.assignment_id == (await scene.row(made["assignment"]["id"])).id
    assert entry.after is not None
    assert entry.after["name"] == "Kindness"
    assert entry.after["follow_up_on"] == TOMORROW


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.PARTNER])
async def test_creating_is_not_there_for_those_who_may_not(scene: Scene, role: Role):
    if role is Role.AGENT:
        user = await scene.world.user(role, *AGENT, agent=scene.ann)
    else:
        user = await scene.world.user(role, *SUPERVISOR, queues=(scene.billing,))
    answer = await scene.world.client(user).ask("CreateAssignment", input=scene.input())
    assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert await scene.count(models.Assignment) == 0


async def update(scene: Scene, id_: str, **changes: Any) -> Any:
    answer: Answer = await scene.client.ask(UPDATE, input={"assignmentId": id_, **changes})
    return answer.data["updateAssignment"]


async def test_an_update_changes_what_it_names_and_leaves_the_rest(scene: Scene):
    id_ = (await scene.create(strengths="Warm", actionPlan=["One"]))["assignment"]["id"]
    other = await scene.world.conversation(scene.ann, scene.billing, form=scene.form)
    calm = await scene.world.attribute("Calm")
    changed = await update(
        scene,
        id_,
        expectedVersion=1,
        improvements="Slower",
        actionPlan=["First", "Second"],
        areaIds=[global_id(calm)],
        addConversationIds=[global_id(other)],
    )
    assert changed["errors"] == []
    assert changed["assignment"] == {
        "name": "Kindness",
        "version": 2,
        "followUpOn": TOMORROW,
        "strengths": "Warm",
        "improvements": "Slower",
        "conversationCount": 2,
        "areas": [{"name": "Calm"}],
        "actionPlan": [{"position": 1, "text": "First"}, {"position": 2, "text": "Second"}],
    }


async def test_an_update_leaves_the_values_before_and_after(scene: Scene):
    id_ = (await scene.create(actionPlan=["One"]))["assignment"]["id"]
    await update(scene, id_, expectedVersion=1, name="New", actionPlan=["Two"])
    async with scene.world.database.read() as session:
        wanted = sa.select(models.AuditEntry).where(
            models.AuditEntry.action == Action.ASSIGNMENT_UPDATED
        )
        entry = (await session.scalars(wanted)).one()
    assert entry.before == {"name": "Kindness", "action_plan": ["One"]}
    assert entry.after == {"name": "New", "action_plan": ["Two"]}


async def test_an_update_of_an_older_version_is_stale(scene: Scene):
    id_ = (await scene.create())["assignment"]["id"]
    await update(scene, id_, expectedVersion=1, name="New")
    assert refusals(await update(scene, id_, expectedVersion=1, name="Old")) == [
        ("STALE", ["expectedVersion"])
    ]
    assert (await scene.row(id_)).name == "New"


async def test_of_many_updates_at_once_one_wins(scene: Scene):
    id_ = (await scene.create())["assignment"]["id"]
    answers = await asyncio.gather(
        *(update(scene, id_, expectedVersion=1, name=f"Name {n}") for n in range(5))
    )
    won = [answer["assignment"]["name"] for answer in answers if answer["assignment"]]
    assert len(won) == 1
    assert (await scene.row(id_)).name == won[0]
    assert await scene.count(models.AuditEntry) == 2


async def test_the_same_conversation_is_not_added_twice(scene: Scene):
    id_ = (await scene.create())["assignment"]["id"]
    answer = await update(scene, id_, expectedVersion=1, addConversationIds=[global_id(scene.talk)])
    assert refusals(answer) == [("INVALID", ["addConversationIds", "0"])]


async def test_a_renamed_assignment_is_sorted_by_its_new_name(scene: Scene):
    id_ = (await scene.create())["assignment"]["id"]
    await update(scene, id_, expectedVersion=1, name="Åbc")
    assert (await scene.row(id_)).name_key == "åbc"


@pytest.mark.parametrize("text", [UPDATE, CANCEL])
async def test_completed_and_cancelled_coaching_can_not_be_changed(scene: Scene, text: str):
    id_ = (await scene.create())["assignment"]["id"]
    agent = scene.world.client(await scene.world.user(Role.AGENT, *AGENT, agent=scene.ann))
    await agent.ask(
        "ReviewConversation", input={"assignmentId": id_, "conversationId": global_id(scene.talk)}
    )
    given = {"assignmentId": id_, "expectedVersion": 1}
    (payload,) = (await scene.client.ask(text, input=given)).data.values()
    assert refusals(payload) == [("ALREADY_COMPLETED", [])]

    id_ = (await scene.create())["assignment"]["id"]
    given = {"assignmentId": id_, "expectedVersion": 1}
    cancelled = (await scene.client.ask(CANCEL, input=given)).data["cancelAssignment"]
    assert cancelled["assignment"]["status"] == "CANCELLED"
    (payload,) = (await scene.client.ask(text, input={**given, "expectedVersion": 2})).data.values()
    assert refusals(payload) == [("ALREADY_CANCELLED", [])]


async def test_an_assignment_out_of_reach_can_not_be_changed(scene: Scene):
    id_ = (await scene.create())["assignment"]["id"]
    travel = await scene.world.queue("Travel")
    lead = scene.world.client(await scene.world.user(Role.SUPERVISOR, *COACH, queues=(travel,)))
    for text in (UPDATE, CANCEL):
        for target in (id_, encode("Assignment", uuid.uuid4()), "x"):
            given = {"assignmentId": target, "expectedVersion": 1}
            (payload,) = (await lead.ask(text, input=given)).data.values()
            assert refusals(payload) == [("NOT_FOUND", ["assignmentId"])]
