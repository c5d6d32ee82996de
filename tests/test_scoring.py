"""Rule D9, held to an independent computation with exact fractions."""

import math
import uuid
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import score_day, scoring

EMPATHY, ETIQUETTE, KNOWLEDGE = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as scoring sees it."""

    weight: float
    negative_weight: float = 0
    fatal: bool = False
    attribute_ids: tuple[uuid.UUID, ...] = ()


@st.composite
def metrics(draw: st.DrawFn) -> Metric:
    weight = draw(st.integers(1, 10_000))
    negative = draw(st.integers(0, weight))
    return Metric(weight / 100, negative / 100, draw(st.booleans()))


adherence = st.none() | st.integers(0, 10_000).map(lambda parts: parts / 10_000)
forms = st.lists(st.tuples(metrics(), adherence), min_size=1, max_size=12)
Form = list[tuple[Metric, float | None]]


def exactly(number: float, places: int) -> Fraction:
    """The decimal that a stored float stands for."""
    return Fraction(round(number * 10**places), 10**places)


def rounded(value: Fraction) -> Fraction:
    """To hundredths, half away from zero."""
    nearest = Fraction(math.floor(abs(value) * 100 + Fraction(1, 2)), 100)
    return nearest if value >= 0 else -nearest


def part(metric: Metric, kept: float) -> Fraction:
    """w+ a - w- (1 - a)."""
    a = exactly(kept, 4)
    return exactly(metric.weight, 2) * a - exactly(metric.negative_weight, 2) * (1 - a)


def expected_total(form: Form) -> Fraction | None:
    applying = [(metric, a) for metric, a in form if a is not None]
    if not applying:
        return None
    if any(metric.fatal and a == 0 for metric, a in applying):
        return Fraction(0)
    weight = sum((exactly(metric.weight, 2) for metric, _ in applying), Fraction(0))
    parts = sum((part(metric, a) for metric, a in applying), Fraction(0))
    return rounded(100 * parts / weight)


@given(forms, st.integers(-10_000, 10_000).map(lambda score: score / 100))
def test_a_form_scores_as_the_rule_says(form: Form, pass_score: float) -> None:
    found = scoring.score(form, pass_score=pass_score)
    expected = expected_total(form)

    if expected is None:
        assert (found.total, found.passed) == (None, None)
        return
    assert found.total is not None
    assert exactly(found.total, 2) == expected
    assert found.total == float(expected)
    failed = any(metric.fatal and a == 0 for metric, a in form)
    assert found.passed is (not failed and expected >= exactly(pass_score, 2))


@given(forms)
def test_each_metrics_points_are_what_it_adds_to_the_total(form: Form) -> None:
    found = scoring.score(form, pass_score=75)
    weight = sum(exactly(metric.weight, 2) for metric, a in form if a is not None)

    for (metric, a), points in zip(form, found.points, strict=True):
        expected = None if a is None else float(rounded(100 * part(metric, a) / weight))
        assert points == expected


@given(forms)
def test_no_score_leaves_the_range_of_minus_100_to_100(form: Form) -> None:
    found = scoring.score(form, pass_score=75)

    for value in (found.total, *found.points):
        assert value is None or -100 <= value <= 100


@given(forms)
def test_a_failed_fatal_metric_makes_the_total_0_and_fails_any_pass_score(form: Form) -> None:
    form = [*form, (Metric(1, fatal=True), 0.0)]

    found = scoring.score(form, pass_score=-100)

    assert (found.total, found.passed) == (0.0, False)


def test_a_fatal_metric_that_does_not_apply_fails_nothing() -> None:
    found = scoring.score([(Metric(1, fatal=True), None), (Metric(1), 1.0)], pass_score=75)

    assert (found.total, found.passed, found.points) == (100.0, True, (None, 100.0))


def test_a_form_of_which_nothing_applies_has_no_score() -> None:
    found = scoring.score([(Metric(1), None), (Metric(2), None)], pass_score=-100)

    assert (found.total, found.passed, found.points) == (None, None, (None, None))


@pytest.mark.parametrize(
    ("weights", "kept", "expected"),
    [
        # 100 x 1 / 800 = 0.125 is a half: away from zero is 0.13, to even would be 0.12.
        ([(1, 0), (799, 0)], [1.0, 0.0], 0.13),
        ([(1, 1), (799, 0)], [0.0, 0.0], -0.13),
        ([(1, 0), (2, 0)], [1.0, 0.0], 33.33),
        ([(1, 0), (2, 0)], [0.0, 1.0], 66.67),
        ([(1, 1)], [0.0], -100.0),
        ([(1, 1)], [0.5], 0.0),
    ],
)
def test_halves_round_away_from_zero(
    weights: list[tuple[float, float]], kept: list[float], expected: float
) -> None:
    form = [(Metric(*pair), a) for pair, a in zip(weights, kept, strict=True)]

    assert scoring.score(form, pass_score=75).total == expected


def test_a_score_equal_to_the_pass_score_passes() -> None:
    form = [(Metric(3), 1.0), (Metric(1), 0.0)]

    assert scoring.score(form, pass_score=75).passed is True
    assert scoring.score(form, pass_score=75.01).passed is False


def test_an_attributes_part_sums_the_metrics_that_feed_it_and_apply() -> None:
    form = [
        (Metric(2, 1, attribute_ids=(EMPATHY,)), 0.5),
        (Metric(3, attribute_ids=(EMPATHY, ETIQUETTE)), 1.0),
        (Metric(9, attribute_ids=(EMPATHY,)), None),
        (Metric(9, attribute_ids=(KNOWLEDGE,)), None),
    ]

    found = score_day.parts(form)

    assert found == {
        EMPATHY: score_day.Part(earned=3_500_000, weight=500),
        ETIQUETTE: score_day.Part(earned=3_000_000, weight=300),
    }
