"""Agents who are coached together."""

import asyncio
from typing import Annotated, Any

import strawberry

import models
from auth.permissions import ActsOnCoaching, ManagesCoaching
from auth.viewer import Viewer
from models import GroupState, Status
from models import coaching_group as rules
from models.base import Base
from models.move import ViewerActionName
from resolvers import coaching_group, outcome
from schema import mark, node  # noqa: F401 - describes the states of marks
from schema.action import ViewerAction, actions
from schema.assignment import AssignedCoaching, shown_in
from schema.enum import described
from schema.info import Info
from schema.named import Search
from schema.outcome import AttributeEffect, GroupOutcome
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import column, count, locked, many, row, told
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


def _shown(
    _model: type[Base], viewer: Viewer, state: GroupState, status: Status
) -> AssignmentStatus | None:
    """In the viewer's own words (S3, S4)."""
    return word(status, viewer) if state is GroupState.SENT else None


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
    members = many("Agents in it, by name.", usual=50)
    agent_count = count("assignments", "Number of agents who got an assignment.")
    marks = many("Active marks in it, oldest first; none once it is sent.", usual=50)
    status = told(
        "Where its coaching stands; null until it is sent.",
        AssignmentStatus | None,
        _shown,
        of=lambda viewer: ("state", *shown_in(viewer)),
    )

    @strawberry.field(description="Number of different conversations of the marks in it.")
    async def marked_conversation_count(self: Any, info: Info) -> int:
        """Over all agents (G1)."""
        return await coaching_group.marked_conversations(info.context, self.id)

    @strawberry.field(description="Whether there is anything to send: a marked conversation.")
    async def can_assign(self: Any, info: Info) -> bool:
        """G1."""
        marked = await coaching_group.marked_conversations(info.context, self.id)
        return rules.can_assign(self.state, marked)

    @strawberry.field(description="What you may do to it now.", extensions=locked(ActsOnCoaching))
    async def viewer_actions(self: Any, info: Info) -> list[ViewerAction]:
        """By the table that decides the writes themselves."""
        whole = await coaching_group.is_whole(info.context, self.id)
        role = info.context.viewer.role
        decided = {name: rules.refuse(name, self.state, role, whole=whole) for name in rules.MOVES}
        dispatch = ViewerActionName.DISPATCH_COACHING_GROUP
        if decided[dispatch] is None:
            marked = await coaching_group.marked_conversations(info.context, self.id)
            decided[dispatch] = rules.refuse_empty(marked)
        return actions(info, decided.items())

    @strawberry.field(description="What came of it; null until it is sent.")
    def outcome(self: Any) -> GroupOutcome | None:
        """C6."""
        return GroupOutcome(group=self) if self.state is GroupState.SENT else None

    @strawberry.field(
        description="Whether it helped, for each skill that it coaches; none until it is sent."
    )
    async def effect(self: Any, info: Info) -> list[AttributeEffect]:
        """C6b, by the attribute's name."""
        rows = await outcome.areas(info.context, self)
        found = await asyncio.gather(
            *(outcome.effect_of(info.context, self, row.id) for row in rows)
        )
        return [
            AttributeEffect(row=row, found=effect) for row, effect in zip(rows, found, strict=True)
        ]


@strawberry.type
class CoachingGroupQuery:
    """Reading coaching groups."""

    @strawberry.field(
        description="Coaching groups in your reach that are not sent yet, by name.",
        extensions=locked(ManagesCoaching),
    )
    async def coaching_groups(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
    ) -> Connection[CoachingGroup]:
        """The pending groups (G1)."""
        asked = window(first, after, last, before)
        return page_of(info, coaching_group.pending(search), asked)

    @strawberry.field(
        description="Whether no other unsent coaching group has this name.",
        extensions=locked(ManagesCoaching),
    )
    async def group_name_available(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="Name, in any case.")],
    ) -> bool:
        """Asked while somebody types (G2)."""
        return await coaching_group.name_available(info.context, name)

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
