"""Random sequences of what several users do to marks and groups, against a small model.

After each action over HTTP, the answer and all that everybody reads of marks, candidates, groups
and assignments must be the model's; at the end `coaching check` must agree.
"""

import dataclasses
import datetime as dt
import json
import uuid
from collections.abc import Iterable
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, event, given, note, settings
from hypothesis import strategies as st

import models
from models import Permission, Role
from resolvers import check, rebuilding
from schema.node import decode, encode
from tests.client import Client
from tests.mark_model import (
    AGENTS,
    ANN,
    AREAS,
    QUEUES,
    QUINN,
    SUE,
    TALKS,
    THEO,
    Action,
    Assignment,
    Mark,
    Model,
    Told,
    hears,
    reaches,
)
from tests.marking import TOMORROW
from tests.world import AGENT, COACH, EVERYWHERE, NOW, World, global_id

# The action, its mutation, what that answers, and its input; what has a ? may be left out.
TABLE = """
mark     markForCoaching        mark,existingMark   evaluationId areaIds groupId? idempotencyKey?
add      addConversationsToMark mark                markId conversationIds expectedVersion
remove   removeMark             mark                markId expectedVersion
create   createCoachingGroup    coachingGroup       name areaIds agentIds? idempotencyKey?
update   updateCoachingGroup    coachingGroup       groupId expectedVersion name? areaIds?
delete   deleteCoachingGroup    coachingGroup       groupId expectedVersion
join     addAgentsToGroup       coachingGroup       groupId agentIds withMarks
leave    removeAgentsFromGroup  coachingGroup       groupId agentIds
move     moveMarksToGroup       coachingGroup       groupId markIds
assign   assignCandidate        assignment          agentId name areaIds? idempotencyKey?
dispatch dispatchCoachingGroup  assignments,skipped groupId name expectedVersion? idempotencyKey?
"""
KINDS = {kind: rest for kind, *rest in map(str.split, TABLE.strip().splitlines())}
FIRST = ["mark", "mark", "create"]
OFTEN = ["mark"] * 6 + ["create", "join", "move", "assign", "dispatch"] * 2 + list(KINDS)
FIELDS = {  # what the model calls a member of an input
    "evaluationId": "talks",
    "conversationIds": "talks",
    "areaIds": "areas",
    "groupId": "group",
    "markId": "marks",
    "markIds": "marks",
    "agentId": "agents",
    "agentIds": "agents",
    "name": "name",
    "expectedVersion": "version",
    "withMarks": "with_marks",
    "idempotencyKey": "key",
}
NEW = {"Mark": ("mark", "M"), "CoachingGroup": ("group", "G"), "Assignment": ("assignment", "A")}
NAMES = ("North", " nORTH ", "South", "Straße", "STRASSE", " ")
ASKED = ("north ", "strasse", "")
FREE = " ".join(f"n{n}: groupNameAvailable(name: {json.dumps(s)})" for n, s in enumerate(ASKED))
MARK = """id state version markedBy agent { name } areas { name } conversations { id }
    group { id } assignment { id }"""
ROWS = """assignments(first: 100) { nodes { id name areas { name } agentAssignments(first: 100) {
    nodes { id name agent { name } areas { name } conversations { conversation { id } }
    group { id } } } } }"""
OWN = f"{{ marks(first: 100) {{ nodes {{ {MARK} }} }} {ROWS} }}"
ALL = f"""{{
    marks(first: 100, filter: {{states: [ACTIVE, ASSIGNED, REMOVED]}}) {{ nodes {{ {MARK} }} }}
    {ROWS}
    coachingCandidates(first: 100) {{ nodes {{
        agent {{ name }} areas {{ name }} conversationCount marks {{ id }} }} }}
    coachingGroups(first: 100) {{ nodes {{ id name version canAssign markedConversationCount
        members {{ name }} areas {{ name }} marks {{ id }} }} }}
    {FREE} }}"""


