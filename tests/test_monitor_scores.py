"""The scores of the Coaching Monitor's rows, then and now (C1, C3, C4), and what they cost (E3)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import AgentDay, AttributeDay
from resolvers import rebuilding
from tests import scoring
from tests.scoring import Scene, midnight, noon
from tests.world import World

CHANGE = "{ atAssignedDate current difference trend }"
COMPARE = f"compare {{ agentScorecard {CHANGE} koreEvaluation {CHANGE} }}"
SCORES = "agentScorecardScore koreEvaluationScore"
SECOND = dt.timedelta(seconds=1)
NOTHING = {"atAssignedDate": None, "current": None, "difference": None, "trend": None}
ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York")


@pytest.fixture
async def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return await scoring.scene(world, monkeypatch)


def listing(*fields: str) -> str:
    chosen = " ".join(fields)
    return f"{{ coachingMonitor(first: 100) {{ nodes {{ agent {{ name }} {chosen} }} }} }}"


async def rows(scene: Scene, *fields: str) -> list[Any]:
    found: list[Any] = (await scene.ask(listing(*fields)))["nodes"]
    return found


async def row(scene: Scene) -> Any:
    (only,) = await rows(scene, SCORES, COMPARE)
    return only


def change(before: float | None, now: float | None, difference: Any = None, trend: Any = None):
    return {"atAssignedDate": before, "current": now, "difference": difference, "trend": trend}


async def cost(scene: Scene, *fields: str) -> list[str]:
    """The statements of a page with these fields."""
    with scene.world.statements() as statements:
        await rows(scene, *fields)
    return list(statements)


def of_scores(statements: Sequence[str]) -> list[str]:
    tables = ("attribute_day", "agent_day", "scorecard_weight")
    return [each for each in statements if any(table in each for table in tables)]


async def test_a_row_shows_both_scores_now_then_and_what_changed(scene: Scene):
    ann = await scene.agent()
    await scene.scorecard((scene.empathy, 75), (scene.calm, 25))
    await scene.coach(ann, -2)
    await scene.evaluate(ann, -8, 0.5, 0.7)
    await scene.evaluate(ann, -4, 0.8, 1.0)  # in both windows
    await scene.evaluate(ann, -1, 0.2, 0.125)
    found = await row(scene)
    assert (found["agentScorecardScore"], found["koreEvaluationScore"]) == (51.56, 53.13)
    assert found["compare"] == {
        "agentScorecard": change(70, 51.56, -18.44, "DIP"),
        "koreEvaluation": change(75, 53.13, -21.87, "DIP"),
    }


async def test_a_score_that_rose_is_a_spike_and_one_that_stayed_is_no_change(scene: Scene):
    ann = await scene.agent()
    await scene.scorecard((scene.calm, 100))
    await scene.coach(ann, -2)
    await scene.evaluate(ann, -8, 0.5, 0.3)
    await scene.evaluate(ann, -1, 0.9, 0.3)
    assert (await row(scene))["compare"] == {
        "agentScorecard": change(30, 30, 0, "NO_CHANGE"),
        "koreEvaluation": change(40, 60, 20, "SPIKE"),
    }


@pytest.mark.parametrize(
    ("number", "then", "now"),
    [(-10, 0, 0), (-9, 1, 0), (-7, 1, 0), (-6, 1, 1), (-3, 1, 1), (-2, 0, 1), (0, 0, 1), (1, 0, 0)],
)
async def test_windows_are_the_7_days_before_and_the_7_to_today(
    scene: Scene, number: int, then: int, now: int
):
    ann = await scene.agent()
    await scene.coach(ann, -2)
    await scene.evaluate(ann, number, 0.5, 0.5)
    expected = change(50 if then else None, 50 if now else None)
    if then and now:
        expected = change(50, 50, 0, "NO_CHANGE")
    assert (await row(scene))["compare"]["koreEvaluation"] == expected


@pytest.mark.parametrize("zone", ZONES)
async def test_an_evaluation_counts_in_its_local_day_also_when_clocks_change(
    scene: Scene, zone: str
):
    # Ten days ago clocks went forward in New York: the first day of the window has 23 hours.
    await scene.settings(time_zone=zone)
    scene.now = midnight(0, zone)
    moments = {
        "before": midnight(-10, zone) - SECOND,
        "first": midnight(-10, zone),
        "ends": midnight(-9, zone) - SECOND,
        "last": midnight(-3, zone) - SECOND,
        "assigned": midnight(-3, zone),
        "tonight": midnight(1, zone) - SECOND,
        "tomorrow": midnight(1, zone),
    }
    for name, moment in moments.items():
        agent = await scene.agent(name)
        await scene.coach(agent, midnight(-3, zone))
        await scene.evaluate(agent, moment, 0.5, 0.5)
    found = {
        each["agent"]["name"]: each["compare"]["koreEvaluation"]
        for each in await rows(scene, COMPARE)
    }
    then = {name for name, score in found.items() if score["atAssignedDate"] == 50}
    now = {name for name, score in found.items() if score["current"] == 50}
    assert found.keys() == moments.keys()
    assert then == {"first", "ends", "last"}
    assert now == {"last", "assigned", "tonight"}


async def test_the_builders_sums_are_those_that_counting_anew_gives(scene: Scene):
    await scene.settings(time_zone="America/New_York")
    for agent in (await scene.agent("Ann"), await scene.agent("Ben")):
        for moment in (-9, midnight(-10, "America/New_York"), noon(-9) + SECOND):
            await scene.evaluate(agent, moment, 0.25, None)
    found = []
    for again in (False, True):
        async with scene.world.database.write() as session:
            if again:
                await rebuilding.days(session, scene.world.workspace_id, "America/New_York")
            for model in (AgentDay, AttributeDay):
                table: Any = model.__table__
                stored = await session.execute(sa.select(table).order_by(*table.primary_key))
                found.append([tuple(each) for each in stored])
    assert found[:2] == found[2:]
    assert all(found)


async def test_without_evaluations_scores_are_null_and_there_is_no_trend(scene: Scene):
    await scene.scorecard((scene.empathy, 100))
    await scene.coach(await scene.agent())
    found = await row(scene)
    assert (found["agentScorecardScore"], found["koreEvaluationScore"]) == (None, None)
    assert found["compare"] == {"agentScorecard": NOTHING, "koreEvaluation": NOTHING}


async def test_an_evaluation_in_which_nothing_applied_is_no_data(scene: Scene):
    ann = await scene.agent()
    await scene.scorecard((scene.empathy, 100))
    await scene.coach(ann)
    await scene.evaluate(ann, 0, None, None)
    found = await row(scene)
    assert (found["agentScorecardScore"], found["koreEvaluationScore"]) == (None, None)


async def test_skills_without_data_are_left_out_and_the_rest_weighs_more(scene: Scene):
    ann = await scene.agent()
    await scene.scorecard((scene.empathy, 90), (scene.calm, 10))
    await scene.coach(ann, -2)
    await scene.evaluate(ann, -9, 0.5, 1.0)
    await scene.evaluate(ann, 0, None, 0.4)
    assert (await row(scene))["compare"]["agentScorecard"] == change(55, 40, -15, "DIP")


async def test_an_agent_without_any_scorecard_has_no_score_by_one(scene: Scene):
    ann = await scene.agent()
    await scene.scorecard((scene.empathy, 100), of=await scene.agent("Ben"))
    await scene.coach(ann, -2)
    await scene.evaluate(ann, 0, 0.5, 0.5)
    found = await row(scene)
    assert (found["agentScorecardScore"], found["koreEvaluationScore"]) == (None, 50)
    assert found["compare"]["agentScorecard"] == NOTHING


async def test_ones_own_scorecard_wins_over_the_teams_and_the_teams_over_the_default(scene: Scene):
    team = await scene.team()
    agents = {
        "own": await scene.agent("own", agent_group_id=team.id),
        "team's": await scene.agent("team's", agent_group_id=team.id),
        "default": await scene.agent("default", agent_group_id=(await scene.team("Other")).id),
        "alone": await scene.agent("alone"),
    }
    await scene.scorecard((scene.empathy, 50), (scene.calm, 50))
    await scene.scorecard((scene.calm, 100), of=team)
    await scene.scorecard((scene.empathy, 100), of=agents["own"])
    for agent in agents.values():
        await scene.coach(agent)
        await scene.evaluate(agent, 0, 0.2, 0.8)
    shown = await rows(scene, SCORES)
    found = {each["agent"]["name"]: each["agentScorecardScore"] for each in shown}
    assert found == {"own": 20, "team's": 80, "default": 50, "alone": 50}


async def test_a_changed_scorecard_counts_in_both_windows(scene: Scene):
    ann = await scene.agent()
    await scene.scorecard((scene.empathy, 100))
    await scene.coach(ann, -2)
    await scene.evaluate(ann, -8, 0.1, 0.6)
    await scene.evaluate(ann, 0, 0.2, 0.5)
    assert (await row(scene))["compare"]["agentScorecard"] == change(10, 20, 10, "SPIKE")
    await scene.scorecard((scene.calm, 100), of=ann)
    assert (await row(scene))["compare"]["agentScorecard"] == change(60, 50, -10, "DIP")


async def test_manual_evaluations_count_in_no_score(scene: Scene):
    ann = await scene.agent()
    await scene.coach(ann, -2)
    made = await scene.evaluate(ann, 0, 0.5, 0.5)
    async with scene.world.database.read() as session:
        of = models.Conversation.id == made.conversation_id
        talk = (await session.scalars(sa.select(models.Conversation).where(of))).one()
    await scene.world.evaluation(talk, scene.form, by=scene.qa, total=99)
    assert (await row(scene))["koreEvaluationScore"] == 50


async def test_without_auto_qa_scores_are_null_and_cost_nothing(scene: Scene):
    ann = await scene.agent()
    await scene.scorecard((scene.empathy, 100))
    await scene.coach(ann, -2)
    for number in (-5, 0):
        await scene.evaluate(ann, number, 0.5, 0.5)
    assert (await row(scene))["koreEvaluationScore"] == 50
    await scene.settings(auto_qa=False)
    found = await row(scene)
    assert (found["agentScorecardScore"], found["koreEvaluationScore"]) == (None, None)
    assert found["compare"] == {"agentScorecard": NOTHING, "koreEvaluation": NOTHING}
    statements = await cost(scene, SCORES, COMPARE)
    assert of_scores(statements) == []
    assert len(statements) == len(await cost(scene))
    await scene.settings(auto_qa=True)
    assert (await row(scene))["koreEvaluationScore"] == 50


async def test_scores_and_compare_cost_a_statement_only_where_they_are_selected(scene: Scene):
    ann = await scene.agent()
    await scene.scorecard((scene.empathy, 100))
    await scene.coach(ann, -2)
    await scene.evaluate(ann, 0, 0.5, 0.5)
    assert of_scores(await cost(scene)) == []
    assert len(of_scores(await cost(scene, "koreEvaluationScore"))) == 1
    assert len(of_scores(await cost(scene, f"compare {{ koreEvaluation {CHANGE} }}"))) == 1
    assert len(of_scores(await cost(scene, "agentScorecardScore"))) == 1
    without, with_it = await cost(scene, SCORES), await cost(scene, SCORES, COMPARE)
    assert len(of_scores(without)) == 1
    # Who asks, the page with its agents, and the scores: both, and then and now, are read together.
    assert (len(without), len(with_it)) == (3, 3)


async def test_a_page_costs_the_same_at_1_10_and_100_rows(scene: Scene):
    await scene.scorecard((scene.empathy, 60), (scene.calm, 40))
    counts: list[int] = []
    for more in (1, 9, 90):  # added up: 1, 10, 100
        agents = await scene.crowd(more)
        for place, agent in enumerate(agents):
            await scene.coach(agent, -(place % 6), scene.empathy, scene.calm)
        await scene.score(*((agent, number, 50.0) for agent in agents for number in (-7, -1)))
        with scene.world.statements() as statements:
            found = await scene.ask("CoachingMonitor", first=100)
        counts.append(len(statements))
    assert len(found["nodes"]) == 100
    assert all(node["compare"]["koreEvaluation"]["trend"] for node in found["nodes"])
    # Who asks, the page with its agents and skills, and all scores.
    assert counts == [3] * 3
