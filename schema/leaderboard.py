"""The agent leaderboard."""

import dataclasses
import datetime as dt
from typing import Annotated, Any

import strawberry

import models
from auth.permissions import IsCoach
from models.monitor import Days, kore_score
from resolvers import leaderboard, score
from resolvers.leaderboard import Filter
from resolvers.operation import Operation
from resolvers.score import Scores
from schema import node
from schema.agent import Agent
from schema.filter import listed
from schema.guard import guarded
from schema.info import Info
from schema.page import After, Before, Connection, First, Last, connection, window
from schema.row import PRICE, batched, locked


async def _scorecards(operation: Operation, rows: list["AgentLeaderboardRow"]) -> Scores:
    return await score.scorecards(operation, [(each.row.agent_id, each.days) for each in rows])


@strawberry.type(description="An agent in a ranking.", directives=[guarded(IsCoach)])
class AgentLeaderboardRow:
    """A row (B2)."""

    row: strawberry.Private[Any]
    days: strawberry.Private[Days]

    @strawberry.field(description="Place, from 1; agents of equal scores share theirs.")
    def rank(self) -> int:
        """Among all agents of the list, not only of the page."""
        return self.row.rank  # type: ignore[no-any-return]

    @strawberry.field(description="The agent.")
    async def agent(self, info: Info) -> Agent:
        """In reach, as the scores are."""
        return await info.context.loaders.row(models.Agent, self.row.agent_id)  # type: ignore[no-any-return]

    @strawberry.field(description="Number of evaluations by Auto QA with a score.")
    def evaluation_count(self) -> int:
        """Over the days of the list."""
        return self.row.evaluations  # type: ignore[no-any-return]

    @strawberry.field(description="Mean of the evaluations by Auto QA, in points.")
    def kore_evaluation_score(self) -> float | None:
        """What agents are ranked by."""
        return kore_score(self.row.total, self.row.evaluations)

    agent_scorecard_score = batched(
        "Score by the agent's scorecard over the same days, in points; null without data or"
        " scorecard.",
        kind=float | None,
        of=_scorecards,
    )


@strawberry.input(
    description="Which agents, over which days. Conditions combine by and, lists inside by or.",
    directives=[guarded(IsCoach)],
)
class AgentLeaderboardFilter:
    """A filter; members left out are no condition."""

    from_: dt.date | None = strawberry.field(
        default=None,
        name="from",
        description="First day, of the workspace's time zone; without days, the last 7.",
    )
    to: dt.date | None = strawberry.field(
        default=None, description="Last day; at most 92 days in all."
    )
    queue_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Agents who work in one of these queues."
    )
    agent_group_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Agents of these teams or levels."
    )

    def read(self) -> Filter:
        """The filter in the domain's words. Raises BadRequest."""
        return Filter(
            first=self.from_,
            last=self.to,
            queue_ids=node.keys(listed(self.queue_ids, "queueIds"), "Queue"),
            agent_group_ids=node.keys(listed(self.agent_group_ids, "agentGroupIds"), "AgentGroup"),
        )


@strawberry.type
class LeaderboardQuery:
    """Reading the leaderboard."""

    @strawberry.field(
        description="Agents in your reach with evaluations by Auto QA, the highest score first;"
        " with `last`, the lowest scores of the list. Empty where Auto QA is off.",
        extensions=locked(IsCoach),
        metadata={PRICE: 100},
    )
    async def agent_leaderboard(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[  # noqa: A002
            AgentLeaderboardFilter | None, strawberry.argument(description="Which agents.")
        ] = None,
    ) -> Connection[AgentLeaderboardRow]:
        """Ranked by Kore Evaluation Score."""
        asked = window(first, after, last, before)
        chosen = filter.read() if filter else Filter()
        days = chosen.days(score.today(info.context))
        page = await leaderboard.rows(info.context, chosen, asked)
        rows = [AgentLeaderboardRow(row=row, days=days) for row in page.rows]
        return connection(dataclasses.replace(page, rows=rows))
