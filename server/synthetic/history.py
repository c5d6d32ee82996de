"""Entries in the audit history of made-up writes (D10)."""

import datetime as dt
import uuid

from models import Action, AuditEntry
from server.synthetic.rows import Rows

Values = dict[str, object]


def tell(
    rows: Rows,
    action: Action,
    who: uuid.UUID | None,
    at: dt.datetime,
    *,
    before: Values | None = None,
    after: Values | None = None,
    **about: uuid.UUID | None,
) -> None:
    """Add an entry; `about` are the ids of what it tells of, `who` is null for the system."""
    rows.add(
        AuditEntry,
        id=rows.chance.uuid(),
        at=at,
        actor_id=who,
        action=action,
        before=before,
        after=after,
        **about,
    )
