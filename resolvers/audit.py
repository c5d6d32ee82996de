"""Telling what was written, in the transaction that wrote it: audit history and domain events.

One call for each changed object leaves an entry of the history (D10) and an event in the outbox.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from models import Action, AuditEntry, EventKind, OutboxEvent

POSITION = "audit position"


class Actor(Protocol):
    """Who writes: a viewer, or the system."""

    @property
    def workspace_id(self) -> uuid.UUID: ...
    @property
    def user_id(self) -> uuid.UUID | None: ...
    @property
    def now(self) -> dt.datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """The product itself, where no user acts (D6)."""

    workspace_id: uuid.UUID
    now: dt.datetime
    user_id: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Ids of what a write is about, each null where it has none."""

    agent_id: uuid.UUID | None = None
    mark_id: uuid.UUID | None = None
    assignment_id: uuid.UUID | None = None
    group_id: uuid.UUID | None = None
    evaluation_id: uuid.UUID | None = None


def record(
    session: AsyncSession,
    actor: Actor,
    action: Action,
    about: About,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Tell of one changed object: what was done, and the values before and after."""
    position = session.info[POSITION] = session.info.get(POSITION, -1) + 1
    session.add(
        AuditEntry(
            workspace_id=actor.workspace_id,
            at=actor.now,
            position=position,
            actor_id=actor.user_id,
            action=action,
            agent_id=about.agent_id,
            mark_id=about.mark_id,
            assignment_id=about.assignment_id,
            group_id=about.group_id,
            evaluation_id=about.evaluation_id,
            before=plain(before),
            after=plain(after),
        )
    )
    session.add(
        OutboxEvent(
            workspace_id=actor.workspace_id,
            at=actor.now,
            position=position,
            kind=action.event,
            subject_id=_subject(actor, action.event, about),
            agent_id=about.agent_id,
        )
    )


def _subject(actor: Actor, kind: EventKind, about: About) -> uuid.UUID:
    found = {
        EventKind.ASSIGNMENT_CHANGED: about.assignment_id,
        EventKind.EVALUATION_CHANGED: about.evaluation_id,
        EventKind.MARK_CHANGED: about.mark_id,
        EventKind.COACHING_GROUP_CHANGED: about.group_id,
        EventKind.WORKSPACE_CHANGED: actor.workspace_id,
    }[kind]
    if found is None:
        message = f"{kind} says nothing about which object changed"
        raise ValueError(message)
    return found


def plain(value: Any) -> Any:
    """A value as the history keeps it: dates, times and ids as text, collections as lists."""
    match value:
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case uuid.UUID():
            return str(value)
        case None | bool() | int() | float() | str():
            return value
    return value.isoformat()
