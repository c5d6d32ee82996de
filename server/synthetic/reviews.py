"""Made-up audits, and what agents and supervisors make of them (section 8)."""

import datetime as dt
import uuid

from models import (
    Action,
    Decision,
    Dispute,
    DisputedMetric,
    DisputeRouting,
    DisputeState,
    Evaluation,
    EvaluationDraft,
    ReviewState,
    RevisionReason,
    Source,
)
from server.synthetic import history
from server.synthetic.conversations import Held, add_revision
from server.synthetic.organisation import Organisation
from server.synthetic.rows import Row

AUDITOR_SAYS = (
    "Good structure; the opening could be warmer.",
    "Solved in the end, but the customer had to ask twice.",
    "A calm answer to an upset customer, well done.",
    "Please follow the verification steps in their order.",
)
AGENT_OBJECTS = (
    "I did this before the transcript starts, on the phone.",
    "The customer had said it already, so I did not ask again.",
    "The system was down; I told the customer so.",
    "I think that this is what the guideline asks for.",
)
SUPERVISOR_AGREES = "You are right, the guideline allows this. Score changed."
SUPERVISOR_UPHOLDS = "I listened again: it is missing. The score stays."


class Review:
    """A manual evaluation on its way: each method is one write, at a later moment than the last.

    The rows say at every moment what the product's own writes would have left.
    """

    def __init__(
        self, made: Organisation, held: Held, auditor_id: uuid.UUID, at: dt.datetime
    ) -> None:
        self.made = made
        self.held = held
        self.adherence = list(held.adherence)
        self.told: Row | None = None
        self.dispute_row: Row = {}
        self.disputed: list[Row] = []
        self._disagree_with_auto_qa()
        asks = held.form.routing is not None
        self.row = made.rows.add(
            Evaluation,
            id=made.rows.chance.uuid(),
            conversation_id=held.id,
            agent_id=held.agent.id,
            form_id=held.form.id,
            source=Source.MANUAL,
            evaluator_id=auditor_id,
            evaluated_at=at,
            revision=0,
            dispute_rounds=0,
            review_state=ReviewState.PENDING_AGENT_REVIEW if asks else ReviewState.AUDITED,
            review_until=self._until(at) if asks else None,
        )
        self._revise(RevisionReason.AUDIT, auditor_id, at)
        self._tell(Action.EVALUATION_SUBMITTED, auditor_id, at)

    @property
    def state(self) -> ReviewState:
        """Where the review stands."""
        state: ReviewState = self.row["review_state"]
        return state

    def accept(self, at: dt.datetime) -> None:
        """The agent accepts every metric (D2)."""
        self._become(ReviewState.RESOLVED, Action.EVALUATION_ANSWERED, self._agent_user(), at)

    def dispute(self, at: dt.datetime) -> None:
        """The agent disputes one or two metrics, the weakest, and accepts the rest (D2)."""
        rows, form = self.made.rows, self.held.form
        self.row["dispute_rounds"] += 1
        self.dispute_row = rows.add(
            Dispute,
            id=rows.chance.uuid(),
            evaluation_id=self.row["id"],
            round=self.row["dispute_rounds"],
            revision=self.row["revision"],
            state=DisputeState.OPEN,
            assignee_id=self._assignee(),
            opened_at=at,
        )
        again = {row["metric_id"] for row in self.disputed}  # only these may be disputed again
        applying = [
            (kept, metric)
            for metric, kept in zip(form.metrics, self.adherence, strict=True)
            if kept is not None and (not again or metric.id in again)
        ]
        chosen = sorted(applying, key=lambda pair: (pair[0], pair[1].position))[:2]
        self.disputed = [
            rows.add(
                DisputedMetric,
                dispute_id=self.dispute_row["id"],
                metric_id=metric.id,
                position=metric.position,
                comment=rows.chance.choice(AGENT_OBJECTS),
            )
            for _, metric in chosen
        ]
        state = ReviewState.PENDING_SUPERVISOR_REVIEW
        self._become(state, Action.DISPUTE_OPENED, self._agent_user(), at)

    def withdraw(self, at: dt.datetime) -> None:
        """The agent takes the objection back; the round counts (D5)."""
        self._close_dispute(DisputeState.WITHDRAWN, at)
        self._become(ReviewState.RESOLVED, Action.DISPUTE_WITHDRAWN, self._agent_user(), at)

    def resolve(self, at: dt.datetime) -> None:
        """The assignee raises the first disputed metric and upholds the others (D4)."""
        form, assignee_id = self.held.form, self.dispute_row["assignee_id"]
        places = {metric.id: place for place, metric in enumerate(form.metrics)}
        for number, row in enumerate(self.disputed):
            place = places[row["metric_id"]]
            kept = self.adherence[place] or 0.0
            if number == 0 and kept < 1:
                raised = 1.0 if form.metrics[place].fatal else min(1.0, kept + 0.5)
                self.adherence[place] = raised
                row.update(decision=Decision.REVISE, new_adherence=raised)
                row["decision_comment"] = SUPERVISOR_AGREES
            else:
                row.update(decision=Decision.UPHOLD, decision_comment=SUPERVISOR_UPHOLDS)
        self._close_dispute(DisputeState.RESOLVED, at)
        self._revise(RevisionReason.RESOLUTION, assignee_id, at)
        rounds_left = form.allow_re_disputes and self.row["dispute_rounds"] < form.max_rounds
        state = ReviewState.PENDING_AGENT_REVIEW if rounds_left else ReviewState.CLOSED
        self._become(state, Action.DISPUTE_RESOLVED, assignee_id, at)

    def audit_again(self, auditor_id: uuid.UUID, at: dt.datetime) -> None:
        """An auditor raises one metric without having been asked; nothing reopens (D8)."""
        place = next(
            (place for place, kept in enumerate(self.adherence) if kept is not None and kept < 1),
            0,
        )
        self.adherence[place] = 1.0
        self._revise(RevisionReason.RE_AUDIT, auditor_id, at)
        self.row["evaluator_id"] = auditor_id
        self._become(ReviewState.AUDITED, Action.EVALUATION_RE_AUDITED, auditor_id, at)

    def expire(self) -> None:
        """Nobody answered within the form's window; the system closes it (D6)."""
        self._become(ReviewState.CLOSED, Action.REVIEW_CLOSED, None, self.row["review_until"])

    def _disagree_with_auto_qa(self) -> None:
        """Let the auditor see a metric or two otherwise than Auto QA."""
        chance, form = self.made.rows.chance, self.held.form
        for place, kept in enumerate(self.adherence):
            if kept is not None and not form.metrics[place].fatal and chance.yes(0.3):
                self.adherence[place] = min(1.0, max(0.0, kept + chance.choice((-0.25, 0.25))))
        if all(kept is None for kept in self.adherence):
            self.adherence[0] = 1.0

    def _until(self, at: dt.datetime) -> dt.datetime | None:
        days = self.held.form.window_days
        return None if days is None else at + dt.timedelta(days=days)

    def _assignee(self) -> uuid.UUID:
        """Who settles the next round: never somebody whose score it is, if routed so (D3)."""
        form = self.held.form
        auditor_id: uuid.UUID = self.row["evaluator_id"]
        if form.routing is DisputeRouting.SAME_AUDITOR:
            return auditor_id
        return self.made.rows.chance.choice([who for who in form.auditors if who != auditor_id])

    def _agent_user(self) -> uuid.UUID | None:
        return self.made.user_of.get(self.held.agent.id)

    def _close_dispute(self, state: DisputeState, at: dt.datetime) -> None:
        self.dispute_row.update(state=state, closed_at=at, version=2)

    def _revise(self, reason: RevisionReason, who: uuid.UUID, at: dt.datetime) -> None:
        """Write a new revision, whose scores become the evaluation's and the conversation's."""
        self.row["revision"] += 1
        score = add_revision(
            self.made,
            self.row["id"],
            self.row["revision"],
            reason,
            at,
            self.held.form,
            self.adherence,
            evaluator_id=who,
            comment=self.made.rows.chance.choice(AUDITOR_SAYS),
        )
        self.row.update(total=score.total, passed=score.passed)
        self.held.row["supervisor_audit_score"] = score.total

    def _become(
        self, state: ReviewState, action: Action, who: uuid.UUID | None, at: dt.datetime
    ) -> None:
        pending = state is ReviewState.PENDING_AGENT_REVIEW
        ended = state in {ReviewState.RESOLVED, ReviewState.CLOSED}
        self.row["review_state"] = state
        self.row["review_until"] = self._until(at) if pending else None
        self.row["completed_at"] = at if ended else None
        self._tell(action, who, at)

    def _tell(self, action: Action, who: uuid.UUID | None, at: dt.datetime) -> None:
        """Leave the entry in the audit history (D10): what the last one left, and what is now."""
        before = self.told
        self.told = {name: self.row[name] for name in ("review_state", "revision", "total")}
        history.tell(
            self.made.rows,
            action,
            who,
            at,
            agent_id=self.held.agent.id,
            evaluation_id=self.row["id"],
            before=before,
            after=self.told,
        )


def add_draft(made: Organisation, held: Held, author_id: uuid.UUID, at: dt.datetime) -> None:
    """Add an audit that was begun and put aside: the first half of the metrics (D1)."""
    begun = list(zip(held.form.metrics, held.adherence, strict=True))[: len(held.adherence) // 2]
    made.rows.add(
        EvaluationDraft,
        id=made.rows.chance.uuid(),
        conversation_id=held.id,
        form_id=held.form.id,
        author_id=author_id,
        scores=[
            {"metric_id": str(metric.id), "scored": True, "adherence": kept, "comment": None}
            for metric, kept in begun
        ],
        comment="To be continued after the team meeting.",
        saved_at=at,
    )
