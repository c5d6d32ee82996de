"""What is asked together ends together, whatever goes wrong."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from schema.compiled.run import settled


async def value(told: Any) -> Any:
    await asyncio.sleep(0)
    return told


async def test_values_come_in_order_whether_they_had_to_be_awaited_or_not():
    assert await settled([1, value(2), 3, value(4)]) == [1, 2, 3, 4]
    assert await settled([1, 2]) == [1, 2]
    assert await settled(()) == []


async def test_an_error_is_told_when_all_have_ended():
    ended = []

    async def late() -> None:
        await asyncio.sleep(0)
        ended.append("late")

    async def wrong() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await settled([wrong(), late()])
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
        await settled(made())
    assert ended == ["begun", "failing"]
