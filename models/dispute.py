"""Agents' objections to metric scores, round by round."""

import datetime as dt
import enum
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    TEXT_LENGTH,
    Base,
    Fixed,
    Identified,
    InWorkspace,
    choice,
    points_to,
    relation,
)
from models.errors import Code, Refusal
from models.evaluation import AUDITORS, ReviewState
from models.evaluation_form import DisputeRouting
from models.move import Move, ViewerActionName
from models.user import Role


class DisputeState(enum.StrEnum):
    """Where a round stands."""

    OPEN = "OPEN"
    RESOLVED = "RESOLVED"
    WITHDRAWN = "WITHDRAWN"


class Answer(enum.StrEnum):
    """What the agent says to a metric's score (D2)."""

    ACCEPT = "ACCEPT"
    DISPUTE = "DISPUTE"


class Decision(enum.StrEnum):
    """What the supervisor says to a disputed metric (D4)."""

    UPHOLD = "UPHOLD"
    REVISE = "REVISE"


_NOT_OPEN: Mapping[DisputeState, tuple[Code, str]] = {
    state: (Code.DISPUTE_NOT_OPEN, "The dispute is not open any more.")
    for state in DisputeState
    if state is not DisputeState.OPEN
}

MOVES: Mapping[ViewerActionName, Move[DisputeState]] = {
    ViewerActionName.RESOLVE_DISPUTE: Move(roles=AUDITORS, refused=_NOT_OPEN),
    ViewerActionName.WITHDRAW_DISPUTE: Move(roles=frozenset({Role.AGENT}), refused=_NOT_OPEN),
    ViewerActionName.REASSIGN_DISPUTE: Move(roles=AUDITORS, refused=_NOT_OPEN),
}
"""What may be done to a dispute, by whom, and when not (D4, D5)."""


class Dispute(Identified, Base):
    """One round of an agent's objection to a manual evaluation. One round is open at a time."""

    __tablename__ = "dispute"
    __table_args__ = (
        points_to("evaluation", "evaluation_id"),
        points_to("user", "assignee_id"),
        sa.UniqueConstraint("workspace_id", "evaluation_id", "round"),
        sa.Index(
            "uq_dispute_open",
            "workspace_id",
            "evaluation_id",
            unique=True,
            sqlite_where=sa.text("state = 'OPEN'"),
            postgresql_where=sa.text("state = 'OPEN'"),
        ),
        sa.CheckConstraint("round >= 1", name="round"),
        sa.CheckConstraint("(state = 'OPEN') = (closed_at IS NULL)", name="closed_at"),
        sa.Index(None, "workspace_id", "assignee_id", "state", "opened_at", "id"),
        sa.Index(None, "workspace_id", "state", "closed_at", "id"),
    )

    evaluation_id: Mapped[uuid.UUID]
    round: Mapped[int]
    revision: Mapped[int]
    state: Mapped[DisputeState] = mapped_column(choice(DisputeState), default=DisputeState.OPEN)
    assignee_id: Mapped[uuid.UUID]
    opened_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    evaluation = relation("Evaluation")
    metrics = relation("DisputedMetric", order_by="DisputedMetric.position")


class DisputedMetric(InWorkspace, Base):
    """One metric of a round: why the agent objects, and what was decided."""

    __tablename__ = "disputed_metric"
    __table_args__ = (
        points_to("dispute", "dispute_id"),
        points_to("metric", "metric_id"),
        sa.CheckConstraint("(decision = 'REVISE') OR new_adherence IS NULL", name="new_adherence"),
    )

    dispute_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    metric_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    comment: Mapped[str] = mapped_column(sa.String(TEXT_LENGTH))
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    new_adherence: Mapped[float | None] = mapped_column(Fixed(4))
    decision_comment: Mapped[str | None] = mapped_column(sa.String(TEXT_LENGTH))

    metric = relation("Metric")


def may_settle(
    user_id: uuid.UUID, *, auditor_id: uuid.UUID | None, routing: DisputeRouting | None
) -> bool:
    """Whether an auditor may settle the disputes of what `auditor_id` audited (D3).

    The assignee is whose task it is; others within reach may stand in. That nobody settles a
    dispute about their own conversations needs no rule: auditors are no agents, the database
    holds that.
    """
    return routing is not DisputeRouting.DIFFERENT_AUDITOR or user_id != auditor_id


def after_answer(*, disputed: bool) -> ReviewState:
    """Where the review stands after the agent's answer (D2)."""
    return ReviewState.PENDING_SUPERVISOR_REVIEW if disputed else ReviewState.RESOLVED


def after_resolution(*, asked: bool, re_disputes: bool, rounds_left: bool) -> ReviewState:
    """Where the review stands after a round is settled (D4)."""
    again = asked and re_disputes and rounds_left
    return ReviewState.PENDING_AGENT_REVIEW if again else ReviewState.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditor:
    """Somebody who audits and reaches an evaluation; `in_pool` is of its form's pool (D3).

    Where the pool names nobody, all of them are in it.
    """

    user_id: uuid.UUID
    name: str
    in_pool: bool
    open_disputes: int


def assignee(
    auditors: Iterable[Auditor],
    *,
    routing: DisputeRouting,
    auditor_id: uuid.UUID | None,
    scorer_id: uuid.UUID | None,
) -> uuid.UUID:
    """Who is to settle a new round (D3). Raises Refusal `NO_AUDITOR` where nobody is left.

    `scorer_id` wrote the disputed revision, `auditor_id` audited: they differ after a round.
    `SAME_AUDITOR` is the scorer; the pool stands in for one who has left. `DIFFERENT_AUDITOR` is
    of the pool, never the auditor, and who settled the last round only after all others. Among
    equals it is who has the fewest open disputes, then the first by id.
    """
    same = routing is DisputeRouting.SAME_AUDITOR
    ranked = [
        (rank, each.open_disputes, each.user_id)
        for each in auditors
        if may_settle(each.user_id, auditor_id=auditor_id, routing=routing)
        and (rank := _rank(each, (scorer_id, auditor_id) if same else (), scorer_id)) is not None
    ]
    if not ranked:
        raise Refusal(Code.NO_AUDITOR, "There is nobody who could settle the dispute.")
    return min(ranked)[-1]


def _rank(
    auditor: Auditor, first: tuple[uuid.UUID | None, ...], scorer_id: uuid.UUID | None
) -> int | None:
    """Place in line, from 0; None for who is not in it."""
    if auditor.user_id in first:
        return first.index(auditor.user_id)
    if not auditor.in_pool:
        return None
    return len(first) + (auditor.user_id == scorer_id)
