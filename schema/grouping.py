"""Mutations that make and change pending coaching groups."""

from typing import Annotated

import strawberry

from auth.permissions import ManagesCoaching
from resolvers import grouping
from resolvers.grouping import Content
from schema import node
from schema.coaching_group import CoachingGroup
from schema.error import UserError, answered
from schema.info import Info
from schema.row import locked

KIND = "CoachingGroup"


@strawberry.input(description="A new coaching group.")
class CreateCoachingGroupInput:
    """A new group (G2)."""

    name: str = strawberry.field(
        description="Name, 1 to 120 characters; no other unsent group has it."
    )
    area_ids: list[strawberry.ID] = strawberry.field(description="Skills for all of it, 1 to 50.")
    description: str = strawberry.field(default="", description="What it is for.")
    agent_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="Agents who join with their active marks that are in no group, at most 250.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="Sent again within 24 hours, the same key and input give the first answer.",
    )


@strawberry.input(description="What to change of a coaching group; what is left out stays.")
class UpdateCoachingGroupInput:
    """A change (G2)."""

    group_id: strawberry.ID = strawberry.field(description="Pending group.")
    expected_version: int = strawberry.field(description="Its version when you read it.")
    name: str | None = strawberry.field(default=None, description="New name.")
    description: str | None = strawberry.field(default=None, description="New description.")
    area_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="New list of skills."
    )


@strawberry.input(description="A coaching group to call off.")
class DeleteCoachingGroupInput:
    """A deletion (G4)."""

    group_id: strawberry.ID = strawberry.field(description="Pending group.")
    expected_version: int = strawberry.field(description="Its version when you read it.")


@strawberry.input(description="Agents to add to a coaching group.")
class AddAgentsToGroupInput:
    """More members (G3)."""

    group_id: strawberry.ID = strawberry.field(description="Pending group.")
    agent_ids: list[strawberry.ID] = strawberry.field(description="Agents, 1 to 250.")
    with_marks: bool = strawberry.field(
        default=True, description="Whether their active marks that are in no group join, too."
    )


@strawberry.input(description="Agents to take out of a coaching group.")
class RemoveAgentsFromGroupInput:
    """Fewer members (G4)."""

    group_id: strawberry.ID = strawberry.field(description="Pending group.")
    agent_ids: list[strawberry.ID] = strawberry.field(description="Agents in it, 1 to 250.")


@strawberry.input(description="Marks to move to a coaching group.")
class MoveMarksToGroupInput:
    """Marks (G3)."""

    group_id: strawberry.ID = strawberry.field(description="Pending group that they move to.")
    mark_ids: list[strawberry.ID] = strawberry.field(
        description="Active marks, 1 to 250; their agents join the group."
    )


@strawberry.type(description="What came of `createCoachingGroup`.")
class CreateCoachingGroupPayload:
    """The new group."""

    coaching_group: CoachingGroup | None = strawberry.field(description="The new group.")
    errors: list[UserError] = strawberry.field(description="Why there is none.")


@strawberry.type(description="What came of `updateCoachingGroup`.")
class UpdateCoachingGroupPayload:
    """The changed group."""

    coaching_group: CoachingGroup | None = strawberry.field(description="The group as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `deleteCoachingGroup`.")
class DeleteCoachingGroupPayload:
    """The deleted group."""

    coaching_group: CoachingGroup | None = strawberry.field(description="The group as it last was.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `addAgentsToGroup`.")
class AddAgentsToGroupPayload:
    """The bigger group."""

    coaching_group: CoachingGroup | None = strawberry.field(description="The group as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `removeAgentsFromGroup`.")
class RemoveAgentsFromGroupPayload:
    """The smaller group."""

    coaching_group: CoachingGroup | None = strawberry.field(description="The group as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `moveMarksToGroup`.")
