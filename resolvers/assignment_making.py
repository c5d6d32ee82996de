"""Storing new assignments made from marks: one agent's, or those of a whole group at once."""

import dataclasses
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth.viewer import Viewer
from models import Action, Assignment
from models.assignment import Content
from resolvers import assignment_parts as parts
from resolvers import audit

Ids = tuple[uuid.UUID, ...]
DETAILS = ("name", "follow_up_on", "strengths", "improvements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one agent gets of it, and the marks that this settles."""

    assignment_id: uuid.UUID
    agent_id: uuid.UUID
    conversation_ids: Ids
    mark_ids: Ids


async def make(
    session: AsyncSession,
    viewer: Viewer,
    content: Content,
    shares: Sequence[Share],
    *,
    group_id: uuid.UUID | None = None,
) -> None:
    """Store an assignment for each share, and tell of it.

    Areas and conversations are checked and locked already. What an agent may read of it is the
    same with and without a group (V3).
    """
    session.add_all(
        Assignment(
            workspace_id=viewer.workspace_id,
            id=share.assignment_id,
            agent_id=share.agent_id,
            created_by_id=viewer.user_id,
            group_id=group_id,
            assigned_at=viewer.now,
            **{key: getattr(content, key) or "" for key in DETAILS},
        )
        for share in shares
    )
    await session.flush()
    for share in shares:
        key = share.assignment_id
        session.add_all(
            models.AssignmentArea(
                workspace_id=viewer.workspace_id, assignment_id=key, attribute_id=area_id
            )
            for area_id in content.area_ids or ()
        )
        parts.set_steps(session, viewer, key, content.action_plan or ())
        linked = models.AssignmentConversation
        parts.link(session, viewer, key, linked, share.conversation_ids)
        parts.link(session, viewer, key, models.BestResponse, content.best_response_ids)
        given = dataclasses.replace(content, conversation_ids=share.conversation_ids)
        about = audit.About(agent_id=share.agent_id, assignment_id=key, group_id=group_id)
        after = parts.told(given, share.mark_ids)
        audit.record(session, viewer, Action.ASSIGNMENT_CREATED, about, after=after)
    await session.flush()
