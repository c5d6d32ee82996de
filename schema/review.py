"""Mutations of an agent who works through an assignment."""

from typing import Annotated

import strawberry

from auth.permissions import ReviewsOwnCoaching
from resolvers import review
from schema import node
from schema.assignment import Assignment
from schema.error import UserError, answered
from schema.info import Info
from schema.row import locked


@strawberry.input(description="A conversation that you have reviewed.")
class ReviewConversationInput:
    """A review (W2)."""

    assignment_id: strawberry.ID = strawberry.field(description="Your assignment.")
    conversation_id: strawberry.ID = strawberry.field(description="Conversation of it.")


@strawberry.input(description="A best response that you have looked at.")
class ReviewBestResponseInput:
    """A look (W2)."""

    best_response_id: strawberry.ID = strawberry.field(
        description="Best response of your assignment."
    )


@strawberry.type(description="What came of `reviewConversation`.")
class ReviewConversationPayload:
    """The assignment."""

    assignment: Assignment | None = strawberry.field(description="The assignment as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `reviewBestResponse`.")
class ReviewBestResponsePayload:
    """The assignment."""

    assignment: Assignment | None = strawberry.field(description="The assignment as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class ReviewMutation:
    """Writes of agents."""

    @strawberry.mutation(
        description="Note that you reviewed a conversation; the first time is kept.",
        extensions=locked(ReviewsOwnCoaching),
    )
    async def review_conversation(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            ReviewConversationInput, strawberry.argument(description="The conversation.")
        ],
    ) -> ReviewConversationPayload:
        """W2."""
        return await answered(
            ReviewConversationPayload,
            "assignment",
            lambda: review.conversation(
                info.context,
                assignment_id=node.key(input.assignment_id, "Assignment"),
                conversation_id=node.key(input.conversation_id, "Conversation"),
            ),
        )

    @strawberry.mutation(
        description="Note that you looked at a best response; the first time is kept.",
        extensions=locked(ReviewsOwnCoaching),
    )
    async def review_best_response(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            ReviewBestResponseInput, strawberry.argument(description="The best response.")
        ],
    ) -> ReviewBestResponsePayload:
        """W2."""
        return await answered(
            ReviewBestResponsePayload,
            "assignment",
            lambda: review.best_response(
                info.context, best_response_id=node.key(input.best_response_id, "BestResponse")
            ),
        )
