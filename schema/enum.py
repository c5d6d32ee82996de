"""Enums of the domain, described for GraphQL without the domain knowing of it."""

import enum
from collections.abc import Mapping
from typing import Any, TypeVar

import strawberry

from auth.permissions import Needs
from schema.guard import guarded

E = TypeVar("E", bound=type[enum.Enum])

DEFINITION = "__strawberry_definition__"


def described(
    kind: E,
    description: str,
    values: Mapping[str, str],
    *,
    name: str | None = None,
    guards: Mapping[str, type[Needs]] | None = None,
    permission: type[Needs] | None = None,
) -> E:
    """Make a domain enum a GraphQL enum; `values` describes every one of its members.

    `guards` names the values that only some may see, `permission` who may see the enum at all.
    """
    missing = set(kind.__members__) ^ set(values)
    if missing:
        message = f"{kind.__name__}: described are not quite its values: {sorted(missing)}"
        raise ValueError(message)
    directives = () if permission is None else (guarded(permission),)
    made: Any = strawberry.enum(kind, name=name, description=description, directives=directives)
    for value in getattr(made, DEFINITION).values:
        value.description = values[value.name]
        if guards and value.name in guards:
            value.directives = (guarded(guards[value.name]),)
    return kind
