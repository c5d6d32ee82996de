"""People who sign in at a real provider, by HTTP, with a browser's cookies."""

import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

import models
from models.database import Database
from server import app
from server.settings import Settings
from tests import serving
from tests import world as worlds
from tests.asking import application
from tests.provider import CLIENTS, PASSWORD
from tests.world import AUDIENCE, ISSUER, World

HOME = ISSUER
"""Where the product's pages are, in tests that don't serve it."""

COOKIE = "__Host-coaching"
SECRET = str(CLIENTS["coaching"])
EMAIL = "quinn@tests.example"


@dataclass
class Provider:
    """The provider's process, seen from a test."""

    url: str
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    def set(self, **how: Any) -> list[str]:
        """Be as a test wants it, and else as always; what was seen since that was set last."""
        asked = {"homes": [HOME], **how}
        seen: list[str] = httpx2.post(f"{self.url}/tests", json=asked).json()
        return seen


@contextmanager
def providing() -> Iterator[Provider]:
    port = serving.free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.provider", str(port)], cwd=serving.ROOT
    )
    found = Provider(f"http://127.0.0.1:{port}", process)
    try:
        deadline = time.monotonic() + serving.PATIENCE
        while not _answers(found):
            assert process.poll() is None
            assert time.monotonic() < deadline, "the provider is not ready"
            time.sleep(0.1)
        yield found
    finally:
        found.stop()


def _answers(provider: Provider) -> bool:
    try:
        provider.set()
    except httpx2.TransportError:
        return False
    return True


@dataclass
class Browser:
    """Keeps cookies, for the product and for the provider, and goes where it is led, if told to."""

    world: World
    provider: Provider
    http: httpx2.AsyncClient
    home: str = HOME

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        url = path if "://" in path else self.home + path
        return await self.http.get(url, headers=headers)

    async def post(self, path: str, data: Any = None, **headers: str) -> httpx2.Response:
        sent = {"origin": self.home, **headers}
        return await self.http.post(self.home + path, data=data, headers=sent)

    async def ask(self, query: str = "{ viewer { name } }", **headers: str) -> httpx2.Response:
        """A query as a page of the product sends it."""
        sent = {"origin": self.home, **headers}
        return await self.http.post(f"{self.home}/graphql", json={"query": query}, headers=sent)

    async def leave(self, start: str = "/sign-in") -> str:
        """Begin to sign in: where at the provider that leads."""
        begun = await self.get(start)
        assert begun.status_code == 302, begun.text
        assert begun.headers["location"].startswith(f"{self.provider.url}/authorize?")
        return str(begun.headers["location"])

    async def log_in(self, there: str, email: str = EMAIL, password: str = PASSWORD) -> str:
        """Log in at the provider: where that leads back to."""
        form = await self.get(there)
        assert 'name="password"' in form.text
        back = await self.http.post(there, data={"email": email, "password": password})
        assert back.status_code == 303
        return str(back.headers["location"])

    async def sign_in(self, email: str = EMAIL, start: str = "/sign-in") -> httpx2.Response:
        """All of it: the answer when the browser comes back."""
        return await self.get(await self.log_in(await self.leave(start), email))

    @property
    def session(self) -> str | None:
        """The session's token, if the browser has one."""
        return self.http.cookies.get(COOKIE) or None


@asynccontextmanager
async def browser(
    database_url: str, folder: Path, provider: Provider, **settings: Any
) -> AsyncIterator[Browser]:
    """A browser, and the product that signs people in at the provider."""
    provider.set()
    chosen = {**at(provider), **settings}
    async with (
        worlds.world(database_url, folder, **chosen) as world,
        another(world, provider) as found,
    ):
        yield found


def at(provider: Provider) -> dict[str, Any]:
    """The settings to sign people in at the provider."""
    return {
        "public_url": HOME,
        "oidc_issuer": provider.url,
        "oidc_client_id": "coaching",
        "oidc_client_secret": SECRET,
    }


@asynccontextmanager
async def another(world: World, provider: Provider) -> AsyncIterator[Browser]:
    """Another browser for the same product."""
    product = httpx2.ASGITransport(app=application(world))
    async with httpx2.AsyncClient(mounts={HOME: product}) as http:
        yield Browser(world, provider, http)


@asynccontextmanager
async def worker(
    database_url: str, folder: Path, provider: Provider, **settings: Any
) -> AsyncIterator[httpx2.AsyncClient]:
    """Another process for the same database, as far as anybody can tell."""
    chosen = Settings(
        database_url=database_url,
        issuer=ISSUER,
        audience=AUDIENCE,
        development_key=folder / "key.json",
        **{**at(provider), **settings},
    )
    database = Database(database_url)
    transport = httpx2.ASGITransport(app=app.create(chosen, database))
    async with httpx2.AsyncClient(transport=transport) as http:
        yield http
    await database.close()


async def person(world: World, email: str = EMAIL, **values: Any) -> models.User:
    """A QA user with this address."""
    made = await world.user(models.Role.QA, *worlds.EVERYWHERE, name="Quinn", **values)
    async with world.database.write() as session:
        session.add(made)
        made.email = email
    return made


def heading(response: httpx2.Response) -> str:
    """What a page of the product says first; each is as safe as the others."""
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    (found,) = re.findall("<h1>(.*?)</h1>", response.text)
    return str(found)