def some_action(model: Model, random: Random) -> Action:
    """Mostly what somebody would do now, so that sequences get far; sometimes anything."""
    if model.keys and random.random() < 0.05:
        return random.choice(list(model.keys.values()))[0]
    sensible = random.random() < 0.8
    pending = [each.label for each in model.groups.values() if each.state == "PENDING"]
    active = [mark.label for mark in model.active()]
    kind = random.choice(OFTEN if pending and active else FIRST if sensible else list(KINDS))
    group = random.choice((pending or [""]) if sensible else [*model.groups, "G0"])
    members = model.groups[group].members if group in model.groups else ()
    candidates = {mark.agent for mark in model.active() if mark.group is None}

    def some(everything: Any, wanted: Any = ()) -> tuple[str, ...]:
        among = sorted(wanted if sensible and wanted else everything)
        found = random.sample(among, random.randint(1, min(2, len(among))))
        return (*found, *found) if random.random() < 0.03 else tuple(found)

    marks = some([*model.marks, "M0"], active)
    marked, of_marks = model.marks.get(marks[0]), kind in {"add", "remove"}
    same = [talk for talk in TALKS if marked and TALKS[talk][0] == marked.agent]
    target: Any = marked if of_marks else model.groups.get(group)
    drawn: dict[str, Any] = {
        "talks": some(TALKS, same if of_marks else ()),
        "areas": some(AREAS),
        "group": group,
        "marks": marks,
        "agents": some(AGENTS, {"leave": members, "assign": candidates}.get(kind)),
        "name": random.choice(NAMES[:-1] if sensible else NAMES),
        "version": (target.version if target else 1) - (random.random() < 0.1),
        "with_marks": random.random() < 0.7,
        "key": f"key {random.randint(1, 20)}",
    }
    chosen: dict[str, Any] = {}
    for name in KINDS[kind][2:]:
        if not name.endswith("?") or random.random() < 0.5:
            field = FIELDS[name.removesuffix("?")]
            single = name.endswith("Id") and field != "group"
            chosen[field] = drawn[field][:1] if single else drawn[field]
    who = random.choice([ANN] + [SUE, THEO] * 4 + [QUINN] * 8)
    return Action(kind=kind, who=who, **chosen)


class Driver:
    """Does the actions to the product, in a workspace of its own."""

    def __init__(self, world: World) -> None:
        self.world = dataclasses.replace(world, workspace_id=uuid.uuid4())
        self.name = str(self.world.workspace_id)
        self.clients: dict[str, Client] = {}
        self.ids: dict[tuple[str, str], str] = {}
        self.labels: dict[str, str] = {}

    async def begin(self) -> None:
        """Everybody and everything that the model knows of."""
        world = self.world
        await world.add(models.Workspace(id=world.workspace_id, name=self.name, created_at=NOW))
        queues = {name: await world.queue(name) for name in ("Billing", "Travel")}
        areas = {name: await world.attribute(name) for name in AREAS}
        form = await world.form(*areas.values())
        agents: dict[str, models.Agent] = {}
        for name, works in AGENTS.items():
            agents[name] = await world.agent(name, *(queues[each] for each in works))
            self._know("agent", name, global_id(agents[name]))
        for number, (label, (agent, queue, evaluated)) in enumerate(TALKS.items()):
            began = NOW + dt.timedelta(hours=number - len(TALKS))
            talk = await world.conversation(agents[agent], queues[queue], started_at=began)
            self._know("conversation", label, global_id(talk))
            if evaluated:
                self._know("evaluation", label, global_id(await world.evaluation(talk, form)))
        for name, area in areas.items():
            self._know("area", name, global_id(area))
        own = (Role.AGENT, (*AGENT, Permission.MARKED_FOR_COACHING_VIEW))
        lead, qa = (Role.SUPERVISOR, COACH), (Role.QA, EVERYWHERE)
        for name, (role, may) in {SUE: lead, THEO: lead, QUINN: qa, ANN: own}.items():
            works_in, agent_of = tuple(queues[q] for q in QUEUES[name]), agents.get(name)
            user = await world.user(role, *may, name=name, queues=works_in, agent=agent_of)
            self.clients[name] = world.client(user)
        await rebuilding.run(world.database, workspace=self.name)

    async def do(self, action: Action) -> Told:
        """Do it; what is told."""
        mutation, answered, *_ = KINDS[action.kind]
        kind = mutation[0].upper() + mutation[1:] + "Input!"
        asked = " ".join(f"{each} {{ id }}" for each in answered.split(",")) + " errors { code }"
        text = f"mutation($input: {kind}) {{ {mutation}(input: $input) {{ {asked} }} }}"
        answer = await self.clients[action.who].ask(text, input=self._input(action))
        if "errors" in answer.body:
            return tuple({error["extensions"]["code"] for error in answer.errors})
        *shown, errors = answer.data[mutation].values()
        lists = [each if isinstance(each, list) else [each] for each in shown if each]
        codes = [error["code"] for error in errors] or ["DONE"]
        return (*codes, *(self._label(row["id"]) for rows in lists for row in rows))

    def _input(self, action: Action) -> dict[str, Any]:
        coaching = action.kind in {"assign", "dispatch"}
        found: dict[str, Any] = {"followUpOn": TOMORROW} if coaching else {}
        for name in (each.removesuffix("?") for each in KINDS[action.kind][2:]):
            value = getattr(action, FIELDS[name])
            if value not in {None, "", ()}:
                found[name] = self._ids(name, value) if "Id" in name else value
        return found

    def _ids(self, name: str, labels: Any) -> Any:
        what, never = name[: name.index("Id")], encode("Mark", uuid.uuid4())
        labels = [labels] if isinstance(labels, str) else labels
        ids = [self.ids.get((what, label), never) for label in labels]
        return ids if name.endswith("s") else ids[0]

    def _know(self, what: str, label: str, id_: str) -> None:
        self.ids[what, label], self.labels[id_] = id_, label

    def _label(self, id_: str) -> str:
        """What the model calls it; a new one gets the next number."""
        if id_ not in self.labels:
            what, letter = NEW[(decode(id_) or ("",))[0]]
            self._know(what, f"{letter}{sum(what == each for each, _ in self.ids) + 1}", id_)
        return self.labels[id_]

    async def read(self, who: str) -> Any:
        """All that somebody reads."""
        return self._plain((await self.clients[who].ask(OWN if who == ANN else ALL)).data)

    def _plain(self, value: Any) -> Any:
        """An object as the tuple of its fields, or as the only one; an id as its label."""
        if isinstance(value, list):
            return [self._plain(each) for each in value]
        if isinstance(value, dict):
            fields = tuple(self._plain(each) for each in value.values())
            return fields if len(fields) > 1 else fields[0]
        return self.labels.get(value, value) if isinstance(value, str) else value


