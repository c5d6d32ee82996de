"""Pages of lists: keyset paging with opaque cursors (E2).

A page reads one row more than it shows, from an index, whatever stands before it in the list. A
cursor holds the sort values of its row, and is bound to the list that it came from.
"""

import base64
import dataclasses
import datetime as dt
import functools
import hashlib
import json
import uuid
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson
import sqlalchemy as sa

from auth.viewer import Viewer
from models.base import Ranked, UtcDateTime
from models.errors import BadCursor, BadRequest
from resolvers.operation import Operation

SIZE = 100
"""Most rows of one page."""

LARGEST = 2**31 - 1
"""Largest whole number of a column that lists are sorted by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which page: the `first` after a cursor, or the `last` before one."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def __post_init__(self) -> None:
        """Raise BadRequest unless exactly one of `first` and `last` is given, 1 to 100."""
        if (self.first is None) == (self.last is None):
            message = "Give either first or last."
            raise BadRequest(message)
        if not 1 <= self.size <= SIZE:
            message = f"{'last' if self.backward else 'first'} must be from 1 to {SIZE}."
            raise BadRequest(message)

    @property
    def backward(self) -> bool:
        """Whether the page is counted from the end."""
        return self.last is not None

    @property
    def size(self) -> int:
        """Most rows of the page."""
        return self.first if self.first is not None else self.last or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a list is sorted: by these attributes, of which the last makes it unique.

    `binding` is whatever else makes the list what it is (its name, its filter); cursors of
    another binding or order are refused.
    """

    keys: tuple[str, ...]
    descending: bool = False
    binding: tuple[Hashable, ...] = ()

    def cursor(self, row: Any) -> str:
        """The opaque place of a row in this list."""
        return self.cursors([self.values(row)])[0]

    def values(self, row: Any) -> tuple[Any, ...]:
        """The sort values of a row."""
        return tuple(getattr(row, key) for key in self.keys)

    def cursors(self, places: Sequence[Sequence[Any]]) -> list[str]:
        """The cursors of rows with these sort values."""
        told = _fingerprint(self)
        return [
            base64.urlsafe_b64encode(orjson.dumps([told, *values], _plain)).decode()
            for values in places
        ]

    def place(self, cursor: str, columns: Sequence[Any]) -> list[Any]:
        """The sort values that a cursor holds. Raises BadCursor for any but our own."""
        try:
            fingerprint, *values = json.loads(base64.b64decode(cursor, b"-_", validate=True))
            if fingerprint != _fingerprint(self) or len(values) != len(columns):
                raise BadCursor
            return [_parse(column, value) for column, value in zip(columns, values, strict=True)]
        except (ValueError, TypeError, OverflowError, RecursionError):
            raise BadCursor from None


