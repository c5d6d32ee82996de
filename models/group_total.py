"""How many sent groups there are by status, stored, so that no list ever counts them (A6).

A group is in reach of whoever shares a queue with one of its members, so what counts are the
queues that its members work in, all together: one row of sums for each such set of queues. One's
own groups are in reach whatever their members' queues are; each row is therefore one author's.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, InWorkspace, Ranked, points_to
from models.coaching_total import BY_PROGRESS, BY_STATUS, Counts
from models.status import Status


class GroupCoaching(InWorkspace, Base):
    """One sent group as it is counted: its members' queues, and its status by both columns.

    All are null in the transaction that makes the row, and only there.
    """

    __tablename__ = "group_coaching"
    __table_args__ = (
        points_to("coaching_group", "group_id"),
        points_to("queue_set", "queue_set_id"),
    )

    group_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    queue_set_id: Mapped[uuid.UUID | None]
    progress: Mapped[Status | None] = mapped_column(Ranked(Status))
    status: Mapped[Status | None] = mapped_column(Ranked(Status))


class GroupTotal(InWorkspace, Counts, Base):
    """Numbers of one author's sent groups whose members work in one set of queues."""

    __tablename__ = "group_total"
    __table_args__ = (points_to("queue_set", "queue_set_id"), points_to("user", "created_by_id"))

    queue_set_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_by_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


NAMES = tuple(dict.fromkeys((*BY_PROGRESS.values(), *BY_STATUS.values())))
"""What is summed up over groups."""

Key = tuple[uuid.UUID, uuid.UUID]
"""A set of queues and an author."""


@dataclass(frozen=True, slots=True)
class CountedGroup:
    """A sent group as `GroupCoaching` keeps it."""

    queue_set_id: uuid.UUID
    progress: Status
    status: Status

    @property
    def sums(self) -> Mapping[str, int]:
        """What the group adds to `NAMES`; a cancelled one is that by both columns."""
        return {BY_PROGRESS[self.progress]: 1, BY_STATUS[self.status]: 1}
