"""Made-up coaching: assignments, groups and marks, with their facts counted."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from models import (
    Action,
    ActionStep,
    Assignment,
    AssignmentArea,
    AssignmentConversation,
    BestResponse,
    CoachingGroup,
    CoachingGroupArea,
    CoachingGroupMember,
    GroupState,
    Mark,
    MarkArea,
    MarkConversation,
    MarkState,
    ReviewState,
    Status,
    status,
)
from server.synthetic import history
from server.synthetic.conversations import Held
from server.synthetic.organisation import Coached, Organisation
from server.synthetic.reviews import Review
from server.synthetic.rows import Row

STRENGTHS = (
    "Stays calm when customers do not, and keeps the thread.",
    "Knows the products well and explains them without jargon.",
    "Owns the problem: customers hear what happens next, and when.",
    "Greets and closes every conversation warmly.",
)
IMPROVEMENTS = (
    "Name the customer's feeling before going to the solution.",
    "Verify identity first, every time, before opening the account.",
    "Ask one more question before you answer: the first cause is often not the real one.",
    "Shorter sentences in writing; one question a message.",
)
STEPS = (
    "Read the conversations of this coaching and note what you would say today.",
    "Use the opening phrases of the guideline in your next ten conversations.",
    "Shadow a colleague for an hour and write down two phrases to borrow.",
    "Take the short course in the learning portal.",
    "Bring one conversation that went well to the next one-to-one.",
)


@dataclass(slots=True, kw_only=True)
class Work:
    """What one agent gets to do, and how far they have come with it."""

    agent: Coached
    name: str
    by: uuid.UUID
    at: dt.datetime
    follow_up_on: dt.date
    areas: Sequence[uuid.UUID]
    conversations: Sequence[Held]
    best: Sequence[Held] = ()
    reviews: dict[uuid.UUID, Review] = field(default_factory=dict)
    reviewed: int = 0
    cancelled_at: dt.datetime | None = None


def assign(made: Organisation, work: Work, *, until: dt.datetime, group: Row | None = None) -> Row:
    """Add an assignment, reviewed as far as `work` says by `until`; return its row."""
    rows, chance = made.rows, made.rows.chance
    row = rows.add(
        Assignment,
        id=chance.uuid(),
        name=work.name,
        agent_id=work.agent.id,
        created_by_id=work.by,
        group_id=None if group is None else group["id"],
        strengths=chance.choice(STRENGTHS),
        improvements=chance.choice(IMPROVEMENTS),
        assigned_at=work.at,
        follow_up_on=work.follow_up_on,
        cancelled_at=work.cancelled_at,
        items_total=len(work.conversations) + len(work.best),
        items_reviewed=work.reviewed,
        agent_turns=_waiting(work, ReviewState.PENDING_AGENT_REVIEW),
        supervisor_turns=_waiting(work, ReviewState.PENDING_SUPERVISOR_REVIEW),
    )
    for area in work.areas:
        rows.add(AssignmentArea, assignment_id=row["id"], attribute_id=area)
        work.agent.lessons.setdefault(area, []).append(work.at)
    first = chance.randrange(len(STEPS))
    for position in range(1, chance.randint(2, 4)):
        text = STEPS[(first + position) % len(STEPS)]
        rows.add(ActionStep, assignment_id=row["id"], position=position, text=text)
    after: history.Values = {"name": work.name, "follow_up_on": work.follow_up_on.isoformat()}
    _tell(made, Action.ASSIGNMENT_CREATED, work.by, work.at, row, after)
    _add_items(made, work, row, until)
    if work.cancelled_at is not None:
        _tell(made, Action.ASSIGNMENT_CANCELLED, work.by, work.cancelled_at, row, None)
    return row


def _waiting(work: Work, state: ReviewState) -> int:
    linked = {held.id for held in work.conversations}
    return sum(key in linked and review.state is state for key, review in work.reviews.items())


def _add_items(made: Organisation, work: Work, row: Row, until: dt.datetime) -> None:
    """Give the agent what there is to review; the first `reviewed` of it has been."""
    chance = made.rows.chance
    moments = sorted(chance.between(work.at, until) for _ in range(work.reviewed))
    who = made.user_of.get(work.agent.id)
    number = 0
    for model, items, action in (
        (AssignmentConversation, work.conversations, Action.CONVERSATION_REVIEWED),
        (BestResponse, work.best, Action.BEST_RESPONSE_REVIEWED),
    ):
        for position, held in enumerate(items, 1):
            reviewed_at = moments[number] if number < len(moments) else None
            number += 1
            made.rows.add(
                model,
                id=chance.uuid(),
                assignment_id=row["id"],
                conversation_id=held.id,
                position=position,
                reviewed_at=reviewed_at,
            )
            if reviewed_at is not None:
                after: history.Values = {"conversation_id": str(held.id)}
                _tell(made, action, who, reviewed_at, row, after)


def _tell(
    made: Organisation,
    action: Action,
    who: uuid.UUID | None,
    at: dt.datetime,
    row: Row,
    after: history.Values | None,
) -> None:
    history.tell(
        made.rows,
        action,
        who,
        at,
        after=after,
        agent_id=row["agent_id"],
        assignment_id=row["id"],
        group_id=row["group_id"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """When a group was sent, under which name, with which follow-up date."""

    at: dt.datetime
    name: str
    follow_up_on: dt.date


def add_group(
    made: Organisation,
    name: str,
    *,
    by: uuid.UUID,
    at: dt.datetime,
    areas: Sequence[uuid.UUID],
    members: Sequence[Coached],
    description: str = "",
    sent: Dispatch | None = None,
    deleted: bool = False,
) -> Row:
    """Add a coaching group with its members; return its row."""
    unsent = GroupState.DELETED if deleted else GroupState.PENDING
    row = made.rows.add(
        CoachingGroup,
        id=made.rows.chance.uuid(),
        name=name,
        description=description,
        created_by_id=by,
        created_at=at,
        state=unsent if sent is None else GroupState.SENT,
        assigned_at=None if sent is None else sent.at,
        follow_up_on=None if sent is None else sent.follow_up_on,
        assignment_name=None if sent is None else sent.name,
    )
    for area in areas:
        made.rows.add(CoachingGroupArea, group_id=row["id"], attribute_id=area)
    for agent in members:
        made.rows.add(CoachingGroupMember, group_id=row["id"], agent_id=agent.id, added_at=at)
    group_id = row["id"]
    history.tell(made.rows, Action.GROUP_CREATED, by, at, after={"name": name}, group_id=group_id)
    if sent is not None:
        after: history.Values = {"name": sent.name, "follow_up_on": sent.follow_up_on.isoformat()}
        history.tell(
            made.rows, Action.GROUP_DISPATCHED, by, sent.at, after=after, group_id=group_id
        )
    if deleted:
        later = at + dt.timedelta(hours=1)
        history.tell(made.rows, Action.GROUP_DELETED, by, later, group_id=group_id)
    return row


@dataclass(frozen=True, slots=True)
class _Facts:
    """An assignment's row, as `models.status` reads it."""

    cancelled_at: dt.datetime | None
    items_total: int
    items_reviewed: int
    agent_turns: int
    supervisor_turns: int


