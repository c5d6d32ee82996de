"""GraphQL over HTTP: what may be sent, and how it is answered (E1)."""

from typing import Any

import pytest

from auth.viewer import Callers
from models import Role
from server.answer import Code
from tests.asking import (
    AGENTS,
    JSON,
    NAME,
    RESPONSE,
    application,
    get,
    is_refused,
    only_error,
    plain,
    post,
)
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, World, proof

BOTH = "query A { viewer { name } } query B { viewer { email } }"


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))


# --- Media types ---


ACCEPTED = [
    (None, JSON), ("*/*", JSON), (JSON, JSON), (RESPONSE, RESPONSE), (f"{JSON};q=0, */*", RESPONSE),
]  # fmt: skip


async def test_the_answer_has_the_media_type_that_the_client_prefers(qa: Client):
    for accept, answered in ACCEPTED:
        response = await post(qa, {"query": NAME}, accept=accept)
        assert response.status_code == 200, accept
        assert response.headers["content-type"] == f"{answered}; charset=utf-8", accept
        assert plain(response) == {"data": {"viewer": {"name": "Quinn"}}}


async def test_another_accept_is_406_in_json(qa: Client):
    for accept in ("text/html", "image/png", f"{JSON};q=0", "*/*;q=0", "a;b;c=;q=x", "\xff"):
        response = await post(qa, {"query": NAME}, accept=accept)
        assert is_refused(response, 406, Code.BAD_USER_INPUT), accept


async def test_a_body_of_json_is_read(qa: Client):
    for type_ in (JSON, "Application/JSON", f"{JSON}; charset=utf-8", f"{JSON};x"):
        assert (await post(qa, {"query": NAME}, content_type=type_)).status_code == 200


async def test_a_body_of_another_type_is_415(qa: Client):
    forms = ("multipart/form-data", "application/x-www-form-urlencoded", "text/plain")
    for type_ in (None, "", "application/jsonx", "application/graphql", "\xff", *forms):
        response = await post(qa, {"query": NAME}, content_type=type_)
        assert is_refused(response, 415, Code.BAD_USER_INPUT), type_


async def test_another_method_is_405_and_says_which_are_allowed(qa: Client):
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "FOO"):
        response = await qa.http.request(method, "/graphql", headers={"accept": RESPONSE})
        assert is_refused(response, 405, Code.BAD_USER_INPUT)
        assert response.headers["allow"] == "GET, POST"


# --- Queries by GET ---


async def test_a_query_may_be_asked_by_get(qa: Client):
    response = await get(qa, query=AGENTS, variables='{"first": 1}', extensions="{}")
    assert response.status_code == 200
    assert plain(response) == {"data": {"agents": {"totalCount": 0}}}
    second = await get(qa, query=BOTH, operationName="B")
    assert list(second.json()["data"]["viewer"]) == ["email"]


NO_GETS = [
    {}, {"query": ""}, {"query": NAME, "variables": "{"}, {"query": NAME, "variables": "[]"},
    {"query": NAME, "variables": "5"}, {"query": NAME, "extensions": "x"},
]  # fmt: skip


@pytest.mark.parametrize("accept", [RESPONSE, JSON, "*/*"])
async def test_a_get_without_an_operation_is_400(qa: Client, accept: str):
    for parameters in NO_GETS:
        response = await get(qa, accept, **parameters)
        assert is_refused(response, 400, Code.BAD_USER_INPUT), parameters


@pytest.mark.parametrize("accept", [RESPONSE, JSON])
async def test_a_mutation_by_get_is_405(qa: Client, accept: str):
    document = "query A { viewer { name } } mutation B { __typename }"
    for parameters in ({"query": "mutation { __typename }"},
                       {"query": document, "operationName": "B"}):  # fmt: skip
        response = await get(qa, accept, **parameters)
        assert is_refused(response, 405, Code.BAD_USER_INPUT)
        assert response.headers["allow"] == "GET, POST"
    assert (await get(qa, accept, query=document, operationName="A")).status_code == 200


# --- Bodies ---


def nested(depth: int) -> bytes:
    inner = b'{"a":' * depth + b"1" + b"}" * depth
    return b'{"query": "{ viewer { name } }", "variables": ' + inner + b"}"


