"""Whether coaching helped (C6b): what changed for those coached, beyond what changed anyway.

Those who are coached are chosen because their scores are low, and low scores rise by themselves.
So each member is compared with uncoached agents who started at about the same score. Each
comparable agent weighs what the members that it is compared with give it. The interval is
Welch's, for two means of unequal variance; the comparable agents count with the number that
equal weights would take to be as exact, (sum of weights)^2 / sum of squared weights (Kish).
"""

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import stdtrit

from models.monitor import WEEK

CALIPER = 10.0
"""Points that a comparable agent's score may lie from the member's, before coaching."""

MEMBERS = 3
"""Fewest members with a comparable agent that an effect is told from."""

COMPARABLE = 5
"""Fewest comparable agents, by the number that their weights are worth."""

SAMPLE = 500
"""Most agents that a group is compared with: the first by their random ids."""

QUANTILE = 0.975
"""Leaves 2.5 % on either side of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Course:
    """An agent's score before coaching and now, in points."""

    before: float
    now: float

    @property
    def change(self) -> float:
        """Now minus before, in points."""
        return self.now - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The members' mean change minus the comparable agents', in points.

    `low` to `high` is the 95 % interval. All of the numbers but the sample sizes are null where
    there is too little data.
    """

    members: int
    comparable: int
    member_change: float | None = None
    comparable_change: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def measured(self) -> bool:
        """Whether there was enough data."""
        return self.difference is not None


def is_due(assigned_on: dt.date, today: dt.date) -> bool:
    """Whether the window of current scores lies behind the assigned date, as a whole."""
    return today - assigned_on >= WEEK


def of(members: Sequence[Course], others: Sequence[Course]) -> Effect:
    """The effect on a group's members, by the agents who were not coached over the same days.

    A member that nobody started near is left out, and counts in no sample size.
    """
    weights = [0.0] * len(others)
    matched: list[float] = []
    for member in members:
        near = [
            place
            for place, other in enumerate(others)
            if abs(other.before - member.before) <= CALIPER
        ]
        if near:
            matched.append(member.change)
            for place in near:
                weights[place] += 1 / len(near)
    used = [
        (weight / len(matched), other.change)
        for weight, other in zip(weights, others, strict=True)
        if weight
    ]
    sizes = {"members": len(matched), "comparable": len(used)}
    worth = 1 / sum(weight**2 for weight, _ in used) if used else 0
    # What weights are worth is a sum of fractions: a hair below the whole number that it is.
    if len(matched) < MEMBERS or worth < COMPARABLE - 1e-9:
        return Effect(**sizes)
    return _measure(matched, used, worth, sizes)


def _measure(
    matched: Sequence[float],
    used: Sequence[tuple[float, float]],
    worth: float,
    sizes: dict[str, int],
) -> Effect:
    """Both means, their difference, and Welch's interval around it."""
    coached = statistics.fmean(matched)
    uncoached = sum(weight * change for weight, change in used)
    spread = sum(weight * (change - uncoached) ** 2 for weight, change in used) / (1 - 1 / worth)
    parts = [
        (statistics.variance(matched, coached) / len(matched), len(matched) - 1),
        (spread / worth, worth - 1),
    ]
    variance = sum(part for part, _ in parts)
    margin = 0.0
    if variance > 0:
        freedom = variance**2 / sum(part**2 / degrees for part, degrees in parts)
        margin = float(stdtrit(freedom, QUANTILE)) * variance**0.5
    difference = coached - uncoached
    return Effect(
        **sizes,
        member_change=_shown(coached),
        comparable_change=_shown(uncoached),
        difference=_shown(difference),
        low=_shown(difference - margin),
        high=_shown(difference + margin),
    )


def _shown(value: float) -> float:
    return round(value, 2)
