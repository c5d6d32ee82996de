"""Keeping the totals of sent groups (A6); `resolvers.coaching_total` says when.

A group's status changes under the group's lock; its members' queues change under those of the
members' `AgentCoaching`, all of which a dispatch takes as well. Whoever then locks the group's own
row here counts both anew, and adds to the totals what that is less what the row said.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from models import (
    AgentQueue,
    CoachingGroup,
    CoachingGroupMember,
    GroupCoaching,
    GroupState,
    GroupTotal,
)
from models.coaching_total import queue_set_id
from models.group_total import NAMES, CountedGroup, Key
from resolvers import upsert

BATCH = 1_000
"""Groups, or agents, of one statement."""

Ids = Sequence[uuid.UUID]

IS_COUNTED = (
    sa.select(sa.literal(1))
    .where(
        GroupCoaching.workspace_id == CoachingGroup.workspace_id,
        GroupCoaching.group_id == CoachingGroup.id,
    )
    .correlate(CoachingGroup)
    .exists()
)
"""Whether a group is in the totals already; its dispatch puts it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Groups counted from scratch, who made each, and the queues of their sets."""

    counted: dict[uuid.UUID, CountedGroup] = field(default_factory=dict)
    authors: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    sets: dict[uuid.UUID, Iterable[uuid.UUID]] = field(default_factory=dict)

    def key(self, group_id: uuid.UUID, counted: CountedGroup) -> Key:
        """The row of totals that a group is summed up in."""
        return counted.queue_set_id, self.authors[group_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed(Found):
    """Those of them that are not what was stored, which is None for one that is new."""

    stored: dict[uuid.UUID, CountedGroup | None] = field(default_factory=dict)

    @property
    def differences(self) -> Mapping[Key, Counter[str]]:
        """What is to be added to each row of totals."""
        found: dict[Key, Counter[str]] = defaultdict(Counter)
        for group_id, now in self.counted.items():
            before = self.stored[group_id]
            if before is not None:
                found[self.key(group_id, before)].subtract(before.sums)
            found[self.key(group_id, now)].update(now.sums)
        return found


async def members(session: AsyncSession, workspace_id: uuid.UUID, group_ids: Ids) -> Ids:
    """The members of these groups, those without an assignment included. One statement."""
    member = CoachingGroupMember
    found = await session.scalars(
        sa.select(member.agent_id).where(
            member.workspace_id == workspace_id, member.group_id.in_(group_ids)
        )
    )
    return found.all()


async def changed(
    session: AsyncSession,
    workspace_id: uuid.UUID,
    group_ids: Collection[uuid.UUID],
    moved: Collection[uuid.UUID],
) -> Changed:
    """Lock and count those of the groups that aren't stored as they are now.

    These are groups whose status may have changed, and all that one of the `moved` agents, whose
    queues have changed, is a member of. Their agents must be locked. One statement where nothing
    changed, and none without groups and agents; at most four for up to `BATCH` groups and agents.
    """
    found = Changed()
    theirs = await _sent_groups(session, workspace_id, moved)
    for some in slices(sorted({*group_ids, *theirs})):
        elsewhere = theirs.intersection(some)
        stored = await lock(session, workspace_id, some, elsewhere)
        if not stored:
            continue
        kept = {
            key: before.queue_set_id
            for key, before in stored.items()
            if before is not None and key not in elsewhere
        }
        now = await count(await session.connection(), workspace_id, list(stored), kept)
        found.authors.update(now.authors)
        found.sets.update(now.sets)
        for key, counted in now.counted.items():
            if counted != stored[key]:
                found.counted[key] = counted
                found.stored[key] = stored[key]
    return found


async def _sent_groups(
    session: AsyncSession, workspace_id: uuid.UUID, agent_ids: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    found: set[uuid.UUID] = set()
    member = CoachingGroupMember
    for some in slices(sorted(agent_ids)):
        found.update(
            await session.scalars(
                sa.select(member.group_id)
                .join(
                    CoachingGroup,
                    (CoachingGroup.workspace_id == member.workspace_id)
                    & (CoachingGroup.id == member.group_id),
                )
                .where(
                    member.workspace_id == workspace_id,
                    member.agent_id.in_(some),
                    CoachingGroup.state == GroupState.SENT,
                )
            )
        )
    return found


async def lock(
    session: AsyncSession,
    workspace_id: uuid.UUID,
    group_ids: Ids,
    in_any_case: Collection[uuid.UUID],
) -> dict[uuid.UUID, CountedGroup | None]:
    """Make and lock the rows of those that are sent and not stored as they are, in order.

    Those of `in_any_case` are locked even so. Gives what is stored; None of a row made just now.
    """
    row, group = GroupCoaching, CoachingGroup
    differs = row.progress.is_distinct_from(group.progress) | row.status.is_distinct_from(
        group.status
    )
    wanted = (
        sa.select(group.workspace_id, group.id)
        .outerjoin(row, (row.workspace_id == group.workspace_id) & (row.group_id == group.id))
        .where(
            group.workspace_id == workspace_id,
            group.id.in_(group_ids),
            group.state == GroupState.SENT,
            differs | group.id.in_(in_any_case) if in_any_case else differs,
        )
        .order_by(group.id)
    )
    insert = upsert.insert(session, row).from_select(["workspace_id", "group_id"], wanted)
    columns = upsert.table(row).c
    # As the agents' rows are locked, and for the same reasons.
    locking: Any = insert.on_conflict_do_update(
        index_elements=upsert.key(row), set_={"queue_set_id": columns.queue_set_id}
    )
    found = await session.execute(
        locking.returning(columns.group_id, columns.queue_set_id, columns.progress, columns.status)
    )
    return {each.group_id: as_stored(each) for each in found}


def as_stored(row: Any) -> CountedGroup | None:
    """What a row of `GroupCoaching` says; None where it was made just now, and says nothing."""
    if row.queue_set_id is None:
        return None
    return CountedGroup(row.queue_set_id, row.progress, row.status)


async def count(
    connection: AsyncConnection,
    workspace_id: uuid.UUID,
    group_ids: Ids,
    kept: Mapping[uuid.UUID, uuid.UUID] | None = None,
) -> Found:
    """Count each of these groups that is sent; `kept` are sets of queues that are known.

    At most two statements.
    """
    found = Found()
    known = dict(kept or {})
    unknown = [key for key in group_ids if key not in known]
    for key, queues in (await _queues(connection, workspace_id, unknown)).items():
        known[key] = queue_set_id(workspace_id, queues)
        found.sets[known[key]] = queues
    group = CoachingGroup
    for row in await connection.execute(
        sa.select(group.id, group.created_by_id, group.progress, group.status).where(
            group.workspace_id == workspace_id,
            group.id.in_(group_ids),
            group.state == GroupState.SENT,
        )
    ):
        found.counted[row.id] = CountedGroup(known[row.id], row.progress, row.status)
        found.authors[row.id] = row.created_by_id
    return found


async def _queues(
    connection: AsyncConnection, workspace_id: uuid.UUID, group_ids: Ids
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The queues of all members of each group."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {key: set() for key in group_ids}
    if group_ids:
        member = CoachingGroupMember
        for group_id, queue_id in await connection.execute(
            sa.select(member.group_id, AgentQueue.queue_id)
            .distinct()
            .join(
                AgentQueue,
                (AgentQueue.workspace_id == member.workspace_id)
                & (AgentQueue.agent_id == member.agent_id),
            )
            .where(member.workspace_id == workspace_id, member.group_id.in_(group_ids))
        ):
            found[group_id].add(queue_id)
    return found


async def write(
    session: AsyncSession, workspace_id: uuid.UUID, counted: Mapping[uuid.UUID, CountedGroup]
) -> None:
    """Store what was counted in the groups' rows, which are locked. At most one statement."""
    columns = upsert.table(GroupCoaching).c
    rows = [
        {"of_group": key, "of_set": now.queue_set_id, "by_progress": now.progress, "by": now.status}
        for key, now in counted.items()
    ]
    if rows:
        await session.execute(
            sa.update(upsert.table(GroupCoaching))
            .where(
                columns.workspace_id == workspace_id, columns.group_id == sa.bindparam("of_group")
            )
            .values(
                queue_set_id=sa.bindparam("of_set"),
                progress=sa.bindparam("by_progress"),
                status=sa.bindparam("by"),
            ),
            rows,
        )


async def add(
    session: AsyncSession, workspace_id: uuid.UUID, sums: Mapping[Key, Counter[str]]
) -> None:
    """Add to the totals, always in the same order. At most one statement."""
    rows = [
        row(workspace_id, key, more) for key, more in sorted(sums.items()) if any(more.values())
    ]
    if rows:
        await session.execute(upsert.adding(session, GroupTotal), rows)


def row(workspace_id: uuid.UUID, key: Key, sums: Counter[str]) -> dict[str, Any]:
    """A row of totals, as it is stored."""
    of = {"workspace_id": workspace_id, "queue_set_id": key[0], "created_by_id": key[1]}
    return {**of, **{name: sums[name] for name in NAMES}}


def slices(ids: list[uuid.UUID]) -> Iterator[Ids]:
    """So many ids as one statement takes, one after another."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
