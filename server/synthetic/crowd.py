"""A made-up workspace of any size, in chunks of some agents each."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping

from models import Bookmark, Channel, Role, Status
from models import Permission as May
from server.synthetic import chunk, everyday, organisation
from server.synthetic.chance import Chance
from server.synthetic.organisation import OF_AGENTS, OF_QA, QUEUES, TEAMS, Coached, Organisation
from server.synthetic.rows import Row, Rows
from server.synthetic.scripts import BILLING, ORDERS

FEWEST = 20
"""Fewest assignments, and fewest agents, of such a workspace."""

EACH = 20
"""Assignments of an agent, unless the number of agents is given."""

AGENTS = 40
"""Most agents of a chunk: what is in memory at a time is the rows of their coaching."""

STATUSES = {
    Status.NOT_STARTED: 0.21,
    Status.IN_PROGRESS: 0.20,
    Status.PENDING_AGENT_REVIEW: 0.08,
    Status.PENDING_SUPERVISOR_REVIEW: 0.005,
    Status.COMPLETED: 0.47,
    Status.CANCELLED: 0.035,
}


class Crowd:
    """A workspace of so many assignments, agents and conversations, as of the day of `now`.

    Raises ValueError for numbers that do not go together.
    """

    def __init__(
        self,
        name: str,
        domain: str,
        *,
        assignments: int,
        agents: int | None = None,
        conversations: int | None = None,
        seed: int,
        now: dt.datetime,
    ) -> None:
        self.assignments = assignments
        self.now = now
        self.agents = max(FEWEST, assignments // EACH) if agents is None else agents
        coached = chunk.HELD * assignments
        self.everyday = 0 if conversations is None else conversations - coached
        self._check()
        # The name, too: one database may hold two workspaces of the same seed.
        chance = Chance(f"{name}/{seed}/{assignments}/{now.date()}")
        self.made = organisation.found(
            chance,
            name=name,
            domain=domain,
            time_zone="Europe/Berlin",
            since=now - dt.timedelta(days=365),
        )
        _add_staff(self.made)
        self.bookmark = _add_bookmark(self.made)

    @property
    def rows(self) -> Rows:
        """Rows that wait to be written."""
        return self.made.rows

    def chunks(self) -> Iterator[int]:
        """Fill `rows` part by part, to be written in between; yields the assignments done by it.

        Only the last part of a chunk does any.
        """
        statuses = self._statuses()
        count = math.ceil(self.agents / AGENTS)
        for number in range(count):
            # Even chunks: none is too small for a group.
            places = range(number * self.agents // count, (number + 1) * self.agents // count)
            agents = {self._add_agent(place + 1): place for place in places}
            shares = self._shares(self.assignments, agents)
            chunk.Chunk(self.made, number + 1, shares, self.bookmark, self.now).fill(statuses)
            for batch in everyday.batches(self._shares(self.everyday, agents)):
                yield 0
                everyday.hold(self.made, batch, self.now)
            self.made.days.add_to(self.rows)
            yield sum(shares.values())

    def _check(self) -> None:
        if self.agents < FEWEST:
            message = f"A workspace needs at least {FEWEST} agents."
            raise ValueError(message)
        if self.assignments > chunk.DAYS * self.agents:
            message = (
                f"{self.assignments} assignments are too many for {self.agents} agents:"
                f" {chunk.DAYS} each is the most, one a day."
            )
            raise ValueError(message)
        if self.everyday < 0:
            message = (
                f"{self.assignments} assignments need at least {chunk.HELD * self.assignments}"
                f" conversations, {chunk.HELD} each."
            )
            raise ValueError(message)

    def _statuses(self) -> Iterator[Status]:
        """Every status once, so that even a small workspace has all; then each at its share."""
        yield from STATUSES
        while True:
            yield self.made.rows.chance.weighted(STATUSES)

    def _shares(self, total: int, agents: Mapping[Coached, int]) -> dict[Coached, int]:
        """How many of a workspace's total each agent gets, by their places among all agents."""
        each, over = divmod(total, self.agents)
        return {agent: each + (place < over) for agent, place in agents.items()}

    def _add_agent(self, number: int) -> Coached:
        made = self.made
        team = TEAMS[number % len(TEAMS)]
        agent = made.add_agent(number, made.rows.chance.person(), team=team)
        email = f"agent-{number}"
        made.add_user(email, agent.name, Role.AGENT, OF_AGENTS, agent_id=agent.id)
        return agent


def _add_staff(made: Organisation) -> None:
    person = made.rows.chance.person
    for email in ("qa", "qa-2"):
        made.add_user(email, person(), Role.QA, OF_QA, queues=QUEUES)
    coaches = frozenset({May.COACHING_ASSIGNMENTS, May.QA_FUNCTIONALITIES})
    made.add_user("lead", person(), Role.SUPERVISOR, coaches, queues=(BILLING, ORDERS))
    reads = frozenset({May.COACHING_ASSIGNMENTS})
    made.add_user("supervisor", person(), Role.SUPERVISOR, reads, queues=(BILLING, ORDERS))
    for email in ("qa", "qa-2", "lead"):
        made.forms[BILLING, Channel.VOICE].add_auditor(made.rows, made.users[email])


def _add_bookmark(made: Organisation) -> Row:
    return made.rows.add(
        Bookmark,
        id=made.rows.chance.uuid(),
        name="Best practice",
        user_id=made.users["qa"],
        colour="#2f855a",
        created_at=made.since,
    )
