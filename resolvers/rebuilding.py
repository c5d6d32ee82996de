"""Counting stored facts anew, and storing what comes out: sums by day (C7), section 6's facts, B1.

Agents come by in small batches, and rows in batches by id: whatever the size of a workspace, what
is held in memory is one batch.
"""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import AgentDay, AttributeDay, Conversation, Evaluation, MetricScore, Source, Workspace
from models import facts as definitions
from models.database import Database
from resolvers import rebuilding_coaching
from resolvers.check_scores import Forms, agent_batches, load_forms
from resolvers.score_day import DaySums, Evaluated

BATCH = 500
"""Rows that are mended by one statement."""


async def run(database: Database, *, workspace: str | None = None) -> None:
    """Mend all stored facts of one workspace by its name, or of all.

    One transaction for each workspace, during which nothing can be imported into it.
    """
    chosen = sa.select(Workspace.id).order_by(Workspace.id)
    if workspace is not None:
        chosen = chosen.where(Workspace.name == workspace)
    async with database.read() as session:
        ids = (await session.scalars(chosen)).all()
    for workspace_id in ids:
        async with database.write() as session:
            found = await locked(session, workspace_id)
            await days(session, workspace_id, found.time_zone)
            await facts(session, workspace_id)
            await rebuilding_coaching.run(session, workspace_id)


async def locked(session: AsyncSession, workspace_id: uuid.UUID) -> Workspace:
    """The workspace, kept from imports and from changes of its settings until the end."""
    chosen = sa.select(Workspace).where(Workspace.id == workspace_id)
    # The import's own lock: other writes' foreign keys don't mind it.
    return (await session.scalars(chosen.with_for_update(key_share=True))).one()


async def days(session: AsyncSession, workspace_id: uuid.UUID, time_zone: str) -> None:
    """Count the sums by day anew, by days of this time zone (C3, C7).

    To be called with the workspace locked: an import that counts at the same time would count
    twice.
    """
    for model in (AttributeDay, AgentDay):
        await session.execute(
            sa.delete(model)
            .where(model.workspace_id == workspace_id)
            .execution_options(synchronize_session=False)
        )
    connection = await session.connection()
    forms = await load_forms(connection, workspace_id)
    async for agent_ids in agent_batches(connection, workspace_id):
        sums = DaySums(time_zone)
        for agent_id in agent_ids:
            await _count(session, workspace_id, agent_id, forms, sums)
        await sums.save(session, workspace_id)


async def _count(
    session: AsyncSession, workspace_id: uuid.UUID, agent_id: uuid.UUID, forms: Forms, sums: DaySums
) -> None:
    """Count the Auto QA evaluations of one agent, each at its newest revision."""
    found = await session.stream(
        sa.select(
            Evaluation.id,
            Evaluation.agent_id,
            Evaluation.evaluated_at,
            Evaluation.total,
            MetricScore.metric_id,
            MetricScore.adherence,
        )
        .outerjoin(
            MetricScore,
            (MetricScore.workspace_id == Evaluation.workspace_id)
            & (MetricScore.evaluation_id == Evaluation.id)
            & (MetricScore.revision == Evaluation.revision),
        )
        .where(
            Evaluation.workspace_id == workspace_id,
            Evaluation.agent_id == agent_id,
            Evaluation.source == Source.AUTO,
        )
        .order_by(Evaluation.evaluated_at, Evaluation.id)
    )
    rows: list[Any] = []
    async for row in found:
        if rows and row.id != rows[0].id:
            sums.add(_evaluated(rows, forms))
            rows = []
        rows.append(row)
    if rows:
        sums.add(_evaluated(rows, forms))


def _evaluated(rows: list[Any], forms: Forms) -> Evaluated:
    """One evaluation from its metric scores; one without any has a row without a metric."""
    first = rows[0]
    return Evaluated(
        agent_id=first.agent_id,
        evaluated_at=first.evaluated_at,
        total=first.total,
        scores=[
            (forms.metrics[row.metric_id], row.adherence)
            for row in rows
            if row.metric_id is not None
        ],
    )


async def facts(session: AsyncSession, workspace_id: uuid.UUID) -> None:
    """Set every fact of `models.facts` that is not what counting anew gives.

    Tables in the order in which their facts follow from each other, rows by id: that is the order
    in which all writes lock them, so no two can wait for each other.
    """
    for model, columns in definitions.STORED.items():
        table: Any = model
        wrong = sa.or_(
            *(getattr(table, name).is_distinct_from(value) for name, value in columns.items())
        )
        chosen = (
            sa.select(table.id)
            .where(table.workspace_id == workspace_id, wrong)
            .order_by(table.id)
            .limit(BATCH)
            # The lock that `resolvers.facts` takes of this table, and for its reasons.
            .with_for_update(key_share=model is not Conversation, of=table)
        )
        ids = (await session.scalars(chosen)).all()
        while ids:
            # A later statement than the lock, so it sees what the lock has waited for.
            await session.execute(
                sa.update(model)
                .where(table.workspace_id == workspace_id, table.id.in_(ids))
                .values(dict(columns))
                .execution_options(synchronize_session=False)
            )
            ids = (await session.scalars(chosen.where(table.id > ids[-1]))).all()
