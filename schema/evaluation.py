"""Scored forms."""

import uuid
from typing import Any

import strawberry
from strawberry.types.lazy_type import LazyType

import models
from auth.permissions import ActsOnCoaching
from models import Source
from models.move import ViewerActionName
from resolvers import evaluating, evaluation, responding
from schema.action import ViewerAction, actions
from schema.enum import described
from schema.info import Info
from schema.node import Node, encode
from schema.row import column, locked, many, one, person, row

AUTO_QA = "Auto QA"

# Forms are described with conversations, which know of evaluations.
METRICS: Any = list[LazyType("Metric", "schema.evaluation_form", None)]  # type: ignore[misc]

described(
    models.Source,
    "Who scored.",
    {"AUTO": "Auto QA.", "MANUAL": "A supervisor or QA user."},
    name="EvaluationSource",
)
described(
    models.ReviewState,
    "Where the review of a manual evaluation stands.",
    {
        "AUDITED": "Scored; no review is asked for.",
        "PENDING_AGENT_REVIEW": "It is the agent's turn to accept or dispute.",
        "PENDING_SUPERVISOR_REVIEW": "It is a supervisor's turn to settle a dispute.",
        "RESOLVED": "Accepted, or the dispute was withdrawn.",
        "CLOSED": "Settled for good.",
    },
)
described(
    models.RevisionReason,
    "Why a revision was written.",
    {
        "AUDIT": "The first scoring.",
        "RE_AUDIT": "Somebody scored anew.",
        "RESOLUTION": "A dispute was settled.",
        "RE_IMPORT": "The sender sent it anew.",
    },
)


@row(models.MetricScore, description="How one metric of an evaluation was scored.")
class MetricScore:
    """A metric's score."""

    metric = one("The metric.")
    adherence = column("0 for not at all to 1 for fully; null where the metric did not apply.")
    points = column("What it adds to the total, in points; null where it did not apply.")
    comment = column("What the auditor wrote about it.")


def _evaluator() -> Any:
    told = "Name of who scored; `Auto QA` for the product itself."
    return person("evaluator_id", told, nobody=AUTO_QA)


@row(models.EvaluationRevision, description="One complete scoring of an evaluation.")
class EvaluationRevision:
    """A revision."""

    number = column("Number of the revision, from 1.")
    reason = column("Why it was written.")
    created_at = column("When it was written.")
    total = column("Total in points, -100 to 100; null where no metric applied.")
    passed = column("Whether the total reached the form's pass score; null without a total.")
    comment = column("What the auditor wrote about it.")
    evaluated_by = _evaluator()

    @strawberry.field(description="Its scores, in the form's order.")
    async def scores(self: Any, info: Info) -> list[MetricScore]:
        """Old revisions stay readable (D4)."""
        found: Any = await evaluation.scores_of(info.context, self)
        return found  # type: ignore[no-any-return]


@row(models.Evaluation, description="A scored form for one conversation, at its newest revision.")
class Evaluation(Node):
    """An evaluation."""

    source = column("Who scored.")
    evaluated_at = column("When it was scored first.")
    revision = column("Number of the newest revision.")
    total = column("Total in points, -100 to 100; null where no metric applied.")
    passed = column("Whether the total reached the form's pass score; null without a total.")
    review_state = column("Where its review stands; null for Auto QA.")
    review_until = column("When an unanswered review closes; null where it does not.")
    dispute_rounds = column("Dispute rounds so far.")
    completed_at = column("When its review ended; null while it goes on, or never began.")
    form = one("The form.")
    agent = one("Agent who was scored.", nullable=True)
    conversation = one("Conversation that was scored.", nullable=True)
    scores = many("Scores of the newest revision, in the form's order.")
    revisions = many("All revisions, oldest first.")
    disputes = many("Rounds of disputes, first to last.")
    history = many("What was done with it, oldest first.")
    evaluated_by = _evaluator()

    @strawberry.field(
        description="Metrics that the agent can dispute now, in the form's order.",
        graphql_type=METRICS,
    )
    async def disputable_metrics(self: Any, info: Info) -> Any:
        """None while the evaluation does not wait for the agent (D2, D4, D8)."""
        return await evaluation.disputable_metrics(info.context, self)

    @strawberry.field(
        description="What you may do to it now; nothing to Auto QA's.",
        extensions=locked(ActsOnCoaching),
    )
    async def viewer_actions(self: Any, info: Info) -> list[ViewerAction]:
        """By the rules that decide the writes themselves."""
        if self.source is Source.AUTO:
            return []
        viewer = info.context.viewer
        form = await info.context.loaders.row(models.EvaluationForm, self.form_id)
        scoring = evaluating.refuse_scoring(viewer, self, form)
        return actions(
            info,
            [
                (ViewerActionName.SUBMIT_EVALUATION, scoring),
                (ViewerActionName.RESPOND_TO_EVALUATION, responding.refuse_answer(viewer, self)),
            ],
        )


@strawberry.type(description="How one metric is scored in a draft.")
class DraftScore:
    """A score that does not count yet."""

    metric_id: strawberry.ID = strawberry.field(description="Id of the metric.")
    scored: bool = strawberry.field(description="Whether it is scored yet.")
    adherence: float | None = strawberry.field(
        description="0 for not at all to 1 for fully; null where the metric does not apply."
    )
    comment: str | None = strawberry.field(description="What you wrote about it.")


@row(models.EvaluationDraft, description="A manual evaluation that only its author sees.")
class EvaluationDraft:
    """A draft."""

    form = one("The form.")
    comment = column("What you wrote about it all.")
    saved_at = column("When you saved it.")
    version = column("Counts up each time you save it.")

    @strawberry.field(description="The scores so far.")
    def scores(self: Any) -> list[DraftScore]:
        """As they were saved."""
        return [
            DraftScore(
                metric_id=strawberry.ID(encode("Metric", uuid.UUID(each["metric_id"]))),
                scored=each["scored"],
                adherence=each["adherence"],
                comment=each["comment"],
            )
            for each in self.scores
        ]
