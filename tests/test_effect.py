"""Whom a sent group is compared with, and what the effect says of it (C6b)."""

import datetime as dt
from typing import Any

import pytest
from scipy import stats

import models
from models import effect as rules
from tests import scoring
from tests.client import Client
from tests.scoring import Scene, midnight, noon
from tests.world import World, global_id

EFFECT = """effect { attribute { name } result difference low high memberChange comparableChange
    members comparableAgents }"""
GROUP = f"query($id: ID!) {{ coachingGroup(id: $id) {{ {EFFECT} }} }}"
ROWS = f"""{{ assignments(first: 100, filter: {{coachingType: GROUP_AGENTS}}) {{ nodes {{
    ... on CoachingGroup {{ id {EFFECT} }} }} }} }}"""
NUMBERS = ("difference", "low", "high", "memberChange", "comparableChange")
SENT = -10
FIRST = SENT - 7
"""The first of the days that agents are compared over."""


@pytest.fixture
async def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return await scoring.scene(world, monkeypatch)


async def effects(scene: Scene, group: models.CoachingGroup, client: Client | None = None) -> Any:
    return (await scene.ask(GROUP, client, id=global_id(group)))["effect"]


async def effect(scene: Scene, group: models.CoachingGroup, client: Client | None = None) -> Any:
    """The effect in the group's only skill."""
    (found,) = await effects(scene, group, client)
    return found


async def rise(scene: Scene, agents: list[models.Agent], *points: float) -> None:
    """Let each of the agents start at 50, and change by so many points, the last for the rest."""
    ups = [*points, *[points[-1]] * len(agents)]
    pairs = list(zip(agents, ups, strict=False))
    await scene.score(*((agent, SENT - 2, 50.0) for agent, _ in pairs))
    await scene.score(*((agent, -1, 50.0 + up) for agent, up in pairs))


async def group_of_3(scene: Scene, *queues: models.Queue) -> models.CoachingGroup:
    """Sent 10 days ago, to members who rose by 9, 10 and 11 points."""
    members = await scene.crowd(3, *queues)
    await rise(scene, members, 9, 10, 11)
    return await scene.sent(members, SENT)


async def compared(scene: Scene, group: models.CoachingGroup, *more: models.Agent) -> int:
    """How many of these agents, who rose too, the group is compared with, of 5 and them."""
    others = await scene.crowd(5)
    await rise(scene, [*others, *more], 2)
    found = await effect(scene, group)
    assert (found["result"], found["members"]) == ("MEASURED", 3)
    return int(found["comparableAgents"]) - 5


async def test_an_effect_is_the_members_change_beyond_that_of_comparable_agents(scene: Scene):
    group = await group_of_3(scene)
    await rise(scene, await scene.crowd(6), 1, 2, 3, 3, 4, 5)
    found = await effect(scene, group)
    student = stats.ttest_ind([9, 10, 11], [1, 2, 3, 3, 4, 5])
    interval = student.confidence_interval(0.95)
    assert found == {
        "attribute": {"name": "Empathy"},
        "result": "MEASURED",
        "difference": 7,
        "low": pytest.approx(interval.low, abs=0.006),
        "high": pytest.approx(interval.high, abs=0.006),
        "memberChange": 10,
        "comparableChange": 3,
        "members": 3,
        "comparableAgents": 6,
    }
    named = (await scene.client.ask("GroupOutcome", groupId=global_id(group))).data
    (same,) = named["coachingGroup"]["effect"]
    assert same["attribute"].pop("id") == global_id(scene.empathy)
    assert same == found


async def test_agents_of_another_queue_are_not_comparable(scene: Scene):
    travel = await scene.world.queue("Travel")
    both, one = await scene.crowd(1, scene.billing, travel), await scene.crowd(1, travel)
    group = await group_of_3(scene)
    assert await compared(scene, group, *both, *one) == 1


async def test_a_queue_of_any_member_is_enough(scene: Scene):
    travel = await scene.world.queue("Travel")
    members = [*await scene.crowd(2), *await scene.crowd(1, travel)]
    await rise(scene, members, 9, 10, 11)
    group = await scene.sent(members, SENT)
    assert await compared(scene, group, *await scene.crowd(2, travel)) == 2


