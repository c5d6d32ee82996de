"""Scalars and enums, all of a level at once."""

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLEnumType, GraphQLFloat, GraphQLLeafType

from schema.compiled.run import Run

Values = Sequence[Any]

INFINITE = float("inf")


def leaf(kind: GraphQLLeafType) -> Callable[[Run, Values], Values]:
    """What completes values of a type. Raises what the type raises of a value that it has not."""
    serialize = kind.serialize

    def ask(_: Run, values: Values) -> Values:
        return [None if each is None else serialize(each) for each in values]

    def ask_floats(_: Run, values: Values) -> Values:
        # A float is what it is, unless JSON has no word for it.
        return [
            each
            if each is None or (type(each) is float and -INFINITE < each < INFINITE)
            else serialize(each)
            for each in values
        ]

    def ask_members(run: Run, values: Values) -> Values:
        words = dict(zip(kinds := set(values), ask(run, list(kinds)), strict=True))
        return [words[each] for each in values]

    if kind is GraphQLFloat:
        return ask_floats
    return ask_members if isinstance(kind, GraphQLEnumType) else ask
