"""Bulk export: all rows of a kind that somebody reaches, a page at a time.

Sorted by id, which never changes and is random: no row is told twice or left out, whatever is
changed meanwhile, and each page is a range of the primary key. Rows that are made while an export
runs are in it or not, as their ids have it.
"""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from auth import scope
from resolvers.operation import Operation
from resolvers.page import Order

PAGE = 100
"""Rows of one read: as many as `nodes` tells at once."""

FIRST = uuid.UUID(int=0)
"""Before all ids that there are."""


class Rows:
    """The rows of a model, in the order of their ids; `name` is what the export is called."""

    def __init__(self, name: str, model: Any) -> None:
        self._model = model
        self._order = Order(keys=("id",), binding=("export", name))

    def place(self, cursor: str | None) -> uuid.UUID:
        """The id that a cursor stands for, or what is before the first. Raises BadCursor."""
        if cursor is None:
            return FIRST
        found: uuid.UUID = self._order.place(cursor, [self._model.id])[0]
        return found

    def cursors(self, ids: Sequence[uuid.UUID]) -> list[str]:
        """The cursors of rows with these ids."""
        return self._order.cursors([[each] for each in ids])

    async def after(self, operation: Operation, place: uuid.UUID) -> list[uuid.UUID]:
        """The next ids in reach after this one. One statement, and no connection held behind it."""
        row = self._model
        statement = (
            sa.select(row.id)
            .where(*scope.conditions(row, operation.viewer), row.id > place)
            .order_by(row.id)
            .limit(PAGE)
        )
        async with operation.read() as session:
            return list(await session.scalars(statement))
