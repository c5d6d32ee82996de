"""The audit history."""

from typing import Any

import strawberry

import models
from auth.permissions import ManagesCoaching
from models import Action
from schema.enum import described
from schema.info import Info
from schema.row import column, row

described(
    Action,
    "What was done.",
    {
        "MARK_CREATED": "An agent was marked for coaching.",
        "MARK_CONVERSATIONS_ADDED": "Conversations were added to a mark.",
        "MARK_REMOVED": "A mark was removed.",
        "GROUP_CREATED": "A coaching group was made.",
        "GROUP_UPDATED": "A coaching group was changed.",
        "GROUP_DELETED": "A coaching group was deleted.",
        "GROUP_AGENTS_ADDED": "Agents joined a coaching group.",
        "GROUP_AGENTS_REMOVED": "Agents left a coaching group.",
        "GROUP_MARKS_MOVED": "Marks were moved to a coaching group.",
        "GROUP_DISPATCHED": "A coaching group was sent.",
        "ASSIGNMENT_CREATED": "Coaching was assigned.",
        "ASSIGNMENT_UPDATED": "Coaching was changed.",
        "ASSIGNMENT_CANCELLED": "Coaching was cancelled.",
        "CONVERSATION_REVIEWED": "The agent reviewed a conversation.",
        "BEST_RESPONSE_REVIEWED": "The agent looked at a best response.",
        "EVALUATION_SUBMITTED": "A manual evaluation was submitted.",
        "EVALUATION_RE_AUDITED": "A manual evaluation was scored anew.",
        "EVALUATION_ANSWERED": "The agent answered an evaluation.",
        "DISPUTE_OPENED": "The agent disputed scores.",
        "DISPUTE_RESOLVED": "A dispute was settled.",
        "DISPUTE_WITHDRAWN": "The agent withdrew a dispute.",
        "DISPUTE_REASSIGNED": "A dispute was given to somebody else.",
        "REVIEW_CLOSED": "A review was closed, unanswered.",
        "WORKSPACE_UPDATED": "The workspace's settings were changed.",
    },
    name="AuditAction",
    guards={name: ManagesCoaching for name in Action.__members__ if name.startswith("GROUP_")},
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
