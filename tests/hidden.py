"""What views hide, and for every hidden element documents that use it, made from the schemas."""

import functools
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLSchema,
    build_schema,
    get_introspection_query,
    get_named_type,
    is_abstract_type,
    is_introspection_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
    is_specified_scalar_type,
    print_schema,
    validate_schema,
)

from auth import permissions
from auth.viewer import Caller
from models import Permission, Role
from schema import root
from schema.view import CALLERS, NAMES, WHOLE, View

VIEWS = root.build()
INTROSPECTION = get_introspection_query(
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
    one_of=True,
)


def callers() -> list[Caller]:
    """One caller for each set of permission classes that some caller has."""
    found: dict[tuple[bool, ...], Caller] = {}
    for role in Role:
        for count in range(len(Permission) + 1):
            for some in itertools.combinations(Permission, count):
                caller = Caller(role=role, permissions=frozenset(some))
                found.setdefault(tuple(n.allows(caller) for n in permissions.ALL), caller)
    return list(found.values())


KINDS = {" ".join([each.role, *sorted(each.permissions)]): each for each in callers()}
"""A caller for each view that there is."""


def of(name: str) -> View:
    return VIEWS.of({**CALLERS, **KINDS}[name])


@functools.cache
def alone(name: str) -> GraphQLSchema:
    """A schema made of a view's SDL and nothing else: in it the hidden really never existed."""
    return build_schema(VIEWS.sdl(name) if name in NAMES else of(name).as_str())


SCHEMAS = {name: alone(name) for name in NAMES}
TOP = SCHEMAS[WHOLE]


