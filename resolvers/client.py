"""Clients of partners: registered, found, given another secret, and revoked."""

import datetime as dt
import functools
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from auth import partner_scope
from models import Client, Role, User, Workspace, client, prepared, text
from models.database import Database
from models.errors import Code, Refusal
from models.prepared import Prepared
from models.reading import Reader, Rows
from models.wall import CLIENT, NOBODY
from resolvers import account
from resolvers.account import NewUser

DOMAIN = "clients.invalid"
"""Of the addresses of users that are made for clients: nobody has one there (RFC 2606)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """A client to be, whose tokens are good for `minutes`.

    It works for the partner with e-mail address `user`; without one, for a new one, who may do what
    `scopes` let through in `queues`, by their external ids.
    """

    name: str
    scopes: frozenset[str]
    minutes: int
    user: str | None = None
    queues: tuple[str, ...] = ()


async def add(
    database: Database, workspace_name: str, new: NewClient, *, now: dt.datetime
) -> tuple[Client, str]:
    """Register a client; it and its secret, which is not stored. Raises Refusal."""
    secret, name = client.new_secret(), text.name(new.name, ["name"])
    client_id = uuid.uuid4()
    async with database.write() as session:
        if new.user is None:
            machine = NewUser(
                email=f"{client_id}@{DOMAIN}",
                name=name,
                role=Role.PARTNER,
                permissions=partner_scope.permissions(new.scopes),
                queues=new.queues,
            )
            user = await account.make_user(session, workspace_name, machine, now)
        else:
            user = await _partner(session, workspace_name, new.user)
        made = Client(
            workspace_id=user.workspace_id,
            id=client_id,
            user_id=user.id,
            name=name,
            scopes=new.scopes,
            minutes=new.minutes,
            secret=client.digest(secret),
            created_at=now,
        )
        session.add(made)
    return made, secret


async def all_of(database: Database) -> Sequence[tuple[Client, str]]:
    """All clients and the names of their workspaces, by workspace and name."""
    async with database.read() as session:
        found = await session.execute(
            sa.select(Client, Workspace.name)
            .join(Workspace, Workspace.id == Client.workspace_id)
            .order_by(Workspace.name, Client.name, Client.id)
        )
        return [(row[0], row[1]) for row in found]


async def new_secret(
    database: Database, client_id: uuid.UUID, *, keep: dt.timedelta, now: dt.datetime
) -> str:
    """Give a client another secret; the one before stays good for `keep`. Raises Refusal.

    One that was kept before is dropped: there are two at most.
    """
    secret = client.new_secret()
    async with database.write() as session:
        found = await _locked(session, client_id)
        found.old_secret = found.secret if keep else None
        found.old_secret_until = now + keep if keep else None
        found.secret = client.digest(secret)
    return secret


async def revoke(database: Database, client_id: uuid.UUID, *, now: dt.datetime) -> Client:
    """Let a client in no more, nor the tokens that it has. Raises Refusal: NOT_FOUND."""
    async with database.write() as session:
        found = await _locked(session, client_id)
        found.revoked_at = now
    return found


async def find(database: Database, client_id: uuid.UUID) -> Client | None:
    """A client that may ask for tokens, whatever its workspace; not one to be changed."""

    async def read(reader: Reader) -> Rows:
        query = _query(database.engine.dialect, is_walled=reader.is_walled)
        return await reader.fetch(query.text, query.values({"client_id": client_id}))

    rows = await database.reading(NOBODY, read)
    if not rows:
        return None
    readers = _readers(database.engine.dialect).items()
    return Client(
        **{name: read(value) for (name, read), value in zip(readers, rows[0], strict=True)}
    )


_COLUMNS: dict[str, sa.orm.InstrumentedAttribute[Any]] = {
    name: getattr(Client, name) for name in CLIENT
}


@functools.lru_cache(maxsize=8)
def _query(dialect: sa.Dialect, *, is_walled: bool) -> Prepared:
    client_id = sa.bindparam("client_id", type_=sa.Uuid())
    if is_walled:
        columns = [sa.column(name, column.type) for name, column in _COLUMNS.items()]
        called = sa.func.coaching_client(client_id).table_valued(*columns)
        return Prepared(sa.select(called), dialect)
    of_user = sa.and_(User.workspace_id == Client.workspace_id, User.id == Client.user_id)
    statement = (
        sa.select(*_COLUMNS.values())
        .join(User, of_user)
        .where(Client.id == client_id, Client.revoked_at.is_(None), User.disabled_at.is_(None))
    )
    return Prepared(statement, dialect)


@functools.lru_cache(maxsize=8)
def _readers(dialect: sa.Dialect) -> dict[str, Callable[[Any], Any]]:
    return {name: prepared.reader(column.type, dialect) for name, column in _COLUMNS.items()}


async def _partner(session: AsyncSession, workspace_name: str, email: str) -> User:
    found = await session.scalar(
        sa.select(User)
        .join(Workspace, Workspace.id == User.workspace_id)
        .where(Workspace.name == workspace_name, User.email == email.strip().lower())
    )
    if found is None:
        message = f"There is no user {email} in {workspace_name!r}."
        raise Refusal(Code.NOT_FOUND, message, ["user"])
    if found.role is not Role.PARTNER:
        message = f"A client works for a user with role PARTNER; {email} is {found.role}."
        raise Refusal(Code.INVALID, message, ["user"])
    return found


async def _locked(session: AsyncSession, client_id: uuid.UUID) -> Client:
    wanted = sa.select(Client).where(Client.id == client_id, Client.revoked_at.is_(None))
    found = await session.scalar(wanted.with_for_update())
    if found is None:
        message = f"There is no client {client_id} that isn't revoked."
        raise Refusal(Code.NOT_FOUND, message, ["id"])
    return found
