"""Scores over a week, their changes, and where days begin: the rules of C3 and C4 alone."""

import datetime as dt
import math
import zoneinfo
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import monitor
from models.monitor import Change, Days, Trend
from models.workspace import day_of, start_of

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)

hundredths = st.integers(-10_000, 10_000).map(lambda whole: whole / 100)
exact = st.fractions(-100, 100, max_denominator=10**6)
changes = st.builds(Change, st.none() | hundredths, st.none() | hundredths)
dates = st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))
zones = st.sampled_from(sorted(zoneinfo.available_timezones() - {"localtime", "Factory"}))


@given(dates)
def test_current_is_today_and_the_6_days_before(today: dt.date):
    window = monitor.current(today)
    assert window.last == today
    assert window.last - window.first == 6 * DAY


@given(dates)
def test_at_assigned_date_is_the_7_days_that_end_the_day_before(assigned_on: dt.date):
    window = monitor.before(assigned_on)
    assert window.last + DAY == assigned_on
    assert window.last - window.first == 6 * DAY


def test_coaching_assigned_today_is_measured_by_windows_that_share_6_days():
    today = dt.date(2026, 3, 1)
    assert monitor.before(today) == Days(dt.date(2026, 2, 22), dt.date(2026, 2, 28))
    assert monitor.current(today) == Days(dt.date(2026, 2, 23), dt.date(2026, 3, 1))


def shown(score: Fraction) -> float:
    """Two decimals, halves away from zero, in other words than the product's."""
    return math.copysign(math.floor(abs(score) * 100 + Fraction(1, 2)), score) / 100


@pytest.mark.parametrize(
    ("hundredths", "parts", "shown"),
    [
        (1, 2, 0.01),
        (-1, 2, -0.01),
        (10**9 - 1, 2 * 10**9, 0.0),
        (26805, 10, 26.81),  # as a float 26.805 lies below the half
        (-26805, 10, -26.81),
        (200, 3, 0.67),
        (-10_000, 1, -100.0),
        (0, 0, None),
    ],
)
def test_scores_are_shown_with_two_decimals_halves_away_from_zero(
    hundredths: int, parts: int, shown: float | None
):
    assert monitor.points(hundredths, parts) == shown


@given(exact)
def test_what_is_shown_is_never_further_than_half_a_hundredth_and_turns_with_the_sign(
    score: Fraction,
):
    found = monitor.points(100 * score.numerator, score.denominator)
    assert found is not None
    assert found == round(found, 2) == shown(score)
    assert abs(Fraction(round(found * 100), 100) - score) <= Fraction(1, 200)
    assert monitor.points(-100 * score.numerator, score.denominator) == -found
    assert math.copysign(1, found) == 1 or found < 0, "no minus zero"


def test_an_attributes_score_is_what_was_earned_of_its_weight():
    half, all_lost = 10_00 * 5_000, -10_00 * 10_000
    assert monitor.attribute_score(half, 10_00) == 50
    assert monitor.attribute_score(all_lost, 10_00) == -100
    assert monitor.attribute_score(0, 0) is None


@given(st.lists(st.tuples(st.integers(1, 10_000), st.integers(0, 10_000)), min_size=1, max_size=9))
def test_an_attributes_score_is_always_the_mean_weighted_by_the_metrics_weights(
    metrics: list[tuple[int, int]],
):
    weight = sum(each for each, _ in metrics)
    mean = Fraction(sum(each * kept for each, kept in metrics), 100 * weight)
    assert monitor.attribute_score(sum(w * kept for w, kept in metrics), weight) == shown(mean)


def test_the_kore_score_is_the_mean_of_totals():
    assert monitor.kore_score(80_00 + 81_00, 2) == 80.5
    assert monitor.kore_score(-33_33, 1) == -33.33
    assert monitor.kore_score(0, 0) is None


def test_a_scorecard_weighs_attributes_by_its_percents():
    assert monitor.scorecard_score([(75_00, 80_00, 1), (25_00, 120_00, 3)]) == 70


