"""The demo, where a page asks whom somebody would like to be."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest
import sqlalchemy as sa

import models
from models.database import Database
from server import app, demo
from server.answer import Code
from server.settings import Settings
from tests.asking import is_refused
from tests.signing_in import heading

HOME = "http://127.0.0.1:8000"
OWN = {"origin": HOME}
FORM = "application/x-www-form-urlencoded"


@dataclass
class Shown:
    """The demo, and a browser."""

    http: httpx2.AsyncClient
    database: Database

    async def choose(self, user: str, to: str = "", **headers: str) -> httpx2.Response:
        """Send the form of the page."""
        form = urlencode({"user": f"{user}@demo.example", "next": to})
        sent = {**OWN, "content-type": FORM, **headers}
        return await self.http.post("/sign-in", content=form, headers=sent)

    async def ask(self, **headers: str) -> httpx2.Response:
        asked = {"query": "{ viewer { email } }"}
        return await self.http.post("/graphql", json=asked, headers={**OWN, **headers})

    async def is_signed_out(self) -> bool:
        return is_refused(await self.ask(), 401, Code.UNAUTHENTICATED)


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[Shown]:
    """A demo whose database holds no demo."""
    settings = Settings(
        database_url=database_url, development_key=tmp_path / "key.json", caller_seconds=0
    )
    database = Database(database_url)
    product = httpx2.ASGITransport(app=app.create(settings, database, as_demo=True))
    async with httpx2.AsyncClient(transport=product, base_url=HOME) as http:
        yield Shown(http, database.everywhere())
    await database.close()


@pytest.fixture
async def shown(empty: Shown) -> Shown:
    await demo.fill(empty.database, now=dt.datetime.now(dt.UTC))
    return empty


async def test_everybody_of_the_demo_but_its_machine_can_be_chosen(shown: Shown):
    page = await shown.http.get("/sign-in")
    assert (page.status_code, heading(page)) == (200, "Sign in")
    for email in demo.WHO:
        assert (email in page.text) == (email != "partner@demo.example")
    for user in ("qa", "lead", "supervisor", "agent"):
        chosen = await shown.choose(user)
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/account")
        assert (await shown.ask()).json()["data"] == {"viewer": {"email": f"{user}@demo.example"}}
        assert f"{user}@demo.example" in (await shown.http.get("/account")).text


async def test_over_plain_http_the_cookie_has_a_name_that_browsers_take(shown: Shown):
    (cookie,) = (await shown.choose("qa")).headers.get_list("set-cookie")
    assert cookie.startswith("coaching=")
    assert cookie.endswith("; HttpOnly; Max-Age=28800; Path=/; SameSite=lax")


async def test_only_the_demo_s_people_can_be_chosen(shown: Shown):
    for user in ("partner", "nobody", "", "qa@demo.example,"):
        assert (await shown.choose(user)).headers["location"] == "/sign-in"
    for body in (b"", b"\xff=\x00", b"user", b"next=/account"):
        headers = {**OWN, "content-type": FORM}
        sent = await shown.http.post("/sign-in", content=body, headers=headers)
        assert sent.headers["location"] == "/sign-in"
    long = await shown.http.post("/sign-in", content=b"user=" + b"a" * 20_000, headers=OWN)
    assert (long.status_code, heading(long)) == (413, "That did not work")
    assert await shown.is_signed_out()


async def test_who_is_disabled_can_be_chosen_and_is_not_signed_in(shown: Shown):
    disabled = sa.update(models.User).values(disabled_at=dt.datetime.now(dt.UTC))
    async with shown.database.write() as session:
        await session.execute(disabled)
    await shown.choose("qa")
    assert await shown.is_signed_out()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "http://127.0.0.1:8001", "sec-fetch-site": "same-site"},
        {"origin": "http://localhost:8000"},
        {"origin": HOME, "sec-fetch-site": "cross-site"},
        {"origin": "null"},
    ],
)
async def test_a_page_of_another_origin_signs_nobody_in(shown: Shown, headers: dict[str, str]):
    sent = await shown.choose("qa", **headers)
    assert (sent.status_code, heading(sent)) == (403, "Not from here")
    assert await shown.is_signed_out()


async def test_the_page_leads_to_where_somebody_wanted_to_go_here(shown: Shown):
    page = await shown.http.get("/sign-in", params={"next": '/graphql?a="><script>'})
    assert 'value="/graphql?a=&#34;&gt;&lt;script&gt;"' in page.text
    assert (await shown.choose("qa", "/graphql?a=b")).headers["location"] == "/graphql?a=b"
    for elsewhere in ("https://elsewhere.example", "//elsewhere.example", "/\\x"):
        assert (await shown.choose("qa", elsewhere)).headers["location"] == "/account"


async def test_who_signs_out_is_signed_out_and_so_is_every_copy(shown: Shown):
    await shown.choose("qa")
    copied = {"cookie": f"coaching={shown.http.cookies['coaching']}"}
    left = await shown.http.post("/sign-out", headers=OWN)
    assert (left.status_code, left.headers["location"]) == (303, "/sign-out")
    assert heading(await shown.http.get("/sign-out")) == "Signed out"
    assert await shown.is_signed_out()
    assert is_refused(await shown.ask(**copied), 401, Code.UNAUTHENTICATED)
    assert (await shown.http.get("/")).headers["location"] == "/sign-in"


async def test_a_database_without_the_demo_lets_nobody_in(empty: Shown):
    page = await empty.http.get("/sign-in")
    assert (page.status_code, heading(page)) == (404, "Nobody to sign in as")
    assert (await empty.choose("qa")).headers["location"] == "/sign-in"
    assert await empty.is_signed_out()
