"""All rows of a database, compared, and put back as they were."""

import re
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from models.base import Base
from tests.world import World

Dump = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
"""The rows of each table by their keys, without what the database computes."""

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.IGNORECASE)


def written(statements: list[str]) -> set[str]:
    """Names of the tables that statements wrote to, and of those that a delete takes along."""
    names = {found[1] for each in statements if (found := WRITE.match(each))}
    for table in Base.metadata.sorted_tables:
        if any(
            key.ondelete and key.referred_table.name in names
            for key in table.foreign_key_constraints
        ):
            names.add(table.name)
    return names


async def dump(world: World, names: Collection[str] | None = None) -> Dump:
    """All rows of these tables, or of all."""
    rows: Dump = {}
    async with world.database.read() as session:
        for table in Base.metadata.sorted_tables:
            if names is None or table.name in names:
                stored = [column for column in table.columns if column.computed is None]
                keys = [column.name for column in table.primary_key]
                rows[table.name] = {
                    tuple(row[key] for key in keys): dict(row)
                    for row in (await session.execute(sa.select(*stored))).mappings()
                }
    return rows


async def restore(world: World, before: Dump, names: Collection[str]) -> int:
    """Undo what happened to these tables since; how many rows that were."""
    after = await dump(world, names)
    undone = 0
    tables = [each for each in Base.metadata.sorted_tables if each.name in names]
    async with world.database.write() as session:
        for table in tables:
            old, new = before[table.name], after[table.name]
            for key in old.keys() - new.keys():
                await session.execute(sa.insert(table).values(old[key]))
                undone += 1
            for key in old.keys() & new.keys():
                if old[key] != new[key]:
                    of = [
                        column == part for column, part in zip(table.primary_key, key, strict=True)
                    ]
                    await session.execute(sa.update(table).where(*of).values(old[key]))
                    undone += 1
        for table in reversed(tables):
            for key in after[table.name].keys() - before[table.name].keys():
                of = [column == part for column, part in zip(table.primary_key, key, strict=True)]
                await session.execute(sa.delete(table).where(*of))
                undone += 1
    return undone
