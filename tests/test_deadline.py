"""An operation ends in time: stopped whole, its statements included, and nothing half-written."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth import scope
from auth.viewer import Viewer
from models import Role
from models.database import Database
from resolvers import idempotency
from schema.view import View
from server.answer import Code
from tests import world as worlds
from tests.asking import NAME, only_error, plain, post
from tests.world import EVERYWHERE, World


@pytest.fixture
async def hasty(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with worlds.world(database_url, tmp_path, deadline_seconds=1) as made:
        yield made


def asleep(database: Database) -> str:
    """A condition that takes seconds.

    PostgreSQL ends it when it is told; SQLite comes to its end, beside the event loop.
    """
    if database.engine.dialect.name == "postgresql":
        return "(SELECT true FROM pg_sleep(300))"
    return (
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15000000)"
        " SELECT count(*) FROM n) > 0"
    )


async def is_free(database: Database) -> bool:
    """Whether all connections are back soon."""
    pool: Any = database.engine.pool
    for _ in range(200):
        if not pool.checkedout():
            return True
        await asyncio.sleep(0.1)
    return False


@pytest.mark.parametrize("compiles", [True, False])
async def test_what_takes_too_long_is_stopped_with_its_statements(
    hasty: World, monkeypatch: pytest.MonkeyPatch, *, compiles: bool
):
    qa = hasty.client(await hasty.user(Role.QA, *EVERYWHERE))
    queue = await hasty.queue()
    await hasty.agent("Ann", queue)
    monkeypatch.setattr(View, "compiles", compiles)
    whole = scope.conditions

    def slow(model: Any, viewer: Viewer) -> Any:
        more = [sa.text(asleep(hasty.database))] if model is models.Queue else []
        return [*whole(model, viewer), *more]

    monkeypatch.setattr(scope, "conditions", slow)
    begun = asyncio.get_running_loop().time()
    response = await post(qa, {"query": "{ agents(first: 1) { nodes { name queues { id } } } }"})
    assert asyncio.get_running_loop().time() - begun < 10
    assert plain(response)["data"] is None
    error = only_error(response)
    assert error["extensions"] == {"code": Code.TIMEOUT}
    assert error["message"] == "The operation was stopped after 1 seconds."
    # It counts as what it was let in for: else whoever asks for too much would never be throttled.
    told = response.json()["extensions"]["cost"]
    assert told["actual"] == told["requested"] == 12
    assert await is_free(hasty.database)
    # The server goes on, and so does the caller.
    monkeypatch.setattr(scope, "conditions", whole)
    assert (await post(qa, {"query": NAME})).status_code == 200


CREATE = """mutation($input: CreateBookmarkInput!) {
  createBookmark(input: $input) { bookmark { name } errors { code } }
}"""


async def test_a_write_that_takes_too_long_is_rolled_back_and_may_be_tried_again(
    hasty: World, monkeypatch: pytest.MonkeyPatch
):
    qa = hasty.client(await hasty.user(Role.QA, *EVERYWHERE))
    whole = idempotency.claim

    async def slow(*given: Any) -> Any:
        found = await whole(*given)
        await asyncio.sleep(60)
        return found

    monkeypatch.setattr(idempotency, "claim", slow)
    asked = {"name": "Great", "colour": "#00FF00", "idempotencyKey": "once"}
    request = {"query": CREATE, "variables": {"input": asked}}
    response = await post(qa, request)
    assert plain(response)["data"] is None
    error = only_error(response)
    assert error["extensions"] == {"code": Code.TIMEOUT}
    assert error["message"].endswith("It is not certain that nothing was written.")
    monkeypatch.setattr(idempotency, "claim", whole)
    async with hasty.database.read() as session:
        assert not (await session.scalars(sa.select(models.Bookmark))).all()
    again = (await post(qa, request)).json()["data"]["createBookmark"]
    assert again == {"bookmark": {"name": "Great"}, "errors": []}


@pytest.mark.parametrize("compiles", [True, False])
async def test_lists_that_turn_out_too_long_are_refused_where_they_are(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, compiles: bool
):
    monkeypatch.setattr(View, "compiles", compiles)
    async with worlds.world(database_url, tmp_path, max_rows=3) as made:
        qa = made.client(await made.user(Role.QA, *EVERYWHERE))
        queues = [await made.queue(f"Queue {n}") for n in range(4)]
        await made.agent("Ann", *queues[:3])
        text = "{ agents(first: 9) { nodes { name queues { name } } } }"
        assert (await qa.ask(text)).data["agents"]["nodes"]
        await made.agent("Ben", *queues[3:])
        error = only_error(await post(qa, {"query": text}))
        assert error["extensions"] == {"code": Code.COST_LIMIT_EXCEEDED}
        assert error["message"].endswith("more than 3 were found.")
