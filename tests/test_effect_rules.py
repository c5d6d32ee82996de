"""Whether coaching helped: the rule of C6b alone, held to textbooks and to simulated agents."""

import datetime as dt
import math
import random
import statistics
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from models import effect
from models.effect import CALIPER, COMPARABLE, MEMBERS, Course, Effect

HERE, FAR = 30.0, 30 + 3 * CALIPER
SIMULATIONS = 200

points = st.integers(-10_000, 10_000).map(lambda whole: whole / 100)
courses = st.lists(st.builds(Course, points, points), max_size=30)


def changed(*changes: float, before: float = HERE) -> list[Course]:
    """Agents who started at the same score, with these changes."""
    return [Course(before, before + change) for change in changes]


def numbers(found: Effect) -> tuple[float | None, ...]:
    return (found.member_change, found.comparable_change, found.difference, found.low, found.high)


@given(
    *(
        st.lists(
            st.tuples(
                st.integers(0, int(CALIPER * 100)).map(lambda whole: 50 + whole / 100),
                st.integers(-5_000, 5_000).map(lambda whole: whole / 100),
            ),
            min_size=fewest,
            max_size=20,
        )
        for fewest in (MEMBERS, COMPARABLE)
    )
)
def test_it_is_the_analysis_of_covariance(
    members: list[tuple[float, float]], others: list[tuple[float, float]]
):
    """As a regression of change on a constant, on being coached, and on the score before."""
    both = [(1.0, b, c) for b, c in members] + [(0.0, b, c) for b, c in others]
    known = np.array([[1.0, coached, before] for coached, before, _ in both])
    changes = np.array([change for *_, change in both])
    spread = [statistics.pvariance([b for b, _ in some]) for some in (members, others)]
    assume(max(spread) > 0.01)
    fit, *_ = np.linalg.lstsq(known, changes)
    freedom = len(both) - 3
    noise = float(np.sum((changes - known @ fit) ** 2)) / freedom
    error = (noise * np.linalg.inv(known.T @ known)[1, 1]) ** 0.5
    margin = stats.t.ppf(0.975, freedom) * error
    coached, free = ([Course(b, b + change) for b, change in some] for some in (members, others))
    found = effect.of(coached, free)
    expected = (fit[1], fit[1] - margin, fit[1] + margin)
    assert (found.difference, found.low, found.high) == pytest.approx(expected, abs=0.006)
    assert (found.members, found.comparable) == (len(members), len(others))


def test_the_effect_is_what_changed_beyond_what_changed_anyway():
    found = effect.of(changed(9, 10, 11), changed(2, 3, 4, 3, 3))
    assert (found.member_change, found.comparable_change, found.difference) == (10, 3, 7)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 7 < found.high
    assert found.measured


def test_where_nobody_differs_the_interval_is_a_point():
    found = effect.of(changed(5, 5, 5), changed(*[2] * 5))
    assert numbers(found) == (5, 2, 3, 3, 3)


@pytest.mark.parametrize("side", [-1, 1])
def test_who_started_at_the_edge_of_the_caliper_is_comparable_and_beyond_it_is_not(side: int):
    members = changed(1, 1, 1)
    edge = changed(*[0] * 5, before=HERE + side * CALIPER)
    beyond = changed(*[0] * 5, before=HERE + side * (CALIPER + 0.01))
    assert effect.of(members, edge).comparable == 5
    assert effect.of(members, beyond) == Effect(members=0, comparable=0)


def test_a_member_that_nobody_started_near_is_left_out_of_sizes_and_numbers():
    members, others = changed(4, 5, 6), changed(1, 2, 3, 2, 2)
    assert effect.of([*members, *changed(90, before=FAR)], others) == effect.of(members, others)


def test_who_is_near_no_member_is_left_out_of_sizes_and_numbers():
    members, others = changed(4, 5, 6), changed(1, 2, 3, 2, 2)
    assert effect.of(members, [*others, *changed(90, before=FAR)]) == effect.of(members, others)


def test_members_are_compared_with_what_changed_for_agents_who_started_where_they_did():
    # Whoever starts 1 point lower rises by 1 point more, coached or not: that is no effect.
    def course(before: float, extra: float = 0) -> Course:
        return Course(before, before + (50 - before) + extra)

    others = [course(before) for before in (38, 40, 42, 44, 46)]
    found = effect.of([course(before, 4) for before in (32, 34, 36)], others)
    assert numbers(found) == (20, 16, 4, 4, 4)


def test_without_any_difference_in_where_they_started_it_is_students_interval():
    ups, anyway = (9.0, 10.5, 12.0, 7.5), (2.0, 3.5, 1.0, 5.5, 3.0, 4.0)
    found = effect.of(changed(*ups), changed(*anyway))
    student = stats.ttest_ind(ups, anyway).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((student.low, student.high), abs=0.006)


