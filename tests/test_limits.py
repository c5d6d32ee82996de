"""Requests that are too large, or not as they should be, are refused in JSON, never by a 5xx."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Role
from server.answer import Code
from tests import inside
from tests.asking import AGENTS, JSON, NAME, get, is_refused, post
from tests.client import Client
from tests.world import EVERYWHERE, World

BODY, URL, VALUES, DEPTH = 262_144, 16_384, 10_000, 32


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))


def padded(length: int) -> bytes:
    body = json.dumps({"query": NAME, "padding": ""}).encode()
    return body.replace(b'""', b'"' + b"x" * (length - len(body)) + b'"')


async def test_a_body_may_be_so_long_and_not_a_byte_longer(qa: Client):
    assert (await post(qa, padded(BODY))).status_code == 200
    assert is_refused(await post(qa, padded(BODY + 1)), 413, Code.BAD_USER_INPUT)


async def test_a_body_is_counted_where_nothing_says_how_long_it_is(qa: Client):
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 10_000
            yield b" " * 10_000

    headers = {"authorization": f"Bearer {qa.bearer}", "content-type": JSON}
    response = await qa.http.post("/graphql", content=endless(), headers=headers)
    assert is_refused(response, 413, Code.BAD_USER_INPUT)
    assert sent <= BODY + 20_000


async def test_a_body_that_says_it_is_too_long_is_not_read(qa: Client):
    for told in (str(BODY + 1), "9" * 5_000):
        response = await post(qa, b"{}", content_length=told)
        assert is_refused(response, 413, Code.BAD_USER_INPUT)


async def test_a_url_that_is_too_long_is_414(qa: Client):
    assert (await get(qa, query=NAME, extensions="{}" + " " * 100)).status_code == 200
    assert is_refused(await get(qa, query=NAME, x="x" * URL), 414, Code.BAD_USER_INPUT)


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


async def test_variables_are_limited_in_levels_and_values(qa: Client):
    for fine in ({"a": nested(DEPTH - 2)}, {"a": [0] * (VALUES - 1)}):
        assert (await post(qa, {"query": NAME, "variables": fine})).status_code == 200
    for wrong in (
        {"a": nested(DEPTH)},
        {"a": [0] * VALUES},
        {str(n): 0 for n in range(VALUES + 1)},
    ):
        response = await post(qa, {"query": NAME, "variables": wrong})
        assert is_refused(response, 400, Code.BAD_USER_INPUT)


async def test_a_document_beyond_a_limit_is_refused_with_a_code(qa: Client):
    deep = "{ " + "a { " * 15 + "a" + " }" * 16
    assert is_refused(await post(qa, {"query": deep}), 400, Code.COST_LIMIT_EXCEEDED)
    long = "{ viewer { " + "name " * 2_000 + "} }"
    assert is_refused(await post(qa, {"query": long}), 400, Code.GRAPHQL_PARSE_FAILED)


async def test_a_compressed_body_or_one_of_another_charset_is_415(qa: Client):
    body = json.dumps({"query": NAME}).encode()
    for coding in ("gzip", "br", "deflate", "identity, gzip", "x"):
        response = await post(qa, body, content_encoding=coding)
        assert is_refused(response, 415, Code.BAD_USER_INPUT), coding
    for charset in ("utf-16", "latin-1", "", "utf-8; charset=utf-16"):
        response = await post(qa, body, content_type=f"{JSON}; charset={charset}")
        assert is_refused(response, 415, Code.BAD_USER_INPUT), charset
    for type_ in (f'{JSON};charset="UTF-8"', f"{JSON}; charset=utf8"):
        response = await post(qa, body, content_type=type_, content_encoding="identity")
        assert response.status_code == 200


async def test_a_byte_order_mark_or_another_encoding_is_400(qa: Client):
    text = json.dumps({"query": NAME})
    for body in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"), text.encode("utf-32")):
        assert is_refused(await post(qa, body), 400, Code.BAD_USER_INPUT)


async def test_of_a_member_given_twice_the_last_counts(qa: Client):
    body = b'{"query": 5, "query": "{ viewer { name } }"}'
    assert (await post(qa, body)).status_code == 200


async def test_another_method_can_not_be_had_by_a_header(qa: Client):
    for name in ("x_http_method_override", "x_http_method", "x_method_override"):
        response = await post(qa, {"query": NAME}, **{name: "DELETE"})
        assert response.status_code == 200


async def test_huge_headers_are_answered_as_others_are(qa: Client):
    huge = "x" * 60_000
    assert (await post(qa, {"query": NAME}, x_anything=huge)).status_code == 200
    assert (await post(qa, {"query": NAME}, authorization=f"Bearer {huge}")).status_code == 401
    assert (await post(qa, {"query": NAME}, accept=huge)).status_code == 406
    assert (await post(qa, {"query": NAME}, content_type=huge)).status_code == 415


def faultless(response: httpx2.Response) -> bool:
    """Whether an answer is JSON that tells of no fault, and nothing of the inside."""
    errors = response.json().get("errors", ())
    assert [word for error in errors for word in inside.tells(error["message"])] == []
    codes = [error["extensions"]["code"] for error in errors]
    return response.status_code < 500 and Code.INTERNAL not in codes


ODD = ["\0", "a\0b", "\\ud800", "￿", "", " ", "x" * 9_000, "🦊" * 2_000, "-1", "9" * 5_000]
STRINGS = [
    "query($x: String) { agents(first: 1, search: $x) { totalCount nodes { id } } }",
    "query($x: ID!) { node(id: $x) { id } }",
    "query($x: ID!) { nodes(ids: [$x]) { id } }",
    "query($x: ID!) { assignment(id: $x) { id } }",
    "query($x: String!) { agents(first: 1, after: $x) { nodes { id } } }",
    "query($x: ID!) { assignments(first: 1, filter: {areaIds: [$x]}) { totalCount } }",
    "query($x: String) { coachingGroups(first: 1, search: $x) { totalCount } }",
    "query($x: String!) { groupNameAvailable(name: $x) }",
]


async def test_no_string_whatever_it_goes_to_is_a_fault(qa: Client):
    for document in STRINGS:
        for odd in ODD:
            response = await post(qa, {"query": document, "variables": {"x": odd}})
            assert faultless(response), (document, odd[:20])


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.fixed_dictionaries(
    {"query": st.sampled_from([NAME, AGENTS, *STRINGS]) | JSONS},
    optional={
        "variables": st.dictionaries(st.sampled_from(["x", "first", "after"]), JSONS) | JSONS,
        "operationName": JSONS,
        "extensions": JSONS,
    },
)
EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@EXAMPLES
@given(members=MEMBERS)
async def test_no_members_are_a_fault(qa: Client, members: dict[str, Any]):
    assert faultless(await post(qa, json.dumps(members).encode()))


@EXAMPLES
@given(body=st.binary(max_size=200))
async def test_no_bytes_are_a_fault(qa: Client, body: bytes):
    assert faultless(await post(qa, body))
