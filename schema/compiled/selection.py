"""What an operation selects of each type: fragments unfolded, `@skip` and `@include` decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    TypeNameMetaFieldDef,
    VariableNode,
)
from strawberry.types.field import StrawberryField

from schema import definitions
from schema.projection import DEFINITION

Sets = Sequence[SelectionSetNode]
"""Selection sets that are answered as one."""

TYPE_NAME = "__typename"


class NotCompiled(Exception):
    """An operation holds what only the ordinary executor understands."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A field as it is selected, with all nodes that are answered as one."""

    key: str
    parent: GraphQLObjectType
    definition: GraphQLField
    nodes: list[FieldNode]

    @property
    def name(self) -> str:
        """Its name in the schema."""
        return self.nodes[0].name.value

    @property
    def kind(self) -> GraphQLOutputType:
        """Its type."""
        return self.definition.type

    @property
    def sets(self) -> Sets:
        """What is selected below it."""
        return [node.selection_set for node in self.nodes if node.selection_set]

    @property
    def declared(self) -> StrawberryField | None:
        """Its declaration; None for `__typename` and for stripped fields."""
        found = (self.definition.extensions or {}).get(DEFINITION)
        return found if isinstance(found, StrawberryField) else None

    @property
    def always(self) -> Any:
        """What a field without a declaration is: the type's name, or what a stripped one gives."""
        if self.name == TYPE_NAME:
            return self.parent.name
        return [] if isinstance(self.kind, GraphQLNonNull) else None

    @property
    def metadata(self) -> Any:
        """What its declaration says about where it comes from."""
        return self.declared.metadata if self.declared else {}


class Selections:
    """Selections of one document with given values of the variables that `@skip` and such take."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, switches: dict[str, Any]
    ) -> None:
        self.schema = schema
        self._fragments = definitions.fragments(document)
        self._switches = switches

    def of(self, kind: GraphQLObjectType, sets: Sets) -> list[Selected]:
        """The fields that are selected of an object, in the order of the answer."""
        found: dict[str, Selected] = {}
        for node in self._nodes(kind, sets, set()):
            key = (node.alias or node.name).value
            if key in found:
                found[key].nodes.append(node)
            else:
                found[key] = Selected(key, kind, self._definition(kind, node), [node])
        return list(found.values())

    def _definition(self, kind: GraphQLObjectType, node: FieldNode) -> GraphQLField:
        name = node.name.value
        if name == TYPE_NAME:
            return TypeNameMetaFieldDef
        found = self.schema.get_field(kind, name)
        if found is None or name.startswith("__"):
            raise NotCompiled(name)
        return found

    def _nodes(self, kind: GraphQLObjectType, sets: Sets, seen: set[str]) -> Iterator[FieldNode]:
        for selected in sets:
            for node in selected.selections:
                if not self._is_included(node):
                    continue
                match node:
                    case FieldNode():
                        yield node
                    case InlineFragmentNode():
                        condition = node.type_condition
                        if condition is None or self._applies(kind, condition.name.value):
                            yield from self._nodes(kind, [node.selection_set], seen)
                    case FragmentSpreadNode(name=name) if name.value not in seen:
                        seen.add(name.value)
                        fragment = self._fragments[name.value]
                        if self._applies(kind, fragment.type_condition.name.value):
                            yield from self._nodes(kind, [fragment.selection_set], seen)

    def _applies(self, kind: GraphQLObjectType, condition: str) -> bool:
        if condition == kind.name:
            return True
        above: Any = self.schema.type_map.get(condition)
        return any(each is kind for each in self._possible(above))

    def _possible(self, above: Any) -> Sequence[GraphQLObjectType]:
        is_abstract = hasattr(above, "resolve_type")
        return self.schema.get_possible_types(above) if is_abstract else ()

    def _is_included(self, node: Any) -> bool:
        for directive in node.directives or ():
            name, value = directive.name.value, directive.arguments[0].value
            if name not in {"skip", "include"}:
                raise NotCompiled(name)
            if isinstance(value, VariableNode):
                on = self._switches[value.name.value]
            else:
                on = value.value
            if not isinstance(on, bool):
                raise NotCompiled(name)
            if on is (name == "skip"):
                return False
        return True
