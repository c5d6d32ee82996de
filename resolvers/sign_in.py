"""Signing in for the first time."""

import uuid

import sqlalchemy as sa

from models import User
from models.database import Database


async def claim(database: Database, email: str, subject: str) -> uuid.UUID | None:
    """Let the user with this e-mail address be the provider's `subject` from now on.

    Returns the user's id. None, and nothing changes, where there is no such user, they may not
    sign in, they are another subject already, or the subject is another user: whoever comes first
    is it, and the database sees to that.

    Nobody's workspace is known yet, so this works as the owner, who sees all of them.
    """
    first = (
        sa.update(User)
        .where(
            User.email == email.strip().lower(),
            User.subject.is_(None),
            User.disabled_at.is_(None),
        )
        .values(subject=subject)
        .returning(User.id)
    )
    try:
        async with database.everywhere().write() as session:
            return await session.scalar(first)
    except sa.exc.IntegrityError:
        return None
