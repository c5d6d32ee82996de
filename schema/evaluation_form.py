"""Forms that conversations are scored by, and who settles their disputes."""

from typing import Annotated

import strawberry

import models
from auth.permissions import IsStaff, ManagesSettings, StaffDetail
from models import DisputeRouting
from resolvers import evaluation_form, named
from schema import node
from schema.enum import described
from schema.error import UserError, answered
from schema.info import Info
from schema.named import Search
from schema.node import Node
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import column, locked, many, row
from schema.user import User

described(
    DisputeRouting,
    "Who settles a dispute.",
    {
        "SAME_AUDITOR": "The auditor who scored.",
        "DIFFERENT_AUDITOR": "Another auditor: of the form's pool, or any if it names nobody.",
    },
)


@row(models.Metric, description="One criterion of an evaluation form.")
class Metric(Node):
    """A criterion."""

    key = column("The sender's own name for it, unique in its form.")
    name = column("What is asked.")
    weight = column("Weight among the form's metrics: a part, not percent.")
    negative_weight = column("What failing it takes away, in the same parts.")
    fatal = column("Whether failing it makes the whole score 0.")
    attributes = many("Skills that it says something about.")


@row(models.EvaluationForm, description="One version of a form; only its pool changes.")
class EvaluationForm(Node):
    """A form."""

    name = column("Name of the form.")
    form_version = column("Number of the version.")
    channel = column("Channel that it is for.")
    pass_score = column("Points from which an evaluation is passed.")
    dispute_routing = column("Who settles disputes; null where scores can't be disputed.")
    allow_re_disputes = column("Whether a settled score may be disputed again.")
    max_dispute_rounds = column("Most rounds of a dispute, in total.")
    review_window_days = column("Days that an agent has to answer; null for any time.")
    auditors = many(
        "Its pool: who settles disputes where another auditor is to. Empty is everybody.",
        permission=StaffDetail,
    )
    metrics = many("Its metrics, in order.")
    queues = many("Queues that it is for.", permission=StaffDetail)


@strawberry.type
class EvaluationFormQuery:
    """Lists of forms."""

    @strawberry.field(description="Evaluation forms, by name.", extensions=locked(IsStaff))
    async def evaluation_forms(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
    ) -> Connection[EvaluationForm]:
        """All forms of the workspace, every version."""
        asked = window(first, after, last, before)
        return page_of(info, named.rows(models.EvaluationForm, search=search), asked)

    @strawberry.field(
        description="Supervisors and QA users by name: those whom a form's pool may name.",
        extensions=locked(ManagesSettings),
    )
    async def auditors(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[User]:
        """All of the workspace who may sign in."""
        asked = window(first, after, last, before)
        return page_of(info, evaluation_form.auditors(), asked)


@strawberry.input(description="Who settles disputes of a version of a form.")
class UpdateEvaluationFormAuditorsInput:
    """A pool."""

    form_id: strawberry.ID = strawberry.field(description="Version of the form.")
    user_ids: list[strawberry.ID] = strawberry.field(
        description="The whole pool, at most 100 supervisors and QA users; empty for everybody."
    )
    expected_user_ids: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="The pool when you read it. Left out, yours replaces whatever there is.",
    )


@strawberry.type(description="What came of `updateEvaluationFormAuditors`.")
class UpdateEvaluationFormAuditorsPayload:
    """The changed form."""

    evaluation_form: EvaluationForm | None = strawberry.field(description="The form as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class EvaluationFormMutation:
    """Writes of those who manage settings."""

    @strawberry.mutation(
        description="Set the pool of a version of a form: who settles disputes of others' scores.",
        extensions=locked(ManagesSettings),
    )
    async def update_evaluation_form_auditors(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            UpdateEvaluationFormAuditorsInput, strawberry.argument(description="The pool.")
        ],
    ) -> UpdateEvaluationFormAuditorsPayload:
        """D3."""
        expected = input.expected_user_ids
        return await answered(
            UpdateEvaluationFormAuditorsPayload,
            "evaluation_form",
            lambda: evaluation_form.update_auditors(
                info.context,
                form_id=node.key(input.form_id, "EvaluationForm"),
                user_ids=node.keys(input.user_ids, "User"),
                expected=None if expected is None else node.keys(expected, "User"),
            ),
        )
