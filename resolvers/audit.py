"""Writing the audit history, in the transaction of the write that it tells of (D10)."""

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from auth.viewer import Viewer
from models import Action, Assignment, AuditEntry


def of_assignment(
    session: AsyncSession,
    viewer: Viewer,
    action: Action,
    assignment: Assignment,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add an entry about an assignment: what was done, and the values before and after."""
    session.add(
        AuditEntry(
            workspace_id=viewer.workspace_id,
            at=viewer.now,
            actor_id=viewer.user_id,
            action=action,
            agent_id=assignment.agent_id,
            assignment_id=assignment.id,
            group_id=assignment.group_id,
            before=before,
            after=after,
        )
    )


def plain(value: Any) -> Any:
    """A value as the history keeps it: dates, times and ids as text, collections as lists."""
    match value:
        case list() | tuple():
            return [plain(item) for item in value]
        case uuid.UUID():
            return str(value)
        case None | bool() | int() | float() | str():
            return value
    return value.isoformat()
