"""What a document defines, by name."""

from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode


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
