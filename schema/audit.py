"""The audit history."""

from typing import Any

import strawberry

import models
from models import Action
from schema.enum import described
from schema.info import Info
from schema.row import column, row

described(
    Action,
    "What was done.",
    {
        "ASSIGNMENT_CREATED": "Coaching was assigned.",
        "ASSIGNMENT_UPDATED": "Coaching was changed.",
        "ASSIGNMENT_CANCELLED": "Coaching was cancelled.",
        "CONVERSATION_REVIEWED": "The agent reviewed a conversation.",
        "BEST_RESPONSE_REVIEWED": "The agent looked at a best response.",
        "EVALUATION_SUBMITTED": "A manual evaluation was submitted.",
        "EVALUATION_ANSWERED": "The agent answered an evaluation.",
        "DISPUTE_OPENED": "The agent disputed scores.",
    },
    name="AuditAction",
)

SYSTEM = "system"


@row(models.AuditEntry, description="Who did what, and when.")
class AuditEntry:
    """An entry of the history."""

    at = column("When it was done.")
    action = column("What was done.")

    @strawberry.field(description="Name of who did it; `system` for the product itself.")
    async def actor(self: Any, info: Info) -> str:
        """The actor, as the viewer may know them (V7)."""
        return await name_of_user(info, self.actor_id) or SYSTEM


async def name_of_user(info: Info, user_id: Any) -> str | None:
    """The name of a colleague as the viewer may read it (V7); an agent always reads their own."""
    user = await info.context.loaders.row(models.User, user_id)
    if user is None:
        return None
    viewer = info.context.viewer
    return str(user.name) if user.id == viewer.user_id else viewer.staff_name(user.name)
