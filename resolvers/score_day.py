"""Keeping the sums of Auto QA scores by day, in the transaction that writes an evaluation (C7)."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import AgentDay, AttributeDay, score_day, scoring, workspace
from models.score_day import ScoredMetric
from resolvers import upsert


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What one revision of an Auto QA evaluation says; `total` in points, null for no score."""

    agent_id: uuid.UUID
    evaluated_at: dt.datetime
    total: float | None
    scores: Sequence[tuple[ScoredMetric, float | None]]


class DaySums:
    """Changes to the sums by day, gathered in any number, then saved in at most four statements.

    `time_zone` is the workspace's: it says which day an evaluation belongs to.
    """

    def __init__(self, time_zone: str) -> None:
        self._time_zone = time_zone
        # Key columns after the workspace: to whole numbers in the order of the value columns.
        self._agents: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
        self._attributes: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, evaluated: Evaluated) -> None:
        """Count an evaluation."""
        self._count(evaluated, 1)

    def take_away(self, evaluated: Evaluated) -> None:
        """Count an evaluation, as it was counted before, no longer."""
        self._count(evaluated, -1)

    def _count(self, evaluated: Evaluated, sign: int) -> None:
        day = workspace.day_of(evaluated.evaluated_at, self._time_zone)
        if evaluated.total is not None:
            total = scoring.hundredths(evaluated.total)
            _increase(self._agents[evaluated.agent_id, day], sign, total, 1)
        for attribute_id, part in score_day.parts(evaluated.scores).items():
            sums = self._attributes[evaluated.agent_id, attribute_id, day]
            _increase(sums, sign, part.earned, part.weight, 1)

    async def save(self, session: AsyncSession, workspace_id: uuid.UUID) -> None:
        """Add the changes to what is stored; a day without evaluations keeps no row."""
        await _save(session, workspace_id, AgentDay, self._agents)
        await _save(session, workspace_id, AttributeDay, self._attributes)


def _increase(sums: list[int], sign: int, *amounts: int) -> None:
    for place, amount in enumerate(amounts):
        sums[place] += sign * amount


async def _save(
    session: AsyncSession,
    workspace_id: uuid.UUID,
    model: type[AgentDay | AttributeDay],
    changes: dict[tuple[Any, ...], list[int]],
) -> None:
    columns = upsert.table(model).columns
    names = [column.name for column in columns if column.name != "workspace_id"]
    rows = [
        {"workspace_id": workspace_id, **dict(zip(names, (*key, *sums), strict=True))}
        # Always in the same order, so that two writers can't wait for each other.
        for key, sums in sorted(changes.items())
        if any(sums)
    ]
    if not rows:
        return
    await session.execute(upsert.adding(session, model), rows)
    emptied = {key[0] for key, sums in changes.items() if sums[-1] < 0}
    if emptied:
        await session.execute(
            sa.delete(model)
            .where(
                model.workspace_id == workspace_id,
                model.agent_id.in_(emptied),
                model.evaluations == 0,
            )
            .execution_options(synchronize_session=False)
        )
