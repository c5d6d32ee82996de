"""Objects of a level, all at once: what the database can't write, Python does.

A block is what is selected of one type. It is given all objects of a level together and asks each
field once for all of them; what lies below is a block again. Whatever is not as it should be is
raised: then the ordinary executor runs the operation, and tells the error in its own words.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import sqlalchemy as sa
from graphql import (
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_leaf_type,
)

from schema.compiled.run import Run, Unusual, settled
from schema.compiled.selection import TYPE_NAME, NotCompiled, Selected, Selections, Sets
from schema.compiled.statement import Prepared
from schema.compiled.text import Rows, Writer
from schema.page import Connection
from schema.projection import DEFINITION
from schema.row import METADATA

Values = Sequence[Any]
Ask = Callable[[Run, Values], Awaitable[Values] | Values]
"""Asks a field of all objects of a level: a value for each, as JSON has it."""

RELATIONS = frozenset({"one", "many", "count", "person"})
KEYS = "keys"


class Compiler:
    """Makes blocks, for one operation and one kind of viewer."""

    def __init__(
        self, selections: Selections, writer: Writer, dialect: sa.Dialect, pages: Any
    ) -> None:
        self.selections = selections
        self.writer = writer
        self.dialect = dialect
        self._pages = pages

    def value(self, kind: GraphQLOutputType, sets: Sets) -> Ask:
        """What makes JSON of values of a type."""
        if isinstance(kind, GraphQLNonNull):
            return _not_null(self.value(kind.of_type, sets))
        if isinstance(kind, GraphQLList):
            return _list(self.value(kind.of_type, sets))
        if is_leaf_type(kind):
            return _leaf(kind)
        return self._composite(kind, sets)

    def block(self, kind: GraphQLObjectType, sets: Sets) -> Ask:
        """What makes objects of one type."""
        if _is_connection(kind):
            found: Ask = self._pages(self, kind, sets)
            return found
        return self.plain(kind, sets)

    def plain(self, kind: GraphQLObjectType, sets: Sets) -> Ask:
        """What makes objects of one type, whatever it is."""
        fields = self.selections.of(kind, sets)
        related = self._related(kind, fields)
        asked = [field for field in fields if field.key not in related]
        asks = [(field.key, self.field(field)) for field in asked]
        read = self._read(kind, related) if related else None
        keys = [field.key for field in fields]

        async def ask(run: Run, objects: Values) -> Values:
            if not objects:
                return []
            run.objects += len(objects)
            waiting = [ask(run, objects) for _, ask in asks]
            if read is not None:
                waiting.append(read(run, objects))
            found = await settled(waiting)
            by_key: dict[str, Any] = {
                key: values for (key, _), values in zip(asks, found, strict=False)
            }
            if read is not None:
                by_key |= found[-1]
            columns = [by_key[key] for key in keys]
            return [dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True)]

        return ask

    def field(self, field: Selected) -> Ask:
        """What asks one field."""
        if field.name == TYPE_NAME:
            return _always(field.parent.name)
        if field.declared is None:  # a stripped one
            return _always([] if isinstance(field.kind, GraphQLNonNull) else None)
        complete = self.value(field.kind, field.sets)
        batched = field.metadata.get("batched")
        declared: Any = field.declared
        if batched is not None:

            async def all_at_once(run: Run, objects: Values) -> Values:
                found = await batched(run.operation, list(objects))
                return await _awaited(complete(run, found))

            return all_at_once
        name = declared.python_name
        if declared.base_resolver is None and not declared.extensions:

            async def attribute(run: Run, objects: Values) -> Values:
                return await _awaited(complete(run, [getattr(each, name) for each in objects]))

            return attribute
        resolve: Any = field.definition.resolve

        async def resolved(run: Run, objects: Values) -> Values:
            info, given = run.info(field), run.arguments(field)
            found = await settled([resolve(each, info, **given) for each in objects])
            return await _awaited(complete(run, found))

        return resolved

    def _composite(self, kind: Any, sets: Sets) -> Ask:
        schema = self.selections.schema
        is_object = isinstance(kind, GraphQLObjectType)
        kinds = [kind] if is_object else list(schema.get_possible_types(kind))
        blocks = {each.name: self.block(each, sets) for each in kinds}

        async def ask(run: Run, objects: Values) -> Values:
            there: dict[str, list[tuple[int, Any]]] = {}
            for place, each in enumerate(objects):
                if each is not None:
                    name = kind.name if is_object else _name(kinds, each)
                    there.setdefault(name, []).append((place, each))
            found: list[Any] = [None] * len(objects)
            asked = [blocks[name](run, [e for _, e in some]) for name, some in there.items()]
            for some, values in zip(there.values(), await settled(asked), strict=True):
                for (place, _), value in zip(some, values, strict=True):
                    found[place] = value
            return found

        return ask

    def _related(self, kind: GraphQLObjectType, fields: Sequence[Selected]) -> dict[str, Selected]:
        """The fields of rows that the database can tell by itself, for all rows of a level."""
        model = getattr(_origin(kind), "model", None)
        if model is None or not hasattr(model, "id"):
            return {}
        found = {}
        for field in fields:
            declared = field.metadata.get(METADATA)
            if declared is None or declared.kind not in RELATIONS:
                continue
            try:
                self.writer.field(Rows(self.writer, model, self.writer.named(model)), field)
            except NotCompiled:
                continue
            found[field.key] = field
        return found

    def _read(self, kind: GraphQLObjectType, fields: dict[str, Selected]) -> Any:
        """One statement for all relations of rows that are there already."""
        model: Any = _origin(kind).model
        rows = Rows(self.writer, model, self.writer.named(model))
        told = [
            self.writer.field(rows, field).label(f"f{n}") for n, field in enumerate(fields.values())
        ]
        table = rows.source
        statement = (
            sa.select(table.c.id, *told)
            .select_from(rows.joined)
            .where(*self.writer.reach(model, table), self.writer.words.among(table.c.id, KEYS))
        )
        prepared = Prepared(statement, self.dialect)
        key_of = sa.Uuid().dialect_impl(self.dialect).result_processor(self.dialect, None)
        spell = self.writer.words.keys

        async def read(run: Run, objects: Values) -> dict[str, Any]:
            keys = list(dict.fromkeys(each.id for each in objects))
            (rows_,) = await run.read([(prepared, {KEYS: spell(keys)})])
            by_id = {key_of(row[0]) if key_of else row[0]: row for row in rows_}
            found: dict[str, list[Any]] = {key: [] for key in fields}
            for each in objects:
                row = by_id.get(each.id)
                if row is None:
                    raise Unusual
                for place, key in enumerate(fields, start=1):
                    found[key].append(run.fragment(row[place]))
            return found

        return read


async def _awaited(found: Awaitable[Values] | Values) -> Values:
    return await found if isinstance(found, Awaitable) else found


def _always(value: Any) -> Ask:
    return lambda _, objects: [value] * len(objects)


def _not_null(complete: Ask) -> Ask:
    async def ask(run: Run, values: Values) -> Values:
        found = await _awaited(complete(run, values))
        if any(each is None for each in found):
            raise Unusual
        return found

    return ask


def _list(complete: Ask) -> Ask:
    async def ask(run: Run, values: Values) -> Values:
        lengths: list[int | None] = []
        flat: list[Any] = []
        for each in values:
            if each is not None and not isinstance(each, list | tuple):
                raise Unusual
            lengths.append(None if each is None else len(each))
            flat += each or ()
        if flat:
            flat = list(await _awaited(complete(run, await settled(flat))))
        found, start = [], 0
        for length in lengths:
            found.append(None if length is None else flat[start : start + length])
            start += length or 0
        return found

    return ask


def _leaf(kind: GraphQLLeafType) -> Ask:
    serialize = kind.serialize

    def ask(_: Run, values: Values) -> Values:
        return [None if each is None else serialize(each) for each in values]

    return ask


def _name(kinds: Sequence[GraphQLObjectType], value: Any) -> str:
    for kind in kinds:
        if kind.is_type_of is not None and kind.is_type_of(value, None):  # type: ignore[arg-type]
            return kind.name
    raise Unusual


def _origin(kind: Any) -> Any:
    """The class that a type is declared by."""
    declared = (get_named_type(kind).extensions or {}).get(DEFINITION)
    return getattr(declared, "origin", None)


def _is_connection(kind: GraphQLObjectType) -> bool:
    origin = _origin(kind)
    return isinstance(origin, type) and issubclass(origin, Connection)
