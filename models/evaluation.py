"""Scored forms: one evaluation by Auto QA and one manual one a conversation, with revisions."""

import datetime as dt
import enum
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    EXTERNAL_ID_LENGTH,
    TEXT_LENGTH,
    Base,
    Fixed,
    Identified,
    InWorkspace,
    choice,
    points_to,
    relation,
)


class Source(enum.StrEnum):
    """Who scored."""

    AUTO = "AUTO"
    MANUAL = "MANUAL"


class ReviewState(enum.StrEnum):
    """Where the review of a manual evaluation stands (section 8)."""

    AUDITED = "AUDITED"
    PENDING_AGENT_REVIEW = "PENDING_AGENT_REVIEW"
    PENDING_SUPERVISOR_REVIEW = "PENDING_SUPERVISOR_REVIEW"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"


class Evaluation(Identified, Base):
    """A scored form for one conversation; its scores are those of its newest revision.

    `total` is in points, -100 to 100, null where no metric applied (D9). `review_state` is null
    for Auto QA. `review_until` is when an unanswered review closes (D6).
    """

    __tablename__ = "evaluation"
    __table_args__ = (
        points_to("conversation", "conversation_id"),
        points_to("agent", "agent_id"),
        points_to("evaluation_form", "form_id"),
        points_to("user", "evaluator_id"),
        sa.UniqueConstraint("workspace_id", "external_id"),
        sa.UniqueConstraint("workspace_id", "conversation_id", "source"),
        sa.CheckConstraint("(source = 'AUTO') = (review_state IS NULL)", name="review_state"),
        sa.CheckConstraint("(source = 'AUTO') = (evaluator_id IS NULL)", name="evaluator"),
        sa.Index(None, "workspace_id", "agent_id", "evaluated_at", "id"),
        sa.Index(None, "workspace_id", "review_state", "review_until", "id"),
    )

    conversation_id: Mapped[uuid.UUID]
    agent_id: Mapped[uuid.UUID]
    form_id: Mapped[uuid.UUID]
    source: Mapped[Source] = mapped_column(choice(Source))
    external_id: Mapped[str | None] = mapped_column(sa.String(EXTERNAL_ID_LENGTH))
    digest: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    evaluator_id: Mapped[uuid.UUID | None]
    evaluated_at: Mapped[dt.datetime]
    revision: Mapped[int] = mapped_column(default=1)
    total: Mapped[float | None] = mapped_column(Fixed(2))
    passed: Mapped[bool | None]
    review_state: Mapped[ReviewState | None] = mapped_column(choice(ReviewState))
    review_until: Mapped[dt.datetime | None]
    dispute_rounds: Mapped[int] = mapped_column(default=0)
    completed_at: Mapped[dt.datetime | None]

    conversation = relation("Conversation")
    agent = relation("Agent")
    form = relation("EvaluationForm")
    evaluator = relation("User")
    scores = relation(
        "MetricScore",
        primaryjoin="and_(Evaluation.workspace_id == foreign(MetricScore.workspace_id),"
        " Evaluation.id == foreign(MetricScore.evaluation_id),"
        " Evaluation.revision == foreign(MetricScore.revision))",
        order_by="MetricScore.position",
    )
    revisions = relation("EvaluationRevision", order_by="EvaluationRevision.number")
    disputes = relation("Dispute", order_by="Dispute.round")
    history = relation(
        "AuditEntry",
        primaryjoin="and_(Evaluation.workspace_id == foreign(AuditEntry.workspace_id),"
        " Evaluation.id == foreign(AuditEntry.evaluation_id))",
        order_by="AuditEntry.at, AuditEntry.position, AuditEntry.id",
    )


class RevisionReason(enum.StrEnum):
    """Why a revision was written."""

    AUDIT = "AUDIT"
    RE_AUDIT = "RE_AUDIT"
    RESOLUTION = "RESOLUTION"
    RE_IMPORT = "RE_IMPORT"


class EvaluationRevision(InWorkspace, Base):
    """One complete scoring of an evaluation. Old ones stay readable; `number` counts from 1."""

    __tablename__ = "evaluation_revision"
    __table_args__ = (
        points_to("evaluation", "evaluation_id"),
        points_to("user", "evaluator_id"),
    )

    evaluation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[RevisionReason] = mapped_column(choice(RevisionReason))
    evaluator_id: Mapped[uuid.UUID | None]
    created_at: Mapped[dt.datetime]
    total: Mapped[float | None] = mapped_column(Fixed(2))
    passed: Mapped[bool | None]
    comment: Mapped[str | None] = mapped_column(sa.String(TEXT_LENGTH))

    evaluator = relation("User")


class MetricScore(InWorkspace, Base):
    """One metric's score in one revision.

    `adherence` is 0 to 1, null where the metric did not apply. `points` is what it adds to the
    total, 100 x (w+ a - w- (1 - a)) / sum of w+ over the metrics that apply, null likewise.
    """

    __tablename__ = "metric_score"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["workspace_id", "evaluation_id", "revision"],
            [
                "evaluation_revision.workspace_id",
                "evaluation_revision.evaluation_id",
                "evaluation_revision.number",
            ],
        ),
        points_to("metric", "metric_id"),
        sa.CheckConstraint("adherence >= 0 AND adherence <= 10000", name="adherence"),
    )

    evaluation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    metric_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    adherence: Mapped[float | None] = mapped_column(Fixed(4))
    points: Mapped[float | None] = mapped_column(Fixed(2))
    comment: Mapped[str | None] = mapped_column(sa.String(TEXT_LENGTH))

    metric = relation("Metric")


class EvaluationDraft(Identified, Base):
    """A manual evaluation that only its author sees, and that leaves no trail (D1)."""

    __tablename__ = "evaluation_draft"
    __table_args__ = (
        points_to("conversation", "conversation_id"),
        points_to("evaluation_form", "form_id"),
        points_to("user", "author_id"),
        sa.UniqueConstraint("workspace_id", "conversation_id", "author_id"),
    )

    conversation_id: Mapped[uuid.UUID]
    form_id: Mapped[uuid.UUID]
    author_id: Mapped[uuid.UUID]
    scores: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    comment: Mapped[str | None] = mapped_column(sa.String(TEXT_LENGTH))
    saved_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)
