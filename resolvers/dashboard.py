"""The dashboard's figures beside the stored totals: what is late, and what waits for whom.

Each counts what there is to do, by an index of just that; what is done is not read.
"""

import datetime as dt
from collections import Counter

import sqlalchemy as sa

from auth import scope
from models import (
    Assignment,
    Decision,
    Dispute,
    DisputedMetric,
    DisputeState,
    Evaluation,
    ReviewState,
    Status,
)
from models.assignment import OPEN
from resolvers import coaching_total, score
from resolvers.assignment import status_of
from resolvers.operation import Operation

SETTLED = dt.timedelta(days=30)
"""How far back settled disputes are counted."""

PENDING = (ReviewState.PENDING_AGENT_REVIEW, ReviewState.PENDING_SUPERVISOR_REVIEW)


async def totals(operation: Operation) -> coaching_total.Totals:
    """The stored totals within reach, read once for all that ask (B1)."""
    found: coaching_total.Totals = await operation.loaders.once(
        "totals", lambda: coaching_total.totals(operation)
    )
    return found


async def overdue(operation: Operation) -> int:
    """Number of assignments in reach that are not done, and whose follow-up day is over."""
    shown = getattr(Assignment, status_of(operation.viewer))
    late = scope.select(Assignment, operation.viewer).where(
        OPEN,
        shown < Status.COMPLETED,
        Assignment.follow_up_on < score.today(operation),
    )
    return await _count(operation, late.with_only_columns(Assignment.id))


async def pending_reviews(operation: Operation) -> Counter[ReviewState]:
    """Number of manual evaluations in reach that wait, by whom they wait for.

    None where *Agent Accept & Dispute* is off (S5).
    """
    if not operation.viewer.accept_and_dispute:
        return Counter()
    waiting = (
        scope.select(Evaluation, operation.viewer)
        .where(Evaluation.review_state.in_(PENDING))
        .with_only_columns(Evaluation.review_state, sa.func.count())
        .group_by(Evaluation.review_state)
    )
    async with operation.read() as session:
        rows = (await session.execute(waiting)).all()
    return Counter({state: number for state, number in rows if state is not None})


async def open_disputes(operation: Operation) -> int:
    """Number of dispute rounds in reach that wait to be settled."""
    opened = scope.select(Dispute, operation.viewer).where(Dispute.state == DisputeState.OPEN)
    return await _count(operation, opened.with_only_columns(Dispute.id))


async def settled_disputes(operation: Operation, *, overturned: bool = False) -> int:
    """Number of dispute rounds in reach that were decided in the last 30 days.

    With `overturned`, only those in which a score was revised.
    """
    settled = scope.select(Dispute, operation.viewer).where(
        Dispute.state == DisputeState.RESOLVED,
        Dispute.closed_at >= operation.viewer.now - SETTLED,
    )
    if overturned:
        revised = sa.select(sa.literal(1)).where(
            DisputedMetric.workspace_id == Dispute.workspace_id,
            DisputedMetric.dispute_id == Dispute.id,
            DisputedMetric.decision == Decision.REVISE,
        )
        settled = settled.where(revised.exists())
    return await _count(operation, settled.with_only_columns(Dispute.id))


async def _count(operation: Operation, chosen: sa.Select[object]) -> int:
    async with operation.read() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
