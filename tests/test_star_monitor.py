"""The monitor on real chats: every number of every agent, held to a count from the raw records."""

import datetime as dt
import random
import zoneinfo
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Permission, Role
from models.workspace import day_of
from resolvers import check, importing
from tests import monitor_model as model
from tests.client import Client
from tests.monitor_model import History, Scored
from tests.test_star import FILES, lines, of_kind, pytestmark  # noqa: F401 - skipped without them
from tests.world import EVERYWHERE, World, global_id

ZONES = ("America/New_York", "Asia/Kolkata", "Pacific/Auckland")
GROUPS, MEMBERS = 3, 12
DAY = dt.timedelta(days=1)

SETTINGS = """mutation($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) {
    workspace { timeZone version } errors { code message } } }"""
CHANGE = "{ atAssignedDate current difference trend }"
MONITOR = f"""query($filter: MonitorFilter, $after: String) {{
    coachingMonitor(first: 100, filter: $filter, after: $after) {{
    pageInfo {{ hasNextPage endCursor }} nodes {{
        agent {{ agentId }} attributes {{ name }} agentScorecardScore koreEvaluationScore
        compare {{ agentScorecard {CHANGE} koreEvaluation {CHANGE} }}
        assignment {{ id progress {{ attribute {{ name }} score {CHANGE} }} }} }} }} }}"""


@dataclass
class Coaching:
    """An assignment as the test made it."""

    id: str
    agent: str
    assigned_at: dt.datetime
    areas: frozenset[str]
    group: str | None


class Scene:
    def __init__(self, world: World, qa: Client) -> None:
        self.world = world
        self.qa = qa
        (form,), (card,) = of_kind("form"), of_kind("scorecard")
        names = {each["external_id"]: each["name"] for each in of_kind("attribute")}
        self.names = names
        self.percents = card["weights"]
        agents = {each["external_id"]: each for each in of_kind("agent")}
        self.queues = {each["agent_id"]: set(each["queues"]) for each in agents.values()}
        talks = {one["external_id"]: agents[one["agent"]]["agent_id"]
                 for one in of_kind("conversation")}  # fmt: skip
        records = list(of_kind("evaluation"))
        newest = max(dt.datetime.fromisoformat(one["evaluated_at"]) for one in records)
        self.now = dt.datetime.now(dt.UTC)
        self.days = (self.now.date() - newest.date()).days - 1
        self.scored: dict[str, list[Scored]] = defaultdict(list)
        for one in records:
            who = talks[one["conversation"]]
            self.scored[who].append(model.scored(one, form, self.days * DAY))
        self.coaching: list[Coaching] = []

    async def coach(self) -> None:
        """Give every agent coaching of their own, and some of them a group's."""
        chance = random.Random(7)  # noqa: S311 - the same coaching every time
        async with self.world.database.read() as session:
            by_id = sa.select(models.Agent).order_by(models.Agent.agent_id)
            rows = (await session.scalars(by_id)).all()
            areas = {a.external_id: a for a in await session.scalars(sa.select(models.Attribute))}
            by = (await session.scalars(sa.select(models.User))).first()
        assert by is not None
        listed = sorted(areas)
        for row in rows:
            at = self.now - chance.uniform(0, 10) * DAY
            chosen = chance.sample(listed, chance.randint(1, 2))
            await self._assign(row, by, at, [areas[name] for name in chosen], None)
        sent = self.now - 8 * DAY
        for number in range(GROUPS):
            members = chance.sample(list(rows), MEMBERS)
            shared = [areas[name] for name in chance.sample(listed, 2)]
            group = await self.world.group(by, *members, name=f"Group {number}", assigned_at=sent)
            owner = {"workspace_id": self.world.workspace_id, "group_id": group.id}
            await self.world.add(
                *(models.CoachingGroupArea(**owner, attribute_id=area.id) for area in shared)
            )
            for row in members:
                await self._assign(row, by, sent, shared, group)

    async def _assign(
        self,
        row: models.Agent,
        by: models.User,
        at: dt.datetime,
        areas: list[models.Attribute],
        group: models.CoachingGroup | None,
    ) -> None:
        made = await self.world.assignment(
            row, by, areas=tuple(areas), assigned_at=at, group_id=group.id if group else None
        )
        names = frozenset(area.external_id for area in areas)
        of = global_id(group) if group else None
        self.coaching.append(Coaching(global_id(made), row.agent_id, at, names, of))

    def history(self, agent: str, zone: str) -> History:
        return History(self.scored[agent], zoneinfo.ZoneInfo(zone))

    def change(self, agent: str, attribute: str, at: dt.datetime, zone: str) -> dict[str, Any]:
        history = self.history(agent, zone)
        before, now = day_of(at, zone) - DAY, day_of(self.now, zone)
        return model.change(history.attribute(attribute, before), history.attribute(attribute, now))


