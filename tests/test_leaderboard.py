"""Agents ranked by what Auto QA gave them over some days (B2)."""

from typing import Any

import pytest

import models
from models import Role
from tests import scoring
from tests.client import Client
from tests.scoring import Scene, day, midnight
from tests.world import AGENT, EVERYWHERE, SUPERVISOR, World, global_id

LIST = """query($first: Int, $after: String, $last: Int, $before: String,
    $filter: AgentLeaderboardFilter) {
    agentLeaderboard(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    totalCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    nodes { rank agent { name } evaluationCount koreEvaluationScore agentScorecardScore } } }"""


@pytest.fixture
async def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return await scoring.scene(world, monkeypatch)


async def page(scene: Scene, client: Client | None = None, /, **given: Any) -> Any:
    if not {"first", "last"} & given.keys():
        given["first"] = 100
    return await scene.ask(LIST, client, **given)


async def ranked(
    scene: Scene, client: Client | None = None, /, **filter_: Any
) -> list[tuple[int, str]]:
    """Ranks and names of what a filter leaves, in the answer's order."""
    found = await page(scene, client, filter=filter_)
    assert found["totalCount"] == len(found["nodes"])
    return [(node["rank"], node["agent"]["name"]) for node in found["nodes"]]


def days(first: int, last: int) -> dict[str, str]:
    return {"from": day(first).isoformat(), "to": day(last).isoformat()}


async def scored(scene: Scene, **points: float) -> dict[str, models.Agent]:
    """Agents with an evaluation of today each."""
    agents = {name: await scene.agent(name) for name in points}
    await scene.score(*((agents[name], 0, each) for name, each in points.items()))
    return agents


async def test_the_highest_mean_of_totals_comes_first(scene: Scene):
    ann, ben = await scene.agent("Ann"), await scene.agent("Ben")
    await scene.scorecard((scene.empathy, 75), (scene.calm, 25))
    await scene.evaluate(ann, -1, 0.5, 0.6)
    await scene.evaluate(ann, -1, 0.8, 0.0)
    await scene.evaluate(ann, 0, 0.3, 0.7)
    await scene.evaluate(ben, -6, 0.9, 0.11)
    await scene.agent("Nobody scored")
    found = await page(scene)
    assert found["nodes"] == [
        {
            "rank": 1,
            "agent": {"name": "Ben"},
            "evaluationCount": 1,
            "koreEvaluationScore": 50.5,
            "agentScorecardScore": 70.25,
        },
        {
            "rank": 2,
            "agent": {"name": "Ann"},
            "evaluationCount": 3,
            "koreEvaluationScore": 48.33,
            "agentScorecardScore": 50.83,
        },
    ]


async def test_agents_of_equal_scores_share_a_rank_and_the_next_one_is_left_out(scene: Scene):
    agents = await scored(scene, A=70.0, B=90.0, C=70.0, D=10.0)
    await scene.score((agents["A"], -1, 70.0))  # the same mean of two
    found = await ranked(scene)
    assert [rank for rank, _ in found] == [1, 2, 2, 4]
    assert [found[0], found[3]] == [(1, "B"), (4, "D")]


async def test_scores_that_differ_by_less_than_is_shown_are_ranked_all_the_same(scene: Scene):
    ann, ben = await scene.agent("Ann"), await scene.agent("Ben")
    await scene.score((ann, 0, 66.66), (ann, 0, 66.67), (ann, 0, 66.67), (ben, 0, 66.67))
    assert await ranked(scene) == [(1, "Ben"), (2, "Ann")]
    assert {node["koreEvaluationScore"] for node in (await page(scene))["nodes"]} == {66.67}


async def test_scores_below_0_are_ranked_below(scene: Scene):
    await scored(scene, A=-0.5, B=0.0, C=-80.0, D=0.25)
    assert await ranked(scene) == [(1, "D"), (2, "B"), (3, "A"), (4, "C")]


