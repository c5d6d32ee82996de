"""Raw requests to the endpoint, for tests of what stands around an operation."""

import json
from typing import Any

import httpx2

from server.answer import Code
from tests import inside
from tests.client import Client
from tests.world import World

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
NAME = "{ viewer { name } }"
AGENTS = (
    "query($first: Int, $after: String) { agents(first: $first, after: $after) { totalCount } }"
)


def application(world: World) -> Any:
    """The application as a server would call it."""
    return world.http._transport.app  # type: ignore[attr-defined]  # noqa: SLF001


async def post(
    client: Client, body: Any, *, accept: str | None = RESPONSE, **headers: str | None
) -> httpx2.Response:
    """Post a body, as it is where it is bytes, with these headers; None takes one away."""
    given = {
        "authorization": f"Bearer {client.bearer}",
        "content-type": JSON,
        "accept": accept,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {k.encode(): v.encode("latin-1") for k, v in given.items() if v is not None}
    request = httpx2.Request("POST", "http://tests/graphql", content=content, headers=sent)
    return await client.http.send(request)


async def get(client: Client, accept: str = RESPONSE, **parameters: str) -> httpx2.Response:
    headers = {"authorization": f"Bearer {client.bearer}", "accept": accept}
    return await client.http.get("/graphql", params=parameters, headers=headers)


def plain(response: httpx2.Response) -> Any:
    """The body of an answer without what it says of its cost."""
    body = response.json()
    body.pop("extensions", None)
    return body


def is_refused(response: httpx2.Response, status: int, code: Code) -> bool:
    """Whether this is errors only, in JSON, with a sentence for each that tells nothing inside."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"].endswith("json; charset=utf-8")
    body = plain(response)
    assert body.keys() == {"errors"}
    for error in body["errors"]:
        assert error["message"]
        assert inside.tells(error["message"]) == []
    return {error["extensions"]["code"] for error in body["errors"]} == {code}


def only_error(response: httpx2.Response) -> Any:
    """The error of an operation that was executed, with one error."""
    assert response.status_code == 200, response.text
    body = plain(response)
    assert body.keys() == {"data", "errors"}
    (error,) = body["errors"]
    assert inside.tells(error["message"]) == []
    return error
