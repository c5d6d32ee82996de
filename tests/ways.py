"""Two databases with the same rows: what is asked of both goes by plans in one, else in the other.

So operations that write can be compared, too: each is executed once in each.
"""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

import models
from schema.view import View
from tests import asking, twin_rows, twin_worlds
from tests import world as worlds
from tests.twin_worlds import Difference
from tests.world import World


@dataclass
class Ways:
    """Both applications. `how` says how the first one's operations were executed."""

    planned: World
    ordinary: World
    asked: int = 0

    @property
    def worlds(self) -> tuple[World, World]:
        return self.planned, self.ordinary

    @property
    def how(self) -> Counter[str]:
        route, _ = [r for r in asking.application(self.planned).routes if r.path == "/graphql"]
        views = route.endpoint.views._built.values()  # noqa: SLF001 - nobody else may ask
        return sum((view.plans.counts for view in views), Counter())

    async def ask(self, user: models.User, text: str, /, **variables: Any) -> Any:
        """The body of the one answer. Raises Difference where there are two."""
        return (await self.send(user, {"query": text, "variables": variables})).json()

    async def send(self, user: models.User, body: dict[str, Any]) -> httpx2.Response:
        """The one answer to a request. Raises Difference where there are two."""
        self.asked += 1
        one, other = [await self._send(world, user, body) for world in self.worlds]
        if twin_worlds.as_sent(one) != twin_worlds.as_sent(other):
            message = f"{json.dumps(body)}\nplanned: {one.text}\nordinary: {other.text}"
            raise Difference(message)
        return one

    async def _send(self, world: World, user: models.User, body: dict[str, Any]) -> httpx2.Response:
        before = asyncio.all_tasks()
        with twin_worlds.seeded(self.asked), pytest.MonkeyPatch.context() as patch:
            patch.setattr(View, "compiles", world is self.planned)
            found = await asking.post(world.client(user), body)
            await twin_worlds.at_rest(before)
        return found

    async def rows(self, model: Any, **values: Any) -> list[Any]:
        """The rows of a table, of which there are as many in both databases."""
        one, other = [await twin_rows.rows_of(world, model, **values) for world in self.worlds]
        assert len(one) == len(other)
        return one


@contextlib.asynccontextmanager
async def ways(
    request: pytest.FixtureRequest,
    like: str,
    folder: Path,
    fill: Callable[[World], Awaitable[Any]],
    seed: int = 0,
    **settings: Any,
) -> AsyncIterator[tuple[Ways, Any]]:
    """Two new databases of the kind of this URL, filled alike; and what `fill` gave."""
    async with contextlib.AsyncExitStack() as open_:
        made = []
        for name in ("planned", "ordinary"):
            empty = twin_worlds.empty(request, like, folder / f"{name}-{seed}")
            url = await open_.enter_async_context(empty)
            # With one connection the order of statements does not depend on how long they take.
            world = worlds.world(url, folder, connections=1, **settings)
            made.append(await open_.enter_async_context(world))
        with twin_worlds.seeded(seed):
            filled = await fill(made[0])
            await twin_rows.copy(*made)
        yield Ways(made[0], made[1]), filled
