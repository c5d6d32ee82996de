"""Projecting the whole schema onto what some callers may see.

A projection is a `GraphQLSchema` of its own, made of clones that keep their classes (Strawberry's
enum and scalar classes know how to serialise) and lack the hidden elements. Validation, execution
and introspection all run on it, so there is nothing hidden in it to be reached.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLType,
    GraphQLUnionType,
    get_named_type,
    is_introspection_type,
    is_required_argument,
    is_required_input_field,
    is_specified_directive,
    is_specified_scalar_type,
)

from auth.permissions import Needs
from schema.guard import Guard

DEFINITION = "strawberry-definition"
CACHED = frozenset({"fields", "interfaces", "types", "values", "_value_lookup"})
Ghosts = Mapping[tuple[str, str], GraphQLField]
Allows = Callable[[type[Needs]], bool]
E = TypeVar("E")


class ViewSchema(GraphQLSchema):
    """A projection, with the stripped fields as ghosts: usable, and not to be seen.

    graphql-core asks `get_field` both to validate and to execute, and reads `fields` to
    introspect and to suggest names.
    """

    ghosts: Ghosts

    def get_field(self, parent_type: Any, field_name: str) -> GraphQLField | None:
        """The field of this name, if it is in the view or stripped from it."""
        found = super().get_field(parent_type, field_name)
        return self.ghosts.get((parent_type.name, field_name)) if found is None else found


def needs_of(element: Any) -> Iterator[type[Needs]]:
    """The permission classes on an element of the schema."""
    definition = (getattr(element, "extensions", None) or {}).get(DEFINITION)
    for extension in getattr(definition, "extensions", None) or ():
        for permission in getattr(extension, "permissions", ()):
            yield type(permission)
    for directive in getattr(definition, "directives", None) or ():
        if isinstance(directive, Guard):
            yield directive.permission


def project(source: GraphQLSchema, allows: Allows) -> ViewSchema:
    """The part of `source` that callers see for whom `allows` holds.

    Raises TypeError for a stripped field that can't be, whoever calls.
    """
    _check_stripped(source)
    return _Projection(source, allows).build()


class _Projection:
    def __init__(self, source: GraphQLSchema, allows: Allows) -> None:
        self.source = source
        self.allows = allows
        self.names = {
            name for name, kind in source.type_map.items() if _built_in(kind) or self._sees(kind)
        }
        self._drop_emptied()
        self.clones: dict[str, GraphQLNamedType] = {}

    def build(self) -> ViewSchema:
        roots = {
            "query": self.source.query_type,
            "mutation": self.source.mutation_type,
            "subscription": self.source.subscription_type,
        }
        seen = {key: root.name for key, root in roots.items() if root and root.name in self.names}
        reached = self._reached(list(seen.values()))
        schema = ViewSchema(
            **{key: self._clone(name) for key, name in seen.items()},  # type: ignore[arg-type]
            types=[
                self._clone(name)
                for name in self.source.type_map  # in the source's order, which never changes
                if name in reached and not is_introspection_type(self.source.type_map[name])
            ],
            directives=[d for d in self.source.directives if is_specified_directive(d)],
            description=self.source.description,
            extensions=dict(self.source.extensions),
        )
        schema.ghosts = {
            (name, field_name): _ghost(field)
            for name in reached
            for field_name, field in getattr(self.source.type_map[name], "fields", {}).items()
            if self._is_stripped(field)
        }
        return schema

    def _is_stripped(self, field: Any) -> bool:
        """Whether all that keeps callers from a field strips it; else it is absent."""
        lacking = [need for need in needs_of(field) if not self.allows(need)]
        return bool(lacking) and all(need.stripped for need in lacking)

    def _sees(self, element: Any) -> bool:
        return all(self.allows(need) for need in needs_of(element))

    def _fields(self, kind: Any) -> dict[str, Any]:
        """The fields of a type that are in the view."""
        return {
            name: field
            for name, field in kind.fields.items()
            if get_named_type(field.type).name in self.names
            and self._sees(field)
            and not self._lacks_required(field)
        }

    def _args(self, field: GraphQLField) -> dict[str, Any]:
        return {
            name: arg
            for name, arg in field.args.items()
            if get_named_type(arg.type).name in self.names and self._sees(arg)
        }

    def _lacks_required(self, field: Any) -> bool:
        """Whether a field can't be used without an argument that is hidden."""
        if not hasattr(field, "args"):
            return False
        kept = self._args(field)
        return any(name not in kept and is_required_argument(a) for name, a in field.args.items())

    def _values(self, kind: GraphQLEnumType) -> dict[str, Any]:
        return {name: value for name, value in kind.values.items() if self._sees(value)}

    def _drop_emptied(self) -> None:
        """Types of which nothing is left are not there either, until nothing more falls away."""
        while True:
            emptied = {name for name in self.names if self._is_empty(self.source.type_map[name])}
            if not emptied:
                return
            self.names -= emptied

    def _is_empty(self, kind: GraphQLNamedType) -> bool:
        if _built_in(kind):
            return False
        match kind:
            case GraphQLInputObjectType():
                kept = self._fields(kind)
                return not kept or any(
                    name not in kept and is_required_input_field(field)
                    for name, field in kind.fields.items()
                )
            case GraphQLObjectType() | GraphQLInterfaceType():
                return not self._fields(kind)
            case GraphQLUnionType():
                return not any(member.name in self.names for member in kind.types)
            case GraphQLEnumType():
                return not self._values(kind)
        return False

    def _reached(self, roots: list[str]) -> set[str]:
        """Names of the types that an operation can come to; an interface brings its objects."""
        reached: set[str] = set()
        waiting = list(roots)
        while waiting:
            name = waiting.pop()
            if name in reached or name not in self.names:
                continue
            reached.add(name)
            waiting += self._neighbours(self.source.type_map[name])
        return reached

    def _neighbours(self, kind: GraphQLNamedType) -> Iterator[str]:
        if isinstance(kind, GraphQLUnionType):
            yield from (member.name for member in kind.types)
        if isinstance(kind, GraphQLInterfaceType):
            found = self.source.get_implementations(kind)
            yield from (each.name for each in (*found.objects, *found.interfaces))
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            yield from (interface.name for interface in kind.interfaces)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field in self._fields(kind).values():
                yield get_named_type(field.type).name
                if isinstance(field, GraphQLField):
                    yield from (get_named_type(a.type).name for a in self._args(field).values())

    def _clone(self, name: str) -> GraphQLNamedType:
        if name not in self.clones:
            kind = self.source.type_map[name]
            self.clones[name] = kind if _built_in(kind) else self._cloned(kind)
        return self.clones[name]

    def _cloned(self, kind: GraphQLNamedType) -> GraphQLNamedType:
        match kind:
            case GraphQLEnumType():
                return _copy(kind, values=self._values(kind))
            case GraphQLUnionType():
                members = [member.name for member in kind.types if member.name in self.names]
                return _copy(kind, _types=lambda: [self._clone(member) for member in members])
            case GraphQLInputObjectType():
                return _copy(
                    kind, _fields=lambda: self._input_fields(kind), is_one_of=_is_one_of(kind)
                )
            case GraphQLObjectType() | GraphQLInterfaceType():
                above = [i.name for i in kind.interfaces if i.name in self.names]
                return _copy(
                    kind,
                    _fields=lambda: self._output_fields(kind),
                    _interfaces=lambda: [self._clone(name) for name in above],
                )
        return kind

    def _input_fields(self, kind: GraphQLInputObjectType) -> dict[str, Any]:
        return {
            name: _copy(field, type=self._type(field.type))
            for name, field in self._fields(kind).items()
        }

    def _output_fields(self, kind: Any) -> dict[str, Any]:
        return {
            name: _copy(
                field,
                type=self._type(field.type),
                args={
                    key: _copy(arg, type=self._type(arg.type))
                    for key, arg in self._args(field).items()
                },
            )
            for name, field in self._fields(kind).items()
        }

    def _type(self, kind: GraphQLType) -> Any:
        match kind:
            case GraphQLNonNull():
                return GraphQLNonNull(self._type(kind.of_type))
            case GraphQLList():
                return GraphQLList(self._type(kind.of_type))
        return self._clone(get_named_type(kind).name)


