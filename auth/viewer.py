"""Who is calling: read from the user's row and the verified token, never from the client's word."""

import datetime as dt
import functools
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

import models
from models import Permission, Role, prepared
from models.database import Database
from models.prepared import Prepared
from models.reading import Reader, Rows
from models.wall import AGENT, ANYBODY, STAFF, Identity

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

    @property
    def identity(self) -> Identity:
        """For whom the database works when it works for this viewer."""
        workspace = str(self.workspace_id)
        if self.is_agent:
            return Identity(role=AGENT, workspace=workspace, agent=str(self.agent_id or ""))
        return Identity(role=STAFF, workspace=workspace)

    def staff_name(self, name: str) -> str:
        """The name of a colleague as this viewer may read it (V7)."""
        return ANONYMOUS if self.is_agent and self.hide_auditor_details else name


_COLUMNS: dict[str, sa.orm.InstrumentedAttribute[Any]] = {
    "role": models.User.role,
    "permissions": models.User.permissions,
    "user_id": models.User.id,
    "name": models.User.name,
    "email": models.User.email,
    "agent_id": models.User.agent_id,
    "workspace_id": models.Workspace.id,
    "workspace_name": models.Workspace.name,
    "time_zone": models.Workspace.time_zone,
    "accept_and_dispute": models.Workspace.accept_and_dispute,
    "auto_qa": models.Workspace.auto_qa,
    "hide_auditor_details": models.Workspace.hide_auditor_details,
    "workspace_version": models.Workspace.version,
}


MOST = 10_000
"""Users who are remembered; the one who was remembered longest ago is forgotten first."""


class Callers:
    """Who calls, read from the database at most once in some seconds for each user.

    So somebody who is disabled, or whose permissions are changed elsewhere, is the same as before
    for as long. What is written here is known at once to who says so by `forget`.
    """

    def __init__(
        self, database: Database, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._seconds = seconds
        self._clock = clock
        self._known: dict[uuid.UUID, tuple[dict[str, Any], float]] = {}

    async def find(self, user_id: uuid.UUID) -> Viewer | None:
        """The user with this id, if there is one who may sign in; as of this moment, `now`."""
        begun, known = self._clock(), self._known
        values, until = known.get(user_id, (None, 0.0))
        if values is None or begun >= until:
            values = await _values(self._database, user_id)
            known.pop(user_id, None)
            if values is not None and self._seconds:
                known[user_id] = values, begun + self._seconds
            if len(known) > MOST:
                del known[next(iter(known))]
        return Viewer(**values) if values else None

    def forget(self) -> None:
        """Forget everybody. What is being read just now is not remembered, either."""
        self._known = {}


async def _values(database: Database, user_id: uuid.UUID) -> dict[str, Any] | None:
    async def read(reader: Reader) -> Rows:
        query = _query(database.engine.dialect, is_walled=reader.is_walled)
        return await reader.fetch(query.text, query.values({"user_id": user_id}))

    rows = await database.reading(ANYBODY, read)
    if not rows:
        return None
    readers = _readers(database.engine.dialect).items()
    return {name: read(value) for (name, read), value in zip(readers, rows[0], strict=True)}


@functools.lru_cache(maxsize=8)
def _query(dialect: sa.Dialect, *, is_walled: bool) -> Prepared:
    wanted = sa.bindparam("user_id", type_=sa.Uuid())
    return Prepared((_behind_the_wall if is_walled else _in_the_open)(wanted), dialect)


@functools.lru_cache(maxsize=8)
def _readers(dialect: sa.Dialect) -> dict[str, Callable[[Any], Any]]:
    return {name: prepared.reader(column.type, dialect) for name, column in _COLUMNS.items()}


def _in_the_open(user_id: sa.BindParameter[Any]) -> sa.Select[Any]:
    return (
        sa.select(*_COLUMNS.values())
        .join(models.Workspace, models.Workspace.id == models.User.workspace_id)
        .where(models.User.id == user_id, models.User.disabled_at.is_(None))
    )


def _behind_the_wall(user_id: sa.BindParameter[Any]) -> sa.Select[Any]:
    """The same by the one function that looks into every workspace, for a user's id."""
    columns = [sa.column(name, column.type) for name, column in _COLUMNS.items()]
    called = sa.func.coaching_sign_in(user_id)
    return sa.select(called.table_valued(*columns))
