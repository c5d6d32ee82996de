"""Whoever may not stay is sent away within five seconds, whatever they are subscribed to."""

import asyncio
import datetime as dt
import time
from typing import Any

import models
from auth import token
from models import Role
from server.presence import Ending
from tests import live
from tests import world as worlds
from tests.client import Client
from tests.live import connected, events, streamed
from tests.test_subscriptions import ASSIGNMENTS
from tests.world import AUDIENCE, EVERYWHERE, ISSUER, World

GONE = (4403, Ending.GONE.value)


async def disable(world: World, user: models.User) -> None:
    async with world.database.write() as session:
        row = await session.get(models.User, (user.workspace_id, user.id))
        assert row is not None
        row.disabled_at = dt.datetime.now(dt.UTC)


async def test_a_disabled_users_connections_are_closed_within_five_seconds(
    database_url: str, tmp_path: Any
):
    # As it is by default: rows of users are remembered.
    async with worlds.world(database_url, tmp_path, caller_seconds=2) as world:
        user = await world.user(Role.QA, *EVERYWHERE)
        other = world.client(await world.user(Role.QA, *EVERYWHERE))
        async with (
            connected(world, world.client(user)) as subscribed,
            connected(world, world.client(user)) as idle,
            connected(world, other) as stays,
            streamed(world, world.client(user), ASSIGNMENTS) as stream,
        ):
            await subscribed.subscribe(ASSIGNMENTS)
            await asyncio.sleep(1.5)  # so that the row is remembered anew
            await disable(world, user)
            begun = time.monotonic()
            assert await subscribed.closed() == GONE
            assert await idle.closed() == GONE
            assert time.monotonic() - begun < 5
            told = events(await stream.rest())
            assert time.monotonic() - begun < 5
            assert [name for name, _ in told] == ["next", "complete"]
            (error,) = told[0][1]["errors"]
            assert error["extensions"]["code"] == "UNAUTHENTICATED"
            assert (await stays.ask("{ viewer { name } }"))[0]["type"] == "next"
        assert live.is_quiet(world)


async def test_a_token_that_expires_ends_the_connection(world: World):
    user = await world.user(Role.QA, *EVERYWHERE)
    now = dt.datetime.now(dt.UTC)
    issued = now - dt.timedelta(seconds=token.LEEWAY)
    bearer = token.issue(
        world.key,
        issuer=ISSUER,
        audience=AUDIENCE,
        user_id=user.id,
        now=issued,
        lifetime=dt.timedelta(seconds=3),
    )
    async with connected(world, Client(world.http, bearer)) as socket:
        await socket.subscribe(ASSIGNMENTS)
        assert await socket.closed() == GONE
        lived = (dt.datetime.now(dt.UTC) - now).total_seconds()
        assert 2 <= lived < 3 + 2
