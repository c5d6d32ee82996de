"""Which rows a viewer reaches (V1, V6): the one door that every fetch goes through.

Each table has its condition here; a table without one can't be read at all. Another agent's row,
another workspace's row and a row that never existed are therefore the same: not found.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa

import models
from auth import permissions, reach
from auth.permissions import COACHES, Needs
from auth.reach import Conditions
from auth.viewer import Viewer
from models import Action, EventKind, Role
from models.base import Base

R = TypeVar("R", bound=Base)


def select(model: type[R], viewer: Viewer) -> sa.Select[R]:
    """Select the rows of `model` that the viewer reaches."""
    return sa.select(model).where(*conditions(model, viewer))


def conditions(model: type[Base], viewer: Viewer) -> Conditions:
    """What a row of `model` must satisfy to be within the viewer's reach.

    Raises KeyError for a table that has no rule.
    """
    rule = _RULES[model]
    table: Any = model
    return (table.workspace_id == viewer.workspace_id, *rule(viewer))


def _everything(_viewer: Viewer) -> Conditions:
    """The workspace's own words, or rows that are reached only through a parent in reach."""
    return ()


def _queues(viewer: Viewer) -> Conditions:
    """An agent meets queues only on conversations of their own, so there is nothing to hide."""
    if viewer.everywhere or viewer.role is Role.AGENT:
        return ()
    return (models.Queue.id.in_(reach.own_queues(viewer)),)


def _conversations(viewer: Viewer) -> Conditions:
    if viewer.role is Role.AGENT:
        return (models.Conversation.agent_id == viewer.agent_id,)
    if viewer.everywhere:
        return ()
    return (models.Conversation.queue_id.in_(reach.own_queues(viewer)),)


def _through_conversation(model: Any) -> Callable[[Viewer], Conditions]:
    """Rows about one conversation, which are there for those who reach the conversation."""

    def rule(viewer: Viewer) -> Conditions:
        if viewer.role is not Role.AGENT and viewer.everywhere:
            return ()
        reached = sa.select(sa.literal(1)).where(
            *conditions(models.Conversation, viewer),
            models.Conversation.id == model.conversation_id,
        )
        return (reached.exists(),)

    return rule


def _evaluations(viewer: Viewer) -> Conditions:
    of_agent = reach.of_agent(models.Evaluation.agent_id)(viewer)
    if viewer.role is Role.AGENT:
        return of_agent
    return (*of_agent, *_through_conversation(models.Evaluation)(viewer))


def _examples(viewer: Viewer) -> Conditions:
    """Best responses: an agent sees those of their own assignments (W1)."""
    if viewer.role is not Role.AGENT:
        if viewer.everywhere:
            return ()
        return (models.Example.queue_id.in_(reach.own_queues(viewer)),)  # type: ignore[attr-defined]
    shown = (
        sa.select(sa.literal(1))
        .select_from(models.BestResponse)
        .join(
            models.Assignment,
            (models.Assignment.workspace_id == models.BestResponse.workspace_id)
            & (models.Assignment.id == models.BestResponse.assignment_id),
        )
        .where(
            models.BestResponse.workspace_id == viewer.workspace_id,
            models.BestResponse.conversation_id == models.Example.id,  # type: ignore[attr-defined]
            models.Assignment.agent_id == viewer.agent_id,
        )
    )
    return (shown.exists(),)


def _items(model: Any) -> Callable[[Viewer], Conditions]:
    """What an assignment gives to review: there for those who reach the assignment."""

    def rule(viewer: Viewer) -> Conditions:
        if viewer.role is not Role.AGENT and viewer.everywhere:
            return ()
        reached = sa.select(sa.literal(1)).where(
            *conditions(models.Assignment, viewer), models.Assignment.id == model.assignment_id
        )
        return (reached.exists(),)

    return rule


def _assignment_conversations(viewer: Viewer) -> Conditions:
    return (
        *_items(models.AssignmentConversation)(viewer),
        *_through_conversation(models.AssignmentConversation)(viewer),
    )


def _best_responses(viewer: Viewer) -> Conditions:
    of_assignment = _items(models.BestResponse)(viewer)
    if viewer.role is Role.AGENT:
        return of_assignment
    return (*of_assignment, *_through_conversation(models.BestResponse)(viewer))


def _groups(viewer: Viewer) -> Conditions:
    """Coaching groups with a member in reach; one's own, too, which may still be empty.

    A deleted one is not there for anybody (G4).
    """
    if viewer.role not in {Role.SUPERVISOR, Role.QA}:
        return (sa.false(),)
    there = models.CoachingGroup.state != models.GroupState.DELETED
    return (there,) if viewer.everywhere else (there, reach.group_in_reach(viewer))


def _coaching_totals(viewer: Viewer) -> Conditions:
    """Sums over the agents of a set of queues: a shared queue is enough (V6). Never an agent's."""
    if viewer.role is Role.AGENT:
        return (sa.false(),)
    return () if viewer.everywhere else (reach.meets_queues(viewer, models.CoachingTotal),)


