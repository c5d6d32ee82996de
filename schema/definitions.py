"""What a document defines, by name."""

from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    VariableNode,
)


def fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Its fragments."""
    return {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }


def operations(document: DocumentNode) -> dict[str | None, OperationDefinitionNode]:
    """Its operations; None is the name of one that has none."""
    return {
        each.name.value if each.name else None: each
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode)
    }


def switches(document: DocumentNode) -> frozenset[str]:
    """Names of the variables that any `@skip` or `@include` of a document takes."""
    found: set[str] = set()
    waiting: list[Any] = list(document.definitions)
    while waiting:
        node = waiting.pop()
        for directive in getattr(node, "directives", None) or ():
            for argument in directive.arguments or ():
                if isinstance(argument.value, VariableNode):
                    found.add(argument.value.name.value)
        if below := getattr(node, "selection_set", None):
            waiting += below.selections
    return frozenset(found)
