"""Stored facts, each defined once: as the expression that counts it from scratch.

Writes set the columns from these expressions, in their own transaction; `coaching check` compares
the columns with the same expressions. Each is a subquery correlated with the row it belongs to.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from models.assignment import Assignment, AssignmentConversation, BestResponse
from models.base import Base
from models.coaching_group import CoachingGroup
from models.conversation import Conversation
from models.evaluation import Evaluation, ReviewState, Source
from models.status import Status


def _items(
    model: type[AssignmentConversation | BestResponse], *, reviewed: bool
) -> sa.ColumnElement[int]:
    rows = sa.select(sa.func.count()).where(
        model.workspace_id == Assignment.workspace_id, model.assignment_id == Assignment.id
    )
    if reviewed:
        rows = rows.where(model.reviewed_at.is_not(None))
    return rows.correlate(Assignment).scalar_subquery()


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    # As a condition of the query, SQLite would look it up in an index of the whole workspace,
    # for a handful of rows of one assignment or group.
    return sa.func.count(sa.case((condition, 1)))


def _turns(state: ReviewState) -> sa.ColumnElement[int]:
    return (
        sa.select(_how_many(Evaluation.review_state == state))
        .select_from(AssignmentConversation)
        .join(
            Evaluation,
            (Evaluation.workspace_id == AssignmentConversation.workspace_id)
            & (Evaluation.conversation_id == AssignmentConversation.conversation_id)
            & (Evaluation.source == Source.MANUAL),
        )
        .where(
            AssignmentConversation.workspace_id == Assignment.workspace_id,
            AssignmentConversation.assignment_id == Assignment.id,
        )
        .correlate(Assignment)
        .scalar_subquery()
    )


def _members(condition: sa.ColumnElement[bool] | None = None) -> sa.ColumnElement[int]:
    return (
        sa.select(sa.func.count() if condition is None else _how_many(condition))
        .select_from(Assignment)
        .where(
            Assignment.workspace_id == CoachingGroup.workspace_id,
            Assignment.group_id == CoachingGroup.id,
            Assignment.cancelled_at.is_(None),
        )
        .correlate(CoachingGroup)
        .scalar_subquery()
    )


def _total(source: Source) -> sa.ColumnElement[float]:
    return (
        sa.select(Evaluation.total)
        .where(
            Evaluation.workspace_id == Conversation.workspace_id,
            Evaluation.conversation_id == Conversation.id,
            Evaluation.source == source,
        )
        .correlate(Conversation)
        .scalar_subquery()
    )


ASSIGNMENT: Mapping[str, sa.ColumnElement[int]] = {
    "items_total": _items(AssignmentConversation, reviewed=False)
    + _items(BestResponse, reviewed=False),
    "items_reviewed": _items(AssignmentConversation, reviewed=True)
    + _items(BestResponse, reviewed=True),
    "agent_turns": _turns(ReviewState.PENDING_AGENT_REVIEW),
    "supervisor_turns": _turns(ReviewState.PENDING_SUPERVISOR_REVIEW),
}

GROUP: Mapping[str, sa.ColumnElement[int]] = {
    "members_total": _members(),
    "members_not_started": _members(Assignment.progress == Status.NOT_STARTED),
    "members_completed": _members(Assignment.progress == Status.COMPLETED),
    "members_agent_turn": _members(Assignment.agent_turns > 0),
    "members_supervisor_turn": _members(Assignment.supervisor_turns > 0),
}

CONVERSATION: Mapping[str, sa.ColumnElement[float]] = {
    "kore_evaluation_score": _total(Source.AUTO),
    "supervisor_audit_score": _total(Source.MANUAL),
}

STORED: Mapping[type[Base], Mapping[str, sa.ColumnElement[int] | sa.ColumnElement[float]]] = {
    Conversation: CONVERSATION,
    Assignment: ASSIGNMENT,
    CoachingGroup: GROUP,
}
"""All of them, in the order in which they follow from each other."""
