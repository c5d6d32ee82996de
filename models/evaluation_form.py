"""Forms that conversations are scored by: versions, metrics, dispute policy, auditors."""

import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    EXTERNAL_ID_LENGTH,
    NAME_LENGTH,
    Base,
    Fixed,
    Identified,
    Imported,
    InWorkspace,
    Named,
    choice,
    points_to,
    relation,
)
from models.conversation import Channel

POOL = 100
"""Most users that a form's pool names."""


class DisputeRouting(enum.StrEnum):
    """Who settles a dispute (D3)."""

    SAME_AUDITOR = "SAME_AUDITOR"
    DIFFERENT_AUDITOR = "DIFFERENT_AUDITOR"


class EvaluationForm(Imported, Named, Base):
    """One version of a form; but for its pool of auditors, it never changes.

    A new version applies to future evaluations only.

    `pass_score` is in points. `dispute_routing` is null where the form has no dispute policy;
    `review_window_days` is null where an agent may take any time.
    """

    __tablename__ = "evaluation_form"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "external_id", "form_version"),
        sa.CheckConstraint("max_dispute_rounds >= 1", name="max_dispute_rounds"),
        sa.CheckConstraint("review_window_days >= 1", name="review_window_days"),
    )

    form_version: Mapped[int]
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    pass_score: Mapped[float] = mapped_column(Fixed(2))
    dispute_routing: Mapped[DisputeRouting | None] = mapped_column(choice(DisputeRouting))
    allow_re_disputes: Mapped[bool] = mapped_column(default=False)
    max_dispute_rounds: Mapped[int] = mapped_column(default=3)
    review_window_days: Mapped[int | None]

    auditors = relation("User", secondary="evaluation_form_auditor", order_by="User.name, User.id")
    metrics = relation("Metric", order_by="Metric.position")
    queues = relation(
        "Queue", secondary="evaluation_form_queue", order_by="Queue.name_key, Queue.id"
    )


class EvaluationFormQueue(InWorkspace, Base):
    """A queue that a form is for. At most one form is active for each queue and channel."""

    __tablename__ = "evaluation_form_queue"
    __table_args__ = (
        points_to("evaluation_form", "form_id"),
        points_to("queue", "queue_id"),
        sa.Index(
            "uq_evaluation_form_queue_active",
            "workspace_id",
            "queue_id",
            "channel",
            unique=True,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        ),
    )

    form_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    queue_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    active: Mapped[bool] = mapped_column(default=True)


class EvaluationFormAuditor(InWorkspace, Base):
    """A user in the pool that settles a form's disputes under `DIFFERENT_AUDITOR` (D3).

    Where it names nobody, everybody who audits and reaches the evaluation is in the pool.
    """

    __tablename__ = "evaluation_form_auditor"
    __table_args__ = (points_to("evaluation_form", "form_id"), points_to("user", "user_id"))

    form_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class Metric(Identified, Base):
    """One criterion of a form. Weights are parts of the form's total, not percent.

    Failing a fatal metric makes the whole score 0 (D9).
    """

    __tablename__ = "metric"
    __table_args__ = (
        points_to("evaluation_form", "form_id"),
        sa.UniqueConstraint("workspace_id", "form_id", "key"),
        sa.CheckConstraint("weight > 0", name="weight"),
        sa.CheckConstraint(
            "negative_weight >= 0 AND negative_weight <= weight", name="negative_weight"
        ),
    )

    form_id: Mapped[uuid.UUID]
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(EXTERNAL_ID_LENGTH))
    name: Mapped[str] = mapped_column(sa.String(NAME_LENGTH))
    weight: Mapped[float] = mapped_column(Fixed(2))
    negative_weight: Mapped[float] = mapped_column(Fixed(2), default=0)
    fatal: Mapped[bool] = mapped_column(default=False)

    attributes = relation(
        "Attribute", secondary="metric_attribute", order_by="Attribute.name_key, Attribute.id"
    )


class MetricAttribute(InWorkspace, Base):
    """An attribute that a metric feeds."""

    __tablename__ = "metric_attribute"
    __table_args__ = (points_to("metric", "metric_id"), points_to("attribute", "attribute_id"))

    metric_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    attribute_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
