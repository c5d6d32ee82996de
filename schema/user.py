"""Who is asking."""

from typing import Any

import strawberry

import models
from auth.permissions import IsStaff
from models import Permission, Role
from resolvers import own
from schema.agent import Agent
from schema.enum import described
from schema.info import Info
from schema.node import encode
from schema.row import column, row
from schema.workspace import Workspace, workspace_of

described(
    Role,
    "What somebody is.",
    {
        "AGENT": "Handles conversations, and is coached.",
        "SUPERVISOR": "Coaches agents.",
        "QA": "Audits conversations.",
        "PARTNER": "A machine of another organisation.",
    },
)
described(
    Permission,
    "What somebody may do.",
    {
        "AGENT_DASHBOARD": "See one's own dashboard.",
        "COACHING_ASSIGNMENTS": "See coaching assignments.",
        "MARKED_FOR_COACHING_VIEW": "See what one is marked for.",
        "QA_FUNCTIONALITIES": "Manage coaching.",
        "CROSS_QUEUE_DATA_ACCESS": "Reach every queue of the workspace.",
        "MANAGE_SETTINGS": "Change the workspace's settings.",
        "IMPORT_CONVERSATIONS": "Send conversations in.",
    },
)


@row(models.User, description="Somebody who audits.", permission=IsStaff)
class User:
    """A supervisor or QA user, as colleagues see them."""

    @strawberry.field(description="Opaque id, to name them by.")
    def id(self: Any) -> strawberry.ID:
        """An id for inputs; it is unknown to `node`."""
        return strawberry.ID(encode("User", self.id))

    name = column("Name.")


@strawberry.type(description="Who is asking: the signed-in user.")
class Viewer:
    """The signed-in user."""

    name: str = strawberry.field(description="Name.")
    email: str = strawberry.field(description="E-mail address.")
    role: Role = strawberry.field(description="What they are.")
    permissions: list[Permission] = strawberry.field(description="What they may do.")
    workspace: Workspace = strawberry.field(description="Workspace that they belong to.")

    @strawberry.field(description="The agent who is signed in; null for everybody else.")
    async def agent(self, info: Info) -> Agent | None:
        """The viewer's own agent."""
        return await own.agent(info.context)  # type: ignore[return-value]  # a row, as everywhere


@strawberry.type
class ViewerQuery:
    """Who is asking, and where."""

    @strawberry.field(description="Who is asking.")
    def viewer(self, info: Info) -> Viewer:
        """The signed-in user."""
        asking = info.context.viewer
        return Viewer(
            name=asking.name,
            email=asking.email,
            role=asking.role,
            permissions=sorted(asking.permissions),
            workspace=workspace_of(info),
        )

    @strawberry.field(description="The workspace that you belong to.")
    def workspace(self, info: Info) -> Workspace:
        """The viewer's workspace."""
        return workspace_of(info)
