"""What an operation costs, told before it is executed: how many objects its answer may have.

A page has as many objects as are asked for. A list without pages has its *usual* size: what it
has in almost all answers, declared at the field (`usual=`). Fields that take a computation have a
price beside (`price` in their metadata). Fields that `@skip` and `@include` leave out count, too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from resolvers.page import SIZE
from schema import definitions, introspection
from schema.row import PRICE, USUAL, USUAL_SIZE

WRITE = 10
"""Price of a mutation."""

BESIDE = 10
"""How many times introspection counts beside other fields: the event loop waits for it then."""

Variables = Mapping[str, Any]
Cost = Callable[[Variables], int]
"""The cost of an operation with these variables."""

_Field = tuple[GraphQLField, list[FieldNode]]


def costs(
    schema: GraphQLSchema, document: DocumentNode, introspect: frozenset[str | None]
) -> dict[str | None, Cost]:
    """The costs of the operations of a valid document, by name.

    `introspect` are the names of those that ask for nothing but the schema.
    """
    prices = _Prices(schema, document)
    return {
        name: prices.of(each, times=1 if name in introspect else BESIDE)
        for name, each in definitions.operations(document).items()
    }


def objects(data: Any) -> int:
    """How many objects an answer has, without its root."""
    found = 0
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found += 1
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return max(found - 1, 0)


class _Prices:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.schema = schema
        self.fragments = definitions.fragments(document)

    def of(self, operation: OperationDefinitionNode, *, times: int) -> Cost:
        """The cost of an operation, in which introspection counts so many times."""
        root: Any = self.schema.get_root_type(operation.operation)
        defaults = {
            each.variable.name.value: each.default_value
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }
        price = WRITE if operation.operation is OperationType.MUTATION else 0
        below = [
            (self._field(name, field, nodes, defaults, None), times if name[:2] == "__" else 1)
            for name, field, nodes in self._merge([(operation.selection_set, root)])
        ]
        return lambda variables: sum(price + each(variables) * weight for each, weight in below)

    def _field(
        self,
        name: str,
        field: GraphQLField,
        nodes: list[FieldNode],
        defaults: Mapping[str, ValueNode],
        page: Cost | None,
    ) -> Cost:
        """The cost of one field for each object that has it; `page` is what its parent pages by."""
        metadata = getattr(field.extensions.get("strawberry-definition"), "metadata", {})
        price: int = metadata.get(PRICE, 0)
        kind: Any = get_named_type(field.type)
        if not is_composite_type(kind):
            return lambda _: price
        usual = metadata.get(USUAL, USUAL_SIZE)
        if kind.name.startswith("__"):
            usual = introspection.SIZES.get(name, 1)
        size = self._size(field, nodes[0], defaults, page, usual)
        pages = _page(field, nodes[0], defaults)
        places = [(node.selection_set, kind) for node in nodes if node.selection_set]
        below = [self._field(*each, defaults, pages) for each in self._merge(places)]
        return lambda variables: (
            price + size(variables) * (1 + sum(each(variables) for each in below))
        )

    def _size(
        self,
        field: GraphQLField,
        node: FieldNode,
        defaults: Mapping[str, ValueNode],
        page: Cost | None,
        usual: int,
    ) -> Cost:
        """How many objects a field has."""
        if not is_list_type(get_nullable_type(field.type)):
            return lambda _: 1
        if "ids" in field.args:
            ids = _value(node, "ids", defaults)
            return lambda variables: _length(ids(variables))
        if page is not None:
            return page
        return lambda _: usual

    def _merge(
        self, places: list[tuple[SelectionSetNode, Any]]
    ) -> Iterator[tuple[str, GraphQLField, list[FieldNode]]]:
        """The fields that are answered as one: by type that has them, and name in the answer."""
        merged: dict[tuple[str, str], list[FieldNode]] = defaultdict(list)
        fields: dict[tuple[str, str], GraphQLField] = {}
        for node, parent in self._fields(places):
            key = (parent.name, (node.alias or node.name).value)
            field = self.schema.get_field(parent, node.name.value)
            if field is not None:
                merged[key].append(node)
                fields[key] = field
        return ((nodes[0].name.value, fields[key], nodes) for key, nodes in merged.items())

    def _fields(
        self, places: list[tuple[SelectionSetNode, Any]]
    ) -> Iterator[tuple[FieldNode, Any]]:
        seen: set[tuple[str, str]] = set()
        waiting = list(places)
        while waiting:
            selected, parent = waiting.pop()
            for node in selected.selections:
                match node:
                    case FieldNode():
                        yield node, parent
                    case InlineFragmentNode():
                        kind = node.type_condition
                        inner = self.schema.get_type(kind.name.value) if kind else parent
                        waiting.append((node.selection_set, inner))
                    case FragmentSpreadNode() if (node.name.value, parent.name) not in seen:
                        seen.add((node.name.value, parent.name))
                        fragment = self.fragments[node.name.value]
                        inner = self.schema.get_type(fragment.type_condition.name.value)
                        waiting.append((fragment.selection_set, inner))


def _page(field: GraphQLField, node: FieldNode, defaults: Mapping[str, ValueNode]) -> Cost | None:
    """How long a page is, if the field has pages: `first` or `last`, the longer if both."""
    if not {"first", "last"} <= field.args.keys():
        return None
    first, last = _value(node, "first", defaults), _value(node, "last", defaults)
    return lambda variables: max(_within(first(variables)), _within(last(variables)))


def _within(value: Any) -> int:
    """A page's length; the longest for what is none, which is refused later."""
    if value is None:
        return 0
    if isinstance(value, int | float) and 0 <= value <= SIZE:
        return int(value)
    return SIZE


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list | tuple) else 1


def _value(
    node: FieldNode, name: str, defaults: Mapping[str, ValueNode]
) -> Callable[[Variables], Any]:
    """The value of an argument: a number, a list of anything, or None."""
    given = next((each.value for each in node.arguments or () if each.name.value == name), None)
    if isinstance(given, VariableNode):
        variable = given.name.value
        default = _literal(defaults.get(variable))
        return lambda variables: variables.get(variable, default)
    literal = _literal(given)
    return lambda _: literal


def _literal(value: ValueNode | None) -> Any:
    match value:
        case IntValueNode():
            return int(value.value)
        case ListValueNode():
            return value.values
    return None