def test_attributes_without_data_are_left_out_and_the_rest_weighs_more():
    known = [(50_00, 0, 0), (30_00, 90_00, 1), (20_00, 40_00, 1)]
    assert monitor.scorecard_score(known) == 70
    assert monitor.scorecard_score([(30_00, -12_00, 1)]) == -12


def test_a_scorecard_of_which_nothing_is_known_gives_no_score():
    assert monitor.scorecard_score([(100_00, 0, 0)]) is None
    assert monitor.scorecard_score([]) is None


@given(
    st.lists(
        st.tuples(st.integers(1, 10_000), st.integers(-(10**12), 10**12), st.integers(0, 10**8)),
        max_size=3,
    )
)
def test_a_scorecards_score_is_the_weighted_mean_and_never_leaves_the_range_of_its_attributes(
    card: list[tuple[int, int, int]],
):
    known = [(percent, Fraction(e, 100 * w)) for percent, e, w in card if w]
    found = monitor.scorecard_score(card)
    assert (found is None) == (not known)
    if known:
        total = sum(percent for percent, _ in known)
        assert found == shown(sum((p * score for p, score in known), Fraction()) / total)
        assert min(shown(s) for _, s in known) <= found <= max(shown(s) for _, s in known)


@pytest.mark.parametrize(
    ("before", "now", "difference", "trend"),
    [
        (70.1, 70.2, 0.1, Trend.SPIKE),  # not 0.10000000000000853
        (70.2, 70.1, -0.1, Trend.DIP),
        (-0.01, 0.0, 0.01, Trend.SPIKE),
        (33.33, 33.33, 0.0, Trend.NO_CHANGE),
        (100.0, -100.0, -200.0, Trend.DIP),
        (None, 70.0, None, None),
        (70.0, None, None, None),
        (None, None, None, None),
    ],
)
def test_a_change_is_the_difference_of_what_is_shown(
    before: float | None, now: float | None, difference: float | None, trend: Trend | None
):
    change = Change(before, now)
    assert (change.difference, change.trend) == (difference, trend)


@given(hundredths, hundredths)
def test_the_trend_always_goes_the_way_of_the_scores(before: float, now: float):
    change = Change(before, now)
    assert change.difference == round(now - before, 2)
    assert change.trend == (
        Trend.SPIKE if now > before else Trend.DIP if now < before else Trend.NO_CHANGE
    )


def test_a_mean_is_shown_like_a_score():
    assert monitor.mean([0.01, 0.02]) == 0.02
    assert monitor.mean([-0.01, -0.02]) == -0.02
    assert monitor.mean([0.1] * 3) == 0.1
    assert monitor.mean([]) is None


def test_an_outcome_counts_each_member_once_and_averages_over_those_with_both_scores():
    found = monitor.outcome(
        [Change(50, 60), Change(50, 49), Change(50, 50), Change(None, 90), Change(90, None)]
    )
    assert found == monitor.Outcome(
        mean_change=3.0, improved=1, declined=1, unchanged=1, without_data=2
    )
    assert monitor.outcome([]).mean_change is None
    assert monitor.outcome([Change(None, 1)]).mean_change is None


