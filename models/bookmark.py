"""Named, coloured tags that users put on conversations."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified, InWorkspace, Named, points_to, relation
from models.errors import Code, Refusal

COLOUR = re.compile("#[0-9a-f]{6}")


class Bookmark(Identified, Named, Base):
    """A user's own tag. Deleting it removes only the tag (B3). `colour` is #rrggbb."""

    __tablename__ = "bookmark"
    __table_args__ = (
        points_to("user", "user_id"),
        sa.UniqueConstraint("workspace_id", "user_id", "name_key"),
    )

    user_id: Mapped[uuid.UUID]
    colour: Mapped[str] = mapped_column(sa.String(7))
    created_at: Mapped[dt.datetime]

    conversations = relation(
        "Conversation",
        secondary="bookmark_conversation",
        order_by="Conversation.started_at.desc(), Conversation.id.desc()",
    )


class BookmarkConversation(InWorkspace, Base):
    """A conversation that carries a bookmark."""

    __tablename__ = "bookmark_conversation"
    __table_args__ = (
        points_to("bookmark", "bookmark_id", ondelete="CASCADE"),
        points_to("conversation", "conversation_id"),
        sa.Index(None, "workspace_id", "conversation_id"),
    )

    bookmark_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


def colour(text: str, path: Sequence[str]) -> str:
    """A colour as it is stored: #rrggbb in lower case. Raises Refusal for any other text."""
    found = text.lower()
    if COLOUR.fullmatch(found) is None:
        message = "Give a colour as #rrggbb, such as #00aa55."
        raise Refusal(Code.INVALID, message, path)
    return found
