"""Keeping stored facts right, in the transaction of the write that changes them (section 6).

Rows are locked in one order everywhere, those of a table by id:

1. the write's idempotency key; an import, the workspace
2. pending coaching groups
3. marks
4. conversations
5. assignments
6. sent coaching groups
7. agents' counts of assignments (`AgentCoaching`)
8. sent groups as they are counted (`GroupCoaching`)
9. sets of queues that are new
10. sums: `CoachingTotal`, then `GroupTotal`

A write takes those that it needs. The last four are shared by many, so `refresh` or
`refresh_of_conversations` is called once in a transaction, after all else was locked; an import,
which goes on to lock conversations, has their agents counted at its end instead.

The count is a later statement than the lock, so it sees what the transaction that held the lock
before has committed: two members who finish at the same moment both count. On SQLite a write has
the whole database for itself, and the locks are no-ops.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Assignment,
    AssignmentConversation,
    CoachingGroup,
    Conversation,
    Status,
    facts,
)
from resolvers import coaching_total, group_total

Ids = Iterable[uuid.UUID]


async def lock_conversations(
    session: AsyncSession, workspace_id: uuid.UUID, conversation_ids: Ids
) -> None:
    """Keep others from linking these conversations, or changing their review, until the end.

    To be called first by a write that links conversations to an assignment: a review state that
    changes at the same moment then either is counted by this write, or counts this write's link
    (S6). Linking already takes a lock by the foreign key; this one takes it in the right order.
    """
    await session.execute(
        sa.select(Conversation.id)
        .where(Conversation.workspace_id == workspace_id, Conversation.id.in_(conversation_ids))
        .order_by(Conversation.id)
        # The strong lock: a foreign key's own is shared, and would let a new link pass.
        .with_for_update()
    )


async def refresh(session: AsyncSession, workspace_id: uuid.UUID, *, assignment_ids: Ids) -> None:
    """Count the facts of these assignments anew, then those of their groups and agents.

    At most eighteen statements. Flushes what the session holds; rows that it has loaded are
    brought up to date, status and progress included.
    """
    await _refresh(session, workspace_id, Assignment.id.in_(assignment_ids))


async def refresh_of_conversations(
    session: AsyncSession, workspace_id: uuid.UUID, conversation_ids: Ids
) -> None:
    """Bring all up to date that follows from these conversations' evaluations (S6).

    That is the conversations' scores, the facts of every assignment that contains one, and those
    of the assignments' groups and agents. At most twenty statements.
    """
    ids = list(conversation_ids)
    await session.flush()
    await lock_conversations(session, workspace_id, ids)
    await _count(session, workspace_id, Conversation, ids, facts.CONVERSATION)
    linked = sa.select(AssignmentConversation.assignment_id).where(
        AssignmentConversation.workspace_id == workspace_id,
        AssignmentConversation.conversation_id.in_(ids),
    )
    await _refresh(session, workspace_id, Assignment.id.in_(linked))


async def _refresh(
    session: AsyncSession, workspace_id: uuid.UUID, which: sa.ColumnElement[bool]
) -> None:
    await session.flush()
    locked = await session.execute(
        sa.select(Assignment.id, Assignment.group_id, Assignment.agent_id)
        .where(Assignment.workspace_id == workspace_id, which)
        .order_by(Assignment.id)
        # Not the strong lock: two writes that have just inserted children of the same row both
        # hold the foreign key's lock on it, and would wait for each other for ever.
        .with_for_update(key_share=True)
    )
    rows = locked.all()
    await _count(session, workspace_id, Assignment, [row.id for row in rows], facts.ASSIGNMENT)
    agent_ids = {row.agent_id for row in rows}
    group_ids = {row.group_id for row in rows if row.group_id is not None}
    if group_ids:
        groups = await session.execute(
            sa.select(
                CoachingGroup.id,
                CoachingGroup.progress,
                CoachingGroup.status,
                group_total.IS_COUNTED.label("counted"),
            )
            .where(CoachingGroup.workspace_id == workspace_id, CoachingGroup.id.in_(group_ids))
            .order_by(CoachingGroup.id)
            .with_for_update(key_share=True)
        )
        before = {group.id: group for group in groups}
        now = await _count(session, workspace_id, CoachingGroup, group_ids, facts.GROUP)
        new = [group.id for group in now if not before[group.id].counted]
        changed = [group.id for group in now if _shown(group) != _shown(before[group.id])]
        if new:
            agent_ids.update(await group_total.members(session, workspace_id, new))
        await coaching_total.refresh(session, workspace_id, agent_ids, {*new, *changed})
    else:
        await coaching_total.refresh(session, workspace_id, agent_ids)


def _shown(group: Any) -> tuple[Status, Status]:
    return group.progress, group.status


async def _count(
    session: AsyncSession,
    workspace_id: uuid.UUID,
    model: type[Assignment | CoachingGroup | Conversation],
    ids: Ids,
    columns: Mapping[str, sa.ColumnElement[Any]],
) -> Sequence[Any]:
    counted = await session.scalars(
        sa.update(model)
        .where(model.workspace_id == workspace_id, model.id.in_(ids))
        .values(dict(columns))
        .returning(model)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return counted.all()
