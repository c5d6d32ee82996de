"""Coaching candidates (*Individuals*)."""

from typing import Any

import strawberry

import models
from auth.permissions import ManagesCoaching
from resolvers import candidate
from schema.agent import Agent, AgentSearch
from schema.attribute import Attribute
from schema.guard import guarded
from schema.info import Info
from schema.mark import Mark
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import locked


@strawberry.type(
    description="An agent with active marks that are in no coaching group.",
    directives=[guarded(ManagesCoaching)],
)
class CoachingCandidate:
    """A candidate (G5)."""

    row: strawberry.Private[models.Agent]

    @strawberry.field(description="The agent.")
    def agent(self) -> Agent:
        """The row behind it."""
        return self.row  # type: ignore[return-value]  # a row, as everywhere

    @strawberry.field(description="Skills of all of the marks, by name.")
    async def areas(self, info: Info) -> list[Attribute]:
        """The union."""
        found: Any = await candidate.areas(info.context, self.row.id)
        return found  # type: ignore[no-any-return]

    @strawberry.field(description="Number of different conversations of the marks.")
    async def conversation_count(self, info: Info) -> int:
        """Each conversation once."""
        return await candidate.conversation_count(info.context, self.row.id)

    @strawberry.field(description="The marks, oldest first.")
    async def marks(self, info: Info) -> list[Mark]:
        """Those that make the agent a candidate."""
        found: Any = await candidate.marks(info.context, self.row.id)
        return found  # type: ignore[no-any-return]


@strawberry.type
class CandidateQuery:
    """Reading candidates."""

    @strawberry.field(
        description="Agents in your reach who wait for coaching of their own, by name.",
        extensions=locked(ManagesCoaching),
    )
    async def coaching_candidates(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: AgentSearch = None,
    ) -> Connection[CoachingCandidate]:
        """The *Individuals* list (G5)."""
        asked = window(first, after, last, before)
        found = candidate.candidates(search)
        return page_of(info, found, asked, lambda row: CoachingCandidate(row=row))
