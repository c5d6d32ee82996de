"""Variables of an operation, coerced once for equal values: it costs as much as a short read."""

from typing import Any

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues, get_variable_values

from schema.document import Document

MOST = 50
"""Values that one document remembers; what was coerced first is forgotten first."""

LONGEST = 200
"""Most characters of a text that is remembered."""

_PLAIN = {str, int, bool, type(None)}
"""Types of values of which equal ones coerce alike; with floats, -0.0 and 0.0 would not."""


def coerced(
    schema: GraphQLSchema,
    document: Document,
    chosen: OperationDefinitionNode,
    given: dict[str, Any],
) -> VariableValues | list[GraphQLError]:
    """The values of an operation's variables, or why there are none."""
    defined = chosen.variable_definitions or ()
    if not defined or not all(map(_is_short, given.values())):
        return get_variable_values(schema, defined, given)
    # True and 1 are equal, and yet not the same to a variable.
    values = tuple([(name, type(value), value) for name, value in given.items()])
    key = (chosen.name.value if chosen.name else None, values)
    known: VariableValues | None = document.variables.get(key)
    if known is not None:
        return known
    found = get_variable_values(schema, defined, given)
    if isinstance(found, VariableValues) and not any(map(_is_mutable, found.coerced.values())):
        while len(document.variables) >= MOST:
            document.variables.pop(next(iter(document.variables)))
        document.variables[key] = found
    return found


def _is_short(value: Any) -> bool:
    return type(value) in _PLAIN and (type(value) is not str or len(value) <= LONGEST)


def _is_mutable(value: Any) -> bool:
    """Whether who is given the value could change it for those that come after."""
    return isinstance(value, list | dict)
