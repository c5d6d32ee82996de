"""The audit history: append-only, one entry for each write, in the write's own transaction."""

import datetime as dt
import enum
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified, points_to, relation
from models.outbox import EventKind


class Action(enum.StrEnum):
    """What was done."""

    MARK_CREATED = "MARK_CREATED"
    MARK_CONVERSATIONS_ADDED = "MARK_CONVERSATIONS_ADDED"
    MARK_REMOVED = "MARK_REMOVED"
    GROUP_CREATED = "GROUP_CREATED"
    GROUP_UPDATED = "GROUP_UPDATED"
    GROUP_DELETED = "GROUP_DELETED"
    GROUP_AGENTS_ADDED = "GROUP_AGENTS_ADDED"
    GROUP_AGENTS_REMOVED = "GROUP_AGENTS_REMOVED"
    GROUP_MARKS_MOVED = "GROUP_MARKS_MOVED"
    GROUP_DISPATCHED = "GROUP_DISPATCHED"
    ASSIGNMENT_CREATED = "ASSIGNMENT_CREATED"
    ASSIGNMENT_UPDATED = "ASSIGNMENT_UPDATED"
    ASSIGNMENT_CANCELLED = "ASSIGNMENT_CANCELLED"
    CONVERSATION_REVIEWED = "CONVERSATION_REVIEWED"
    BEST_RESPONSE_REVIEWED = "BEST_RESPONSE_REVIEWED"
    EVALUATION_SUBMITTED = "EVALUATION_SUBMITTED"
    EVALUATION_RE_AUDITED = "EVALUATION_RE_AUDITED"
    EVALUATION_ANSWERED = "EVALUATION_ANSWERED"
    DISPUTE_OPENED = "DISPUTE_OPENED"
    DISPUTE_RESOLVED = "DISPUTE_RESOLVED"
    DISPUTE_WITHDRAWN = "DISPUTE_WITHDRAWN"
    DISPUTE_REASSIGNED = "DISPUTE_REASSIGNED"
    REVIEW_CLOSED = "REVIEW_CLOSED"
    FORM_UPDATED = "FORM_UPDATED"
    WORKSPACE_UPDATED = "WORKSPACE_UPDATED"

    @property
    def event(self) -> EventKind:
        """What kind of object this changes."""
        return _EVENTS[self.name.partition("_")[0]]


_EVENTS = {
    "MARK": EventKind.MARK_CHANGED,
    "GROUP": EventKind.COACHING_GROUP_CHANGED,
    "ASSIGNMENT": EventKind.ASSIGNMENT_CHANGED,
    "CONVERSATION": EventKind.ASSIGNMENT_CHANGED,
    "BEST": EventKind.ASSIGNMENT_CHANGED,
    "EVALUATION": EventKind.EVALUATION_CHANGED,
    "DISPUTE": EventKind.EVALUATION_CHANGED,
    "REVIEW": EventKind.EVALUATION_CHANGED,
    "FORM": EventKind.WORKSPACE_CHANGED,  # Who settles disputes is one of its settings.
    "WORKSPACE": EventKind.WORKSPACE_CHANGED,
}


def _subject(target: str, key: str) -> Any:
    """The row that an id without foreign key leads to."""
    return relation(
        target,
        primaryjoin=f"and_(foreign(AuditEntry.workspace_id) == {target}.workspace_id,"
        f" foreign(AuditEntry.{key}) == {target}.id)",
    )


class AuditEntry(Identified, Base):
    """Who did what, when, and the values before and after (D10).

    One order for all readers: `at`, then `position` within the transaction. `actor_id` is null
    where the system acted. The subject's ids are kept without foreign keys: the history outlives
    what it tells of.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        points_to("user", "actor_id"),
        sa.Index(None, "workspace_id", "at", "position", "id"),
        sa.Index(None, "workspace_id", "agent_id", "at", "position", "id"),
        sa.Index(None, "workspace_id", "evaluation_id", "at", "position", "id"),
        sa.Index(None, "workspace_id", "assignment_id", "at", "position", "id"),
        sa.Index(None, "workspace_id", "mark_id", "at", "position", "id"),
        sa.Index(None, "workspace_id", "group_id", "at", "position", "id"),
        sa.Index(None, "workspace_id", "action", "at", "position", "id"),
    )

    at: Mapped[dt.datetime]
    position: Mapped[int] = mapped_column(default=0)
    actor_id: Mapped[uuid.UUID | None]
    # No CHECK: new kinds of writes join often, and nothing races for it.
    action: Mapped[Action] = mapped_column(sa.Enum(Action, native_enum=False, length=40))
    agent_id: Mapped[uuid.UUID | None]
    mark_id: Mapped[uuid.UUID | None]
    assignment_id: Mapped[uuid.UUID | None]
    group_id: Mapped[uuid.UUID | None]
    evaluation_id: Mapped[uuid.UUID | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)

    actor = relation("User")
    agent = _subject("Agent", "agent_id")
    assignment = _subject("Assignment", "assignment_id")
    evaluation = _subject("Evaluation", "evaluation_id")
    group = _subject("CoachingGroup", "group_id")
    mark = _subject("Mark", "mark_id")
