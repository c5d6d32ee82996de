"""A session's cookie counts for the product's own pages, and for those of no other origin."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from starlette.requests import HTTPConnection

import models
from auth.viewer import Callers
from models import Role
from models.availability import Unavailable
from resolvers import revocation
from server.answer import Code
from server.session import PREFLIGHT, Sessions
from tests import world as worlds
from tests.asking import JSON, NAME, RESPONSE, application, is_refused
from tests.client import Client
from tests.signing_in import heading
from tests.test_cross_site import MUTATION, PLAIN, allows_nobody
from tests.world import EVERYWHERE, ISSUER, World

HOME = ISSUER
OWN = {"origin": HOME, "sec-fetch-site": "same-origin"}
ELSEWHERE: list[dict[str, str]] = [
    {},
    {"origin": "https://elsewhere.example"},
    {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"},
    {"origin": "https://elsewhere.example", "sec-fetch-site": "same-origin"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": f"{HOME}.elsewhere.example"},
    {"origin": f"{HOME}:8443"},
    {"origin": HOME.replace("https", "http")},
    {"origin": HOME, "sec-fetch-site": "cross-site"},
    # Another host of the same domain is not this product.
    {"origin": "https://other.issuer.example", "sec-fetch-site": "same-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": ""},
]


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """People sign in with a browser, at a provider that nobody needs to ask here."""
    provider: Any = {"oidc_issuer": "https://login.example", "oidc_client_id": "coaching"}
    async with worlds.world(database_url, tmp_path, public_url=HOME, **provider) as made:
        yield made


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))


def http(world: World, client: Client) -> httpx2.AsyncClient:
    """A browser with the user's session."""
    product = httpx2.ASGITransport(app=application(world))
    cookies = {"__Host-coaching": client.bearer}
    return httpx2.AsyncClient(transport=product, base_url=HOME, cookies=cookies)


async def bookmarks(world: World) -> int:
    async with world.database.read() as session:
        return len((await session.scalars(sa.select(models.Bookmark.id))).all())


@pytest.mark.parametrize("headers", [OWN, {"origin": HOME}, {"sec-fetch-site": "same-origin"}])
async def test_a_page_of_the_product_reads_and_writes(
    world: World, qa: Client, headers: dict[str, str]
):
    async with http(world, qa) as browser:
        read = await browser.post("/graphql", json={"query": NAME}, headers=headers)
        assert read.json()["data"] == {"viewer": {"name": "Quinn"}}
        assert allows_nobody(read)
        await browser.post("/graphql", json={"query": MUTATION}, headers=headers)
    assert await bookmarks(world) == 1


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_a_page_of_another_origin_does_neither_and_runs_no_statement(
    world: World, qa: Client, headers: dict[str, str]
):
    async with http(world, qa) as browser:
        with world.statements() as statements:
            for document in (NAME, MUTATION):
                sent = await browser.post("/graphql", json={"query": document}, headers=headers)
                assert is_refused(sent, 401, Code.UNAUTHENTICATED)
                assert allows_nobody(sent)
        assert statements == []


async def test_no_form_counts_not_even_of_the_product_s_own_pages(world: World, qa: Client):
    async with http(world, qa) as browser:
        for type_, body in PLAIN.items():
            headers = {**OWN, "content-type": type_}
            sent = await browser.post("/graphql", content=body, headers=headers)
            assert is_refused(sent, 415, Code.BAD_USER_INPUT)


async def test_a_get_needs_a_header_that_other_pages_have_to_ask_for(world: World, qa: Client):
    asked: Any = {"params": {"query": NAME}}
    async with http(world, qa) as browser:
        for headers in ({}, OWN, {"sec-fetch-site": "same-origin"}, {PREFLIGHT: ""}):
            read = await browser.get("/graphql", headers={"accept": RESPONSE, **headers}, **asked)
            assert is_refused(read, 401, Code.UNAUTHENTICATED)
        for headers in ({}, OWN, {"sec-fetch-site": "same-origin"}):
            sent = {"accept": RESPONSE, PREFLIGHT: "1", **headers}
            read = await browser.get("/graphql", headers=sent, **asked)
            assert read.json()["data"] == {"viewer": {"name": "Quinn"}}
            assert read.headers["cache-control"] == "no-store"
        for headers in filter(None, ELSEWHERE):
            sent = {"accept": RESPONSE, PREFLIGHT: "1", **headers}
            read = await browser.get("/graphql", headers=sent, **asked)
            assert is_refused(read, 401, Code.UNAUTHENTICATED)
        sent = {"accept": RESPONSE, PREFLIGHT: "1", **OWN}
        changing = await browser.get("/graphql", headers=sent, params={"query": MUTATION})
        assert is_refused(changing, 405, Code.BAD_USER_INPUT)


