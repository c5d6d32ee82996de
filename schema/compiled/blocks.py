"""Objects of a level, all at once: what the database can't write, Python does.

A block is what is selected of one type. It is given all objects of a level together and asks each
field once for all of them; what lies below is a block again. Whatever is not as it should be is
raised: then the ordinary executor runs the operation, and tells the error in its own words.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_leaf_type,
)

from models.prepared import Prepared, reader
from schema.compiled.leaves import leaf
from schema.compiled.run import Run, Unusual, settled, then
from schema.compiled.selection import NotCompiled, Selected, Selections, Sets
from schema.compiled.text import Rows, Writer
from schema.page import NESTED, Connection
from schema.projection import DEFINITION
from schema.row import BATCHED, METADATA

Values = Sequence[Any]
Ask = Callable[[Run, Values], Awaitable[Values] | Values]
"""Asks a field of all objects of a level: a value for each, as JSON has it."""

RELATIONS = frozenset({"one", "many", "count", "person", "itself"})
DECLARED = RELATIONS | {"column", "told"}
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
            return leaf(kind)
        return self._composite(kind, sets)

    def block(self, kind: GraphQLObjectType, sets: Sets) -> Ask:
        """What makes objects of one type."""
        if _is_connection(kind):
            found: Ask = self._pages(self, kind, sets)
            return found
        return Block(self, kind, sets).read_and_ask

    def field(self, field: Selected) -> Ask:
        """What asks one field."""
        if field.declared is None:
            return _always(field.always)
        complete = self.value(field.kind, field.sets)
        batched = field.metadata.get(BATCHED)
        declared: Any = field.declared
        if batched is not None:
            self.writer.require(field)

            def all_at_once(run: Run, objects: Values) -> Any:
                found = batched(run.operation, list(objects))
                return then(found, lambda values: complete(run, values))

            return all_at_once
        name = declared.python_name
        declaration = field.metadata.get(METADATA)
        if declaration is not None and declaration.kind == "itself":
            self.writer.require(field)
            return complete
        if declared.base_resolver is None and not declared.extensions:

            def attribute(run: Run, objects: Values) -> Any:
                return complete(run, [getattr(each, name) for each in objects])

            return attribute
        resolve: Any = field.definition.resolve

        def resolved(run: Run, objects: Values) -> Any:
            info, given = run.info(field), run.arguments(field)
            found = settled(resolve(each, info, **given) for each in objects)
            return then(found, lambda values: complete(run, values))

        return resolved

    def _composite(self, kind: Any, sets: Sets) -> Ask:
        schema = self.selections.schema
        is_object = isinstance(kind, GraphQLObjectType)
        kinds = [kind] if is_object else list(schema.get_possible_types(kind))
        blocks = {each.name: self.block(each, sets) for each in kinds}

        def ask(run: Run, objects: Values) -> Any:
            names = [
                None if each is None else kind.name if is_object else _name(kinds, each)
                for each in objects
            ]
            return by_kind(names, objects, lambda name, some: blocks[name](run, some))

        def ask_one_kind(run: Run, objects: Values) -> Any:
            whole = None not in objects
            return blocks[kind.name](run, objects) if whole else ask(run, objects)

        return ask_one_kind if is_object else ask


class Block:
    """What is selected of one type.

    `related` are the fields of rows that the database can tell by itself; all others are asked.
    Of which kinds it tells, `told` says: what rows that are there have anyhow, costs a statement.
    """

    def __init__(
        self,
        compiler: Compiler,
        kind: GraphQLObjectType,
        sets: Sets,
        told: frozenset[str] = RELATIONS,
    ) -> None:
        self.model = getattr(origin(kind), "model", None)
        self._compiler = compiler
        self._writer = compiler.writer
        fields = compiler.selections.of(kind, sets)
        self._told = told
        self._keys = [field.key for field in fields]
        self.related = {field.key: field for field in fields if self._is_related(field)}
        self._asks = {
            field.key: compiler.field(field) for field in fields if field.key not in self.related
        }
        self._read = self._statement() if self.related else None

    def read_and_ask(self, run: Run, objects: Values) -> Any:
        """The objects, of rows or whatever else is there already."""
        told: Any = self._tell(run, objects) if self._read and objects else {}
        return then(told, lambda found: self.ask(run, objects, found))

    def ask(self, run: Run, objects: Values, told: dict[str, Values]) -> Any:
        """The objects, of rows whose related fields have been told."""
        if not objects:
            return []
        run.objects += len(objects)

        def put_together(found: Sequence[Values]) -> Values:
            by_key = dict(zip(self._asks, found, strict=True)) | told
            return as_objects({key: by_key[key] for key in self._keys}, len(objects))

        return then(settled(ask(run, objects) for ask in self._asks.values()), put_together)

    def _is_related(self, field: Selected) -> bool:
        declared = field.metadata.get(METADATA)
        if self.model is None or not hasattr(self.model, "id"):
            return False
        if NESTED not in field.metadata and (declared is None or declared.kind not in self._told):
            return False
        rows = Rows(self._writer, self.model, self._writer.named(self.model))
        try:
            self._writer.field(rows, field)
        except NotCompiled:
            return False
        return True

    def columns(self, rows: Rows) -> list[Any]:
        """What the database is to tell of each row, in the order of `related`."""
        return [self._writer.field(rows, field) for field in self.related.values()]

    def told(self, run: Run, rows: Sequence[Sequence[Any]]) -> dict[str, Values]:
        """The values of related fields, from rows of those columns."""
        return {
            key: run.fragments([row[place] for row in rows])
            for place, key in enumerate(self.related)
        }

    def _statement(self) -> Prepared:
        """One statement for all related fields of rows that are there already."""
        rows = Rows(self._writer, self.model, self._writer.named(self.model))
        told = [each.label(f"f{number}") for number, each in enumerate(self.columns(rows))]
        table = rows.source
        statement = (
            sa.select(*told, table.c.id)
            .select_from(rows.joined)
            .where(
                *self._writer.reach(self.model, table),
                self._writer.words.among(table.c.id, KEYS),
            )
        )
        return Prepared(statement, self._compiler.dialect)

    async def _tell(self, run: Run, objects: Values) -> dict[str, Values]:
        key_of = reader(sa.Uuid(), self._compiler.dialect)
        keys = list(dict.fromkeys(each.id for each in objects))
        prepared: Any = self._read
        (found,) = await run.read([(prepared, {KEYS: self._writer.words.keys(keys)}, None)])
        by_id = {key_of(row[-1]): row for row in found}
        if len(by_id) < len(keys):
            raise Unusual
        return self.told(run, [by_id[each.id] for each in objects])


def by_kind(kinds: Sequence[Any], objects: Values, ask: Callable[[Any, Values], Any]) -> Any:
    """What `ask` makes of the objects of one kind together, each in its place; null without one."""
    places: dict[Any, list[int]] = {}
    for place, kind in enumerate(kinds):
        if kind is not None:
            places.setdefault(kind, []).append(place)

    def placed(values_by_kind: Sequence[Values]) -> Values:
        found: list[Any] = [None] * len(objects)
        for some, values in zip(places.values(), values_by_kind, strict=True):
            for place, value in zip(some, values, strict=True):
                found[place] = value
        return found

    asked = (ask(kind, [objects[place] for place in some]) for kind, some in places.items())
    return then(settled(asked), placed)


def as_objects(columns: Mapping[str, Values], number: int) -> list[dict[str, Any]]:
    """So many objects, from the values of each field."""
    found: list[dict[str, Any]] = [{} for _ in range(number)]
    for key, values in columns.items():
        for each, value in zip(found, values, strict=True):
            each[key] = value
    return found


def _always(value: Any) -> Ask:
    return lambda _, objects: [value] * len(objects)


def _not_null(complete: Ask) -> Ask:
    def checked(found: Values) -> Values:
        if None in found:
            raise Unusual
        return found

    return lambda run, values: then(complete(run, values), checked)


def _list(complete: Ask) -> Ask:
    def ask(run: Run, values: Values) -> Any:
        lengths: list[int | None] = []
        flat: list[Any] = []
        for each in values:
            if each is not None and not isinstance(each, list | tuple):
                raise Unusual
            lengths.append(None if each is None else len(each))
            flat += each or ()

        def split(whole: Values) -> Values:
            found, start = [], 0
            for length in lengths:
                found.append(None if length is None else whole[start : start + length])
                start += length or 0
            return found

        completed = then(settled(flat), lambda found: complete(run, found)) if flat else []
        return then(completed, split)

    return ask


def _name(kinds: Sequence[GraphQLObjectType], value: Any) -> str:
    for kind in kinds:
        if kind.is_type_of is not None and kind.is_type_of(value, None):  # type: ignore[arg-type]
            return kind.name
    raise Unusual


def origin(kind: Any) -> Any:
    """The class that a type is declared by."""
    declared = (get_named_type(kind).extensions or {}).get(DEFINITION)
    return getattr(declared, "origin", None)


def _is_connection(kind: GraphQLObjectType) -> bool:
    declared = origin(kind)
    return isinstance(declared, type) and issubclass(declared, Connection)
