"""Sections 3 to 5 in plain Python: what the product must say to any sequence of actions.

It shares nothing with the product: the rules of marks, groups, candidates and dispatches, and who
reaches what (V6). Marks, groups and assignments are called M1, G1, A1, in the order of making.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

SUE, THEO, QUINN, ANN = "Sue", "Theo", "Quinn", "Ann"
QUEUES: dict[str, set[str]] = {SUE: {"Billing"}, THEO: {"Travel"}, QUINN: set(), ANN: set()}
"""Two supervisors' queues. Quinn reaches everything without; Ann is an agent."""

AGENTS = {"Ann": {"Billing"}, "Ben": {"Travel"}, "Nora": {"Billing", "Travel"}, "Olga": set[str]()}
TALKS = {  # agent, queue, evaluated? Oldest first; Ann and Olga have worked in queues before.
    "ann-1": ("Ann", "Billing", True),
    "ann-2": ("Ann", "Travel", True),
    "ann-3": ("Ann", "Billing", False),
    "ben-1": ("Ben", "Travel", True),
    "nora-1": ("Nora", "Billing", True),
    "nora-2": ("Nora", "Travel", True),
    "nora-3": ("Nora", "Billing", True),
    "olga-1": ("Olga", "Billing", True),
}
AREAS = ("Calm", "Empathy", "Thorough")

Labels = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Action:
    """What somebody tries."""

    kind: str
    who: str
    talks: Labels = ()
    areas: Labels = ()
    group: str = ""
    marks: Labels = ()
    agents: Labels = ()
    name: str = ""
    version: int | None = None
    with_marks: bool = True
    key: str = ""


Told = tuple[str, ...]
"""The answer: DONE and what was made or changed, and who skipped; or why not, and what is there."""


class Refused(Exception):
    def __init__(self, *told: str) -> None:
        super().__init__()
        self.told = told


@dataclass
class Mark:
    label: str
    by: str
    agent: str
    areas: Labels
    talks: set[str]
    state: str = "ACTIVE"
    group: str | None = None
    assignment: str | None = None
    version: int = 1


@dataclass
class Group:
    label: str
    by: str
    name: str
    areas: Labels
    members: set[str] = field(default_factory=set)
    state: str = "PENDING"
    version: int = 0


@dataclass
class Assignment:
    label: str
    name: str
    agent: str
    areas: Iterable[str]
    talks: set[str]
    group: str | None


def reaches(who: str, agent: str) -> bool:
    """Whether somebody reaches an agent, and so their marks and assignments (V1, V6)."""
    return who in {QUINN, agent} or bool(QUEUES[who] & AGENTS[agent])


def hears(who: str, talk: str) -> bool:
    """Whether somebody reaches a conversation (V6)."""
    agent, queue, _ = TALKS[talk]
    return who in {QUINN, agent} or queue in QUEUES[who]


def require(who: str, agents: Iterable[str]) -> None:
    if not all(reaches(who, agent) for agent in agents):
        raise Refused("NOT_FOUND")


