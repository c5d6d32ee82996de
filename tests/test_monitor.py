"""Which coaching the Coaching Monitor shows, in which order, and to whom (C1, C2)."""

import datetime as dt
import uuid
from typing import Any

import pytest

import models
from models import Role
from schema.node import encode
from tests import scoring
from tests.client import Client
from tests.scoring import Scene, day, midnight, noon
from tests.world import AGENT, COACH, EVERYWHERE, SUPERVISOR, World, global_id

LIST = """query($first: Int, $after: String, $last: Int, $before: String, $filter: MonitorFilter) {
    coachingMonitor(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    totalCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    nodes { agent { name } } } }"""
ROW = """{ coachingMonitor(first: 9) { nodes { assignedAt followUpOn agent { id name agentId }
    attributes { name } assignment { id } } } }"""
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
async def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return await scoring.scene(world, monkeypatch)


async def page(scene: Scene, client: Client | None = None, /, **given: Any) -> Any:
    if not {"first", "last"} & given.keys():
        given["first"] = 100
    return await scene.ask(LIST, client, **given)


async def names(scene: Scene, client: Client | None = None, /, **filter_: Any) -> list[str]:
    """The agents of the rows that a filter leaves, in the answer's order."""
    found = await page(scene, client, filter=filter_)
    assert found["totalCount"] == len(found["nodes"])
    return [node["agent"]["name"] for node in found["nodes"]]


def assigned(**days: int) -> dict[str, Any]:
    """A filter by assigned date: `from_` and `to` are days."""
    return {"date": {"assignedOn": ends(**days)}}


def follow_up(**days: int) -> dict[str, Any]:
    return {"date": {"followUpOn": ends(**days)}}


def ends(**days: int) -> dict[str, str]:
    return {name.rstrip("_"): day(number).isoformat() for name, number in days.items()}


async def test_a_row_is_one_agents_coaching(scene: Scene):
    ann = await scene.agent()
    made = await scene.coach(ann, -2, scene.empathy, scene.calm, follow_up_on=day(5))
    (row,) = (await scene.ask(ROW))["nodes"]
    assert row == {
        "assignedAt": made.assigned_at.isoformat(),
        "followUpOn": day(5).isoformat(),
        "agent": {"id": global_id(ann), "name": "Ann", "agentId": ann.agent_id},
        "attributes": [{"name": "Calm"}, {"name": "Empathy"}],
        "assignment": {"id": global_id(made)},
    }


async def test_without_a_filter_it_is_what_was_assigned_today_and_the_6_days_before(scene: Scene):
    for number in (-8, -7, -6, -1, 0):
        await scene.coach(await scene.agent(f"{number}"), number)
    expected = ["0", "-1", "-6"]
    assert await names(scene) == expected
    assert await names(scene, date=None) == await names(scene, date={"assignedOn": {}}) == expected
    (found,) = (await scene.client.ask("CoachingMonitor", first=9)).data.values()
    assert [node["agent"]["name"] for node in found["nodes"]] == expected


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
async def test_the_last_7_days_end_and_begin_at_the_workspaces_midnight(scene: Scene, zone: str):
    await scene.settings(time_zone=zone)
    first, ended = midnight(-6, zone), midnight(1, zone)
    for name, moment in {
        "too early": first - SECOND,
        "first": first,
        "last": ended - SECOND,
        "too late": ended,
    }.items():
        await scene.coach(await scene.agent(name), moment)
    for now in (midnight(0, zone), ended - SECOND):
        scene.now = now
        assert await names(scene) == ["last", "first"]
        assert await names(scene, **assigned(from_=-6, to=0)) == ["last", "first"]
    scene.now = ended
    assert await names(scene) == ["too late", "last"]
    assert await names(scene, **assigned(to=-7)) == ["too early"]
    assert await names(scene, **assigned(from_=1)) == ["too late"]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_a_follow_up_without_days_is_todays_in_the_workspaces_time_zone(
    scene: Scene, zone: str
):
    await scene.settings(time_zone=zone)
    for number in (-1, 0, 1):
        await scene.coach(await scene.agent(f"{number}"), -40, follow_up_on=day(number))
    for now, expected in ((midnight(0, zone), "0"), (midnight(1, zone) - SECOND, "0")):
        scene.now = now
        assert await names(scene, **follow_up()) == [expected]
    scene.now = midnight(1, zone)
    assert await names(scene, **follow_up()) == ["1"]


