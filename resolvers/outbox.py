"""Reading what changed, in order, so that nothing is missed and nothing is told twice."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import EventKind, OutboxEvent, Webhook, WebhookDelivery, outbox
from models.database import Database


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place between two events of a workspace: behind all up to this number and position."""

    number: int
    position: int

    @classmethod
    def behind(cls, event: OutboxEvent) -> "Place":
        """The place just behind an event."""
        return cls(event.number, event.position)


@dataclass(frozen=True, slots=True)
class Change:
    """One object changed: what an event says of it, and when it was written."""

    kind: EventKind
    subject_id: uuid.UUID
    agent_id: uuid.UUID | None
    at: dt.datetime

    @classmethod
    def of(cls, event: OutboxEvent) -> "Change":
        """What an event says."""
        return cls(event.kind, event.subject_id, event.agent_id, event.at)


START = Place(-(2**63), 0)
"""Before all events."""


async def end(session: AsyncSession, workspace_id: uuid.UUID) -> Place:
    """The place behind the newest event that is settled: whoever begins here sees what follows."""
    newest = await session.scalar(_settled(session, workspace_id, newest_first=True).limit(1))
    return START if newest is None else Place.behind(newest)


async def after(
    session: AsyncSession, workspace_id: uuid.UUID, place: Place, most: int
) -> Sequence[OutboxEvent]:
    """The next events behind a place, `most` at most, oldest first. Only what is settled."""
    behind = sa.tuple_(OutboxEvent.number, OutboxEvent.position) > sa.tuple_(
        sa.literal(place.number, sa.BigInteger), place.position
    )
    chosen = _settled(session, workspace_id).where(behind).limit(most)
    return (await session.scalars(chosen)).all()


async def settle(database: Database) -> bool:
    """Renumber what is stored where it came from another PostgreSQL server; whether it was so.

    A server counts transactions for itself. After a restore into a younger one, new events would
    have smaller numbers than what was read long ago, and count as read. So where a number of a
    workspace is one that this server has still to give, all of the workspace's are shifted below
    zero: events, places of webhooks, deliveries, in one transaction, and in their order.
    """
    if database.engine.dialect.name != "postgresql":
        return False
    async with database.write() as session:
        if not await _foreign(session):
            return False
        # Who writes an event meanwhile waits, and whoever was faster is seen.
        tables = ", ".join(table.__tablename__ for table in _NUMBERED)
        await session.execute(sa.text(f"LOCK TABLE {tables} IN EXCLUSIVE MODE"))
        for workspace_id, newest in (await _foreign(session)).items():
            for table in _NUMBERED:
                shifted = (
                    sa.update(table)
                    .where(table.workspace_id == workspace_id, table.number > START.number)
                    .values(number=table.number - (newest + 1))
                    .execution_options(synchronize_session=False)
                )
                await session.execute(shifted)
    return True


_NUMBERED = (OutboxEvent, Webhook, WebhookDelivery)
"""What has numbers of the outbox."""


async def _foreign(session: AsyncSession) -> Mapping[uuid.UUID, int]:
    """The greatest number of each workspace that has one which this server has still to give."""
    every = sa.union_all(*(sa.select(table.workspace_id, table.number) for table in _NUMBERED))
    number = every.subquery().c
    newest = sa.func.max(number.number)
    current: sa.ColumnElement[int] = sa.literal_column(
        "pg_current_xact_id()::text::bigint", sa.BigInteger
    )
    rows = await session.execute(
        sa.select(number.workspace_id, newest)
        .group_by(number.workspace_id)
        .having(newest >= current)
    )
    return {row[0]: row[1] for row in rows}


def is_settled(session: AsyncSession) -> sa.ColumnElement[bool]:
    """The condition for events before which no other will be added."""
    horizon: sa.ColumnElement[int] = sa.literal_column(
        outbox.SETTLED[session.get_bind().dialect.name], sa.BigInteger
    )
    return OutboxEvent.number < horizon


def _settled(
    session: AsyncSession, workspace_id: uuid.UUID, *, newest_first: bool = False
) -> sa.Select[OutboxEvent]:
    order = (OutboxEvent.number, OutboxEvent.position)
    return (
        sa.select(OutboxEvent)
        .where(OutboxEvent.workspace_id == workspace_id, is_settled(session))
        .order_by(*(column.desc() if newest_first else column for column in order))
    )
