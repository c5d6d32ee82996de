"""The cost of an operation is told before it is executed, and is never below what it has."""

from typing import Any

import pytest
from graphql import (
    GraphQLError,
    GraphQLSchema,
    build_schema,
    execute_sync,
    get_introspection_query,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_enum_type,
    is_list_type,
    is_required_argument,
    parse,
)
from hypothesis import given
from hypothesis import strategies as st

from schema.cost import objects
from schema.limits import Limits, check_cost
from schema.row import USUAL, USUAL_SIZE
from schema.view import CALLERS
from server import operations
from tests.hidden import VIEWS, literal

QA = VIEWS.of(CALLERS["qa"])


def cost(text: str, **variables: Any) -> int:
    document = QA.document(text)
    assert not document.errors
    (found,) = document.costs.values()
    return found(variables)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ viewer { name } }", 1),
        ("{ viewer { name } __typename }", 1),
        ("{ agents(first: 5) { nodes { id name } } }", 6),
        ("{ agents(first: 5) { edges { node { id } } nodes { id } } }", 16),
        ("{ agents(last: 100) { nodes { queues { id } } } }", 1 + 100 * 11),
        ("{ agents(first: 5) { totalCount } }", 11),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ("{ a: viewer { name } b: viewer { name } }", 2),
        ("{ viewer { name } viewer { email } ...F } fragment F on Query { viewer { name } }", 1),
        ('{ node(id: "a") { ... on Agent { queues { id } } ... on Queue { id } } }', 11),
        ('{ conversation(id: "a") { transcript { text } evaluations { total } } }', 53),
        ("{ viewer @skip(if: true) { name } }", 1),
    ],
)  # fmt: skip
def test_objects_are_counted_pages_as_asked_for_and_other_lists_as_usual(text: str, expected: int):
    assert cost(text) == expected


PAGE = "query($n: Int = 3) { agents(first: $n) { nodes { id } } }"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, 4), ({"n": 9}, 10), ({"n": 9.0}, 10), ({"n": 0}, 1), ({"n": None}, 1),
     ({"n": -1}, 101), ({"n": 5_000}, 101), ({"n": "x"}, 101)],
)  # fmt: skip
def test_pages_may_be_variables_and_what_is_none_counts_as_the_longest(
    variables: dict[str, Any], expected: int
):
    assert cost(PAGE, **variables) == expected


def test_a_write_costs_ten_more_than_what_is_read_of_it():
    text = "mutation($input: CreateAssignmentInput!) { createAssignment(input: $input) { %s } }"
    assert cost(text % "errors { code }") == 10 + 1 + 10
    assert cost(text % "assignment { id } errors { code }") == 10 + 2 + 10


def test_introspection_is_allowed_alone_and_not_many_times_nor_beside_other_fields():
    whole = get_introspection_query()
    check_cost(cost(whole), Limits())
    beside = whole.replace("__schema {", "viewer { name } __schema {", 1)
    for text in (
        beside,
        "{ __schema { types { "
        + " ".join(
            f"a{n}: fields {{ type {{ fields {{ name type {{ name }} }} }} }}" for n in range(50)
        )
        + " } } }",
    ):
        with pytest.raises(GraphQLError) as caught:
            check_cost(cost(text), Limits())
        assert caught.value.extensions == {"code": "COST_LIMIT_EXCEEDED"}


@pytest.mark.parametrize("name", [n for n in operations.names() if n != "DrillDown"])
def test_the_products_own_operations_cost_a_tenth_of_what_is_allowed_at_most(name: str):
    for caller in CALLERS.values():
        document = VIEWS.of(caller).document(operations.text(name))
        for found in document.costs.values():
            assert found({"first": 50, "last": None}) <= Limits().cost // 10


# --- Never below what an operation really has ---

SCHEMAS = {name: build_schema(VIEWS.sdl(name)) for name in CALLERS}


def usual(name: str, type_name: str, field: str) -> int:
    declared: Any = VIEWS.of(CALLERS[name])._schema.type_map[type_name]  # noqa: SLF001
    definition = declared.fields[field].extensions.get("strawberry-definition")
    return int(getattr(definition, "metadata", {}).get(USUAL, USUAL_SIZE))


def full(name: str) -> Any:
    """A resolver whose pages are full, and whose other lists have what they usually have."""

    def resolve(source: Any, info: Any, **arguments: Any) -> Any:
        kind = get_nullable_type(info.return_type)
        inner: Any = get_named_type(kind)
        if is_composite_type(inner):
            value: Any = {"page": arguments.get("first") or arguments.get("last")}
        elif is_enum_type(inner):
            value = next(iter(inner.values))
        else:
            value = {"Boolean": True, "Float": 1.5, "Int": 1}.get(inner.name, "x")
        if not is_list_type(kind):
            return value
        if "ids" in arguments:
            size = len(arguments["ids"])
        elif is_composite_type(inner) and (source or {}).get("page"):
            size = source["page"]
        else:
            size = usual(name, info.parent_type.name, info.field_name)
        return [value] * size

    return resolve


def some_type(value: Any, info: Any, kind: Any) -> str:
    del value
    return str(info.schema.get_possible_types(kind)[-1].name)


@st.composite
def selections(draw: st.DrawFn, schema: GraphQLSchema, kind: Any, depth: int) -> str:
    """Some fields of a type, with whatever is below them."""
    if is_abstract_type(kind) and draw(st.booleans()):
        chosen = draw(st.sampled_from(schema.get_possible_types(kind)))
        return f"{{ ... on {chosen.name} {draw(selections(schema, chosen, depth))} }}"
    fields = getattr(kind, "fields", {})
    deep = [n for n in fields if is_composite_type(get_named_type(fields[n].type))]
    names = list(fields) if depth else [n for n in fields if n not in deep]
    wanted = draw(st.lists(st.sampled_from(names), max_size=3)) if names else []
    parts = ["__typename"]
    for number, field_name in enumerate(wanted):
        field = fields[field_name]
        given_ = [
            f"{n}: {literal(a.type)}" for n, a in field.args.items() if is_required_argument(a)
        ]
        if "first" in field.args:
            given_.append(
                f"{draw(st.sampled_from(['first', 'last']))}: {draw(st.sampled_from([1, 2, 12]))}"
            )
        called = f"({', '.join(given_)})" if given_ else ""
        below: Any = get_named_type(field.type)
        inner = draw(selections(schema, below, depth - 1)) if is_composite_type(below) else ""
        parts.append(f"a{number}: {field_name}{called} {inner}")
    return f"{{ {' '.join(parts)} }}"


@pytest.mark.parametrize("name", CALLERS)
@given(data=st.data())
def test_the_cost_is_never_below_the_number_of_objects(name: str, data: st.DataObject):
    schema = SCHEMAS[name]
    text = data.draw(selections(schema, schema.query_type, 4))
    document = VIEWS.of(CALLERS[name]).document(text)
    assert not document.errors, (text, document.errors)
    result = execute_sync(schema, parse(text), field_resolver=full(name), type_resolver=some_type)
    assert result.errors is None, text
    assert document.costs[None]({}) >= objects(result.data), text
