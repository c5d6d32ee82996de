"""The comparison of twins can fail: leaks planted in the product are found by the short run."""

import contextlib
import datetime as dt
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from models import Assignment
from models.errors import BadCursor
from resolvers import assignment, page
from tests import twin_run, twin_worlds
from tests.twin_run import Figures
from tests.twin_worlds import Difference, Twins
from tests.world import World

Plant = Callable[["Leak", pytest.MonkeyPatch], Any]


@pytest.fixture
async def twins(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Twins]:
    async with twin_worlds.twins(request, database_url, tmp_path, seed=1) as made:
        yield made


@dataclass
class Leak:
    """What a leak goes by: the coaching that came of groups, in the world that has them.

    The product itself can no longer tell: an agent's statements have no word of groups.
    """

    ids: frozenset[uuid.UUID]
    there: bool = False

    def tells_of(self, row: Any) -> bool:
        return self.there and row.id in self.ids


@pytest.fixture
async def leak(twins: Twins, monkeypatch: pytest.MonkeyPatch) -> Leak:
    of_groups = sa.select(Assignment.id).where(Assignment.group_id.is_not(None))
    async with twins.grouped.database.read() as session:
        made = Leak(frozenset(await session.scalars(of_groups)))
    ask = Twins._ask  # noqa: SLF001 - to know which of the two is asked

    async def asking(self: Twins, world: World, body: Any) -> Any:
        made.there = world is self.grouped
        return await ask(self, world, body)

    monkeypatch.setattr(Twins, "_ask", asking)
    return made


@contextlib.contextmanager
def a_timestamp(leak: Leak, _: pytest.MonkeyPatch) -> Iterator[None]:
    """Coaching from a group was assigned a second later."""

    def later(row: Any, *_: Any) -> None:
        if leak.tells_of(row):
            at = row.assigned_at + dt.timedelta(seconds=1)
            set_committed_value(row, "assigned_at", at)

    sa.event.listen(Assignment, "load", later)
    try:
        yield
    finally:
        sa.event.remove(Assignment, "load", later)


@contextlib.contextmanager
def an_order(leak: Leak, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Of the coaching on a page, what came of a group comes last."""
    cut = page.cut

    def is_of_a_group(row: Any) -> bool:
        return leak.there and getattr(row, "itself", row).id in leak.ids

    def groups_last(rows: Any, *rest: Any) -> Any:
        return cut(sorted(rows, key=is_of_a_group), *rest)

    patch.setattr(page, "cut", groups_last)
    yield


@contextlib.contextmanager
def an_error_text(leak: Leak, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """A wrong cursor is refused in other words where the coaching is a group's."""
    agents = assignment.agent_assignments

    async def refusing(operation: Any, parent: Any, *rest: Any) -> Any:
        try:
            return await agents(operation, parent, *rest)
        except BadCursor as error:
            if leak.tells_of(parent):
                error.message = "The cursor does not belong to this list."
            raise

    patch.setattr(assignment, "agent_assignments", refusing)
    yield


@contextlib.contextmanager
def a_statement(leak: Leak, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Coaching from a group takes one statement more."""
    agents = assignment.agent_assignments

    async def asking_twice(operation: Any, parent: Any, *rest: Any) -> Any:
        if leak.tells_of(parent):
            async with operation.read() as session:
                await session.execute(sa.select(1))
        return await agents(operation, parent, *rest)

    patch.setattr(assignment, "agent_assignments", asking_twice)
    yield


@pytest.mark.parametrize(
    ("plant", "what"),
    [
        (a_timestamp, "other answers"),
        (an_order, "other answers"),
        (an_error_text, "other answers"),
        (a_statement, "other statements"),
    ],
)
async def test_a_planted_leak_is_found(
    twins: Twins, leak: Leak, monkeypatch: pytest.MonkeyPatch, plant: Plant, what: str
):
    with plant(leak, monkeypatch), pytest.raises(Difference, match=f"operation [0-9]+: {what}"):
        await twin_run.run(twins, twin_run.SHORT, 1, Figures())
