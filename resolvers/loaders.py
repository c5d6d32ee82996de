"""Loaders: one statement for all rows of a level, made from the mapped relationships.

A relation to one row loads by id, so all relations to a table share one loader. A relation to
many joins from the parents, so whatever the mapper knows of the relation (other tables between,
conditions, order) needs no second telling here. Both take their rows from `auth.scope` only.

Each batch opens a session of its own: when a sibling field fails, graphql-core cancels the
fields beside it, and a batch must outlive the field that asked for it.
"""

import asyncio
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Hashable
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from aiodataloader import DataLoader, dispatch_queue
from aiodataloader import Loader as Waiting
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import MANYTOONE, RelationshipProperty, aliased

from auth import scope
from auth.viewer import Viewer
from models.base import Base
from models.database import Database
from models.errors import TooMuch
from resolvers.level import Batch, Levels

MOST_ROWS = 200_000
"""Most rows that the lists of one operation have together, where nothing else is said."""

BATCH = 10_000
"""Most keys of one statement: well under what the databases take as parameters."""


class Loader(DataLoader[Any, Any]):
    """A loader that starts with its level, and goes on when a field that waits is cancelled."""

    def __init__(
        self, batch: Batch, levels: Levels, *, cache: bool = True, at_once: bool = False
    ) -> None:
        super().__init__(
            levels.followed(batch),
            max_batch_size=BATCH,
            cache=cache,
            # The library asks for it also where nothing is cached; objects may have no hash.
            get_cache_key=None if cache else id,
        )
        self._levels = levels
        self._at_once = at_once

    def load(self, key: Any) -> "asyncio.Future[Any]":
        """The value for a key, loaded together with all others of its level."""
        return asyncio.shield(super().load(key))

    def do_resolve_reject(self, key: Any, future: "asyncio.Future[Any]") -> None:
        """Wait for the level, where the library would start in the next turn of the loop."""
        self._queue.append(Waiting(key=key, future=future))
        if self._at_once:
            dispatch_queue(self)
            return
        self._levels.asked()
        if len(self._queue) == 1:
            self._levels.enlist(lambda: dispatch_queue(self))


class Loaders:
    """All loaders of one operation, made when first asked for."""

    def __init__(self, database: Database, viewer: Viewer, most_rows: int = MOST_ROWS) -> None:
        self.database = database
        self.viewer = viewer
        self.levels = Levels()
        self._made: dict[Hashable, Loader] = {}
        self.most_rows = most_rows
        self._rows = 0

    def apart(self) -> "Loaders":
        """Loaders that have loaded nothing yet, of the same levels."""
        made = Loaders(self.database, self.viewer, self.most_rows)
        made.levels = self.levels
        return made

    def abandon(self) -> None:
        """Stop all batches, under way or waiting: what asked for them was cancelled."""
        self.levels.abandon()

    def forget(self) -> None:
        """Remember nothing of what was loaded: it may have changed."""
        self._made.clear()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for one statement of this operation."""
        with self.levels.statement():
            async with self.database.read(self.viewer.identity) as session:
                yield session

    def made(self, key: Hashable, batch: Callable[[], Batch]) -> Loader:
        """The loader known by `key`; `batch` makes its function if there is none yet."""
        loader = self._made.get(key)
        if loader is None:
            loader = self._made[key] = Loader(batch(), self.levels)
        return loader

    def once(self, key: Hashable, read: Callable[[], Awaitable[Any]]) -> Awaitable[Any]:
        """What is read once for all that ask; at once, as nobody else has anything to add."""

        async def batch(keys: list[Any]) -> list[Any]:
            return [await read()] * len(keys)

        loader = self._made.get(key)
        if loader is None:
            loader = self._made[key] = Loader(batch, self.levels, at_once=True)
        return loader.load(())

    def uncached(self, key: Hashable, batch: Callable[[], Batch]) -> Loader:
        """As `made`, for keys that are objects: nothing is remembered of them."""
        loader = self._made.get(key)
        if loader is None:
            loader = self._made[key] = Loader(batch(), self.levels, cache=False)
        return loader

    def row(self, model: type[Base], key: uuid.UUID | None) -> Awaitable[Any]:
        """The row of `model` with this id, or None where the viewer reaches no such row."""
        if key is None:
            return _Nothing()
        return self.made(model, lambda: self._by_id(model)).load(key)

    def related(self, relation: "RelationshipProperty[Any]", parent: Any) -> Awaitable[Any]:
        """The row or the list of rows that `parent` has in `relation`."""
        if relation.direction is MANYTOONE:
            return self.row(relation.mapper.class_, getattr(parent, foreign_key(relation)))
        return self.made(relation, lambda: self._children(relation)).load(parent.id)

    def count(self, relation: "RelationshipProperty[Any]", parent: Any) -> Awaitable[int]:
        """How many rows `parent` has in a relation to many, within reach."""
        return self.made(("count", relation), lambda: self._count(relation)).load(parent.id)

    def _by_id(self, model: Any) -> Batch:
        async def batch(keys: list[uuid.UUID]) -> list[Any]:
            statement = scope.select(model, self.viewer).where(model.id.in_(keys))
            async with self.read() as session:
                found = {row.id: row for row in await session.scalars(statement)}
            return [found.get(key) for key in keys]

        return batch

    def _children(self, relation: "RelationshipProperty[Any]") -> Batch:
        async def batch(keys: list[uuid.UUID]) -> list[list[Any]]:
            parent, statement = children(relation, self.viewer)
            statement = statement.where(parent.id.in_(keys)).order_by(*(relation.order_by or ()))
            found: dict[uuid.UUID, list[Any]] = defaultdict(list)
            async with self.read() as session:
                rows = (await session.execute(statement)).all()
            self._count_rows(len(rows))
            for key, row in rows:
                found[key].append(row)
            return [found[key] for key in keys]

        return batch

    def _count_rows(self, found: int) -> None:
        """Raise TooMuch rather than go on below more rows than one operation may have."""
        self._rows += found
        if self._rows > self.most_rows:
            raise TooMuch(self.most_rows)

    def _count(self, relation: "RelationshipProperty[Any]") -> Batch:
        async def batch(keys: list[uuid.UUID]) -> list[int]:
            parent, statement = children(relation, self.viewer)
            counted = (
                statement.with_only_columns(parent.id, sa.func.count())
                .where(parent.id.in_(keys))
                .group_by(parent.id)
            )
            async with self.read() as session:
                counts: dict[uuid.UUID, int] = dict((await session.execute(counted)).all())
            return [counts.get(key, 0) for key in keys]

        return batch


def children(
    relation: "RelationshipProperty[Any]", viewer: Viewer
) -> tuple[Any, sa.Select[uuid.UUID, Any]]:
    """A relation to many as a statement over all parents, and the parent to narrow it by."""
    parent: Any = aliased(relation.parent.class_)
    model = relation.mapper.class_
    statement = (
        sa.select(parent.id, model)
        .select_from(parent)
        .join(getattr(parent, relation.key))
        .where(parent.workspace_id == viewer.workspace_id, *scope.conditions(model, viewer))
    )
    return parent, statement


def foreign_key(relation: "RelationshipProperty[Any]") -> str:
    """The attribute of the parent that holds the id of the one related row."""
    (column,) = (
        local for local, remote in relation.local_remote_pairs if remote.name != "workspace_id"
    )
    return relation.parent.get_property_by_column(column).key


class _Nothing:
    """None, for whoever awaits it; nobody has to."""

    def __await__(self) -> Generator[None, None, None]:
        return
        yield
