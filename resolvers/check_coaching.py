"""Totals of coaching (B1), counted anew and held to the stored ones.

Agents come by in batches: what is held in memory is one batch, and the sums of all sets of queues.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from models import AgentCoaching, Base, CoachingTotal, QueueSet, QueueSetQueue
from models.coaching_total import COUNTS, SUMS, Counted, queue_set_id
from resolvers import check_groups, coaching_total
from resolvers.check_scores import agent_batches
from resolvers.differences import Check
from resolvers.group_total import BATCH

Key = tuple[uuid.UUID, ...]
NO_SUMS: Mapping[str, int] = dict.fromkeys(SUMS, 0)


async def run(check: Check) -> None:
    """Check the counts of all agents, the sums of all sets of queues, and what is in a set.

    A row of nothing but zeros may be there or not.
    """
    connection, workspace_id = check.connection, check.workspace_id
    sums: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    async for agent_ids in agent_batches(connection, workspace_id, BATCH):
        counted, _ = await coaching_total.count(connection, workspace_id, agent_ids)
        found = await stored(connection, workspace_id, agent_ids)
        for agent_id, now in counted.items():
            _compare_agent(check, agent_id, found.get(agent_id), now)
            sums[now.queue_set_id].update(now.sums)
    totals = await stored_totals(connection, workspace_id)
    for key in sums.keys() | totals.keys():
        _compare(check, CoachingTotal, (key,), totals.get(key), sums.get(key, NO_SUMS))
    for key, queue_ids in (await stored_sets(connection, workspace_id)).items():
        check.report.rows += 1
        check.report.compare(QueueSet, (key,), "id", key, queue_set_id(workspace_id, queue_ids))
    await check_groups.run(check)


def _compare_agent(check: Check, agent_id: uuid.UUID, row: Any, now: Counted) -> None:
    key, before = (agent_id,), None
    if row is not None:
        before = {name: getattr(row, name) for name in COUNTS}
        check.report.compare(AgentCoaching, key, "queue_set_id", row.queue_set_id, now.queue_set_id)
    _compare(check, AgentCoaching, key, before, now.counts)


def _compare(
    check: Check,
    model: type[Base],
    key: Key,
    before: Mapping[str, int] | None,
    now: Mapping[str, int],
) -> None:
    check.report.rows += before is not None
    for name, expected in now.items():
        found = None if before is None else before[name]
        if found is not None or expected:
            check.report.compare(model, key, name, found, expected)


async def stored(
    connection: AsyncConnection, workspace_id: uuid.UUID, agent_ids: coaching_total.Ids
) -> dict[uuid.UUID, sa.Row[Any]]:
    """What is stored of these agents. One statement."""
    columns = AgentCoaching.__table__.c
    rows = await connection.execute(
        sa.select(AgentCoaching.__table__).where(
            columns.workspace_id == workspace_id, columns.agent_id.in_(agent_ids)
        )
    )
    return {row.agent_id: row for row in rows}


async def stored_totals(
    connection: AsyncConnection, workspace_id: uuid.UUID
) -> dict[uuid.UUID, Mapping[str, int]]:
    """What is stored of all sets of queues. One statement."""
    table: Any = CoachingTotal.__table__
    rows = await connection.execute(sa.select(table).where(table.c.workspace_id == workspace_id))
    return {row.queue_set_id: {name: getattr(row, name) for name in SUMS} for row in rows}


async def stored_sets(
    connection: AsyncConnection, workspace_id: uuid.UUID
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """All sets of queues that are stored. One statement."""
    sets, links = QueueSet.__table__.c, QueueSetQueue.__table__.c
    rows = await connection.execute(
        sa.select(sets.id, links.queue_id)
        .outerjoin_from(
            QueueSet.__table__,
            QueueSetQueue.__table__,
            (links.workspace_id == sets.workspace_id) & (links.queue_set_id == sets.id),
        )
        .where(sets.workspace_id == workspace_id)
    )
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for set_id, queue_id in rows:
        found[set_id].update([] if queue_id is None else [queue_id])
    return found
