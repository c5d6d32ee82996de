"""Setting up who signs in: workspaces and users. One transaction each."""

import dataclasses
import datetime as dt
import re
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from models import Agent, Permission, Queue, Role, User, UserQueue, Workspace, text
from models.database import Database
from models.errors import Code, Refusal
from models.user import EMAIL_LENGTH, SUBJECT_LENGTH
from models.workspace import zone

EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A user to be; `agent` and `queues` are external ids, `subject` the provider's name."""

    email: str
    name: str
    role: Role
    permissions: frozenset[Permission] = frozenset()
    agent: str | None = None
    queues: tuple[str, ...] = ()
    subject: str | None = None


async def add_workspace(
    database: Database, name: str, *, time_zone: str, now: dt.datetime
) -> Workspace:
    """Open a workspace. Raises Refusal: INVALID for a name taken, or no such time zone."""
    try:
        zone(time_zone)
    except ValueError as error:
        raise Refusal(Code.INVALID, str(error), ["timeZone"]) from None
    made = Workspace(name=text.name(name, ["name"]), time_zone=time_zone, created_at=now)
    try:
        async with database.write() as session:
            session.add(made)
    except sa.exc.IntegrityError:
        message = f"There is a workspace named {made.name!r} already."
        raise Refusal(Code.INVALID, message, ["name"]) from None
    return made


async def add_user(
    database: Database, workspace_name: str, new: NewUser, *, now: dt.datetime
) -> User:
    """Let somebody sign in. Raises Refusal: NOT_FOUND, or INVALID for a role without its agent."""
    email = new.email.strip().lower()
    if not EMAIL.fullmatch(email) or len(email) > EMAIL_LENGTH:
        raise Refusal(Code.INVALID, f"{new.email!r} is not an e-mail address.", ["email"])
    if (new.role is Role.AGENT) != (new.agent is not None):
        message = "A user with role AGENT names their agent, and nobody else does."
        raise Refusal(Code.INVALID, message, ["agent"])
    if new.subject is not None:
        _require_subject(new.subject)
    new = dataclasses.replace(new, email=email, name=text.name(new.name, ["name"]))
    try:
        async with database.write() as session:
            return await make_user(session, workspace_name, new, now)
    except sa.exc.IntegrityError:
        message = f"There is a user {email} already, or one for that agent or subject."
        raise Refusal(Code.INVALID, message, ["email"]) from None


async def find_user(database: Database, email: str) -> User:
    """The user with this e-mail address. Raises Refusal: NOT_FOUND."""
    async with database.read() as session:
        wanted = sa.select(User).where(User.email == email.strip().lower())
        found = await session.scalar(wanted)
    if found is None:
        raise Refusal(Code.NOT_FOUND, f"There is no user {email}.", ["email"])
    return found


async def set_subject(database: Database, email: str, subject: str) -> User:
    """Say what the provider calls a user. Raises Refusal: NOT_FOUND; INVALID for one taken."""
    _require_subject(subject)
    wanted = sa.select(User).where(User.email == email.strip().lower())
    try:
        async with database.write() as session:
            found = await session.scalar(wanted.with_for_update())
            if found is None:
                raise Refusal(Code.NOT_FOUND, f"There is no user {email}.", ["email"])
            found.subject = subject
    except sa.exc.IntegrityError:
        message = f"There is another user with subject {subject!r}."
        raise Refusal(Code.INVALID, message, ["subject"]) from None
    return found


def _require_subject(subject: str) -> None:
    if not 1 <= len(subject) <= SUBJECT_LENGTH or not subject.isprintable():
        message = f"A subject has 1 to {SUBJECT_LENGTH} characters, and no control characters."
        raise Refusal(Code.INVALID, message, ["subject"])


async def make_user(
    session: AsyncSession, workspace_name: str, new: NewUser, now: dt.datetime
) -> User:
    """Store a user as it is given, as part of a write. Raises Refusal: NOT_FOUND."""
    named = sa.select(Workspace).where(Workspace.name == workspace_name)
    workspace = await session.scalar(named)
    if workspace is None:
        message = f"There is no workspace {workspace_name!r}."
        raise Refusal(Code.NOT_FOUND, message, ["workspace"])
    user = User(
        workspace_id=workspace.id,
        id=uuid.uuid4(),
        email=new.email,
        name=new.name,
        role=new.role,
        permissions=new.permissions,
        agent_id=await _agent_id(session, workspace.id, new.agent),
        created_at=now,
        subject=new.subject,
    )
    session.add(user)
    await session.flush()
    for external_id in dict.fromkeys(new.queues):
        queue_id = await session.scalar(
            sa.select(Queue.id).where(
                Queue.workspace_id == workspace.id, Queue.external_id == external_id
            )
        )
        if queue_id is None:
            raise Refusal(Code.NOT_FOUND, f"There is no queue {external_id!r}.", ["queues"])
        session.add(UserQueue(workspace_id=workspace.id, user_id=user.id, queue_id=queue_id))
    return user


async def _agent_id(
    session: AsyncSession, workspace_id: uuid.UUID, external_id: str | None
) -> uuid.UUID | None:
    if external_id is None:
        return None
    found = await session.scalar(
        sa.select(Agent.id).where(
            Agent.workspace_id == workspace_id, Agent.external_id == external_id
        )
    )
    if found is None:
        raise Refusal(Code.NOT_FOUND, f"There is no agent {external_id!r}.", ["agent"])
    return found