NO_REQUESTS = [
    b"", b" ", b"null", b"5", b'"x"', b"[1]", b"[]", b"true", b"{}", b"{", b'{"query": }',
    b"\xff\xfe", b'{"query": "\xff"}', b'{"query": "\\ud800"}', b"[" * 100_000, nested(5_000),
    b'{"query": "{ viewer { name } }", "variables": {"a": 1e400}}',
    b'{"query": "{ viewer { name } }", "variables": {"a": ' + b"9" * 5_000 + b"}}",
    b'{"query": "{ viewer { name } }", "variables": {"a": NaN}}',
    b'[{"query": "{ viewer { name } }"}]',
]  # fmt: skip


@pytest.mark.parametrize("accept", [RESPONSE, JSON])
async def test_a_body_that_is_no_request_is_400(qa: Client, accept: str):
    for body in NO_REQUESTS:
        response = await post(qa, body, accept=accept)
        assert is_refused(response, 400, Code.BAD_USER_INPUT), body[:60]


WRONG: list[dict[str, Any]] = [
    {"query": None}, {"query": 5}, {"query": ""}, {"query": ["x"]}, {"query": {}},
    {"variables": []}, {"variables": "{}"}, {"variables": 0}, {"variables": False},
    {"operationName": 5}, {"operationName": ["A"]}, {"operationName": {}},
    {"extensions": []}, {"extensions": "x"}, {"extensions": 1},
]  # fmt: skip


@pytest.mark.parametrize("accept", [RESPONSE, JSON])
async def test_a_member_of_another_type_is_400_and_named(qa: Client, accept: str):
    for wrong in WRONG:
        response = await post(qa, {"query": NAME, **wrong}, accept=accept)
        assert is_refused(response, 400, Code.BAD_USER_INPUT), wrong
        assert f"`{next(iter(wrong))}`" in response.json()["errors"][0]["message"]


async def test_members_may_be_null_and_others_are_ignored(qa: Client):
    rest = {"variables": None, "operationName": None, "extensions": None, "id": 7}
    assert (await post(qa, {"query": NAME, **rest})).status_code == 200


async def test_variables_that_the_operation_lacks_are_ignored(qa: Client):
    assert plain(await post(qa, nested(30))) == {"data": {"viewer": {"name": "Quinn"}}}


# --- Documents that are not executed ---

PARSE, INVALID = Code.GRAPHQL_PARSE_FAILED, Code.GRAPHQL_VALIDATION_FAILED
UNEXECUTED = [
    (" ", PARSE), ("#", PARSE), ("{", PARSE), ("{ viewer { name }", PARSE), ("\0", PARSE),
    ("{ a" * 3_000 + "}" * 3_000, PARSE),
    ("{ agents(search: " + "[" * 3_000 + "]" * 3_000 + ") { totalCount } }", PARSE),
    ('{ node(id: "\\ud800") { id } }', PARSE),
    ("{ nothing }", INVALID), ("{ viewer }", INVALID), ("{ viewer { name { a } } }", INVALID),
    ("subscription { a }", INVALID), ("{ viewer @nothing { name } }", INVALID),
    ("{ viewer @skip(if: $x) { name } }", INVALID), ("{ ...F }", INVALID),
    ("{ ...F } fragment F on Query { ...F }", INVALID),
    ("{ viewer { name } } type A { b: Int }", INVALID),
    ('{ agents(first: "1") { totalCount } }', INVALID),
    ("{ agents(first: 1e400) { totalCount } }", INVALID),
    ("{ agents(first: 99999999999) { totalCount } }", INVALID),
    ("{ agents(first: " + "9" * 5_000 + ") { totalCount } }", INVALID),
    ("{...F0}" + "".join(f" fragment F{n} on Query {{...F{n + 1}}}" for n in range(600))
     + " fragment F600 on Query { viewer { name } }", PARSE),
    ("fragment F on Query { viewer { name } }", Code.BAD_USER_INPUT),
    ("type A { b: Int }", Code.BAD_USER_INPUT),
    (BOTH, Code.BAD_USER_INPUT),
]  # fmt: skip


async def test_a_document_that_can_not_be_executed_is_400_or_200_by_media_type_without_data(
    qa: Client,
):
    for document, code in UNEXECUTED:
        assert is_refused(await post(qa, {"query": document}), 400, code), document[:60]
        assert is_refused(await post(qa, {"query": document}, accept=JSON), 200, code)


async def test_an_unknown_operation_name_is_a_request_error(qa: Client):
    for name in ("C", "a", "A\0", "x" * 10_000):
        for document in (BOTH, NAME, "query A { viewer { name } }"):
            body = {"query": document, "operationName": name}
            assert is_refused(await post(qa, body), 400, Code.BAD_USER_INPUT)
            assert is_refused(await post(qa, body, accept=JSON), 200, Code.BAD_USER_INPUT)