@functools.lru_cache(maxsize=1_000)
def _fingerprint(order: Order) -> str:
    told = json.dumps([order.keys, order.descending, order.binding], default=_plain)
    return hashlib.blake2s(told.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A list of each row: what a relation leads to, sorted by what that in turn leads to, and id.

    `relations` names the relation of each kind of row; None where the list is the row itself. `by`
    is the relation to one row, and `key` the column of it that the list is sorted by.
    """

    relations: Mapping[Any, str | None]
    by: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows of a list, as they are shown. `total` counts all of them, when asked.

    `place` gives the sort values of those that were `read`.
    """

    rows: Sequence[Any]
    read: Sequence[Any]
    order: Order
    place: Callable[[Any], Sequence[Any]]
    has_next: bool
    has_previous: bool
    total: Callable[[], Awaitable[int]]

    @property
    def cursors(self) -> list[str]:
        """The cursor of each row."""
        return self.order.cursors([self.place(row) for row in self.read])

    @property
    def ends(self) -> tuple[str | None, str | None]:
        """The cursors of the first row and of the last."""
        if not self.read:
            return None, None
        ends = self.read[0], self.read[-1]
        first, last = self.order.cursors([self.place(row) for row in ends])
        return first, last


Place = Callable[[str, Sequence[Any]], Sequence[Any]]
"""What stands for the sort values of a cursor, by the cursor's name and the columns."""

Parts = Sequence[tuple[Any, sa.Select[Any]]]
"""The statements of a list, each with the model of its rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of which nothing is read yet. Equal ones are the same list.

    `parts` gives its statements, each with the model of its rows; of the viewer it uses ids in
    conditions only, and of whatever else it depends on, `at` tells what the order does not. `known`
    is the statement of its length, where there is one that does not count.
    """

    order: Order
    parts: Callable[[Viewer], Parts] = field(compare=False)
    at: Hashable = None
    known: Callable[[Viewer], sa.Select[Any] | None] = field(default=lambda _: None, compare=False)

    def lengths(self, viewer: Viewer) -> Sequence[sa.Select[Any]]:
        """Statements of a number each, which add up to the length of the list."""
        known = self.known(viewer)
        if known is not None:
            return [known]
        counted = [
            statement.with_only_columns(model.id).subquery()
            for model, statement in self.parts(viewer)
        ]
        return [sa.select(sa.func.count()).select_from(each) for each in counted]

    def require_place(self, viewer: Viewer, window: Window) -> None:
        """Raise BadCursor unless the window's cursors are of this list."""
        for cursor in (window.after, window.before):
            if cursor is not None:
                for model, _ in self.parts(viewer)[:1]:
                    self.order.place(cursor, [getattr(model, key) for key in self.order.keys])


def within(
    statement: sa.Select[Any],
    columns: Sequence[Any],
    order: Order,
    window: Window,
    place: Place | None = None,
) -> sa.Select[Any]:
    """Narrow a statement to a page and one row more; `columns` are those of `order.keys`.

    `place` gives what stands for the values of a cursor, where that is not its own.
    """
    narrowed = beyond(statement, columns, order, window, place)
    return narrowed.order_by(*turned(columns, order, window)).limit(window.size + 1)


def beyond(
    statement: sa.Select[Any],
    columns: Sequence[Any],
    order: Order,
    window: Window,
    place: Place | None = None,
) -> sa.Select[Any]:
    """Narrow a statement to what lies after, or before, the window's cursors."""
    for name, cursor, onward in (("after", window.after, True), ("before", window.before, False)):
        if cursor is not None:
            values = place(name, columns) if place else order.place(cursor, columns)
            limit = sa.tuple_(*values, types=[c.type for c in columns])
            key = sa.tuple_(*columns)
            above = order.descending != onward
            statement = statement.where(key > limit if above else key < limit)
    return statement


def turned(columns: Sequence[Any], order: Order, window: Window) -> list[Any]:
    """The columns as a page reads them: from its near end to its far one."""
    backwards = order.descending != window.backward
    return [column.desc() if backwards else column.asc() for column in columns]


def cut(
    rows: Sequence[Any],
    order: Order,
    window: Window,
    total: Callable[[], Awaitable[int]],
    values: Callable[[Any], Sequence[Any]] | None = None,
) -> Page:
    """A page from the rows that `within` gave: drop the one too many, and turn them the way.

    `values` gives the sort values of a row, where they are not its attributes.
    """
    more = len(rows) > window.size
    shown = list(rows[: window.size])
    if window.backward:
        shown.reverse()
    return Page(
        rows=shown,
        read=shown,
        order=order,
        place=values or order.values,
        has_next=window.before is not None if window.backward else more,
        has_previous=more if window.backward else window.after is not None,
        total=total,
    )


def _plain(value: Any) -> Any:
    match value:
        case dt.datetime() | dt.date():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
    return value


def _parse(column: Any, value: Any) -> Any:
    """Back from JSON to what the column compares with.

    Raises ValueError, TypeError or OverflowError for what no row can have there.
    """
    kind = column.type
    if isinstance(kind, Ranked):
        return kind.kind(value)
    if isinstance(kind, sa.Integer):
        return _whole(value)
    if not isinstance(value, str) or "\0" in value:
        raise TypeError
    value.encode()  # half a character is no text that a database takes
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat(value)
    if isinstance(kind, sa.Uuid):
        return uuid.UUID(hex=value)
    if isinstance(kind, UtcDateTime):
        moment = dt.datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(dt.UTC)
    return value


def _whole(value: Any) -> int:
    # JSON's true is a whole number to Python, and a number too big for the column is a fault to
    # PostgreSQL.
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    if abs(value) > LARGEST:
        raise OverflowError
    return value


async def read(operation: Operation, listing: Listing, window: Window) -> Page:
    """A page of a list. One statement for each of its parts; more where the total is asked for."""
    order = listing.order
    rows: list[Any] = []
    async with operation.read() as session:
        for model, statement in listing.parts(operation.viewer):
            columns = [getattr(model, key) for key in order.keys]
            rows.extend(await session.scalars(within(statement, columns, order, window)))
    return cut(in_order(rows, order, window), order, window, lambda: total(operation, listing))


def in_order(
    rows: list[Any],
    order: Order,
    window: Window,
    values: Callable[[Any], Any] | None = None,
) -> list[Any]:
    """Rows of all parts of a list as one part alone would have given them."""
    return sorted(
        rows,
        key=values or order.values,
        reverse=order.descending != window.backward,
    )


async def total(operation: Operation, listing: Listing) -> int:
    """How many rows a list has. One statement for each of its parts, unless it knows better."""
    async with operation.read() as session:
        return sum(
            [int(await session.scalar(each) or 0) for each in listing.lengths(operation.viewer)]
        )


class Asked(Protocol):
    """A page that somebody asked for."""

    async def page(self) -> Page:
        """The page."""

    async def total(self) -> int:
        """How many rows its list has."""


class Ready:
    """A page that is there already."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def page(self) -> Page:
        """The page."""
        return self._page

    async def total(self) -> int:
        """How many rows its list has."""
        return await self._page.total()


class Listed:
    """A page of a list, read once, when it is needed first.

    `shown` makes what a row is shown as, where that is not the row itself.
    """

    def __init__(
        self,
        operation: Operation,
        listing: Listing,
        window: Window,
        shown: Callable[[Any], Any] | None,
    ) -> None:
        self.operation = operation
        self.listing = listing
        self.window = window
        self.shown = shown

    async def page(self) -> Page:
        """The page. One statement for each part of the list."""

        async def batch(keys: list[tuple[()]]) -> list[Page]:
            found = await read(self.operation, self.listing, self.window)
            if self.shown is not None:
                found = dataclasses.replace(found, rows=[self.shown(row) for row in found.rows])
            return [found] * len(keys)

        found: Page = await self.operation.loaders.made(self, lambda: batch).load(())
        return found

    async def total(self) -> int:
        """How many rows its list has."""
        return await total(self.operation, self.listing)