async def test_without_days_it_is_today_and_the_6_days_before(scene: Scene):
    for number in (-7, -6, 0, 1):
        await scene.score((await scene.agent(f"{number}"), number, 50.0 + number))
    assert [name for _, name in await ranked(scene)] == ["0", "-6"]
    assert await ranked(scene, **{"from": None, "to": None}) == await ranked(scene)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_today_is_the_workspaces(scene: Scene, zone: str):
    await scene.settings(time_zone=zone)
    ann = await scene.agent()
    await scene.evaluate(ann, midnight(0, zone), 0.5, 0.5)
    for now, there in ((0, True), (6, True), (7, False)):
        scene.now = midnight(now, zone)
        assert bool(await ranked(scene)) is there
    assert await ranked(scene, **days(0, 0)) == [(1, "Ann")]
    assert await ranked(scene, **days(-1, -1)) == await ranked(scene, **days(1, 1)) == []


async def test_days_include_both_ends(scene: Scene):
    for number in (-20, -19, -10, -9):
        await scene.score((await scene.agent(f"{number}"), number, 50.0 + number))
    assert [name for _, name in await ranked(scene, **days(-19, -10))] == ["-10", "-19"]
    assert [name for _, name in await ranked(scene, **days(-20, -20))] == ["-20"]


async def test_scorecard_scores_are_of_the_same_days(scene: Scene):
    await scene.scorecard((scene.empathy, 100))
    ann = await scene.agent()
    await scene.evaluate(ann, -30, 0.9, 0.9)
    await scene.evaluate(ann, 0, 0.1, 0.1)
    (then,) = (await page(scene, filter=days(-31, -30)))["nodes"]
    (now,) = (await page(scene))["nodes"]
    assert (then["agentScorecardScore"], now["agentScorecardScore"]) == (90, 10)


@pytest.mark.parametrize(
    "filter_",
    [
        {"from": "2026-03-01"},
        {"to": "2026-03-01"},
        {"from": "2026-03-01", "to": None},
        {"from": "2026-03-02", "to": "2026-03-01"},
        {"from": "2026-01-01", "to": "2026-04-03"},  # 93 days
        {"from": "0001-01-01", "to": "9999-12-31"},
        {"queueIds": ["x"] * 251},
        {"agentGroupIds": ["x"] * 251},
    ],
    ids=str,
)
async def test_half_of_the_days_none_or_too_many_are_bad_input(
    scene: Scene, filter_: dict[str, Any]
):
    assert await scene.code(LIST, first=9, filter=filter_) == "BAD_USER_INPUT"


async def test_92_days_may_be_ranked_at_once_anywhere_in_the_calendar(scene: Scene):
    await scored(scene, A=70.0)
    assert await ranked(scene, **{"from": "2026-01-01", "to": "2026-04-02"}) == [(1, "A")]
    assert await ranked(scene, **{"from": "9999-12-01", "to": "9999-12-31"}) == []
    assert await ranked(scene, **{"from": "0001-01-01", "to": "0001-01-01"}) == []


async def test_agents_are_filtered_by_queue_and_team_and_ranked_among_the_rest(scene: Scene):
    travel, team = await scene.world.queue("Travel"), await scene.team()
    agents = {
        "Ann": await scene.world.agent("Ann", scene.billing),
        "Ben": await scene.world.agent("Ben", scene.billing, travel, agent_group_id=team.id),
        "Cy": await scene.world.agent("Cy", travel),
        "Di": await scene.world.agent("Di", agent_group_id=team.id),
    }
    await scene.score(*((agent, 0, 80.0 - place) for place, agent in enumerate(agents.values())))

    async def names(queues: list[str], teams: list[str]) -> list[tuple[int, str]]:
        return await ranked(scene, queueIds=queues, agentGroupIds=teams)

    assert await names([global_id(travel)], []) == [(1, "Ben"), (2, "Cy")]
    assert await names([], [global_id(team)]) == [(1, "Ben"), (2, "Di")]
    assert await names([global_id(scene.billing)], [global_id(team)]) == [(1, "Ben")]
    both = [global_id(scene.billing), global_id(travel)]
    assert await names(both, []) == [(1, "Ann"), (2, "Ben"), (3, "Cy")]  # each once
    assert await names(["x"], []) == await names([], [global_id(travel)]) == []
    assert len(await names([], [])) == 4


