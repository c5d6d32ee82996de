"""Places in a page where its objects stand: what the database tells there, and what Python does."""

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLObjectType, get_named_type

from schema.compiled.blocks import DECLARED, Block, Compiler, origin
from schema.compiled.run import Run
from schema.compiled.selection import NotCompiled, Selected, Sets
from schema.compiled.text import Rows


class Row:
    """A row of a page as the driver has it, and the part of the list that it is of."""

    __slots__ = ("_itself", "_place", "part", "values")

    def __init__(self, part: Any, values: Sequence[Any]) -> None:
        self.part = part
        self.values = values
        self._itself: Any = None
        self._place: Sequence[Any] | None = None

    @property
    def place(self) -> Sequence[Any]:
        """Its sort values: rows are brought into order by them, and their cursors made of them."""
        if self._place is None:
            self._place = self.part.place(self.values)
        return self._place

    @property
    def itself(self) -> Any:
        """As Python sees it; the same wherever it stands.

        An instance of the model without SQLAlchemy's bookkeeping: it has the columns that were
        read, and nothing that could load more.
        """
        if self._itself is None:
            self._itself = self.part.instance(self.values)
        return self._itself

    def told(self, number: int) -> Sequence[Any]:
        """What the database told of it for a slot."""
        found: Sequence[Any] = self.values[self.part.slices[number]]
        return found


class Slot:
    """A place in a connection where objects of the list stand."""

    def __init__(self, compiler: Compiler, field: Selected) -> None:
        self.kind: Any = get_named_type(field.kind)
        self.sets = field.sets
        self._compiler = compiler
        self._parts: dict[Any, Written | Mixed] = {}
        for kind in self._kinds():
            model = _model(kind)
            try:
                self._parts[model] = Written(compiler, kind, field.sets)
            except NotCompiled:
                self._parts[model] = Mixed(compiler, kind, field.sets)
        self.is_whole = all(part.is_whole for part in self._parts.values())

    def of(self, model: Any) -> "Written | Mixed":
        """How rows of a model are told here."""
        return self._parts[model]

    def _kinds(self) -> Sequence[GraphQLObjectType]:
        if isinstance(self.kind, GraphQLObjectType):
            return [self.kind]
        return list(self._compiler.selections.schema.get_possible_types(self.kind))


class Written:
    """Rows that the database tells as a whole."""

    is_whole = True

    def __init__(self, compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> None:
        self._writer, self._kind, self._sets = compiler.writer, kind, sets
        model = _model(kind)
        self.columns(Rows(self._writer, model, self._writer.named(model)))

    def columns(self, rows: Rows) -> list[Any]:
        """One text."""
        return [self._writer.object(self._kind, rows, self._sets)]

    def objects(self, run: Run, rows: Sequence[Row], number: int) -> Any:
        """The texts as they are."""
        return [run.fragment(row.told(number)[0]) for row in rows]


class Mixed:
    """Rows of which Python tells some fields."""

    is_whole = False

    def __init__(self, compiler: Compiler, kind: GraphQLObjectType, sets: Sets) -> None:
        self._block = Block(compiler, kind, sets, DECLARED)
        self.columns = self._block.columns

    def objects(self, run: Run, rows: Sequence[Row], number: int) -> Any:
        """Objects of what the database told and what Python is asked."""
        told = self._block.told(run, [row.told(number) for row in rows])
        return self._block.ask(run, [row.itself for row in rows], told)


def _model(kind: GraphQLObjectType) -> Any:
    model = getattr(origin(kind), "model", None)
    if model is None:
        raise NotCompiled(kind.name)
    return model
