"""The application around the endpoint: faults, request ids, health, other paths."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from graphql import ExecutionResult, build_schema, execute_sync, parse

from models import Role
from models.database import Database
from models.errors import BadRequest
from resolvers import named
from server import answer, app
from server.answer import Code
from server.settings import Settings
from tests.asking import JSON, NAME, application, is_refused, only_error, post
from tests.client import Client
from tests.world import AUDIENCE, EVERYWHERE, ISSUER, World


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))


# --- Faults of ours ---


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(*_: Any, **__: Any) -> None:
        message = "secret of the inside"
        raise LookupError(message)

    monkeypatch.setattr(named, "rows", rows)


@pytest.mark.usefixtures("fault")
async def test_a_fault_is_masked_and_logged_with_the_request_id_that_the_client_sees(
    qa: Client, caplog: pytest.LogCaptureFixture
):
    body = {"query": "{ viewer { name } agents(first: 1) { totalCount } }"}
    response = await post(qa, body, x_request_id="from-the-client")
    error = only_error(response)
    assert error["message"] == "Something went wrong on our side."
    assert error["path"] == ["agents"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": "from-the-client"}
    assert response.headers["x-request-id"] == "from-the-client"
    assert not any(word in response.text for word in ("secret", "LookupError", "Traceback"))
    (record,) = [each for each in caplog.records if each.name == "coaching.operation"]
    assert record.levelno == logging.ERROR
    assert "from-the-client" in record.getMessage()
    assert record.exc_info
    assert "secret of the inside" in str(record.exc_info[1])


def test_a_result_that_does_not_fit_the_schema_is_a_fault_of_ours():
    """graphql-core words it like an error of the client's, with nothing below it."""
    result = execute_sync(build_schema("type Query { a: Int }"), parse("{ a }"), {"a": "x"})
    assert isinstance(result, ExecutionResult)
    assert result.errors
    shown = answer.error(result.errors[0], "mine")
    assert shown["extensions"] == {"code": "INTERNAL", "requestId": "mine"}
    assert shown["message"] == "Something went wrong on our side."


async def test_a_bad_request_below_the_schema_keeps_its_message(
    qa: Client, monkeypatch: pytest.MonkeyPatch
):
    def rows(*_: Any, **__: Any) -> None:
        message = "That makes no sense."
        raise BadRequest(message)

    monkeypatch.setattr(named, "rows", rows)
    error = only_error(await post(qa, {"query": "{ agents(first: 1) { nodes { id } } }"}))
    assert (error["message"], error["extensions"]) == (
        "That makes no sense.",
        {"code": "BAD_USER_INPUT"},
    )


def test_every_code_is_of_the_closed_set():
    assert {code.value for code in Code} == {
        "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT", "BAD_CURSOR",
        "UNAUTHENTICATED", "FORBIDDEN", "COST_LIMIT_EXCEEDED", "THROTTLED",
        "PERSISTED_OPERATION_NOT_FOUND", "TIMEOUT", "EVENTS_MISSED", "INTERNAL",
    }  # fmt: skip


# --- The rest of the application ---


async def test_a_request_id_is_taken_over_where_it_is_a_sensible_one(qa: Client):
    for given in ("abc", "A.b_c-9", "x" * 64):
        response = await post(qa, {"query": NAME}, x_request_id=given)
        assert response.headers["x-request-id"] == given


async def test_another_request_id_is_replaced_by_a_new_one(qa: Client):
    seen = []
    for given in (b"", b"x" * 65, b"a b", b"\xe9", b"<script>", b"a,b", b"a\tb"):
        for path in ("/graphql", "/health/live", "/nothing"):
            response = await qa.http.get(path, headers={b"x-request-id": given})
            seen.append(response.headers["x-request-id"])
    assert len(set(seen)) == len(seen) == 21
    assert all(len(each) == 32 for each in seen)


async def test_a_browser_gets_graphiql(world: World):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = await world.http.get("/graphql", headers={"accept": browser})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "GraphiQL" in response.text


async def test_the_root_leads_to_graphql(world: World):
    response = await world.http.get("/")
    assert (response.status_code, response.headers["location"]) == (307, "/graphql")


async def test_other_paths_and_methods_are_refused_in_json(world: World):
    for method, path, status in (("GET", "/nothing", 404), ("POST", "/health/live", 405)):
        response = await world.http.request(method, path)
        assert response.status_code == status
        assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_a_client_that_hangs_up_in_the_middle_leaves_no_trace(world: World, qa: Client):
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = {"authorization": f"Bearer {qa.bearer}", "content-type": JSON, "host": "tests"}
    scope = {
        "type": "http", "method": "POST", "path": "/graphql", "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    await application(world)(scope, receive, send)
    assert sent == []


# --- Health ---


Lose = Callable[[], Awaitable[None]]


@pytest.fixture
async def lose(world: World, request: pytest.FixtureRequest) -> AsyncIterator[Lose]:
    """Take the database away from under the application."""
    before = set(threading.enumerate())

    async def do() -> None:
        url = world.database.engine.url
        assert url.database is not None
        if url.get_backend_name() == "postgresql":
            await request.getfixturevalue("postgresql_server").drop(url.database)
        else:
            await world.database.close()
            _put_a_folder_in_place_of(Path(url.database))

    yield do
    # aiosqlite has the thread of a connection that failed end by itself, with a word to the loop:
    # on a busy machine that may come when the loop is closed.
    for thread in set(threading.enumerate()) - before:
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 10)


def _put_a_folder_in_place_of(file: Path) -> None:
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()
    file.mkdir()


async def test_a_process_is_live_and_ready_on_a_migrated_database(world: World):
    live, ready = await world.http.get("/health/live"), await world.http.get("/health/ready")
    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


async def test_a_process_is_live_but_not_ready_while_the_database_is_gone(world: World, lose: Lose):
    await lose()
    assert (await world.http.get("/health/live")).status_code == 200
    for _ in range(2):
        response = await world.http.get("/health/ready")
        assert (response.status_code, response.json()) == (503, {"status": "no database"})


async def test_without_a_database_an_operation_is_to_be_sent_again_later(
    qa: Client, lose: Lose, caplog: pytest.LogCaptureFixture
):
    await lose()
    response = await post(qa, {"query": NAME}, x_request_id="mine")
    assert is_refused(response, 503, Code.INTERNAL)
    assert response.headers["retry-after"] == "5"
    assert response.headers["x-request-id"] == "mine"
    (error,) = response.json()["errors"]
    assert error["message"] == "The service can't reach its data at the moment."
    assert error["extensions"] == {"code": "INTERNAL", "retryAfter": 5, "requestId": "mine"}
    (record,) = [each for each in caplog.records if each.name == "coaching.operation"]
    assert "mine" in record.getMessage()


async def test_a_database_without_its_tables_is_not_ready(tmp_path: Path):
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite3",
        issuer=ISSUER, audience=AUDIENCE, development_key=tmp_path / "key.json",
    )  # fmt: skip
    database = Database(settings.database_url)
    transport = httpx2.ASGITransport(app=app.create(settings, database))
    async with httpx2.AsyncClient(transport=transport, base_url="http://tests") as http:
        response = await http.get("/health/ready")
    await database.close()
    assert (response.status_code, response.json()) == (503, {"status": "database not migrated"})
