"""Scores of agents over a window of days, from the sums by day (C3, C4, C7).

The agents are those whom the caller has reached (`auth.scope`). Scores are asked for many at once;
whatever a level asks for, of whatever windows, is one statement for attributes, one for totals and
one for scorecards, each with one row for a window or a scorecard. Where Auto QA is off there are
no scores, and no statements either.
"""

import datetime as dt
import functools
import uuid
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from models import Agent, AgentDay, AgentGroup, AttributeDay, Scorecard, ScorecardWeight, monitor
from models.monitor import Change, Days
from models.prepared import Prepared
from models.workspace import day_of
from resolvers import arrays, query
from resolvers.arrays import PLACE, Rows
from resolvers.level import Batch
from resolvers.operation import Operation

Window = tuple[uuid.UUID, Days]
"""An agent, and the days that they are scored over."""

Scores = list[float | None]
"""In points, as they are shown; null without data."""

Measure = Callable[[Operation, Sequence[Window]], Coroutine[Any, Any, Scores]]

Sums = tuple[int, int]
Weights = Mapping[str, int]
"""Hundredths of percents of attributes, whose ids stay as the database writes them in JSON."""

WINDOWS = Rows("windows", {"agent_id": sa.Uuid, "first_day": sa.Date, "last_day": sa.Date})
ATTRIBUTES = Rows("attributes", {"attribute_id": sa.Uuid(as_uuid=False)})
AGENTS = Rows("agents", {"agent_id": sa.Uuid})


def today(operation: Operation) -> dt.date:
    """The workspace's day at the moment of the operation."""
    return day_of(operation.viewer.now, operation.viewer.time_zone)


def since(operation: Operation, assigned_at: dt.datetime) -> tuple[Days, Days]:
    """The windows that coaching is measured by: before it was assigned, and now (C3)."""
    return _before(operation, assigned_at), monitor.current(today(operation))


async def attributes(
    operation: Operation, asked: Sequence[tuple[uuid.UUID, uuid.UUID, Days]]
) -> Scores:
    """Agents' scores in an attribute each (C4)."""
    if not operation.viewer.auto_qa:
        return [None] * len(asked)
    windows = [(agent_id, days) for agent_id, _, days in asked]
    keys = [arrays.key(operation.database.engine.dialect.name, each) for _, each, _ in asked]
    found = await _sums(operation, windows, set(keys))
    return [
        monitor.attribute_score(*found.get(window, {}).get(key, monitor.NOTHING))
        for window, key in zip(windows, keys, strict=True)
    ]


async def scorecards(operation: Operation, windows: Sequence[Window]) -> Scores:
    """Agents' scores by their scorecards as they now are (C4); null without one.

    The scorecard is the agent's own, else their team's, else the workspace's default.
    """
    if not operation.viewer.auto_qa:
        return [None] * len(windows)
    loader = operation.loaders.uncached("scorecards", lambda: _scorecards(operation))
    cards = await loader.load({agent_id for agent_id, _ in windows})
    known = [window for window in windows if window[0] in cards]
    found = await _sums(operation, known, {key for card in cards.values() for key in card})
    return [
        monitor.scorecard_score(cards.get(window[0], {}), found.get(window, {}))
        for window in windows
    ]


async def kore(operation: Operation, windows: Sequence[Window]) -> Scores:
    """The means of Auto QA's totals of agents (C4)."""
    if not operation.viewer.auto_qa:
        return [None] * len(windows)
    loader = operation.loaders.uncached("kore scores", lambda: _totals(operation))
    found = await loader.load(windows)
    return [monitor.kore_score(*found.get(window, monitor.NOTHING)) for window in windows]


async def changes(
    operation: Operation, asked: Iterable[tuple[uuid.UUID, dt.datetime]], measure: Measure
) -> list[Change]:
    """How agents' scores changed since a moment each, at which they were assigned coaching."""
    now = monitor.current(today(operation))
    then = [(agent_id, _before(operation, assigned_at)) for agent_id, assigned_at in asked]
    found = await measure(operation, then + [(agent_id, now) for agent_id, _ in then])
    return list(map(Change, found[: len(then)], found[len(then) :]))


def _before(operation: Operation, assigned_at: dt.datetime) -> Days:
    return monitor.before(day_of(assigned_at, operation.viewer.time_zone))


async def _sums(
    operation: Operation, windows: Sequence[Window], attribute_ids: Collection[str]
) -> Mapping[Window, Mapping[str, Sums]]:
    """What the days of each window with data say of these attributes, and maybe of others."""
    if not windows:
        return {}
    loader = operation.loaders.uncached("attribute sums", lambda: _attributes(operation))
    return await loader.load((windows, attribute_ids))  # type: ignore[no-any-return]


def _attributes(operation: Operation) -> Batch:
    async def batch(bulks: list[Any]) -> list[Mapping[Window, Mapping[str, Sums]]]:
        windows = _merged(windows for windows, _ in bulks)
        ids = _merged(ids for _, ids in bulks)
        found: dict[Window, Mapping[str, Sums]] = {}
        for place, sums in await _read(
            operation,
            _sums_of_attributes,
            {WINDOWS: _rows(windows), ATTRIBUTES: [(i,) for i in ids]},
        ):
            found[windows[place]] = {
                key: (earned, weight) for key, earned, weight in arrays.parsed(sums)
            }
        return [found] * len(bulks)

    return batch


def _totals(operation: Operation) -> Batch:
    async def batch(bulks: list[Sequence[Window]]) -> list[Mapping[Window, Sums]]:
        windows = _merged(bulks)
        rows = await _read(operation, _sums_of_agents, {WINDOWS: _rows(windows)})
        found = {windows[place]: (total, evaluations) for place, total, evaluations in rows}
        return [found] * len(bulks)

    return batch