async def test_the_operation_of_the_name_is_executed_and_an_empty_name_is_none(qa: Client):
    second = await post(qa, {"query": BOTH, "operationName": "B"})
    assert list(second.json()["data"]["viewer"]) == ["email"]
    only = await post(qa, {"query": NAME, "operationName": ""})
    assert plain(only) == {"data": {"viewer": {"name": "Quinn"}}}


FILTERED = "query($x: AssignmentFilter) { assignments(first: 1, filter: $x) { totalCount } }"
UNFIT: list[tuple[str, dict[str, Any]]] = [
    ("query($x: Int!) { agents(first: $x) { totalCount } }", {}),
    (AGENTS, {"first": "x"}), (AGENTS, {"first": 1.5}), (AGENTS, {"first": 2**40}),
    (AGENTS, {"first": [1]}), (AGENTS, {"first": True}), (AGENTS, {"after": 5}),
    (FILTERED, {"x": {"nothing": 1}}), (FILTERED, {"x": {"statuses": ["SOME"]}}),
    (FILTERED, {"x": 5}), (FILTERED, {"x": {"areaIds": [None]}}),
    ("query($x: Boolean = true) { viewer @skip(if: $x) { name } }", {"x": None}),
    ("query($x: [ID!]!) { nodes(ids: $x) { id } }", {"x": [None]}),
]  # fmt: skip


async def test_variables_that_do_not_fit_are_a_request_error(qa: Client):
    for document, variables in UNFIT:
        body = {"query": document, "variables": variables}
        assert is_refused(await post(qa, body), 400, Code.BAD_USER_INPUT), body
        assert is_refused(await post(qa, body, accept=JSON), 200, Code.BAD_USER_INPUT)


# --- Operations that are executed, with errors ---


SENSELESS: list[tuple[str, dict[str, Any], Code]] = [
    (AGENTS, {}, Code.BAD_USER_INPUT),
    (AGENTS, {"first": 0}, Code.BAD_USER_INPUT),
    (AGENTS, {"first": 101}, Code.BAD_USER_INPUT),
    (AGENTS, {"first": -(2**31)}, Code.BAD_USER_INPUT),
    (AGENTS, {"first": 1, "after": "x"}, Code.BAD_CURSOR),
    (AGENTS, {"first": 1, "after": ""}, Code.BAD_CURSOR),
    (AGENTS, {"first": 1, "after": "é\0"}, Code.BAD_CURSOR),
    ('query($x: ID = "a") { node(id: $x) { id } }', {"x": None}, Code.BAD_USER_INPUT),
    ('query($x: ID = "a") { nodes(ids: [$x]) { id } }', {"x": None}, Code.BAD_USER_INPUT),
]


@pytest.mark.parametrize("accept", [RESPONSE, JSON])
async def test_what_makes_no_sense_only_when_executed_is_200_with_a_code_and_a_path(
    qa: Client, accept: str
):
    for document, variables, code in SENSELESS:
        body = {"query": document, "variables": variables}
        error = only_error(await post(qa, body, accept=accept))
        assert error["extensions"] == {"code": code}, body
        assert error["path"], body


async def test_a_missing_first_is_told_in_words(qa: Client):
    error = only_error(await post(qa, {"query": "{ agents { totalCount } }"}))
    assert error["message"] == "Give either first or last."


async def test_the_second_lock_answers_forbidden(world: World, monkeypatch: pytest.MonkeyPatch):
    """The view hides `agents` from an agent; were it not to, the field itself refuses."""
    ann = await world.agent("Ann")
    client = world.client(await world.user(Role.AGENT, *AGENT, agent=ann))
    document = {"query": "{ agents(first: 1) { totalCount } }"}
    assert is_refused(await post(client, document), 400, INVALID)

    seen = await Callers(world.database, 0).find(proof((await world.user(Role.QA, *EVERYWHERE)).id))
    route, _ = [each for each in application(world).routes if each.path == "/graphql"]
    views = route.endpoint.views
    monkeypatch.setattr(views, "of", lambda _caller, of=views.of: of(seen))
    error = only_error(await post(client, document))
    assert error["extensions"] == {"code": "FORBIDDEN"}
    assert error["path"] == ["agents"]


async def test_what_a_client_sent_wrong_is_not_logged_as_a_fault(
    qa: Client, caplog: pytest.LogCaptureFixture
):
    for document, _ in UNEXECUTED:
        await post(qa, {"query": document})
    await post(qa, {"query": AGENTS, "variables": {"first": "x"}})
    assert [each for each in caplog.records if each.levelname in {"WARNING", "ERROR"}] == []
