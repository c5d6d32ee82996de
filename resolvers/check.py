"""Does everything that is stored twice agree? Each stored fact, counted anew from scratch (C7).

What the database can count, it compares itself; the scores (rule D9), the sums by day and the
keys of names are computed here, from rows that stream by. One snapshot of the database is read,
so a running server makes no false differences.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Agent, Mark, MarkArea, MarkState, Workspace, facts
from models.agent import search_key
from models.base import Base, sort_key
from models.database import Database
from resolvers import check_coaching, check_scores
from resolvers.differences import Check, Report

NAMED: tuple[type[Base], ...] = tuple(
    mapper.class_ for mapper in Base.registry.mappers if "name_key" in mapper.columns
)


async def run(database: Database, *, workspace: str | None = None) -> Report | None:
    """Check one workspace by its name, or all. None where there is no such workspace."""
    report = Report()
    async with _snapshot(database) as connection:
        chosen = sa.select(Workspace.id, Workspace.time_zone).order_by(Workspace.id)
        if workspace is not None:
            chosen = chosen.where(Workspace.name == workspace)
        workspaces = (await connection.execute(chosen)).all()
        if workspace is not None and not workspaces:
            return None
        for row in workspaces:
            check = Check(connection, row.id, report)
            await _facts(check)
            await check_coaching.run(check)
            await _mark_areas(check)
            await _keys(check)
            await check_scores.run(check, row.time_zone)
    return report


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncIterator[AsyncConnection]:
    async with database.connect() as connection:
        if connection.dialect.name == "sqlite":
            await connection.exec_driver_sql("BEGIN")
        else:
            await connection.execution_options(isolation_level="REPEATABLE READ")
            await connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            # So many lookups by key look dear enough to compile a statement to machine code for,
            # again and again; that takes longer than the lookups.
            await connection.exec_driver_sql("SET LOCAL jit = off")
        yield connection
        await connection.rollback()


async def _facts(check: Check) -> None:
    """Facts of section 6 and the conversations' scores, as `models.facts` defines them."""
    for model, columns in facts.STORED.items():
        table = model.__table__
        await _compare(
            check,
            model,
            sa.select(table).where(table.c.workspace_id == check.workspace_id),
            ["id"],
            columns,
        )


async def _mark_areas(check: Check) -> None:
    """What an area of a mark carries of its mark (M2)."""
    rows = (
        sa.select(MarkArea)
        .join(Mark, (Mark.workspace_id == MarkArea.workspace_id) & (Mark.id == MarkArea.mark_id))
        .where(MarkArea.workspace_id == check.workspace_id)
    )
    expected: dict[str, sa.ColumnElement[Any]] = {
        "active": Mark.state == MarkState.ACTIVE,
        "agent_id": Mark.__table__.c.agent_id,
        "marked_by_id": Mark.__table__.c.marked_by_id,
    }
    await _compare(check, MarkArea, rows, ["mark_id", "attribute_id"], expected)


async def _compare(
    check: Check,
    model: type[Base],
    rows: sa.Select[Any],
    key: Sequence[str],
    expected: Mapping[str, sa.ColumnElement[Any]],
) -> None:
    """Report the rows of `model` where a column is not what the expression beside it gives."""
    counted = rows.with_only_columns(sa.func.count(), maintain_column_froms=True)
    check.report.rows += await check.connection.scalar(counted) or 0
    columns = model.__table__.c
    for name, expression in expected.items():
        stored = columns[name]
        found = await check.connection.stream(
            rows.with_only_columns(
                *(columns[part] for part in key),
                stored.label("stored"),
                expression.label("expected"),
                maintain_column_froms=True,
            ).where(stored.is_distinct_from(expression))
        )
        async for row in found:
            check.report.add(model, row[: len(key)], name, row.stored, row.expected)


async def _keys(check: Check) -> None:
    """The keys that names are sorted and searched by."""
    for model in NAMED:
        columns = model.__table__.c
        agent = model is Agent
        shown = [columns.id, columns.name, columns.name_key]
        found = await check.connection.stream(
            sa.select(*shown, *([columns.agent_id, columns.search_key] if agent else [])).where(
                columns.workspace_id == check.workspace_id
            )
        )
        report = check.report
        async for row in found:
            report.rows += 1
            report.compare(model, (row.id,), "name_key", row.name_key, sort_key(row.name))
            if agent:
                expected = search_key(row.name, row.agent_id)
                report.compare(model, (row.id,), "search_key", row.search_key, expected)
