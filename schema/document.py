"""Documents as a view takes them: parsed, cut at stripped fields, validated, remembered.

A document may carry stripped fields with whatever selection is right in the whole schema, so that
one document serves every kind of viewer. What lies below such a field is cut off before the view
validates and executes the document; that it is right at all is checked against the whole schema,
in words that name nothing which the view hides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    validate,
    visit,
)

from schema import definitions
from schema.cost import Cost, costs
from schema.introspection import introspections
from schema.projection import ViewSchema

INVALID = "GRAPHQL_VALIDATION_FAILED"

MOST_ERRORS = 10
"""Errors after which validation ends; the search for names that were meant takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a view makes of a text: the document to execute, or the errors to answer.

    `costs` are those of its operations, by name; none where there are errors. `introspects` are
    the names of those that ask for nothing but the schema. `switches` are the variables that
    `@skip` and `@include` take.
    `plans` and `variables` are for `schema.compiled` to keep its own in.
    """

    executable: DocumentNode
    errors: list[GraphQLError]
    costs: Mapping[str | None, Cost] = field(default_factory=dict)
    introspects: frozenset[str | None] = frozenset()
    switches: Sequence[str] = ()
    plans: dict[Any, Any] = field(default_factory=dict)
    variables: dict[Any, Any] = field(default_factory=dict)


def prepare(view: ViewSchema, whole: GraphQLSchema, parsed: DocumentNode) -> Document:
    """Cut a parsed document for a view and validate it."""
    cut = _Cut(view)
    executable = visit(parsed, TypeInfoVisitor(cut.types, cut))
    if not cut.found:
        return _made(view, parsed, validate(view, parsed, max_errors=MOST_ERRORS))
    executable = _without_leftovers(parsed, executable)
    errors = validate(view, executable, max_errors=MOST_ERRORS)
    if not errors and (wrong := validate(whole, parsed, max_errors=MOST_ERRORS)):
        errors = [_below(field) for field in _at_fault(cut.found, wrong)]
    return _made(view, executable, errors)


def _made(view: ViewSchema, executable: DocumentNode, errors: list[GraphQLError]) -> Document:
    for error in errors:
        error.extensions = {"code": INVALID}
    if errors:
        return Document(executable, errors)
    found = introspections(executable)
    switches = sorted(definitions.switches(executable))
    return Document(executable, errors, costs(view, executable, found), found, switches)


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
    before, after = _Uses(parsed), _Uses(cut)
    lost = before.fragments() - after.fragments()
    kept: list[DefinitionNode] = []
    for whole, definition in zip(parsed.definitions, cut.definitions, strict=True):
        match definition:
            case OperationDefinitionNode():
                unused = before.of(whole).variables - after.of(definition).variables
                kept.append(_without_variables(definition, unused))
            case FragmentDefinitionNode() if definition.name.value in lost:
                continue
            case _:
                kept.append(definition)
    return DocumentNode(definitions=tuple(kept), loc=cut.loc)


def _without_variables(
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
    """Names of the fragments and variables in a part of a document."""

    def __init__(self, *parts: Node) -> None:
        super().__init__()
        self.fragments: set[str] = set()
        self.variables: set[str] = set()
        for part in parts:
            visit(part, self)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        self.fragments.add(node.name.value)

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.variables.add(node.name.value)


class _Uses:
    """What the operations of a document use, themselves and through fragments."""

    def __init__(self, document: DocumentNode) -> None:
        self._document = document
        self._in_fragment = {
            each.name.value: _Names(each)
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }

    def fragments(self) -> set[str]:
        """Names of the fragments that any operation comes to."""
        operations = [
            each for each in self._document.definitions if isinstance(each, OperationDefinitionNode)
        ]
        return set().union(*(self.of(each).fragments for each in operations))

    def of(self, operation: Any) -> _Names:
        """What one operation comes to; to declare a variable is not to use it."""
        used = _Names(operation.selection_set, *(operation.directives or ()))
        waiting = list(used.fragments)
        while waiting:
            found = self._in_fragment.get(waiting.pop())
            if found is not None:
                waiting += found.fragments - used.fragments
                used.fragments |= found.fragments
                used.variables |= found.variables
        return used


def _at_fault(stripped: list[FieldNode], errors: list[GraphQLError]) -> list[FieldNode]:
    """The stripped fields that errors lie in; all of them where that can't be told."""
    places = {place for error in errors for place in error.positions or ()}
    at_fault = [
        ghost
        for ghost in stripped
        if ghost.loc and any(ghost.loc.start <= place < ghost.loc.end for place in places)
    ]
    return at_fault or stripped


def _below(field: FieldNode) -> GraphQLError:
    return GraphQLError(f"The selection of '{field.name.value}' is not valid.", field)