@pytest.mark.parametrize("by", ["assignedOn", "followUpOn"])
async def test_ends_that_are_not_named_are_open(scene: Scene, by: str):
    for number in (-30, -3, 20):
        await scene.coach(await scene.agent(f"{number}"), number, follow_up_on=day(number))

    async def found(**days: int) -> set[str]:
        return set(await names(scene, date={by: ends(**days)}))

    assert await found(from_=-3) == {"-3", "20"}
    assert await found(to=-3) == {"-30", "-3"}
    assert await found(from_=-3, to=-3) == {"-3"}
    assert await found(from_=-2, to=19) == set()
    whole = {"from": "0001-01-01", "to": "9999-12-31"}
    assert set(await names(scene, date={by: whole})) == {"-30", "-3", "20"}
    assert await names(scene, date={by: {"to": "0001-01-01"}}) == []
    assert await names(scene, date={by: {"from": "9999-12-31"}}) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_the_ends_of_the_calendar_may_be_named_in_every_time_zone(scene: Scene, zone: str):
    await scene.settings(time_zone=zone)
    await scene.coach(await scene.agent(), -1)
    for ends_, expected in (
        ({"from": "0001-01-01"}, ["Ann"]),
        ({"to": "9999-12-31"}, ["Ann"]),
        ({"from": "9999-12-31"}, []),
        ({"to": "0001-01-01"}, []),
    ):
        assert await names(scene, date={"assignedOn": ends_}) == expected


@pytest.mark.parametrize(
    "date",
    [
        {},
        {"assignedOn": {}, "followUpOn": {}},
        {"assignedOn": None},
        {"assignedOn": None, "followUpOn": {}},
        {"assignedOn": {"from": "2026-03-02", "to": "2026-03-01"}},
        {"followUpOn": {"from": "2026-03-02", "to": "2026-03-01"}},
        {"assignedOn": {"from": "yesterday"}},
        {"assignedOn": {"from": "2026-02-30"}},
    ],
    ids=str,
)
async def test_not_just_one_date_or_days_that_are_none_are_bad_input(
    scene: Scene, date: dict[str, Any]
):
    assert await scene.code(LIST, first=9, filter={"date": date}) == "BAD_USER_INPUT"


@pytest.mark.parametrize("name", ["attributeIds", "agentGroupIds", "agentIds"])
async def test_a_list_of_more_than_250_is_bad_input(scene: Scene, name: str):
    ids = [encode("Agent", uuid.uuid4()) for _ in range(251)]
    assert await scene.code(LIST, first=9, filter={name: ids}) == "BAD_USER_INPUT"
    assert await names(scene, **{name: ids[:250]}) == []


async def test_rows_are_filtered_by_attribute_team_and_agent(scene: Scene):
    old, new = await scene.team("Old hands"), await scene.team("New hires")
    ann = await scene.agent("Ann", agent_group_id=old.id)
    ben = await scene.agent("Ben", agent_group_id=new.id)
    cy = await scene.agent("Cy")
    await scene.coach(ann, -3)
    await scene.coach(ben, -2, scene.calm)
    await scene.coach(cy, -1, scene.empathy, scene.calm)

    async def found(**rows: models.Attribute | models.AgentGroup | models.Agent) -> list[str]:
        return await names(scene, **{f"{name}Ids": [global_id(row)] for name, row in rows.items()})

    assert await found(attribute=scene.empathy) == ["Cy", "Ann"]
    assert await found(attribute=scene.calm) == ["Cy", "Ben"]
    assert await found(agentGroup=new) == ["Ben"]
    assert await found(agent=cy) == ["Cy"]
    assert await found(attribute=scene.calm, agentGroup=new) == ["Ben"]
    assert await found(attribute=scene.empathy, agentGroup=new) == []
    assert await found(agent=ann, agentGroup=old, attribute=scene.empathy) == ["Ann"]
    both = [global_id(scene.empathy), global_id(scene.calm)]
    assert await names(scene, attributeIds=both) == ["Cy", "Ben", "Ann"]
    assert await names(scene, agentIds=[], agentGroupIds=None) == ["Cy", "Ben", "Ann"]
    combined = {"agentIds": [global_id(ann), global_id(cy)], **assigned(to=-2)}
    assert await names(scene, **combined) == ["Ann"]
    for nowhere in ("x", global_id(ann), encode("AgentGroup", uuid.uuid4())):
        assert await names(scene, agentGroupIds=[nowhere]) == []


async def test_cancelled_coaching_is_left_out_and_completed_coaching_is_not(scene: Scene):
    await scene.coach(await scene.agent("Gone"), cancelled_at=scene.now, follow_up_on=day(0))
    done = await scene.agent("Done")
    talk = await scene.world.conversation(done, scene.billing)
    await scene.world.assignment(
        done, scene.qa, talk, reviewed=1, assigned_at=noon(-1), follow_up_on=day(0)
    )
    assert await names(scene) == await names(scene, **follow_up()) == ["Done"]


