"""What came of coaching: an agent's progress (C5) and a sent group's outcome (C6)."""

from typing import Any

import pytest

import models
from models import Role
from tests import scoring
from tests.client import Client
from tests.scoring import Scene, day, noon
from tests.world import AGENT, COACH, EVERYWHERE, SUPERVISOR, World, global_id

CHANGE = "{ atAssignedDate current difference trend }"
PROGRESS = f"progress {{ attribute {{ name }} score {CHANGE} }}"
ONE = f"query($id: ID!) {{ assignment(id: $id) {{ name {PROGRESS} }} }}"
OUTCOME = """outcome { statuses { status count } attributes { attribute { name }
    meanChange improved declined unchanged withoutData } }"""
GROUP = f"query($id: ID!) {{ coachingGroup(id: $id) {{ {OUTCOME} }} }}"
ROWS = f"""{{ assignments(first: 100, filter: {{coachingType: GROUP_AGENTS}}) {{ nodes {{
    ... on CoachingGroup {{ id {OUTCOME} }} }} }} }}"""
NOTHING = {"atAssignedDate": None, "current": None, "difference": None, "trend": None}


@pytest.fixture
async def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return await scoring.scene(world, monkeypatch)


async def progress(scene: Scene, made: models.Assignment, client: Client | None = None) -> Any:
    """Changes by the name of the skill, in the answer's order."""
    found = (await scene.ask(ONE, client, id=global_id(made)))["progress"]
    return {each["attribute"]["name"]: each["score"] for each in found}


async def outcome(scene: Scene, group: models.CoachingGroup, client: Client | None = None) -> Any:
    return (await scene.ask(GROUP, client, id=global_id(group)))["outcome"]


async def counts(scene: Scene, group: models.CoachingGroup, client: Client | None = None) -> Any:
    """Mean change and the four counts of the group's only skill."""
    (found,) = (await outcome(scene, group, client))["attributes"]
    assert found.pop("attribute") == {"name": "Empathy"}
    return tuple(found.values())


async def members(scene: Scene, **given: tuple[float | None, float | None]) -> list[models.Agent]:
    """Agents with these scores in Empathy, before a coaching of 10 days ago and now."""
    agents = [await scene.agent(name) for name in given]
    for agent, scores in zip(agents, given.values(), strict=True):
        for number, points in zip((-12, -1), scores, strict=True):
            if points is not None:
                await scene.score((agent, number, points))
    return agents


async def test_progress_is_the_change_in_each_coached_skill(scene: Scene):
    ann = await scene.agent()
    made = await scene.coach(ann, -2, scene.empathy, scene.calm)
    await scene.evaluate(ann, -9, 0.4, 0.9)
    await scene.evaluate(ann, -3, 0.5, None)
    await scene.evaluate(ann, 0, 0.6, 0.7)
    found = await progress(scene, made)
    assert list(found) == ["Calm", "Empathy"]
    assert found["Calm"] == {
        "atAssignedDate": 90, "current": 70, "difference": -20, "trend": "DIP"
    }  # fmt: skip
    assert found["Empathy"] == {
        "atAssignedDate": 45, "current": 55, "difference": 10, "trend": "SPIKE"
    }  # fmt: skip
    named = (await scene.client.ask("AgentProgress", assignmentId=global_id(made))).data
    assert len(named["assignment"]["progress"]) == 2


async def test_progress_shows_only_the_skills_that_are_coached(scene: Scene):
    ann = await scene.agent()
    made = await scene.coach(ann, -2, scene.calm)
    assert await progress(scene, made) == {"Calm": NOTHING}
    await scene.evaluate(ann, -1, 0.9, None)
    assert await progress(scene, made) == {"Calm": NOTHING}


async def test_without_auto_qa_progress_has_no_scores_and_reads_none(scene: Scene):
    ann = await scene.agent()
    made = await scene.coach(ann, -2)
    await scene.score((ann, -8, 50), (ann, 0, 60))
    await scene.settings(auto_qa=False)
    with scene.world.statements() as statements:
        assert await progress(scene, made) == {"Empathy": NOTHING}
    assert [each for each in statements if "attribute_day" in each] == []


