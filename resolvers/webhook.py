"""Who is told of what changed: registering webhooks, and sending again. For commands."""

import base64
import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import DeliveryState, EventKind, OutboxEvent, Webhook, WebhookDelivery, Workspace
from models.database import Database
from models.errors import Code, Refusal
from resolvers import outbox, webhook_delivery
from resolvers.outbox import START, Place

SECRET_BYTES = 32
BY_HAND = "by command"


@dataclass(frozen=True, slots=True)
class Listed:
    """A webhook, the name of its workspace, and how many deliveries wait or are dead."""

    webhook: Webhook
    workspace: str
    pending: int
    dead: int


async def add(
    database: Database,
    workspace_name: str,
    url: str,
    kinds: Iterable[EventKind],
    *,
    now: dt.datetime,
) -> Webhook:
    """Tell a URL of what changes from now on. Raises Refusal: NOT_FOUND."""
    async with database.write() as session:
        named = sa.select(Workspace.id).where(Workspace.name == workspace_name)
        workspace_id = await session.scalar(named)
        if workspace_id is None:
            message = f"There is no workspace {workspace_name!r}."
            raise Refusal(Code.NOT_FOUND, message, ["workspace"])
        place = await outbox.end(session, workspace_id)
        made = Webhook(
            workspace_id=workspace_id,
            id=uuid.uuid4(),
            url=url,
            secret="whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode(),
            kinds=frozenset(kinds),
            created_at=now,
            number=place.number,
            position=place.position,
        )
        session.add(made)
    return made


async def every(database: Database) -> Sequence[Listed]:
    """All webhooks, the oldest first."""

    def number_of(state: DeliveryState) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.count())
            .where(*webhook_delivery.of(Webhook), WebhookDelivery.state == state)
            .scalar_subquery()
        )

    async with database.read() as session:
        rows = await session.execute(
            sa.select(
                Webhook,
                Workspace.name,
                number_of(DeliveryState.PENDING),
                number_of(DeliveryState.DEAD),
            )
            .join(Workspace, Workspace.id == Webhook.workspace_id)
            .order_by(Webhook.created_at, Webhook.id)
        )
        return [Listed(*row) for row in rows]


async def disable(database: Database, webhook_id: uuid.UUID, *, now: dt.datetime) -> Webhook:
    """Send nothing more, until it is enabled again. Raises Refusal: NOT_FOUND."""
    async with database.write() as session:
        found = await _locked(session, webhook_id)
        if found.disabled_at is None:
            found.disabled_at, found.disabled_because = now, BY_HAND
    return found


async def enable(database: Database, webhook_id: uuid.UUID) -> Webhook:
    """Go on where it stopped. Raises Refusal: NOT_FOUND."""
    async with database.write() as session:
        found = await _locked(session, webhook_id)
        found.disabled_at = found.disabled_because = None
    return found


async def replay(
    database: Database, webhook_id: uuid.UUID, *, since: dt.datetime | None = None
) -> Webhook:
    """Hand out again what happened since a time, or all there is. Raises Refusal: NOT_FOUND.

    What was handed out already is sent again with the same id. Nothing is skipped: a webhook that
    is further back stays there.
    """
    async with database.write() as session:
        found = await _locked(session, webhook_id)
        place = START
        if since is not None:
            place = await _before(session, found, since)
        place = min(place, Place(found.number, found.position))
        found.number, found.position = place.number, place.position
    return found


async def replay_event(
    database: Database, webhook_id: uuid.UUID, event_id: uuid.UUID, *, now: dt.datetime
) -> Webhook:
    """Send one event again, of whatever kind.

    Raises Refusal: NOT_FOUND, or INVALID for one that has still to be handed out.
    """
    async with database.write() as session:
        found = await _locked(session, webhook_id)
        event = await session.scalar(
            sa.select(OutboxEvent).where(
                OutboxEvent.workspace_id == found.workspace_id, OutboxEvent.id == event_id
            )
        )
        if event is None:
            raise Refusal(Code.NOT_FOUND, f"There is no event {event_id}.", ["event"])
        if Place.behind(event) > Place(found.number, found.position):
            message = f"The event {event_id} has not had its turn yet: it will be sent anyway."
            raise Refusal(Code.INVALID, message, ["event"])
        await webhook_delivery.put(session, found, [event], now=now)
    return found


async def dead(database: Database, webhook_id: uuid.UUID, most: int) -> Sequence[WebhookDelivery]:
    """Deliveries that were given up, oldest first, `most` at most. Raises Refusal: NOT_FOUND."""
    async with database.read() as session:
        found = await _find(session, webhook_id)
        rows = await session.scalars(
            sa.select(WebhookDelivery)
            .where(*webhook_delivery.of(found), WebhookDelivery.state == DeliveryState.DEAD)
            .order_by(WebhookDelivery.number, WebhookDelivery.position)
            .limit(most)
        )
        return rows.all()


async def retry(
    database: Database,
    webhook_id: uuid.UUID,
    event_ids: Sequence[uuid.UUID] = (),
    *,
    now: dt.datetime,
) -> int:
    """Try dead deliveries anew, all or those of some events. Raises Refusal: NOT_FOUND."""
    async with database.write() as session:
        found = await _locked(session, webhook_id)
        chosen = [*webhook_delivery.of(found), WebhookDelivery.state == DeliveryState.DEAD]
        if event_ids:
            chosen.append(WebhookDelivery.event_id.in_(event_ids))
        again = sa.update(WebhookDelivery).where(*chosen).values(webhook_delivery.anew(now))
        result = await session.execute(again.execution_options(synchronize_session=False))
        return webhook_delivery.count_of(result)


async def _locked(session: AsyncSession, webhook_id: uuid.UUID) -> Webhook:
    return await _find(session, webhook_id, lock=True)


async def _find(session: AsyncSession, webhook_id: uuid.UUID, *, lock: bool = False) -> Webhook:
    wanted = sa.select(Webhook).where(Webhook.id == webhook_id)
    found = await session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise Refusal(Code.NOT_FOUND, f"There is no webhook {webhook_id}.", ["id"])
    return found


async def _before(session: AsyncSession, webhook: Webhook, since: dt.datetime) -> Place:
    """The place before the first event that happened since a time; times don't order events."""
    first = await session.scalar(
        sa.select(OutboxEvent)
        .where(OutboxEvent.workspace_id == webhook.workspace_id, OutboxEvent.at >= since)
        .order_by(OutboxEvent.number, OutboxEvent.position)
        .limit(1)
    )
    if first is None:
        return Place(webhook.number, webhook.position)
    return Place(first.number, first.position - 1)
