"""Keeping the totals of coaching (B1), in the transaction that changes them, and reading them.

Totals are shared by all writers of a workspace, so they are locked last of all, for as short as
can be, and not at all where nothing changes; the order of all locks stands in `resolvers.facts`.
An agent's row is locked before the agent is counted: whoever comes second counts what the first
has committed. What an agent adds to the totals is then what was counted less what was stored.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from auth import scope
from auth.viewer import Viewer
from models import Agent, AgentCoaching, AgentQueue, Assignment, CoachingTotal, QueueSet
from models import QueueSetQueue as Link
from models import coaching_total as definitions
from models.coaching_total import COUNTS, NOTHING, SUMS, Counted, queue_set_id
from models.status import Status
from resolvers import group_total, upsert
from resolvers.group_total import slices
from resolvers.operation import Operation
from resolvers.query import Query

Ids = Sequence[uuid.UUID]
Sets = Mapping[uuid.UUID, Iterable[uuid.UUID]]
"""Queues by the id of their set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Coaching within a viewer's reach: agents with an active assignment, and all assignments."""

    agents_in_coaching: int
    assignments: Mapping[Status, int]


async def totals(operation: Operation) -> Totals:
    """Read the totals within reach (B1, V6). One statement; its rows are sets of queues."""
    (found,) = await _TOTALS.rows(operation)
    agents, *counts = (int(number) for number in found)
    by_status = dict(zip(_names(operation.viewer), counts, strict=True))
    return Totals(
        agents_in_coaching=agents,
        assignments={status: by_status.get(status, 0) for status in Status},
    )


def _names(viewer: Viewer) -> Mapping[Status, str]:
    """The columns of what is counted by status, as the viewer's workspace has it."""
    return definitions.BY_STATUS if viewer.accept_and_dispute else definitions.BY_PROGRESS


def _totals(viewer: Viewer) -> sa.Select[Any]:
    table: Any = CoachingTotal
    by_status = viewer.accept_and_dispute
    agents = table.agents_by_status if by_status else table.agents_by_progress
    wanted = [agents, *(getattr(table, name) for name in _names(viewer).values())]
    return scope.select(CoachingTotal, viewer).with_only_columns(
        *(sa.func.coalesce(sa.func.sum(column), 0) for column in wanted)
    )


_TOTALS = Query(_totals)


async def refresh(
    session: AsyncSession,
    workspace_id: uuid.UUID,
    agent_ids: Iterable[uuid.UUID],
    group_ids: Collection[uuid.UUID] = (),
) -> None:
    """Count the assignments and queues of these agents anew, and what follows from them.

    That are the totals of groups, too: of those in `group_ids`, whose status may have changed, and
    of those that an agent whose queues have changed is a member of. All members of groups that are
    counted for the first time have to be among the agents.

    To be called once in a transaction, at its end. Three statements; at most
    thirteen where something changed, for up to `group_total.BATCH` agents
    and groups.
    """
    ids = sorted(set(agent_ids))
    if not ids:
        return
    await session.flush()
    stored = await _lock(session, workspace_id, ids)
    connection = await session.connection()
    changed: dict[uuid.UUID, Counted] = {}
    sets: dict[uuid.UUID, Iterable[uuid.UUID]] = {}
    moved: set[uuid.UUID] = set()
    for some in slices(list(stored)):
        counted, queues = await count(connection, workspace_id, some)
        for agent_id, now in counted.items():
            if now == stored[agent_id]:
                continue
            changed[agent_id] = now
            if _moved(stored[agent_id], now):
                moved.add(agent_id)
                sets[now.queue_set_id] = queues[now.queue_set_id]
    groups = await group_total.changed(session, workspace_id, group_ids, moved)
    # All that is new at once, so that two writers make them in the same order.
    await put_sets(session, workspace_id, sets | groups.sets)
    await write(session, workspace_id, changed)
    await group_total.write(session, workspace_id, groups.counted)
    await _add(session, workspace_id, _differences(stored, changed))
    await group_total.add(session, workspace_id, groups.differences)


async def _lock(
    session: AsyncSession, workspace_id: uuid.UUID, ids: list[uuid.UUID]
) -> dict[uuid.UUID, Counted | None]:
    """All of them before anything else is locked, also where one statement is not enough."""
    stored: dict[uuid.UUID, Counted | None] = {}
    for some in slices(ids):
        found = await session.execute(
            _locking(session, workspace_id, Agent.id.in_(some)).returning(*COLUMNS)
        )
        stored |= {row.agent_id: as_stored(row) for row in found}
    return stored


COLUMNS = [
    column for column in upsert.table(AgentCoaching).columns if column.name != "workspace_id"
]


def as_stored(row: Any) -> Counted | None:
    """What a row of `AgentCoaching` says; None where it was made just now, and says nothing."""
    if row.queue_set_id is None:
        return None
    return Counted(row.queue_set_id, {name: getattr(row, name) for name in COUNTS})


