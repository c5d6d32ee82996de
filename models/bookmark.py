"""Named, coloured tags that users put on conversations."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified, InWorkspace, Named, points_to, relation


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
        order_by="Conversation.started_at, Conversation.id",
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