async def test_members_are_not_compared_with_themselves_even_where_they_got_no_assignment(
    scene: Scene,
):
    group = await group_of_3(scene)
    (skipped,) = await scene.crowd(1)
    member = models.CoachingGroupMember(
        workspace_id=scene.world.workspace_id,
        group_id=group.id,
        agent_id=skipped.id,
        added_at=scene.now,
    )
    await scene.world.add(member)
    assert await compared(scene, group, skipped) == 0


@pytest.mark.parametrize(
    ("at", "completed", "comparable"),
    [
        (FIRST, True, 0),
        (FIRST, False, 0),
        (-1, True, 0),
        (0, False, 0),
        (FIRST - 1, True, 1),
        (FIRST - 1, False, 0),
        (-100, True, 1),
        (-100, False, 0),
    ],
)
async def test_who_was_coached_in_the_skill_over_these_days_or_still_is_is_not_comparable(
    scene: Scene, at: int, completed: bool, comparable: int
):
    group = await group_of_3(scene)
    (agent,) = await scene.crowd(1)
    talk = await scene.world.conversation(agent, scene.billing)
    await scene.world.assignment(
        agent, scene.qa, talk, areas=(scene.empathy,), reviewed=int(completed), assigned_at=noon(at)
    )
    assert await compared(scene, group, agent) == comparable


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_the_first_of_the_days_begins_at_the_workspaces_midnight(scene: Scene, zone: str):
    await scene.settings(time_zone=zone)
    scene.now = midnight(0, zone)
    members, (before, at) = await scene.crowd(3), await scene.crowd(2)
    await rise(scene, members, 9, 10, 11)
    group = await scene.sent(members, SENT)
    await scene.change(group, assigned_at=midnight(SENT, zone))
    first = midnight(FIRST, zone)
    for agent, moment in ((before, first - dt.timedelta(seconds=1)), (at, first)):
        talk = await scene.world.conversation(agent, scene.billing)
        await scene.world.assignment(
            agent, scene.qa, talk, areas=(scene.empathy,), reviewed=1, assigned_at=moment
        )
    assert await compared(scene, group, before, at) == 1


async def test_coaching_in_another_skill_or_cancelled_is_none(scene: Scene):
    group = await group_of_3(scene)
    elsewhere, cancelled, twice = await scene.crowd(3)
    await scene.coach(elsewhere, -3, scene.calm)
    await scene.coach(cancelled, -3, cancelled_at=scene.now)
    await scene.coach(twice, -3, cancelled_at=scene.now)
    await scene.coach(twice, -4, scene.calm, scene.empathy)
    assert await compared(scene, group, elsewhere, cancelled, twice) == 2


async def test_agents_and_members_out_of_reach_do_not_count(scene: Scene):
    travel = await scene.world.queue("Travel")
    group = await group_of_3(scene, scene.billing, travel)
    await rise(scene, await scene.crowd(5, travel), 2)
    await rise(scene, await scene.crowd(6, scene.billing), 4)
    assert (await effect(scene, group))["comparableAgents"] == 11
    client = await scene.lead(travel)
    found = await effect(scene, group, client)
    assert (found["comparableAgents"], found["comparableChange"]) == (5, 2)
    far = await group_of_3(scene, scene.billing)
    (tom,) = await scene.crowd(1, travel)
    await scene.world.add(
        models.CoachingGroupMember(
            workspace_id=scene.world.workspace_id,
            group_id=far.id,
            agent_id=tom.id,
            added_at=scene.now,
        )
    )
    assert (await effect(scene, far, client))["members"] == 0


async def test_members_whose_coaching_was_cancelled_do_not_count(scene: Scene):
    members = await scene.crowd(4)
    await rise(scene, members, 9, 10, 11, 50)
    group = await scene.sent(members, SENT, cancelled=members[3:])
    await rise(scene, await scene.crowd(5), 2)
    found = await effect(scene, group)
    assert (found["members"], found["memberChange"], found["comparableAgents"]) == (3, 10, 5)