def _built_in(kind: Any) -> bool:
    return is_introspection_type(kind) or is_specified_scalar_type(kind)


def _is_one_of(kind: GraphQLInputObjectType) -> bool:
    """Strawberry checks and introspects it by itself, and does not tell graphql-core."""
    return bool(kind.extensions[DEFINITION].is_one_of)


def _copy(source: E, **changes: Any) -> E:
    """A copy of the same class with some attributes changed, and nothing cached."""
    made = object.__new__(type(source))
    made.__dict__.update({k: v for k, v in source.__dict__.items() if k not in CACHED})
    made.__dict__.update(changes)
    return made


def _check_stripped(source: GraphQLSchema) -> None:
    for name, kind in source.type_map.items():
        for field_name, field in getattr(kind, "fields", {}).items():
            if any(need.stripped for need in needs_of(field)) and not _can_be_stripped(field):
                message = f"{name}.{field_name}: stripped is for nullable and list fields"
                raise TypeError(message)


def _can_be_stripped(field: Any) -> bool:
    kind = field.type
    return isinstance(field, GraphQLField) and (
        not isinstance(kind, GraphQLNonNull) or isinstance(kind.of_type, GraphQLList)
    )


def _ghost(field: GraphQLField) -> GraphQLField:
    """A stripped field: null, or an empty list, whatever is selected below it."""
    if isinstance(field.type, GraphQLNonNull):
        return GraphQLField(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLString))),
            resolve=lambda *_, **__: [],
        )
    return GraphQLField(GraphQLString, resolve=lambda *_, **__: None)
