"""Documents as a view takes them: parsed, cut at stripped fields, validated, remembered.

A document may carry stripped fields with whatever selection is right in the whole schema, so that
one document serves every kind of viewer. What lies below such a field is cut off before the view
validates and executes the document; that it is right at all is checked against the whole schema,
in words that name nothing which the view hides.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    validate,
    visit,
)

from schema.projection import ViewSchema


INVALID = "GRAPHQL_VALIDATION_FAILED"


@dataclass(frozen=True, slots=True)
class Document:
    """What a view makes of a text: the document to execute, or the errors to answer."""

    executable: DocumentNode
    errors: list[GraphQLError]


def prepare(view: ViewSchema, whole: GraphQLSchema, parsed: DocumentNode) -> Document:
    """Cut a parsed document for a view and validate it."""
    cut = _Cut(view)
    executable = visit(parsed, TypeInfoVisitor(cut.types, cut))
    if not cut.found:
        return Document(parsed, _coded(validate(view, parsed)))
    executable = _without_leftovers(parsed, executable)
    errors = validate(view, executable)
    if not errors and validate(whole, parsed):
        errors = [_below(field) for field in cut.found]
    return Document(executable, _coded(errors))


def _coded(errors: list[GraphQLError]) -> list[GraphQLError]:
    for error in errors:
        error.extensions = {"code": INVALID}
    return errors


class _Cut(Visitor):
    """Takes arguments and selections off stripped fields."""

    def __init__(self, view: ViewSchema) -> None:
        super().__init__()
        self.view = view
        self.types = TypeInfo(view)
        self.found: list[FieldNode] = []

    def enter_field(self, node: FieldNode, *_: Any) -> FieldNode | None:
        parent = self.types.get_parent_type()
        if parent is None or (parent.name, node.name.value) not in self.view.ghosts:
            return None
        self.found.append(node)
        if node.selection_set is None and not node.arguments:
            return None
        return FieldNode(
            alias=node.alias,
            name=node.name,
            directives=node.directives,
            arguments=(),
            selection_set=None,
            loc=node.loc,
        )


def _without_leftovers(parsed: DocumentNode, cut: DocumentNode) -> DocumentNode:
    """Take out fragments and variables that were used, and after the cut are not any more."""
    before, after = _used_fragments(parsed), _used_fragments(cut)
    lost_fragments = before - after
    lost_variables = _used_variables(parsed, before) - _used_variables(cut, after)
    kept = []
    for definition in cut.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            if definition.name.value not in lost_fragments:
                kept.append(definition)
        elif isinstance(definition, OperationDefinitionNode):
            kept.append(_with_variables(definition, lost_variables))
        else:
            kept.append(definition)
    return DocumentNode(definitions=tuple(kept), loc=cut.loc)


def _with_variables(
    operation: OperationDefinitionNode, lost: Collection[str]
) -> OperationDefinitionNode:
    variables = tuple(
        v for v in operation.variable_definitions or () if v.variable.name.value not in lost
    )
    return OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=variables,
        directives=operation.directives,
        selection_set=operation.selection_set,
        loc=operation.loc,
    )


class _Names(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.fragments: set[str] = set()
        self.variables: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self.fragments.add(node.name.value)

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.variables.add(node.name.value)


def _names_in(node: Any) -> _Names:
    names = _Names()
    visit(node, names)
    return names


def _used_fragments(document: DocumentNode) -> set[str]:
    """Names of the fragments that the operations come to."""
    fragments = {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    used: set[str] = set()
    waiting = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]  # type: list[Any]
    while waiting:
        for name in _names_in(waiting.pop()).fragments - used:
            used.add(name)
            if name in fragments:
                waiting.append(fragments[name])
    return used


def _used_variables(document: DocumentNode, fragments: Collection[str]) -> set[str]:
    used: set[str] = set()
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            used |= _names_in(each.selection_set).variables
            for directive in each.directives or ():
                used |= _names_in(directive).variables
        elif isinstance(each, FragmentDefinitionNode) and each.name.value in fragments:
            used |= _names_in(each).variables
    return used


def _below(field: FieldNode) -> GraphQLError:
    return GraphQLError(f"The selection of '{field.name.value}' is not valid.", field)
