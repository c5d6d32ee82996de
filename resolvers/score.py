"""Scores of agents over a window of days, from the sums by day (C3, C4, C7).

The agents are those whom the caller has reached (`auth.scope`). Scores are asked for many at once;
whatever a level asks for of agents, of whatever windows, is one statement, and what it asks for of
their attributes is another, each with one row of texts. Where Auto QA is off there are no scores,
and no statements either.
"""

import datetime as dt
import functools
import itertools
import uuid
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from models import Agent, AgentDay, AgentGroup, AttributeDay, Scorecard, ScorecardWeight, monitor
from models.monitor import Change, Days
from models.prepared import Prepared
from models.workspace import day_of, zone
from resolvers import arrays, query
from resolvers.arrays import PLACE, Rows
from resolvers.level import Batch
from resolvers.operation import Operation

Window = tuple[uuid.UUID, Days]
"""An agent, and the days that they are scored over."""

Scores = list[float | None]
"""In points, as they are shown; null without data."""

Measure = Callable[[Operation, Sequence[Window]], Coroutine[Any, Any, Scores]]

Gathering = Callable[[str], Any]
"""What makes, for a kind of database, the expression of a text of rows (`arrays.gathered`)."""

Given = Mapping[Rows, Sequence[Sequence[Any]]]
"""Lists that go to the database."""

WINDOWS = Rows("windows", {"agent_id": sa.Uuid, "first_day": sa.Date, "last_day": sa.Date})
WORKSPACE: Any = sa.bindparam("workspace", type_=sa.Uuid)
ATTRIBUTES = Rows("attributes", {"attribute_id": sa.Uuid(as_uuid=False)})


def today(operation: Operation) -> dt.date:
    """The workspace's day at the moment of the operation."""
    return day_of(operation.viewer.now, operation.viewer.time_zone)


def since(operation: Operation, assigned_at: dt.datetime) -> tuple[Days, Days]:
    """The windows that coaching is measured by: before it was assigned, and now (C3)."""
    before = monitor.before(day_of(assigned_at, operation.viewer.time_zone))
    return before, monitor.current(today(operation))


async def attributes(
    operation: Operation, asked: Sequence[tuple[uuid.UUID, uuid.UUID, Days]]
) -> Scores:
    """Agents' scores in an attribute each (C4)."""
    if not operation.viewer.auto_qa or not asked:
        return [None] * len(asked)
    windows = [(agent_id, days) for agent_id, _, days in asked]
    keys = [arrays.key(operation.database.engine.dialect.name, each) for _, each, _ in asked]
    loader = operation.loaders.uncached("attribute scores", lambda: _attributes(operation))
    found = await loader.load((windows, set(keys)))
    return [found.get(each) for each in zip(windows, keys, strict=True)]


async def scorecards(operation: Operation, windows: Sequence[Window]) -> Scores:
    """Agents' scores by their scorecards as they now are (C4); null without one.

    The scorecard is the agent's own, else their team's, else the workspace's default.
    """
    return await _of_agents(operation, _parts_of_scorecards, windows)


async def kore(operation: Operation, windows: Sequence[Window]) -> Scores:
    """The means of Auto QA's totals of agents (C4)."""
    return await _of_agents(operation, _sums_of_agents, windows)


async def changes(
    operation: Operation, asked: Iterable[tuple[uuid.UUID, dt.datetime]], measure: Measure
) -> list[Change]:
    """How agents' scores changed since a moment each, at which they were assigned coaching."""
    now, local = monitor.current(today(operation)), zone(operation.viewer.time_zone)
    then = [
        (agent_id, monitor.before(assigned_at.astimezone(local).date()))
        for agent_id, assigned_at in asked
    ]
    found = await measure(operation, then + [(agent_id, now) for agent_id, _ in then])
    return list(map(Change, found[: len(then)], found[len(then) :]))


async def _of_agents(
    operation: Operation, gathering: Gathering, windows: Sequence[Window]
) -> Scores:
    if not operation.viewer.auto_qa or not windows:
        return [None] * len(windows)
    loader = operation.loaders.uncached("scores of agents", lambda: _agents(operation))
    found = await loader.load((gathering, windows))
    return [found.get(window) for window in windows]


def _agents(operation: Operation) -> Batch:
    async def batch(
        bulks: list[tuple[Gathering, Sequence[Window]]],
    ) -> list[Mapping[Window, float | None]]:
        asked = {gathering for gathering, _ in bulks}
        wanted = tuple(gathering for gathering in _SCORED if gathering in asked)
        windows = _merged(windows for _, windows in bulks)
        texts = await _read(operation, wanted, {WINDOWS: _rows(windows)})
        found = {}
        for gathering, text in zip(wanted, texts, strict=True):
            score = _SCORED[gathering]
            told = arrays.parsed(text)
            found[gathering] = {windows[place]: score(*sums) for place, *sums in told}
        return [found[gathering] for gathering, _ in bulks]

    return batch


def _attributes(operation: Operation) -> Batch:
    async def batch(bulks: list[Any]) -> list[Mapping[tuple[Window, str], float | None]]:
        windows = _merged(windows for windows, _ in bulks)
        ids = _merged(ids for _, ids in bulks)
        given: Given = {WINDOWS: _rows(windows), ATTRIBUTES: [(each,) for each in ids]}
        (text,) = await _read(operation, (_sums_of_attributes,), given)
        found = {
            (windows[place], key): monitor.attribute_score(earned, weight)
            for place, key, earned, weight in arrays.parsed(text)
        }
        return [found] * len(bulks)

    return batch


def _merged(bulks: Iterable[Iterable[Any]]) -> list[Any]:
    """What several have asked for, each once."""
    return list(dict.fromkeys(itertools.chain.from_iterable(bulks)))