async def test_one_document_serves_everybody_and_agents_get_no_progress_and_no_sql_for_it(
    scene: Scene,
):
    ann = await scene.agent()
    made = await scene.coach(ann, -2)
    await scene.score((ann, -8, 50), (ann, 0, 60))
    text = f"query($id: ID!) {{ assignment(id: $id) {{ name status {PROGRESS} }} }}"
    agent = scene.world.client(await scene.world.user(Role.AGENT, *AGENT, agent=ann))
    partner = scene.world.client(await scene.world.user(Role.PARTNER, *EVERYWHERE))
    for client in (agent, partner):
        with scene.world.statements() as with_it:
            answer = await client.ask(text, id=global_id(made))
        assert answer.data["assignment"]["progress"] in (None, [])
        assert answer.data["assignment"]["name"] == made.name
        with scene.world.statements() as without:
            await client.ask(text.replace(PROGRESS, ""), id=global_id(made))
        assert len(with_it) == len(without)
    assert (await progress(scene, made))["Empathy"]["difference"] == 10
    hidden = await agent.ask('{ __type(name: "AttributeProgress") { name } }')
    assert hidden.data["__type"] is None


async def test_a_supervisor_without_more_permissions_reads_progress_by_role(scene: Scene):
    ann = await scene.agent()
    await scene.sent([ann], -10)
    made = await scene.coach(ann, -2)
    await scene.score((ann, -8, 50), (ann, 0, 60))
    client = await scene.lead(scene.billing, more=SUPERVISOR)
    assert (await progress(scene, made, client))["Empathy"]["trend"] == "SPIKE"


async def test_progress_costs_the_same_at_1_10_and_100_rows(scene: Scene):
    text = f"{{ assignments(first: 100) {{ nodes {{ ... on Assignment {{ {PROGRESS} }} }} }} }}"
    costs: list[int] = []
    for more in (1, 9, 90):  # added up: 1, 10, 100
        agents = await scene.crowd(more)
        for agent in agents:
            await scene.coach(agent, -2, scene.empathy, scene.calm)
        await scene.score(*((agent, -1, 50.0) for agent in agents))
        with scene.world.statements() as statements:
            found = await scene.ask(text)
        costs.append(len(statements))
    assert len(found["nodes"]) == 100
    assert found["nodes"][0]["progress"][1]["score"]["current"] == 50
    assert len(set(costs)) == 1


async def test_an_outcome_counts_who_improved_and_the_mean_of_all_changes(scene: Scene):
    agents = await members(
        scene, Up=(50, 61), Too=(50, 50.5), Down=(60, 58), Same=(70, 70), New=(None, 99),
        Gone=(99, None),
    )  # fmt: skip
    group = await scene.sent(agents)
    # (11 + 0.5 - 2 + 0) / 4 = 2.375
    assert await counts(scene, group) == (2.38, 2, 1, 1, 2)
    assert (await outcome(scene, group))["statuses"] == [{"status": "YET_TO_START", "count": 6}]
    named = (await scene.client.ask("GroupOutcome", groupId=global_id(group))).data
    assert named["coachingGroup"]["outcome"]["attributes"][0]["meanChange"] == 2.38


async def test_an_outcome_has_each_skill_of_the_group_by_name(scene: Scene):
    ann = await scene.agent()
    await scene.evaluate(ann, -12, 0.5, 0.5)
    await scene.evaluate(ann, 0, 0.4, 0.7)
    found = await outcome(scene, await scene.sent([ann], -10, scene.empathy, scene.calm))
    assert [
        (each["attribute"]["name"], each["meanChange"], each["improved"], each["declined"])
        for each in found["attributes"]
    ] == [("Calm", 20, 1, 0), ("Empathy", -10, 0, 1)]


async def test_where_no_member_has_both_scores_there_is_no_mean(scene: Scene):
    group = await scene.sent(await members(scene, New=(None, 90), Nobody=(None, None)))
    assert await counts(scene, group) == (None, 0, 0, 0, 2)


async def test_members_out_of_reach_are_not_counted(scene: Scene):
    travel = await scene.world.queue("Travel")
    (ann,) = await members(scene, Ann=(50, 60))
    tom = await scene.world.agent("Tom", travel)
    await scene.score((tom, -12, 90), (tom, 0, 10))
    group = await scene.sent([ann, tom])
    client = await scene.lead(scene.billing)
    assert await counts(scene, group, client) == (10, 1, 0, 0, 0)
    found = await outcome(scene, group, client)
    assert found["statuses"] == [{"status": "YET_TO_START", "count": 1}]
    assert await counts(scene, group) == (-35, 1, 1, 0, 0)


