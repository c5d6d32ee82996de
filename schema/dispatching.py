"""Assigning what was marked: a candidate's coaching, and sending a coaching group."""

import asyncio
import datetime as dt
import uuid
from typing import Annotated, Any

import strawberry

import models
from auth.permissions import ManagesCoaching
from models.assignment import Content
from models.errors import Refusal
from resolvers import candidate, dispatch
from schema import node
from schema.agent import Agent
from schema.assignment import Assignment
from schema.attribute import Attribute
from schema.coaching_group import CoachingGroup
from schema.conversation import Conversation
from schema.error import UserError, answered
from schema.guard import guarded
from schema.info import Info
from schema.row import locked

KEY = "Sent again within 24 hours, the same key and input give the first answer."
FOLLOW_UP = "Day of the follow-up: today or later, in the workspace's time zone."


@strawberry.input(description="Coaching for an agent, from all of the marks that wait for it.")
class AssignCandidateInput:
    """A candidate's coaching (A2)."""

    agent_id: strawberry.ID = strawberry.field(description="Agent to coach.")
    name: str = strawberry.field(description="Name of the session, 1 to 120 characters.")
    follow_up_on: dt.date = strawberry.field(description=FOLLOW_UP)
    strengths: str = strawberry.field(default="", description="Feedback: what went well.")
    improvements: str = strawberry.field(default="", description="Feedback: what to improve.")
    action_plan: list[str] = strawberry.field(
        default_factory=list, description="Steps to take, in order, at most 50."
    )
    area_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Skills to coach, 1 to 50; those of the marks without it."
    )
    best_response_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="Conversations from your bookmarks as good examples, at most 100.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def content(self) -> Content:
        """What is to be stored."""
        return Content(
            name=self.name,
            follow_up_on=self.follow_up_on,
            strengths=self.strengths,
            improvements=self.improvements,
            action_plan=tuple(self.action_plan),
            area_ids=None if self.area_ids is None else node.keys(self.area_ids, "Attribute"),
            best_response_ids=node.keys(self.best_response_ids, "Conversation"),
        )


