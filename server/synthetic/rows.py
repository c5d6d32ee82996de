"""Rows on their way into the database, many at a time."""

import functools
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from models.base import Base, sort_key
from server.synthetic.chance import Chance

Row = dict[str, Any]

TABLES = Base.metadata.sorted_tables
"""Each after those that it points to."""


class Rows:
    """Rows of one workspace by table. A row may still be changed until it is written."""

    def __init__(self, chance: Chance, workspace_id: uuid.UUID) -> None:
        self.chance = chance
        self.workspace_id = workspace_id
        self.of: dict[str, list[Row]] = defaultdict(list)

    def add(self, model: type[Base], **values: Any) -> Row:
        """Add a row; what is not given has its column's default."""
        values["workspace_id"] = self.workspace_id
        self.of[model.__tablename__].append(values)
        return values

    async def write(self, connection: AsyncConnection) -> None:
        """Insert all rows in the connection's transaction, and forget them."""
        for table in TABLES:
            rows = self.of.pop(table.name, None)
            if rows:
                await _insert(connection, table, rows)


async def _insert(connection: AsyncConnection, table: sa.Table, rows: list[Row]) -> None:
    columns = _columns(table, connection.dialect)
    # Column by column: what a Core insert would bind, without its work for each row.
    values = list(zip(*(column.values(rows) for column in columns), strict=True))
    names = [column.name for column in columns]
    if connection.dialect.name == "postgresql":
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.copy_records_to_table(table.name, records=values, columns=names)
    else:
        statement = table.insert().values({name: sa.bindparam(name) for name in names})
        await connection.exec_driver_sql(str(statement.compile(dialect=connection.dialect)), values)


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    default: Any
    bind: Callable[[Any], Any] | None

    def values(self, rows: list[Row]) -> list[Any]:
        if self.name == "name_key":
            return [sort_key(row["name"]) for row in rows]
        values = [row.get(self.name, self.default) for row in rows]
        return values if self.bind is None else [self.bind(value) for value in values]


@functools.cache
def _columns(table: sa.Table, dialect: sa.Dialect) -> list[_Column]:
    return [
        _Column(
            column.name,
            _default(column),
            column.type.dialect_impl(dialect).bind_processor(dialect),
        )
        for column in table.columns
        if column.computed is None
    ]


def _default(column: sa.Column[Any]) -> object:
    default = column.default
    return default.arg if isinstance(default, sa.ColumnDefault) and default.is_scalar else None
