"""What another site can make a browser send reads nothing and changes nothing.

Without a preflight, which is never allowed here, a browser sends GET, HEAD and POST with bodies of
three types, and of headers only harmless ones; it adds cookies and the passwords that it knows.

Here nobody signs in with a browser, so no cookie counts; where people do, see `test_session`.
"""

from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx2
import pytest
import sqlalchemy as sa

import models
from models import Role
from server.answer import Code
from tests.asking import JSON, NAME, RESPONSE, get, is_refused, post
from tests.client import Client
from tests.world import EVERYWHERE, World

MUTATION = """mutation {
    createBookmark(input: {name: "Mine", colour: "#00aa55"}) { errors { code } } }"""
ELSEWHERE = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
COOKIES = ("authorization", "token", "access_token", "coaching", "__Host-coaching")
SENT = f'{{"query": "{NAME}"}}'.encode()
PLAIN = {
    "text/plain": SENT,
    # A form of that type can spell JSON: its one field's name and value, with a `=` between.
    "text/plain;charset=utf-8": b'{"query": "{ viewer { name } }", "a": "=\\r\\n"}',
    "text/plain; application/json": SENT,
    FORM: f"query={quote(NAME)}".encode(),
    MULTIPART: b'--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n%b\r\n--x--'
    % NAME.encode(),
}
"""Bodies that need no preflight, by their types."""


@pytest.fixture
async def qa(world: World) -> AsyncIterator[Client]:
    """Who may make a bookmark, and in no test here does."""
    client = world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))
    yield client
    async with world.database.read() as session:
        assert await session.scalar(sa.select(models.Bookmark.id)) is None
    # As it should be sent, the mutation does its work.
    assert (await client.ask(MUTATION)).data == {"createBookmark": {"errors": []}}


def known_to_the_browser(client: Client) -> dict[str, str]:
    """A token wherever a browser would keep one and send it along unasked."""
    cookies = (f"{name}={client.bearer}" for name in COOKIES)
    return {"cookie": "; ".join(cookies), **ELSEWHERE}


def allows_nobody(response: httpx2.Response) -> bool:
    """Whether no header lets another site read the answer, or keeps anything in the browser."""
    names = response.headers.keys()
    return not any(name.startswith("access-control-") or name == "set-cookie" for name in names)


async def test_a_get_or_a_form_of_another_site_is_nobody_s_and_runs_no_statement(
    world: World, qa: Client
):
    headers = known_to_the_browser(qa)
    with world.statements() as statements:
        for document in (NAME, MUTATION):
            read = await world.http.get("/graphql", params={"query": document}, headers=headers)
            assert is_refused(read, 401, Code.UNAUTHENTICATED)
            assert allows_nobody(read)
        for type_, body in PLAIN.items():
            sent = await world.http.post(
                "/graphql", content=body, headers={**headers, "content-type": type_}
            )
            assert is_refused(sent, 401, Code.UNAUTHENTICATED)
            assert allows_nobody(sent)
        assert (await world.http.head("/graphql", headers=headers)).status_code == 405
    assert statements == []


async def test_a_token_is_read_from_its_header_only(world: World, qa: Client):
    parameters = {"query": NAME, "access_token": qa.bearer, "authorization": f"Bearer {qa.bearer}"}
    in_url = await world.http.get("/graphql", params=parameters)
    assert is_refused(in_url, 401, Code.UNAUTHENTICATED)
    in_body = await world.http.post("/graphql", json=parameters)
    assert is_refused(in_body, 401, Code.UNAUTHENTICATED)
    for scheme in ("Basic", "Digest", "Negotiate", "Token", ""):
        response = await post(qa, {"query": NAME}, authorization=f"{scheme} {qa.bearer}")
        assert is_refused(response, 401, Code.UNAUTHENTICATED)
        assert response.headers["www-authenticate"] == 'Bearer realm="coaching"'


async def test_a_body_that_needs_no_preflight_is_not_read_even_with_a_token(qa: Client):
    """So that nothing depends on the header alone, should a proxy add it."""
    for type_, body in PLAIN.items():
        response = await post(qa, body, content_type=type_, **ELSEWHERE)
        assert is_refused(response, 415, Code.BAD_USER_INPUT)
        for mutation in (MUTATION, f"query={quote(MUTATION)}"):
            response = await post(qa, mutation.encode(), content_type=type_)
            assert is_refused(response, 415, Code.BAD_USER_INPUT)


async def test_a_mutation_in_a_url_changes_nothing_whatever_the_method(qa: Client):
    assert is_refused(await get(qa, query=MUTATION), 405, Code.BAD_USER_INPUT)
    for override in ("x-http-method-override", "x-http-method", "x-method-override"):
        headers = {"authorization": f"Bearer {qa.bearer}", override: "POST", "accept": RESPONSE}
        response = await qa.http.get("/graphql", params={"query": MUTATION}, headers=headers)
        assert is_refused(response, 405, Code.BAD_USER_INPUT)
    for body in (b"", b"{}"):
        headers = {"authorization": f"Bearer {qa.bearer}", "content-type": JSON}
        response = await qa.http.post(
            "/graphql", params={"query": MUTATION}, content=body, headers=headers
        )
        assert is_refused(response, 400, Code.BAD_USER_INPUT)


async def test_a_preflight_allows_nothing(qa: Client):
    for method in ("GET", "POST", "DELETE"):
        for path in ("/graphql", "/", "/health/live", "/nothing"):
            headers = {
                **ELSEWHERE,
                "access-control-request-method": method,
                "access-control-request-headers": "authorization,content-type",
                "access-control-request-private-network": "true",
            }
            response = await qa.http.options(path, headers=headers)
            assert response.status_code in {404, 405}
            assert allows_nobody(response)


async def test_an_answer_is_for_no_other_site_to_read(qa: Client):
    for origin in ("https://elsewhere.example", "http://tests", "null"):
        for response in (
            await post(qa, {"query": NAME}, origin=origin),
            await post(qa, {"query": "{"}, origin=origin),
            await qa.http.get("/graphql", headers={"origin": origin, "accept": "text/html"}),
        ):
            assert allows_nobody(response)
