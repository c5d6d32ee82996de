"""Scored forms: one evaluation by Auto QA and one manual one a conversation, with revisions."""

import datetime as dt
import enum
import uuid
from collections.abc import Mapping
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
from models.errors import Code, Refusal
from models.move import Move, ViewerActionName
from models.user import Role

AUDITORS = frozenset({Role.SUPERVISOR, Role.QA})
"""Roles that audit and settle disputes."""


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

    @property
    def pending(self) -> bool:
        """Whether somebody's answer is awaited."""
        return self in {ReviewState.PENDING_AGENT_REVIEW, ReviewState.PENDING_SUPERVISOR_REVIEW}

    @property
    def ended(self) -> bool:
        """Whether a review was asked for, and is over."""
        return self in {ReviewState.RESOLVED, ReviewState.CLOSED}


MOVES: Mapping[ViewerActionName, Move[ReviewState]] = {
    # Auditing anew (D8); the first submission finds no evaluation whose state could refuse it.
    ViewerActionName.SUBMIT_EVALUATION: Move(
        roles=AUDITORS,
        refused={
            ReviewState.PENDING_AGENT_REVIEW: (
                Code.WAITING_FOR_AGENT,
                "The evaluation waits for the agent's answer.",
            ),
            ReviewState.CLOSED: (Code.REVIEW_CLOSED, "The review is closed."),
        },
    ),
    # Accepting and disputing (D2).
    ViewerActionName.RESPOND_TO_EVALUATION: Move(
        roles=frozenset({Role.AGENT}),
        refused={
            state: (Code.NOT_WAITING_FOR_AGENT, "The evaluation does not wait for your answer.")
            for state in ReviewState
            if state is not ReviewState.PENDING_AGENT_REVIEW
        },
    ),
}
"""What may be done to a manual evaluation, by whom, and when not (section 8)."""


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

    form = relation("EvaluationForm")


def after_audit(*, asked: bool) -> ReviewState:
    """Where the review of a first audit stands; `asked` is whether the agent is to answer (D1)."""
    return ReviewState.PENDING_AGENT_REVIEW if asked else ReviewState.AUDITED


def after_re_audit(
    before: ReviewState, *, edited: bool, asked: bool, rounds_left: bool
) -> ReviewState:
    """Where the review stands after scoring anew (D8).

    Edited metrics reopen, while there are rounds to dispute them in. Where nothing reopens, a
    dispute that this settled is closed for good, and everything else stays as it was.
    """
    if edited and asked and rounds_left:
        return ReviewState.PENDING_AGENT_REVIEW
    if before is ReviewState.PENDING_SUPERVISOR_REVIEW:
        return ReviewState.CLOSED
    return before


def stale(revision: int | None, path: str) -> Refusal:
    """The answer to a call that names another revision than the newest (D7)."""
    message = (
        "There is no evaluation yet."
        if revision is None
        else f"The evaluation has a newer revision: {revision}."
    )
    return Refusal(Code.STALE_EVALUATION, message, [path])
