"""Mutations that create, change and cancel an assignment."""

import datetime as dt
from typing import Annotated

import strawberry

from auth.permissions import ManagesCoaching
from models.assignment import Content
from resolvers import assigning
from schema import node
from schema.assignment import Assignment
from schema.error import UserError, answered
from schema.info import Info
from schema.row import locked


@strawberry.input(description="Coaching for one agent.")
class CreateAssignmentInput:
    """A new assignment (A1)."""

    agent_id: strawberry.ID = strawberry.field(description="Agent to coach.")
    name: str = strawberry.field(description="Name of the session, 1 to 120 characters.")
    area_ids: list[strawberry.ID] = strawberry.field(description="Skills to coach, 1 to 50.")
    conversation_ids: list[strawberry.ID] = strawberry.field(
        description="Evaluated conversations of this agent to review, 1 to 100."
    )
    follow_up_on: dt.date = strawberry.field(
        description="Day of the follow-up: today or later, in the workspace's time zone."
    )
    best_response_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="Conversations from your bookmarks as good examples, at most 100.",
    )
    strengths: str = strawberry.field(default="", description="Feedback: what went well.")
    improvements: str = strawberry.field(default="", description="Feedback: what to improve.")
    action_plan: list[str] = strawberry.field(
        default_factory=list, description="Steps to take, in order, at most 50."
    )
    mark_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Active marks of this agent that it settles."
    )
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="Sent again within 24 hours, the same key and input give the first answer.",
    )

    def content(self) -> Content:
        """What is to be stored."""
        return Content(
            name=self.name,
            follow_up_on=self.follow_up_on,
            strengths=self.strengths,
            improvements=self.improvements,
            action_plan=tuple(self.action_plan),
            area_ids=node.keys(self.area_ids, "Attribute"),
            conversation_ids=node.keys(self.conversation_ids, "Conversation"),
            best_response_ids=node.keys(self.best_response_ids, "Conversation"),
        )


@strawberry.input(description="What to change of an assignment; what is left out stays.")
class UpdateAssignmentInput:
    """A change (A5)."""

    assignment_id: strawberry.ID = strawberry.field(description="Assignment to change.")
    expected_version: int = strawberry.field(description="Its version when you read it.")
    name: str | None = strawberry.field(default=None, description="New name.")
    follow_up_on: dt.date | None = strawberry.field(
        default=None, description="New day of the follow-up, today or later."
    )
    strengths: str | None = strawberry.field(default=None, description="New feedback: strengths.")
    improvements: str | None = strawberry.field(
        default=None, description="New feedback: improvements."
    )
    action_plan: list[str] | None = strawberry.field(default=None, description="New action plan.")
    area_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="New list of skills."
    )
    add_conversation_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Conversations to add."
    )

    def content(self) -> Content:
        """What is to be stored."""
        return Content(
            name=self.name,
            follow_up_on=self.follow_up_on,
            strengths=self.strengths,
            improvements=self.improvements,
            action_plan=None if self.action_plan is None else tuple(self.action_plan),
            area_ids=None if self.area_ids is None else node.keys(self.area_ids, "Attribute"),
            conversation_ids=node.keys(self.add_conversation_ids, "Conversation"),
        )


@strawberry.input(description="An assignment to call off.")
class CancelAssignmentInput:
    """A cancellation (A5)."""

    assignment_id: strawberry.ID = strawberry.field(description="Assignment to cancel.")
    expected_version: int = strawberry.field(description="Its version when you read it.")


@strawberry.type(description="What came of `createAssignment`.")
class CreateAssignmentPayload:
    """The new assignment."""

    assignment: Assignment | None = strawberry.field(description="The new assignment.")
    errors: list[UserError] = strawberry.field(description="Why there is none.")


@strawberry.type(description="What came of `updateAssignment`.")
class UpdateAssignmentPayload:
    """The changed assignment."""

    assignment: Assignment | None = strawberry.field(description="The assignment as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `cancelAssignment`.")
class CancelAssignmentPayload:
    """The cancelled assignment."""

    assignment: Assignment | None = strawberry.field(description="The assignment as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class AssigningMutation:
    """Writes of those who manage coaching."""

    @strawberry.mutation(
        description="Assign coaching to one agent.", extensions=locked(ManagesCoaching)
    )
    async def create_assignment(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            CreateAssignmentInput, strawberry.argument(description="The coaching.")
        ],
    ) -> CreateAssignmentPayload:
        """A1."""
        return await answered(
            CreateAssignmentPayload,
            "assignment",
            lambda: assigning.create(
                info.context,
                input.content(),
                agent_id=node.key(input.agent_id, "Agent"),
                mark_ids=node.keys(input.mark_ids, "Mark"),
                idempotency_key=input.idempotency_key,
            ),
        )

    @strawberry.mutation(
        description="Change an assignment that is not completed.",
        extensions=locked(ManagesCoaching),
    )
    async def update_assignment(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            UpdateAssignmentInput, strawberry.argument(description="The change.")
        ],
    ) -> UpdateAssignmentPayload:
        """A5."""
        return await answered(
            UpdateAssignmentPayload,
            "assignment",
            lambda: assigning.update(
                info.context,
                input.content(),
                assignment_id=node.key(input.assignment_id, "Assignment"),
                expected_version=input.expected_version,
            ),
        )

    @strawberry.mutation(
        description="Cancel an assignment that is not completed.",
        extensions=locked(ManagesCoaching),
    )
    async def cancel_assignment(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            CancelAssignmentInput, strawberry.argument(description="The assignment.")
        ],
    ) -> CancelAssignmentPayload:
        """A5."""
        return await answered(
            CancelAssignmentPayload,
            "assignment",
            lambda: assigning.cancel(
                info.context,
                assignment_id=node.key(input.assignment_id, "Assignment"),
                expected_version=input.expected_version,
            ),
        )
