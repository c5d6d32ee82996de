"""Whether coaching helped (C6b): what changed for those coached, beyond what changed anyway.

Those who are coached are chosen because their scores are low, and low scores rise by themselves.
So members are not compared with what changed for others on average, but with what changed for
others *who started where the members started*: the analysis of covariance. One straight line tells
how change depends on the score before, the same line for both sides, and their distance is the
effect; its 95 % interval is Student's.
"""

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import stdtrit

from models.monitor import WEEK

CALIPER = 10.0
"""Points that agents' scores before coaching may be apart for one to be compared with the other."""

MEMBERS = 3
"""Fewest members with a comparable agent that an effect is told from."""

COMPARABLE = 5
"""Fewest comparable agents."""

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
    """The members' mean change minus that of comparable agents who started where they did.

    In points. `low` to `high` is the 95 % interval. All of the numbers but the sample sizes are
    null where there is too little data.
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

    Who started near nobody of the other side is left out, and counts in no sample size.
    """
    coached, free = _near(members, others), _near(others, members)
    sizes = {"members": len(coached), "comparable": len(free)}
    if len(coached) < MEMBERS or len(free) < COMPARABLE:
        return Effect(**sizes)
    theirs, anyway = _Side(coached), _Side(free)
    # The line is that of both sides: how change depends on the score before, within each.
    spread = theirs.spread + anyway.spread
    slope = (theirs.slant + anyway.slant) / spread if spread else 0.0
    apart = theirs.before - anyway.before
    uncoached = anyway.change + slope * apart
    difference = theirs.change - uncoached
    left = max(0.0, theirs.swing + anyway.swing - slope * (theirs.slant + anyway.slant))
    freedom = len(coached) + len(free) - (3 if spread else 2)
    share = 1 / len(coached) + 1 / len(free) + (apart**2 / spread if spread else 0.0)
    margin = float(stdtrit(freedom, QUANTILE)) * (left / freedom * share) ** 0.5
    return Effect(
        **sizes,
        member_change=_shown(theirs.change),
        comparable_change=_shown(uncoached),
        difference=_shown(difference),
        low=_shown(difference - margin),
        high=_shown(difference + margin),
    )


class _Side:
    """Means and sums of squares of one side: of scores before, of changes, and of both."""

    def __init__(self, courses: Sequence[Course]) -> None:
        self.before = statistics.fmean(each.before for each in courses)
        self.change = statistics.fmean(each.change for each in courses)
        away = [(each.before - self.before, each.change - self.change) for each in courses]
        self.spread = sum(x * x for x, _ in away)
        self.slant = sum(x * y for x, y in away)
        self.swing = sum(y * y for _, y in away)


def _near(some: Sequence[Course], others: Sequence[Course]) -> list[Course]:
    """Those who started near somebody of the others."""
    return [
        each for each in some if any(abs(each.before - one.before) <= CALIPER for one in others)
    ]


def _shown(value: float) -> float:
    return round(value, 2) + 0.0  # never -0.0
