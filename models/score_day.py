"""Sums of Auto QA scores by day, so that no trend ever reads single evaluations (C7).

A day is a day of the workspace's time zone. All sums are whole numbers, so adding and taking
away in any order gives exactly what counting anew would give.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models import scoring
from models.base import Base, InWorkspace, points_to


class AttributeDay(InWorkspace, Base):
    """What one agent's evaluations of one day say of one attribute.

    Score in points = 100 x `earned` / (10 000 x `weight`): `weight` sums the weights in
    hundredths, `earned` the weights in hundredths times the adherence in ten-thousandths.
    """

    __tablename__ = "attribute_day"
    __table_args__ = (
        # The day before the attribute: a window of days is one place of the index, and not as
        # long as an agent's history for each attribute.
        sa.PrimaryKeyConstraint("workspace_id", "agent_id", "day", "attribute_id"),
        points_to("agent", "agent_id"),
        points_to("attribute", "attribute_id"),
    )

    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    attribute_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    earned: Mapped[int] = mapped_column(sa.BigInteger)
    weight: Mapped[int] = mapped_column(sa.BigInteger)
    evaluations: Mapped[int]


class AgentDay(InWorkspace, Base):
    """What one agent's evaluations of one day say in total: mean = `total` / `evaluations`.

    `total` is in hundredths of a point; an evaluation without a score is not counted.
    """

    __tablename__ = "agent_day"
    __table_args__ = (
        points_to("agent", "agent_id"),
        # All that a ranking of agents over some days reads.
        sa.Index(
            "ix_agent_day_workspace_id_day_agent_id",
            "workspace_id",
            "day",
            "agent_id",
            "total",
            "evaluations",
        ),
    )

    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(sa.BigInteger)
    evaluations: Mapped[int]


@dataclass(frozen=True, slots=True)
class Part:
    """What one evaluation adds to one attribute's day: see `AttributeDay` for the units."""

    earned: int
    weight: int


class ScoredMetric(scoring.Weights, Protocol):
    """A metric with the attributes that it feeds."""

    @property
    def attribute_ids(self) -> Sequence[uuid.UUID]: ...


def parts(
    scores: Iterable[tuple[ScoredMetric, float | None]],
) -> dict[uuid.UUID, Part]:
    """What an evaluation adds to each attribute (C4), from its metrics' adherence.

    A metric that did not apply adds nothing; an attribute that no applying metric feeds is left
    out. Fatal or not makes no difference here: the attribute score is about the skill.
    """
    found: dict[uuid.UUID, Part] = {}
    for metric, adherence in scores:
        if adherence is None:
            continue
        earned, weight = scoring.earned(metric, adherence), scoring.hundredths(metric.weight)
        for attribute_id in metric.attribute_ids:
            so_far = found.get(attribute_id, Part(0, 0))
            found[attribute_id] = Part(so_far.earned + earned, so_far.weight + weight)
    return found
