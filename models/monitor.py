"""Scores over a week, and how they changed since coaching was assigned (section 9).

Scores are exact fractions of points until they are shown: then they have two decimals, rounded
half away from zero, and changes are the differences of what is shown.
"""

import datetime as dt
import enum
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from models import scoring

WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days of the workspace's time zone, the first and the last of them included."""

    first: dt.date
    last: dt.date


def current(today: dt.date) -> Days:
    """The window of current scores: today and the 6 days before (C3)."""
    return Days(today - WEEK + DAY, today)


def before(assigned_on: dt.date) -> Days:
    """The window of scores at the assigned date: the 7 days before that date (C3)."""
    return Days(assigned_on - WEEK, assigned_on - DAY)


def attribute_score(earned: int, weight: int) -> Fraction | None:
    """Points of an attribute from the sums of its days (`models.score_day`), -100 to 100 (C4)."""
    return Fraction(earned, 100 * weight) if weight else None


def kore_score(total: int, evaluations: int) -> Fraction | None:
    """Mean of Auto QA's totals, in points, from the sums of their days (C4)."""
    return Fraction(total, 100 * evaluations) if evaluations else None


def scorecard_score(
    weights: Mapping[uuid.UUID, float], scores: Mapping[uuid.UUID, Fraction | None]
) -> Fraction | None:
    """Mean of attribute scores, weighted by a scorecard's percents (C4).

    Attributes without data are left out and the rest weighs more; null where none is left.
    """
    known = [
        (scoring.hundredths(percent), score)
        for attribute_id, percent in weights.items()
        if (score := scores.get(attribute_id)) is not None
    ]
    total = sum(weight for weight, _ in known)
    return sum((weight * score for weight, score in known), Fraction()) / total if total else None


def points(score: Fraction | None) -> float | None:
    """A score as it is shown: two decimals, rounded half away from zero."""
    return None if score is None else _hundredths(score * 100) / 100


def mean(values: Iterable[float]) -> float | None:
    """Mean of shown values, as it is shown; null where there is none."""
    given = [scoring.hundredths(value) for value in values]
    return points(Fraction(sum(given), 100 * len(given))) if given else None


def _hundredths(value: Fraction) -> int:
    half_up = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return half_up if value >= 0 else -half_up


class Trend(enum.StrEnum):
    """Which way a score went since the assigned date (C1)."""

    SPIKE = "SPIKE"
    DIP = "DIP"
    NO_CHANGE = "NO_CHANGE"


@dataclass(frozen=True, slots=True)
class Change:
    """A score at the assigned date and now, in points as they are shown; null without data."""

    before: float | None
    now: float | None

    @property
    def difference(self) -> float | None:
        """Now minus before, in points; null where one of them is."""
        if self.before is None or self.now is None:
            return None
        return (scoring.hundredths(self.now) - scoring.hundredths(self.before)) / 100

    @property
    def trend(self) -> Trend | None:
        """Which way it went; null where there is no difference to tell it from (C3)."""
        match self.difference:
            case None:
                return None
            case 0:
                return Trend.NO_CHANGE
            case difference:
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