def _rows(windows: Sequence[Window]) -> list[tuple[uuid.UUID, dt.date, dt.date]]:
    return [(agent_id, first, last) for agent_id, (first, last) in windows]


async def _read(
    operation: Operation,
    wanted: tuple[Gathering, ...],
    given: Given,
) -> Sequence[Any]:
    """The text of each, in one statement."""
    dialect = operation.database.engine.dialect
    values: dict[str, Any] = {WORKSPACE.key: operation.viewer.workspace_id}
    for rows, those in given.items():
        values |= rows.values(dialect.name, those)
    prepared = _prepared(wanted, dialect)
    ((found,),) = await query.fetch(operation, [(prepared.text, prepared.values(values))])
    return found  # type: ignore[no-any-return]


@functools.lru_cache(maxsize=16)
def _prepared(wanted: tuple[Gathering, ...], dialect: sa.Dialect) -> Prepared:
    return Prepared(sa.select(*(each(dialect.name) for each in wanted)), dialect)


# The statements are of tables, not of what is mapped to them: nothing here becomes an object.


def _in_windows(dialect: str, table: Any, windows: Any) -> Any:
    """The days of the windows' agents: whoever asks has reached these, so no reach is asked."""
    of_agent = table.c.agent_id == windows.c.agent_id
    if dialect == "sqlite":
        # Else it reads the days of all agents, by the index that has all that it wants.
        of_agent = sa.func.likelihood(of_agent, sa.literal_column("0.0001"))
    return sa.and_(
        table.c.workspace_id == WORKSPACE,
        of_agent,
        table.c.day.between(windows.c.first_day, windows.c.last_day),
    )


def _sums_of_attributes(dialect: str) -> Any:
    """For each window and attribute with data: place, the attribute's id, earned and weight."""
    day: Any = AttributeDay.__table__
    windows, attributes = WINDOWS.table(dialect), ATTRIBUTES.table(dialect)
    each = (
        sa.select(windows.c[PLACE], day.c.attribute_id, _sum(day.c.earned), _sum(day.c.weight))
        .select_from(windows)
        .join(day, _in_windows(dialect, day, windows))
        .where(day.c.attribute_id.in_(sa.select(attributes.c.attribute_id)))
        .group_by(windows.c[PLACE], day.c.attribute_id)
        .subquery()
    )
    return _text(arrays.gathered(dialect, *each.c))


def _sums_of_agents(dialect: str) -> Any:
    """For each window with data: place, total and number of evaluations."""
    day: Any = AgentDay.__table__
    windows = WINDOWS.table(dialect)
    each = (
        sa.select(windows.c[PLACE], _sum(day.c.total), _sum(day.c.evaluations))
        .select_from(windows)
        .join(day, _in_windows(dialect, day, windows))
        .group_by(windows.c[PLACE])
        .subquery()
    )
    return _text(arrays.gathered(dialect, *each.c))


def _parts_of_scorecards(dialect: str) -> Any:
    """For each window with data: place, and of each attribute the percent, earned and weight."""
    day: Any = AttributeDay.__table__
    weight = ScorecardWeight.__table__.alias()
    windows = _with_scorecards(WINDOWS.table(dialect))
    # Summed up before the percents are looked for: these are the same for all days.
    sums = (
        sa.select(
            windows.c[PLACE],
            windows.c.scorecard_id,
            day.c.attribute_id,
            _sum(day.c.earned),
            _sum(day.c.weight),
        )
        .select_from(windows)
        .join(day, _in_windows(dialect, day, windows))
        .group_by(windows.c[PLACE], windows.c.scorecard_id, day.c.attribute_id)
        .subquery()
    )
    # Percents as they are stored: in hundredths.
    percent = sa.type_coerce(weight.c.percent, sa.Integer)
    parts = arrays.gathered(dialect, percent, sums.c.earned, sums.c.weight)
    each = (
        sa.select(sums.c[PLACE], parts.label("parts"))
        .join(
            weight,
            (weight.c.workspace_id == WORKSPACE)
            & (weight.c.scorecard_id == sums.c.scorecard_id)
            & (weight.c.attribute_id == sums.c.attribute_id),
        )
        .group_by(sums.c[PLACE])
        .subquery()
    )
    return _text(arrays.gathered(dialect, each.c[PLACE], arrays.inside(dialect, each.c.parts)))


def _with_scorecards(windows: Any) -> Any:
    """The windows, each with the id of the agent's scorecard.

    Apart from the rest of the statement: where PostgreSQL may join the agents to their days, it
    reads all days of each, as it knows nothing of how short windows are.
    """
    agent, team, default = (each.__table__.alias() for each in (Agent, AgentGroup, Scorecard))
    card = sa.func.coalesce(agent.c.scorecard_id, team.c.scorecard_id, default.c.id)
    return (
        sa.select(*windows.c, card.label("scorecard_id"))
        .select_from(windows)
        .join(agent, (agent.c.workspace_id == WORKSPACE) & (agent.c.id == windows.c.agent_id))
        .outerjoin(team, _same(agent, team) & (team.c.id == agent.c.agent_group_id))
        .outerjoin(default, _same(agent, default) & default.c.is_default)
        .cte("scored")
        .prefix_with("MATERIALIZED")
    )


def _same(one: Any, other: Any) -> Any:
    return one.c.workspace_id == other.c.workspace_id


def _sum(column: Any) -> Any:
    return sa.func.sum(column).label(column.name)


def _text(gathered: Any) -> Any:
    return sa.select(arrays.text(gathered)).scalar_subquery()


_SCORED: dict[Gathering, Callable[..., float | None]] = {
    _parts_of_scorecards: monitor.scorecard_score,
    _sums_of_agents: monitor.kore_score,
}
"""What is told of agents, and how scores are made of it."""
