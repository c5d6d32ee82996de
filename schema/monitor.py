"""The Coaching Monitor."""

import asyncio
import datetime as dt
from fractions import Fraction
from typing import Annotated, Any

import sqlalchemy as sa
import strawberry

import models
from auth.permissions import IsCoach
from models.monitor import points
from resolvers import monitor, score
from resolvers.monitor import Between, Filter
from schema import node
from schema.agent import Agent
from schema.assignment import Assignment
from schema.attribute import Attribute
from schema.filter import listed
from schema.guard import guarded
from schema.info import Info
from schema.outcome import ScoreChange, shown
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import locked

AGENT = sa.inspect(models.Assignment).relationships["agent"]
AREAS = sa.inspect(models.Assignment).relationships["areas"]


@strawberry.type(
    description="The agent's scores at the assigned date and now.", directives=[guarded(IsCoach)]
)
class MonitorComparison:
    """The manual's *Compare* (C1)."""

    row: strawberry.Private[models.Assignment]

    @strawberry.field(description="Score by the agent's scorecard.")
    async def agent_scorecard(self, info: Info) -> ScoreChange:
        """By the scorecard as it now is, in both windows."""
        return await _compared(info, self.row, score.scorecard)

    @strawberry.field(description="Mean of Auto QA's evaluations.")
    async def kore_evaluation(self, info: Info) -> ScoreChange:
        """Kore Evaluation Score."""
        return await _compared(info, self.row, score.kore)


async def _compared(info: Info, row: models.Assignment, measure: Any) -> ScoreChange:
    windows = score.since(info.context, row.assigned_at)
    before, now = await asyncio.gather(
        *(measure(info.context, row.agent_id, days) for days in windows)
    )
    return shown(score.change(before, now))


async def _now(info: Info, row: models.Assignment, measure: Any) -> float | None:
    _, days = score.since(info.context, row.assigned_at)
    found: Fraction | None = await measure(info.context, row.agent_id, days)
    return points(found)


@strawberry.type(
    description="One agent's coaching, with how the agent scores.", directives=[guarded(IsCoach)]
)
class CoachingMonitorRow:
    """A row (C1)."""

    row: strawberry.Private[models.Assignment]

    @strawberry.field(description="The coaching.")
    def assignment(self) -> Assignment:
        """All about it; not there for those who don't read assignments."""
        return self.row  # type: ignore[return-value]  # a row, as everywhere

    @strawberry.field(description="Agent who is coached.")
    async def agent(self, info: Info) -> Agent:
        """In reach, as the coaching is."""
        return await info.context.loaders.related(AGENT, self.row)  # type: ignore[no-any-return]

    @strawberry.field(description="When it was assigned.")
    def assigned_at(self) -> dt.datetime:
        """A moment; its day is one of the workspace's time zone."""
        return self.row.assigned_at

    @strawberry.field(description="Day of the follow-up, in the workspace's time zone.")
    def follow_up_on(self) -> dt.date:
        """The day."""
        return self.row.follow_up_on

    @strawberry.field(description="Skills that are coached.")
    async def attributes(self, info: Info) -> list[Attribute]:
        """By name."""
        return await info.context.loaders.related(AREAS, self.row)  # type: ignore[no-any-return]

    @strawberry.field(
        description="The agent's current score by their scorecard, in points, over today and the 6"
        " days before; null without data, scorecard or Auto QA."
    )
    async def agent_scorecard_score(self, info: Info) -> float | None:
        """Agent Score Card."""
        return await _now(info, self.row, score.scorecard)

    @strawberry.field(
        description="Current mean of the agent's evaluations by Auto QA, in points, over today and"
        " the 6 days before; null without data or Auto QA."
    )
    async def kore_evaluation_score(self, info: Info) -> float | None:
        """Kore Evaluation Score."""
        return await _now(info, self.row, score.kore)

    @strawberry.field(description="The same at the assigned date, and what changed since.")
    def compare(self) -> MonitorComparison:
        """Counted only when selected."""
        return MonitorComparison(row=self.row)


@strawberry.input(
    description="Days of the workspace's time zone, both included. Without one, that end is open;"
    " without both, the filter's own default holds.",
    directives=[guarded(IsCoach)],
)
class MonitorDays:
    """Some days in a row."""

    from_: dt.date | None = strawberry.field(
        default=None, name="from", description="The first of them."
    )
    to: dt.date | None = strawberry.field(default=None, description="The last of them.")

    def read(self) -> Between:
        """In the domain's words. Raises BadRequest."""
        return Between(first=self.from_, last=self.to)


@strawberry.input(
    one_of=True,
    description="Which of its two dates coaching is looked for by.",
    directives=[guarded(IsCoach)],
)
class MonitorDateFilter:
    """Exactly one (C2)."""

    assigned_on: MonitorDays | None = strawberry.field(
        default=strawberry.UNSET,
        description="Day that it was assigned; today and the 6 days before, if none is named.",
    )
    follow_up_on: MonitorDays | None = strawberry.field(
        default=strawberry.UNSET, description="Day of its follow-up; today, if none is named."
    )


@strawberry.input(
    description="Which coaching. Conditions combine by and, lists inside by or.",
    directives=[guarded(IsCoach)],
)
class MonitorFilter:
    """A filter; members left out are no condition."""

    date: MonitorDateFilter | None = strawberry.field(
        default=None, description="By date; without it, what was assigned in the last 7 days."
    )
    attribute_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="With one of these skills."
    )
    agent_group_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of agents of these teams or levels."
    )
    agent_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of these agents."
    )

    def read(self) -> Filter:
        """The filter in the domain's words. Raises BadRequest."""
        date = self.date or MonitorDateFilter()
        return Filter(
            assigned_on=date.assigned_on.read() if date.assigned_on else None,
            follow_up_on=date.follow_up_on.read() if date.follow_up_on else None,
            area_ids=node.keys(listed(self.attribute_ids, "attributeIds"), "Attribute"),
            agent_group_ids=node.keys(listed(self.agent_group_ids, "agentGroupIds"), "AgentGroup"),
            agent_ids=node.keys(listed(self.agent_ids, "agentIds"), "Agent"),
        )


@strawberry.type
class MonitorQuery:
    """Reading the monitor."""

    @strawberry.field(
        description="Coaching in your reach with the agents' scores; by assigned date the newest"
        " first, by follow-up date the earliest.",
        extensions=locked(IsCoach),
    )
    async def coaching_monitor(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[  # noqa: A002
            MonitorFilter | None, strawberry.argument(description="Which coaching.")
        ] = None,
    ) -> Connection[CoachingMonitorRow]:
        """One row for each assignment (C1)."""
        asked = window(first, after, last, before)
        chosen = filter.read() if filter else Filter()
        found = monitor.rows(info.context, chosen)
        return page_of(info, found, asked, lambda row: CoachingMonitorRow(row=row))
