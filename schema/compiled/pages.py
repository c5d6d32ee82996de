"""Pages of lists, in one statement with all that is selected of their objects.

The page is cut from its list first; what is selected of each row is written behind that, so that
it is written for the rows of the page and no others.
"""

import dataclasses
from collections import OrderedDict
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from graphql import GraphQLObjectType, get_named_type

from resolvers import page
from resolvers.page import Listed, Listing, Window
from schema.compiled.blocks import Ask, Compiler, Values
from schema.compiled.run import Run, settled
from schema.compiled.selection import TYPE_NAME, NotCompiled, Selected, Sets
from schema.compiled.statement import Prepared, reader
from schema.compiled.text import Rows
from schema.page import page_info

MOST = 200
"""Statements that one field remembers: one for each filter and order that is asked for."""

PLACES = ("after", "before")


def pages(compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> Ask:
    """What makes connections: in one statement each, or as any other object."""
    plain = compiler.plain(kind, sets)
    try:
        listed = _Pages(compiler, kind, sets)
    except NotCompiled:
        return plain

    async def ask(run: Run, connections: Values) -> Values:
        asked = [each.asked for each in connections]
        if not all(isinstance(each, Listed) and each.shown is None for each in asked):
            return await plain(run, connections)  # type: ignore[no-any-return, misc]
        return await settled([listed.read(run, each) for each in asked])

    return ask


class _Slot:
    """A place in a connection where objects of the list stand."""

    def __init__(self, field: Selected) -> None:
        self.kind: Any = get_named_type(field.kind)
        self.sets = field.sets


class _Pages:
    def __init__(self, compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> None:
        self.compiler = compiler
        self.writer = compiler.writer
        self.slots: list[_Slot] = []
        self._needs_rows = False
        self.fields = [self._field(each) for each in compiler.selections.of(kind, sets)]
        self._statements: OrderedDict[Any, _Statement] = OrderedDict()
        for slot in self.slots:  # Raises NotCompiled at once where a slot can't be told.
            for each in self._kinds(slot):
                model = _model(each)
                rows = Rows(self.writer, model, self.writer.named(model))
                self.writer.object(each, rows, slot.sets)

    def _kinds(self, slot: _Slot) -> Sequence[GraphQLObjectType]:
        if isinstance(slot.kind, GraphQLObjectType):
            return [slot.kind]
        return list(self.compiler.selections.schema.get_possible_types(slot.kind))

    def _field(self, field: Selected) -> tuple[str, Any]:
        self._needs_rows |= field.name not in {TYPE_NAME, "totalCount"}
        match field.name:
            case "nodes":
                return field.key, self._slot(field)
            case "edges":
                below = self.compiler.selections.of(get_named_type(field.kind), field.sets)  # type: ignore[arg-type]
                return field.key, self._edges(below)
            case "pageInfo":
                return field.key, self._info(field)
            case "totalCount":
                return field.key, lambda _run, asked, _found: asked.total()
            case name if name == TYPE_NAME:
                return field.key, lambda _run, _asked, _found: field.parent.name
        raise NotCompiled(field.name)

    def _slot(self, field: Selected) -> Any:
        number = len(self.slots)
        self.slots.append(_Slot(field))
        return lambda run, _asked, found: [run.fragment(row[number]) for row in found.texts]

    def _edges(self, below: Sequence[Selected]) -> Any:
        asks: list[tuple[str, Any]] = []
        for field in below:
            match field.name:
                case "cursor":
                    asks.append((field.key, lambda _run, _asked, found: found.page.cursors))
                case "node":
                    asks.append((field.key, self._slot(field)))
                case name if name == TYPE_NAME:
                    asks.append((field.key, _type_names(field.parent.name)))

        def edges(run: Run, asked: Listed, found: Any) -> Any:
            columns = [ask(run, asked, found) for _, ask in asks]
            keys = [key for key, _ in asks]
            run.objects += len(found.texts)
            return [dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True)]

        return edges

    def _info(self, field: Selected) -> Any:
        complete = self.compiler.value(field.kind, field.sets)

        async def info(run: Run, _asked: Listed, found: Any) -> Any:
            (told,) = await complete(run, [page_info(found.page)])  # type: ignore[misc]
            return told

        return info

    async def read(self, run: Run, asked: Listed) -> Any:
        """A connection."""
        run.objects += 1
        found = await self._read(run, asked) if self._needs_rows else None
        values = await settled([ask(run, asked, found) for _, ask in self.fields])
        return dict(zip([key for key, _ in self.fields], values, strict=True))

    async def _read(self, run: Run, asked: Listed) -> Any:
        window = asked.window
        given: Any = {name: None if getattr(window, name) is None else "" for name in PLACES}
        shape = dataclasses.replace(window, **given)
        return await self._statement(asked.listing, shape).read(run, asked)

    def _statement(self, listing: Listing, shape: Window) -> "_Statement":
        key = (listing, shape)
        found = self._statements.get(key)
        if found is None:
            found = self._statements[key] = _Statement(self, listing, shape)
            if len(self._statements) > MOST:
                self._statements.popitem(last=False)
        else:
            self._statements.move_to_end(key)
        return found

    def kind_of(self, slot: _Slot, model: Any) -> GraphQLObjectType:
        """The type that rows of a model are in a slot."""
        for kind in self._kinds(slot):
            if _model(kind) is model:
                return kind
        raise NotCompiled(model.__name__)


class _Statement:
    """Reads pages of one list and one size."""

    def __init__(self, pages_: _Pages, listing: Listing, shape: Window) -> None:
        writer, dialect = pages_.writer, pages_.compiler.dialect
        order = listing.order
        parts = listing.parts(writer.viewer)
        selects: list[sa.Select[Any]] = []
        self._types: list[Any] = []
        for model, statement in parts:
            columns = [getattr(model, key) for key in order.keys]
            self._types = [column.type for column in columns]
            cut = page.within(statement, columns, order, shape, _parameter)
            table = cut.with_only_columns(*writer.columns(model)).subquery(f"p{len(selects)}")
            rows = Rows(writer, model, table)
            told = [
                writer.object(pages_.kind_of(slot, model), rows, slot.sets).label(f"s{number}")
                for number, slot in enumerate(pages_.slots)
            ]
            keys = [
                table.c[column.key].label(f"k{number}") for number, column in enumerate(columns)
            ]
            selects.append(sa.select(*keys, *told).select_from(rows.joined))
        self._prepared = None
        if selects:
            whole = selects[0] if len(selects) == 1 else sa.union_all(*selects)
            self._prepared = Prepared(whole, dialect)
        self._readers = [reader(kind, dialect) for kind in self._types]
        self._width = len(order.keys)

    async def read(self, run: Run, asked: Listed) -> Any:
        """A page, with the texts of its rows."""
        order, window = asked.listing.order, asked.window
        given: dict[str, Any] = {}
        columns = [SimpleNamespace(type=kind) for kind in self._types]
        for name in PLACES:
            cursor = getattr(window, name)
            if cursor is not None:
                values = order.place(cursor, columns)
                given |= {f"{name}_{number}": value for number, value in enumerate(values)}
        rows = []
        if self._prepared is not None:
            (found,) = await run.read([(self._prepared, given)])
            for each in found:
                keys = {
                    key: read(value)
                    for key, read, value in zip(order.keys, self._readers, each, strict=False)
                }
                rows.append(SimpleNamespace(**keys, texts=tuple(each)[self._width :]))
        cut = page.cut(page.in_order(rows, order, window), order, window, asked.total)
        return SimpleNamespace(page=cut, texts=[row.texts for row in cut.rows])


def _parameter(name: str, columns: Sequence[Any]) -> list[Any]:
    return [
        sa.bindparam(f"{name}_{number}", type_=column.type) for number, column in enumerate(columns)
    ]


def _type_names(name: str) -> Any:
    return lambda _run, _asked, found: [name] * len(found.texts)


def _model(kind: GraphQLObjectType) -> Any:
    declared: Any = kind.extensions.get("strawberry-definition")
    model = getattr(declared.origin, "model", None)
    if model is None:
        raise NotCompiled(kind.name)
    return model
