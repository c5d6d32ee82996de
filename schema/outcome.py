"""How scores changed since coaching was assigned, and whether coaching helped (C5, C6)."""

import asyncio
import enum
from typing import Any

import strawberry

import models
from auth.permissions import IsCoach, ManagesCoaching, ReadsDashboard
from models.effect import Effect
from models.monitor import Change, Outcome, Trend, trend_of
from resolvers import outcome
from schema.attribute import Attribute
from schema.enum import described
from schema.guard import guarded
from schema.info import Info
from schema.status import AssignmentStatus, word

described(
    Trend,
    "Which way a score went since the assigned date.",
    {"SPIKE": "Up.", "DIP": "Down.", "NO_CHANGE": "Neither."},
    name="ScoreTrend",
    permission=IsCoach,
)


@strawberry.type(
    description="A score at the assigned date and now, each over 7 days.",
    directives=[guarded(IsCoach)],
)
class ScoreChange:
    """Two scores and their difference (C1)."""

    at_assigned_date: float | None = strawberry.field(
        description="Score over the 7 days before the assigned date, in points; null without data."
    )
    current: float | None = strawberry.field(
        description="Score over today and the 6 days before, in points; null without data."
    )
    difference: float | None = strawberry.field(
        description="Current minus assigned date, in points; null where one of them is."
    )
    trend: Trend | None = strawberry.field(
        description="Which way it went; null where there is no difference."
    )


def shown(change: Change) -> ScoreChange:
    """A change as it is shown."""
    difference = change.difference
    return ScoreChange(
        at_assigned_date=change.before,
        current=change.now,
        difference=difference,
        trend=trend_of(difference),
    )


@strawberry.type(
    description="How an agent's score in a coached skill changed.", directives=[guarded(IsCoach)]
)
class AttributeProgress:
    """An assigned attribute (C5)."""

    row: strawberry.Private[Any]
    change: strawberry.Private[Change]

    @strawberry.field(description="The skill.")
    def attribute(self) -> Attribute:
        """The row behind it."""
        return self.row  # type: ignore[no-any-return]

    @strawberry.field(description="Its score at the assigned date and now.")
    def score(self) -> ScoreChange:
        """Null in it where there is no data, or no Auto QA."""
        return shown(self.change)


@strawberry.type(
    description="Number of assignments with a status.", directives=[guarded(ReadsDashboard)]
)
class StatusCount:
    """A count."""

    status: AssignmentStatus = strawberry.field(description="The status.")
    count: int = strawberry.field(description="How many have it.")


@strawberry.type(
    description="How a group's members changed in a coached skill.",
    directives=[guarded(ManagesCoaching)],
)
class AttributeOutcome:
    """An attribute of a group (C6)."""

    row: strawberry.Private[Any]
    found: strawberry.Private[Outcome]

    @strawberry.field(description="The skill.")
    def attribute(self) -> Attribute:
        """The row behind it."""
        return self.row  # type: ignore[no-any-return]

    @strawberry.field(
        description="Mean of the members' differences, in points; null where none has both scores."
    )
    def mean_change(self) -> float | None:
        """Over those who have a score in both windows."""
        return self.found.mean_change

    @strawberry.field(description="Number of members whose score went up.")
    def improved(self) -> int:
        """Spikes."""
        return self.found.improved

    @strawberry.field(description="Number of members whose score went down.")
    def declined(self) -> int:
        """Dips."""
        return self.found.declined

    @strawberry.field(description="Number of members whose score stayed as it was.")
    def unchanged(self) -> int:
        """No change."""
        return self.found.unchanged

    @strawberry.field(description="Number of members without a score then or now.")
    def without_data(self) -> int:
        """Not measured."""
        return self.found.without_data


@strawberry.type(
    description="What came of a coaching group that was sent, for the members in your reach.",
    directives=[guarded(ManagesCoaching)],
)
class GroupOutcome:
    """A sent group's outcome (C6)."""

    group: strawberry.Private[Any]

    @strawberry.field(description="Number of its assignments by status, in the order of status.")
    async def statuses(self, info: Info) -> list[StatusCount]:
        """Those that occur."""
        found = await outcome.statuses(info.context, self.group)
        return [
            StatusCount(status=word(status, info.context.viewer), count=found[status])
            for status in sorted(found)
        ]

    @strawberry.field(
        description="Changes in each skill that it coaches; cancelled coaching does not count."
    )
    async def attributes(self, info: Info) -> list[AttributeOutcome]:
        """By the attribute's name."""
        rows = await outcome.areas(info.context, self.group)
        found = await asyncio.gather(
            *(outcome.of(info.context, self.group, row.id) for row in rows)
        )
        return [
            AttributeOutcome(row=row, found=each) for row, each in zip(rows, found, strict=True)
        ]


class EffectResult(enum.StrEnum):
    """Whether an effect could be told."""

    MEASURED = "MEASURED"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


described(
    EffectResult,
    "Whether there is enough data to tell an effect from.",
    {
        "MEASURED": "There is.",
        "INSUFFICIENT_DATA": "Too few members or comparable agents have scores, or the coaching is"
        " younger than 7 days.",
    },
    permission=ManagesCoaching,
)


@strawberry.type(
    description="What coaching a group in a skill changed, beyond what changed without coaching:"
    " the members against comparable agents who were not coached in it over the same days.",
    directives=[guarded(ManagesCoaching)],
)
class AttributeEffect:
    """An effect (C6b)."""

    row: strawberry.Private[models.Attribute]
    found: strawberry.Private[Effect]

    @strawberry.field(description="The skill.")
    def attribute(self) -> Attribute:
        """The row behind it."""
        return self.row  # type: ignore[return-value]  # a row, as everywhere

    @strawberry.field(description="Whether there is enough data.")
    def result(self) -> EffectResult:
        """Without, every number but the sample sizes is null."""
        return EffectResult.MEASURED if self.found.measured else EffectResult.INSUFFICIENT_DATA

    @strawberry.field(
        description="Members' mean change minus that of comparable agents who started where the"
        " members started, in points."
    )
    def difference(self) -> float | None:
        """The effect."""
        return self.found.difference

    @strawberry.field(description="Lower end of the 95 % interval of the difference, in points.")
    def low(self) -> float | None:
        """Student's, of the analysis of covariance."""
        return self.found.low

    @strawberry.field(description="Upper end of the 95 % interval of the difference, in points.")
    def high(self) -> float | None:
        """Student's, of the analysis of covariance."""
        return self.found.high

    @strawberry.field(description="Mean change of the members that are compared, in points.")
    def member_change(self) -> float | None:
        """Of those with a comparable agent."""
        return self.found.member_change

    @strawberry.field(
        description="Mean change, in points, of comparable agents who started where the members"
        " started."
    )
    def comparable_change(self) -> float | None:
        """What would have changed anyway."""
        return self.found.comparable_change

    @strawberry.field(description="Number of members that are compared.")
    def members(self) -> int:
        """A sample size."""
        return self.found.members

    @strawberry.field(description="Number of agents that they are compared with.")
    def comparable_agents(self) -> int:
        """A sample size."""
        return self.found.comparable
