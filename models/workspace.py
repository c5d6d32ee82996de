"""A customer's tenant and its settings."""

import datetime as dt
import uuid
import zoneinfo

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NAME_LENGTH, Base


class Workspace(Base):
    """A customer's tenant. Every other row belongs to exactly one."""

    __tablename__ = "workspace"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[str] = mapped_column(sa.String(NAME_LENGTH), unique=True)
    time_zone: Mapped[str] = mapped_column(sa.String(64), default="UTC")
    accept_and_dispute: Mapped[bool] = mapped_column(default=False)
    auto_qa: Mapped[bool] = mapped_column(default=True)
    hide_auditor_details: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)


def zone(name: str) -> zoneinfo.ZoneInfo:
    """The time zone of an IANA name. Raises ValueError with a clear sentence for any other."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        message = f"There is no time zone {name!r}; give an IANA name such as Europe/Berlin."
        raise ValueError(message) from None


def day_of(moment: dt.datetime, time_zone: str) -> dt.date:
    """The calendar day of a moment, as the workspace sees it (C3, E4)."""
    return moment.astimezone(zone(time_zone)).date()


def start_of(day: dt.date, time_zone: str) -> dt.datetime | None:
    """The moment at which a day begins, in UTC; null before and after all times there are.

    Where clocks go forward at midnight, that is the first moment after; where they are turned
    back over it, the first of both.
    """
    try:
        return dt.datetime.combine(day, dt.time(), zone(time_zone)).astimezone(dt.UTC)
    except OverflowError:
        return None