async def lock_all(session: AsyncSession, workspace_id: uuid.UUID) -> None:
    """Make and lock the rows of all agents: nobody else then changes any total until the end."""
    await session.execute(_locking(session, workspace_id))


def _locking(session: AsyncSession, workspace_id: uuid.UUID, *which: sa.ColumnElement[bool]) -> Any:
    """The statement that makes and locks agents' rows, in the order of their ids.

    Selecting for update would lock rows that are there before it is known which are not, and
    those would then be made out of order.
    """
    agents = (
        sa.select(Agent.workspace_id, Agent.id)
        .where(Agent.workspace_id == workspace_id, *which)
        .order_by(Agent.id)
    )
    insert = upsert.insert(session, AgentCoaching).from_select(["workspace_id", "agent_id"], agents)
    # Changes nothing, but locks; not a column of the key, which would keep out foreign keys.
    same = {"queue_set_id": upsert.table(AgentCoaching).c.queue_set_id}
    return insert.on_conflict_do_update(index_elements=upsert.key(AgentCoaching), set_=same)


async def count(
    connection: AsyncConnection, workspace_id: uuid.UUID, agent_ids: Ids
) -> tuple[dict[uuid.UUID, Counted], Sets]:
    """Count each of these agents from scratch; the second is the queues of their sets.

    Two statements.
    """
    works_in: dict[uuid.UUID, list[uuid.UUID]] = {key: [] for key in agent_ids}
    for agent_id, queue_id in await connection.execute(
        sa.select(AgentQueue.agent_id, AgentQueue.queue_id).where(
            AgentQueue.workspace_id == workspace_id, AgentQueue.agent_id.in_(agent_ids)
        )
    ):
        works_in[agent_id].append(queue_id)
    counts = {
        row.agent_id: {name: getattr(row, name) for name in COUNTS}
        for row in await connection.execute(
            sa.select(Assignment.agent_id, *(each.label(name) for name, each in COUNTS.items()))
            .where(Assignment.workspace_id == workspace_id, Assignment.agent_id.in_(agent_ids))
            .group_by(Assignment.agent_id)
        )
    }
    set_ids = {key: queue_set_id(workspace_id, queues) for key, queues in works_in.items()}
    return (
        {key: Counted(set_ids[key], counts.get(key, NOTHING)) for key in agent_ids},
        {set_ids[key]: queues for key, queues in works_in.items()},
    )


async def put_sets(session: AsyncSession, workspace_id: uuid.UUID, sets: Sets) -> None:
    """Make the sets of queues that are not there yet. At most two statements."""
    links = [
        {"queue_set_id": key, "queue_id": queue_id}
        for key in sorted(sets)
        for queue_id in sorted(sets[key])
    ]
    of_sets: list[tuple[type[QueueSet | Link], list[dict[str, Any]]]] = [
        (QueueSet, [{"id": key} for key in sorted(sets)]),
        (Link, links),
    ]
    for model, rows in of_sets:
        if rows:
            await session.execute(
                upsert.insert(session, model).on_conflict_do_nothing(),
                [{"workspace_id": workspace_id, **row} for row in rows],
            )


async def write(
    session: AsyncSession, workspace_id: uuid.UUID, counted: Mapping[uuid.UUID, Counted]
) -> None:
    """Store what was counted in the rows of agents, which are locked. At most one statement."""
    if not counted:
        return
    columns = upsert.table(AgentCoaching).c
    await session.execute(
        sa.update(upsert.table(AgentCoaching))
        .where(columns.workspace_id == workspace_id, columns.agent_id == sa.bindparam("of_agent"))
        .values({name: sa.bindparam(f"new_{name}") for name in ("queue_set_id", *COUNTS)}),
        [
            {
                "of_agent": agent_id,
                "new_queue_set_id": now.queue_set_id,
                **{f"new_{name}": number for name, number in now.counts.items()},
            }
            for agent_id, now in counted.items()
        ],
    )


def _moved(before: Counted | None, now: Counted) -> bool:
    return before is None or before.queue_set_id != now.queue_set_id


def _differences(
    stored: Mapping[uuid.UUID, Counted | None], changed: Mapping[uuid.UUID, Counted]
) -> dict[uuid.UUID, Counter[str]]:
    """What is to be added to the sums of each set."""
    found: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    for agent_id, now in changed.items():
        before = stored[agent_id]
        if before is not None:
            found[before.queue_set_id].subtract(before.sums)
        found[now.queue_set_id].update(now.sums)
    return found


async def _add(
    session: AsyncSession, workspace_id: uuid.UUID, sums: Mapping[uuid.UUID, Counter[str]]
) -> None:
    rows = [
        {"workspace_id": workspace_id, "queue_set_id": key, **{name: more[name] for name in SUMS}}
        # Always in the same order, so that two writers can't wait for each other.
        for key, more in sorted(sums.items())
        if any(more.values())
    ]
    if rows:
        await session.execute(upsert.adding(session, CoachingTotal), rows)
