"""What each role of the database may do with each table: the third wall, as data (`models.wall`).

A table that isn't named here is the staff's, whole; for an agent it is not there at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

WORKSPACE_IS = "nullif(current_setting('coaching.workspace', true), '')::uuid"
"""The workspace that a connection works for; NULL, which equals nothing, where there is none."""

AGENT_IS = "nullif(current_setting('coaching.agent', true), '')::uuid"
"""The agent that it works for, likewise."""

OF_STAFF = "SELECT, INSERT, UPDATE, DELETE"

STAFF_RIGHTS: Mapping[str, str] = {
    "workspace": "SELECT, UPDATE",
    "user": "SELECT",
    "user_queue": "SELECT",
    "client": "SELECT",
    "webhook": "",
    "webhook_delivery": "",
}
"""What staff may do with a table where it is not everything.

Users and clients are made by commands; so are webhooks, whose secrets no request may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What agents may do with a table: read, and what else `writes` names.

    `rows` is what a row of theirs satisfies, to be read or written; None for what is the whole
    workspace's. `hidden` columns are not readable. Where `locks`, rows may be locked, and not
    changed.
    """

    rows: str | None = None
    writes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    locks: bool = False


_OWN = f"agent_id = {AGENT_IS}"


def _through(parent: str, table: str, key: str) -> str:
    """Whether the row's parent is readable, by the parent's own policies."""
    return (
        f'EXISTS (SELECT FROM "{parent}" parent WHERE parent.workspace_id = "{table}".workspace_id'
        f' AND parent.id = "{table}".{key})'
    )


_IS_EXAMPLE = (
    "EXISTS (SELECT FROM best_response example"
    " WHERE example.workspace_id = conversation.workspace_id"
    " AND example.conversation_id = conversation.id)"
)

AGENT_RIGHTS: Mapping[str, Rights] = {
    # The workspace's own words.
    "attribute": Rights(),
    "evaluation_form": Rights(),
    "metric": Rights(),
    "metric_attribute": Rights(),
    "queue": Rights(),
    "user": Rights(hidden=("email", "permissions", "disabled_at", "subject")),
    # The agent, and what they are coached on.
    "agent": Rights(rows=f"id = {AGENT_IS}"),
    "assignment": Rights(rows=_OWN, hidden=("group_id",), locks=True),
    "action_step": Rights(rows=_through("assignment", "action_step", "assignment_id")),
    "assignment_area": Rights(rows=_through("assignment", "assignment_area", "assignment_id")),
    "assignment_conversation": Rights(
        rows=_through("assignment", "assignment_conversation", "assignment_id"),
        writes=("UPDATE (reviewed_at)",),
    ),
    "best_response": Rights(
        rows=_through("assignment", "best_response", "assignment_id"),
        writes=("UPDATE (reviewed_at)",),
    ),
    "mark": Rights(rows=f"{_OWN} AND state = 'ACTIVE'", hidden=("group_id",)),
    "mark_area": Rights(rows=_through("mark", "mark_area", "mark_id")),
    "mark_conversation": Rights(rows=_through("mark", "mark_conversation", "mark_id")),
    # Conversations: their own, and those that they are to learn from (W1).
    "conversation": Rights(rows=f"{_OWN} OR {_IS_EXAMPLE}", locks=True),
    "message": Rights(rows=_through("conversation", "message", "conversation_id")),
    "insight": Rights(rows=_through("conversation", "insight", "conversation_id")),
    # Evaluations, and the agent's word about them.
    "evaluation": Rights(
        rows=_OWN,
        writes=("UPDATE (review_state, review_until, completed_at, dispute_rounds)",),
    ),
    "evaluation_revision": Rights(
        rows=_through("evaluation", "evaluation_revision", "evaluation_id")
    ),
    "metric_score": Rights(rows=_through("evaluation", "metric_score", "evaluation_id")),
    "dispute": Rights(
        rows=_through("evaluation", "dispute", "evaluation_id"),
        writes=("INSERT", "UPDATE (state, closed_at, version)"),
    ),
    "disputed_metric": Rights(
        rows=_through("dispute", "disputed_metric", "dispute_id"), writes=("INSERT",)
    ),
    # The history of their evaluations (D10).
    "audit_entry": Rights(rows=f"{_OWN} AND evaluation_id IS NOT NULL", hidden=("group_id",)),
}
"""All that agents may do. What is missing here they can't even count: coaching groups, candidates'
and groups' totals, queues of users, drafts, bookmarks, scorecards, sums of scores, the outbox,
webhooks."""
