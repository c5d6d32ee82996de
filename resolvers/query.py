"""Statements that read, made once for each kind of viewer.

To make a statement of SQLAlchemy's costs more than a short one takes. So what is asked often is
made for a stand-in (`auth.stand_in`) and remembered, and the viewer's ids are its parameters.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from auth import stand_in
from auth.viewer import Viewer
from models.prepared import Prepared
from models.reading import Rows
from resolvers.operation import Operation

MOST = 100
"""Statements that one query remembers: one for each kind of viewer and of database."""


async def fetch(operation: Operation, prepared: Prepared, given: Mapping[str, Any]) -> Rows:
    """The rows of a statement, as the driver has them, as part of a level."""
    statement = prepared.text, prepared.values(given)
    with operation.loaders.levels.statement():
        (rows,) = await operation.database.fetch(operation.viewer.identity, [statement])
    return rows


class Query:
    """A statement that depends on the viewer alone, whose ids it uses in conditions only."""

    def __init__(self, made: Callable[[Viewer], sa.Select[Any]]) -> None:
        self._make = made
        self._made: OrderedDict[Any, Prepared] = OrderedDict()

    async def rows(self, operation: Operation) -> Rows:
        """Its rows, as the driver has them. One statement."""
        return await fetch(operation, self._prepared(operation), stand_in.ids(operation.viewer))

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
