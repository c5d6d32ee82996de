"""Scores must be what rule D9 makes of the metric scores, and the days' sums theirs (C7).

Agents come by in small batches, and their evaluations one by one: what is held in memory is one
evaluation, and the days of one batch.
"""

import itertools
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from models import (
    Agent,
    AgentDay,
    AttributeDay,
    Evaluation,
    EvaluationForm,
    EvaluationRevision,
    Metric,
    MetricAttribute,
    MetricScore,
    Source,
    score_day,
    scoring,
)
from models.workspace import zone
from resolvers.check_days import Days
from resolvers.differences import Check, Report

AGENTS = 50
"""Agents of a batch."""


@dataclass(frozen=True, slots=True)
class KnownMetric:
    """What scoring needs of a metric."""

    weight: float
    negative_weight: float
    fatal: bool
    attribute_ids: Sequence[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Forms:
    """All metrics and pass scores of a workspace: few, and asked for with every evaluation."""

    metrics: dict[uuid.UUID, KnownMetric]
    pass_scores: dict[uuid.UUID, float]


@dataclass(frozen=True, slots=True)
class Newest:
    """What an evaluation's newest revision says."""

    total: float | None
    passed: bool | None
    metrics: list[tuple[KnownMetric, float | None]]


async def run(check: Check, time_zone: str) -> None:
    """Check all evaluations of a workspace, and the sums by day of its agents."""
    forms = await load_forms(check.connection, check.workspace_id)
    tz = zone(time_zone)
    async for agent_ids in agent_batches(check.connection, check.workspace_id):
        agents, attributes = Days(AgentDay), Days(AttributeDay)
        async for rows in _all_evaluations(check, agent_ids):
            newest = _check_evaluation(rows, forms, check.report)
            if rows[0].source is not Source.AUTO:
                continue
            agent_id, day = rows[0].agent_id, rows[0].evaluated_at.astimezone(tz).date()
            if newest.total is not None:
                agents.add((agent_id, day), scoring.hundredths(newest.total), 1)
            for attribute_id, part in score_day.parts(newest.metrics).items():
                attributes.add((agent_id, attribute_id, day), part.earned, part.weight, 1)
        await agents.compare(check, agent_ids)
        await attributes.compare(check, agent_ids)


async def load_forms(connection: AsyncConnection, workspace_id: uuid.UUID) -> Forms:
    """All metrics and pass scores of a workspace. Three statements."""
    fed: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for row in await connection.execute(
        sa.select(MetricAttribute.metric_id, MetricAttribute.attribute_id).where(
            MetricAttribute.workspace_id == workspace_id
        )
    ):
        fed[row.metric_id].append(row.attribute_id)
    metrics = await connection.execute(
        sa.select(Metric.id, Metric.weight, Metric.negative_weight, Metric.fatal).where(
            Metric.workspace_id == workspace_id
        )
    )
    pass_scores = await connection.execute(
        sa.select(EvaluationForm.id, EvaluationForm.pass_score).where(
            EvaluationForm.workspace_id == workspace_id
        )
    )
    return Forms(
        {
            row.id: KnownMetric(row.weight, row.negative_weight, row.fatal, tuple(fed[row.id]))
            for row in metrics
        },
        {row.id: row.pass_score for row in pass_scores},
    )


async def agent_batches(
    connection: AsyncConnection, workspace_id: uuid.UUID, size: int | None = None
) -> AsyncIterator[list[uuid.UUID]]:
    """Ids of all agents, in batches; of `AGENTS` where nothing else is said."""
    after: list[sa.ColumnElement[bool]] = []
    while True:
        batch = list(
            await connection.scalars(
                sa.select(Agent.id)
                .where(Agent.workspace_id == workspace_id, *after)
                .order_by(Agent.id)
                .limit(AGENTS if size is None else size)
            )
        )
        if not batch:
            return
        yield batch
        after = [Agent.id > batch[-1]]


async def _all_evaluations(check: Check, agent_ids: list[uuid.UUID]) -> AsyncIterator[list[Any]]:
    """Evaluations of these agents: for each its metric scores of all revisions, in order."""
    # Agent by agent, in the order of an index: neither database has to sort, or to scan them all.
    for agent_id in agent_ids:
        async for rows in _evaluations(check, agent_id):
            yield rows


async def _evaluations(check: Check, agent_id: uuid.UUID) -> AsyncIterator[list[Any]]:
    revision, metric = EvaluationRevision, MetricScore
    found = await check.connection.stream(
        sa.select(
            Evaluation.id,
            Evaluation.agent_id,
            Evaluation.form_id,
            Evaluation.source,
            Evaluation.evaluated_at,
            Evaluation.revision,
            Evaluation.total,
            Evaluation.passed,
            revision.number,
            revision.total.label("revision_total"),
            revision.passed.label("revision_passed"),
            metric.metric_id,
            metric.adherence,
            metric.points,
        )
        .outerjoin(
            revision,
            (revision.workspace_id == Evaluation.workspace_id)
            & (revision.evaluation_id == Evaluation.id),
        )
        .outerjoin(
            metric,
            (metric.workspace_id == revision.workspace_id)
            & (metric.evaluation_id == revision.evaluation_id)
            & (metric.revision == revision.number),
        )
        .where(Evaluation.workspace_id == check.workspace_id, Evaluation.agent_id == agent_id)
        .order_by(Evaluation.evaluated_at, Evaluation.id, revision.number)
    )
    rows: list[Any] = []
    async for row in found:
        if rows and row.id != rows[0].id:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def _check_evaluation(rows: list[Any], forms: Forms, report: Report) -> Newest:
    """Check one evaluation with all its revisions; return what its newest one says."""
    first = rows[0]
    number, newest = None, Newest(None, None, [])
    for number, group in itertools.groupby(rows, lambda row: row.number):
        newest = _check_revision(number, list(group), forms, report)
    report.rows += 1
    report.compare(Evaluation, (first.id,), "revision", first.revision, number)
    report.compare(Evaluation, (first.id,), "total", first.total, newest.total)
    report.compare(Evaluation, (first.id,), "passed", first.passed, newest.passed)
    return newest


def _check_revision(number: int | None, rows: list[Any], forms: Forms, report: Report) -> Newest:
    first = rows[0]
    scored = [row for row in rows if row.metric_id is not None]
    metrics = [(forms.metrics[row.metric_id], row.adherence) for row in scored]
    score = scoring.score(metrics, pass_score=forms.pass_scores[first.form_id])
    if number is not None:
        key = (first.id, number)
        report.rows += 1 + len(scored)
        report.compare(EvaluationRevision, key, "total", first.revision_total, score.total)
        report.compare(EvaluationRevision, key, "passed", first.revision_passed, score.passed)
        for row, points in zip(scored, score.points, strict=True):
            report.compare(MetricScore, (*key, row.metric_id), "points", row.points, points)
    return Newest(score.total, score.passed, metrics)
