"""Mutations of those who settle disputes."""

from typing import Annotated

import strawberry
from strawberry import UNSET

from auth.permissions import IsCoach
from models import Decision
from models.review import Ruling
from resolvers import disputing
from schema import node
from schema.dispute import Dispute
from schema.error import UserError, answered
from schema.info import Info
from schema.row import locked


@strawberry.input(description="What you decide about one disputed score.")
class MetricDecisionInput:
    """A decision."""

    metric_id: strawberry.ID = strawberry.field(description="Disputed metric.")
    decision: Decision = strawberry.field(description="Whether its score stays.")
    adherence: float | None = strawberry.field(
        default=UNSET,
        description="New adherence of a revised score, 0 to 1 with at most four decimals; null"
        " where the metric does not apply. Left out where the score stays.",
    )
    comment: str = strawberry.field(description="Why.")

    def read(self) -> Ruling:
        """The decision in the domain's words."""
        scored = self.adherence is not UNSET
        return Ruling(
            metric_id=node.key(self.metric_id, "Metric"),
            decision=self.decision,
            comment=self.comment,
            adherence=self.adherence if scored else None,
            scored=scored,
        )


@strawberry.input(description="What you decide about a dispute.")
class ResolveDisputeInput:
    """A resolution (D4)."""

    dispute_id: strawberry.ID = strawberry.field(description="Open dispute.")
    revision: int = strawberry.field(description="Revision that it disputes.")
    decisions: list[MetricDecisionInput] = strawberry.field(
        description="A decision for every disputed metric."
    )


@strawberry.input(description="A dispute to hand on.")
class ReassignDisputeInput:
    """A hand-over (D3)."""

    dispute_id: strawberry.ID = strawberry.field(description="Open dispute.")
    assignee_id: strawberry.ID = strawberry.field(
        description="Who is to settle it: one of the dispute's `auditors`."
    )
    expected_version: int = strawberry.field(description="Its version when you read it.")


@strawberry.type(description="What came of `resolveDispute`.")
class ResolveDisputePayload:
    """The dispute."""

    dispute: Dispute | None = strawberry.field(description="The dispute as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `reassignDispute`.")
class ReassignDisputePayload:
    """The dispute."""

    dispute: Dispute | None = strawberry.field(description="The dispute as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class DisputingMutation:
    """Writes of those who settle disputes."""

    @strawberry.mutation(
        description="Settle a dispute: uphold or revise each disputed score.",
        extensions=locked(IsCoach),
    )
    async def resolve_dispute(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            ResolveDisputeInput, strawberry.argument(description="The decisions.")
        ],
    ) -> ResolveDisputePayload:
        """D4."""
        return await answered(
            ResolveDisputePayload,
            "dispute",
            lambda: disputing.resolve(
                info.context,
                dispute_id=node.key(input.dispute_id, "Dispute"),
                revision=input.revision,
                rulings=tuple(decision.read() for decision in input.decisions),
            ),
        )

    @strawberry.mutation(
        description="Give an open dispute to another auditor.", extensions=locked(IsCoach)
    )
    async def reassign_dispute(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            ReassignDisputeInput, strawberry.argument(description="Who is to settle it.")
        ],
    ) -> ReassignDisputePayload:
        """D3."""
        return await answered(
            ReassignDisputePayload,
            "dispute",
            lambda: disputing.reassign(
                info.context,
                dispute_id=node.key(input.dispute_id, "Dispute"),
                assignee_id=node.key(input.assignee_id, "User"),
                expected_version=input.expected_version,
            ),
        )
