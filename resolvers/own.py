"""The agent who asks: a statement made once for each kind of viewer, as agents ask for it often."""

import functools

import sqlalchemy as sa

from auth import scope
from auth.viewer import Viewer
from models import Agent
from models.prepared import Process, reader
from resolvers.operation import Operation
from resolvers.query import Query

COLUMNS = sa.inspect(Agent).columns


def _statement(viewer: Viewer) -> sa.Select[Agent]:
    mine = scope.select(Agent, viewer).where(Agent.id == viewer.agent_id)
    return mine.with_only_columns(*COLUMNS)


_MINE = Query(_statement)


async def agent(operation: Operation) -> Agent | None:
    """The viewer's own agent; None for everybody else. One statement.

    An instance with all of its columns, and without SQLAlchemy's bookkeeping.
    """
    if operation.viewer.agent_id is None:
        return None
    found: Agent | None = await operation.loaders.once(
        "own agent", functools.partial(_read, operation)
    )
    return found


async def _read(operation: Operation) -> Agent | None:
    readers = _readers(operation.database.engine.dialect)
    for row in await _MINE.rows(operation):
        found: Agent = object.__new__(Agent)
        for (name, read), value in zip(readers, row, strict=True):
            found.__dict__[name] = read(value)
        return found
    return None


@functools.lru_cache(maxsize=16)
def _readers(dialect: sa.Dialect) -> list[tuple[str, Process]]:
    return [(name, reader(column.type, dialect)) for name, column in COLUMNS.items()]
