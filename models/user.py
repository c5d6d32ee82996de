"""Who signs in: role, permissions, queues."""

import datetime as dt
import enum
import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NAME_LENGTH, Base, Identified, InWorkspace, choice, points_to

EMAIL_LENGTH = 254
SUBJECT_LENGTH = 255


class Role(enum.StrEnum):
    """What somebody is."""

    AGENT = "AGENT"
    SUPERVISOR = "SUPERVISOR"
    QA = "QA"
    PARTNER = "PARTNER"


class Permission(enum.StrEnum):
    """What somebody may do, on top of the role."""

    AGENT_DASHBOARD = "AGENT_DASHBOARD"
    COACHING_ASSIGNMENTS = "COACHING_ASSIGNMENTS"
    MARKED_FOR_COACHING_VIEW = "MARKED_FOR_COACHING_VIEW"
    QA_FUNCTIONALITIES = "QA_FUNCTIONALITIES"
    CROSS_QUEUE_DATA_ACCESS = "CROSS_QUEUE_DATA_ACCESS"
    MANAGE_SETTINGS = "MANAGE_SETTINGS"
    IMPORT_CONVERSATIONS = "IMPORT_CONVERSATIONS"


class PermissionSet(sa.types.TypeDecorator[frozenset[Permission]]):
    """Permissions, stored as a sorted list of names."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[Permission] | None, dialect: sa.Dialect) -> Any:
        return None if value is None else sorted(str(permission) for permission in value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> frozenset[Permission] | None:
        return None if value is None else frozenset(Permission(name) for name in value)


class User(Identified, Base):
    """Somebody who signs in. An agent's user points to the agent; nobody else's does."""

    __tablename__ = "user"
    __table_args__ = (
        points_to("agent", "agent_id"),
        sa.UniqueConstraint("workspace_id", "agent_id"),
        # A token names the user alone, so the id is unique by itself, too.
        sa.UniqueConstraint("id"),
        sa.CheckConstraint("(role = 'AGENT') = (agent_id IS NOT NULL)", name="agent_has_agent"),
    )

    email: Mapped[str] = mapped_column(sa.String(EMAIL_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(sa.String(NAME_LENGTH))
    role: Mapped[Role] = mapped_column(choice(Role))
    permissions: Mapped[frozenset[Permission]] = mapped_column(PermissionSet)
    agent_id: Mapped[uuid.UUID | None]
    created_at: Mapped[dt.datetime]
    disabled_at: Mapped[dt.datetime | None]
    # What the provider of sign-in calls the user in its tokens.
    subject: Mapped[str | None] = mapped_column(sa.String(SUBJECT_LENGTH), unique=True)


class UserQueue(InWorkspace, Base):
    """A queue that a supervisor, QA user or partner works in (V6)."""

    __tablename__ = "user_queue"
    __table_args__ = (points_to("user", "user_id"), points_to("queue", "queue_id"))

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    queue_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
