"""What a coaching's status is (section 6): one definition, in Python and in SQL side by side.

The SQL is that of generated columns: the database keeps them with the facts, so reading,
filtering and sorting can't disagree, and an index serves each. There are two of them, because the
workspace's *Agent Accept & Dispute* decides which one counts (S2, S5): turning it off changes
what is shown at once, and nothing that is stored.
"""

import enum
from typing import Protocol


class Status(enum.IntEnum):
    """Where coaching stands. The number is the rank that lists sort by.

    Each role has its own word for `NOT_STARTED` (S3); `CANCELLED` is shown only when asked for.
    """

    NOT_STARTED = 0
    IN_PROGRESS = 1
    PENDING_AGENT_REVIEW = 2
    PENDING_SUPERVISOR_REVIEW = 3
    COMPLETED = 4
    CANCELLED = 5

    @property
    def active(self) -> bool:
        """Whether there is work left: neither completed nor cancelled (B1)."""
        return self < Status.COMPLETED


class AssignmentFacts(Protocol):
    """What an assignment's status follows from. All are counts, but for `cancelled_at`."""

    @property
    def cancelled_at(self) -> object | None: ...
    @property
    def items_total(self) -> int: ...
    @property
    def items_reviewed(self) -> int: ...
    @property
    def agent_turns(self) -> int: ...
    @property
    def supervisor_turns(self) -> int: ...


class GroupFacts(Protocol):
    """What a sent group's status follows from: counts of its assignments not cancelled."""

    @property
    def members_total(self) -> int: ...
    @property
    def members_not_started(self) -> int: ...
    @property
    def members_completed(self) -> int: ...
    @property
    def members_agent_turn(self) -> int: ...
    @property
    def members_supervisor_turn(self) -> int: ...


def of_assignment(facts: AssignmentFacts, *, disputes: bool) -> Status:
    """Status of one agent's coaching (S1, S2); `disputes` is the workspace's setting."""
    if facts.cancelled_at is not None:
        return Status.CANCELLED
    if disputes and facts.agent_turns > 0:
        return Status.PENDING_AGENT_REVIEW
    if disputes and facts.supervisor_turns > 0:
        return Status.PENDING_SUPERVISOR_REVIEW
    if facts.items_reviewed == 0:
        return Status.NOT_STARTED
    if facts.items_reviewed == facts.items_total:
        return Status.COMPLETED
    return Status.IN_PROGRESS


def assignment_sql(*, disputes: bool) -> str:
    """`of_assignment` as the expression of a generated column."""
    return _case(
        [
            ("cancelled_at IS NOT NULL", Status.CANCELLED),
            *_turns("agent_turns", "supervisor_turns", disputes=disputes),
            ("items_reviewed = 0", Status.NOT_STARTED),
            ("items_reviewed = items_total", Status.COMPLETED),
        ]
    )


def of_group(facts: GroupFacts, *, disputes: bool) -> Status:
    """Status of a sent group, from its members' (S4); cancelled assignments don't count."""
    if facts.members_total == 0:
        return Status.CANCELLED
    if disputes and facts.members_agent_turn > 0:
        return Status.PENDING_AGENT_REVIEW
    if disputes and facts.members_supervisor_turn > 0:
        return Status.PENDING_SUPERVISOR_REVIEW
    if facts.members_not_started == facts.members_total:
        return Status.NOT_STARTED
    if facts.members_completed == facts.members_total:
        return Status.COMPLETED
    return Status.IN_PROGRESS


def group_sql(*, disputes: bool) -> str:
    """`of_group` as the expression of a generated column."""
    return _case(
        [
            ("members_total = 0", Status.CANCELLED),
            *_turns("members_agent_turn", "members_supervisor_turn", disputes=disputes),
            ("members_not_started = members_total", Status.NOT_STARTED),
            ("members_completed = members_total", Status.COMPLETED),
        ]
    )


def _turns(agent: str, supervisor: str, *, disputes: bool) -> list[tuple[str, Status]]:
    if not disputes:
        return []
    return [
        (f"{agent} > 0", Status.PENDING_AGENT_REVIEW),
        (f"{supervisor} > 0", Status.PENDING_SUPERVISOR_REVIEW),
    ]


def _case(arms: list[tuple[str, Status]]) -> str:
    whens = " ".join(f"WHEN {condition} THEN {status:d}" for condition, status in arms)
    return f"CASE {whens} ELSE {Status.IN_PROGRESS:d} END"
