"""Who is calling: read from the user's row and the verified token, never from the client's word."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

import sqlalchemy as sa

import models
from models import Permission, Role
from models.database import Database

ANONYMOUS = "Anonymous"
"""What an agent reads instead of an auditor's name where the workspace hides it (V7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What decides which view of the schema somebody has: role and permissions."""

    role: Role
    permissions: frozenset[Permission] = frozenset()

    @property
    def is_agent(self) -> bool:
        """Whether this is an agent, who sees their own coaching and nothing of groups."""
        return self.role is Role.AGENT

    def has(self, *permissions: Permission) -> bool:
        """Whether the caller has all of these permissions."""
        return self.permissions.issuperset(permissions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer(Caller):
    """A signed-in user, their workspace and its settings, and the moment of the operation.

    `now` is fixed once, in UTC, so that one operation has one idea of the time.
    """

    user_id: uuid.UUID
    name: str
    email: str
    agent_id: uuid.UUID | None
    workspace_id: uuid.UUID
    workspace_name: str
    time_zone: str
    accept_and_dispute: bool
    auto_qa: bool
    hide_auditor_details: bool
    workspace_version: int = 1
    now: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    @property
    def everywhere(self) -> bool:
        """Whether every queue of the workspace is within reach (V6)."""
        return self.has(Permission.CROSS_QUEUE_DATA_ACCESS)

    def staff_name(self, name: str) -> str:
        """The name of a colleague as this viewer may read it (V7)."""
        return ANONYMOUS if self.is_agent and self.hide_auditor_details else name


async def find(database: Database, user_id: uuid.UUID) -> Viewer | None:
    """The user with this id, if there is one who may sign in. One statement."""
    statement = (
        sa.select(models.User, models.Workspace)
        .join(models.Workspace, models.Workspace.id == models.User.workspace_id)
        .where(models.User.id == user_id, models.User.disabled_at.is_(None))
    )
    async with database.read() as session:
        found = (await session.execute(statement)).one_or_none()
    if found is None:
        return None
    user, workspace = found
    return Viewer(
        role=user.role,
        permissions=user.permissions,
        user_id=user.id,
        name=user.name,
        email=user.email,
        agent_id=user.agent_id,
        workspace_id=workspace.id,
        workspace_name=workspace.name,
        time_zone=workspace.time_zone,
        accept_and_dispute=workspace.accept_and_dispute,
        auto_qa=workspace.auto_qa,
        hide_auditor_details=workspace.hide_auditor_details,
        workspace_version=workspace.version,
    )
