"""Which operations ask for nothing but the schema, and how large it is.

They need no database, but up to a tenth of a second: so they are executed beside the event loop.
"""

from collections.abc import Iterator, Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionSetNode,
)

from schema import definitions

SIZES = {
    "args": 5,
    "directives": 5,
    "enumValues": 10,
    "fields": 20,
    "inputFields": 10,
    "interfaces": 2,
    "possibleTypes": 5,
    "types": 200,
}
"""Usual sizes of what introspection lists."""


def introspections(document: DocumentNode) -> frozenset[str | None]:
    """The names of the operations of a valid document that ask for nothing but the schema."""
    fragments = definitions.fragments(document)
    return frozenset(
        name
        for name, operation in definitions.operations(document).items()
        if all(root.startswith("__") for root in _roots(operation.selection_set, fragments))
    )


def _roots(
    selected: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[str]:
    """The names of an operation's fields at the root."""
    seen: set[str] = set()
    waiting = [selected]
    while waiting:
        for node in waiting.pop().selections:
            match node:
                case FieldNode():
                    yield node.name.value
                case InlineFragmentNode():
                    waiting.append(node.selection_set)
                case FragmentSpreadNode() if node.name.value not in seen:
                    seen.add(node.name.value)
                    waiting.append(fragments[node.name.value].selection_set)
