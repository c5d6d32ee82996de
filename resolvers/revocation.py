"""Tokens that are good no more although they have not expired."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa

from auth.token import LEEWAY
from models import RevokedToken
from models.database import Database
from models.wall import STAFF, Identity
from resolvers import upsert


async def revoke(
    database: Database,
    workspace_id: uuid.UUID,
    jti: str,
    *,
    expires_at: dt.datetime,
    now: dt.datetime,
) -> None:
    """Take back a token of a user of the workspace, by its `jti`, for as long as it would be good.

    Done twice, it is done once. Who was remembered by the token is forgotten by this process when
    `Callers.forget` is called, and by others within `COACHING_CALLER_SECONDS`.
    """
    who = Identity(role=STAFF, workspace=str(workspace_id))
    of_workspace = RevokedToken.workspace_id == workspace_id
    over = RevokedToken.expires_at < now - dt.timedelta(seconds=2 * LEEWAY)
    async with database.write(who) as session:
        await session.execute(sa.delete(RevokedToken).where(of_workspace, over))
        insert: Any = upsert.insert(session, RevokedToken).values(
            workspace_id=workspace_id, jti=jti, expires_at=expires_at
        )
        await session.execute(insert.on_conflict_do_nothing())
