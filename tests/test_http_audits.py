"""GraphQL over HTTP, rule by rule: what the 61 audits of the package graphql-http look at.

Each row bears the audit's name and says in words what is held here; that is often more than the
audit asks, since the specification leaves servers a choice that this one has made. `make audit`
runs the audits themselves.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from models import Role
from server.answer import Code
from tests.asking import JSON, RESPONSE, get, plain, post
from tests.client import Client
from tests.world import EVERYWHERE, World

NAME = "Zoë 🦊"
QUERY = "query Q { viewer { name } }"
COERCED = "query Q($first: Int!) { agents(first: $first) { totalCount } }"
FOUND = f'{{ agents(first: 1, search: "{NAME}") {{ totalCount }} }}'
MUTATION = "mutation M { __typename }"
MEDIA = (RESPONSE, JSON)
NO_OBJECTS = ("a string", 0, False, ["a list"])
NO_STRINGS = ({"an": "object"}, 0, False, ["a list"])


@dataclass(frozen=True, slots=True)
class Row:
    """A request, and the status that answers it; whatever is not 200 with data is a refusal."""

    says: str
    status: int = 200
    body: Any = None
    url: dict[str, str] | None = None
    accept: str | None = RESPONSE
    content_type: str | None = JSON
    code: Code | None = None

    async def send(self, client: Client) -> httpx2.Response:
        if self.url is not None:
            return await get(client, self.accept or "", **self.url)
        body = {"query": QUERY} if self.body is None else self.body
        return await post(client, body, accept=self.accept, content_type=self.content_type)


REQUESTS = {
    "22EB": Row("GraphQL's own media type is answered in itself"),
    "4655": Row("JSON is answered in JSON", accept=JSON),
    "47DE": Row("who takes anything gets JSON", accept="*/*"),
    "80D8": Row("who says nothing of types gets JSON", accept=None),
    "82A3": Row("answers are in UTF-8", accept=None),
    "BF61": Row(
        "a body may say that it is in UTF-8, and is read so",
        body=json.dumps({"query": FOUND}, ensure_ascii=False).encode(),
        content_type=f"{JSON}; charset=utf-8",
    ),
    "78D5": Row("a body that says nothing of its encoding is in UTF-8"),
    "2C94": Row("operations are asked by POST", accept=None),
    "5A70": Row("queries are asked by GET, too", url={"query": QUERY}),
    "9C48": Row("a mutation by GET is not executed", 405, url={"query": MUTATION}),
    "9ABE": Row("a body that does not say what it is, is refused", 415, content_type=None),
    "03D4": Row("a body is JSON", accept=None),
}  # fmt: skip

MEMBERS = {
    "A5BF": Row("a request without a body is refused", 400, body=b""),
    "423L": Row("a request without a query is refused", 400, body={"not": "a query"}),
    "34A2": Row("the query is a string"),
    "13EE": Row("the query is a string", accept=JSON),
    "8161": Row("an operation may be named", body={"query": QUERY, "operationName": "Q"}),
    "B8B3": Row(
        "an operation may be named", body={"query": QUERY, "operationName": "Q"}, accept=JSON
    ),
    "2EA1": Row("variables are an object", body={"query": QUERY, "variables": {"a": 1}}),
    "28B9": Row(
        "variables are an object", body={"query": QUERY, "variables": {"a": 1}}, accept=JSON
    ),
    "D6D5": Row(
        "by GET, variables are JSON", url={"query": COERCED, "variables": '{"first": 1}'}
    ),
    "6A70": Row(
        "by GET, variables are JSON",
        url={"query": COERCED, "variables": '{"first": 1}'},
        accept=JSON,
    ),
    "428F": Row("extensions are an object", body={"query": QUERY, "extensions": {"a": 1}}),
    "1B7A": Row(
        "extensions are an object", body={"query": QUERY, "extensions": {"a": 1}}, accept=JSON
    ),
}  # fmt: skip


def of_other_types() -> Iterator[tuple[str, Row]]:
    for prefix, member, values in (
        ("LKJ", "query", NO_STRINGS),
        ("6C0", "operationName", NO_STRINGS),
        ("476", "variables", NO_OBJECTS),
        ("58B", "extensions", NO_OBJECTS),
    ):
        for number, value in enumerate(values):
            body = {"query": QUERY, member: value}
            yield f"{prefix}{number}", Row(f"{member} is not {value!r}", 400, body=body)


def of_null() -> Iterator[tuple[str, Row]]:
    for prefix, accept in zip(("94B", "022"), MEDIA, strict=True):
        for number, member in enumerate(("variables", "operationName", "extensions")):
            body = {"query": QUERY, member: None}
            yield f"{prefix}{number}", Row(f"{member} may be null", body=body, accept=accept)


BROKEN = b'{"query'
SYNTAX = {"query": "{"}
INVALID = {"query": "{ nothing }"}
UNCOERCED = {"query": COERCED, "variables": {"first": "a string"}}
UNFIT = {"query": 1, "variables": "a string"}
PARSE, VALIDATION = Code.GRAPHQL_PARSE_FAILED, Code.GRAPHQL_VALIDATION_FAILED

REFUSALS = {
    # The request itself: 400 whatever the client takes.
    "B6DC": Row("what is not JSON is refused, and never by a fault", 400, body=BROKEN, accept=JSON),
    "BCF8": Row("what is not JSON is 400", 400, body=BROKEN, accept=JSON),
    "B7N8": Row("what is not JSON is 400", 400, body=BROKEN),
    "8764": Row("members of another type are refused", 400, body=UNFIT, accept=JSON),
    "3E3A": Row("members of another type are 400", 400, body=UNFIT),
    # The document: 200 for those who know JSON only, and would not look into another status.
    "572B": Row("in JSON, no GraphQL is 200", body=SYNTAX, accept=JSON, code=PARSE),
    "FDE2": Row("in JSON, an invalid document is 200", body=INVALID, accept=JSON, code=VALIDATION),
    "7B9B": Row("in JSON, variables that do not fit are 200", body=UNCOERCED, accept=JSON,
                code=Code.BAD_USER_INPUT),
    "865D": Row("no GraphQL is a 4xx", 400, body=SYNTAX, code=PARSE),
    "556A": Row("no GraphQL is 400", 400, body=SYNTAX, code=PARSE),
    "D586": Row("no GraphQL has no data", 400, body=SYNTAX, code=PARSE),
    "51FE": Row("an invalid document is a 4xx", 400, body=INVALID, code=VALIDATION),
    "74FF": Row("an invalid document is 400", 400, body=INVALID, code=VALIDATION),
    "5E5B": Row("an invalid document has no data", 400, body=INVALID, code=VALIDATION),
    "86EE": Row("variables that do not fit are 400", 400, body=UNCOERCED),
}  # fmt: skip

ROWS = {**REQUESTS, **MEMBERS, **dict(of_other_types()), **dict(of_null()), **REFUSALS}


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name=NAME))


def test_there_is_a_row_for_each_of_the_61_audits():
    assert len(ROWS) == 61


# On one database: HTTP is the same on both, and others ask both in JSON.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{i} {row.says}") for i, row in ROWS.items()]
)
async def test_an_audited_rule_is_kept(qa: Client, row: Row):
    response = await row.send(qa)
    media = RESPONSE if row.accept == RESPONSE else JSON
    assert response.status_code == row.status, response.text
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    body = plain(response)
    if row.status == 200 and row.code is None:
        assert body.keys() == {"data"}
        assert "viewer" not in body["data"] or NAME.encode() in response.content
    else:
        assert body.keys() == {"errors"}
        codes = {error["extensions"]["code"] for error in body["errors"]}
        assert codes == {row.code or Code.BAD_USER_INPUT}
