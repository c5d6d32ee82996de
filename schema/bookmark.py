"""A user's own tags on conversations."""

from typing import Any

import strawberry

import models
from auth.permissions import IsCoach
from resolvers import bookmark
from schema.conversation import Conversation
from schema.info import Info
from schema.named import Search
from schema.node import Node
from schema.page import After, Before, Connection, First, Last, connection, page_of, window
from schema.row import column, count, locked, row


@row(
    models.Bookmark,
    description="A tag of your own on conversations; nobody else sees it.",
    permission=IsCoach,
)
class Bookmark(Node):
    """A bookmark."""

    name = column("Name, unique among your bookmarks in any case.")
    colour = column("Colour as #rrggbb.")
    created_at = column("When it was made.")
    conversation_count = count("conversations", "Number of conversations in reach that carry it.")

    @strawberry.field(description="Conversations in reach that carry it, newest first.")
    async def conversations(
        self: Any,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Conversation]:
        """They feed the best responses of an assignment."""
        asked = window(first, after, last, before)
        return connection(await bookmark.conversations(info.context, self, asked))


@strawberry.type
class BookmarkQuery:
    """Reading bookmarks."""

    @strawberry.field(
        description="Your bookmarks, by name; none where Auto QA is off.",
        extensions=locked(IsCoach),
    )
    async def bookmarks(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
    ) -> Connection[Bookmark]:
        """All bookmarks of the viewer."""
        asked = window(first, after, last, before)
        return page_of(info, bookmark.bookmarks(search), asked)
