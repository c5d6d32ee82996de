"""Forms that conversations are scored by."""

import strawberry

import models
from auth.permissions import IsStaff, StaffDetail
from models import DisputeRouting
from resolvers import named
from schema.enum import described
from schema.info import Info
from schema.named import Search
from schema.node import Node
from schema.page import After, Before, Connection, First, Last, connection, window
from schema.row import column, locked, many, row

described(
    DisputeRouting,
    "Who settles a dispute.",
    {
        "SAME_AUDITOR": "The auditor who scored.",
        "DIFFERENT_AUDITOR": "Another auditor of the form's pool.",
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


@row(models.EvaluationForm, description="One version of a form; it never changes.")
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
        page = await named.rows(info.context, models.EvaluationForm, asked, search=search)
        return connection(page)
