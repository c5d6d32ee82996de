"""Pages of lists, in one statement with all that is selected of their objects.

The page is cut from its list first; what is selected of each row is written behind that, so that
it is written for the rows of the page and no others.
"""

import dataclasses
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from graphql import GraphQLObjectType, get_named_type

from resolvers.page import Listed, Listing, Window
from schema.compiled.blocks import Ask, Block, Compiler, Values, as_objects
from schema.compiled.run import Run, Unusual, settled, then, there
from schema.compiled.selection import TYPE_NAME, NotCompiled, Selected, Sets
from schema.compiled.slots import Slot
from schema.compiled.statements import PLACES, Found, Statement, Wanted
from schema.compiled.words import MARK
from schema.page import page_info

MOST = 200
"""Lists, and statements, that one field remembers: those that were asked for last.

One statement reads all lists that differ by values only, such as by what is filtered for.
"""


def pages(compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> Ask:
    """What makes connections: in one statement each, or as any other object."""
    plain = Block(compiler, kind, sets).read_and_ask
    try:
        listed = _Pages(compiler, kind, sets)
    except NotCompiled:
        return plain

    def ask(run: Run, connections: Values) -> Any:
        asked = [each.asked for each in connections]
        if not all(isinstance(each, Listed) and each.shown is None for each in asked):
            return plain(run, connections)
        return settled(listed.read(run, each) for each in asked)

    return ask


@dataclasses.dataclass(frozen=True, slots=True)
class _Column:
    """A field of all edges of a page: its values, or the texts that the database has of them."""

    key: str
    values: Callable[[Run, Any], Any]
    texts: Callable[[Any], list[str | None]] | None


class _Edges:
    def __init__(self, columns: Sequence[_Column]) -> None:
        self._columns = columns
        self._texts = [each.texts for each in columns if each.texts]
        self.is_whole = len(self._texts) == len(columns)
        self._edge = "{" + MARK + ",".join(f'"{each.key}":%s' for each in columns) + "}"

    def told(self, run: Run, found: Any) -> Any:
        """The edges as one text. Raises Unusual where the database could not tell an object."""
        if not self._texts:
            return run.array([self._edge] * len(found.page.rows))
        columns = [texts(found) for texts in self._texts]
        if any(None in column for column in columns):
            raise Unusual
        return run.array([self._edge % each for each in zip(*columns, strict=True)])

    def made(self, run: Run, found: Any) -> Any:
        """The edges as objects."""
        run.objects += len(found.page.rows)

        def put_together(values: Sequence[Values]) -> Values:
            by_key = dict(zip([each.key for each in self._columns], values, strict=True))
            return as_objects(by_key, len(found.page.rows))

        return then(settled(each.values(run, found) for each in self._columns), put_together)


class _Pages:
    def __init__(self, compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> None:
        self.compiler = compiler
        self.writer = compiler.writer
        self.slots: list[Slot] = []
        self._reads = self._counts = False
        self.fields = [self._field(each) for each in compiler.selections.of(kind, sets)]
        self._lists: OrderedDict[Any, tuple[Statement, Any]] = OrderedDict()
        self._statements: OrderedDict[Any, Statement] = OrderedDict()

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
                return field.key, lambda _run, found: found.total
            case name if name == TYPE_NAME:
                return field.key, lambda _run, _found: field.parent.name
        raise NotCompiled(field.name)

    def _slot(self, field: Selected) -> Any:
        slot, number = self._add(field)
        if slot.is_whole:
            return lambda run, found: run.array(found.texts(number))
        return _objects(number)

    def _add(self, field: Selected) -> tuple[Slot, int]:
        self.slots.append(Slot(self.compiler, field))
        return self.slots[-1], len(self.slots) - 1

    def _edges(self, below: Sequence[Selected]) -> Any:
        edges = _Edges([self._column(each) for each in below])
        return edges.told if edges.is_whole else edges.made

    def _column(self, field: Selected) -> _Column:
        """A field of an edge. Raises NotCompiled for what no edge has."""
        match field.name:
            case "cursor":
                return _Column(field.key, _cursors, lambda found: _quoted(found.page.cursors))
            case "node":
                slot, number = self._add(field)
                return _Column(
                    field.key, _objects(number), _texts(number) if slot.is_whole else None
                )
            case name if name == TYPE_NAME:
                names = [field.parent.name]
                return _Column(
                    field.key,
                    lambda _run, found: names * len(found.page.rows),
                    lambda found: _quoted(names) * len(found.page.rows),
                )
        raise NotCompiled(field.name)

    def _info(self, field: Selected) -> Any:
        complete = self.compiler.value(field.kind, field.sets)

        def info(run: Run, found: Any) -> Any:
            return then(complete(run, [page_info(found.page)]), lambda told: told[0])

        return info

    async def read(self, run: Run, asked: Listed) -> Any:
        """A connection."""
        run.objects += 1
        found = await self._read(run, asked)
        values = await there(settled(ask(run, found) for _, ask in self.fields))
        return dict(zip([key for key, _ in self.fields], values, strict=True))

    async def _read(self, run: Run, asked: Listed) -> Found:
        window = asked.window
        given: Any = {name: None if getattr(window, name) is None else "" for name in PLACES}
        shape = dataclasses.replace(window, **given)
        statement, values = self._remembered(asked.listing, shape)
        return await statement.read(run, asked, values, reads=self._reads, counts=self._counts)

    def _remembered(self, listing: Listing, shape: Window) -> tuple[Statement, Any]:
        """The statement of a list, and the values of the list's own parameters."""
        key = (listing, shape)
        found = self._lists.get(key)
        if found is None:
            wanted = Wanted(listing, self.writer.viewer)
            values = wanted.shape.values if wanted.shape else None
            found = self._lists[key] = self._statement(wanted, key, shape), values
            _forget(self._lists)
        self._lists.move_to_end(key)
        return found

    def _statement(self, wanted: Wanted, key: Hashable, shape: Window) -> Statement:
        # To write a statement takes some ten times as long as to find out that it is there.
        order = wanted.order
        known = (wanted.shape.key if wanted.shape else key, order.keys, order.descending, shape)
        found = self._statements.get(known)
        if found is None:
            found = self._statements[known] = Statement(
                self.writer, self.compiler.dialect, self.slots, wanted, shape
            )
            _forget(self._statements)
        self._statements.move_to_end(known)
        return found


def _forget(remembered: "OrderedDict[Any, Any]") -> None:
    if len(remembered) > MOST:
        remembered.popitem(last=False)


def _cursors(_run: Run, found: Found) -> Values:
    return found.page.cursors


def _quoted(texts: Sequence[str]) -> list[str | None]:
    """Texts that need no escaping, as JSON."""
    return [f'"{each}"' for each in texts]


def _objects(number: int) -> Any:
    return lambda run, found: found.objects(run, number)


def _texts(number: int) -> Any:
    return lambda found: found.texts(number)
