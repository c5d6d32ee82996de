"""What a coaching's status is (section 6), rule by rule; without a database."""

from dataclasses import dataclass

import pytest

from models import status
from models.status import Status


@dataclass(frozen=True, slots=True)
class Facts:
    """An assignment's facts."""

    items_total: int = 3
    items_reviewed: int = 0
    agent_turns: int = 0
    supervisor_turns: int = 0
    cancelled_at: object | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """A sent group's facts."""

    members_total: int = 3
    members_not_started: int = 0
    members_completed: int = 0
    members_agent_turn: int = 0
    members_supervisor_turn: int = 0


@pytest.mark.parametrize("disputes", [True, False])
@pytest.mark.parametrize(
    ("reviewed", "expected"),
    [
        (0, Status.NOT_STARTED),
        (1, Status.IN_PROGRESS),
        (2, Status.IN_PROGRESS),
        (3, Status.COMPLETED),
    ],
)
def test_progress_follows_from_what_the_agent_reviewed(
    reviewed: int, expected: Status, *, disputes: bool
) -> None:
    assert status.of_assignment(Facts(items_reviewed=reviewed), disputes=disputes) is expected


@pytest.mark.parametrize("reviewed", range(4))
def test_an_evaluation_waiting_for_the_agent_shows_before_one_waiting_for_a_supervisor(
    reviewed: int,
) -> None:
    both = Facts(items_reviewed=reviewed, agent_turns=1, supervisor_turns=1)
    theirs = Facts(items_reviewed=reviewed, supervisor_turns=1)

    assert status.of_assignment(both, disputes=True) is Status.PENDING_AGENT_REVIEW
    assert status.of_assignment(theirs, disputes=True) is Status.PENDING_SUPERVISOR_REVIEW


@pytest.mark.parametrize("reviewed", range(4))
def test_without_accept_and_dispute_only_progress_shows(reviewed: int) -> None:
    waiting = Facts(items_reviewed=reviewed, agent_turns=2, supervisor_turns=2)
    idle = Facts(items_reviewed=reviewed)

    assert status.of_assignment(waiting, disputes=False) is status.of_assignment(
        idle, disputes=True
    )


@pytest.mark.parametrize("disputes", [True, False])
def test_a_cancelled_assignment_is_cancelled_whatever_else_it_is(*, disputes: bool) -> None:
    facts = Facts(items_reviewed=3, agent_turns=1, supervisor_turns=1, cancelled_at="then")

    assert status.of_assignment(facts, disputes=disputes) is Status.CANCELLED


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (Members(members_not_started=3), Status.NOT_STARTED),
        (Members(members_completed=3), Status.COMPLETED),
        (Members(members_not_started=1, members_completed=2), Status.IN_PROGRESS),
        (Members(), Status.IN_PROGRESS),
        (Members(members_completed=3, members_agent_turn=1), Status.PENDING_AGENT_REVIEW),
        (
            Members(members_agent_turn=1, members_supervisor_turn=2),
            Status.PENDING_AGENT_REVIEW,
        ),
        (Members(members_not_started=3, members_supervisor_turn=1),
         Status.PENDING_SUPERVISOR_REVIEW),
        (Members(members_total=0), Status.CANCELLED),
    ],
)  # fmt: skip
def test_a_groups_status_follows_from_its_members(members: Members, expected: Status) -> None:
    assert status.of_group(members, disputes=True) is expected


def test_without_accept_and_dispute_a_groups_members_do_not_wait() -> None:
    members = Members(members_completed=3, members_agent_turn=1, members_supervisor_turn=1)

    assert status.of_group(members, disputes=False) is Status.COMPLETED


def test_coaching_is_active_until_it_is_completed_or_cancelled() -> None:
    assert [one for one in Status if not one.active] == [Status.COMPLETED, Status.CANCELLED]
