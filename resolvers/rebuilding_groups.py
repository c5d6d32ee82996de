"""Counting the totals of sent groups (A6) anew, and storing what comes out."""

import uuid
from collections import Counter, defaultdict

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import CoachingGroup, GroupCoaching, GroupState, GroupTotal
from models.group_total import NAMES, Key
from resolvers import check_groups, coaching_total, group_total, upsert


async def run(session: AsyncSession, workspace_id: uuid.UUID) -> set[uuid.UUID]:
    """Set every row that is not what counting anew gives; the sets of queues that are in use.

    To be called with all agents' rows locked: whoever changes a total holds one of them.
    """
    await _remove_unsent(session, workspace_id)
    sums: dict[Key, Counter[str]] = defaultdict(Counter)
    connection = await session.connection()
    async for ids in check_groups.batches(connection, workspace_id):
        stored = await group_total.lock(session, workspace_id, ids, ids)
        found = await group_total.count(connection, workspace_id, list(stored))
        await coaching_total.put_sets(session, workspace_id, found.sets)
        wrong = {key: now for key, now in found.counted.items() if now != stored[key]}
        await group_total.write(session, workspace_id, wrong)
        for key, now in found.counted.items():
            sums[found.key(key, now)].update(now.sums)
    await _set(session, workspace_id, sums)
    return {set_id for set_id, _ in sums}


async def _remove_unsent(session: AsyncSession, workspace_id: uuid.UUID) -> None:
    sent = sa.select(CoachingGroup.id).where(
        CoachingGroup.workspace_id == workspace_id, CoachingGroup.state == GroupState.SENT
    )
    await session.execute(
        sa.delete(GroupCoaching)
        .where(GroupCoaching.workspace_id == workspace_id, GroupCoaching.group_id.not_in(sent))
        .execution_options(synchronize_session=False)
    )


async def _set(
    session: AsyncSession, workspace_id: uuid.UUID, sums: dict[Key, Counter[str]]
) -> None:
    stored = await check_groups.stored_totals(await session.connection(), workspace_id)
    insert = upsert.insert(session, GroupTotal)
    setting = insert.on_conflict_do_update(
        index_elements=upsert.key(GroupTotal),
        set_={name: insert.excluded[name] for name in NAMES},
    )
    wrong = [
        group_total.row(workspace_id, key, found)
        for key, found in sorted(sums.items())
        if any(stored.get(key, {}).get(name) != found[name] for name in NAMES)
    ]
    if wrong:
        await session.execute(setting, wrong)
    for set_id, author in sorted(stored.keys() - sums.keys()):
        await session.execute(
            sa.delete(GroupTotal)
            .where(
                GroupTotal.workspace_id == workspace_id,
                GroupTotal.queue_set_id == set_id,
                GroupTotal.created_by_id == author,
            )
            .execution_options(synchronize_session=False)
        )
