"""Pages of lists, in one statement with all that is selected of their objects.

The page is cut from its list first; what is selected of each row is written behind that, so that
it is written for the rows of the page and no others.
"""

import dataclasses
import itertools
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from graphql import GraphQLObjectType, get_named_type

from models.prepared import Prepared, reader
from resolvers import page
from resolvers.page import Listed, Listing, Page, Window
from schema.compiled.blocks import Ask, Block, Compiler, Values, as_objects, origin
from schema.compiled.run import Run, settled
from schema.compiled.selection import TYPE_NAME, NotCompiled, Selected, Sets
from schema.compiled.text import Rows
from schema.page import page_info

MOST = 200
"""Statements that one field remembers: one for each filter and order that is asked for."""

PLACES = ("after", "before")


def pages(compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> Ask:
    """What makes connections: in one statement each, or as any other object."""
    plain = Block(compiler, kind, sets).read_and_ask
    try:
        listed = _Pages(compiler, kind, sets)
    except NotCompiled:
        return plain

    async def ask(run: Run, connections: Values) -> Values:
        asked = [each.asked for each in connections]
        if not all(isinstance(each, Listed) and each.shown is None for each in asked):
            return await plain(run, connections)
        return await settled([listed.read(run, each) for each in asked])

    return ask


class _Row:
    """A row of a page: as Python sees it, and what the database told of it for each slot.

    `itself` is an instance of the model without SQLAlchemy's bookkeeping: it has the columns that
    were read, and nothing that could load more.
    """

    __slots__ = ("_told", "_widths", "itself", "model", "told")

    def __init__(self, model: Any, itself: Any, told: Sequence[Any], widths: Sequence[int]) -> None:
        self.model = model
        self.itself = itself
        self.told = told
        self._told = told
        self._widths = widths

    def __getattr__(self, name: str) -> Any:
        return getattr(self.itself, name)

    def in_slot(self, number: int) -> "_Row":
        """The row with what was told for one slot."""
        if len(self._widths) == 1:
            return self
        start = sum(self._widths[:number])
        told = self._told[start : start + self._widths[number]]
        return _Row(self.model, self.itself, told, (len(told),))


class _Slot:
    """A place in a connection where objects of the list stand."""

    def __init__(self, compiler: Compiler, field: Selected) -> None:
        self.kind: Any = get_named_type(field.kind)
        self.sets = field.sets
        self._compiler = compiler
        self._parts: dict[Any, _Text | _Mixed] = {}
        for kind in self._kinds():
            model = _model(kind)
            try:
                self._parts[model] = _Text(compiler, kind, field.sets)
            except NotCompiled:
                self._parts[model] = _Mixed(compiler, kind, field.sets)

    def of(self, model: Any) -> "_Text | _Mixed":
        """How rows of a model are told here."""
        return self._parts[model]

    def _kinds(self) -> Sequence[GraphQLObjectType]:
        if isinstance(self.kind, GraphQLObjectType):
            return [self.kind]
        return list(self._compiler.selections.schema.get_possible_types(self.kind))


class _Text:
    """Rows that the database tells as a whole."""

    is_whole = True

    def __init__(self, compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> None:
        self._writer, self._kind, self._sets = compiler.writer, kind, sets
        model = _model(kind)
        self.columns(Rows(self._writer, model, self._writer.named(model)))

    def columns(self, rows: Rows) -> list[Any]:
        """One text."""
        return [self._writer.object(self._kind, rows, self._sets)]

    async def objects(self, run: Run, rows: Sequence[_Row]) -> Values:
        """The texts as they are."""
        return [run.fragment(row.told[0]) for row in rows]


class _Mixed:
    """Rows of which Python tells some fields."""

    is_whole = False

    def __init__(self, compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> None:
        self._block = Block(compiler, kind, sets)
        self.columns = self._block.columns

    async def objects(self, run: Run, rows: Sequence[_Row]) -> Values:
        """Objects of what the database told and what Python is asked."""
        told = self._block.told(run, [row.told for row in rows])
        return await self._block.ask(run, [row.itself for row in rows], told)


class _Pages:
    def __init__(self, compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> None:
        self.compiler = compiler
        self.writer = compiler.writer
        self.slots: list[_Slot] = []
        self._reads = self._counts = False
        self.fields = [self._field(each) for each in compiler.selections.of(kind, sets)]
        self._statements: OrderedDict[Any, _Statement] = OrderedDict()

    def _field(self, field: Selected) -> tuple[str, Any]:
        self._reads |= field.name not in {TYPE_NAME, "totalCount"}
        match field.name:
            case "nodes":
                return field.key, self._slot(field)
            case "edges":
                kind: Any = get_named_type(field.kind)
                return field.key, self._edges(self.compiler.selections.of(kind, field.sets))
            case "pageInfo":
                return field.key, self._info(field)
            case "totalCount":
                self._counts = True
                return field.key, lambda _run, _asked, found: found.total
            case name if name == TYPE_NAME:
                return field.key, lambda _run, _asked, _found: field.parent.name
        raise NotCompiled(field.name)

    def _slot(self, field: Selected) -> Any:
        number = len(self.slots)
        self.slots.append(_Slot(self.compiler, field))
        return lambda run, _asked, found: found.objects(run, number)

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

        async def edges(run: Run, asked: Listed, found: Any) -> Any:
            columns = await settled([ask(run, asked, found) for _, ask in asks])
            run.objects += len(found.page.rows)
            by_key = dict(zip([key for key, _ in asks], columns, strict=True))
            return as_objects(by_key, len(found.page.rows))

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
        found = await self._read(run, asked)
        values = await settled([ask(run, asked, found) for _, ask in self.fields])
        return dict(zip([key for key, _ in self.fields], values, strict=True))

    async def _read(self, run: Run, asked: Listed) -> "_Found":
        window = asked.window
        given: Any = {name: None if getattr(window, name) is None else "" for name in PLACES}
        shape = dataclasses.replace(window, **given)
        statement = self._statement(asked.listing, shape)
        return await statement.read(run, asked, reads=self._reads, counts=self._counts)

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


class _Statement:
    """Reads pages of one list and one size."""

    def __init__(self, pages_: _Pages, listing: Listing, shape: Window) -> None:
        self._slots = pages_.slots
        dialect = pages_.compiler.dialect
        self._parts = [
            _Part(pages_, number, part, listing, shape)
            for number, part in enumerate(listing.parts(pages_.writer.viewer))
        ]
        selects: list[Any] = [part.select for part in self._parts]
        self._is_one = len(selects) > 1 and all(part.is_whole for part in self._parts)
        if self._is_one:
            selects = [sa.union_all(*selects)]
        self._prepared = [Prepared(each, dialect) for each in selects]
        lengths = listing.lengths(pages_.writer.viewer)
        self._lengths = [Prepared(each, dialect) for each in lengths]

    async def read(self, run: Run, asked: Listed, *, reads: bool, counts: bool) -> "_Found":
        """A page, with what the database told of its rows, and the length of the list."""
        order, window = asked.listing.order, asked.window
        given: dict[str, Any] = {}
        for name in PLACES:
            cursor = getattr(window, name)
            if cursor is not None and self._parts:
                values = order.place(cursor, self._parts[0].columns)
                given |= {f"{name}_{number}": value for number, value in enumerate(values)}
        wanted = [*(self._prepared if reads else ()), *(self._lengths if counts else ())]
        found = await run.read([(each, given) for each in wanted])
        total = 0
        if counts:
            lengths = [found.pop()[0][0] for _ in self._lengths]
            total = sum(int(each or 0) for each in lengths)
        if not reads:
            return _Found(_NOTHING, self._slots, total)
        if self._is_one:
            rows = [self._parts[row[0]].row(row) for row in found[0]]
        else:
            rows = [
                part.row(row) for part, some in zip(self._parts, found, strict=True) for row in some
            ]
        cut = page.cut(page.in_order(rows, order, window), order, window, asked.total)
        return _Found(cut, self._slots, total)


class _Part:
    """One of the statements that a list is read by. Each row begins with the part's number."""

    def __init__(
        self,
        pages_: _Pages,
        number: int,
        part: tuple[Any, sa.Select[Any]],
        listing: Listing,
        shape: Window,
    ) -> None:
        model, statement = part
        writer, dialect, keys = pages_.writer, pages_.compiler.dialect, listing.order.keys
        self.model = model
        self.columns = [getattr(model, key) for key in keys]
        cut = page.within(statement, self.columns, listing.order, shape, _parameter)
        attributes = writer.columns(model)
        rows = Rows(writer, model, cut.with_only_columns(*attributes.values()).subquery())
        told: list[list[Any]] = [slot.of(model).columns(rows) for slot in pages_.slots]
        self.is_whole = all(slot.of(model).is_whole for slot in pages_.slots)
        shown = {key: sa.inspect(model).columns[key] for key in keys}
        if not self.is_whole:
            shown = attributes
        self._names = list(shown)
        self._readers = [reader(column.type, dialect) for column in shown.values()]
        self._first = len(shown) + 1
        self._widths = [len(each) for each in told]
        chosen = [
            sa.literal_column(str(number), sa.Integer).label("part"),
            *(rows.source.c[column.key].label(f"a{n}") for n, column in enumerate(shown.values())),
            *(each.label(f"t{n}") for n, each in enumerate(itertools.chain(*told))),
        ]
        self.select = sa.select(*chosen).select_from(rows.joined)

    def row(self, values: Sequence[Any]) -> _Row:
        """A row, with what it says as attributes."""
        itself = object.__new__(self.model)
        itself.__dict__.update(
            zip(
                self._names,
                [read(value) for read, value in zip(self._readers, values[1:], strict=False)],
                strict=True,
            )
        )
        return _Row(self.model, itself, tuple(values)[self._first :], self._widths)


async def _no_total() -> int:
    return 0


_NOTHING = Page(rows=(), cursors=(), has_next=False, has_previous=False, total=_no_total)


class _Found:
    """A page that was read."""

    def __init__(self, cut: Page, slots: Sequence[_Slot], total: int) -> None:
        self.page = cut
        self.total = total
        self._slots = slots

    async def objects(self, run: Run, number: int) -> Values:
        """The objects of a slot."""
        slot = self._slots[number]
        found: list[Any] = [None] * len(self.page.rows)
        by_model: dict[Any, list[int]] = {}
        for place, row in enumerate(self.page.rows):
            by_model.setdefault(row.model, []).append(place)
        for model, places in by_model.items():
            rows = [self.page.rows[place].in_slot(number) for place in places]
            for place, each in zip(places, await slot.of(model).objects(run, rows), strict=True):
                found[place] = each
        return found


def _parameter(name: str, columns: Sequence[Any]) -> list[Any]:
    return [
        sa.bindparam(f"{name}_{number}", type_=column.type) for number, column in enumerate(columns)
    ]


def _type_names(name: str) -> Any:
    return lambda _run, _asked, found: [name] * len(found.page.rows)


def _model(kind: GraphQLObjectType) -> Any:
    model = getattr(origin(kind), "model", None)
    if model is None:
        raise NotCompiled(kind.name)
    return model
