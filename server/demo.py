"""The demo workspace: small, believable, and with something of everything in it."""

import datetime as dt
import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from models import Workspace
from models.database import Database
from resolvers import facts
from server.synthetic.showcase import Showcase

WHO = {
    "qa@demo.example": "QA user, whole workspace",
    "lead@demo.example": "Supervisor who manages coaching",
    "supervisor@demo.example": "Supervisor",
    "agent@demo.example": "Agent",
    "partner@demo.example": "Partner's machine",
}
"""Who signs in to the demo."""

PEOPLE = [email for email in WHO if not email.startswith("partner@")]
"""Those of them who use a browser."""


@dataclass(frozen=True, slots=True)
class DemoUsers:
    """Ids of those who may sign in; each one's address is the name here at `demo.example`."""

    workspace_id: uuid.UUID
    qa: uuid.UUID
    lead: uuid.UUID
    supervisor: uuid.UUID
    agent: uuid.UUID
    agent2: uuid.UUID
    partner: uuid.UUID


async def fill(database: Database, *, now: dt.datetime) -> DemoUsers | None:
    """Fill an empty database with the workspace "Demo", as of `now`, in one transaction.

    Changes nothing, and returns None, where there is a workspace already.
    """
    async with database.write() as session:
        if await session.scalar(sa.select(Workspace.id).limit(1)) is not None:
            return None
        shown = Showcase(now)
        await shown.rows.write(await session.connection())
        workspace_id = shown.rows.workspace_id
        await facts.refresh(session, workspace_id, assignment_ids=shown.assignment_ids)
    users = shown.users
    return DemoUsers(
        workspace_id,
        users["qa"],
        users["lead"],
        users["supervisor"],
        users["agent"],
        users["agent2"],
        users["partner"],
    )
