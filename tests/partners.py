"""Partners' machines for tests: registered, and asking for tokens."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import httpx2
import sqlalchemy as sa

import models
from auth.viewer import Callers
from resolvers import client as clients
from resolvers.client import NewClient
from tests.client import Client
from tests.world import World

READING = ("coaching_assignments",)
EVERYWHERE = ("coaching_assignments", "cross_queue_data_access")

FORM = {"grant_type": "client_credentials"}


@dataclass(frozen=True, slots=True)
class Partner:
    """A registered client, and its secret."""

    world: World
    row: models.Client
    secret: str

    @property
    def credentials(self) -> tuple[str, str]:
        return str(self.row.id), self.secret

    async def ask_for_token(self, secret: str | None = None, **form: str) -> httpx2.Response:
        """What the token endpoint answers, to this secret in place of the right one."""
        return await self.world.http.post(
            "/oauth/token",
            data={**FORM, **form},
            auth=(str(self.row.id), self.secret if secret is None else secret),
        )

    async def token(self, **form: str) -> str:
        answer = await self.ask_for_token(**form)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    async def client(self, **form: str) -> Client:
        """The machine, signed in."""
        return Client(self.world.http, await self.token(**form))

    async def revoke(self, token: str, secret: str | None = None) -> httpx2.Response:
        return await self.world.http.post(
            "/oauth/revoke",
            data={"token": token},
            auth=(str(self.row.id), self.secret if secret is None else secret),
        )


async def register(world: World, *scopes: str, minutes: int = 10, **values: Any) -> Partner:
    """A new client of the workspace."""
    async with world.database.read() as session:
        wanted = sa.select(models.Workspace.name).where(models.Workspace.id == world.workspace_id)
        name = (await session.scalars(wanted)).one()
    new = NewClient(name="Acme", scopes=frozenset(scopes or READING), minutes=minutes, **values)
    row, secret = await clients.add(world.database, name, new, now=dt.datetime.now(dt.UTC))
    return Partner(world, row, secret)


def callers(world: World) -> Callers:
    """Who calls, read anew each time."""
    return Callers(world.database, 0)


def assert_refused(answer: httpx2.Response, status: int, error: str) -> None:
    """An error of OAuth's, which nobody on the way keeps; 401 says how to sign in."""
    assert answer.status_code == status, answer.text
    assert answer.json()["error"] == error
    assert answer.headers["cache-control"] == "no-store"
    assert ("www-authenticate" in answer.headers) == (status == 401)
