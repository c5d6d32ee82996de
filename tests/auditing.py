"""A workspace with an audit history, and its readers."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import models
from models import Action, Permission, Role
from tests.client import Client
from tests.world import EVERYWHERE, NOW, World

HISTORY = """query($first: Int, $after: String, $last: Int, $before: String, $filter: AuditFilter,
        $oldestFirst: Boolean = false) {
    auditHistory(first: $first, after: $after, last: $last, before: $before, filter: $filter,
        oldestFirst: $oldestFirst) {
        totalCount edges { cursor } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
        nodes { at action actor agent { name } assignment { id } evaluation { id } group { id }
            changes { field before after } } } }"""
ACTIONS = "{ auditHistory(first: 100) { nodes { action } } }"


@dataclass
class Scene:
    world: World
    billing: models.Queue
    travel: models.Queue
    form: models.EvaluationForm
    ann: models.Agent
    ben: models.Agent
    quinn: models.User
    client: Client
    written: int = 0

    async def entry(self, action: Action, **values: Any) -> models.AuditEntry:
        """An entry, each a second after the one before."""
        self.written += 1
        values.setdefault("at", NOW + dt.timedelta(seconds=self.written))
        values.setdefault("actor_id", self.quinn.id)
        made = models.AuditEntry(
            workspace_id=self.world.workspace_id, id=uuid.uuid4(), action=action, **values
        )
        await self.world.add(made)
        return made

    async def read(self, by: Client | None = None, **variables: Any) -> Any:
        given = {"first": 100, **variables} if "last" not in variables else variables
        return (await (by or self.client).ask(HISTORY, **given)).data["auditHistory"]

    async def actions(self, by: Client | None = None, **filter_: Any) -> list[str]:
        """What is listed, oldest first."""
        found = await self.read(by, filter=filter_, oldestFirst=True)
        assert found["totalCount"] == len(found["nodes"])
        return [each["action"] for each in found["nodes"]]


async def scene(world: World) -> Scene:
    billing, travel = await world.queue("Billing"), await world.queue("Travel")
    form = await world.form(await world.attribute())
    ann, ben = await world.agent("Ann", billing), await world.agent("Ben", travel)
    quinn = await world.user(Role.QA, *EVERYWHERE, Permission.MANAGE_SETTINGS, name="Quinn")
    return Scene(world, billing, travel, form, ann, ben, quinn, world.client(quinn))