@pytest.mark.parametrize("size", ["first", "last"])
async def test_pages_give_every_agent_once_and_last_the_lowest(scene: Scene, size: str):
    await scored(scene, A=90.0, B=70.0, C=70.0, D=70.0, E=-5.0)
    whole = await page(scene)
    expected = [(node["rank"], node["agent"]["name"]) for node in whole["nodes"]]
    assert [rank for rank, _ in expected] == [1, 2, 2, 2, 5]
    near, info, more = {
        "first": ("after", "endCursor", "hasNextPage"),
        "last": ("before", "startCursor", "hasPreviousPage"),
    }[size]
    seen: list[list[tuple[int, str]]] = []
    place: dict[str, Any] = {}
    there = True
    while there:
        found = await page(scene, **{size: 2}, **place)
        assert found["totalCount"] == 5
        seen.append([(node["rank"], node["agent"]["name"]) for node in found["nodes"]])
        place = {near: found["pageInfo"][info]}
        there = found["pageInfo"][more]
    in_order = seen if size == "first" else seen[::-1]
    assert [each for part in in_order for each in part] == expected
    if size == "last":
        assert seen[0] == expected[-2:]


async def test_a_cursor_is_bound_to_its_filter(scene: Scene):
    await scored(scene, A=90.0, B=70.0)
    cursor = (await page(scene, first=1))["pageInfo"]["endCursor"]
    assert len((await page(scene, after=cursor))["nodes"]) == 1
    for filter_ in (days(-6, 0), {"queueIds": [global_id(scene.billing)]}):
        assert await scene.code(LIST, first=1, after=cursor, filter=filter_) == "BAD_CURSOR"


async def test_a_supervisor_ranks_the_agents_in_reach_among_themselves(scene: Scene):
    travel = await scene.world.queue("Travel")
    top, tom = await scene.agent("Top"), await scene.world.agent("Tom", travel)
    await scene.score((top, 0, 99.0), (tom, 0, 1.0))
    assert await ranked(scene, await scene.lead(travel, more=())) == [(1, "Tom")]
    of_others = {"queueIds": [global_id(scene.billing)]}
    assert await ranked(scene, await scene.lead(travel), **of_others) == []
    assert await ranked(scene, await scene.lead()) == []
    assert await ranked(scene) == [(1, "Top"), (2, "Tom")]


async def test_without_auto_qa_it_is_empty_and_reads_no_scores(scene: Scene):
    await scored(scene, A=90.0)
    await scene.settings(auto_qa=False)
    with scene.world.statements() as statements:
        assert await ranked(scene) == []
    assert [each for each in statements if "agent_day" in each] == []
    assert await scene.code(LIST, first=9, filter={"to": "2026-03-01"}) == "BAD_USER_INPUT"


@pytest.mark.parametrize("role", [Role.AGENT, Role.PARTNER])
async def test_it_does_not_exist_for_agents_and_partners(scene: Scene, role: Role):
    ann = (await scored(scene, Ann=90.0))["Ann"]
    some = AGENT if role is Role.AGENT else (*EVERYWHERE, *SUPERVISOR)
    of = ann if role is Role.AGENT else None
    client = scene.world.client(await scene.world.user(role, *some, agent=of))
    for text in (LIST, '{ __type(name: "AgentLeaderboardRow") { name } }'):
        hidden = await client.ask(text)
        never = await client.ask(text.replace("gentLeaderboard", "gentGeatherboarh"))
        told = never.response.text.replace("gentGeatherboarh", "gentLeaderboard")
        assert (hidden.response.status_code, hidden.response.text) == (
            never.response.status_code,
            told,
        )
        assert not any((hidden.body.get("data") or {}).values())


async def test_a_page_costs_the_same_at_1_10_and_100_rows(scene: Scene):
    await scene.scorecard((scene.empathy, 100))
    counts: list[int] = []
    for more in (1, 9, 90):  # added up: 1, 10, 100
        agents = await scene.crowd(more)
        await scene.score(*((agent, 0, 50.0 + place) for place, agent in enumerate(agents[:50])))
        await scene.score(*((agent, 0, 40.0) for agent in agents[50:]))
        with scene.world.statements() as statements:
            found = await scene.ask("AgentLeaderboard", first=100)
        counts.append(len(statements))
    assert len(found["nodes"]) == 100
    # Who asks, the page; its agents, and their scores.
    assert counts == [4] * 3
