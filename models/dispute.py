"""Agents' objections to metric scores, round by round."""

import datetime as dt
import enum
import uuid

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


class DisputeState(enum.StrEnum):
    """Where a round stands."""

    OPEN = "OPEN"
    RESOLVED = "RESOLVED"
    WITHDRAWN = "WITHDRAWN"


class Decision(enum.StrEnum):
    """What the supervisor says to a disputed metric (D4)."""

    UPHOLD = "UPHOLD"
    REVISE = "REVISE"


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
