"""Some agents of a big made-up workspace: their coaching, and the conversations it is about."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from models import BookmarkConversation, MarkState, Status
from server.synthetic import coaching, conversations
from server.synthetic.audits import Audits
from server.synthetic.coaching import Dispatch, Work
from server.synthetic.conversations import Held
from server.synthetic.organisation import Coached, Organisation
from server.synthetic.rows import Row

DAY = dt.timedelta(days=1)
DAYS = 85
"""How far back coaching goes; the conversations that it is about are up to five days older."""

HELD = 2
"""Conversations that are held for each assignment."""

SMALLEST, LARGEST = 5, 30
"""Members of a sent group."""

NEXT_ROUND = 3
"""Members of a chunk's pending group."""

TOPICS = ("Listening", "Identity checks", "Clear writing", "Know your product", "Warm openings")

IN_MIXED_GROUP = {
    Status.NOT_STARTED: 0.33,
    Status.IN_PROGRESS: 0.33,
    Status.COMPLETED: 0.32,
    Status.PENDING_AGENT_REVIEW: 0.02,  # one is enough to make its whole group wait (S4)
}


@dataclass(slots=True)
class Sent:
    """A group that is sent: its row, and the assignments of its members so far."""

    row: Row
    areas: list[uuid.UUID]
    assignments: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slot:
    """An assignment to be made."""

    agent: Coached
    at: dt.datetime
    target: Status
    group: Sent | None = None


