"""The records of the import format (section 11): what a line may say.

A record is frozen and canonical (see `models.import_field`): equal content gives an equal
`digest`, however the sender spelled it.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, Self

import pydantic
from pydantic import Field

from models import import_reason, scoring
from models.agent import search_key
from models.base import NAME_LENGTH
from models.errors import Code
from models.import_field import (
    MOST,
    MOST_MESSAGES,
    Adherence,
    Channel,
    ExternalId,
    Name,
    NegativeWeight,
    OneOrMoreReferences,
    Percent,
    Points,
    References,
    Text,
    Threshold,
    Time,
    Version,
    Weight,
)

HUNDRED_PERCENT = 100_00
"""In hundredths of a percent."""


class BadRecord(Exception):
    """A record can't be imported; the message is the reason in words.

    `path` leads into the record, by the names of the format; it is empty for the whole of it.
    """

    def __init__(
        self, message: str, code: Code = Code.INVALID, path: Sequence[str | int] = ()
    ) -> None:
        super().__init__(message)
        self.code = code
        self.path = tuple(path)


class _Part(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False
    )


class _Record(_Part):
    external_id: ExternalId


class AttributeRecord(_Record):
    """A skill."""

    kind: Literal["attribute"]
    name: Name


class QueueRecord(_Record):
    """Where conversations are handled."""

    kind: Literal["queue"]
    name: Name


class AgentGroupRecord(_Record):
    """A team or experience level."""

    kind: Literal["agent_group"]
    name: Name


class AgentRecord(_Record):
    """A person whose conversations are evaluated."""

    kind: Literal["agent"]
    agent_id: Name
    name: Name
    agent_group: ExternalId | None = None
    queues: References

    @pydantic.model_validator(mode="after")
    def _fits_its_search_key(self) -> Self:
        # Case folding lengthens some letters.
        if len(search_key(self.name, self.agent_id)) > NAME_LENGTH * 3:
            message = "name and agent_id are too long together"
            raise ValueError(message)
        return self


class DisputePolicyPart(_Part):
    """What an agent may do about an evaluation by a form (section 8)."""

    routing: Literal["SAME_AUDITOR", "DIFFERENT_AUDITOR"]
    allow_re_disputes: bool
    max_rounds: Annotated[int, Field(ge=1, le=100)]
    review_window_days: Annotated[int, Field(ge=1, le=3_650)] | None = None


class MetricPart(_Part):
    """One criterion of a form; `attribute` is one external id or a list of them."""

    key: ExternalId
    name: Name
    weight: Weight
    negative_weight: NegativeWeight
    fatal: bool
    attribute: OneOrMoreReferences

    @pydantic.model_validator(mode="after")
    def _takes_no_more_than_it_gives(self) -> Self:
        if self.negative_weight > self.weight:
            message = "negative_weight is greater than weight"
            raise ValueError(message)
        return self


class FormRecord(_Record):
    """One version of an evaluation form."""

    kind: Literal["form"]
    version: Version
    name: Name
    channel: Channel
    queues: Annotated[References, Field(min_length=1)]
    pass_score: Threshold
    dispute_policy: DisputePolicyPart | None = None
    metrics: Annotated[tuple[MetricPart, ...], Field(min_length=1, max_length=MOST)]

    @pydantic.model_validator(mode="after")
    def _names_each_metric_once(self) -> Self:
        if len({metric.key for metric in self.metrics}) < len(self.metrics):
            message = "metrics: two have the same key"
            raise ValueError(message)
        return self


class ScorecardRecord(_Record):
    """Attributes whose weights add up to 100 %."""

    kind: Literal["scorecard"]
    name: Name
    default: bool
    weights: Annotated[dict[ExternalId, Percent], Field(max_length=MOST)]

    @pydantic.field_validator("weights")
    @classmethod
    def _add_up(cls, weights: dict[str, float]) -> dict[str, float]:
        total = sum(scoring.hundredths(percent) for percent in weights.values())
        if total != HUNDRED_PERCENT:
            message = f"add up to {total / 100:g}, not 100"
            raise ValueError(message)
        return dict(sorted(weights.items()))


class MessagePart(_Part):
    """One utterance."""

    speaker: Literal["agent", "customer"]
    at: Time
    text: Text


class InsightPart(_Part):
    """An AI insight of the sender's."""

    title: Name
    text: Text


class ConversationRecord(_Record):
    """One customer interaction of one agent."""

    kind: Literal["conversation"]
    agent: ExternalId
    queue: ExternalId
    topic: Name | None = None
    intent: Name | None = None
    channel: Channel
    started_at: Time
    ended_at: Time
    sentiment_score: Points | None = None
    insights: Annotated[tuple[InsightPart, ...], Field(max_length=MOST)] | None = None
    messages: Annotated[tuple[MessagePart, ...], Field(max_length=MOST_MESSAGES)]

    @pydantic.model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.ended_at < self.started_at:
            message = "ended_at is before started_at"
            raise ValueError(message)
        return self


class AdherencePart(_Part):
    """How far one metric was kept, 0 to 1; null where it did not apply."""

    key: ExternalId
    adherence: Adherence | None


class EvaluationRecord(_Record):
    """A form filled in by Auto QA for one conversation."""

    kind: Literal["evaluation"]
    conversation: ExternalId
    form: ExternalId
    form_version: Version
    source: Literal["AUTO"]
    evaluated_at: Time
    metrics: Annotated[tuple[AdherencePart, ...], Field(max_length=MOST)]


Record = (
    AttributeRecord
    | QueueRecord
    | AgentGroupRecord
    | AgentRecord
    | FormRecord
    | ScorecardRecord
    | ConversationRecord
    | EvaluationRecord
)

KINDS = (
    "attribute",
    "queue",
    "agent_group",
    "agent",
    "form",
    "scorecard",
    "conversation",
    "evaluation",
)
"""In the order in which they refer to each other: each only to kinds before it."""

_RECORD: pydantic.TypeAdapter[Record] = pydantic.TypeAdapter(
    Annotated[Record, Field(discriminator="kind")]
)


def read(line: bytes, *, days: int = 0) -> Record:
    """Read one line, its times moved by whole days of 24 hours.

    Raises BadRecord.
    """
    try:
        record = _RECORD.validate_json(line)
    except pydantic.ValidationError as error:
        raise BadRecord(import_reason.of(error), path=import_reason.path(error)) from None
    return moved(record, days) if days else record


def moved(record: Record, days: int) -> Record:
    """Give the record with every time in it moved by whole days of 24 hours."""
    by = dt.timedelta(days=days)
    match record:
        case ConversationRecord():
            change = {
                "started_at": record.started_at + by,
                "ended_at": record.ended_at + by,
                "messages": tuple(_all_moved(record.messages, by)),
            }
        case EvaluationRecord():
            change = {"evaluated_at": record.evaluated_at + by}
        case _:
            return record
    return record.model_copy(update=change)


def _all_moved(messages: Iterable[MessagePart], by: dt.timedelta) -> Iterable[MessagePart]:
    return (message.model_copy(update={"at": message.at + by}) for message in messages)


def digest(record: Record) -> bytes:
    """Give the SHA-256 of the record in canonical form: equal content, equal digest."""
    return hashlib.sha256(record.model_dump_json().encode()).digest()
