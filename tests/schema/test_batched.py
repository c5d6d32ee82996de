"""Fields that are computed for all objects of a level at once: one call, in order, for any type."""

import inspect
from typing import Any

import pytest
import strawberry

import models
from auth.permissions import StaffDetail
from resolvers.level import Levels
from resolvers.loaders import Loaders
from schema.row import BATCHED, batched, itself, row
from tests.hidden import TOP, VIEWS

CALLS: list[list[int]] = []
"""What the function was called with."""


class Operation:
    """What a batched field needs of one."""

    def __init__(self) -> None:
        self.loaders = object.__new__(Loaders)
        self.loaders.levels = Levels()
        self.loaders._made = {}  # noqa: SLF001


async def tenfold(_: Any, items: list[Any]) -> list[int | None]:
    numbers = [item.number for item in items]
    CALLS.append(numbers)
    if 13 in numbers:
        message = "on purpose"
        raise ValueError(message)
    return [number * 10 or None for number in numbers]


async def too_few(_: Any, items: list[Any]) -> list[int]:
    return [1 for _ in items[1:]]


@strawberry.type
class Item:
    number: int
    tenfold = batched("Ten times.", kind=int | None, of=tenfold)
    short = batched("Too few values.", kind=int | None, of=too_few)
    seen = batched("For staff.", kind=int, of=tenfold, permission=StaffDetail)

    @strawberry.field
    def inner(self) -> "Item":
        return Item(number=self.number + 1)


@strawberry.type
class Query:
    @strawberry.field
    def items(self, numbers: list[int]) -> list[Item]:
        return [Item(number=number) for number in numbers]


SCHEMA = strawberry.Schema(Query)


async def ask(numbers: list[int], chosen: str) -> Any:
    CALLS.clear()
    text = f"{{ items(numbers: {numbers}) {{ {chosen} }} }}"
    return await SCHEMA.execute(text, context_value=Operation())


async def test_all_objects_of_a_level_are_one_call_in_their_order():
    found = await ask([3, 1, 2], "tenfold")
    assert found.data == {"items": [{"tenfold": 30}, {"tenfold": 10}, {"tenfold": 20}]}
    assert CALLS == [[3, 1, 2]]


async def test_equal_objects_are_each_asked_for():
    # They have no hash, and are none the less two objects.
    found = await ask([4, 4], "tenfold")
    assert found.data == {"items": [{"tenfold": 40}] * 2}
    assert CALLS == [[4, 4]]


async def test_objects_that_are_there_at_the_same_time_are_one_level():
    found = await ask([1, 2], "tenfold inner { tenfold }")
    assert found.data["items"][1] == {"tenfold": 20, "inner": {"tenfold": 30}}
    assert [sorted(numbers) for numbers in CALLS] == [[1, 2, 2, 3]]


async def test_a_value_may_be_null():
    assert (await ask([0, 1], "tenfold")).data == {"items": [{"tenfold": None}, {"tenfold": 10}]}


@pytest.mark.parametrize(("numbers", "field"), [([1, 13, 2], "tenfold"), ([1, 2], "short")])
async def test_a_call_that_fails_fails_the_field_of_all_objects_alike(
    numbers: list[int], field: str
):
    found = await ask(numbers, field)
    assert found.data == {"items": [{field: None}] * len(numbers)}
    assert [error.path for error in found.errors] == [
        ["items", n, field] for n in range(len(numbers))
    ]
    assert len({error.message for error in found.errors}) == 1


async def test_what_is_not_selected_is_not_called():
    await ask([1], "number")
    assert CALLS == []


def test_the_function_is_in_the_fields_metadata_for_whoever_has_all_objects():
    definition: Any = Item
    fields = {each.python_name: each for each in definition.__strawberry_definition__.fields}
    assert fields["tenfold"].metadata[BATCHED] is tenfold
    assert BATCHED not in fields["number"].metadata


def test_what_is_computed_may_be_stripped_and_is_nullable_then():
    assert "tenfold: Int\n" in str(SCHEMA)
    assert "seen: Int\n" in str(SCHEMA)


def test_a_row_may_be_shown_as_another_type_of_the_same_model():
    @row(models.Agent, description="As a number.")
    class Numbered:
        tenfold = batched("Ten times.", kind=int, of=tenfold)

    @row(models.Agent, description="As an agent.")
    class Listed:
        numbered = itself("The same as a number.", kind=Numbered)

    made: Any = Listed
    (field,) = made.__strawberry_definition__.fields
    agent = models.Agent(name="Ann")
    assert field.base_resolver(agent) is agent
    assert field.type is Numbered


def test_every_batched_field_of_the_product_has_a_function_of_operation_and_objects():
    found = [
        field.metadata[BATCHED]
        for name in TOP.type_map
        for field in getattr(VIEWS.whole.get_type_by_name(name), "fields", ())
        if BATCHED in getattr(field, "metadata", {})
    ]
    assert len(found) >= 6
    for function in found:
        assert inspect.iscoroutinefunction(function)
        assert len(inspect.signature(function).parameters) == 2