class Chunk:
    """Agents with the number of assignments that each gets."""

    def __init__(
        self,
        made: Organisation,
        number: int,
        shares: Mapping[Coached, int],
        bookmark: Row,
        now: dt.datetime,
    ) -> None:
        self.made = made
        self.chance = made.rows.chance
        self.number = number
        self.shares = shares
        self.bookmark = bookmark
        self.now = now
        self.audits = Audits(made, now)
        self.qa = made.users["qa"]
        self.good: list[Held] = []
        self.bookmarked: set[uuid.UUID] = set()

    def fill(self, statuses: Iterator[Status]) -> None:
        """Add these agents' coaching, each agent's in the order of time."""
        left = Counter(self.shares)
        slots = self._grouped(left)
        groups = [slot.group for slot in slots if slot.group is not None]
        slots += [Slot(agent, self._moment(), next(statuses)) for agent in left.elements()]
        waiting: list[tuple[Coached, Held]] = []
        for agent in self.shares:
            own = sorted((slot for slot in slots if slot.agent is agent), key=lambda slot: slot.at)
            for slot in own:
                held = self._coach(slot)
            if own and self.chance.yes(0.25):
                waiting.append((agent, held))
        for group in groups:
            coaching.count_members(group.row, group.assignments)
        self._mark(waiting)

    def _moment(self) -> dt.datetime:
        """A working hour before today."""
        day = self.now - DAY * self.chance.randint(1, DAYS)
        return day + dt.timedelta(minutes=self.chance.randint(8 * 60, 18 * 60))

    def _grouped(self, left: Counter[Coached]) -> list[Slot]:
        """Plan sent groups for a third of the assignments; takes them off `left`."""
        wanted = left.total() // 3
        slots: list[Slot] = []
        while wanted >= SMALLEST:
            free = [agent for agent, count in left.items() if count > 0]
            if len(free) < SMALLEST:
                break
            size = self.chance.randint(SMALLEST, min(LARGEST, len(free), wanted))
            members = self.chance.sample(free, size)
            left.subtract(members)
            wanted -= size
            slots += self._group(members)
        return slots

    def _group(self, members: list[Coached]) -> list[Slot]:
        at = self._moment()
        areas = self.chance.sample(list(self.made.attributes.values()), self.chance.randint(1, 2))
        name = self.chance.choice(TOPICS)
        row = coaching.add_group(
            self.made,
            f"{name} {at:%B}",
            by=self.qa,
            at=at - DAY,
            areas=areas,
            members=members,
            sent=Dispatch(at=at, name=name, follow_up_on=at.date() + 14 * DAY),
        )
        group = Sent(row, areas)
        # Some groups are done, some have not begun; in most, everybody is somewhere else.
        together = self.chance.weighted(
            {Status.COMPLETED: 3, Status.NOT_STARTED: 2, Status.IN_PROGRESS: 5}
        )
        if together is not Status.IN_PROGRESS:
            return [Slot(agent, at, together, group) for agent in members]
        return [Slot(agent, at, self.chance.weighted(IN_MIXED_GROUP), group) for agent in members]

    def _coach(self, slot: Slot) -> Held:
        """Add a slot's two conversations, their reviews and its assignment."""
        chance, target = self.chance, slot.target
        pending = target in {Status.PENDING_AGENT_REVIEW, Status.PENDING_SUPERVISOR_REVIEW}
        held = [self._converse(slot, disputable=pending), self._converse(slot, disputable=False)]
        reviews = {}
        if pending:
            disputed = target is Status.PENDING_SUPERVISOR_REVIEW
            reviews[held[0].id] = self.audits.waiting(held[0], disputed=disputed)
        elif chance.yes(0.3):
            reviews[held[0].id] = self.audits.settled(held[0])
        both = target is Status.IN_PROGRESS or chance.yes(0.6)
        best = self._best_response(slot)
        items = 1 + both + len(best)
        cancelled = target is Status.CANCELLED
        until = min(self.now, slot.at + chance.randint(1, 12) * DAY)
        assignment = coaching.assign(
            self.made,
            Work(
                agent=slot.agent,
                name=slot.group.row["assignment_name"] if slot.group else chance.choice(TOPICS),
                by=self.qa,
                at=slot.at,
                follow_up_on=slot.at.date() + (14 if slot.group else chance.randint(5, 21)) * DAY,
                areas=self._areas(slot),
                conversations=held if both else held[:1],
                best=best,
                reviews=reviews,
                reviewed=self._reviewed(target, items),
                cancelled_at=until if cancelled else None,
            ),
            until=until,
            group=slot.group.row if slot.group else None,
        )
        if slot.group is not None:
            slot.group.assignments.append(assignment)
        if slot.group is not None or chance.yes(0.25):
            self._consumed_mark(slot, held[0], assignment)
        return held[1]

    def _areas(self, slot: Slot) -> list[uuid.UUID]:
        if slot.group is not None:
            return slot.group.areas
        return self.chance.sample(slot.agent.weakest(3), self.chance.randint(1, 2))

    def _reviewed(self, target: Status, items: int) -> int:
        match target:
            case Status.NOT_STARTED:
                return 0
            case Status.IN_PROGRESS:
                return self.chance.randint(1, items - 1)
            case Status.COMPLETED:
                return items
            case Status.PENDING_AGENT_REVIEW | Status.PENDING_SUPERVISOR_REVIEW:
                return self.chance.randint(0, items)
            case Status.CANCELLED:
                return self.chance.randint(0, items - 1)

    def _converse(self, slot: Slot, *, disputable: bool) -> Held:
        day = slot.at.replace(hour=0, minute=0) - DAY * self.chance.randint(1, 5)
        at = day + dt.timedelta(seconds=self.chance.randint(8 * 3600, 19 * 3600))
        choose = conversations.disputable if disputable else conversations.anywhere
        place = choose(self.made, slot.agent)
        exchanges = self.chance.randint(1, 3)
        held = conversations.hold(self.made, slot.agent, at, place=place, exchanges=exchanges)
        if held.good:
            self.good.append(held)
        return held

    def _best_response(self, slot: Slot) -> list[Held]:
        """A good example of somebody else's, for some; it carries the bookmark."""
        if not self.good or not self.chance.yes(0.25):
            return []
        held = self.chance.choice(self.good)
        if held.agent is slot.agent or held.ended_at > slot.at:
            return []
        if held.id not in self.bookmarked:
            self.bookmarked.add(held.id)
            self.made.rows.add(
                BookmarkConversation, bookmark_id=self.bookmark["id"], conversation_id=held.id
            )
        return [held]

    def _consumed_mark(self, slot: Slot, held: Held, assignment: Row) -> None:
        coaching.mark(
            self.made,
            slot.agent,
            by=self.qa,
            at=slot.at - dt.timedelta(hours=1),
            areas=self._areas(slot)[:1],
            conversations=[held],
            state=MarkState.ASSIGNED,
            group=slot.group.row if slot.group else None,
            assignment=assignment,
        )

    def _mark(self, waiting: list[tuple[Coached, Held]]) -> None:
        """Leave candidates, and a pending group of the first few of them."""
        group = None
        if waiting:
            group = coaching.add_group(
                self.made,
                f"Next round {self.number}",
                by=self.qa,
                at=self.now - dt.timedelta(hours=6),
                areas=waiting[0][0].weakest(1),
                members=[agent for agent, _ in waiting[:NEXT_ROUND]],
            )
        for place, (agent, held) in enumerate(waiting):
            coaching.mark(
                self.made,
                agent,
                by=self.qa,
                at=self.now - dt.timedelta(hours=5),
                areas=agent.weakest(1),
                conversations=[held],
                group=group if place < NEXT_ROUND else None,
            )
