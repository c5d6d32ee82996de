"""Statements that read, made once for each kind of viewer.

To make a statement of SQLAlchemy's costs more than a short one takes. So what is asked often is
made for a stand-in (`auth.stand_in`) and remembered, and the viewer's ids are its parameters.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from auth import stand_in
from auth.viewer import Viewer
from models.prepared import Prepared
from models.reading import Rows, Statement
from resolvers.operation import Operation

MOST = 100
"""Statements that one query remembers: one for each kind of viewer and of database."""


async def fetch(operation: Operation, statements: Sequence[Statement]) -> list[Rows]:
    """The rows of each statement, as the driver has them, on one connection: part of a level."""
    with operation.loaders.levels.statement():
        return await operation.database.fetch(operation.viewer.identity, statements)


class Query:
    """A statement that depends on the viewer alone, whose ids it uses in conditions only."""

    def __init__(self, made: Callable[[Viewer], sa.Select[Any]]) -> None:
        self._make = made
        self._made: OrderedDict[Any, Prepared] = OrderedDict()

    async def rows(self, operation: Operation) -> Rows:
        """Its rows, as the driver has them. One statement."""
        prepared = self._prepared(operation)
        statement = prepared.text, prepared.values(stand_in.ids(operation.viewer))
        (rows,) = await fetch(operation, [statement])
        return rows

    def _prepared(self, operation: Operation) -> Prepared:
        viewer, dialect = operation.viewer, operation.database.engine.dialect
        key = (dialect.name, stand_in.kind(viewer))
        found = self._made.get(key)
        if found is None:
            found = Prepared(self._make(stand_in.stand_in(viewer)), dialect)
            self._made[key] = found
            if len(self._made) > MOST:
                self._made.popitem(last=False)
        return found