def _group_totals(viewer: Viewer) -> Conditions:
    """As their groups, see `_groups`: all queues of a group's members are in its set."""
    if viewer.role not in {Role.SUPERVISOR, Role.QA}:
        return (sa.false(),)
    if viewer.everywhere:
        return ()
    own = models.GroupTotal.created_by_id == viewer.user_id
    return (sa.or_(own, reach.meets_queues(viewer, models.GroupTotal)),)


def _marks(viewer: Viewer) -> Conditions:
    """An agent sees their own active marks, and no others (V2, M5)."""
    of_agent = reach.of_agent(models.Mark.agent_id)(viewer)
    if viewer.role is Role.AGENT:
        return (*of_agent, models.Mark.state == models.MarkState.ACTIVE)
    return of_agent


_HISTORY: Mapping[EventKind, type[Needs]] = {
    EventKind.ASSIGNMENT_CHANGED: permissions.ReadsAssignments,
    EventKind.MARK_CHANGED: permissions.ManagesCoaching,
    EventKind.COACHING_GROUP_CHANGED: permissions.ManagesCoaching,
    EventKind.WORKSPACE_CHANGED: permissions.IsCoach,
}
"""Who reads the history of what, where it is not everybody who reaches the object itself."""


def _told(action: Action, viewer: Viewer) -> bool:
    """Whether a viewer is told of such writes; who is no coach, of those to evaluations only."""
    if action.event is EventKind.EVALUATION_CHANGED:
        return True
    return viewer.role in COACHES and _HISTORY[action.event].allows(viewer)


def _audit_entries(viewer: Viewer) -> Conditions:
    """The history of what is in reach (D10, V6); settings are everybody's who reads any of it.

    What of it names groups is not there for those who may not see them (V2, V5).
    """
    entry = models.AuditEntry
    told = [action for action in Action if _told(action, viewer)]
    # All of them are no condition: it would only keep a database from reading along its index.
    actions = () if len(told) == len(Action) else (entry.action.in_(told),)
    if viewer.role is Role.AGENT:
        return (*actions, entry.agent_id == viewer.agent_id)
    if viewer.everywhere:
        return actions
    group = sa.select(sa.literal(1)).where(
        models.CoachingGroup.workspace_id == viewer.workspace_id,
        models.CoachingGroup.id == entry.group_id,
        reach.group_in_reach(viewer),
    )
    nobodys = entry.agent_id.is_(None) & (entry.group_id.is_(None) | group.exists())
    evaluation = sa.select(sa.literal(1)).where(
        *conditions(models.Evaluation, viewer), models.Evaluation.id == entry.evaluation_id
    )
    return (
        *actions,
        sa.or_(nobodys, reach.shares_queue(viewer, entry.agent_id)),
        sa.or_(entry.evaluation_id.is_(None), evaluation.exists()),
    )


def _bookmarks(viewer: Viewer) -> Conditions:
    """One's own, and without Auto QA none at all (C4): they are kept, and come back with it."""
    if not viewer.auto_qa:
        return (sa.false(),)
    return (models.Bookmark.user_id == viewer.user_id,)


def _drafts(viewer: Viewer) -> Conditions:
    """Nobody but the author sees a draft (D1)."""
    own = models.EvaluationDraft.author_id == viewer.user_id
    return (own, *_through_conversation(models.EvaluationDraft)(viewer))


def _disputes(viewer: Viewer) -> Conditions:
    reached = sa.select(sa.literal(1)).where(
        *conditions(models.Evaluation, viewer), models.Evaluation.id == models.Dispute.evaluation_id
    )
    return (reached.exists(),)


def _days(agent_id: Any) -> Callable[[Viewer], Conditions]:
    """Sums of an agent's scores: what the monitor is made of, which agents never see."""

    def rule(viewer: Viewer) -> Conditions:
        return (sa.false(),) if viewer.role is Role.AGENT else reach.of_agent(agent_id)(viewer)

    return rule


def _staff_only(viewer: Viewer) -> Conditions:
    return (sa.false(),) if viewer.role is Role.AGENT else ()


_RULES: Mapping[type[Base], Callable[[Viewer], Conditions]] = {
    models.ActionStep: _everything,
    models.Agent: reach.of_agent(models.Agent.id),
    models.AgentDay: _days(models.AgentDay.agent_id),
    models.AgentGroup: _staff_only,
    models.Assignment: reach.of_agent(models.Assignment.agent_id),
    models.AssignmentConversation: _assignment_conversations,
    models.Attribute: _everything,
    models.AuditEntry: _audit_entries,
    models.BestResponse: _best_responses,
    models.Bookmark: _bookmarks,
    models.CoachingGroup: _groups,
    models.CoachingTotal: _coaching_totals,
    models.Conversation: _conversations,
    models.Dispute: _disputes,
    models.DisputedMetric: _everything,
    models.Evaluation: _evaluations,
    models.EvaluationDraft: _drafts,
    models.EvaluationForm: _everything,
    models.EvaluationRevision: _everything,
    models.Example: _examples,
    models.GroupTotal: _group_totals,
    models.Insight: _everything,
    models.Mark: _marks,
    models.Message: _everything,
    models.Metric: _everything,
    models.MetricScore: _everything,
    models.Queue: _queues,
    models.User: _everything,
}