@pytest.mark.parametrize("by", ["assignedOn", "followUpOn"])
async def test_the_newest_assignment_and_the_earliest_follow_up_come_first(scene: Scene, by: str):
    made = {}
    for name, number in {"a": -5, "b": -4, "b too": -4, "c": -2, "d": 0}.items():
        agent = await scene.agent(name)
        made[name] = await scene.coach(agent, number, follow_up_on=day(number))
    newest_first = by == "assignedOn"
    ties = sorted(("b", "b too"), key=lambda name: made[name].id, reverse=newest_first)
    expected = ["d", "c", *ties, "a"] if newest_first else ["a", *ties, "c", "d"]
    filter_ = {"date": {by: ends(from_=-9)}}
    assert await names(scene, **filter_) == expected
    for size, near, info in (("first", "after", "endCursor"), ("last", "before", "startCursor")):
        seen: list[list[str]] = []
        place: dict[str, Any] = {}
        more = True
        while more:
            found = await page(scene, **{size: 2}, **place, filter=filter_)
            seen.append([node["agent"]["name"] for node in found["nodes"]])
            place = {near: found["pageInfo"][info]}
            more = found["pageInfo"]["hasNextPage" if size == "first" else "hasPreviousPage"]
        in_order = seen if size == "first" else seen[::-1]
        assert [name for part in in_order for name in part] == expected
        assert [len(part) for part in seen] == [2, 2, 1]


async def test_a_cursor_is_good_for_the_filter_that_it_came_from_and_no_other(scene: Scene):
    for name in ("Ann", "Ben"):
        await scene.coach(await scene.agent(name), -1, follow_up_on=day(0))
    same = {"attributeIds": [global_id(scene.empathy)], **assigned(from_=-5, to=0)}
    cursor = (await page(scene, first=1, filter=same))["pageInfo"]["endCursor"]
    assert len((await page(scene, after=cursor, filter=same))["nodes"]) == 1
    others: list[dict[str, Any]] = [
        {},
        {**same, "attributeIds": [global_id(scene.calm)]},
        {**same, **assigned(from_=-4, to=0)},
        {**same, **follow_up(from_=-5, to=0)},
    ]
    for other in others:
        assert await scene.code(LIST, first=1, after=cursor, filter=other) == "BAD_CURSOR"
    assert await scene.code(LIST, first=1, after="x", filter=same) == "BAD_CURSOR"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.QA])
async def test_a_coach_reaches_the_agents_of_shared_queues(scene: Scene, role: Role):
    travel = await scene.world.queue("Travel")
    for name, *works in (("Ann", scene.billing), ("Tom", travel), ("Both", scene.billing, travel)):
        await scene.coach(await scene.world.agent(name, *works))
    reached: list[tuple[tuple[models.Queue, ...], set[str]]] = [
        ((travel,), {"Tom", "Both"}),
        ((), set()),
    ]
    for queues, expected in reached:
        user = await scene.world.user(role, *COACH, queues=queues)
        assert set(await names(scene, scene.world.client(user))) == expected
    user = await scene.world.user(role, *EVERYWHERE)
    assert len(await names(scene, scene.world.client(user))) == 3


async def test_group_members_are_rows_for_a_supervisor_who_sees_no_groups(scene: Scene):
    agents = [await scene.agent("Ann"), await scene.agent("Ben")]
    await scene.sent(agents, -2)
    await scene.coach(await scene.agent("Cy"), -3)
    for client in (await scene.lead(scene.billing, more=SUPERVISOR), scene.client):
        assert sorted(await names(scene, client)) == ["Ann", "Ben", "Cy"]


async def test_it_is_read_by_role_and_the_coaching_itself_by_permission(scene: Scene):
    await scene.coach(await scene.agent("Ann"))
    client = await scene.lead(scene.billing, more=())
    assert await names(scene, client) == ["Ann"]
    assert await scene.code(ROW, client) == "GRAPHQL_VALIDATION_FAILED"
    scores = "{ coachingMonitor(first: 9) { nodes { compare { koreEvaluation { trend } } } } }"
    assert len((await scene.ask(scores, client))["nodes"]) == 1


@pytest.mark.parametrize("role", [Role.AGENT, Role.PARTNER])
async def test_it_does_not_exist_for_agents_and_partners(scene: Scene, role: Role):
    agent = await scene.agent()
    await scene.coach(agent)
    own = agent if role is Role.AGENT else None
    user = await scene.world.user(role, *AGENT, *EVERYWHERE, queues=(scene.billing,), agent=own)
    client = scene.world.client(user)
    for text in (LIST, ROW, '{ __type(name: "CoachingMonitorRow") { name } }'):
        hidden = await client.ask(text)
        never = await client.ask(text.replace("oachingMonitor", "oachingGazette"))
        assert hidden.response.status_code == never.response.status_code
        told = never.response.text.replace("oachingGazette", "oachingMonitor")
        assert hidden.response.text == told
        assert not (hidden.body.get("data") or {}).get("coachingMonitor")
