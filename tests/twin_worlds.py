"""Two databases with the same rows, ids, times and names, that differ only in group structure.

In `single` all coaching was assigned one by one; in `grouped` most of it came of sent groups, and
half of the marks are in a pending one. What agents read must be the same in both (V3).
"""

import asyncio
import contextlib
import datetime as dt
import gc
import json
import random
import re
import sqlite3
import types
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

import auth.viewer
import models
from resolvers.level import QUIET
from tests import asking
from tests import world as worlds
from tests.twin_rows import copy, fill, group
from tests.world import NOW, World

AGAIN = 20
"""Times that a query is asked again to see whether its statements are as many by chance."""

OWN = "x-request-id"
"""The header that every answer has a value of its own for."""


class Difference(AssertionError):
    """The two worlds answered differently."""


COLLECT = 50
"""Operations after which what failed fields have left is collected."""

OF_GROUPS = re.compile(r"coaching_group|group_coaching|group_total|\bgroup_id\b")
"""Tables and columns about groups, in a statement."""


@dataclass
class Twins:
    """Ann, signed in to both worlds: `single` without any group, `grouped` with."""

    single: World
    grouped: World
    user: models.User
    asked: int = 0
    statements: int = 0
    chances: int = 0

    async def read(self, text: str, variables: dict[str, Any]) -> Any:
        """The answer to a query, which is the same in both worlds, and touches no group."""
        return (await self.send({"query": text, "variables": variables}, writing=False)).json()

    async def write(self, text: str, variables: dict[str, Any]) -> Any:
        """The answer to a mutation, which is the same in both worlds.

        A group's stored counts follow from its members', so a write may have to refresh them.
        """
        return (await self.send({"query": text, "variables": variables}, writing=True)).json()

    async def send(self, body: dict[str, Any], *, writing: bool) -> httpx2.Response:
        """The one answer to a request. Raises Difference where there are two."""
        self.asked += 1
        one, *costs = await self._ask(self.single, body)
        other, *others = await self._ask(self.grouped, body)
        self.statements += costs[0]
        found = [(one, costs[0]), (other, others[0])]
        if not writing and (costs[1] or others[1]):
            raise Difference(_report("groups were read", body, found))
        told = [as_sent(one), as_sent(other)]
        if told[0] != told[1] and not await self._by_chance(body, found, 0):
            raise Difference(_report("other answers", body, found))
        if costs[0] != others[0] and not await self._by_chance(body, found, 1):
            raise Difference(_report("other statements", body, found))
        return one

    async def _by_chance(
        self, body: dict[str, Any], found: list[tuple[httpx2.Response, int]], what: int
    ) -> bool:
        """Whether the answers, or the counts, differ by chance only.

        A field that fails cancels those beside it: it is chance which of two fields fails first
        where both do, and how many statements those beside it have begun. A query is asked again
        then, and what one world tells must come up in the other. A mutation can't be: its answer
        is compared, and its count is not.
        """
        if not all(b'"path":[' in answer.content for answer, _ in found):
            return False
        if "mutation" in body["query"]:
            return what == 1
        self.chances += 1
        seen = [{(as_sent(answer), count)[what]} for answer, count in found]
        for _ in range(AGAIN):
            for world, known in zip((self.single, self.grouped), seen, strict=True):
                answer, count, _ = await self._ask(world, body)
                known.add((as_sent(answer), count)[what])
            if seen[0] & seen[1]:
                return True
        return False

    async def _ask(self, world: World, body: dict[str, Any]) -> tuple[httpx2.Response, int, int]:
        """The answer, and how many statements it took: those about groups apart."""
        client = world.client(self.user)
        accept = asking.RESPONSE if self.asked % 2 else asking.JSON
        before = asyncio.all_tasks()
        with seeded(self.asked), world.statements() as statements:
            answer = await asking.post(client, body, accept=accept)
            await at_rest(before)
        of_groups = sum(OF_GROUPS.search(each) is not None for each in statements)
        return answer, len(statements) - of_groups, of_groups


@contextlib.contextmanager
def collecting() -> Iterator[Callable[[int], None]]:
    """Collect what failed fields have left between operations only, given the number of each.

    Anywhere else chance decides where it is told of: in the middle of a named tuple, Python has not
    what it takes to say it, and says something that no filter of warnings knows.
    """

    def collect(number: int) -> None:
        if number % COLLECT == 0:
            gc.collect()

    gc.disable()
    try:
        yield collect
    finally:
        gc.enable()
        gc.collect()


async def at_rest(before: set[asyncio.Task[Any]]) -> None:
    """Wait for what is still under way: a field that fails does not wait for those beside it."""
    quiet = 0
    while quiet < 2 * QUIET:
        if rest := asyncio.all_tasks() - before:
            await asyncio.wait(rest)
            quiet = 0
        await asyncio.sleep(0)
        quiet += 1


def as_sent(answer: httpx2.Response) -> tuple[Any, ...]:
    headers = tuple(pair for pair in answer.headers.multi_items() if pair[0] != OWN)
    return answer.status_code, headers, answer.content


def _report(what: str, body: dict[str, Any], found: list[tuple[Any, int]]) -> str:
    lines = [what, json.dumps(body)]
    lines += [f"{a.status_code} {count} statements\n{a.text}" for a, count in found]
    return "\n".join(lines)


@contextlib.contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Have ids that are made meanwhile be the same in both worlds, and the time stand still."""
    draw = random.Random(seed)  # noqa: S311 - the same in both
    clock = types.SimpleNamespace(now=lambda _zone: NOW + dt.timedelta(seconds=seed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uuid, "os", types.SimpleNamespace(urandom=draw.randbytes))
        patch.setattr(
            auth.viewer, "dt", types.SimpleNamespace(datetime=clock, UTC=dt.UTC, date=dt.date)
        )
        yield


@contextlib.asynccontextmanager
async def twins(
    request: pytest.FixtureRequest, like: str, folder: Path, seed: int = 0
) -> AsyncIterator[Twins]:
    """Twins in two new databases of the kind of this URL; one seed gives one set of ids."""
    async with contextlib.AsyncExitStack() as open_:
        made = []
        for name in ("single", "grouped"):
            url = await open_.enter_async_context(empty(request, like, folder / f"{name}-{seed}"))
            # With one connection the order of statements does not depend on how long they take.
            world = worlds.world(url, folder, connections=1)
            made.append(await open_.enter_async_context(world))
        single, grouped = made
        with seeded(seed):
            user = await fill(single)
            await copy(single, grouped)
            await group(grouped)
        yield Twins(single, grouped, user)
        gc.collect()  # what would be said of failed operations is said to the test that has them


@contextlib.asynccontextmanager
async def empty(request: pytest.FixtureRequest, like: str, file: Path) -> AsyncIterator[str]:
    """A migrated, empty database."""
    if like.startswith("sqlite"):
        template = request.getfixturevalue("sqlite_template")
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(file)) as to:
            source.backup(to)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"coaching_twin_{uuid.uuid4().hex}"
    await server.create(name, template=request.getfixturevalue("postgresql_template"))
    try:
        yield server.url(name)
    finally:
        await server.drop(name)
