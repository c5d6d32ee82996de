"""Clients of the bulk export, and something to export."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

import httpx2
import sqlalchemy as sa

import models
from models import Permission, ReviewState, Role
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, SUPERVISOR, World, global_id

PARTNER = (Permission.COACHING_ASSIGNMENTS,)


@dataclass
class Scene:
    """Ann works in billing, Ben in sales; who is named for a queue works in that one."""

    world: World
    billing: models.Queue
    ann: models.Agent
    ben: models.Agent
    form: models.EvaluationForm
    empathy: models.Attribute
    quinn: models.User
    qa: Client
    billing_supervisor: Client
    partner: Client
    agent: Client


async def scene(world: World, each: int = 3) -> Scene:
    """So many assignments, marks and evaluations of each agent; a group of both."""
    billing, sales = await world.queue("Billing"), await world.queue("Sales")
    empathy = await world.attribute("Empathy")
    form = await world.form(empathy)
    ann, ben = await world.agent("Ann", billing), await world.agent("Ben", sales)
    quinn = await world.user(Role.QA, *EVERYWHERE, name="Quinn")
    group = await world.group(quinn, ann, ben, name="Secret plan")
    for agent, queue in ((ann, billing), (ben, sales)):
        talks = [await world.conversation(agent, queue, form=form) for _ in range(each)]
        await world.evaluation(
            talks[0], form, by=quinn, review_state=ReviewState.PENDING_AGENT_REVIEW
        )
        for number, talk in enumerate(talks):
            of: dict[str, Any] = {"group_id": group.id} if number == 0 else {}
            await world.assignment(agent, quinn, talk, areas=(empathy,), **of)
            await mark(world, agent, quinn, talk)
    return Scene(
        world,
        billing,
        ann,
        ben,
        form,
        empathy,
        quinn,
        qa=world.client(quinn),
        billing_supervisor=world.client(
            await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(billing,))
        ),
        partner=world.client(
            await world.user(Role.PARTNER, *PARTNER, Permission.CROSS_QUEUE_DATA_ACCESS)
        ),
        agent=world.client(
            await world.user(Role.AGENT, *AGENT, Permission.MARKED_FOR_COACHING_VIEW, agent=ann)
        ),
    )


async def mark(
    world: World, agent: models.Agent, by: models.User, talk: models.Conversation
) -> models.Mark:
    of = {"workspace_id": world.workspace_id}
    made = models.Mark(
        **of, id=uuid.uuid4(), agent_id=agent.id, marked_by_id=by.id, created_at=talk.ended_at
    )
    about = models.MarkConversation(**of, mark_id=made.id, conversation_id=talk.id)
    await world.add(made, about)
    return made


async def get(client: Client, name: str, after: str | None = None) -> httpx2.Response:
    headers = {"authorization": f"Bearer {client.bearer}"}
    given = None if after is None else {"after": after}
    return await client.http.get(f"/export/{name}", headers=headers, params=given)


def parsed(body: bytes) -> list[Any]:
    """All lines of a stream; what is cut off in the middle is none."""
    return [json.loads(line) for line in body.split(b"\n")[:-1]]


async def lines(client: Client, name: str, after: str | None = None) -> list[Any]:
    """The objects of a whole export."""
    answer = await get(client, name, after)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    *found, end = parsed(answer.content)
    assert end["end"] is True
    return found


async def nodes(client: Client, name: str) -> list[Any]:
    return [each["node"] for each in await lines(client, name)]


async def ids(world: World, model: Any, *conditions: Any) -> list[str]:
    """The global ids of stored rows, in the order of an export."""
    async with world.database.read() as session:
        rows = await session.scalars(sa.select(model).where(*conditions).order_by(model.id))
        return [global_id(row) for row in rows]