def elements(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    """Every type, field, argument, input field and enum value, by its coordinate."""
    for name, kind in schema.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield name, kind
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", v) for value, v in kind.values.items())
        for field_name, field in getattr(kind, "fields", {}).items():
            yield f"{name}.{field_name}", field
            for arg_name, arg in getattr(field, "args", {}).items():
                yield f"{name}.{field_name}({arg_name}:)", arg


def literal(kind: Any) -> str:
    """A value of a type, as short as can be."""
    match kind:
        case GraphQLNonNull():
            return literal(kind.of_type)
        case GraphQLEnumType():
            return str(next(iter(kind.values)))
        case GraphQLInputObjectType():
            needed = {n: f for n, f in kind.fields.items() if is_required_input_field(f)}
            return "{" + ", ".join(f"{n}: {literal(f.type)}" for n, f in needed.items()) + "}"
    scalars = {"Int": "1", "Float": "1", "Boolean": "true", "Date": '"2026-01-01"'}
    return scalars.get(get_named_type(kind).name, '"x"')


def call(name: str, field: Any, extra: str = "") -> str:
    """A field with all that it requires; `extra` replaces an argument of that name."""
    given = [
        f"{arg_name}: {literal(arg.type)}"
        for arg_name, arg in field.args.items()
        if is_required_argument(arg) and not extra.startswith(f"{arg_name}:")
    ]
    given += [extra] if extra else []
    return f"{name}({', '.join(given)})" if given else name


@functools.cache
def paths(schema: GraphQLSchema) -> dict[str, str]:
    """For every type that can be come to, an operation with `%s` for a selection on it."""
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    found = {root.name: f"{word} {{%s}}" for word, root in roots.items() if root}
    waiting = list(found)
    while waiting:
        kind: Any = schema.type_map[waiting.pop(0)]
        for name, field in kind.fields.items():
            below = get_named_type(field.type)
            if is_leaf_type(below):
                continue
            step = f"{call(name, field)} {{%s}}"
            types = [below, *(schema.get_possible_types(below) if is_abstract_type(below) else ())]
            for each in types:
                if each.name not in found:
                    on = "%s" if each is below else f"... on {each.name} {{%s}}"
                    found[each.name] = found[kind.name] % (step % on)
                    waiting.append(each.name)
    return found


def users(schema: GraphQLSchema, of_type: str) -> Iterator[tuple[str, str, str]]:
    """Where a value of an input type goes: parent type, its field, and `argument: %s`."""
    for name in paths(schema):
        parent: Any = schema.type_map[name]
        for field_name, field in parent.fields.items():
            for arg_name, arg in field.args.items():
                kind = get_named_type(arg.type)
                if kind.name == of_type:
                    yield name, field_name, f"{arg_name}: %s"
                for inner_name, inner in getattr(kind, "fields", {}).items():
                    if get_named_type(inner.type).name == of_type:
                        yield name, field_name, f"{arg_name}: {{{inner_name}: %s}}"


@dataclass(frozen=True)
class Use:
    """A document that uses a hidden element, whose name is `name`."""

    at: str
    name: str
    text: str
    variables: tuple[tuple[str, Any], ...] = ()

    def renamed(self, name: str) -> "Use":
        told = re.sub(rf"\b{self.name}\b", name, self.text)
        given = json.loads(json.dumps(self.variables).replace(f'"{self.name}"', f'"{name}"'))
        return Use(self.at, name, told, tuple((key, value) for key, value in given))

    def __str__(self) -> str:
        return self.at


def selected(field: Any) -> str:
    return "" if is_leaf_type(get_named_type(field.type)) else " {__typename}"


def uses_of(view: GraphQLSchema, at: str) -> Iterator[Use]:
    """Documents that use the element of the whole at this coordinate, hidden from the view."""
    type_name, _, rest = at.partition(".")
    kind: Any = TOP.type_map[type_name]
    if not rest:
        yield Use(at, type_name, f'{{ __type(name: "{type_name}") {{ name kind }} }}')
        yield Use(at, type_name, f'{{ node(id: "x") {{ ... on {type_name} {{ __typename }} }} }}')
        yield Use(at, type_name, f"query($v: {type_name}) {{ viewer {{ name }} }}")
        return
    field_name, _, arg_name = rest.rstrip(":)").partition("(")
    if isinstance(kind, GraphQLEnumType | GraphQLInputObjectType):
        yield from _uses_of_input(view, at, kind, field_name)
        return
    field = kind.fields[field_name]
    extra = f"{arg_name}: {literal(field.args[arg_name].type)}" if arg_name else ""
    chosen = call(field_name, field, extra) + selected(field)
    yield Use(at, arg_name or field_name, paths(view)[type_name] % chosen)


def _uses_of_input(view: GraphQLSchema, at: str, kind: Any, name: str) -> Iterator[Use]:
    value: Any = name
    text = name
    if isinstance(kind, GraphQLInputObjectType):
        text = f"{{{name}: {literal(kind.fields[name].type)}}}"
        value = {name: literal(kind.fields[name].type)}
    for type_name, field_name, extra in users(view, kind.name):
        parent: Any = view.type_map[type_name]
        field = parent.fields[field_name]
        for given, declared in ((text, ""), ("$v", f"($v: {kind.name}!)")):
            chosen = call(field_name, field, extra % given) + selected(field)
            document = (paths(view)[type_name] % chosen).replace("{", f"{declared} {{", 1)
            yield Use(at, name, document, (("v", value),) if declared else ())


def hidden(name: str) -> list[str]:
    """Coordinates that a view lacks, though it has what they are part of."""
    here = dict(elements(alone(name)))
    lacking = [at for at, _ in elements(TOP) if at not in here]
    return [at for at in lacking if _parent(at) is None or _parent(at) in here]


def _parent(at: str) -> str | None:
    return at.partition("(")[0] if "(" in at else at.rpartition(".")[0] or None


def is_stripped(name: str, at: str) -> bool:
    return tuple(at.split(".")) in of(name)._view.ghosts  # noqa: SLF001 - nobody else may ask


def check(view: GraphQLSchema, whole: GraphQLSchema) -> None:
    """A view is valid, prints, is closed in itself, and has nothing that the whole lacks."""
    assert validate_schema(view) == []
    assert print_schema(view)
    for name, kind in view.type_map.items():
        assert is_introspection_type(kind) or name in whole.type_map
        for field_name, field in getattr(kind, "fields", {}).items():
            above: Any = whole.type_map[name]
            assert field_name in above.fields
            assert str(field.type) == str(above.fields[field_name].type)
            for each in (field, *getattr(field, "args", {}).values()):
                of = get_named_type(each.type)
                assert view.type_map[of.name] is of
