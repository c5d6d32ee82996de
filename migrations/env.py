"""Runs migrations on the connection that the caller hands over (`server.migration`)."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

import models
from models.base import Fixed, Ranked, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write the plain type of our column types, so that a migration stands by itself."""
    if kind != "type":
        return False
    match item:
        case UtcDateTime():
            return "sa.DateTime(timezone=True)"
        case Fixed():
            return "sa.Integer()"
        case Ranked():
            return "sa.SmallInteger()"
        case sa.types.TypeDecorator():
            return "sa.JSON()"
    return False


def run(connection: sa.Connection) -> None:
    """Run the migrations that the caller asked for."""
    context.configure(
        connection=connection,
        target_metadata=models.Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
