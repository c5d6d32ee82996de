"""Domain events: what changed, told in the transaction that changed it.

Subscriptions and webhooks read them from here, so nothing is told that did not happen, and
nothing that happened is left untold.
"""

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class EventKind(enum.StrEnum):
    """What kind of object changed."""

    ASSIGNMENT_CHANGED = "ASSIGNMENT_CHANGED"
    EVALUATION_CHANGED = "EVALUATION_CHANGED"
    MARK_CHANGED = "MARK_CHANGED"
    COACHING_GROUP_CHANGED = "COACHING_GROUP_CHANGED"
    WORKSPACE_CHANGED = "WORKSPACE_CHANGED"


class OutboxEvent(Identified, Base):
    """One object changed.

    Readers take events by `at`, then `position` within the transaction. Who may be told follows
    from `agent_id` (null where no single agent is concerned) and from the kind: an agent is never
    told of groups.
    """

    __tablename__ = "outbox_event"
    __table_args__ = (sa.Index(None, "workspace_id", "at", "position", "id"),)

    at: Mapped[dt.datetime]
    position: Mapped[int]
    kind: Mapped[EventKind] = mapped_column(sa.Enum(EventKind, native_enum=False, length=40))
    subject_id: Mapped[uuid.UUID]
    agent_id: Mapped[uuid.UUID | None]
