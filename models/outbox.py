"""Domain events: what changed, told in the transaction that changed it.

Subscriptions and webhooks read them from here, so nothing is told that did not happen, and
nothing that happened is left untold.

Transactions don't end in the order in which they began, so whoever remembers up to where they have
read must not do so by a time, or by a sequence: a smaller one may still come. The database itself
numbers each event (`put_up`), and says up to which number all are there (`SETTLED`):

- PostgreSQL by the transaction that wrote it. All with a smaller number than that of the oldest
  transaction still under way are there, or never will be.
- SQLite, where one transaction writes at a time, by counting on within the workspace.
"""

import datetime as dt
import enum
import uuid
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified

SETTLED: Mapping[str, str] = {
    "postgresql": "pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
    "sqlite": "9223372036854775807",
}
"""By dialect: all events with a smaller number are there, and none will be added."""

CHANNEL = "coaching_outbox"
"""On which PostgreSQL tells, with the workspace's id, that new events were committed.

They need not be settled yet: that takes until older transactions have ended, which nobody tells.
"""

_UP: Mapping[str, tuple[str, ...]] = {
    "postgresql": (
        """CREATE FUNCTION outbox_number_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            NEW.number := pg_current_xact_id()::text::bigint;
            PERFORM pg_notify('coaching_outbox', NEW.workspace_id::text);
            RETURN NEW;
        END $$""",
        """CREATE TRIGGER outbox_number_event BEFORE INSERT ON outbox_event
            FOR EACH ROW EXECUTE FUNCTION outbox_number_event()""",
    ),
    "sqlite": (
        """CREATE TRIGGER outbox_number_event AFTER INSERT ON outbox_event BEGIN
            UPDATE outbox_event SET number = 1 + (SELECT max(number) FROM outbox_event
                WHERE workspace_id = NEW.workspace_id)
            WHERE workspace_id = NEW.workspace_id AND id = NEW.id;
        END""",
    ),
}

_DOWN: Mapping[str, tuple[str, ...]] = {
    "postgresql": (
        "DROP TRIGGER outbox_number_event ON outbox_event",
        "DROP FUNCTION outbox_number_event",
    ),
    "sqlite": ("DROP TRIGGER outbox_number_event",),
}


class EventKind(enum.StrEnum):
    """What kind of object changed."""

    ASSIGNMENT_CHANGED = "ASSIGNMENT_CHANGED"
    EVALUATION_CHANGED = "EVALUATION_CHANGED"
    MARK_CHANGED = "MARK_CHANGED"
    COACHING_GROUP_CHANGED = "COACHING_GROUP_CHANGED"
    WORKSPACE_CHANGED = "WORKSPACE_CHANGED"


class OutboxEvent(Identified, Base):
    """One object changed.

    Readers take events by `number`, then `position` within the transaction, as far as they are
    settled. Who may be told follows from `agent_id` (null where no single agent is concerned) and
    from the kind: an agent is never told of groups.
    """

    __tablename__ = "outbox_event"
    __table_args__ = (sa.Index(None, "workspace_id", "number", "position", "id"),)

    # The database puts another in its place.
    number: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    at: Mapped[dt.datetime]
    position: Mapped[int]
    kind: Mapped[EventKind] = mapped_column(sa.Enum(EventKind, native_enum=False, length=40))
    subject_id: Mapped[uuid.UUID]
    agent_id: Mapped[uuid.UUID | None]


def put_up(connection: sa.Connection) -> None:
    """Have the database number events. To be done again where SQLite's table is made anew."""
    for statement in _UP[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def take_down(connection: sa.Connection) -> None:
    """Take that back."""
    for statement in _DOWN[connection.dialect.name]:
        connection.exec_driver_sql(statement)