def seen(model: Model, who: str) -> tuple[Any, ...]:
    """What somebody must read, each list in its order; an agent nothing of groups (V2, V6)."""
    marks = [mark for mark in reversed(model.marks.values()) if reaches(who, mark.agent)]
    if who == ANN:
        active = [mark_seen(who, mark) for mark in marks if mark.state == "ACTIVE"]
        return active, rows_seen(model, who)
    candidates = []
    for agent in sorted(filter(lambda each: reaches(who, each), AGENTS)):
        if mine := model.waiting(agent):
            areas = sorted({area for mark in mine for area in mark.areas})
            count = len(talks_heard(who, mine))
            candidates.append((agent, areas, count, [mark.label for mark in mine]))
    groups = []
    for group in sorted(model.groups.values(), key=lambda each: each.name.casefold()):
        if group.state == "PENDING" and model.in_reach(who, group):
            mine = [mark for mark in model.active(group) if reaches(who, mark.agent)]
            count = len(talks_heard(who, mine))
            members = sorted(agent for agent in group.members if reaches(who, agent))
            own = (group.label, group.name, group.version, count > 0, count)
            labels = [mark.label for mark in mine]
            groups.append((*own, members, sorted(group.areas), labels))
    free = [model.free(name) for name in ASKED]
    return [mark_seen(who, m) for m in marks], rows_seen(model, who), candidates, groups, *free


def talks_heard(who: str, those: Iterable[Mark | Assignment]) -> list[str]:
    return [t for t in TALKS if hears(who, t) and any(t in each.talks for each in those)]


def mark_seen(who: str, mark: Mark) -> tuple[Any, ...]:
    about = (mark.agent, sorted(mark.areas), talks_heard(who, [mark]))
    rest = (None, None) if who == ANN else (mark.group, mark.assignment)
    return (mark.label, mark.state, mark.version, mark.by, *about, *rest)


def rows_seen(model: Model, who: str) -> list[tuple[Any, ...]]:
    """The Assignments tab, newest first: single ones, and sent groups where these are seen."""
    rows: dict[str, tuple[Any, ...]] = {}
    for each in model.assignments.values():
        group = model.groups[each.group] if each.group and who != ANN else None
        there = model.in_reach(who, group) if group else reaches(who, each.agent)
        key, name = (group.label, group.name) if group else (each.label, each.name)
        if there:
            rows.setdefault(key, (key, name, sorted(each.areas), []))
        if reaches(who, each.agent):
            about = (each.agent, sorted(each.areas), talks_heard(who, [each]))
            rows[key][-1].append((each.label, each.name, *about, group and group.label))
    return list(reversed(rows.values()))


@settings(
    max_examples=5,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # A seed has none beside it that is simpler.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Evenly at random: Hypothesis' own choices, few as they are, dwell on the smallest.
@given(random=st.randoms(use_true_random=True))
async def test_any_sequence_of_actions_ends_where_sections_3_to_5_say(world: World, random: Random):
    driver, model = Driver(world), Model()
    await driver.begin()
    for _ in range(40):
        action = some_action(model, random)
        note(str(action))
        told = await driver.do(action)
        event(f"{action.kind}: {told[0]}")
        assert told == model.apply(action), action
        # A refusal changes nothing; who sees everything would see it.
        for who in QUEUES if told[0] == "DONE" else [QUINN]:
            assert await driver.read(who) == seen(model, who), f"{who} after {action}"
    report = await check.run(world.database, workspace=driver.name)
    assert report is not None
    assert not report.counts
