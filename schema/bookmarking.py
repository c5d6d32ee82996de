"""Mutations on one's own bookmarks."""

from typing import Annotated, Any

import strawberry

from auth.permissions import IsCoach
from resolvers import bookmarking
from resolvers.bookmarking import Look
from schema import node
from schema.bookmark import Bookmark
from schema.error import UserError, answered
from schema.info import Info
from schema.row import locked


@strawberry.input(description="A new bookmark.")
class CreateBookmarkInput:
    """A bookmark (B3)."""

    name: str = strawberry.field(
        description="Name, 1 to 120 characters, unique among your bookmarks in any case."
    )
    colour: str = strawberry.field(description="Colour as #rrggbb.")
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="Sent again within 24 hours, the same key and input give the first answer.",
    )


@strawberry.input(description="What to change of a bookmark; what is left out stays.")
class UpdateBookmarkInput:
    """Another name or colour (B3)."""

    bookmark_id: strawberry.ID = strawberry.field(description="Bookmark to change.")
    name: str | None = strawberry.field(default=None, description="New name.")
    colour: str | None = strawberry.field(default=None, description="New colour as #rrggbb.")


@strawberry.input(description="A bookmark to delete.")
class DeleteBookmarkInput:
    """A deletion (B3)."""

    bookmark_id: strawberry.ID = strawberry.field(description="Bookmark to delete.")


@strawberry.input(description="Conversations to put a bookmark on.")
class TagConversationsInput:
    """Tags (B3)."""

    bookmark_id: strawberry.ID = strawberry.field(description="The bookmark.")
    conversation_ids: list[strawberry.ID] = strawberry.field(
        description="Conversations in your reach, 1 to 100."
    )


@strawberry.input(description="Conversations to take a bookmark off.")
class UntagConversationsInput:
    """Tags (B3)."""

    bookmark_id: strawberry.ID = strawberry.field(description="The bookmark.")
    conversation_ids: list[strawberry.ID] = strawberry.field(
        description="Conversations in your reach, 1 to 100."
    )


@strawberry.type(description="What came of `createBookmark`.")
class CreateBookmarkPayload:
    """The new bookmark."""

    bookmark: Bookmark | None = strawberry.field(description="The bookmark as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `updateBookmark`.")
class UpdateBookmarkPayload:
    """The changed bookmark."""

    bookmark: Bookmark | None = strawberry.field(description="The bookmark as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `deleteBookmark`.")
class DeleteBookmarkPayload:
    """What is gone."""

    deleted_id: strawberry.ID | None = strawberry.field(
        description="Id of the bookmark that is there no longer."
    )
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `tagConversations`.")
class TagConversationsPayload:
    """The bookmark."""

    bookmark: Bookmark | None = strawberry.field(description="The bookmark as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `untagConversations`.")
class UntagConversationsPayload:
    """The bookmark."""

    bookmark: Bookmark | None = strawberry.field(description="The bookmark as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class BookmarkingMutation:
    """Writes on one's own bookmarks."""

    @strawberry.mutation(description="Make a bookmark of your own.", extensions=locked(IsCoach))
    async def create_bookmark(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            CreateBookmarkInput, strawberry.argument(description="The bookmark.")
        ],
    ) -> CreateBookmarkPayload:
        """B3."""
        return await answered(
            CreateBookmarkPayload,
            "bookmark",
            lambda: bookmarking.create(
                info.context,
                Look(name=input.name, colour=input.colour),
                idempotency_key=input.idempotency_key,
            ),
        )

    @strawberry.mutation(description="Rename or recolour a bookmark.", extensions=locked(IsCoach))
    async def update_bookmark(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            UpdateBookmarkInput, strawberry.argument(description="The change.")
        ],
    ) -> UpdateBookmarkPayload:
        """B3."""
        return await answered(
            UpdateBookmarkPayload,
            "bookmark",
            lambda: bookmarking.update(
                info.context,
                Look(name=input.name, colour=input.colour),
                bookmark_id=node.key(input.bookmark_id, "Bookmark"),
            ),
        )

    @strawberry.mutation(
        description="Delete a bookmark; the conversations that carry it stay.",
        extensions=locked(IsCoach),
    )
    async def delete_bookmark(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            DeleteBookmarkInput, strawberry.argument(description="The bookmark.")
        ],
    ) -> DeleteBookmarkPayload:
        """B3."""

        async def write() -> Any:
            key = node.key(input.bookmark_id, "Bookmark")
            await bookmarking.delete(info.context, bookmark_id=key)
            return input.bookmark_id

        return await answered(DeleteBookmarkPayload, "deleted_id", write)

    @strawberry.mutation(
        description="Put a bookmark on conversations; doing it again changes nothing.",
        extensions=locked(IsCoach),
    )
    async def tag_conversations(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            TagConversationsInput, strawberry.argument(description="The conversations.")
        ],
    ) -> TagConversationsPayload:
        """B3."""
        return await answered(
            TagConversationsPayload,
            "bookmark",
            lambda: bookmarking.tag(
                info.context,
                bookmark_id=node.key(input.bookmark_id, "Bookmark"),
                conversation_ids=node.keys(input.conversation_ids, "Conversation"),
            ),
        )

    @strawberry.mutation(
        description="Take a bookmark off conversations; doing it again changes nothing.",
        extensions=locked(IsCoach),
    )
    async def untag_conversations(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            UntagConversationsInput, strawberry.argument(description="The conversations.")
        ],
    ) -> UntagConversationsPayload:
        """B3."""
        return await answered(
            UntagConversationsPayload,
            "bookmark",
            lambda: bookmarking.untag(
                info.context,
                bookmark_id=node.key(input.bookmark_id, "Bookmark"),
                conversation_ids=node.keys(input.conversation_ids, "Conversation"),
            ),
        )
