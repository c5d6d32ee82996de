"""An application whose database goes away: what tests ask of it, and what it may answer."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import sqlalchemy as sa

import models
from models.database import Database
from resolvers import check, rebuilding
from server import answer
from server.check import lines
from tests import marking
from tests.asking import is_refused
from tests.marking import TOMORROW, Scene
from tests.world import global_id, world


@dataclass
class Faulty:
    """A scene, and the application that stays the same whatever becomes of its database."""

    scene: Scene
    talk: models.Conversation

    @property
    def database(self) -> Database:
        return self.scene.world.database

    async def readiness(self) -> str:
        """What the application says of itself."""
        response = await self.scene.world.http.get("/health/ready")
        status: str = response.json()["status"]
        assert (response.status_code == 200) == (status == "ready")
        return status

    async def is_ready(self) -> bool:
        return await self.readiness() == "ready"

    async def is_ready_soon(self) -> bool:
        """Whether it is ready within ten seconds."""
        async with asyncio.timeout(10):
            while not await self.is_ready():  # noqa: ASYNC110 - it is told by asking only
                await asyncio.sleep(0.05)
        return True

    async def ask(self) -> httpx2.Response:
        """Ask for something that reads three levels."""
        text = "{ agents(first: 5) { totalCount nodes { name queues { name } } } }"
        return await self.scene.client.send({"query": text})

    async def write(self, key: str = "key", fields: str = "id") -> httpx2.Response:
        """Assign coaching; again, where the key was used before."""
        given = {
            "agentId": global_id(self.scene.ann),
            "name": "Kindness",
            "areaIds": [global_id(self.scene.empathy)],
            "conversationIds": [global_id(self.talk)],
            "followUpOn": TOMORROW,
            "actionPlan": ["Read"],
            "idempotencyKey": key,
        }
        text = f"""mutation($input: CreateAssignmentInput!) {{
            createAssignment(input: $input) {{ assignment {{ {fields} }} errors {{ code }} }} }}"""
        return await self.scene.client.send({"query": text, "variables": {"input": given}})

    async def written(self) -> int:
        """How often coaching was assigned; each time wholly, or not at all."""
        tables = (
            models.Assignment, models.AssignmentArea, models.AssignmentConversation,
            models.ActionStep, models.AuditEntry, models.OutboxEvent, models.IdempotencyKey,
        )  # fmt: skip
        (count,) = {await self.scene.count(table) for table in tables}
        report = await check.run(self.database)
        assert report is not None
        assert lines(report) == [f"{report.rows:,} rows checked, no differences"]
        return count


@asynccontextmanager
async def faulty(url: str, folder: Path, **patience: float) -> AsyncIterator[Faulty]:
    """An application with little patience, on a migrated database."""
    given = {"pool_timeout": 1, "connect_timeout": 1, "lock_timeout": 20, **patience}
    database = Database(url, pool_size=3, **given)
    async with world(url, folder, database) as made:
        scene = await marking.scene(made)
        talk = await scene.talk(scene.ann)
        await rebuilding.run(made.database)
        yield Faulty(scene, talk)


def is_made(response: httpx2.Response) -> bool:
    """Whether the answer is that coaching is assigned."""
    assert response.status_code == 200, response.text
    payload = response.json()["data"]["createAssignment"]
    return payload["errors"] == [] and payload["assignment"] is not None


def is_away(response: httpx2.Response) -> bool:
    """Whether the answer is that the data is away, that nothing was done, and to ask again."""
    (error,) = response.json()["errors"]
    assert error["message"] == answer.AWAY
    assert error["extensions"].keys() == {"code", "requestId", "retryAfter"}
    assert int(response.headers["retry-after"]) == error["extensions"]["retryAfter"]
    return is_refused(response, 503, error["extensions"]["code"])


def assert_not_known(response: httpx2.Response) -> None:
    """The answer is a result, which says that it is not known whether coaching was assigned."""
    assert response.status_code == 200
    body = response.json()
    assert body["data"] is None
    (error,) = body["errors"]
    assert error["message"] == answer.NOT_KNOWN
    assert error["path"] == ["createAssignment"]
    assert error["extensions"].keys() == {"code", "requestId"}
    assert "retry-after" not in response.headers


@contextmanager
def at_a_write(scene: Faulty, event: str, number: int, do: Callable[[], object]) -> Iterator[None]:
    """Do something once, in the middle of a write: at the event of this number, from 1."""
    engine, seen = scene.database.engine.sync_engine, 0

    def notice(connection: sa.Connection | None, *_: Any) -> None:
        nonlocal seen
        if connection is not None and connection.get_execution_options().get("writing"):
            seen += 1
            if seen == number:
                do()

    sa.event.listen(engine, event, notice)
    try:
        yield
    finally:
        sa.event.remove(engine, event, notice)
    assert seen >= number, "it did not come to that"
