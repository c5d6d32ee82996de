"""Webhooks: who outside is told of what changed, and the rules of telling it again.

A webhook's place in the outbox says up to which event it was handed deliveries. A delivery is one
event for one webhook. It is a copy of what is told, so that nothing is lost with the outbox.

The secret is stored as it is: it must be read to sign. Roles of requests have no right to it.
"""

import datetime as dt
import enum
import json
import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified, InWorkspace, choice, points_to
from models.functions import opaque_id
from models.outbox import EventKind

URL_LENGTH = 2_000
REASON_LENGTH = 300

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

WAITS = (
    *(5, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE),
    *(HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, DAY),
)
"""Seconds between one try and the next: twelve tries in nearly three days."""

TRIES = len(WAITS) + 1

JITTER = 0.2
"""By which part a wait may be longer, so that what failed together is not tried together."""

LONGEST = DAY
"""Seconds that a receiver may ask to be left alone."""

KEPT = {"DELIVERED": dt.timedelta(days=7), "DEAD": dt.timedelta(days=90)}
"""For how long a delivery that is over is remembered, by its state."""

GONE = 410
"""The status by which a receiver says that it will never come back."""


class DeliveryState(enum.StrEnum):
    """How far a delivery is."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"


class KindSet(sa.types.TypeDecorator[frozenset[EventKind]]):
    """Kinds of events, stored as a sorted list of names."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[EventKind] | None, _dialect: sa.Dialect) -> Any:
        return None if value is None else sorted(str(kind) for kind in value)

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> frozenset[EventKind] | None:
        return None if value is None else frozenset(EventKind(name) for name in value)


class Webhook(Identified, Base):
    """A URL to which events of some kinds are sent, signed with its secret (`whsec_…`).

    `number` and `position` are its place in the outbox: what is behind it has still to be handed
    out. While it is disabled, that place stands still, and nothing is sent.
    """

    __tablename__ = "webhook"

    url: Mapped[str] = mapped_column(sa.String(URL_LENGTH))
    secret: Mapped[str] = mapped_column(sa.String(100))
    kinds: Mapped[frozenset[EventKind]] = mapped_column(KindSet)
    created_at: Mapped[dt.datetime]
    disabled_at: Mapped[dt.datetime | None]
    disabled_because: Mapped[str | None] = mapped_column(sa.String(REASON_LENGTH))
    number: Mapped[int] = mapped_column(sa.BigInteger)
    position: Mapped[int]


class WebhookDelivery(InWorkspace, Base):
    """One event for one webhook.

    Of one object (`subject_id`), none is tried while an earlier one, by `number` and `position`,
    is pending. While one is being sent it stays pending, with a `claim` by which its sender knows
    it again. `due_at` is when it may be tried next; while it is being sent, when that counts as
    failed; once it is over, when it may be forgotten. `status` (of HTTP) and `error` are the last
    try's.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        points_to("webhook", "webhook_id"),
        sa.Index(
            "ix_webhook_delivery_by_subject",
            *("workspace_id", "webhook_id", "state", "subject_id", "number", "position"),
        ),
        sa.Index(
            "ix_webhook_delivery_by_time",
            *("workspace_id", "webhook_id", "state", "due_at"),
        ),
    )

    webhook_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    event_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(sa.BigInteger)
    position: Mapped[int]
    at: Mapped[dt.datetime]
    kind: Mapped[EventKind] = mapped_column(sa.Enum(EventKind, native_enum=False, length=40))
    subject_id: Mapped[uuid.UUID]
    agent_id: Mapped[uuid.UUID | None]
    state: Mapped[DeliveryState] = mapped_column(choice(DeliveryState))
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[dt.datetime]
    claim: Mapped[uuid.UUID | None]
    status: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(sa.String(REASON_LENGTH))


def wait(tries: int, *, chance: float, asked: float = 0) -> dt.timedelta | None:
    """How long to wait after so many tries that failed; None where that was the last one.

    `chance` is a number from 0 to 1 that is another each time. `asked` are the seconds for which
    the receiver asked to be left alone.
    """
    if tries >= TRIES:
        return None
    planned = WAITS[max(tries, 1) - 1] * (1 + JITTER * chance)
    return dt.timedelta(seconds=max(planned, min(asked, LONGEST)))


_OBJECTS = {
    EventKind.ASSIGNMENT_CHANGED: "Assignment",
    EventKind.EVALUATION_CHANGED: "Evaluation",
    EventKind.MARK_CHANGED: "Mark",
    EventKind.COACHING_GROUP_CHANGED: "CoachingGroup",
    EventKind.WORKSPACE_CHANGED: None,
}
"""The type of the changed object in the API, by the kind of event; a workspace has no id there."""


def event_type(kind: EventKind) -> str:
    """What an event is called in a payload, such as `assignment.changed`."""
    return kind.lower().replace("_changed", ".changed")


def payload(delivery: WebhookDelivery) -> str:
    """What is sent: the same at each try."""
    object_ = _OBJECTS[delivery.kind]
    data = {
        "kind": object_ or "Workspace",
        "id": object_ and opaque_id(object_, delivery.subject_id),
        "agentId": delivery.agent_id and opaque_id("Agent", delivery.agent_id),
    }
    told = {"type": event_type(delivery.kind), "timestamp": delivery.at.isoformat(), "data": data}
    return json.dumps(told, separators=(",", ":"))