@pytest.fixture
async def scene(world: World) -> Scene:
    qa = world.client(await world.user(Role.QA, *EVERYWHERE, Permission.MANAGE_SETTINGS))
    made = Scene(world, qa)
    report = await importing.run(
        world.database, world.workspace_id, lines(*FILES), now=made.now, days=made.days
    )
    assert report.bad_lines == []
    await made.coach()
    return made


async def test_every_number_of_the_monitor_equals_a_count_from_the_raw_records(scene: Scene):
    for version, zone in enumerate(ZONES, start=1):
        given = {"timeZone": zone, "expectedVersion": version}
        moved = (await scene.qa.ask(SETTINGS, input=given)).data["updateWorkspace"]
        assert moved["errors"] == []
        scene.now = dt.datetime.now(dt.UTC)
        await _monitor(scene, zone)
        await _groups(scene, zone)
    checked = await check.run(scene.world.database)
    assert checked is not None
    assert checked.counts == {}


async def _rows(scene: Scene) -> list[dict[str, Any]]:
    """Every row of the monitor, page by page."""
    since = min(each.assigned_at for each in scene.coaching) - DAY
    given: dict[str, Any] = {"filter": {"date": {"assignedOn": {"from": since.date().isoformat()}}}}
    rows: list[dict[str, Any]] = []
    while True:
        page = (await scene.qa.ask(MONITOR, **given)).data["coachingMonitor"]
        rows += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return rows
        given["after"] = page["pageInfo"]["endCursor"]


async def _monitor(scene: Scene, zone: str) -> None:
    rows = await _rows(scene)
    made = {each.id: each for each in scene.coaching}
    assert sorted(row["assignment"]["id"] for row in rows) == sorted(made)
    assert len({row["agent"]["agentId"] for row in rows}) == 80
    for row in rows:
        coaching = made[row["assignment"]["id"]]
        history = scene.history(coaching.agent, zone)
        days = (day_of(coaching.assigned_at, zone) - DAY, day_of(scene.now, zone))
        card = [history.scorecard(scene.percents, day) for day in days]
        kore = [history.kore(day) for day in days]
        assert row["agent"]["agentId"] == coaching.agent
        assert row["agentScorecardScore"] == model.shown(card[1])
        assert row["koreEvaluationScore"] == model.shown(kore[1])
        assert row["compare"] == {
            "agentScorecard": model.change(*card),
            "koreEvaluation": model.change(*kore),
        }
        assert {
            one["attribute"]["name"]: one["score"] for one in row["assignment"]["progress"]
        } == {
            scene.names[name]: scene.change(coaching.agent, name, coaching.assigned_at, zone)
            for name in coaching.areas
        }


async def _groups(scene: Scene, zone: str) -> None:
    groups: dict[str, list[Coaching]] = defaultdict(list)
    for each in scene.coaching:
        if each.group is not None:
            groups[each.group].append(each)
    measured = 0
    for group_id, members in groups.items():
        found = (await scene.qa.ask("GroupOutcome", groupId=group_id)).data["coachingGroup"]
        (areas,) = {each.areas for each in members}
        changes = {
            scene.names[name]: [
                scene.change(each.agent, name, each.assigned_at, zone) for each in members
            ]
            for name in areas
        }
        assert found["outcome"]["statuses"] == [{"status": "YET_TO_START", "count": MEMBERS}]
        assert {one.pop("attribute")["name"]: one for one in found["outcome"]["attributes"]} == {
            name: model.outcome(some) for name, some in changes.items()
        }
        for one in found["effect"]:
            name = one.pop("attribute")["name"]
            expected = model.effect(changes[name], _others(scene, members, name, zone))
            assert one == pytest.approx(expected, abs=0.0051)
            measured += one["result"] == "MEASURED"
    assert measured > 0


def _others(scene: Scene, members: list[Coaching], name: str, zone: str) -> list[dict[str, Any]]:
    """The changes of those whom a group is compared with in an attribute."""
    (key,) = (key for key, shown in scene.names.items() if shown == name)
    at = members[0].assigned_at
    since = day_of(at, zone) - 7 * DAY
    coached = {
        each.agent
        for each in scene.coaching
        if key in each.areas and day_of(each.assigned_at, zone) >= since
    }
    theirs = {each.agent for each in members}
    queues = set().union(*(scene.queues[agent] for agent in theirs))
    return [
        scene.change(agent, key, at, zone)
        for agent in scene.queues
        if agent not in theirs | coached and scene.queues[agent] & queues
    ]