@strawberry.input(description="A coaching group to send, and what every agent of it reads.")
class DispatchCoachingGroupInput:
    """A dispatch (A3)."""

    group_id: strawberry.ID = strawberry.field(description="Pending group.")
    name: str = strawberry.field(
        description="Name of the sessions, 1 to 120 characters; agents read it, unlike the group's."
    )
    follow_up_on: dt.date = strawberry.field(description=FOLLOW_UP)
    expected_version: int | None = strawberry.field(
        default=None, description="The group's version when you read it."
    )
    strengths: str = strawberry.field(default="", description="Feedback: what went well.")
    improvements: str = strawberry.field(default="", description="Feedback: what to improve.")
    action_plan: list[str] = strawberry.field(
        default_factory=list, description="Steps to take, in order, at most 50."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def content(self) -> Content:
        """What is to be stored."""
        return Content(
            name=self.name,
            follow_up_on=self.follow_up_on,
            strengths=self.strengths,
            improvements=self.improvements,
            action_plan=tuple(self.action_plan),
        )


@strawberry.type(description="What came of `assignCandidate`.")
class AssignCandidatePayload:
    """The new assignment."""

    assignment: Assignment | None = strawberry.field(description="The new assignment.")
    errors: list[UserError] = strawberry.field(description="Why there is none.")


@strawberry.type(description="What came of `dispatchCoachingGroup`.")
class DispatchCoachingGroupPayload:
    """The sent group."""

    coaching_group: CoachingGroup | None = strawberry.field(description="The group as it now is.")
    assignments: list[Assignment] = strawberry.field(
        description="What its agents got, by their names."
    )
    skipped: list[Agent] = strawberry.field(
        description="Agents who got nothing, because they have no marked conversation."
    )
    errors: list[UserError] = strawberry.field(description="Why it was not sent.")


@strawberry.type(
    description="An assignment that sending a group would create.",
    directives=[guarded(ManagesCoaching)],
)
class PlannedAssignment:
    """One agent's part of a preview."""

    agent_id: strawberry.Private[uuid.UUID]
    conversation_ids: strawberry.Private[tuple[uuid.UUID, ...]]
    group_id: strawberry.Private[uuid.UUID]

    @strawberry.field(description="Agent who would get it.")
    async def agent(self, info: Info) -> Agent | None:
        """Loaded with the others."""
        found: Any = await info.context.loaders.row(models.Agent, self.agent_id)
        return found  # type: ignore[no-any-return]

    @strawberry.field(description="Conversations to review, oldest first.")
    async def conversations(self, info: Info) -> list[Conversation]:
        """Loaded with the others."""
        row = info.context.loaders.row
        found = await asyncio.gather(
            *(row(models.Conversation, key) for key in self.conversation_ids)
        )
        return [each for each in found if each is not None]

    @strawberry.field(description="Skills to coach: the group's.")
    async def areas(self, info: Info) -> list[Attribute]:
        """The same for all (M3)."""
        loaders = info.context.loaders
        group = await loaders.row(models.CoachingGroup, self.group_id)
        found: Any = await loaders.related(models.CoachingGroup.areas.property, group)
        return found  # type: ignore[no-any-return]


@strawberry.type(
    description="What sending a coaching group would do now.",
    directives=[guarded(ManagesCoaching)],
)
class DispatchPreview:
    """A preview; nothing of it is written."""

    skipped_ids: strawberry.Private[tuple[uuid.UUID, ...]]
    assignments: list[PlannedAssignment] = strawberry.field(
        description="What would be created, by the agents' names."
    )
    errors: list[UserError] = strawberry.field(description="Why it would be refused.")

    @strawberry.field(description="Agents who would get nothing: they have no conversation.")
    async def skipped(self, info: Info) -> list[Agent]:
        """Loaded together."""
        row = info.context.loaders.row
        found = await asyncio.gather(*(row(models.Agent, key) for key in self.skipped_ids))
        return [each for each in found if each is not None]


def _error(refusal: Refusal) -> UserError:
    return UserError(code=refusal.code, message=refusal.message, path=list(refusal.path))


@strawberry.type
class DispatchingQuery:
    """Looking ahead."""

    @strawberry.field(
        description="What sending this coaching group would create; nothing is written.",
        extensions=locked(ManagesCoaching),
    )
    async def preview_dispatch(
        self,
        info: Info,
        group_id: Annotated[strawberry.ID, strawberry.argument(description="Pending group.")],
    ) -> DispatchPreview:
        """A3, without doing it."""
        key = node.key(group_id, "CoachingGroup")
        found = await dispatch.preview(info.context, key)
        return DispatchPreview(
            skipped_ids=found.plan.skipped,
            assignments=[
                PlannedAssignment(agent_id=agent_id, conversation_ids=ids, group_id=key)
                for agent_id, ids in found.plan.conversations.items()
            ],
            errors=[] if found.refusal is None else [_error(found.refusal)],
        )


@strawberry.type
class DispatchingMutation:
    """Writes that assign what was marked."""

    @strawberry.mutation(
        description="Assign coaching to one agent, from the marks that wait for it.",
        extensions=locked(ManagesCoaching),
    )
    async def assign_candidate(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            AssignCandidateInput, strawberry.argument(description="The coaching.")
        ],
    ) -> AssignCandidatePayload:
        """A2."""
        return await answered(
            AssignCandidatePayload,
            "assignment",
            lambda: candidate.assign(
                info.context,
                input.content(),
                agent_id=node.key(input.agent_id, "Agent"),
                idempotency_key=input.idempotency_key,
            ),
        )

    @strawberry.mutation(
        description="Send a coaching group: every agent with a conversation gets an assignment.",
        extensions=locked(ManagesCoaching),
    )
    async def dispatch_coaching_group(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            DispatchCoachingGroupInput, strawberry.argument(description="The group.")
        ],
    ) -> DispatchCoachingGroupPayload:
        """A3 and A4."""
        return await answered(
            _payload,
            "sent",
            lambda: dispatch.dispatch(
                info.context,
                input.content(),
                group_id=node.key(input.group_id, "CoachingGroup"),
                expected_version=input.expected_version,
                idempotency_key=input.idempotency_key,
            ),
        )


def _payload(*, sent: Any, errors: list[UserError]) -> DispatchCoachingGroupPayload:
    """What was sent, or nothing."""
    return DispatchCoachingGroupPayload(
        coaching_group=sent and sent.group,
        assignments=list(sent.assignments) if sent else [],
        skipped=list(sent.skipped) if sent else [],
        errors=errors,
    )
