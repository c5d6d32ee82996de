"""Closing reviews that nobody answered in time (D6). May run twice, or on two machines at once."""

import datetime as dt
import uuid

import sqlalchemy as sa

from models import Action, Evaluation, ReviewState, Workspace
from models.database import Database
from resolvers import evaluation_parts as parts
from resolvers import facts
from resolvers.audit import System

BATCH = 100
"""Most reviews that one transaction closes."""


async def run(database: Database, *, now: dt.datetime, workspace: str | None = None) -> int | None:
    """Close the overdue reviews of one workspace by its name, or of all; give how many.

    None where there is no such workspace.
    """
    chosen = sa.select(Workspace.id).order_by(Workspace.id)
    if workspace is not None:
        chosen = chosen.where(Workspace.name == workspace)
    async with database.read() as session:
        ids = (await session.scalars(chosen)).all()
    if workspace is not None and not ids:
        return None
    closed = 0
    for workspace_id in ids:
        system = System(workspace_id=workspace_id, now=now)
        while overdue := await _overdue(database, system):
            closed += await _close(database, system, overdue)
    return closed


def _is_overdue(system: System) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Evaluation.workspace_id == system.workspace_id,
        Evaluation.review_state == ReviewState.PENDING_AGENT_REVIEW,
        Evaluation.review_until <= system.now,
    )


async def _overdue(database: Database, system: System) -> dict[uuid.UUID, uuid.UUID]:
    """Some overdue evaluations, each with its conversation; empty when there are none left."""
    async with database.read() as session:
        rows = await session.execute(
            sa.select(Evaluation.id, Evaluation.conversation_id)
            .where(*_is_overdue(system))
            .order_by(Evaluation.review_until, Evaluation.id)
            .limit(BATCH)
        )
        return {row.id: row.conversation_id for row in rows}


async def _close(database: Database, system: System, overdue: dict[uuid.UUID, uuid.UUID]) -> int:
    """Close those that are still overdue once their conversations are locked."""
    async with database.write() as session:
        await facts.lock_conversations(session, system.workspace_id, overdue.values())
        rows = await session.scalars(
            sa.update(Evaluation)
            .where(*_is_overdue(system), Evaluation.id.in_(overdue))
            .values(review_state=ReviewState.CLOSED, review_until=None, completed_at=system.now)
            .returning(Evaluation)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        closed = sorted(rows, key=lambda row: row.id)
        for row in closed:
            before = {**parts.told(row), "review_state": ReviewState.PENDING_AGENT_REVIEW}
            parts.tell(session, system, Action.REVIEW_CLOSED, row, before=before)
        await facts.refresh_of_conversations(
            session, system.workspace_id, [row.conversation_id for row in closed]
        )
    return len(closed)
