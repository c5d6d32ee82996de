"""Who calls is read from the database, and for seconds remembered."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth import viewer
from auth.viewer import Callers
from models import Role
from resolvers import client, revocation
from tests import world as worlds
from tests.asking import NAME, post
from tests.partners import register
from tests.world import EVERYWHERE, NOW, World, proof

BOOKMARK = """mutation { createBookmark(input: {name: "Great", colour: "#00FF00"}) {
    errors { code } } }"""


@pytest.fixture
async def remembering(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """An application that remembers who calls."""
    async with worlds.world(database_url, tmp_path, caller_seconds=60) as made:
        yield made


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def changed(world: World, user: models.User, **values: Any) -> None:
    async with world.database.write() as session:
        await session.execute(
            sa.update(models.User).where(models.User.id == user.id).values(**values)
        )


async def test_a_user_is_read_once_in_these_seconds(world: World):
    user, clock = await world.user(Role.QA, *EVERYWHERE), Clock()
    callers, token = Callers(world.database, 2, clock), proof(user.id)
    with world.statements() as statements:
        for clock.now, read in ((0, 1), (1.9, 1), (2, 2), (3.9, 2)):
            found = await callers.find(token)
            assert found is not None
            assert (found.user_id, found.permissions) == (user.id, frozenset(EVERYWHERE))
            assert len(statements) == read


async def test_who_is_disabled_is_locked_out_when_they_are_over(world: World):
    user, clock = await world.user(Role.QA, *EVERYWHERE), Clock()
    callers, token = Callers(world.database, 2, clock), proof(user.id)
    assert await callers.find(token)
    await changed(world, user, disabled_at=NOW)
    clock.now = 1.9
    assert await callers.find(token)
    clock.now = 2
    assert await callers.find(token) is None


@pytest.mark.parametrize("what", ["token", "client"])
async def test_what_is_revoked_is_good_no_more_when_they_are_over(world: World, what: str):
    partner, clock, now = await register(world), Clock(), dt.datetime.now(dt.UTC)
    callers = Callers(world.database, 2, clock)
    token = proof(partner.row.user_id, client_id=str(partner.row.id), jti="1")
    other = proof(partner.row.user_id, client_id="another name", jti="2")
    with world.statements() as statements:
        assert await callers.find(token)
    assert len(statements) == 1
    if what == "token":
        until = now + dt.timedelta(minutes=1)
        await revocation.revoke(world.database, world.workspace_id, "1", expires_at=until, now=now)
    else:
        await client.revoke(world.database, partner.row.id, now=now)
    clock.now = 1.9
    assert await callers.find(token)
    clock.now = 2
    assert await callers.find(token) is None
    assert await callers.find(other)


async def test_a_token_is_revoked_in_its_own_workspace_only(world: World):
    """Nobody makes others' tokens bad by naming one of their own alike."""
    user, now = await world.user(Role.QA, *EVERYWHERE), dt.datetime.now(dt.UTC)
    token, until = proof(user.id, jti="1"), now + dt.timedelta(minutes=1)
    world.workspace_id = uuid.uuid4()
    await world.workspace()
    await revocation.revoke(world.database, world.workspace_id, "1", expires_at=until, now=now)
    assert await Callers(world.database, 0).find(token)


async def test_with_0_seconds_nobody_is_remembered(world: World):
    user = await world.user(Role.QA, *EVERYWHERE)
    callers, token = Callers(world.database, 0), proof(user.id)
    assert await callers.find(token)
    await changed(world, user, disabled_at=NOW)
    assert await callers.find(token) is None


async def test_each_time_is_a_moment_of_its_own(world: World):
    user, begun = await world.user(Role.QA, *EVERYWHERE), dt.datetime.now(dt.UTC)
    callers, token = Callers(world.database, 60), proof(user.id)
    one, two = await callers.find(token), await callers.find(token)
    assert one is not None
    assert two is not None
    assert begun <= one.now < two.now <= dt.datetime.now(dt.UTC)


async def test_who_is_not_there_is_not_remembered(world: World):
    callers, user = Callers(world.database, 60), await world.user(Role.QA, *EVERYWHERE)
    token = proof(user.id)
    await changed(world, user, disabled_at=NOW)
    assert await callers.find(token) is None
    await changed(world, user, disabled_at=None)
    assert await callers.find(token)


async def test_no_more_are_remembered_than_there_is_room_for(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(viewer, "MOST", 2)
    tokens = [proof((await world.user(Role.QA, *EVERYWHERE)).id) for _ in range(3)]
    callers = Callers(world.database, 60)
    with world.statements() as statements:
        for number in (0, 1, 2, 2, 1, 0):
            assert await callers.find(tokens[number])
    assert len(statements) == 4


async def test_what_is_read_while_somebody_writes_is_not_remembered(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    user = await world.user(Role.QA, *EVERYWHERE)
    callers, token = Callers(world.database, 60), proof(user.id)
    read, goes_on = asyncio.Event(), asyncio.Event()
    whole = viewer._values  # noqa: SLF001

    async def slow(*given: Any) -> Any:
        found = await whole(*given)
        read.set()
        await goes_on.wait()
        return found

    monkeypatch.setattr(viewer, "_values", slow)
    before = asyncio.create_task(callers.find(token))
    await read.wait()
    await changed(world, user, name="New")
    callers.forget()
    goes_on.set()
    await before
    found = await callers.find(token)
    assert found is not None
    assert found.name == "New"


async def test_what_a_request_has_written_is_known_to_the_next(remembering: World):
    user = await remembering.user(Role.QA, *EVERYWHERE)
    qa = remembering.client(user)

    async def name() -> str:
        found: str = (await qa.ask("{ viewer { name } }")).data["viewer"]["name"]
        return found

    before = await name()
    await changed(remembering, user, name="New")
    assert await name() == before
    assert (await qa.ask(BOOKMARK)).data["createBookmark"]["errors"] == []
    assert await name() == "New"


async def test_a_request_of_a_user_who_is_remembered_reads_nothing(remembering: World):
    qa = remembering.client(await remembering.user(Role.QA, *EVERYWHERE))
    for expected in (1, 0, 0):
        with remembering.statements() as statements:
            assert (await post(qa, {"query": NAME})).status_code == 200
        assert len(statements) == expected
