"""Reading what changed, in order, so that nothing is missed and nothing is told twice."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import EventKind, OutboxEvent, outbox


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


def _settled(
    session: AsyncSession, workspace_id: uuid.UUID, *, newest_first: bool = False
) -> sa.Select[OutboxEvent]:
    horizon: sa.ColumnElement[int] = sa.literal_column(
        outbox.SETTLED[session.get_bind().dialect.name], sa.BigInteger
    )
    order = (OutboxEvent.number, OutboxEvent.position)
    return (
        sa.select(OutboxEvent)
        .where(OutboxEvent.workspace_id == workspace_id, OutboxEvent.number < horizon)
        .order_by(*(column.desc() if newest_first else column for column in order))
    )
