"""The organisation of a made-up workspace: skills, queues, forms, teams, people."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from models import (
    Agent,
    AgentGroup,
    AgentQueue,
    Attribute,
    Channel,
    Permission,
    Queue,
    Role,
    Scorecard,
    ScorecardWeight,
    User,
    UserQueue,
    Workspace,
)
from models.agent import search_key
from server.synthetic import forms
from server.synthetic.chance import Chance
from server.synthetic.days import Days
from server.synthetic.forms import NOT_IMPORTED, Form
from server.synthetic.rows import Rows
from server.synthetic.scripts import ACCOUNTS, BILLING, ORDERS, TECHNICAL

QUEUES = (BILLING, ORDERS, TECHNICAL, ACCOUNTS)
TEAMS = ("Team North", "Team South", "New joiners")

OF_AGENTS = frozenset(
    {
        Permission.AGENT_DASHBOARD,
        Permission.COACHING_ASSIGNMENTS,
        Permission.MARKED_FOR_COACHING_VIEW,
    }
)
OF_QA = frozenset(
    {
        Permission.COACHING_ASSIGNMENTS,
        Permission.QA_FUNCTIONALITIES,
        Permission.CROSS_QUEUE_DATA_ACCESS,
        Permission.MANAGE_SETTINGS,
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Coached:
    """An agent with the skills that the scores will show, 0 to 1 by attribute."""

    id: uuid.UUID
    name: str
    queues: tuple[str, ...]
    skills: dict[uuid.UUID, float]
    lessons: dict[uuid.UUID, list[dt.datetime]] = field(default_factory=dict)

    def skill(self, attribute_id: uuid.UUID, at: dt.datetime) -> float:
        """How good the agent is at something by then: coaching helps, the first times most."""
        before = (lesson for lesson in self.lessons.get(attribute_id, ()) if lesson < at)
        lessons = sum(1 for _ in itertools.islice(before, 3))
        return min(0.98, self.skills[attribute_id] + 0.06 * lessons)

    def weakest(self, count: int) -> list[uuid.UUID]:
        """Attributes that need coaching most, the weakest first."""
        return sorted(self.skills, key=self.skills.__getitem__)[:count]


@dataclass(slots=True)
class Organisation:
    """What everything else in a workspace refers to."""

    rows: Rows
    domain: str
    time_zone: str
    since: dt.datetime
    days: Days
    attributes: dict[str, uuid.UUID] = field(default_factory=dict)
    queues: dict[str, uuid.UUID] = field(default_factory=dict)
    teams: dict[str, uuid.UUID] = field(default_factory=dict)
    forms: dict[tuple[str, Channel], Form] = field(default_factory=dict)
    users: dict[str, uuid.UUID] = field(default_factory=dict)
    user_of: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)

    def add_user(
        self,
        local_part: str,
        name: str,
        role: Role,
        permissions: Iterable[Permission],
        *,
        queues: Iterable[str] = (),
        agent_id: uuid.UUID | None = None,
    ) -> uuid.UUID:
        """Add somebody who signs in as `local_part`@domain; kept in `users` by that part.

        An agent's user is kept in `user_of`, too, by the agent.
        """
        user_id = self.rows.chance.uuid()
        self.rows.add(
            User,
            id=user_id,
            email=f"{local_part}@{self.domain}",
            name=name,
            role=role,
            permissions=frozenset(permissions),
            agent_id=agent_id,
            created_at=self.since,
        )
        for queue in queues:
            self.rows.add(
                UserQueue,
                user_id=user_id,
                queue_id=self.queues[queue],
            )
        self.users[local_part] = user_id
        if agent_id is not None:
            self.user_of[agent_id] = user_id
        return user_id

    def add_agent(self, number: int, name: str, *, team: str) -> Coached:
        """Add an agent of two queues, better at some things than at others."""
        level = 0.55 if team == "New joiners" else 0.75
        first = QUEUES[number % len(QUEUES)]
        second = QUEUES[(number + 1 + number // len(QUEUES) % 3) % len(QUEUES)]
        agent = Coached(
            self.rows.chance.uuid(),
            name,
            (first, second),
            {
                attribute_id: min(0.95, max(0.25, self.rows.chance.gauss(level, 0.15)))
                for attribute_id in self.attributes.values()
            },
        )
        public_id = f"A-{number:05}"
        self.rows.add(
            Agent,
            id=agent.id,
            external_id=f"agent-{number:05}",
            digest=NOT_IMPORTED,
            name=name,
            agent_id=public_id,
            search_key=search_key(name, public_id),
            agent_group_id=self.teams[team],
        )
        for queue in agent.queues:
            self.rows.add(
                AgentQueue,
                agent_id=agent.id,
                queue_id=self.queues[queue],
            )
        return agent


def found(
    chance: Chance, *, name: str, domain: str, time_zone: str, since: dt.datetime
) -> Organisation:
    """Add a workspace with skills, queues, forms, scorecards and teams, but nobody in it."""
    made = Organisation(Rows(chance, chance.uuid()), domain, time_zone, since, Days(time_zone))
    made.rows.add(
        Workspace,
        id=made.rows.workspace_id,
        name=name,
        time_zone=time_zone,
        accept_and_dispute=True,
        auto_qa=True,
        created_at=since,
    )
    for model, names, kept in (
        (Attribute, forms.ATTRIBUTES, made.attributes),
        (Queue, QUEUES, made.queues),
    ):
        for each in names:
            kept[each] = _imported(made, model, each)
    _add_scorecards(made)
    _add_forms(made)
    return made


def _imported(
    made: Organisation,
    model: type[Attribute | Queue | AgentGroup | Scorecard],
    name: str,
    **values: object,
) -> uuid.UUID:
    row_id = made.rows.chance.uuid()
    made.rows.add(
        model,
        id=row_id,
        external_id=name.lower().replace(" & ", "-").replace(" ", "-"),
        digest=NOT_IMPORTED,
        name=name,
        **values,
    )
    return row_id


def _add_scorecards(made: Organisation) -> None:
    for name, percents, is_default in (
        ("Service", (20, 20, 20, 15, 10, 15), True),
        ("First three months", (30, 25, 10, 15, 20, None), False),
    ):
        card = _imported(made, Scorecard, name, is_default=is_default)
        for attribute_id, percent in zip(made.attributes.values(), percents, strict=True):
            if percent is not None:
                made.rows.add(
                    ScorecardWeight,
                    scorecard_id=card,
                    attribute_id=attribute_id,
                    percent=percent,
                )
        for team in TEAMS:
            if (team == "New joiners") is not is_default:
                card_of_team = None if is_default else card
                made.teams[team] = _imported(made, AgentGroup, team, scorecard_id=card_of_team)


def _add_forms(made: Organisation) -> None:
    ordinary = (BILLING, ORDERS, TECHNICAL)
    for plan, queues in (
        (forms.CHAT, ordinary),
        (forms.VOICE, ordinary),
        (forms.EMAIL, ordinary),
        (forms.SECURITY, (ACCOUNTS,)),
    ):
        form = forms.add(
            made.rows,
            plan,
            attributes=made.attributes,
            queues=[made.queues[queue] for queue in queues],
        )
        for queue in queues:
            made.forms[queue, plan.channel] = form
