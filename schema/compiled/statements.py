"""Statements of pages: a page is cut from its list first, and its rows are told behind that."""

import itertools
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from auth.viewer import Viewer
from models.prepared import Prepared, as_it_is, reader, shape_of
from resolvers import page
from resolvers.page import Listed, Listing, Order, Page, Window
from schema.compiled.blocks import by_kind
from schema.compiled.run import Run
from schema.compiled.slots import Row, Slot
from schema.compiled.text import Rows, Writer

PLACES = ("after", "before")


class Wanted:
    """A list as its statements read it for a kind of viewer, and their shape."""

    def __init__(self, listing: Listing, viewer: Viewer) -> None:
        self.order = listing.order
        self.parts = listing.parts(viewer)
        self.lengths = listing.lengths(viewer)
        self.shape = shape_of([*(each for _, each in self.parts), *self.lengths])


class Statement:
    """Reads pages of lists of one shape and one size."""

    def __init__(
        self,
        writer: Writer,
        dialect: sa.Dialect,
        slots: Sequence[Slot],
        wanted: Wanted,
        shape: Window,
    ) -> None:
        self._slots = slots
        parts = [Cut(*part, wanted.order, shape) for part in wanted.parts]
        whole = [all(slot.of(part.model).is_whole for slot in slots) for part in parts]
        self._is_one = len(parts) > 1 and all(whole)
        shown = _first(parts) if self._is_one else None
        self._parts = [
            Part(writer, dialect, slots, number, part, shown) for number, part in enumerate(parts)
        ]
        selects: list[Any] = [part.in_order for part in self._parts]
        if self._is_one:
            selects = [sa.union_all(*(part.select for part in self._parts))]
        open_ = wanted.shape.parameters if wanted.shape else ()
        self._prepared = [Prepared(each, dialect, open_) for each in selects]
        self._lengths = [Prepared(each, dialect, open_) for each in wanted.lengths]

    async def read(
        self, run: Run, asked: Listed, values: Sequence[Any] | None, *, reads: bool, counts: bool
    ) -> "Found":
        """A page, with what the database told of its rows, and the length of the list.

        `values` are those of the list's own parameters.
        """
        order, window = asked.listing.order, asked.window
        given: dict[str, Any] = {}
        for name in PLACES:
            cursor = getattr(window, name)
            if cursor is not None and self._parts:
                place = order.place(cursor, self._parts[0].columns)
                given |= {f"{name}_{number}": value for number, value in enumerate(place)}
        wanted = [*(self._prepared if reads else ()), *(self._lengths if counts else ())]
        found = await run.read([(each, given, values) for each in wanted])
        total = 0
        if counts:
            lengths = [found.pop()[0][0] for _ in self._lengths]
            total = sum(int(each or 0) for each in lengths)
        if not reads:
            return Found(page.cut((), order, window, asked.total), self._slots, total)
        if self._is_one:
            rows = [Row(self._parts[row[0]], row) for row in found[0]]
        else:
            each = zip(self._parts, found, strict=True)
            rows = [Row(part, row) for part, some in each for row in some]
        if len(self._parts) > 1:
            rows = page.in_order(rows, order, window, _place)
        return Found(page.cut(rows, order, window, asked.total, _place), self._slots, total)


class Cut:
    """A part of a list, cut to a page."""

    def __init__(self, model: Any, statement: sa.Select[Any], order: Order, shape: Window) -> None:
        self.model = model
        self.keys = order.keys
        self.columns = [getattr(model, key) for key in order.keys]
        self.order, self.shape = order, shape
        self.select = page.within(statement, self.columns, order, shape, _parameter)

    def turned(self, columns: Sequence[Any]) -> list[Any]:
        """The columns of the order as a page reads them."""
        return page.turned(columns, self.order, self.shape)


def _first(parts: Sequence[Cut]) -> sa.CTE:
    """The page of a list of several parts: for each row its part, and its sort values.

    So nothing is told of rows of one part that rows of another keep off the page.
    """
    each = [
        cut.select.with_only_columns(_number(number), *cut.columns).subquery()
        for number, cut in enumerate(parts)
    ]
    found = sa.union_all(*(sa.select(*one.c) for one in each)).subquery()
    columns = [found.c[column.key] for column in parts[0].columns]
    shown = sa.select(found).order_by(*parts[0].turned(columns))
    return shown.limit(parts[0].shape.size + 1).cte("page")


