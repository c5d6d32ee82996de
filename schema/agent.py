"""People whose conversations are evaluated, and their teams."""

from typing import Annotated

import strawberry

import models
from auth.permissions import IsStaff, StaffDetail
from resolvers import named
from schema import node
from schema.info import Info
from schema.named import Search
from schema.node import Node
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import column, locked, many, one, row

AgentSearch = Annotated[
    str | None,
    strawberry.argument(description="Only those with this text in name or agent id, in any case."),
]


@row(
    models.AgentGroup,
    description="A team or experience level in the organisation; has nothing to do with coaching.",
    permission=IsStaff,
)
class AgentGroup(Node):
    """A team."""

    name = column("Name of the team or level.")


@row(models.Agent, description="A person whose conversations are evaluated.")
class Agent(Node):
    """An agent."""

    agent_id = column("The organisation's own id for this person.")
    name = column("Name of the person.")
    agent_group = one("Team or experience level.", permission=StaffDetail)
    queues = many("Queues that this person works in.", permission=StaffDetail)


@strawberry.type
class AgentQuery:
    """Lists of agents and teams."""

    @strawberry.field(description="Agents in your reach, by name.", extensions=locked(IsStaff))
    async def agents(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: AgentSearch = None,
    ) -> Connection[Agent]:
        """All agents in reach."""
        asked = window(first, after, last, before)
        found = named.rows(models.Agent, search=search, searched="search_key")
        return page_of(info, found, asked)

    @strawberry.field(
        description="The agent with this id; null where you reach none.", extensions=locked(IsStaff)
    )
    async def agent(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id of the agent.")],  # noqa: A002
    ) -> Agent | None:
        """One agent."""
        return await node.find(info, id, "Agent")  # type: ignore[no-any-return]

    @strawberry.field(description="Teams and levels, by name.", extensions=locked(IsStaff))
    async def agent_groups(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
    ) -> Connection[AgentGroup]:
        """All teams of the workspace."""
        asked = window(first, after, last, before)
        return page_of(info, named.rows(models.AgentGroup, search=search), asked)