def status_of(row: Row, *, disputes: bool) -> Status:
    """Status of an assignment's row (S1, S2)."""
    facts = _Facts(
        row["cancelled_at"],
        row["items_total"],
        row["items_reviewed"],
        row["agent_turns"],
        row["supervisor_turns"],
    )
    return status.of_assignment(facts, disputes=disputes)


def count_members(group: Row, assignments: Sequence[Row]) -> None:
    """Set a sent group's facts from its members' assignments (S4)."""
    counted = [row for row in assignments if row["cancelled_at"] is None]
    progress = [status_of(row, disputes=False) for row in counted]
    group.update(
        members_total=len(counted),
        members_not_started=progress.count(Status.NOT_STARTED),
        members_completed=progress.count(Status.COMPLETED),
        members_agent_turn=sum(row["agent_turns"] > 0 for row in counted),
        members_supervisor_turn=sum(row["supervisor_turns"] > 0 for row in counted),
    )


def mark(
    made: Organisation,
    agent: Coached,
    *,
    by: uuid.UUID,
    at: dt.datetime,
    areas: Sequence[uuid.UUID],
    conversations: Sequence[Held],
    state: MarkState = MarkState.ACTIVE,
    group: Row | None = None,
    assignment: Row | None = None,
) -> Row:
    """Add a mark; in `group` where it is or was in one, with the assignment that consumed it."""
    row = made.rows.add(
        Mark,
        id=made.rows.chance.uuid(),
        agent_id=agent.id,
        marked_by_id=by,
        state=state,
        group_id=None if group is None else group["id"],
        assignment_id=None if assignment is None else assignment["id"],
        created_at=at,
    )
    for area in areas:
        made.rows.add(
            MarkArea,
            mark_id=row["id"],
            attribute_id=area,
            agent_id=agent.id,
            marked_by_id=by,
            active=state is MarkState.ACTIVE,
        )
    for held in conversations:
        made.rows.add(MarkConversation, mark_id=row["id"], conversation_id=held.id)
    about = {"agent_id": agent.id, "mark_id": row["id"], "group_id": row["group_id"]}
    after: history.Values = {
        "areas": [str(area) for area in areas],
        "conversation_ids": [str(held.id) for held in conversations],
    }
    history.tell(made.rows, Action.MARK_CREATED, by, at, after=after, **about)
    if state is MarkState.REMOVED:
        later = at + dt.timedelta(minutes=30)
        history.tell(made.rows, Action.MARK_REMOVED, by, later, **about)
    return row