def _number(number: int) -> Any:
    return sa.literal_column(str(number), sa.Integer).label("part")


class Part:
    """One of the statements that a list is read by. Each row begins with the part's number.

    `shown` is the page of all parts, where that is known first.
    """

    def __init__(
        self,
        writer: Writer,
        dialect: sa.Dialect,
        slots: Sequence[Slot],
        number: int,
        cut: Cut,
        shown: sa.CTE | None,
    ) -> None:
        model, keys = cut.model, cut.keys
        self.model = model
        self.columns = cut.columns
        attributes = writer.columns(model)
        if shown is None:
            rows = Rows(
                writer, model, cut.select.with_only_columns(*attributes.values()).subquery()
            )
        else:
            rows = _again(writer, model, shown, number)
        told: list[list[Any]] = [slot.of(model).columns(rows) for slot in slots]
        is_whole = all(slot.of(model).is_whole for slot in slots)
        chosen = {key: sa.inspect(model).columns[key] for key in keys} if is_whole else attributes
        readers = {name: reader(column.type, dialect) for name, column in chosen.items()}
        names = {name: place for place, name in enumerate(chosen, start=1)}
        self._names = list(chosen)
        self._read = [(name, each) for name, each in readers.items() if each is not as_it_is]
        self._keys = [(names[key], readers[key]) for key in keys]
        starts = itertools.accumulate((len(each) for each in told), initial=len(chosen) + 1)
        self.slices = [slice(*ends) for ends in itertools.pairwise(starts)]
        columns = {name: rows.source.c[column.key] for name, column in chosen.items()}
        self.select = sa.select(
            _number(number),
            *(column.label(f"a{n}") for n, column in enumerate(columns.values())),
            *(each.label(f"t{n}") for n, each in enumerate(itertools.chain(*told))),
        ).select_from(rows.joined)
        # What is joined to the rows may turn them over: PostgreSQL puts the shorter side in a hash.
        self.in_order = self.select.order_by(*cut.turned([columns[key] for key in keys]))

    def place(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """The sort values of a row."""
        return tuple([read(values[place]) for place, read in self._keys])

    def instance(self, values: Sequence[Any]) -> Any:
        """A row as an object, with what it says as attributes."""
        itself = object.__new__(self.model)
        attributes = itself.__dict__
        attributes.update(zip(self._names, values[1 : len(self._names) + 1], strict=True))
        for name, read in self._read:
            attributes[name] = read(attributes[name])
        return itself


def _again(writer: Writer, model: Any, shown: sa.CTE, number: int) -> Rows:
    """The rows of a page that are of one part, found once more by their ids."""
    rows = Rows(writer, model, writer.named(model))
    table = rows.source
    on = [
        table.c.workspace_id == writer.viewer.workspace_id,
        table.c.id == shown.c.id,
        shown.c.part == number,
    ]
    rows.joins.append((shown, sa.and_(*on), False))
    return rows


def _place(row: Row) -> Sequence[Any]:
    return row.place


class Found:
    """A page that was read."""

    def __init__(self, cut: Page, slots: Sequence[Slot], total: int) -> None:
        self.page = cut
        self.total = total
        self._slots = slots

    def texts(self, number: int) -> list[str | None]:
        """The objects of a slot that the database tells as a whole."""
        return [row.told(number)[0] for row in self.page.rows]

    def objects(self, run: Run, number: int) -> Any:
        """The objects of a slot."""
        slot, rows = self._slots[number], self.page.rows
        models = [row.part.model for row in rows]
        return by_kind(models, rows, lambda model, some: slot.of(model).objects(run, some, number))


def _parameter(name: str, columns: Sequence[Any]) -> list[Any]:
    return [
        sa.bindparam(f"{name}_{number}", type_=column.type) for number, column in enumerate(columns)
    ]
