"""What is asked together ends together, whatever goes wrong."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import models
from models import Role
from resolvers.operation import Operation
from schema.compiled.run import Run, Unusual, settled, there
from schema.compiled.words import MARK, POISON
from tests.world import EVERYWHERE, World, viewer


async def value(told: Any) -> Any:
    await asyncio.sleep(0)
    return told


async def test_values_come_in_order_whether_they_had_to_be_awaited_or_not():
    assert await there(settled([1, value(2), 3, value(4)])) == [1, 2, 3, 4]
    assert await there(settled([1, 2])) == [1, 2]
    assert await there(settled(())) == []


async def test_an_error_is_told_when_all_have_ended():
    ended = []

    async def late() -> None:
        await asyncio.sleep(0)
        ended.append("late")

    async def wrong() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await there(settled([wrong(), late()]))
    assert ended == ["late"]


async def test_what_was_made_before_something_could_not_be_made_is_awaited():
    ended = []

    async def begun() -> None:
        ended.append("begun")

    async def failing() -> None:
        ended.append("failing")
        raise ValueError

    def made() -> Iterator[Any]:
        yield begun()
        yield 1
        yield failing()
        raise LookupError

    with pytest.raises(LookupError):
        await there(settled(made()))
    assert ended == ["begun", "failing"]


async def test_what_a_plan_loads_is_its_own(world: World):
    queue = await world.queue()
    operation = Operation(world.database, viewer(await world.user(Role.QA, *EVERYWHERE)))
    apart = operation.apart()
    with world.statements() as seen:
        for each in (apart, apart, operation):
            assert (await each.loaders.row(models.Queue, queue.id)).id == queue.id
    assert len(seen) == 2


async def test_what_a_plan_loads_ends_with_the_operation(world: World):
    operation = Operation(world.database, viewer(await world.user(Role.QA, *EVERYWHERE)))
    apart = operation.apart()
    assert not apart.abandoned
    operation.abandon()
    assert apart.abandoned


def told(run: Run, made: Callable[[], Any]) -> tuple[bytes | None, int]:
    """What texts become in an answer, and how many objects there are; null where it is unusual."""
    run.objects = 0
    try:
        return orjson.dumps(made()), run.objects
    except Unusual:
        return None, 0


@given(st.lists(st.sampled_from(["null", '"a"', f"{{{MARK}}}", f"[{{{MARK}}},{{{MARK}}}]"])))
@example(["1", None, "2"])
@example(["1", POISON])
@example([POISON, "1"])
@example([f"[{POISON},{POISON}]"])
def test_texts_told_at_once_are_what_they_are_one_by_one(texts: list[str | None]):
    run = object.__new__(Run)
    at_once = told(run, lambda: run.fragments(texts))
    assert at_once == told(run, lambda: [run.fragment(each) for each in texts])