@dataclass
class Model:
    marks: dict[str, Mark] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    keys: dict[tuple[str, str], tuple[Action, Told]] = field(default_factory=dict)

    def apply(self, action: Action) -> Told:
        """Do it, or all of it not, and say what comes of it (V2, V4, A4)."""
        if action.who == ANN:
            return ("GRAPHQL_VALIDATION_FAILED",)
        lists = (action.talks, action.areas, action.marks, action.agents)
        if any(len(set(each)) < len(each) for each in lists) or action.name.isspace():
            return ("INVALID",)
        action = replace(action, name=action.name.strip())
        key = (action.who, action.key)
        if key in self.keys:
            first, told = self.keys[key]
            return told if first == action else ("IDEMPOTENCY_KEY_REUSED",)
        try:
            told = ("DONE", *getattr(self, f"_{action.kind}")(action))
        except Refused as refused:
            return refused.told
        if action.key:
            self.keys[key] = action, told
        return told

    def _mark(self, action: Action) -> Labels:
        agent, _, evaluated = TALKS[action.talks[0]]
        if not (evaluated and hears(action.who, action.talks[0])):
            raise Refused("NOT_FOUND")
        require(action.who, [agent])
        group = self._pending(action) if action.group else None
        for mark in self.active():
            mine = (mark.by, mark.agent) == (action.who, agent)
            if mine and set(mark.areas) & set(action.areas):
                raise Refused("DUPLICATE_MARK", mark.label)
        made = Mark(f"M{len(self.marks) + 1}", action.who, agent, action.areas, set(action.talks))
        self.marks[made.label] = made
        if group is not None:
            self._gather(group, [agent], [made])
        return (made.label,)

    def _add(self, action: Action) -> Labels:
        mark = self._changing(action)
        for talk in action.talks:
            if not hears(action.who, talk):
                raise Refused("NOT_FOUND")
            if TALKS[talk][0] != mark.agent:
                raise Refused("OTHER_AGENT")
            if not TALKS[talk][2]:
                raise Refused("NOT_EVALUATED")
        mark.version += not mark.talks.issuperset(action.talks)
        mark.talks.update(action.talks)
        return (mark.label,)

    def _remove(self, action: Action) -> Labels:
        mark = self._changing(action)
        mark.state, mark.group, mark.version = "REMOVED", None, mark.version + 1
        return (mark.label,)

    def _create(self, action: Action) -> Labels:
        require(action.who, action.agents)
        if not self.free(action.name):
            raise Refused("GROUP_NAME_TAKEN")
        made = Group(f"G{len(self.groups) + 1}", action.who, action.name, action.areas)
        self.groups[made.label] = made
        return self._gather(made, action.agents, self.waiting(*action.agents))

    def _update(self, action: Action) -> Labels:
        group = self._pending(action)
        if action.name and not self.free(action.name, besides=group):
            raise Refused("GROUP_NAME_TAKEN")
        group.name, group.areas = action.name or group.name, action.areas or group.areas
        return self._gather(group, [], [])

    def _delete(self, action: Action) -> Labels:
        group = self._pending(action)
        for mark in self.active(group):
            mark.group = None
        group.state = "DELETED"
        return (group.label,)

    def _join(self, action: Action) -> Labels:
        group = self._pending(action)
        require(action.who, action.agents)
        marks = self.waiting(*action.agents) if action.with_marks else []
        return self._gather(group, action.agents, marks)

    def _leave(self, action: Action) -> Labels:
        group = self._pending(action)
        require(action.who, action.agents)
        if not group.members.issuperset(action.agents):
            raise Refused("NOT_FOUND")
        group.members.difference_update(action.agents)
        for mark in self.active(group):
            mark.group = mark.group if mark.agent in group.members else None
        return self._gather(group, [], [])

    def _move(self, action: Action) -> Labels:
        group = self._pending(action)
        marks = [self._active(action.who, label) for label in action.marks]
        return self._gather(group, [mark.agent for mark in marks], marks)

    def _assign(self, action: Action) -> Labels:
        require(action.who, action.agents)
        marks = self.waiting(*action.agents)
        marks = [mark for mark in marks if all(hears(action.who, each) for each in mark.talks)]
        if not marks:
            raise Refused("MARK_NOT_ACTIVE")
        areas = action.areas or {area for mark in marks for area in mark.areas}
        return (self._settle(marks, action.name, areas, None),)

    def _dispatch(self, action: Action) -> Labels:
        group = self._pending(action)
        marks = self.active(group)
        if not marks:
            raise Refused("GROUP_HAS_NO_CONVERSATIONS")
        given = sorted({mark.agent for mark in marks})
        shares = [[mark for mark in marks if mark.agent == agent] for agent in given]
        made = [self._settle(share, action.name, group.areas, group.label) for share in shares]
        group.state = "SENT"
        return (*made, *sorted(group.members.difference(given)))

    def active(self, group: Group | None = None) -> list[Mark]:
        """The active marks, or those of a group; oldest first."""
        found = [mark for mark in self.marks.values() if mark.state == "ACTIVE"]
        return [mark for mark in found if mark.group == group.label] if group else found

    def waiting(self, *agents: str) -> list[Mark]:
        """What makes agents candidates (G5)."""
        return [mark for mark in self.active() if mark.group is None and mark.agent in agents]

    def free(self, name: str, besides: Group | None = None) -> bool:
        """Whether no other pending group, in reach or not, has the name (G2)."""
        others = [g for g in self.groups.values() if g.state == "PENDING" and g is not besides]
        folded = name.strip().casefold()
        return bool(folded) and folded not in {group.name.casefold() for group in others}

    def in_reach(self, who: str, group: Group) -> bool:
        """Whether somebody reaches a group: through a member, or because they made it."""
        through = group.by == who or any(reaches(who, agent) for agent in group.members)
        return group.state != "DELETED" and (who == QUINN or through)

    def _pending(self, action: Action) -> Group:
        """The group, if it may change, asked in V4's order (G4)."""
        who, group = action.who, self.groups.get(action.group)
        if group is None or not self.in_reach(who, group):
            raise Refused("NOT_FOUND")
        heard = all(hears(who, talk) for mark in self.active(group) for talk in mark.talks)
        whole = heard and all(reaches(who, agent) for agent in group.members)
        if action.kind in {"delete", "dispatch"} and not whole:
            raise Refused("FORBIDDEN")
        if group.state == "SENT":
            raise Refused("GROUP_ALREADY_SENT")
        if action.version not in {None, group.version}:
            raise Refused("STALE")
        return group

    def _active(self, who: str, label: str) -> Mark:
        """The mark, if it is in reach and active (M4, M5)."""
        mark = self.marks.get(label)
        if mark is None or not reaches(who, mark.agent):
            raise Refused("NOT_FOUND")
        if mark.state != "ACTIVE":
            assigned = mark.state == "ASSIGNED"
            raise Refused("MARK_ALREADY_ASSIGNED" if assigned else "MARK_NOT_ACTIVE")
        return mark

    def _changing(self, action: Action) -> Mark:
        mark = self._active(action.who, action.marks[0])
        if action.version == mark.version:
            return mark
        raise Refused("STALE")

    def _gather(self, group: Group, agents: Iterable[str], marks: list[Mark]) -> Labels:
        group.members.update(agents)
        for mark in marks:
            mark.group = group.label
        group.version += 1
        return (group.label,)

    def _settle(self, marks: list[Mark], name: str, areas: Iterable[str], group: str | None) -> str:
        """One agent's assignment, from these marks of theirs (M5)."""
        label = f"A{len(self.assignments) + 1}"
        talks = {talk for mark in marks for talk in mark.talks}
        self.assignments[label] = Assignment(label, name, marks[0].agent, areas, talks, group)
        for mark in marks:
            mark.state, mark.group, mark.assignment = "ASSIGNED", None, label
            mark.version += 1
        return label
