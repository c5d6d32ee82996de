"""Evaluation forms of made-up workspaces: one for each channel, and one without disputes."""

import uuid
from dataclasses import dataclass, field

from models import (
    Channel,
    DisputeRouting,
    EvaluationForm,
    EvaluationFormAuditor,
    EvaluationFormQueue,
    Metric,
    MetricAttribute,
)
from server.synthetic.rows import Rows

NOT_IMPORTED = bytes(32)
"""Digest of a row that no record was imported for: no record is equal to it."""

EMPATHY = "Empathy"
COMPLIANCE = "Compliance"
KNOWLEDGE = "Product Knowledge"
COMMUNICATION = "Communication Skills"
ETIQUETTE = "Etiquette"
PROBLEM_SOLVING = "Problem Solving"

ATTRIBUTES = (EMPATHY, COMPLIANCE, KNOWLEDGE, COMMUNICATION, ETIQUETTE, PROBLEM_SOLVING)


@dataclass(frozen=True, slots=True)
class FormMetric:
    """A metric, with what scoring needs of it."""

    id: uuid.UUID
    position: int
    name: str
    weight: float
    negative_weight: float
    fatal: bool
    attribute_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its metrics and its dispute policy."""

    id: uuid.UUID
    channel: Channel
    pass_score: float
    routing: DisputeRouting | None
    allow_re_disputes: bool
    max_rounds: int
    window_days: int | None
    metrics: tuple[FormMetric, ...]
    auditors: list[uuid.UUID] = field(default_factory=list)

    def add_auditor(self, rows: Rows, user_id: uuid.UUID) -> None:
        """Put a user into the pool that settles this form's disputes."""
        self.auditors.append(user_id)
        rows.add(EvaluationFormAuditor, form_id=self.id, user_id=user_id)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a form will be; metrics as (name, weight, negative weight, fatal, attributes)."""

    name: str
    channel: Channel
    pass_score: float
    metrics: tuple[tuple[str, float, float, bool, tuple[str, ...]], ...]
    routing: DisputeRouting | None = None
    allow_re_disputes: bool = False
    max_rounds: int = 3
    window_days: int | None = None


CHAT = Plan(
    "Chat quality",
    Channel.CHAT,
    75,
    (
        ("Greets by name and introduces themselves", 10, 0, False, (ETIQUETTE,)),
        ("Acknowledges how the customer feels", 20, 5, False, (EMPATHY,)),
        ("Verifies identity before account data", 20, 0, True, (COMPLIANCE,)),
        ("Gives correct and complete information", 20, 10, False, (KNOWLEDGE,)),
        ("Writes clearly and without errors", 15, 0, False, (COMMUNICATION,)),
        ("Finds the cause and a lasting solution", 15, 0, False, (PROBLEM_SOLVING,)),
    ),
    DisputeRouting.SAME_AUDITOR,
)
VOICE = Plan(
    "Call quality",
    Channel.VOICE,
    70,
    (
        ("Opens and closes the call as agreed", 10, 0, False, (ETIQUETTE,)),
        ("Listens without interrupting", 15, 5, False, (EMPATHY, COMMUNICATION)),
        ("Reads the recording notice", 15, 0, True, (COMPLIANCE,)),
        ("Explains options in plain words", 20, 0, False, (COMMUNICATION,)),
        ("Knows product and process", 20, 5, False, (KNOWLEDGE,)),
        ("Solves it in this call, or owns the next step", 20, 0, False, (PROBLEM_SOLVING,)),
    ),
    DisputeRouting.DIFFERENT_AUDITOR,
    allow_re_disputes=True,
    max_rounds=2,
)
EMAIL = Plan(
    "Email quality",
    Channel.EMAIL,
    75,
    (
        ("Salutation, signature and tone", 15, 0, False, (ETIQUETTE,)),
        ("Answers every question that was asked", 25, 10, False, (KNOWLEDGE,)),
        ("Shows understanding for the situation", 20, 0, False, (EMPATHY,)),
        ("No personal data of others", 15, 0, True, (COMPLIANCE,)),
        ("Structure and spelling", 15, 0, False, (COMMUNICATION,)),
        ("States next steps and dates", 10, 0, False, (PROBLEM_SOLVING,)),
    ),
    DisputeRouting.SAME_AUDITOR,
    window_days=7,
)
SECURITY = Plan(
    "Security desk",
    Channel.CHAT,
    80,
    (
        ("Verifies identity with two factors", 40, 20, True, (COMPLIANCE,)),
        ("Explains the risk without blame", 20, 0, False, (EMPATHY,)),
        ("Follows the incident procedure", 25, 10, False, (KNOWLEDGE, PROBLEM_SOLVING)),
        ("Polite and brief", 15, 0, False, (ETIQUETTE, COMMUNICATION)),
    ),
)


def add(
    rows: Rows,
    plan: Plan,
    *,
    attributes: dict[str, uuid.UUID],
    queues: list[uuid.UUID],
) -> Form:
    """Add a form that is active on these queues."""
    form = Form(
        rows.chance.uuid(),
        plan.channel,
        plan.pass_score,
        plan.routing,
        plan.allow_re_disputes,
        plan.max_rounds,
        plan.window_days,
        tuple(
            FormMetric(
                rows.chance.uuid(), position, name, weight, negative_weight, fatal,
                tuple(attributes[attribute] for attribute in fed),
            )
            for position, (name, weight, negative_weight, fatal, fed) in enumerate(plan.metrics, 1)
        ),
    )  # fmt: skip
    rows.add(
        EvaluationForm,
        id=form.id,
        external_id=plan.name.lower().replace(" ", "-"),
        digest=NOT_IMPORTED,
        name=plan.name,
        form_version=1,
        channel=plan.channel,
        pass_score=plan.pass_score,
        dispute_routing=plan.routing,
        allow_re_disputes=plan.allow_re_disputes,
        max_dispute_rounds=plan.max_rounds,
        review_window_days=plan.window_days,
    )
    for queue_id in queues:
        rows.add(
            EvaluationFormQueue,
            form_id=form.id,
            queue_id=queue_id,
            channel=plan.channel,
            active=True,
        )
    for metric in form.metrics:
        _add_metric(rows, form, metric)
    return form


def _add_metric(rows: Rows, form: Form, metric: FormMetric) -> None:
    rows.add(
        Metric,
        id=metric.id,
        form_id=form.id,
        position=metric.position,
        key=f"m{metric.position}",
        name=metric.name,
        weight=metric.weight,
        negative_weight=metric.negative_weight,
        fatal=metric.fatal,
    )
    for attribute_id in metric.attribute_ids:
        rows.add(
            MetricAttribute,
            metric_id=metric.id,
            attribute_id=attribute_id,
        )
