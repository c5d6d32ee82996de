"""Counting the totals of coaching (B1) anew, and storing what comes out.

Agents come by in batches: what is held in memory is one batch, and the sums of all sets of queues.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import CoachingTotal, QueueSet, QueueSetQueue
from models.coaching_total import SUMS, queue_set_id
from resolvers import check_coaching, coaching_total, rebuilding_groups, upsert
from resolvers.check_scores import agent_batches
from resolvers.group_total import BATCH


async def run(session: AsyncSession, workspace_id: uuid.UUID) -> None:
    """Set every count and sum that is not what counting anew gives; a set of nobody goes.

    Locks all agents' rows first: whoever else changes a total holds one of them until its end, so
    nobody adds to what is set here.
    """
    await coaching_total.lock_all(session, workspace_id)
    sums = await _agents(session, workspace_id, await _sound_sets(session, workspace_id))
    connection = await session.connection()
    stored = await check_coaching.stored_totals(connection, workspace_id)
    wrong = {
        key: found
        for key, found in sorted(sums.items())
        if stored.get(key, check_coaching.NO_SUMS) != dict(found)
    }
    await _set(session, workspace_id, wrong)
    used = sums.keys() | await rebuilding_groups.run(session, workspace_id)
    sets = await check_coaching.stored_sets(connection, workspace_id)
    await _remove_sets(session, workspace_id, sorted(sets.keys() - used))


async def _sound_sets(session: AsyncSession, workspace_id: uuid.UUID) -> set[uuid.UUID]:
    """The sets whose queues are those that their id is made of; the others are emptied."""
    sets = await check_coaching.stored_sets(await session.connection(), workspace_id)
    sound = {key for key, queues in sets.items() if key == queue_set_id(workspace_id, queues)}
    await _delete(session, workspace_id, QueueSetQueue.queue_set_id, sorted(sets.keys() - sound))
    return sound


async def _agents(
    session: AsyncSession, workspace_id: uuid.UUID, sound: set[uuid.UUID]
) -> Mapping[uuid.UUID, Counter[str]]:
    """Mend the counts of all agents; what they come to for each set of queues."""
    sums: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    connection = await session.connection()
    async for agent_ids in agent_batches(connection, workspace_id, BATCH):
        counted, sets = await coaching_total.count(connection, workspace_id, agent_ids)
        await coaching_total.put_sets(
            session, workspace_id, {key: sets[key] for key in sets.keys() - sound}
        )
        sound |= sets.keys()
        rows = await check_coaching.stored(connection, workspace_id, agent_ids)
        stored = {key: coaching_total.as_stored(row) for key, row in rows.items()}
        wrong = {key: now for key, now in counted.items() if now != stored[key]}
        if wrong:
            await coaching_total.write(session, workspace_id, wrong)
        for now in counted.values():
            sums[now.queue_set_id].update(now.sums)
    return sums


async def _set(
    session: AsyncSession, workspace_id: uuid.UUID, sums: Mapping[uuid.UUID, Counter[str]]
) -> None:
    insert = upsert.insert(session, CoachingTotal)
    setting = insert.on_conflict_do_update(
        index_elements=upsert.key(CoachingTotal),
        set_={name: insert.excluded[name] for name in SUMS},
    )
    rows = [
        {"workspace_id": workspace_id, "queue_set_id": key, **{name: found[name] for name in SUMS}}
        for key, found in sums.items()
    ]
    if rows:
        await session.execute(setting, rows)


async def _remove_sets(
    session: AsyncSession, workspace_id: uuid.UUID, set_ids: list[uuid.UUID]
) -> None:
    for column in (CoachingTotal.queue_set_id, QueueSetQueue.queue_set_id, QueueSet.id):
        await _delete(session, workspace_id, column, set_ids)


async def _delete(
    session: AsyncSession,
    workspace_id: uuid.UUID,
    column: sa.orm.InstrumentedAttribute[uuid.UUID],
    set_ids: list[uuid.UUID],
) -> None:
    model = column.class_
    for start in range(0, len(set_ids), BATCH):
        some: Iterable[uuid.UUID] = set_ids[start : start + BATCH]
        await session.execute(
            sa.delete(model)
            .where(model.workspace_id == workspace_id, column.in_(some))
            .execution_options(synchronize_session=False)
        )
