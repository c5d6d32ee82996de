"""Answers of writes that may be sent again (A4)."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InWorkspace, points_to

LIFETIME = dt.timedelta(hours=24)
"""How long a key is remembered."""


class IdempotencyKey(InWorkspace, Base):
    """A key that a user sent with a write, what the write was, and what it made.

    `answer` is kept where what it made does not tell it, as for an import.
    """

    __tablename__ = "idempotency_key"
    __table_args__ = (
        points_to("user", "user_id"),
        sa.Index(None, "workspace_id", "created_at"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    operation: Mapped[str] = mapped_column(sa.String(80))
    fingerprint: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    result_id: Mapped[uuid.UUID]
    created_at: Mapped[dt.datetime]
    answer: Mapped[Any | None] = mapped_column(sa.JSON(none_as_null=True))
