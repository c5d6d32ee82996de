"""How much coaching is under way (B1), stored, so that no dashboard ever counts assignments.

Who reaches an agent depends on the agent's queues alone (V6). Agents who work in just the same
queues are therefore counted together: one row of sums for each set of queues that there is, and
whoever asks adds up the rows of the sets in reach. Each agent is in one set, so none is counted
twice.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.assignment import Assignment
from models.base import Base, InWorkspace, points_to
from models.status import Status


class QueueSet(InWorkspace, Base):
    """All queues that some agent, or the members of some group, work in; none is a set, too.

    `id` follows from the queues, see `queue_set_id`.
    """

    __tablename__ = "queue_set"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class QueueSetQueue(InWorkspace, Base):
    """A queue of a set."""

    __tablename__ = "queue_set_queue"
    __table_args__ = (
        points_to("queue_set", "queue_set_id"),
        points_to("queue", "queue_id"),
        sa.Index(None, "workspace_id", "queue_id", "queue_set_id"),
    )

    queue_set_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    queue_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class Counts:
    """Numbers of assignments, by `Assignment.progress` and by `Assignment.status`.

    An assignment is counted once by each of the two, but for a cancelled one: it is that by both.
    """

    progress_not_started: Mapped[int] = mapped_column(default=0)
    progress_in_progress: Mapped[int] = mapped_column(default=0)
    progress_completed: Mapped[int] = mapped_column(default=0)
    status_not_started: Mapped[int] = mapped_column(default=0)
    status_in_progress: Mapped[int] = mapped_column(default=0)
    status_agent_review: Mapped[int] = mapped_column(default=0)
    status_supervisor_review: Mapped[int] = mapped_column(default=0)
    status_completed: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[int] = mapped_column(default=0)


class IndividualCounts:
    """The same numbers of those assignments alone that no group was given."""

    individual_progress_not_started: Mapped[int] = mapped_column(default=0)
    individual_progress_in_progress: Mapped[int] = mapped_column(default=0)
    individual_progress_completed: Mapped[int] = mapped_column(default=0)
    individual_status_not_started: Mapped[int] = mapped_column(default=0)
    individual_status_in_progress: Mapped[int] = mapped_column(default=0)
    individual_status_agent_review: Mapped[int] = mapped_column(default=0)
    individual_status_supervisor_review: Mapped[int] = mapped_column(default=0)
    individual_status_completed: Mapped[int] = mapped_column(default=0)
    individual_cancelled: Mapped[int] = mapped_column(default=0)


class AgentCoaching(InWorkspace, Counts, IndividualCounts, Base):
    """One agent's assignments, counted, and the set of queues that they are summed up under.

    The set is null in the transaction that makes the row, and only there.
    """

    __tablename__ = "agent_coaching"
    __table_args__ = (points_to("agent", "agent_id"), points_to("queue_set", "queue_set_id"))

    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    queue_set_id: Mapped[uuid.UUID | None]


class CoachingTotal(InWorkspace, Counts, IndividualCounts, Base):
    """Sums over the agents of one set of queues.

    `agents_by_*` is the number of those with an active assignment, by either column (B1).
    """

    __tablename__ = "coaching_total"
    __table_args__ = (points_to("queue_set", "queue_set_id"),)

    queue_set_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agents_by_progress: Mapped[int] = mapped_column(default=0)
    agents_by_status: Mapped[int] = mapped_column(default=0)


BY_PROGRESS: Mapping[Status, str] = {
    Status.NOT_STARTED: "progress_not_started",
    Status.IN_PROGRESS: "progress_in_progress",
    Status.COMPLETED: "progress_completed",
    Status.CANCELLED: "cancelled",
}
"""Which count is of which status where *Agent Accept & Dispute* is off."""

BY_STATUS: Mapping[Status, str] = {
    Status.NOT_STARTED: "status_not_started",
    Status.IN_PROGRESS: "status_in_progress",
    Status.PENDING_AGENT_REVIEW: "status_agent_review",
    Status.PENDING_SUPERVISOR_REVIEW: "status_supervisor_review",
    Status.COMPLETED: "status_completed",
    Status.CANCELLED: "cancelled",
}
"""The same where it is on (S2)."""


def individual(name: str) -> str:
    """The count of individual assignments that goes with a count of all."""
    return f"individual_{name}"


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((condition, 1)))


_COUNTED = (
    *((Assignment.progress == status, name) for status, name in BY_PROGRESS.items()),
    *((Assignment.status == status, name) for status, name in BY_STATUS.items()),
)

COUNTS: Mapping[str, sa.ColumnElement[int]] = {
    **{name: _how_many(of) for of, name in _COUNTED},
    **{individual(name): _how_many(of & Assignment.group_id.is_(None)) for of, name in _COUNTED},
}
"""Each count's definition, over any rows of assignments: `coaching check` counts by it anew."""

NOTHING: Mapping[str, int] = dict.fromkeys(COUNTS, 0)
"""The counts of an agent who was never coached."""

SUMS = (*COUNTS, "agents_by_progress", "agents_by_status")
"""What is summed up over the agents of a set of queues."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One agent's assignments by the names of `COUNTS`, and the set that they are summed under."""

    queue_set_id: uuid.UUID
    counts: Mapping[str, int]

    @property
    def sums(self) -> Mapping[str, int]:
        """What the agent adds to each of `SUMS`."""
        return {
            **self.counts,
            "agents_by_progress": int(self._active(BY_PROGRESS)),
            "agents_by_status": int(self._active(BY_STATUS)),
        }

    def _active(self, names: Mapping[Status, str]) -> bool:
        return any(self.counts[name] for status, name in names.items() if status.active)


def queue_set_id(workspace_id: uuid.UUID, queue_ids: Iterable[uuid.UUID]) -> uuid.UUID:
    """The id of a set of queues: the same for whoever writes it first, in any order."""
    return uuid.uuid5(workspace_id, ",".join(sorted(queue_id.hex for queue_id in queue_ids)))