def _scorecards(operation: Operation) -> Batch:
    async def batch(bulks: list[Collection[uuid.UUID]]) -> list[Mapping[uuid.UUID, Weights]]:
        agents = _merged(bulks)
        found: dict[uuid.UUID, Weights] = {}
        for places, weights in await _read(
            operation, _weights_of_agents, {AGENTS: [(agent_id,) for agent_id in agents]}
        ):
            card = dict(arrays.parsed(weights))
            found |= dict.fromkeys((agents[place] for place in arrays.parsed(places)), card)
        return [found] * len(bulks)

    return batch


def _merged(bulks: Iterable[Iterable[Any]]) -> list[Any]:
    """What several have asked for, each once."""
    return list(dict.fromkeys(each for bulk in bulks for each in bulk))


def _rows(windows: Sequence[Window]) -> list[tuple[uuid.UUID, dt.date, dt.date]]:
    return [(agent_id, days.first, days.last) for agent_id, days in windows]


async def _read(
    operation: Operation,
    statement: Callable[[str], sa.Select[Any]],
    given: Mapping[Rows, Sequence[Sequence[Any]]],
) -> Sequence[Any]:
    dialect = operation.database.engine.dialect
    values: dict[str, Any] = {"workspace": operation.viewer.workspace_id}
    for rows, those in given.items():
        values |= rows.values(dialect.name, those)
    prepared = _prepared(statement, dialect)
    (found,) = await query.fetch(operation, [(prepared.text, prepared.values(values))])
    return found


@functools.lru_cache(maxsize=16)
def _prepared(statement: Callable[[str], sa.Select[Any]], dialect: sa.Dialect) -> Prepared:
    return Prepared(statement(dialect.name), dialect)


# The statements are of tables, not of what is mapped to them: nothing here becomes an object.


def _in_windows(dialect: str, table: Any, windows: Any) -> Any:
    """The days of the windows' agents: whoever asks has reached these, so no reach is asked."""
    of_agent = table.c.agent_id == windows.c.agent_id
    if dialect == "sqlite":
        # Else it reads the days of all agents, by the index that has all that it wants.
        of_agent = sa.func.likelihood(of_agent, sa.literal_column("0.0001"))
    return sa.and_(
        table.c.workspace_id == sa.bindparam("workspace", type_=sa.Uuid),
        of_agent,
        table.c.day.between(windows.c.first_day, windows.c.last_day),
    )


def _sums_of_attributes(dialect: str) -> sa.Select[Any]:
    """For each window with data its place, and each attribute's id, earned and weight."""
    day: Any = AttributeDay.__table__
    windows, attributes = WINDOWS.table(dialect), ATTRIBUTES.table(dialect)
    each = (
        sa.select(
            windows.c[PLACE],
            day.c.attribute_id,
            sa.func.sum(day.c.earned).label("earned"),
            sa.func.sum(day.c.weight).label("weight"),
        )
        .select_from(windows)
        .join(day, _in_windows(dialect, day, windows))
        .where(day.c.attribute_id.in_(sa.select(attributes.c.attribute_id)))
        .group_by(windows.c[PLACE], day.c.attribute_id)
        .subquery()
    )
    sums = arrays.gathered(dialect, each.c.attribute_id, each.c.earned, each.c.weight)
    return sa.select(each.c[PLACE], sums).group_by(each.c[PLACE])


def _sums_of_agents(dialect: str) -> sa.Select[Any]:
    """For each window with data its place, total and number of evaluations."""
    day: Any = AgentDay.__table__
    windows = WINDOWS.table(dialect)
    return (
        sa.select(windows.c[PLACE], _sum(day.c.total), _sum(day.c.evaluations))
        .select_from(windows)
        .join(day, _in_windows(dialect, day, windows))
        .group_by(windows.c[PLACE])
    )


def _sum(column: Any) -> Any:
    # PostgreSQL's sum of big numbers is a decimal one.
    return sa.cast(sa.func.sum(column), sa.BigInteger)


def _weights_of_agents(dialect: str) -> sa.Select[Any]:
    """For each scorecard the places of its agents, and for each attribute its percent."""
    agents = AGENTS.table(dialect)
    agent, team, default, weight = (
        each.__table__.alias() for each in (Agent, AgentGroup, Scorecard, ScorecardWeight)
    )
    workspace: Any = sa.bindparam("workspace", type_=sa.Uuid)
    card = sa.func.coalesce(agent.c.scorecard_id, team.c.scorecard_id, default.c.id)
    chosen = (
        sa.select(arrays.gathered(dialect, agents.c[PLACE]).label("places"), card.label("id"))
        .select_from(agents)
        .join(agent, (agent.c.workspace_id == workspace) & (agent.c.id == agents.c.agent_id))
        .outerjoin(team, _same(agent, team) & (team.c.id == agent.c.agent_group_id))
        .outerjoin(default, _same(agent, default) & default.c.is_default)
        .group_by(card)
        .subquery()
    )
    # Percents as they are stored: in hundredths.
    percent = sa.type_coerce(weight.c.percent, sa.Integer)
    return (
        sa.select(chosen.c.places, arrays.gathered(dialect, weight.c.attribute_id, percent))
        .select_from(chosen)
        .join(weight, (weight.c.workspace_id == workspace) & (weight.c.scorecard_id == chosen.c.id))
        .group_by(chosen.c.id, chosen.c.places)
    )


def _same(one: Any, other: Any) -> Any:
    return one.c.workspace_id == other.c.workspace_id
