"""Deliveries: handed out from the outbox, claimed by one sender at a time, and ended.

Several processes may do all of this at once. Each step is a transaction of its own, so a process
may die between any two: what it had claimed is due again once its lease is over. Times are those
of the processes' clocks, which must agree to within half a minute.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import DeliveryState, OutboxEvent, Webhook, WebhookDelivery, webhook
from models.database import Database
from resolvers import outbox, upsert
from resolvers.outbox import Place

BATCH = 500
"""Most events that are handed out in one transaction."""

MOST_PENDING = 5_000
"""Most deliveries of a webhook that wait at once; the rest waits in the outbox."""

LEASE = dt.timedelta(seconds=60)
"""For how long a claim is good: longer than any try takes."""

CANDIDATES = 64
"""Most deliveries that a claim looks at: of many claims at the same moment, some get none."""

FORGET = 1_000
"""Most deliveries that are forgotten in one transaction."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A webhook for which there may be something to do: deliveries to try, or news to hand out."""

    webhook: Webhook
    has_news: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a try ended: delivered where there is no `error`, a sentence.

    `status` is HTTP's, None where there was no answer. `asked` are the seconds for which the
    receiver asked to be left alone.
    """

    status: int | None = None
    error: str | None = None
    asked: float = 0


def of(owner: Webhook | type[Webhook]) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition for deliveries of a webhook, or of the one in an outer statement."""
    return (
        WebhookDelivery.workspace_id == owner.workspace_id,
        WebhookDelivery.webhook_id == owner.id,
    )


def anew(now: dt.datetime) -> dict[str, Any]:
    """What a delivery is that was never tried."""
    return {"state": DeliveryState.PENDING, "tries": 0, "due_at": now, "claim": None}


def count_of(result: sa.Result[Any]) -> int:
    """How many rows a statement changed."""
    assert isinstance(result, sa.CursorResult)  # noqa: S101 - what an update or delete gives
    return result.rowcount


async def waiting(database: Database, now: dt.datetime) -> Sequence[Waiting]:
    """Webhooks for which there may be something to do."""
    async with database.read() as session:
        news, due = sa.exists().where(*_behind(session)), sa.exists().where(*_due(Webhook, now))
        rows = await session.execute(
            sa.select(Webhook, news)
            .where(Webhook.disabled_at.is_(None), sa.or_(news, due))
            .order_by(Webhook.created_at, Webhook.id)
        )
        return [Waiting(*row) for row in rows]


