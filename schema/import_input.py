"""Records of the import format as GraphQL types them.

Each has the fields of its record in `models.importing`, which decides what they may say: nothing
is checked here.
"""

import datetime as dt

import strawberry

from models import Channel, DisputeRouting, Speaker

OWN_ID = "Your own id, unique for its kind."
FORM_QUEUES = "External ids of the queues that it is for."


@strawberry.input(description="Something of the workspace that has nothing but a name.")
class ImportNamed:
    """An attribute, a queue or an agent group."""

    external_id: str = strawberry.field(description=OWN_ID)
    name: str = strawberry.field(description="Name, 1 to 120 characters.")


@strawberry.input(description="A person whose conversations are evaluated.")
class ImportAgent:
    """An agent."""

    external_id: str = strawberry.field(description=OWN_ID)
    agent_id: str = strawberry.field(description="The id that is shown and searched by.")
    name: str = strawberry.field(description="Name, 1 to 120 characters.")
    queues: list[str] = strawberry.field(
        description="External ids of the queues that the agent works in."
    )
    agent_group: str | None = strawberry.field(
        default=None, description="External id of the team or experience level."
    )


@strawberry.input(description="What an agent may do about an evaluation by a form.")
class ImportDisputePolicy:
    """A dispute policy (section 8)."""

    routing: DisputeRouting = strawberry.field(description="Who settles a dispute.")
    allow_re_disputes: bool = strawberry.field(
        description="Whether a settled metric can be disputed again."
    )
    max_rounds: int = strawberry.field(description="Most rounds, 1 to 100.")
    review_window_days: int | None = strawberry.field(
        default=None, description="Days until an unanswered review closes; none closes without."
    )


@strawberry.input(description="One criterion of a form.")
class ImportMetric:
    """A metric."""

    key: str = strawberry.field(description="Your own id of it, unique in the form.")
    name: str = strawberry.field(description="Name, 1 to 120 characters.")
    weight: float = strawberry.field(description="Weight in parts, above 0, with two decimals.")
    negative_weight: float = strawberry.field(
        description="What a failure takes away, 0 to `weight`, with two decimals."
    )
    fatal: bool = strawberry.field(description="Whether failing it makes the whole score 0.")
    attribute: list[str] = strawberry.field(description="External ids of the skills that it feeds.")


@strawberry.input(
    description="One version of an evaluation form. A version never changes: send a newer one."
)
class ImportForm:
    """A form."""

    external_id: str = strawberry.field(description=OWN_ID)
    version: int = strawberry.field(description="Version, from 1.")
    name: str = strawberry.field(description="Name, 1 to 120 characters.")
    channel: Channel = strawberry.field(description="Channel that it is for.")
    queues: list[str] = strawberry.field(description=FORM_QUEUES)
    pass_score: float = strawberry.field(description="Points from which on it is passed.")
    metrics: list[ImportMetric] = strawberry.field(description="Its metrics, in order.")
    dispute_policy: ImportDisputePolicy | None = strawberry.field(
        default=None, description="Without one, no review is asked for."
    )


@strawberry.input(description="One utterance of a transcript.")
class ImportMessage:
    """A message."""

    speaker: Speaker = strawberry.field(description="Who says it.")
    at: dt.datetime = strawberry.field(description="When, with offset.")
    text: str = strawberry.field(description="What is said, at most 10,000 characters.")


@strawberry.input(description="An AI insight of yours, shown as it is.")
class ImportInsight:
    """An insight."""

    title: str = strawberry.field(description="Its title, 1 to 120 characters.")
    text: str = strawberry.field(description="What it says, at most 10,000 characters.")


@strawberry.input(description="One customer interaction of one agent; it never changes hands.")
class ImportConversation:
    """A conversation."""

    external_id: str = strawberry.field(description=OWN_ID)
    agent: str = strawberry.field(description="External id of the agent.")
    queue: str = strawberry.field(description="External id of the queue.")
    channel: Channel = strawberry.field(description="How they talked.")
    started_at: dt.datetime = strawberry.field(description="When it began, with offset.")
    ended_at: dt.datetime = strawberry.field(description="When it ended, with offset.")
    messages: list[ImportMessage] = strawberry.field(description="The transcript, in order.")
    topic: str | None = strawberry.field(default=None, description="What it was about.")
    intent: str | None = strawberry.field(default=None, description="What the customer wanted.")
    sentiment_score: float | None = strawberry.field(
        default=None, description="The customer's mood, -100 to 100."
    )
    insights: list[ImportInsight] | None = strawberry.field(
        default=None, description="AI insights, in order."
    )


@strawberry.input(description="How far one metric was kept.")
class ImportAdherence:
    """A metric's adherence."""

    key: str = strawberry.field(description="The metric's key.")
    adherence: float | None = strawberry.field(
        default=None, description="0 for not at all to 1 for fully; null where it did not apply."
    )


@strawberry.input(description="A form filled in by Auto QA; its total is computed here.")
class ImportEvaluation:
    """An evaluation."""

    external_id: str = strawberry.field(description=OWN_ID)
    conversation: str = strawberry.field(description="External id of the conversation.")
    form: str = strawberry.field(description="External id of the form.")
    form_version: int = strawberry.field(description="Version of the form.")
    evaluated_at: dt.datetime = strawberry.field(description="When it was scored, with offset.")
    metrics: list[ImportAdherence] = strawberry.field(description="Each metric of the form, once.")


@strawberry.input(one_of=True, description="One record, of one kind.")
class ImportRecord:
    """Exactly one."""

    attribute: ImportNamed | None = strawberry.field(
        default=strawberry.UNSET, description="A skill."
    )
    queue: ImportNamed | None = strawberry.field(
        default=strawberry.UNSET, description="Where conversations are handled."
    )
    agent_group: ImportNamed | None = strawberry.field(
        default=strawberry.UNSET, description="A team or experience level."
    )
    agent: ImportAgent | None = strawberry.field(default=strawberry.UNSET, description="An agent.")
    form: ImportForm | None = strawberry.field(
        default=strawberry.UNSET, description="A version of an evaluation form."
    )
    conversation: ImportConversation | None = strawberry.field(
        default=strawberry.UNSET, description="A conversation, with its transcript."
    )
    evaluation: ImportEvaluation | None = strawberry.field(
        default=strawberry.UNSET, description="An evaluation by Auto QA."
    )
