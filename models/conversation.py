"""Customer interactions: what was said, and how it scored."""

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    NAME_LENGTH,
    TEXT_LENGTH,
    Base,
    Fixed,
    Imported,
    InWorkspace,
    choice,
    points_to,
    relation,
    unique_external_id,
)


class Channel(enum.StrEnum):
    """How customer and agent talk."""

    CHAT = "CHAT"
    EMAIL = "EMAIL"
    VOICE = "VOICE"


class Speaker(enum.StrEnum):
    """Who says a message."""

    AGENT = "AGENT"
    CUSTOMER = "CUSTOMER"


class Conversation(Imported, Base):
    """One customer interaction of one agent, which never changes hands.

    Scores are points. `kore_evaluation_score` is the total of its Auto QA evaluation,
    `supervisor_audit_score` that of the newest revision of its manual one: stored facts, kept in
    the transaction that writes the evaluation.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        unique_external_id(),
        points_to("agent", "agent_id"),
        points_to("queue", "queue_id"),
        sa.CheckConstraint("ended_at >= started_at", name="ends_after_start"),
        sa.Index(None, "workspace_id", "started_at", "id"),
        sa.Index(None, "workspace_id", "agent_id", "started_at", "id"),
        sa.Index(None, "workspace_id", "queue_id", "started_at", "id"),
    )

    agent_id: Mapped[uuid.UUID]
    queue_id: Mapped[uuid.UUID]
    topic: Mapped[str | None] = mapped_column(sa.String(NAME_LENGTH))
    intent: Mapped[str | None] = mapped_column(sa.String(NAME_LENGTH))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime]
    sentiment_score: Mapped[float | None] = mapped_column(Fixed(2))
    kore_evaluation_score: Mapped[float | None] = mapped_column(Fixed(2))
    supervisor_audit_score: Mapped[float | None] = mapped_column(Fixed(2))

    agent = relation("Agent")
    queue = relation("Queue")
    transcript = relation("Message", order_by="Message.position")
    insights = relation("Insight", order_by="Insight.position")
    evaluations = relation("Evaluation", order_by="Evaluation.source")  # AUTO, then MANUAL
    assignments = relation(
        "Assignment",
        secondary="assignment_conversation",
        order_by="Assignment.assigned_at.desc(), Assignment.id",
    )
    bookmarks = relation(
        "Bookmark", secondary="bookmark_conversation", order_by="Bookmark.name_key, Bookmark.id"
    )


class Example(Base):
    """A conversation as a best response shows it: what was said, not who said it or how it scored.

    The same rows as `Conversation`, with a reach of their own: an agent may see the examples of
    their own assignments, though the conversations are somebody else's (W1, V1).
    """

    __table__ = Conversation.__table__
    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        "include_properties": [
            "workspace_id",
            "id",
            "queue_id",
            "topic",
            "intent",
            "channel",
            "started_at",
            "ended_at",
        ]
    }

    queue = relation("Queue")
    transcript = relation(
        "Message",
        primaryjoin="and_(Example.workspace_id == foreign(Message.workspace_id),"
        " Example.id == foreign(Message.conversation_id))",
        order_by="Message.position",
    )


class Message(InWorkspace, Base):
    """One utterance of a transcript; `position` counts from 1."""

    __tablename__ = "message"
    __table_args__ = (points_to("conversation", "conversation_id", ondelete="CASCADE"),)

    conversation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    speaker: Mapped[Speaker] = mapped_column(choice(Speaker))
    sent_at: Mapped[dt.datetime]
    text: Mapped[str] = mapped_column(sa.String(TEXT_LENGTH))


class Insight(InWorkspace, Base):
    """An AI insight as the sender gave it; `position` counts from 1."""

    __tablename__ = "insight"
    __table_args__ = (points_to("conversation", "conversation_id", ondelete="CASCADE"),)

    conversation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(sa.String(NAME_LENGTH))
    text: Mapped[str] = mapped_column(sa.String(TEXT_LENGTH))