@given(st.lists(changes, max_size=20))
def test_an_outcomes_counts_always_add_up_to_the_members(members: list[Change]):
    found = monitor.outcome(members)
    counts = (found.improved, found.declined, found.unchanged, found.without_data)
    assert sum(counts) == len(members)
    assert (found.mean_change is None) == (found.without_data == len(members))


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        # Clocks go forward at midnight: the day begins at 1 o'clock, which is the same moment.
        ("Asia/Beirut", dt.date(2026, 3, 29), dt.datetime(2026, 3, 28, 22, tzinfo=dt.UTC)),
        ("Africa/Cairo", dt.date(2026, 4, 24), dt.datetime(2026, 4, 23, 22, tzinfo=dt.UTC)),
        ("America/Sao_Paulo", dt.date(2018, 11, 4), dt.datetime(2018, 11, 4, 3, tzinfo=dt.UTC)),
        # Clocks go back at midnight, to 23 o'clock: the day begins when it is midnight again.
        ("Asia/Beirut", dt.date(2026, 10, 25), dt.datetime(2026, 10, 24, 22, tzinfo=dt.UTC)),
        ("America/Sao_Paulo", dt.date(2018, 2, 18), dt.datetime(2018, 2, 18, 3, tzinfo=dt.UTC)),
        # Clocks go back at 1 o'clock, to midnight: there are two, and the day has begun before.
        ("America/Havana", dt.date(2026, 11, 1), dt.datetime(2026, 11, 1, 4, tzinfo=dt.UTC)),
        # At one minute past midnight, to 23 o'clock and one minute: again the first of two.
        ("America/St_Johns", dt.date(2010, 11, 7), dt.datetime(2010, 11, 7, 2, 30, tzinfo=dt.UTC)),
    ],
)
def test_a_day_begins_at_its_first_moment(zone: str, day: dt.date, begins: dt.datetime):
    assert start_of(day, zone) == begins
    assert day_of(begins, zone) == day
    assert day_of(begins - SECOND, zone) == day - DAY


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", dt.date(2026, 3, 29), 23),
        ("Europe/Berlin", dt.date(2026, 10, 25), 25),
        ("Asia/Beirut", dt.date(2026, 3, 29), 23),
        ("Asia/Beirut", dt.date(2026, 10, 24), 25),
        ("Australia/Lord_Howe", dt.date(2026, 4, 5), 24.5),
        ("Asia/Kathmandu", dt.date(2026, 4, 5), 24),
        ("Pacific/Apia", dt.date(2011, 12, 30), 0),  # left out when the date line moved
    ],
)
def test_days_have_as_many_hours_as_the_zone_gives_them(zone: str, day: dt.date, hours: float):
    begins, ends = start_of(day, zone), start_of(day + DAY, zone)
    assert begins is not None
    assert ends is not None
    assert (ends - begins) / dt.timedelta(hours=1) == hours


@given(
    st.datetimes(
        dt.datetime(2012, 1, 1),  # noqa: DTZ001 - hypothesis puts the zone to it
        dt.datetime(2037, 12, 30),  # noqa: DTZ001
        timezones=st.just(dt.UTC),
    ),
    zones,
)
def test_every_moment_belongs_to_exactly_the_day_between_two_starts(moment: dt.datetime, zone: str):
    day = day_of(moment, zone)
    begins, ends = start_of(day, zone), start_of(day + DAY, zone)
    assert begins is not None
    assert ends is not None
    assert begins <= moment < ends


@given(st.integers(2012, 2037), st.sampled_from(["Asia/Beirut", "Africa/Cairo", "Asia/Gaza",
       "America/Santiago", "America/Asuncion", "America/Sao_Paulo", "America/Havana",
       "Atlantic/Azores", "America/Nuuk", "Asia/Amman", "Asia/Damascus"]))  # fmt: skip
def test_clocks_changed_at_midnight_leave_no_gap_and_no_overlap(year: int, zone: str):
    day = dt.date(year, 1, 1)
    while day.year == year:
        begins = start_of(day, zone)
        assert begins is not None
        assert (day_of(begins, zone), day_of(begins - SECOND, zone)) == (day, day - DAY)
        day += DAY


@given(st.sampled_from([dt.date.min, dt.date.max]), zones)
def test_the_ends_of_the_calendar_have_a_start_or_none_and_never_raise(day: dt.date, zone: str):
    found = start_of(day, zone)
    if found is None:
        offset = dt.datetime.combine(day, dt.time(), zoneinfo.ZoneInfo(zone)).utcoffset()
        assert day == dt.date.min
        assert offset is not None
        assert offset > dt.timedelta(0)


def test_the_first_day_of_the_calendar_began_before_all_times_in_the_east():
    assert start_of(dt.date.min, "Asia/Tokyo") is None
    assert start_of(dt.date.min, "UTC") == dt.datetime(1, 1, 1, tzinfo=dt.UTC)
    assert start_of(dt.date.max, "America/Lima") is not None