async def hand_out(database: Database, wanted: Webhook, *, now: dt.datetime) -> bool:
    """Make deliveries of the next events; whether there may be more to hand out at once.

    Nothing, where another process is doing it.
    """
    async with database.write() as session:
        found = await session.scalar(
            sa.select(Webhook)
            .where(Webhook.workspace_id == wanted.workspace_id, Webhook.id == wanted.id)
            .where(Webhook.disabled_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        if found is None:
            return False
        most = min(BATCH, MOST_PENDING - await _pending(session, found))
        if most <= 0:
            return False
        place = Place(found.number, found.position)
        events = await outbox.after(session, found.workspace_id, place, most)
        if not events:
            return False
        await put(session, found, [each for each in events if each.kind in found.kinds], now=now)
        found.number, found.position = events[-1].number, events[-1].position
    return len(events) == most


async def put(
    session: AsyncSession, owner: Webhook, events: Sequence[OutboxEvent], *, now: dt.datetime
) -> None:
    """Have events sent; again, where they were sent before. Pending ones stay as they are."""
    if not events:
        return
    rows = [
        {
            "workspace_id": owner.workspace_id,
            "webhook_id": owner.id,
            "event_id": event.id,
            **{name: getattr(event, name) for name in COPIED},
            **anew(now),
        }
        for event in events
    ]
    insert: Any = upsert.insert(session, WebhookDelivery)
    await session.execute(
        insert.on_conflict_do_update(
            index_elements=upsert.key(WebhookDelivery),
            set_=anew(now),
            where=WebhookDelivery.state != DeliveryState.PENDING,
        ),
        rows,
    )


COPIED = ("number", "position", "at", "kind", "subject_id", "agent_id")
"""What a delivery keeps of its event."""


async def claim(
    database: Database, owner: Webhook, *, most: int, now: dt.datetime
) -> Sequence[WebhookDelivery]:
    """Deliveries that may be tried now, `most` at most, and by nobody else while the lease runs."""
    # Counted along the index by subject, and no join in either statement. A join costs PostgreSQL
    # the square of what waits, where it knows nothing of the table yet.
    place = (WebhookDelivery.number, WebhookDelivery.position)
    turn = sa.func.row_number().over(partition_by=WebhookDelivery.subject_id, order_by=place)
    first = (
        sa.select(WebhookDelivery.event_id, WebhookDelivery.due_at, *place, turn.label("turn"))
        .where(*of(owner), WebhookDelivery.state == DeliveryState.PENDING)
        .subquery()
        .c
    )
    candidates = (
        sa.select(first.event_id)
        .where(first.turn == 1, first.due_at <= now)
        .order_by(first.number, first.position)
        .limit(CANDIDATES)
    )
    async with database.write() as session:
        ids = (await session.scalars(candidates)).all()
        chosen = (
            sa.select(WebhookDelivery)
            .where(*_due(owner, now), WebhookDelivery.event_id.in_(ids))
            .order_by(*place)
            .limit(most)
            .with_for_update(skip_locked=True, of=WebhookDelivery)
        )
        claimed = (await session.scalars(chosen)).all()
        for each in claimed:
            # A try counts from its beginning: what kills its sender is not tried for ever.
            each.tries += 1
            each.claim, each.due_at = uuid.uuid4(), now + LEASE
    return claimed


async def end(
    database: Database,
    delivery: WebhookDelivery,
    outcome: Outcome,
    *,
    now: dt.datetime,
    chance: float,
) -> bool:
    """Write down how a try ended; False where the lease was over, and another has claimed it.

    `chance` is a number from 0 to 1 that is another each time.
    """
    values = _ended(delivery.tries, outcome, now, chance)
    ours = (
        sa.update(WebhookDelivery)
        .where(
            WebhookDelivery.workspace_id == delivery.workspace_id,
            WebhookDelivery.webhook_id == delivery.webhook_id,
            WebhookDelivery.event_id == delivery.event_id,
            WebhookDelivery.claim == delivery.claim,
        )
        .values(claim=None, status=outcome.status, error=outcome.error, **values)
    )
    async with database.write() as session:
        if outcome.status == webhook.GONE:
            await _disable(session, delivery, now)
        return bool(count_of(await session.execute(_unseen(ours))))


async def forget(database: Database, *, now: dt.datetime) -> int:
    """Remove deliveries that have been over for long; how many."""
    async with database.read() as session:
        owners = (await session.scalars(sa.select(Webhook))).all()
    forgotten = 0
    for owner in owners:
        for state in webhook.KEPT:
            while number := await _forget(database, owner, DeliveryState(state), now):
                forgotten += number
    return forgotten


def _ended(tries: int, outcome: Outcome, now: dt.datetime, chance: float) -> Mapping[str, Any]:
    if outcome.error is None:
        state = DeliveryState.DELIVERED
    elif pause := webhook.wait(tries, chance=chance, asked=outcome.asked):
        return {"due_at": now + pause}
    else:
        state = DeliveryState.DEAD
    return {"state": state, "due_at": now + webhook.KEPT[state]}


def _behind(session: AsyncSession) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition for events that the webhook of an outer statement was not handed yet."""
    return (
        OutboxEvent.workspace_id == Webhook.workspace_id,
        outbox.is_settled(session),
        sa.tuple_(OutboxEvent.number, OutboxEvent.position)
        > sa.tuple_(Webhook.number, Webhook.position),
    )


def _due(owner: Webhook | type[Webhook], now: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition for deliveries whose time has come; not that it is their turn."""
    return (
        *of(owner),
        WebhookDelivery.state == DeliveryState.PENDING,
        WebhookDelivery.due_at <= now,
    )


async def _pending(session: AsyncSession, owner: Webhook) -> int:
    counted = sa.select(sa.func.count()).where(
        *of(owner), WebhookDelivery.state == DeliveryState.PENDING
    )
    return await session.scalar(counted) or 0


async def _disable(session: AsyncSession, delivery: WebhookDelivery, now: dt.datetime) -> None:
    disabled = (
        sa.update(Webhook)
        .where(
            Webhook.workspace_id == delivery.workspace_id,
            Webhook.id == delivery.webhook_id,
            Webhook.disabled_at.is_(None),
        )
        .values(disabled_at=now, disabled_because="the receiver answered 410 Gone")
    )
    await session.execute(_unseen(disabled))


async def _forget(
    database: Database, owner: Webhook, state: DeliveryState, now: dt.datetime
) -> int:
    over = (
        sa.select(WebhookDelivery.event_id)
        .where(*of(owner), WebhookDelivery.state == state, WebhookDelivery.due_at <= now)
        .limit(FORGET)
    )
    async with database.write() as session:
        gone = sa.delete(WebhookDelivery).where(
            *of(owner), WebhookDelivery.state == state, WebhookDelivery.event_id.in_(over)
        )
        return count_of(await session.execute(_unseen(gone)))


def _unseen(statement: Any) -> Any:
    """A statement whose rows are in no session."""
    return statement.execution_options(synchronize_session=False)
