"""Mutations of those who audit."""

from typing import Annotated

import strawberry
from strawberry import UNSET

from auth.permissions import IsCoach
from models.review import MetricGiven, Scoring
from resolvers import evaluating
from schema import node
from schema.error import UserError, answered
from schema.evaluation import Evaluation, EvaluationDraft
from schema.info import Info
from schema.row import locked


@strawberry.input(description="How one metric is scored.")
class MetricScoreInput:
    """A score."""

    metric_id: strawberry.ID = strawberry.field(description="Metric of the form.")
    adherence: float | None = strawberry.field(
        default=UNSET,
        description="0 for not at all to 1 for fully, with at most four decimals; null where the"
        " metric does not apply. Only a draft may leave it out.",
    )
    comment: str | None = strawberry.field(default=None, description="What to say about it.")

    def read(self) -> MetricGiven:
        """The score in the domain's words."""
        scored = self.adherence is not UNSET
        return MetricGiven(
            metric_id=node.key(self.metric_id, "Metric"),
            adherence=self.adherence if scored else None,
            comment=self.comment,
            scored=scored,
        )


def _scoring(
    conversation_id: str, form_id: str | None, scores: list[MetricScoreInput], comment: str | None
) -> Scoring:
    return Scoring(
        conversation_id=node.key(conversation_id, "Conversation"),
        form_id=None if form_id is None else node.key(form_id, "EvaluationForm"),
        scores=tuple(score.read() for score in scores),
        comment=comment,
    )


@strawberry.input(description="A manual evaluation that only you see.")
class SaveEvaluationDraftInput:
    """A draft (D1)."""

    conversation_id: strawberry.ID = strawberry.field(description="Conversation to score.")
    form_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Form to score by; without it that of the evaluation, or else the active one"
        " of the conversation's queue and channel.",
    )
    scores: list[MetricScoreInput] = strawberry.field(
        description="The scores so far; metrics may be left out."
    )
    comment: str | None = strawberry.field(default=None, description="What to say about it all.")
    expected_version: int | None = strawberry.field(
        default=None, description="The draft's version when you read it."
    )

    def read(self) -> Scoring:
        """The draft in the domain's words."""
        return _scoring(self.conversation_id, self.form_id, self.scores, self.comment)


@strawberry.input(description="A manual evaluation.")
class SubmitEvaluationInput:
    """A submission (D1), or an audit anew (D8)."""

    conversation_id: strawberry.ID = strawberry.field(description="Conversation to score.")
    form_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Form to score by; without it that of the evaluation, or else the active one"
        " of the conversation's queue and channel.",
    )
    scores: list[MetricScoreInput] = strawberry.field(description="A score for every metric.")
    comment: str | None = strawberry.field(default=None, description="What to say about it all.")
    expected_revision: int | None = strawberry.field(
        default=None,
        description="Newest revision when you read it, to score anew; null for the first audit.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="Sent again within 24 hours, the same key and input give the first answer.",
    )

    def read(self) -> Scoring:
        """The scores in the domain's words."""
        return _scoring(self.conversation_id, self.form_id, self.scores, self.comment)


@strawberry.type(description="What came of `saveEvaluationDraft`.")
class SaveEvaluationDraftPayload:
    """The draft."""

    draft: EvaluationDraft | None = strawberry.field(description="The draft as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was saved.")


@strawberry.type(description="What came of `submitEvaluation`.")
class SubmitEvaluationPayload:
    """The evaluation."""

    evaluation: Evaluation | None = strawberry.field(description="The evaluation as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class EvaluatingMutation:
    """Writes of those who audit."""

    @strawberry.mutation(
        description="Keep a manual evaluation that only you see.", extensions=locked(IsCoach)
    )
    async def save_evaluation_draft(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            SaveEvaluationDraftInput, strawberry.argument(description="The draft.")
        ],
    ) -> SaveEvaluationDraftPayload:
        """D1."""
        return await answered(
            SaveEvaluationDraftPayload,
            "draft",
            lambda: evaluating.save_draft(
                info.context, input.read(), expected_version=input.expected_version
            ),
        )

    @strawberry.mutation(
        description="Score a conversation, for the first time or anew. Your draft is deleted.",
        extensions=locked(IsCoach),
    )
    async def submit_evaluation(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            SubmitEvaluationInput, strawberry.argument(description="The scores.")
        ],
    ) -> SubmitEvaluationPayload:
        """D1, D8."""
        return await answered(
            SubmitEvaluationPayload,
            "evaluation",
            lambda: evaluating.submit(
                info.context,
                input.read(),
                expected_revision=input.expected_revision,
                idempotency_key=input.idempotency_key,
            ),
        )