async def test_agents_without_scores_then_or_now_are_not_compared(scene: Scene):
    group = await group_of_3(scene)
    then, now, _neither = await scene.crowd(3)
    await scene.score((then, SENT - 1, 50.0), (now, 0, 50.0))
    assert await compared(scene, group) == 0


async def test_who_started_far_from_every_member_is_not_compared(scene: Scene):
    group = await group_of_3(scene)
    near, far = await scene.crowd(2)
    for agent, before in ((near, 50 + rules.CALIPER), (far, 50 + rules.CALIPER + 1)):
        await scene.score((agent, SENT - 3, before), (agent, 0, 60.0))
    assert await compared(scene, group) == 1


@pytest.mark.parametrize(("sent", "result"), [(-6, "INSUFFICIENT_DATA"), (-7, "MEASURED")])
async def test_in_the_first_7_days_there_is_no_effect_yet(scene: Scene, sent: int, result: str):
    members, others = await scene.crowd(3), await scene.crowd(6)
    for agent in (*members, *others):
        await scene.score((agent, sent - 1, 50.0), (agent, 0, 60.0))
    found = await effect(scene, await scene.sent(members, sent))
    assert found["result"] == result
    assert (found["members"], found["comparableAgents"]) == ((3, 6) if sent == -7 else (0, 0))


async def test_without_auto_qa_there_is_no_effect_and_nothing_is_counted(scene: Scene):
    group = await group_of_3(scene)
    await rise(scene, await scene.crowd(5), 2)
    await scene.settings(auto_qa=False)
    with scene.world.statements() as statements:
        found = await effect(scene, group)
    assert found["result"] == "INSUFFICIENT_DATA"
    assert [found[name] for name in NUMBERS] == [None] * 5
    assert [each for each in statements if "attribute_day" in each] == []


async def test_too_few_are_insufficient_data_with_the_sizes_alone(scene: Scene):
    group = await group_of_3(scene)
    await rise(scene, await scene.crowd(4), 2)
    found = await effect(scene, group)
    assert (found["result"], found["members"], found["comparableAgents"]) == (
        "INSUFFICIENT_DATA", 3, 4
    )  # fmt: skip
    assert [found[name] for name in NUMBERS] == [None] * 5


async def test_a_group_is_compared_with_at_most_500_agents_and_always_the_same(scene: Scene):
    group = await group_of_3(scene)
    others = await scene.crowd(510)
    await rise(scene, others, *range(50))
    found = await effect(scene, group)
    assert found["comparableAgents"] == rules.SAMPLE == 500
    first = sorted(range(510), key=lambda place: others[place].id)[:500]
    ups = [min(place, 49) for place in first]
    assert found["comparableChange"] == pytest.approx(sum(ups) / 500, abs=0.006)
    assert await effect(scene, group) == found


async def test_each_skill_has_its_own_comparable_agents(scene: Scene):
    members, others = await scene.crowd(3), await scene.crowd(6)
    for agent in (*members, *others):
        await scene.evaluate(agent, SENT - 1, 0.5, 0.5)
        await scene.evaluate(agent, 0, 0.6, 0.5)
    await scene.coach(others[0], -3, scene.calm)
    group = await scene.sent(members, SENT, scene.empathy, scene.calm)
    found = await effects(scene, group)
    assert [
        (each["attribute"]["name"], each["comparableAgents"], each["memberChange"])
        for each in found
    ] == [("Calm", 5, 0), ("Empathy", 6, 10)]


async def test_effects_cost_the_same_for_1_and_for_5_groups(scene: Scene):
    await rise(scene, await scene.crowd(9), 2)
    costs: list[int] = []
    for more in (1, 4):
        for _ in range(more):
            await group_of_3(scene)
        with scene.world.statements() as statements:
            found = await scene.ask(ROWS)
        costs.append(len(statements))
    shown = [
        (node["effect"][0]["result"], node["effect"][0]["difference"]) for node in found["nodes"]
    ]
    assert shown == [("MEASURED", 8)] * 5
    assert len(set(costs)) == 1