@pytest.mark.parametrize(("members", "others"), [(MEMBERS, COMPARABLE), (7, 5), (3, 6)])
def test_3_members_and_5_comparable_agents_are_enough(members: int, others: int):
    assert effect.of(changed(*range(members)), changed(*range(others))).measured


@pytest.mark.parametrize(("members", "others"), [(2, 30), (3, 4), (30, 4), (0, 9), (9, 0), (0, 0)])
def test_fewer_are_insufficient_data_and_give_no_number_but_the_sizes(members: int, others: int):
    found = effect.of(changed(*range(members)), changed(*range(others)))
    assert not found.measured
    assert numbers(found) == (None,) * 5
    both = members and others
    assert (found.members, found.comparable) == ((members, others) if both else (0, 0))


@given(courses, courses)
def test_no_scores_ever_raise_or_give_a_number_that_is_none(
    members: list[Course], others: list[Course]
):
    found = effect.of(members, others)
    assert found.members <= len(members)
    assert found.comparable <= len(others)
    if not found.measured:
        assert numbers(found) == (None,) * 5
        return
    assert found.members >= MEMBERS
    assert found.comparable >= COMPARABLE
    given = [number for number in numbers(found) if number is not None]
    assert len(given) == 5
    assert all(math.isfinite(number) for number in given)
    assert given[3] <= given[2] <= given[4]


@given(st.lists(st.sampled_from([0.0, 0.01, 70.1, 100.0, -100.0]), min_size=3, max_size=12), points)
def test_agents_who_are_all_alike_never_raise(values: list[float], change: float):
    some = [Course(value, value + change) for value in values]
    assert effect.of(some, some * 5).difference in {0, None}


@given(courses, courses, st.randoms(use_true_random=False))
def test_the_order_of_agents_never_matters(
    members: list[Course], others: list[Course], chance: random.Random
):
    turned = (chance.sample(some, len(some)) for some in (members, others))
    found, again = effect.of(members, others), effect.of(*turned)
    assert (found.members, found.comparable) == (again.members, again.comparable)
    assert found.measured == again.measured
    if found.measured:
        assert numbers(found) == pytest.approx(numbers(again), abs=0.011)


def test_a_group_is_due_when_the_current_window_lies_behind_its_day():
    sent = dt.date(2026, 3, 1)
    due = [effect.is_due(sent, sent + dt.timedelta(days=days)) for days in (0, 1, 6, 7, 8)]
    assert due == [False, False, False, True, True]


def simulated(seed: int, planted: float = 0) -> tuple[list[Course], list[Course]]:
    """Agents who are all alike: both scores of each are noise around one constant.

    Coached is every other one of the 30 % whose first score was lowest.
    """
    chance = random.Random(seed)  # noqa: S311 - the same every time
    agents = [Course(chance.gauss(60, 8), chance.gauss(60, 8)) for _ in range(200)]
    agents.sort(key=lambda agent: agent.before)
    coached = agents[:60:2]
    free = [agent for agent in agents if agent not in coached]
    return [Course(each.before, each.now + planted) for each in coached], free


def plain(members: Sequence[Course], others: Sequence[Course]) -> float:
    """The difference of changes, without a look at where they started."""
    up, anyway = (statistics.fmean(each.change for each in some) for some in (members, others))
    return up - anyway


def test_who_is_chosen_for_a_low_score_rises_anyway_and_that_is_no_effect():
    # Tolerance: 1 point either way, on the mean of the simulations; the plain one is about 11.
    cases = [simulated(seed) for seed in range(SIMULATIONS)]
    assert statistics.fmean(plain(*case) for case in cases) > 8
    found = [effect.of(*case).difference for case in cases]
    measured = [difference for difference in found if difference is not None]
    assert len(measured) > 0.9 * SIMULATIONS
    assert abs(statistics.fmean(measured)) < 1


def test_no_effect_is_seldom_taken_for_one():
    found = [effect.of(*simulated(seed)) for seed in range(SIMULATIONS)]
    wrong = [each for each in found if each.low is not None and each.low > 0]
    assert len(wrong) <= 0.1 * SIMULATIONS


def test_the_interval_covers_a_true_effect_in_at_least_90_percent_of_cases():
    found = [effect.of(*simulated(seed, planted=8)) for seed in range(SIMULATIONS)]
    covered = [
        each
        for each in found
        if each.low is not None and each.high is not None and each.low <= 8 <= each.high
    ]
    assert len(covered) >= 0.9 * sum(each.measured for each in found)
    assert sum(each.measured for each in found) > 0.9 * SIMULATIONS
