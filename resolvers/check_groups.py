"""Totals of sent groups (A6), counted anew and held to the stored ones."""

import uuid
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from models import CoachingGroup, GroupCoaching, GroupTotal
from models.group_total import NAMES, CountedGroup, Key
from resolvers import group_total, upsert
from resolvers.differences import Check

COLUMNS = ("queue_set_id", "progress", "status")


async def run(check: Check) -> None:
    """Check what is stored of each group, and the sums. A row of nothing but zeros may be there."""
    connection, workspace_id = check.connection, check.workspace_id
    sums: dict[Key, Counter[str]] = defaultdict(Counter)
    async for ids in batches(connection, workspace_id):
        found = await group_total.count(connection, workspace_id, ids)
        rows = await stored(connection, workspace_id, ids)
        check.report.rows += len(rows)
        for key in found.counted.keys() | rows.keys():
            before, now = rows.get(key), found.counted.get(key)
            for name in COLUMNS:
                expected = getattr(now, name, None)
                check.report.compare(
                    GroupCoaching, (key,), name, getattr(before, name, None), expected
                )
            if now is not None:
                sums[found.key(key, now)].update(now.sums)
    totals = await stored_totals(connection, workspace_id)
    check.report.rows += len(totals)
    for of in sums.keys() | totals.keys():
        before_sum = totals.get(of, {})
        for name in NAMES:
            there, expected_sum = before_sum.get(name, 0), sums[of][name]
            check.report.compare(GroupTotal, of, name, there, expected_sum)


async def batches(
    connection: AsyncConnection, workspace_id: uuid.UUID
) -> AsyncIterator[group_total.Ids]:
    """Ids of all groups, sent or not, so many at a time."""
    group = CoachingGroup
    chosen = (
        sa.select(group.id)
        .where(group.workspace_id == workspace_id)
        .order_by(group.id)
        .limit(group_total.BATCH)
    )
    ids = (await connection.scalars(chosen)).all()
    while ids:
        yield ids
        ids = (await connection.scalars(chosen.where(group.id > ids[-1]))).all()


async def stored(
    connection: AsyncConnection, workspace_id: uuid.UUID, group_ids: group_total.Ids
) -> dict[uuid.UUID, CountedGroup]:
    """What is stored of these groups, whatever is missing of it. One statement."""
    columns = upsert.table(GroupCoaching).c
    rows = await connection.execute(
        sa.select(columns.group_id, *(columns[name] for name in COLUMNS)).where(
            columns.workspace_id == workspace_id, columns.group_id.in_(group_ids)
        )
    )
    return {row.group_id: CountedGroup(row.queue_set_id, row.progress, row.status) for row in rows}


async def stored_totals(
    connection: AsyncConnection, workspace_id: uuid.UUID
) -> dict[Key, Mapping[str, int]]:
    """All sums that are stored. One statement."""
    table = upsert.table(GroupTotal)
    rows = await connection.execute(sa.select(table).where(table.c.workspace_id == workspace_id))
    return {
        (row.queue_set_id, row.created_by_id): {name: getattr(row, name) for name in NAMES}
        for row in rows
    }
