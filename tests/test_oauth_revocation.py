"""Partners' secrets and tokens that are to be good no more (RFC 7009)."""

import asyncio
import datetime as dt
import uuid

import sqlalchemy as sa

import models
from models import Role
from models.base import Base
from resolvers import client as clients
from server import oauth
from tests.client import Client
from tests.partners import assert_refused, register
from tests.world import World

PERMISSIONS = "{ viewer { permissions } }"


# --- Another secret ---


async def test_the_secret_before_stays_good_for_as_long_as_is_said(world: World):
    partner, now = await register(world), dt.datetime.now(dt.UTC)
    hours = dt.timedelta(hours=24)
    new = await clients.new_secret(world.database, partner.row.id, keep=hours, now=now)
    for secret in (new, partner.secret):
        assert (await partner.ask_for_token(secret)).status_code == 200
    await clients.new_secret(world.database, partner.row.id, keep=hours, now=now - hours - hours)
    for secret in (new, partner.secret):
        assert_refused(await partner.ask_for_token(secret), 401, "invalid_client")


async def test_the_secret_before_is_dropped_at_once_where_nothing_else_is_said(world: World):
    partner, now = await register(world), dt.datetime.now(dt.UTC)
    new = await clients.new_secret(world.database, partner.row.id, keep=dt.timedelta(), now=now)
    assert (await partner.ask_for_token(new)).status_code == 200
    assert_refused(await partner.ask_for_token(), 401, "invalid_client")


async def test_secrets_are_not_stored(world: World):
    partner = await register(world)
    async with world.database.read() as session:
        rows = [
            row
            for table in Base.metadata.sorted_tables
            for row in (await session.execute(sa.select(table))).all()
        ]
    assert partner.secret not in repr(rows)
    assert partner.secret.encode() not in b"".join(
        value for row in rows for value in row if isinstance(value, bytes)
    )


# --- Taking back ---


async def status(world: World, token: str) -> int:
    answer = await Client(world.http, token).send({"query": PERMISSIONS})
    return answer.status_code


async def test_a_client_takes_back_a_token_of_its_own(world: World):
    partner = await register(world)
    one, two = await partner.token(), await partner.token()
    assert await status(world, one) == 200
    for _ in range(2):  # the second time it is done already
        answer = await partner.revoke(one)
        assert (answer.status_code, answer.json()) == (200, {})
        assert answer.headers["cache-control"] == "no-store"
    assert [await status(world, each) for each in (one, two)] == [401, 200]


async def test_nobody_takes_back_tokens_of_others(world: World):
    partner, other = await register(world), await register(world)
    user = await world.user(Role.QA)
    theirs, users = await partner.token(), world.client(user).bearer
    for token in (theirs, users):
        assert_refused(await other.revoke(token), 400, "invalid_grant")
        assert_refused(await partner.revoke(token, "wrong"), 401, "invalid_client")
        assert await status(world, token) == 200


async def test_what_is_no_token_is_taken_back_already(world: World):
    partner = await register(world)
    for text in ("x", "..", "e30.e30.e30", "é"):
        assert (await partner.revoke(text)).status_code == 200
    answer = await world.http.post(oauth.REVOKE, data={}, auth=partner.credentials)
    assert_refused(answer, 400, "invalid_request")
    hinted = {"token": "x", "token_type_hint": "anything"}
    answer = await world.http.post(oauth.REVOKE, data=hinted, auth=partner.credentials)
    assert answer.status_code == 200


async def test_tokens_taken_back_at_once_by_many_are_so_once(world: World):
    partner = await register(world)
    token = await partner.token()
    answers = await asyncio.gather(*(partner.revoke(token) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert await status(world, token) == 401


async def test_tokens_that_have_expired_are_forgotten(world: World):
    partner, now = await register(world), dt.datetime.now(dt.UTC)
    for jti, age in (("old", dt.timedelta(hours=1)), ("recent", dt.timedelta(seconds=20))):
        row = models.RevokedToken(workspace_id=world.workspace_id, jti=jti, expires_at=now - age)
        await world.add(row)
    assert (await partner.revoke(await partner.token())).status_code == 200
    async with world.database.read() as session:
        left = set(await session.scalars(sa.select(models.RevokedToken.jti)))
    assert "recent" in left
    assert "old" not in left
    assert len(left) == 2


async def test_partners_of_two_workspaces_know_nothing_of_each_other(world: World):
    ours = await register(world)
    world.workspace_id = uuid.uuid4()
    await world.workspace()
    theirs = await register(world)
    token = await theirs.token()
    assert_refused(await ours.revoke(token), 400, "invalid_grant")
    assert await status(world, token) == 200
