"""Mutations of agents who answer an evaluation."""

from typing import Annotated

import strawberry

from auth.permissions import AnswersEvaluations
from models.dispute import Answer
from models.review import AnswerGiven
from resolvers import responding
from schema import node
from schema.dispute import Dispute
from schema.error import UserError, answered
from schema.evaluation import Evaluation
from schema.info import Info
from schema.row import locked


@strawberry.input(description="Your answer to one score.")
class MetricAnswerInput:
    """An answer."""

    metric_id: strawberry.ID = strawberry.field(description="Metric of the evaluation.")
    decision: Answer = strawberry.field(description="Whether you accept its score.")
    comment: str | None = strawberry.field(
        default=None, description="Why you object; required to dispute, and only there."
    )

    def read(self) -> AnswerGiven:
        """The answer in the domain's words."""
        return AnswerGiven(
            metric_id=node.key(self.metric_id, "Metric"),
            answer=self.decision,
            comment=self.comment,
        )


@strawberry.input(description="Your answer to an evaluation.")
class RespondToEvaluationInput:
    """An answer (D2)."""

    evaluation_id: strawberry.ID = strawberry.field(description="Evaluation of yours.")
    revision: int = strawberry.field(description="Revision that you answer.")
    decisions: list[MetricAnswerInput] = strawberry.field(
        description="Your answers; you accept the metrics that you do not name."
    )


@strawberry.input(description="A dispute to take back.")
class WithdrawDisputeInput:
    """A withdrawal (D5)."""

    dispute_id: strawberry.ID = strawberry.field(description="Open dispute of yours.")
    revision: int = strawberry.field(description="Revision that it disputes.")


@strawberry.type(description="What came of `respondToEvaluation`.")
class RespondToEvaluationPayload:
    """The evaluation."""

    evaluation: Evaluation | None = strawberry.field(description="The evaluation as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type(description="What came of `withdrawDispute`.")
class WithdrawDisputePayload:
    """The dispute."""

    dispute: Dispute | None = strawberry.field(description="The dispute as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class RespondingMutation:
    """Writes of agents."""

    @strawberry.mutation(
        description="Accept or dispute the scores of an evaluation that waits for you.",
        extensions=locked(AnswersEvaluations),
    )
    async def respond_to_evaluation(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            RespondToEvaluationInput, strawberry.argument(description="The answer.")
        ],
    ) -> RespondToEvaluationPayload:
        """D2."""
        return await answered(
            RespondToEvaluationPayload,
            "evaluation",
            lambda: responding.respond(
                info.context,
                evaluation_id=node.key(input.evaluation_id, "Evaluation"),
                revision=input.revision,
                answers=tuple(decision.read() for decision in input.decisions),
            ),
        )

    @strawberry.mutation(
        description="Take back an open dispute; the scores stand, and the round counts.",
        extensions=locked(AnswersEvaluations),
    )
    async def withdraw_dispute(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            WithdrawDisputeInput, strawberry.argument(description="The dispute.")
        ],
    ) -> WithdrawDisputePayload:
        """D5."""
        return await answered(
            WithdrawDisputePayload,
            "dispute",
            lambda: responding.withdraw(
                info.context,
                dispute_id=node.key(input.dispute_id, "Dispute"),
                revision=input.revision,
            ),
        )
