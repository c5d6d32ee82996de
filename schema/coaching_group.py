"""Agents who are coached together."""

from typing import Annotated, Any

import strawberry

import models
from auth.permissions import ManagesCoaching
from models import GroupState
from schema import node
from schema.assignment import AssignedCoaching, shown_status
from schema.enum import described
from schema.info import Info
from schema.row import column, count, locked, many, row
from schema.status import AssignmentStatus, word

described(
    GroupState,
    "Where a coaching group stands.",
    {
        "PENDING": "Agents are being gathered.",
        "SENT": "Every member has an assignment.",
        "DELETED": "Called off before it was sent.",
    },
    name="CoachingGroupState",
    permission=ManagesCoaching,
)


@row(
    models.CoachingGroup,
    description="Agents who are coached together.",
    permission=ManagesCoaching,
)
class CoachingGroup(AssignedCoaching):
    """A coaching group."""

    description = column("What it is for; agents never read it.")
    state = column("Where it stands.")
    created_at = column("When it was made.")
    assignment_name = column("Name that its assignments were given; null until it is sent.")
    version = column("Counts up with every change of content; a change names it.")
    members = many("Agents in it, by name.")
    agent_count = count("assignments", "Number of agents who got an assignment.")

    @strawberry.field(description="Where its coaching stands; null until it is sent.")
    def status(self: Any, info: Info) -> AssignmentStatus | None:
        """In the viewer's own words (S3, S4)."""
        if self.state is not GroupState.SENT:
            return None
        return word(shown_status(info.context, self), info.context.viewer)


@strawberry.type
class CoachingGroupQuery:
    """Reading coaching groups."""

    @strawberry.field(
        description="The coaching group with this id; null where you reach none.",
        extensions=locked(ManagesCoaching),
    )
    async def coaching_group(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id of the group.")],  # noqa: A002
    ) -> CoachingGroup | None:
        """One group."""
        return await node.find(info, id, "CoachingGroup")  # type: ignore[no-any-return]