class MoveMarksToGroupPayload:
    """The group with the marks."""

    coaching_group: CoachingGroup | None = strawberry.field(description="The group as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class GroupingMutation:
    """Writes to pending groups."""

    @strawberry.mutation(description="Make a coaching group.", extensions=locked(ManagesCoaching))
    async def create_coaching_group(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            CreateCoachingGroupInput, strawberry.argument(description="The group.")
        ],
    ) -> CreateCoachingGroupPayload:
        """G2 and G3."""
        content = Content(
            name=input.name,
            description=input.description,
            area_ids=node.keys(input.area_ids, "Attribute"),
        )
        return await answered(
            CreateCoachingGroupPayload,
            "coaching_group",
            lambda: grouping.create(
                info.context,
                content,
                agent_ids=node.keys(input.agent_ids, "Agent"),
                idempotency_key=input.idempotency_key,
            ),
        )

    @strawberry.mutation(
        description="Change a coaching group that is not sent.", extensions=locked(ManagesCoaching)
    )
    async def update_coaching_group(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            UpdateCoachingGroupInput, strawberry.argument(description="The change.")
        ],
    ) -> UpdateCoachingGroupPayload:
        """G2."""
        areas = None if input.area_ids is None else node.keys(input.area_ids, "Attribute")
        content = Content(name=input.name, description=input.description, area_ids=areas)
        return await answered(
            UpdateCoachingGroupPayload,
            "coaching_group",
            lambda: grouping.update(
                info.context,
                content,
                group_id=node.key(input.group_id, KIND),
                expected_version=input.expected_version,
            ),
        )

    @strawberry.mutation(
        description="Call off a coaching group; its marks wait for coaching again.",
        extensions=locked(ManagesCoaching),
    )
    async def delete_coaching_group(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            DeleteCoachingGroupInput, strawberry.argument(description="The group.")
        ],
    ) -> DeleteCoachingGroupPayload:
        """G4."""
        return await answered(
            DeleteCoachingGroupPayload,
            "coaching_group",
            lambda: grouping.delete(
                info.context,
                group_id=node.key(input.group_id, KIND),
                expected_version=input.expected_version,
            ),
        )

    @strawberry.mutation(
        description="Add agents to a coaching group.", extensions=locked(ManagesCoaching)
    )
    async def add_agents_to_group(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            AddAgentsToGroupInput, strawberry.argument(description="The agents.")
        ],
    ) -> AddAgentsToGroupPayload:
        """G3."""
        return await answered(
            AddAgentsToGroupPayload,
            "coaching_group",
            lambda: grouping.add_agents(
                info.context,
                group_id=node.key(input.group_id, KIND),
                agent_ids=node.keys(input.agent_ids, "Agent"),
                with_marks=input.with_marks,
            ),
        )

    @strawberry.mutation(
        description="Take agents out of a coaching group; their marks wait for coaching again.",
        extensions=locked(ManagesCoaching),
    )
    async def remove_agents_from_group(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            RemoveAgentsFromGroupInput, strawberry.argument(description="The agents.")
        ],
    ) -> RemoveAgentsFromGroupPayload:
        """G4."""
        return await answered(
            RemoveAgentsFromGroupPayload,
            "coaching_group",
            lambda: grouping.remove_agents(
                info.context,
                group_id=node.key(input.group_id, KIND),
                agent_ids=node.keys(input.agent_ids, "Agent"),
            ),
        )

    @strawberry.mutation(
        description="Move marks, from other coaching groups or none, to a coaching group.",
        extensions=locked(ManagesCoaching),
    )
    async def move_marks_to_group(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            MoveMarksToGroupInput, strawberry.argument(description="The marks.")
        ],
    ) -> MoveMarksToGroupPayload:
        """G3."""
        return await answered(
            MoveMarksToGroupPayload,
            "coaching_group",
            lambda: grouping.move_marks(
                info.context,
                group_id=node.key(input.group_id, KIND),
                mark_ids=node.keys(input.mark_ids, "Mark"),
            ),
        )
