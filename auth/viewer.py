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
from auth import partner_scope
from auth.token import Token
from models import Client, Permission, RevokedToken, Role, User, prepared
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
"""Tokens whose callers are remembered; the one remembered longest ago is forgotten first."""


class Callers:
    """Who calls, read from the database at most once in some seconds for each token.

    So somebody who is disabled, or whose permissions are changed elsewhere, is the same as before
    for as long, and so is a token that is revoked, or whose client is. What is written here is
    known at once to who says so by `forget`.
    """

    def __init__(
        self, database: Database, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._seconds = seconds
        self._clock = clock
        self._known: dict[Token, tuple[dict[str, Any], float]] = {}

    async def find(self, token: Token) -> Viewer | None:
        """Whom a good token is for, as of this moment (`now`): no more than it allows.

        None for nobody, for who may not sign in, and for a token that was revoked, itself or with
        its client. That a token has expired is not looked at: `Verifier` does.
        """
        begun, known = self._clock(), self._known
        values, until = known.get(token, (None, 0.0))
        if values is None or begun >= until:
            values = await _values(self._database, token)
            known.pop(token, None)
            if values is not None and self._seconds:
                known[token] = values, begun + self._seconds
            if len(known) > MOST:
                del known[next(iter(known))]
        return Viewer(**values) if values else None

    def forget(self) -> None:
        """Forget everybody. What is being read just now is not remembered, either."""
        self._known = {}


async def _values(database: Database, token: Token) -> dict[str, Any] | None:
    async def read(reader: Reader) -> Rows:
        query = _query(database.engine.dialect, is_walled=reader.is_walled)
        return await reader.fetch(query.text, query.values(_asked(token)))

    rows = await database.reading(ANYBODY, read)
    if not rows:
        return None
    readers = _readers(database.engine.dialect).items()
    found = {name: read(value) for (name, read), value in zip(readers, rows[0], strict=True)}
    if token.scopes is not None:
        found["permissions"] &= partner_scope.permissions(token.scopes)
    return found


def _asked(token: Token) -> dict[str, Any]:
    """What is asked of a token: its user, its client if that is a registered one, and itself."""
    is_own = token.user_id is not None
    return {
        "user_id": token.user_id,
        "subject": None if is_own else token.subject,
        "client_id": _registered(token.client_id) if is_own else None,
        "jti": token.jti,
    }


def _registered(client_id: str | None) -> uuid.UUID | None:
    """The id of a registered client; other names of the product's own clients are only names."""
    try:
        return uuid.UUID(client_id or "")
    except ValueError:
        return None


@functools.lru_cache(maxsize=8)
def _query(dialect: sa.Dialect, *, is_walled: bool) -> Prepared:
    user_id = sa.bindparam("user_id", type_=sa.Uuid())
    subject = sa.bindparam("subject", type_=sa.String())
    client_id = sa.bindparam("client_id", type_=sa.Uuid())
    jti = sa.bindparam("jti", type_=sa.String())
    if is_walled:
        return Prepared(_behind_the_wall(user_id, subject, client_id, jti), dialect)
    return Prepared(_in_the_open(user_id, subject, client_id, jti), dialect)


@functools.lru_cache(maxsize=8)
def _readers(dialect: sa.Dialect) -> dict[str, Callable[[Any], Any]]:
    return {name: prepared.reader(column.type, dialect) for name, column in _COLUMNS.items()}


Parameter = sa.BindParameter[Any]


def _in_the_open(
    user_id: Parameter, subject: Parameter, client_id: Parameter, jti: Parameter
) -> sa.Select[Any]:
    is_client = sa.exists().where(
        Client.workspace_id == User.workspace_id,
        Client.id == client_id,
        Client.user_id == User.id,
        Client.revoked_at.is_(None),
    )
    is_revoked = sa.exists().where(
        RevokedToken.workspace_id == User.workspace_id, RevokedToken.jti == jti
    )
    return (
        sa.select(*_COLUMNS.values())
        .join(models.Workspace, models.Workspace.id == User.workspace_id)
        .where(
            sa.or_(User.id == user_id, User.subject == subject),
            User.disabled_at.is_(None),
            sa.or_(client_id.is_(None), is_client),
            ~is_revoked,
        )
    )


def _behind_the_wall(*asked: Parameter) -> sa.Select[Any]:
    """The same by the one function that looks into every workspace for a token's user."""
    columns = [sa.column(name, column.type) for name, column in _COLUMNS.items()]
    called = sa.func.coaching_sign_in(*asked)
    return sa.select(called.table_valued(*columns))
