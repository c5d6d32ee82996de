"""The Coaching Monitor."""

import datetime as dt
from typing import Annotated

import strawberry

import models
from auth.permissions import IsCoach
from models.monitor import current
from resolvers import monitor, score
from resolvers.monitor import Between, Filter
from resolvers.operation import Operation
from resolvers.score import Measure, Scores
from schema import node
from schema.assignment import Assignment
from schema.filter import listed
from schema.guard import guarded
from schema.info import Info
from schema.outcome import ScoreChange, shown
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import Together, batched, column, itself, locked, many, one, row

Rows = list[models.Assignment]


def _now(measure: Measure) -> Together:
    """The agents' current scores (C3)."""

    async def found(operation: Operation, rows: Rows) -> Scores:
        days = current(score.today(operation))
        return await measure(operation, [(row.agent_id, days) for row in rows])

    return found


def _compared(measure: Measure) -> Together:
    """The agents' scores at the assigned date and now; by the scorecard as it now is in both."""

    async def found(operation: Operation, rows: Rows) -> list[ScoreChange]:
        asked = [(row.agent_id, row.assigned_at) for row in rows]
        return [shown(each) for each in await score.changes(operation, asked, measure)]

    return found


@row(
    models.Assignment,
    description="The agent's scores at the assigned date and now.",
    permission=IsCoach,
)
class MonitorComparison:
    """The manual's *Compare* (C1)."""

    agent_scorecard = batched(
        "Score by the agent's scorecard.", kind=ScoreChange, of=_compared(score.scorecards)
    )
    kore_evaluation = batched(
        "Mean of Auto QA's evaluations.", kind=ScoreChange, of=_compared(score.kore)
    )


@row(
    models.Assignment,
    description="One agent's coaching, with how the agent scores.",
    permission=IsCoach,
)
class CoachingMonitorRow:
    """A row (C1): an assignment; not there as one for those who don't read assignments."""

    assignment = itself("The coaching.", kind=Assignment)
    agent = one("Agent who is coached.")
    assigned_at = column("When it was assigned.")
    follow_up_on = column("Day of the follow-up, in the workspace's time zone.")
    attributes = many("Skills that are coached.", of="areas")
    agent_scorecard_score = batched(
        "The agent's current score by their scorecard, in points, over today and the 6"
        " days before; null without data, scorecard or Auto QA.",
        kind=float | None,
        of=_now(score.scorecards),
    )
    kore_evaluation_score = batched(
        "Current mean of the agent's evaluations by Auto QA, in points, over today and"
        " the 6 days before; null without data or Auto QA.",
        kind=float | None,
        of=_now(score.kore),
    )
    compare = itself(
        "The same at the assigned date, and what changed since.", kind=MonitorComparison
    )


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
        return page_of(info, monitor.rows(info.context, chosen), asked)
