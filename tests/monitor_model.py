"""The monitor's numbers once more: in plain Python, from raw records, in other words.

Scores are exact until they are shown; what is shown is compared by difference.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from scipy import stats

from tests.records import Record, d9, exact


@dataclass(frozen=True)
class Scored:
    """An evaluation: when, its total, and each metric's weight, score and attributes."""

    at: dt.datetime
    total: float | None
    metrics: list[tuple[Fraction, Fraction, frozenset[str]]]


def scored(record: Record, form: Record, shift: dt.timedelta) -> Scored:
    given = {part["key"]: part["adherence"] for part in record["metrics"]}
    metrics = []
    for metric in form["metrics"]:
        if (a := given[metric["key"]]) is None:
            continue
        w, n, adherence = (exact(v) for v in (metric["weight"], metric["negative_weight"], a))
        score = 100 * (w * adherence - n * (1 - adherence)) / w
        areas = metric["attribute"]
        fed = frozenset([areas] if isinstance(areas, str) else areas)
        metrics.append((w, score, fed))
    at = dt.datetime.fromisoformat(record["evaluated_at"]) + shift
    total = d9((metric, given[metric["key"]]) for metric in form["metrics"])
    return Scored(at, total, metrics)


def shown(score: Fraction | None) -> float | None:
    if score is None:
        return None
    return math.copysign(math.floor(abs(score) * 100 + Fraction(1, 2)), score) / 100


@dataclass(frozen=True)
class History:
    """One agent's evaluations, seen from a time zone."""

    evaluations: Sequence[Scored]
    zone: dt.tzinfo

    def within(self, last: dt.date) -> list[Scored]:
        """Those of the seven days that end with `last`."""
        days = {last - dt.timedelta(days=n) for n in range(7)}
        return [one for one in self.evaluations if one.at.astimezone(self.zone).date() in days]

    def attribute(self, name: str, last: dt.date) -> Fraction | None:
        fed = [
            (w, score)
            for one in self.within(last)
            for w, score, areas in one.metrics
            if name in areas
        ]
        weight = sum((w for w, _ in fed), Fraction())
        return sum((w * score for w, score in fed), Fraction()) / weight if fed else None

    def scorecard(self, percents: dict[str, float], last: dt.date) -> Fraction | None:
        known = {name: self.attribute(name, last) for name in percents}
        parts = [(exact(percents[k]), v) for k, v in known.items() if v is not None]
        total = sum((weight for weight, _ in parts), Fraction())
        return sum((weight * v for weight, v in parts), Fraction()) / total if parts else None

    def kore(self, last: dt.date) -> Fraction | None:
        totals = [exact(one.total) for one in self.within(last) if one.total is not None]
        return sum(totals, Fraction()) / len(totals) if totals else None


def change(before: Fraction | None, now: Fraction | None) -> dict[str, Any]:
    """A `ScoreChange` as the API gives it."""
    first, last = shown(before), shown(now)
    if first is None or last is None:
        return {"atAssignedDate": first, "current": last, "difference": None, "trend": None}
    difference = round(last - first, 2)
    trend = "NO_CHANGE" if difference == 0 else "SPIKE" if difference > 0 else "DIP"
    return {"atAssignedDate": first, "current": last, "difference": difference, "trend": trend}


def outcome(changes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What came of an attribute of a group."""
    trends = [each["trend"] for each in changes]
    given = [exact(each["difference"]) for each in changes if each["difference"] is not None]
    return {
        "meanChange": shown(sum(given, Fraction()) / len(given)) if given else None,
        "improved": trends.count("SPIKE"),
        "declined": trends.count("DIP"),
        "unchanged": trends.count("NO_CHANGE"),
        "withoutData": trends.count(None),
    }


def effect(
    members: Iterable[dict[str, Any]], others: Iterable[dict[str, Any]]
) -> dict[str, float | int | str | None]:
    """The effect, from the text of its documentation."""
    coached, free = (
        [(each["atAssignedDate"], each["current"]) for each in some if each["trend"] is not None]
        for some in (members, others)
    )
    used = [one for one in coached if any(abs(one[0] - b) <= 10 for b, _ in free)]
    near = [one for one in free if any(abs(one[0] - b) <= 10 for b, _ in coached)]
    sizes: dict[str, float | int | str | None] = {
        "members": len(used),
        "comparableAgents": len(near),
    }
    numbers = ("difference", "low", "high", "memberChange", "comparableChange")
    if len(used) < 3 or len(near) < 5:
        return {**sizes, "result": "INSUFFICIENT_DATA", **dict.fromkeys(numbers)}
    both = [(1.0, b, now - b) for b, now in used] + [(0.0, b, now - b) for b, now in near]
    known = np.array([[1.0, side, before] for side, before, _ in both])
    if np.linalg.matrix_rank(known) < known.shape[1]:  # nobody differs in where they started
        known = known[:, :2]
    changes = np.array([change for *_, change in both])
    fit, *_ = np.linalg.lstsq(known, changes)
    freedom = len(both) - known.shape[1]
    noise = float(np.sum((changes - known @ fit) ** 2)) / freedom
    error = math.sqrt(noise * np.linalg.inv(known.T @ known)[1, 1])
    margin = stats.t.ppf(0.975, freedom) * error
    up = float(np.mean([now - b for b, now in used]))
    found = (fit[1], fit[1] - margin, fit[1] + margin, up, up - fit[1])
    return {**sizes, "result": "MEASURED", **dict(zip(numbers, map(float, found), strict=True))}
