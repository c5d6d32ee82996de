"""Agents' objections, round by round."""

from typing import Any

import strawberry

import models
from auth.permissions import ActsOnCoaching, CoachDetail
from models import dispute as rules
from models.dispute import Answer
from models.move import ViewerActionName
from resolvers import disputing, evaluation
from schema.action import ViewerAction, actions
from schema.enum import described
from schema.info import Info
from schema.node import Node, encode
from schema.row import column, locked, many, one, person, row

described(
    models.DisputeState,
    "Where a round of a dispute stands.",
    {
        "OPEN": "It waits for a supervisor.",
        "RESOLVED": "A supervisor decided.",
        "WITHDRAWN": "The agent took it back.",
    },
)
described(
    models.Decision,
    "What is decided about a disputed score.",
    {"UPHOLD": "It stays.", "REVISE": "It is changed."},
    name="DisputeDecision",
)
described(
    Answer,
    "What the agent says to a score.",
    {"ACCEPT": "It is right.", "DISPUTE": "It is not; a supervisor is to look again."},
    name="EvaluationAnswer",
)


@row(models.DisputedMetric, description="A disputed score, and what was decided about it.")
class DisputedMetric:
    """A metric of a dispute."""

    metric = one("The metric.")
    comment = column("Why the agent objects.")
    decision = column("What was decided; null while the dispute is open, or if withdrawn.")
    new_adherence = column("The new adherence, where it was revised; null if not applicable.")
    decision_comment = column("Why it was decided so.")


@strawberry.type(description="Somebody who may settle a dispute.")
class Auditor:
    """An auditor."""

    id: strawberry.ID = strawberry.field(description="Opaque id, to name them by.")
    name: str = strawberry.field(description="Name.")
    open_disputes: int = strawberry.field(description="Open disputes that they are to settle.")


@row(models.Dispute, description="One round of an agent's objection to a manual evaluation.")
class Dispute(Node):
    """A round."""

    round = column("Number of the round, from 1.")
    revision = column("Number of the revision that is disputed.")
    state = column("Where it stands.")
    opened_at = column("When the agent opened it.")
    closed_at = column("When it was settled or withdrawn; null while it is open.")
    version = column("Counts up with every change; a change of the assignee names it.")
    evaluation = one("The evaluation.", nullable=True)
    metrics = many("What is disputed, in the form's order.")
    assignee = person("assignee_id", "Name of who is to settle it.")

    @strawberry.field(
        description="Those who may settle it, by name.", extensions=locked(CoachDetail)
    )
    async def auditors(self: Any, info: Info) -> list[Auditor]:
        """Whom it can be given to (D3)."""
        about, form = await _about(info, self)
        if about is None:
            return []
        found = await evaluation.auditors_of(info.context, about.id)
        return [
            Auditor(
                id=strawberry.ID(encode("User", each.user_id)),
                name=each.name,
                open_disputes=each.open_disputes,
            )
            for each in found
            if rules.may_settle(
                each.user_id, auditor_id=about.evaluator_id, routing=form.dispute_routing
            )
        ]

    @strawberry.field(description="What you may do to it now.", extensions=locked(ActsOnCoaching))
    async def viewer_actions(self: Any, info: Info) -> list[ViewerAction]:
        """By the rules that decide the writes themselves."""
        about, form = await _about(info, self)
        if about is None:
            return []
        viewer = info.context.viewer
        others = (ViewerActionName.WITHDRAW_DISPUTE, ViewerActionName.REASSIGN_DISPUTE)
        return actions(
            info,
            [
                (
                    ViewerActionName.RESOLVE_DISPUTE,
                    disputing.refuse_resolving(viewer, self, about, form),
                ),
                *((name, rules.MOVES[name].refuse(self.state, viewer.role)) for name in others),
            ],
        )


async def _about(info: Info, dispute: models.Dispute) -> tuple[Any, Any]:
    """The evaluation and its form."""
    loaders = info.context.loaders
    about = await loaders.row(models.Evaluation, dispute.evaluation_id)
    return about, about and await loaders.row(models.EvaluationForm, about.form_id)
