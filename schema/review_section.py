"""The review section of an assignment: what waits, what is disputed, what is settled (W3)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import strawberry

import models
from models import ReviewState
from schema.conversation import Conversation
from schema.evaluation import Evaluation
from schema.info import Info

CONVERSATION = sa.inspect(models.Evaluation).relationships["conversation"]


@strawberry.type(description="A manual evaluation as the review section shows it.")
class ReviewItem:
    """A row of a tab."""

    row: strawberry.Private[models.Evaluation]

    @strawberry.field(description="The evaluation.")
    def evaluation(self) -> Evaluation:
        """All about it."""
        found: Any = self.row
        return found  # type: ignore[no-any-return]

    @strawberry.field(
        description="The conversation, with its date and time, queue, topic and intent."
    )
    async def conversation(self, info: Info) -> Conversation | None:
        """What was evaluated."""
        found: Any = await info.context.loaders.related(CONVERSATION, self.row)
        return found  # type: ignore[no-any-return]

    @strawberry.field(description="Total of the newest revision, in points; null without one.")
    def supervisor_audit_score(self) -> float | None:
        """The score as it now is, and the final one once the review has ended."""
        return self.row.total

    @strawberry.field(description="Whose turn it is, or how it ended.")
    def review_status(self) -> ReviewState:
        """The state; Auto QA's evaluations, which have none, are not listed."""
        return self.row.review_state or ReviewState.AUDITED

    @strawberry.field(description="Number of dispute rounds that are completed.")
    def dispute_rounds(self) -> int:
        """The round that is open does not count yet."""
        waiting = self.row.review_state is ReviewState.PENDING_SUPERVISOR_REVIEW
        return self.row.dispute_rounds - waiting

    @strawberry.field(description="When the review ended; null while it goes on.")
    def completed_at(self) -> dt.datetime | None:
        """The end, by answer, decision, withdrawal, or for want of an answer."""
        return self.row.completed_at


@strawberry.type(description="Reviews of the manual evaluations of an assignment's conversations.")
class ReviewSection:
    """Three tabs; each is as long as the assignment has conversations at most."""

    pending: list[ReviewItem] = strawberry.field(
        description="Those that wait for the agent or for a supervisor, last evaluated first."
    )
    disputes: list[ReviewItem] = strawberry.field(
        description="Those of them that were disputed, last evaluated first."
    )
    resolved: list[ReviewItem] = strawberry.field(
        description="Those that are resolved or closed, last evaluated first."
    )


def section(rows: Sequence[models.Evaluation]) -> ReviewSection:
    """The tabs that these evaluations belong to; without a review they belong to none."""
    states = [(row, row.review_state or ReviewState.AUDITED) for row in rows]
    pending = [row for row, state in states if state.pending]
    return ReviewSection(
        pending=[ReviewItem(row=row) for row in pending],
        disputes=[ReviewItem(row=row) for row in pending if row.dispute_rounds > 0],
        resolved=[ReviewItem(row=row) for row, state in states if state.ended],
    )
