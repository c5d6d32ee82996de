"""Whatever stands in a body or a URL: it is read as JSON says, or refused in JSON."""

import json
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Role
from server.answer import Code
from tests.asking import AGENTS, JSON, NAME, RESPONSE, get, is_refused, only_error, plain, post
from tests.client import Client
from tests.world import EVERYWHERE, World

TWO = "query A { viewer { name } } query B { viewer { email } }"
MUTATION = "mutation { __typename }"


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))


def body(member: str, text: bytes) -> bytes:
    """A request with this text as a member's value."""
    return b'{"query": "{ viewer { name } }", "%b": {"a": %b}}' % (member.encode(), text)


async def by_url(client: Client, query: str) -> httpx2.Response:
    """A GET with a query string as it is."""
    headers = {"authorization": f"Bearer {client.bearer}", "accept": RESPONSE}
    return await client.http.get(f"/graphql?{query}", headers=headers)


# --- Values ---


NO_VALUES = [
    b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e400", b"9" * 5_000, b"-" + b"9" * 5_000,
    b"01", b"1.", b".5", b"+1", b"0x1", b"1_000", b"--1", b"1e", b"None", b"True", b"undefined",
    b"'x'", b"x", b"1,", b"[1,]", b'{"a":1,}', b"{a:1}", b"// 1\n1", b"/* */ 1", b"1 2",
    b'"\\x41"', b'"\\u12"', b'"\\ud800"', b'"\\udc00\\ud800"', b'{"\\ud800": 1}', b'"a\nb"',
    b'"\0"',
]  # fmt: skip
NO_UTF_8 = [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xe2\x82"]


async def test_a_value_that_json_does_not_have_is_400_wherever_it_stands(qa: Client):
    for text in NO_VALUES:
        for member in ("variables", "extensions", "other"):
            response = await post(qa, body(member, text))
            assert is_refused(response, 400, Code.BAD_USER_INPUT), (member, text[:20])
        in_url = quote(b'{"a": %b}' % text)
        response = await by_url(qa, f"query={quote(NAME)}&variables={in_url}")
        assert is_refused(response, 400, Code.BAD_USER_INPUT), text[:20]


async def test_a_body_that_is_no_utf_8_is_400_wherever_that_stands(qa: Client):
    for text in NO_UTF_8:
        for sent in (
            body("variables", b'"%b"' % text),
            b'{"query": "{ viewer { name } } # %b"}' % text,
            b'{"query": "{ viewer { name } }", "%b": 1}' % text,
        ):
            assert is_refused(await post(qa, sent), 400, Code.BAD_USER_INPUT), sent


VALUES = [
    b"0", b"-0", b"1e-400", b"1E+2", b"18446744073709551615", b"-9223372036854775808", b"9" * 30,
    b'"\\u0000"', b'"\\ud83e\\udd8a"', b'"\\/"', "🦊".encode().join([b'"', b'"']), b" [ ] ", b"{}",
    b'{"": 1, "a": 2, "a": 3}', b'{"__proto__": 1}',
]  # fmt: skip


async def test_a_value_that_json_has_is_read(qa: Client):
    for text in VALUES:
        response = await post(qa, body("variables", text))
        assert (response.status_code, response.json()["data"]["viewer"]["name"]) == (200, "Quinn")


async def test_a_number_that_graphql_has_no_room_for_is_refused_with_its_variable(qa: Client):
    for number in (2**31, -(2**31) - 1, 2**63, 2**64, 1e300, 1.5, -0.1):
        response = await post(qa, {"query": AGENTS, "variables": {"first": number}})
        assert is_refused(response, 400, Code.BAD_USER_INPUT), number
        assert "$first" in response.json()["errors"][0]["message"]
    for number in (2**31 - 1, -(2**31), 1e2 + 1):
        error = only_error(await post(qa, {"query": AGENTS, "variables": {"first": number}}))
        assert error["message"] == "first must be from 1 to 100."


async def test_a_whole_number_written_with_a_fraction_is_one(qa: Client):
    response = await post(qa, b'{"query": "%b", "variables": {"first": 1.0}}' % AGENTS.encode())
    assert plain(response) == {"data": {"agents": {"totalCount": 0}}}


# --- Bodies ---


async def test_what_stands_around_the_object_is_nothing_but_space(qa: Client):
    request = json.dumps({"query": NAME}).encode()
    assert (await post(qa, b" \t\r\n" + request + b"\n ")).status_code == 200
    for before, after in (
        (b"\xef\xbb\xbf", b""), (b"\0", b""), (b"\x0b", b""), (b"\xc2\xa0", b""), (b")]}',\n", b""),
        (b"", b"\0"), (b"", b"\xef\xbb\xbf"), (b"", b","), (b"", b";"), (b"", request),
        (b"", b"[]"), (b"[", b"]"), (b"(", b")"), (b"x=", b""),
    ):  # fmt: skip
        response = await post(qa, before + request + after)
        assert is_refused(response, 400, Code.BAD_USER_INPUT), (before, after)


async def test_several_requests_in_a_list_are_none(qa: Client):
    batches: list[Any] = [
        [], [{"query": NAME}], [{"query": NAME}, {"query": MUTATION}], [{"query": NAME}] * 1_000,
        {"0": {"query": NAME}}, [[]],
    ]  # fmt: skip
    for batch in batches:
        for accept in (RESPONSE, JSON):
            response = await post(qa, batch, accept=accept)
            assert is_refused(response, 400, Code.BAD_USER_INPUT)


async def test_a_file_upload_is_no_request(qa: Client):
    given = {"operations": json.dumps({"query": NAME}), "map": "{}"}
    request = httpx2.Request("POST", "http://tests/graphql", data=given, files={"0": b"\xff"})
    form = request.read()
    response = await post(qa, form, content_type=request.headers["content-type"])
    assert is_refused(response, 415, Code.BAD_USER_INPUT)
    assert is_refused(await post(qa, form), 400, Code.BAD_USER_INPUT)


async def test_a_form_that_calls_itself_json_is_400(qa: Client):
    for form in (b"query=%7Bviewer%7Bname%7D%7D", b"query={viewer{name}}", b"{viewer{name}}"):
        assert is_refused(await post(qa, form), 400, Code.BAD_USER_INPUT)


# --- Which operation ---


NAMED: list[tuple[str, dict[str, Any], list[str] | None]] = [
    ("query A { viewer { name } }", {}, ["name"]),
    ("query A { viewer { name } }", {"operationName": None}, ["name"]),
    ("query A { viewer { name } }", {"operationName": ""}, ["name"]),
    ("query A { viewer { name } }", {"operationName": "A"}, ["name"]),
    ("query A { viewer { name } }", {"operationName": "a"}, None),
    ("query A { viewer { name } }", {"operationName": " A"}, None),
    ("{ viewer { name } }", {"operationName": "A"}, None),
    (TWO, {"operationName": "A"}, ["name"]),
    (TWO, {"operationName": "B"}, ["email"]),
    (TWO, {"operationName": "C"}, None),
    (TWO, {"operationName": None}, None),
    (TWO, {"operationName": ""}, None),
    (TWO, {}, None),
    (TWO, {"operationname": "A"}, None),
]


async def test_the_operation_is_the_only_one_or_the_one_that_is_named(qa: Client):
    for document, rest, fields in NAMED:
        posted = await post(qa, {"query": document, **rest})
        named = {name: value for name, value in rest.items() if value is not None}
        for response in (posted, await get(qa, query=document, **named)):
            if fields is None:
                assert is_refused(response, 400, Code.BAD_USER_INPUT), (document, rest)
            else:
                assert list(response.json()["data"]["viewer"]) == fields


# --- URLs ---


async def test_of_a_parameter_given_twice_the_last_counts(qa: Client):
    first, last = quote("{ viewer { email } }"), quote(NAME)
    response = await by_url(qa, f"query={first}&query={last}")
    assert plain(response) == {"data": {"viewer": {"name": "Quinn"}}}
    response = await by_url(qa, f"query={last}&query={quote(MUTATION)}")
    assert is_refused(response, 405, Code.BAD_USER_INPUT)


async def test_a_url_counts_for_get_and_a_body_for_post_only(qa: Client):
    response = await qa.http.post(
        "/graphql",
        params={"query": "{ viewer { email } }", "operationName": "X"},
        json={"query": NAME},
        headers={"authorization": f"Bearer {qa.bearer}"},
    )
    assert plain(response) == {"data": {"viewer": {"name": "Quinn"}}}
    request = qa.http.build_request(
        "GET", "/graphql", json={"query": NAME}, headers={"authorization": f"Bearer {qa.bearer}"}
    )
    assert is_refused(await qa.http.send(request), 400, Code.BAD_USER_INPUT)


async def test_parameters_may_be_escaped_as_forms_are(qa: Client):
    for query in (
        "%7B+viewer+%7B+name+%7D+%7D",
        "{viewer{name}}",
        "%7bviewer%7bname%7d%7d",
        "{viewer{name}}&variables=null&extensions=null",
        "{viewer{name}}&x&=&&y=%",
    ):
        response = await by_url(qa, f"query={query}")
        assert plain(response) == {"data": {"viewer": {"name": "Quinn"}}}, query


async def test_members_of_another_type_in_a_url_are_400(qa: Client):
    for name in ("variables", "extensions"):
        for text in ("", "[]", "0", "true", '"x"', "{", "x", "\ufeff{}", "{}{}"):
            response = await get(qa, query=NAME, **{name: text})
            assert is_refused(response, 400, Code.BAD_USER_INPUT), (name, text)


# --- What goes through to fields ---


async def test_a_deep_literal_is_refused_by_the_parser_and_never_by_a_fault(qa: Client):
    for depth in (100, 1_000):
        for opened, closed in (("[", "]"), ("{a:", "}")):
            literal = opened * depth + "1" + closed * depth
            response = await post(qa, {"query": f"{{ node(id: {literal}) {{ id }} }}"})
            assert response.status_code == 400
            assert response.json()["errors"][0]["extensions"]["code"].startswith("GRAPHQL_")


async def test_an_odd_cursor_is_a_bad_one(qa: Client):
    for after in ("", " ", "=", "AAAA", "\0", "🦊", "x" * 10_000, "bnVsbA==", "W10=", "e30="):
        error = only_error(
            await post(qa, {"query": AGENTS, "variables": {"first": 1, "after": after}})
        )
        assert error["extensions"] == {"code": Code.BAD_CURSOR}


LEADERS = "agentLeaderboard(first: 1, filter: {from: %s}) { totalCount }"


async def test_a_date_that_there_is_not_is_refused_without_words_of_the_parser(qa: Client):
    for day in ("yesterday", "2026-02-30", "2026-13-01", "", 'a". b', "x" * 300, "0000-00-00", 5):
        literal = {"query": f"{{ {LEADERS % json.dumps(day)} }}"}
        variable = {"query": f"query($x: Date) {{ {LEADERS % '$x'} }}", "variables": {"x": day}}
        for request, code in (
            (literal, Code.GRAPHQL_VALIDATION_FAILED),
            (variable, Code.BAD_USER_INPUT),
        ):
            response = await post(qa, request)
            assert is_refused(response, 400, code), day
            (error,) = response.json()["errors"]
            assert error["message"].endswith(" Expected a string of ISO 8601."), day


# --- Headers ---


VALUES_OF_HEADERS = st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"])) | st.lists(
    st.sampled_from([JSON, RESPONSE, "*/*", ",", ";", "=", "q", "0", "1", ".", " ", '"', "charset"])
).map("".join)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=VALUES_OF_HEADERS)
async def test_no_header_is_a_fault(qa: Client, value: str):
    for name in (
        "accept",
        "content_type",
        "content_encoding",
        "content_length",
        "authorization",
        "x_request_id",
        "origin",
        "cookie",
        "host",
        "transfer_encoding",
    ):
        response = await post(qa, {"query": NAME}, **{name: value})
        assert response.status_code in {200, 401, 406, 413, 415}, (name, value)
        assert plain(response).keys() <= {"data", "errors"}
