"""Marks: "this agent needs coaching in these areas, because of these conversations"."""

from typing import Annotated, Any

import strawberry

import models
from auth.permissions import (
    ActsOnCoaching,
    ReadsAllMarks,
    ReadsMarks,
    SeesGroups,
    StaffDetail,
)
from models import MarkState
from models import mark as rules
from resolvers import mark
from resolvers.mark import Filter
from schema import node
from schema.action import ViewerAction, actions
from schema.enum import described
from schema.filter import listed
from schema.guard import guarded
from schema.info import Info
from schema.node import Node
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import column, locked, many, one, person, row

described(
    MarkState,
    "Where a mark stands.",
    {
        "ACTIVE": "It waits for coaching.",
        "ASSIGNED": "Coaching was assigned because of it.",
        "REMOVED": "It was taken back.",
    },
    guards={"ASSIGNED": ReadsAllMarks, "REMOVED": ReadsAllMarks},
)


@row(
    models.Mark,
    description="Somebody's word that an agent needs coaching, and because of what.",
    permission=ReadsMarks,
)
class Mark(Node):
    """A mark."""

    state = column("Where it stands.")
    created_at = column("When it was made.")
    version = column("Counts up with every change of content; a change names it.")
    agent = one("Agent who is marked.")
    areas = many("Skills that need coaching.")
    conversations = many("Conversations that it is about, oldest first.")
    group = one("Pending coaching group that it is in.", permission=SeesGroups)
    assignment = one("Coaching that was assigned because of it.", permission=StaffDetail)
    marked_by = person("marked_by_id", "Name of who made it.")

    @strawberry.field(description="What you may do to it now.", extensions=locked(ActsOnCoaching))
    def viewer_actions(self: Any, info: Info) -> list[ViewerAction]:
        """By the table that decides the writes themselves."""
        role = info.context.viewer.role
        decided = [(name, move.refuse(self.state, role)) for name, move in rules.MOVES.items()]
        return actions(info, decided)


@strawberry.input(description="Which marks. Conditions combine by and, lists inside by or.")
class MarkFilter:
    """A filter; members left out are no condition."""

    agent_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of these agents."
    )
    area_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="With one of these skills."
    )
    states: list[MarkState] | None = strawberry.field(
        default=None,
        description="In one of these states; without it, active marks only.",
        directives=[guarded(ReadsAllMarks)],
    )

    def read(self) -> Filter:
        """The filter in the domain's words. Raises BadRequest for a list that is too long."""
        return Filter(
            agent_ids=node.keys(listed(self.agent_ids, "agentIds"), "Agent"),
            area_ids=node.keys(listed(self.area_ids, "areaIds"), "Attribute"),
            states=tuple(sorted(set(listed(self.states, "states")))),
        )


@strawberry.type
class MarkQuery:
    """Reading marks."""

    @strawberry.field(
        description="Marks for coaching in your reach, newest first.", extensions=locked(ReadsMarks)
    )
    async def marks(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[  # noqa: A002
            MarkFilter | None, strawberry.argument(description="Which marks.")
        ] = None,
    ) -> Connection[Mark]:
        """All marks in reach; an agent's own active ones (V2)."""
        asked = window(first, after, last, before)
        chosen = filter.read() if filter else Filter()
        return page_of(info, mark.marks(chosen), asked)

    @strawberry.field(
        description="The mark with this id; null where you reach none.",
        extensions=locked(ReadsMarks),
    )
    async def mark(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id of the mark.")],  # noqa: A002
    ) -> Mark | None:
        """One mark."""
        return await node.find(info, id, "Mark")  # type: ignore[no-any-return]
