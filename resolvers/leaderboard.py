"""The agent leaderboard: agents ranked by what Auto QA gave them over some days (B2)."""

import dataclasses
import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auth import scope
from models import Agent, AgentDay, AgentQueue, monitor
from models.errors import BadRequest
from models.monitor import Days
from resolvers import page, score
from resolvers.operation import Operation
from resolvers.page import Order, Page, Window

MOST_DAYS = 92
"""Longest time that agents are ranked over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Members combine by *and*, lists inside by *or*; an empty list is no condition.

    Days are the workspace's; without them, today and the 6 days before.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    queue_ids: tuple[uuid.UUID, ...] = ()
    agent_group_ids: tuple[uuid.UUID, ...] = ()

    def days(self, today: dt.date) -> Days:
        """The days to rank by. Raises BadRequest for half of them, none, or too many."""
        if self.first is None and self.last is None:
            return monitor.current(today)
        if self.first is None or self.last is None:
            message = "Give both from and to, or none of them."
            raise BadRequest(message)
        if not 0 <= (self.last - self.first).days < MOST_DAYS:
            message = f"to: from the first day on, at most {MOST_DAYS} days in all."
            raise BadRequest(message)
        return Days(self.first, self.last)


async def rows(operation: Operation, filter_: Filter, window: Window) -> Page:
    """A page of the agents in reach with scores, the highest first; none without Auto QA (C4).

    Rows have `agent_id`, `rank` (from 1, equal for equals), and `total` and `evaluations`, the
    sums of `models.score_day`. One statement, which reads the days of every agent in reach: of
    their evaluations, however many, nothing.
    """
    days = filter_.days(score.today(operation))
    ranked = _ranked(operation, filter_, days).subquery()
    order = Order(
        keys=("height", "agent_id"),
        descending=True,
        binding=("agentLeaderboard", *dataclasses.astuple(filter_)),
    )
    columns = [ranked.c[key] for key in order.keys]
    narrowed = page.within(sa.select(ranked), columns, order, window)
    found: Any = []
    if operation.viewer.auto_qa:
        async with operation.read() as session:
            found = (await session.execute(narrowed)).all()

    async def total() -> int:
        if not operation.viewer.auto_qa:
            return 0
        async with operation.read() as session:
            return await session.scalar(sa.select(sa.func.count()).select_from(ranked)) or 0

    return page.cut(found, order, window, total)


def _ranked(operation: Operation, filter_: Filter, days: Days) -> sa.Select[Any]:
    day = AgentDay
    conditions = [*scope.conditions(day, operation.viewer), day.day.between(days.first, days.last)]
    of_agent = sa.select(sa.literal(1))
    if filter_.queue_ids:
        works = of_agent.where(
            AgentQueue.workspace_id == day.workspace_id,
            AgentQueue.agent_id == day.agent_id,
            AgentQueue.queue_id.in_(filter_.queue_ids),
        )
        conditions.append(works.exists())
    if filter_.agent_group_ids:
        belongs = of_agent.where(
            Agent.workspace_id == day.workspace_id,
            Agent.id == day.agent_id,
            Agent.agent_group_id.in_(filter_.agent_group_ids),
        )
        conditions.append(belongs.exists())
    total: Any = sa.cast(sa.func.sum(day.total), sa.BigInteger)
    evaluations: Any = sa.cast(sa.func.sum(day.evaluations), sa.BigInteger)
    summed = (
        sa.select(
            day.agent_id,
            total.label("total"),
            evaluations.label("evaluations"),
            # Ten-thousandths of a point, cut off: a whole number that both databases sort alike.
            (total * 100 // evaluations).label("height"),
        )
        .where(*conditions)
        .group_by(day.agent_id)
        .subquery()
    )
    rank = sa.func.rank().over(order_by=summed.c.height.desc())
    return sa.select(summed, rank.label("rank"))
