"""Scores over a week, and how they changed since coaching was assigned (section 9).

Scores are exact quotients of whole numbers until they are shown: then they have two decimals,
rounded half away from zero, and changes are the differences of what is shown.
"""

import datetime as dt
import enum
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models import scoring

WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


class Days(NamedTuple):
    """Whole days of the workspace's time zone, the first and the last of them included."""

    first: dt.date
    last: dt.date


def current(today: dt.date) -> Days:
    """The window of current scores: today and the 6 days before (C3)."""
    return Days(today - WEEK + DAY, today)


@functools.lru_cache(maxsize=1_000)
def before(assigned_on: dt.date) -> Days:
    """The window of scores at the assigned date: the 7 days before that date (C3)."""
    return Days(assigned_on - WEEK, assigned_on - DAY)


def attribute_score(earned: int, weight: int) -> float | None:
    """Points of an attribute from the sums of its days (`models.score_day`), -100 to 100 (C4)."""
    return points(earned, weight)


def kore_score(total: int, evaluations: int) -> float | None:
    """Mean of Auto QA's totals, in points, from the sums of their days (C4)."""
    return points(total, evaluations)


def scorecard_score(parts: Iterable[Sequence[int]]) -> float | None:
    """Mean of attribute scores, in points, weighted by a scorecard's hundredths of percents (C4).

    Of each attribute of the scorecard a part tells the percent, and the sums of its days: earned,
    and weight. Attributes without data are left out and the rest weighs more; null where none is
    left.
    """
    share, upper, lower = 0, 0, 1  # the weighted sum so far is upper / lower
    for percent, earned, weight in parts:
        if weight:
            share += percent
            upper = upper * weight + percent * earned * lower
            lower *= weight
    return points(upper, lower * share)


def points(hundredths: int, parts: int) -> float | None:
    """A quotient of hundredths of points as it is shown, in points; null for no parts.

    Two decimals, rounded half away from zero.
    """
    if parts == 0:
        return None
    if hundredths < 0:
        return -((parts - 2 * hundredths) // (2 * parts)) / 100
    return (parts + 2 * hundredths) // (2 * parts) / 100


def mean(values: Iterable[float]) -> float | None:
    """Mean of shown values, as it is shown; null where there is none."""
    given = [scoring.hundredths(value) for value in values]
    return points(sum(given), len(given))


class Trend(enum.StrEnum):
    """Which way a score went since the assigned date (C1)."""

    SPIKE = "SPIKE"
    DIP = "DIP"
    NO_CHANGE = "NO_CHANGE"


class Change(NamedTuple):
    """A score at the assigned date and now, in points as they are shown; null without data."""

    before: float | None
    now: float | None

    @property
    def difference(self) -> float | None:
        """Now minus before, in points; null where one of them is."""
        before, now = self
        if before is None or now is None:
            return None
        return (round(100 * now) - round(100 * before)) / 100

    @property
    def trend(self) -> Trend | None:
        """Which way it went; null where there is no difference to tell it from (C3)."""
        return trend_of(self.difference)


def trend_of(difference: float | None) -> Trend | None:
    """Which way a score went that changed by so much; null where that is."""
    if not difference:
        return None if difference is None else Trend.NO_CHANGE
    return Trend.SPIKE if difference > 0 else Trend.DIP


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the members of a group changed in one attribute (C6).

    `mean_change` is over the members who have scores in both windows, in points; null without any.
    """

    mean_change: float | None
    improved: int
    declined: int
    unchanged: int
    without_data: int


def outcome(changes: Iterable[Change]) -> Outcome:
    """Sum up one attribute's changes, one for each member."""
    given = list(changes)
    trends = [change.trend for change in given]
    return Outcome(
        mean_change=mean(change.difference for change in given if change.difference is not None),
        improved=trends.count(Trend.SPIKE),
        declined=trends.count(Trend.DIP),
        unchanged=trends.count(Trend.NO_CHANGE),
        without_data=trends.count(None),
    )
