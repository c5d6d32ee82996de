"""Putting permission classes on what is not a field: types, arguments, input fields, values.

The marker is a schema directive, because that is what Strawberry lets one attach to each of
these; it is printed nowhere.
"""

from typing import Any

import strawberry
from strawberry.schema_directive import Location

from auth.permissions import Needs


@strawberry.schema_directive(
    locations=[
        Location.OBJECT,
        Location.INTERFACE,
        Location.UNION,
        Location.ENUM,
        Location.ENUM_VALUE,
        Location.INPUT_OBJECT,
        Location.INPUT_FIELD_DEFINITION,
        Location.ARGUMENT_DEFINITION,
    ],
    print_definition=False,
)
class Guard:
    """Marks an element as there only for those whom `permission` allows."""

    permission: strawberry.Private[Any]


def guarded(permission: type[Needs]) -> Guard:
    """The marker of a permission class."""
    return Guard(permission=permission)
