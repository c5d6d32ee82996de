"""Lists that go to the database and come back as one value.

The text of such a statement is the same for one key and for a thousand, so it is built, compiled
and prepared once. PostgreSQL takes an array for each column; SQLite takes one text of JSON. Both
give JSON back.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

PLACE = "place"
"""The column of a list's table that says where a row stands in it, from 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A list of rows as a table: a name, and its columns with their types."""

    name: str
    columns: dict[str, Any]

    def table(self, dialect: str) -> Any:
        """What a statement selects from: the columns, and `place`."""
        return self._unnested() if dialect == "postgresql" else self._read()

    def values(self, dialect: str, rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
        """The parameters that bring these rows."""
        if dialect == "postgresql":
            columns = list(zip(*rows, strict=True)) or [()] * len(self.columns)
            return dict(zip(self._parameters(), map(list, columns), strict=True))
        return {self.name: orjson.dumps(list(rows)).decode()}

    def _parameters(self) -> list[str]:
        return [f"{self.name}_{column}" for column in self.columns]

    def _unnested(self) -> Any:
        arrays = [
            sa.bindparam(name, type_=postgresql.ARRAY(kind))
            for name, kind in zip(self._parameters(), self.columns.values(), strict=True)
        ]
        columns = [sa.column(name, kind) for name, kind in self.columns.items()]
        found = (
            sa.func.unnest(*arrays)
            .table_valued(*columns, with_ordinality="ordinal", name=f"{self.name}_given")
            .render_derived()
        )
        place = (found.c.ordinal - 1).label(PLACE)
        return sa.select(place, *(found.c[name] for name in self.columns)).subquery(self.name)

    def _read(self) -> Any:
        given = sa.func.json_each(sa.bindparam(self.name, type_=sa.String))
        found = given.table_valued("key", "value", name=f"{self.name}_given")
        named = [
            _stored(sa.func.json_extract(found.c.value, f"$[{number}]"), kind).label(name)
            for number, (name, kind) in enumerate(self.columns.items())
        ]
        return sa.select(found.c.key.label(PLACE), *named).subquery(self.name)


def gathered(dialect: str, *columns: Any) -> Any:
    """All rows of a group as a list of lists."""
    of_rows, of_one = _JSON[dialect]
    return of_rows(of_one(*columns))


def inside(dialect: str, column: Any) -> Any:
    """What a subquery has gathered, as a value of another list."""
    return sa.func.json(column) if dialect == "sqlite" else column


def text(gathered: Any) -> Any:
    """What was gathered, for Python."""
    return sa.cast(gathered, sa.Text)


def parsed(text: str | None) -> list[Any]:
    """What was gathered; PostgreSQL has null for nothing."""
    return [] if text is None else orjson.loads(text)


def key(dialect: str, id_: uuid.UUID) -> str:
    """An id as it stands in what `gathered` gives."""
    return id_.hex if dialect == "sqlite" else str(id_)


_JSON: dict[str, Any] = {
    "postgresql": (sa.func.json_agg, sa.func.json_build_array),
    "sqlite": (sa.func.json_group_array, sa.func.json_array),
}


def _stored(value: Any, kind: Any) -> Any:
    """A value of JSON as SQLAlchemy stores it on SQLite: ids without dashes, days as they are."""
    is_id = isinstance(sa.types.to_instance(kind), sa.Uuid)
    return sa.type_coerce(sa.func.replace(value, "-", "") if is_id else value, kind)
