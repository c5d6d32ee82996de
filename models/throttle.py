"""How much each user has asked for lately, where several workers count together."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InWorkspace, points_to


class Throttle(InWorkspace, Base):
    """A user's leaky bucket: its level, in cost, at a moment, in seconds since 1970."""

    __tablename__ = "throttle"
    __table_args__ = (points_to("user", "user_id"),)

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    level: Mapped[float] = mapped_column(sa.Float)
    at: Mapped[float] = mapped_column(sa.Float)
