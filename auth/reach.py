"""What reach is made of (V6): one's own queues, and who works in them."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

import models
from auth.viewer import Viewer
from models import Role

Conditions = Sequence[sa.ColumnElement[bool]]


def own_queues(viewer: Viewer) -> sa.Select[uuid.UUID]:
    """Ids of the queues that the viewer works in; an empty list means nothing."""
    return sa.select(models.UserQueue.queue_id).where(
        models.UserQueue.workspace_id == viewer.workspace_id,
        models.UserQueue.user_id == viewer.user_id,
    )


def shares_queue(viewer: Viewer, agent_id: Any) -> sa.ColumnElement[bool]:
    """Whether an agent works in one of the viewer's queues; no queues, no agents."""
    return (
        sa.select(sa.literal(1))
        .select_from(models.AgentQueue)
        .where(
            models.AgentQueue.workspace_id == viewer.workspace_id,
            models.AgentQueue.agent_id == agent_id,
            models.AgentQueue.queue_id.in_(own_queues(viewer)),
        )
        .exists()
    )


def of_agent(agent_id: Any) -> Callable[[Viewer], Conditions]:
    """Rows about one agent: their own, or those of the agents that share a queue."""

    def rule(viewer: Viewer) -> Conditions:
        if viewer.role is Role.AGENT:
            return (agent_id == viewer.agent_id,)
        return () if viewer.everywhere else (shares_queue(viewer, agent_id),)

    return rule


def meets_queues(
    viewer: Viewer, total: type[models.CoachingTotal | models.GroupTotal]
) -> sa.ColumnElement[bool]:
    """Whether one of the viewer's queues is in the set that something is summed up under."""
    link = models.QueueSetQueue
    shared = sa.select(sa.literal(1)).where(
        link.workspace_id == viewer.workspace_id,
        link.queue_set_id == total.queue_set_id,
        link.queue_id.in_(own_queues(viewer)),
    )
    return shared.exists()


def group_in_reach(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Whether a coaching group has a member in reach, or is the viewer's own."""
    member = (
        sa.select(sa.literal(1))
        .select_from(models.CoachingGroupMember)
        .where(
            models.CoachingGroupMember.workspace_id == viewer.workspace_id,
            models.CoachingGroupMember.group_id == models.CoachingGroup.id,
            shares_queue(viewer, models.CoachingGroupMember.agent_id),
        )
        .limit(1)
    )
    own = models.CoachingGroup.created_by_id == viewer.user_id
    # Not as EXISTS: beside an OR, PostgreSQL would gather the members of all groups there are,
    # for a page of a few.
    return sa.or_(own, member.correlate(models.CoachingGroup).scalar_subquery().is_not(None))
