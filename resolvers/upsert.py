"""Inserts that say what to do where the row is there already, for the database at hand."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from models import Base


def table(model: type[Base]) -> sa.Table:
    """Give the table of a model: bulk writes go past the mapper."""
    return Base.metadata.tables[model.__tablename__]


def key(model: type[Base]) -> list[str]:
    """Name the columns of a model's primary key."""
    return [column.name for column in table(model).primary_key]


def insert(session: AsyncSession, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that has `on_conflict_do_update`."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table(model))
    return postgresql.insert(table(model))


def adding(session: AsyncSession, model: type[Base]) -> sa.Executable:
    """Make the insert that adds its numbers to the row where it is there already."""
    statement = insert(session, model)
    added = {
        column.name: column + statement.excluded[column.name]
        for column in table(model).columns
        if not column.primary_key
    }
    return statement.on_conflict_do_update(index_elements=key(model), set_=added)