async def test_cancelled_coaching_is_not_counted_and_listed_among_the_statuses(scene: Scene):
    ann, ben = await members(scene, Ann=(50, 60), Ben=(50, 90))
    group = await scene.sent([ann, ben], cancelled=[ben])
    assert await counts(scene, group) == (10, 1, 0, 0, 0)
    found = await outcome(scene, group)
    assert found["statuses"] == [
        {"status": "YET_TO_START", "count": 1},
        {"status": "CANCELLED", "count": 1},
    ]


async def test_statuses_are_counted_in_their_order(scene: Scene):
    agents = [await scene.agent(name) for name in "abcd"]
    group = await scene.world.group(
        scene.qa, *agents, assigned_at=noon(-10), follow_up_on=day(1), assignment_name="Coaching"
    )
    for agent, reviewed in zip(agents, (2, 1, 0, 2), strict=True):
        talks = [await scene.world.conversation(agent, scene.billing) for _ in range(2)]
        await scene.world.assignment(
            agent, scene.qa, *talks, reviewed=reviewed, assigned_at=noon(-10), group_id=group.id
        )
    found = await outcome(scene, group)
    assert found == {
        "statuses": [
            {"status": "YET_TO_START", "count": 1},
            {"status": "IN_PROGRESS", "count": 1},
            {"status": "COMPLETED", "count": 2},
        ],
        "attributes": [],
    }


async def test_members_without_an_assignment_are_not_counted(scene: Scene):
    ann, ben = await members(scene, Ann=(50, 60), Ben=(50, 90))
    group = await scene.sent([ann])
    await scene.world.add(
        models.CoachingGroupMember(
            workspace_id=scene.world.workspace_id,
            group_id=group.id,
            agent_id=ben.id,
            added_at=scene.now,
        )
    )
    assert await counts(scene, group) == (10, 1, 0, 0, 0)


async def test_a_pending_group_has_no_outcome_yet(scene: Scene):
    ann = await scene.agent()
    group = await scene.world.group(scene.qa, ann, sent=False)
    text = GROUP.replace(OUTCOME, f"{OUTCOME} effect {{ result }}")
    found = await scene.ask(text, id=global_id(group))
    assert found == {"outcome": None, "effect": []}


async def test_without_auto_qa_an_outcome_is_progress_only(scene: Scene):
    group = await scene.sent(await members(scene, Ann=(50, 60)))
    await scene.settings(auto_qa=False)
    assert await counts(scene, group) == (None, 0, 0, 0, 1)
    assert (await outcome(scene, group))["statuses"] == [{"status": "YET_TO_START", "count": 1}]


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.PARTNER])
async def test_outcome_and_effect_do_not_exist_for_those_who_see_no_groups(
    scene: Scene, role: Role
):
    ann = await scene.agent()
    group = await scene.sent([ann])
    some = AGENT if role is Role.AGENT else SUPERVISOR
    own = ann if role is Role.AGENT else None
    user = await scene.world.user(role, *some, queues=(scene.billing,), agent=own)
    client = scene.world.client(user)
    for name in ("GroupOutcome", "AttributeOutcome", "AttributeEffect", "EffectResult"):
        answer = await client.ask(f'{{ __type(name: "{name}") {{ name }} }}')
        assert answer.data == {"__type": None}
    text = f'{{ node(id: "{global_id(group)}") {{ id ... on CoachingGroup {{ %s {{ x }} }} }} }}'
    for name in ("outcome", "effect"):
        hidden, never = await client.ask(text % name), await client.ask(text % ("z" * len(name)))
        assert hidden.response.text == never.response.text


async def test_outcomes_cost_the_same_for_1_and_for_5_groups(scene: Scene):
    costs: list[int] = []
    for more in (1, 4):
        for _ in range(more):
            agents = await scene.crowd(3)
            await scene.score(*((agent, number, 50.0) for agent in agents for number in (-12, 0)))
            await scene.sent(agents, -10, scene.empathy, scene.calm)
        with scene.world.statements() as statements:
            found = await scene.ask(ROWS)
        costs.append(len(statements))
    assert [node["outcome"]["attributes"][1]["unchanged"] for node in found["nodes"]] == [3] * 5
    assert len(set(costs)) == 1


async def test_a_coach_of_no_member_does_not_find_the_group(scene: Scene):
    group = await scene.sent([await scene.agent()])
    client = await scene.lead(await scene.world.queue("Travel"), more=COACH)
    assert await scene.ask(GROUP, client, id=global_id(group)) is None