async def test_where_there_is_a_header_the_cookie_does_not_count(world: World, qa: Client):
    async with http(world, qa) as browser:
        for given in ("", "Bearer", "Bearer x", "Basic cTpx", qa.bearer):
            headers = {**OWN, "authorization": given}
            sent = await browser.post("/graphql", json={"query": NAME}, headers=headers)
            assert is_refused(sent, 401, Code.UNAUTHENTICATED)
    other = world.client(await world.user(Role.QA, *EVERYWHERE, name="Olga"))
    async with http(world, other) as browser:
        headers = {"authorization": f"Bearer {qa.bearer}", "origin": "https://elsewhere.example"}
        sent = await browser.post("/graphql", json={"query": NAME}, headers=headers)
        assert sent.json()["data"] == {"viewer": {"name": "Quinn"}}


async def test_a_cookie_of_another_name_is_nobody_s(world: World, qa: Client):
    """Without the prefix any host of the domain can set it."""
    for name in ("coaching", "__Secure-coaching", "__host-coaching", "__Host-coaching-sign-in"):
        headers = {**OWN, "content-type": JSON, "cookie": f"{name}={qa.bearer}"}
        sent = await world.http.post("/graphql", json={"query": NAME}, headers=headers)
        assert is_refused(sent, 401, Code.UNAUTHENTICATED)


@pytest.mark.parametrize("value", ["x", "a.b.c", "..", '"', "é", "a" * 8_000, "null", ""])
async def test_a_cookie_that_is_no_token_is_nobody_s(world: World, value: str):
    cookie = f"__Host-coaching={value}; __Host-coaching-sign-in={value}".encode("latin-1")
    sent = {"query": NAME}
    headers: Any = {**OWN, "cookie": cookie}
    answered = await world.http.post("/graphql", json=sent, headers=headers)
    assert is_refused(answered, 401, Code.UNAUTHENTICATED)
    page = await world.http.get("/account", headers=headers)
    assert page.headers["location"] == "/sign-in?next=/account"
    back = await world.http.get("/sign-in/callback", headers=headers)
    assert heading(back) == "That did not work"
    out = await world.http.post("/sign-out", headers=headers)
    assert heading(out) == "Signed out"


async def test_a_page_of_another_site_signs_nobody_out(world: World, qa: Client):
    async with http(world, qa) as browser:
        for headers in ELSEWHERE:
            answer = await browser.post("/sign-out", headers=headers)
            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers
        asked = await browser.get("/sign-out", headers={"sec-fetch-site": "cross-site"})
        assert "set-cookie" not in asked.headers
        sent = await browser.post("/graphql", json={"query": NAME}, headers=OWN)
        assert sent.status_code == 200


async def test_no_page_of_the_product_can_be_framed_or_runs_a_script(world: World, qa: Client):
    async with http(world, qa) as browser:
        for path in ("/account", "/sign-out"):
            policy = (await browser.get(path)).headers["content-security-policy"]
            assert "frame-ancestors 'none'" in policy
            assert policy.startswith("default-src 'none'; style-src 'sha256-")


async def test_whoever_is_disabled_is_signed_out_at_once_where_rows_are_not_remembered(
    world: World, qa: Client
):
    async with http(world, qa) as browser:
        assert (await browser.get("/account")).status_code == 200
        async with world.database.write() as session:
            await session.execute(
                sa.update(models.User).values(disabled_at=dt.datetime.now(dt.UTC))
            )
        assert (await browser.get("/account")).headers["location"] == "/sign-in?next=/account"
        sent = await browser.post("/graphql", json={"query": NAME}, headers=OWN)
        assert is_refused(sent, 401, Code.UNAUTHENTICATED)


async def test_while_the_database_is_away_nobody_is_told_that_they_are_signed_out(
    world: World, qa: Client, monkeypatch: pytest.MonkeyPatch
):
    async def away(*_: Any, **__: Any) -> None:
        raise Unavailable

    async with http(world, qa) as browser:
        monkeypatch.setattr(revocation, "revoke", away)
        answer = await browser.post("/sign-out", headers=OWN)
        assert (answer.status_code, heading(answer)) == (503, "Not at the moment")
        assert "set-cookie" not in answer.headers
        monkeypatch.setattr(Callers, "find", away)
        for path in ("/", "/account", "/sign-in", "/sign-out"):
            assert (await browser.get(path)).status_code == 503


# --- WebSockets: a page chooses no headers there ---


@pytest.mark.parametrize(
    ("origin", "counts"),
    [(HOME, True), ("https://elsewhere.example", False), ("null", False), (None, False)],
)
def test_a_websocket_counts_from_the_product_s_own_pages(origin: str | None, *, counts: bool):
    headers = [(b"cookie", b"__Host-coaching=x"), (b"host", b"issuer.example")]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    scope = {"type": "websocket", "scheme": "wss", "path": "/graphql", "headers": headers}
    sessions = Sessions(origin=HOME, lifetime=dt.timedelta(hours=1))
    assert sessions.token(HTTPConnection(scope)) == ("x" if counts else None)
