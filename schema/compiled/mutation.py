"""Fields that write: each is called once in an operation, whoever asks for it.

A plan calls such a field, and completes its payload. Where that turns out unusual, the ordinary
executor runs the operation from its start, and is given what the field came to the first time.
"""

from typing import Any

from graphql import GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema
from strawberry.utils.await_maybe import await_maybe

Info = GraphQLResolveInfo[Any]


class Outcomes:
    """The root value of one execution: what its fields that write came to, by their keys."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._errors: dict[str, BaseException] = {}

    async def of(self, resolve: GraphQLFieldResolver, info: Info, given: dict[str, Any]) -> Any:
        """What a field comes to, or came to before. Raises what it raised."""
        node = info.field_nodes[0]
        key = (node.alias or node.name).value
        if key in self._errors:
            raise self._errors[key]
        if key not in self._values:
            try:
                self._values[key] = await await_maybe(resolve(None, info, **given))
            except BaseException as error:
                # What was cancelled, too, has had its chance to write.
                self._errors[key] = error
                raise
        return self._values[key]


def call_once(schema: GraphQLSchema) -> None:
    """Have the fields of a schema that write be called once for each `Outcomes`."""
    if schema.mutation_type is not None:
        for field in schema.mutation_type.fields.values():
            if field.resolve is not None:
                field.resolve = _once(field.resolve)


def _once(resolve: GraphQLFieldResolver) -> GraphQLFieldResolver:
    def call(root: Any, info: Info, **given: Any) -> Any:
        if isinstance(root, Outcomes):
            return root.of(resolve, info, given)
        return resolve(root, info, **given)

    return call
