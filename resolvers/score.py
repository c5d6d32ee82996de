"""Scores of agents over a window of days, from the sums by day (C3, C4, C7).

The agents are those whom the caller has reached (`auth.scope`). Whatever a level asks for, of
whatever windows, is one statement for attributes, one for totals and one for scorecards. Where
Auto QA is off there are no scores, and no statements either.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from models import Agent, AgentDay, AgentGroup, AttributeDay, Scorecard, ScorecardWeight, monitor
from models.monitor import Change, Days
from models.workspace import day_of
from resolvers.operation import Operation

Window = tuple[uuid.UUID, dt.date, dt.date]


def today(operation: Operation) -> dt.date:
    """The workspace's day at the moment of the operation."""
    return day_of(operation.viewer.now, operation.viewer.time_zone)


def since(operation: Operation, assigned_at: dt.datetime) -> tuple[Days, Days]:
    """The windows that coaching is measured by: before it was assigned, and now (C3)."""
    assigned_on = day_of(assigned_at, operation.viewer.time_zone)
    return monitor.before(assigned_on), monitor.current(today(operation))


async def attribute(
    operation: Operation, agent_id: uuid.UUID, attribute_id: uuid.UUID, days: Days
) -> Fraction | None:
    """An agent's score in an attribute (C4), in points."""
    if not operation.viewer.auto_qa:
        return None
    loader = operation.loaders.made("attribute scores", lambda: _attributes(operation))
    earned, weight = await loader.load((agent_id, attribute_id, days))
    return monitor.attribute_score(earned, weight)


async def scorecard(operation: Operation, agent_id: uuid.UUID, days: Days) -> Fraction | None:
    """An agent's score by their scorecard as it now is (C4), in points; null without one.

    The scorecard is the agent's own, else their team's, else the workspace's default.
    """
    if not operation.viewer.auto_qa:
        return None
    weights = await operation.loaders.made("scorecards", lambda: _scorecards(operation)).load(
        agent_id
    )
    loader = operation.loaders.made("attribute scores", lambda: _attributes(operation))
    keys = [(agent_id, attribute_id, days) for attribute_id in weights]
    found = zip(weights, await loader.load_many(keys), strict=True)
    scores = {key: monitor.attribute_score(earned, weight) for key, (earned, weight) in found}
    return monitor.scorecard_score(weights, scores)


async def kore(operation: Operation, agent_id: uuid.UUID, days: Days) -> Fraction | None:
    """The mean of Auto QA's totals of an agent (C4), in points."""
    if not operation.viewer.auto_qa:
        return None
    loader = operation.loaders.made("kore scores", lambda: _totals(operation))
    total, evaluations = await loader.load((agent_id, days))
    return monitor.kore_score(total, evaluations)


def change(before: Fraction | None, now: Fraction | None) -> Change:
    """Two scores as they are shown, and compared."""
    return Change(monitor.points(before), monitor.points(now))


def _attributes(operation: Operation) -> Any:
    table = AttributeDay

    async def batch(keys: list[tuple[uuid.UUID, uuid.UUID, Days]]) -> list[tuple[int, int]]:
        windows = _windows((agent_id, days) for agent_id, _, days in keys)
        statement = (
            sa.select(
                windows.c.agent_id,
                table.attribute_id,
                windows.c.first_day,
                windows.c.last_day,
                _sum(table.earned),
                _sum(table.weight),
            )
            .join(table, _within(operation, windows, table))
            .where(table.attribute_id.in_({attribute_id for _, attribute_id, _ in keys}))
            .group_by(*windows.c, table.attribute_id)
        )
        async with operation.read() as session:
            rows = await session.execute(statement)
            found = {(row[0], row[1], Days(row[2], row[3])): (row[4], row[5]) for row in rows}
        return [found.get(key, (0, 0)) for key in keys]

    return batch


def _totals(operation: Operation) -> Any:
    table = AgentDay

    async def batch(keys: list[tuple[uuid.UUID, Days]]) -> list[tuple[int, int]]:
        windows = _windows(keys)
        statement = (
            sa.select(*windows.c, _sum(table.total), _sum(table.evaluations))
            .join(table, _within(operation, windows, table))
            .group_by(*windows.c)
        )
        async with operation.read() as session:
            rows = await session.execute(statement)
            found = {(row[0], Days(row[1], row[2])): (row[3], row[4]) for row in rows}
        return [found.get(key, (0, 0)) for key in keys]

    return batch


def _windows(keys: Iterable[tuple[uuid.UUID, Days]]) -> Any:
    """The windows that are asked for as a table, each once."""
    rows: list[Window] = [
        (agent_id, days.first, days.last) for agent_id, days in dict.fromkeys(keys)
    ]
    columns: list[Any] = [
        sa.column("agent_id", sa.Uuid),
        sa.column("first_day", sa.Date),
        sa.column("last_day", sa.Date),
    ]
    return sa.values(*columns, name="windows").data(rows).cte("windows")


def _within(operation: Operation, windows: Any, table: type[AttributeDay] | type[AgentDay]) -> Any:
    """The days of the windows' agents: whoever asks has reached these, so no reach is asked."""
    return sa.and_(
        table.workspace_id == operation.viewer.workspace_id,
        table.agent_id == windows.c.agent_id,
        table.day.between(windows.c.first_day, windows.c.last_day),
    )


def _sum(column: Any) -> Any:
    # PostgreSQL's sum of big numbers is a decimal one.
    return sa.cast(sa.func.sum(column), sa.BigInteger)


def _scorecards(operation: Operation) -> Any:
    default = aliased(Scorecard)

    async def batch(keys: list[uuid.UUID]) -> list[dict[uuid.UUID, float]]:
        statement = (
            sa.select(Agent.id, ScorecardWeight.attribute_id, ScorecardWeight.percent)
            .outerjoin(
                AgentGroup,
                (AgentGroup.workspace_id == Agent.workspace_id)
                & (AgentGroup.id == Agent.agent_group_id),
            )
            .outerjoin(default, (default.workspace_id == Agent.workspace_id) & default.is_default)
            .join(
                ScorecardWeight,
                (ScorecardWeight.workspace_id == Agent.workspace_id)
                & (
                    ScorecardWeight.scorecard_id
                    == sa.func.coalesce(Agent.scorecard_id, AgentGroup.scorecard_id, default.id)
                ),
            )
            .where(Agent.workspace_id == operation.viewer.workspace_id, Agent.id.in_(keys))
        )
        found: dict[uuid.UUID, dict[uuid.UUID, float]] = defaultdict(dict)
        async with operation.read() as session:
            for agent_id, attribute_id, percent in await session.execute(statement):
                found[agent_id][attribute_id] = percent
        return [found[key] for key in keys]

    return batch
