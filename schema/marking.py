"""Mutations that mark agents for coaching."""

from typing import Annotated, Any

import strawberry

import models
from auth.permissions import ManagesCoaching
from models.mark import DuplicateMark
from resolvers import marking
from schema import node
from schema.error import UserError, answered
from schema.info import Info
from schema.mark import Mark
from schema.row import locked

KEY = "Sent again within 24 hours, the same key and input give the first answer."


@strawberry.input(description="An evaluation that shows a need for coaching.")
class MarkForCoachingInput:
    """A mark (M1)."""

    evaluation_id: strawberry.ID = strawberry.field(
        description="Evaluation of the agent and the conversation that are marked."
    )
    area_ids: list[strawberry.ID] = strawberry.field(
        description="Skills that need coaching, 1 to 50."
    )
    group_id: strawberry.ID | None = strawberry.field(
        default=None, description="Pending coaching group that mark and agent join."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Conversations to add to a mark.")
class AddConversationsToMarkInput:
    """More reasons (M2)."""

    mark_id: strawberry.ID = strawberry.field(description="Active mark.")
    conversation_ids: list[strawberry.ID] = strawberry.field(
        description="Evaluated conversations of the same agent, 1 to 100."
    )
    expected_version: int = strawberry.field(description="The mark's version when you read it.")


@strawberry.input(description="A mark to take back.")
class RemoveMarkInput:
    """A removal (M4)."""

    mark_id: strawberry.ID = strawberry.field(description="Active mark.")
    expected_version: int = strawberry.field(description="Its version when you read it.")


@strawberry.type(description="What came of `markForCoaching`.")
class MarkForCoachingPayload:
    """The new mark, or the one that is there."""

    mark: Mark | None = strawberry.field(description="The new mark.")
    existing_mark: Mark | None = strawberry.field(
        default=None,
        description="With `DUPLICATE_MARK`: your mark of this agent that is there already.",
    )
    errors: list[UserError] = strawberry.field(description="Why there is no new one.")


@strawberry.type(description="What came of `addConversationsToMark`.")
class AddConversationsToMarkPayload:
    """The changed mark."""

    mark: Mark | None = strawberry.field(description="The mark as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `removeMark`.")
class RemoveMarkPayload:
    """The removed mark."""

    mark: Mark | None = strawberry.field(description="The mark as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class MarkingMutation:
    """Writes to marks."""

    @strawberry.mutation(
        description="Mark an evaluated agent for coaching.", extensions=locked(ManagesCoaching)
    )
    async def mark_for_coaching(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            MarkForCoachingInput, strawberry.argument(description="The mark.")
        ],
    ) -> MarkForCoachingPayload:
        """M1 and M2."""
        existing: Any = None

        async def write() -> models.Mark:
            nonlocal existing
            group_id = None if input.group_id is None else node.key(input.group_id, "CoachingGroup")
            try:
                return await marking.create(
                    info.context,
                    evaluation_id=node.key(input.evaluation_id, "Evaluation"),
                    area_ids=node.keys(input.area_ids, "Attribute"),
                    group_id=group_id,
                    idempotency_key=input.idempotency_key,
                )
            except DuplicateMark as duplicate:
                existing = await info.context.loaders.row(models.Mark, duplicate.mark_id)
                raise

        payload = await answered(MarkForCoachingPayload, "mark", write)
        payload.existing_mark = existing
        return payload

    @strawberry.mutation(
        description="Add conversations to an active mark.", extensions=locked(ManagesCoaching)
    )
    async def add_conversations_to_mark(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            AddConversationsToMarkInput, strawberry.argument(description="The conversations.")
        ],
    ) -> AddConversationsToMarkPayload:
        """M2."""
        return await answered(
            AddConversationsToMarkPayload,
            "mark",
            lambda: marking.add_conversations(
                info.context,
                mark_id=node.key(input.mark_id, "Mark"),
                conversation_ids=node.keys(input.conversation_ids, "Conversation"),
                expected_version=input.expected_version,
            ),
        )

    @strawberry.mutation(
        description="Take an active mark back.", extensions=locked(ManagesCoaching)
    )
    async def remove_mark(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            RemoveMarkInput, strawberry.argument(description="The mark.")
        ],
    ) -> RemoveMarkPayload:
        """M4."""
        return await answered(
            RemoveMarkPayload,
            "mark",
            lambda: marking.remove(
                info.context,
                mark_id=node.key(input.mark_id, "Mark"),
                expected_version=input.expected_version,
            ),
        )
