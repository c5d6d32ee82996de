"""What auditors and agents say about an evaluation's metrics, checked before anything is read."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from models import text
from models.dispute import Answer, Decision
from models.errors import Code, Refusal

PLACES = 4
"""Decimals of an adherence."""

NOISE = 1e-9
"""What a number may be off by for having gone through a client's binary fractions."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricGiven:
    """How an auditor scores one metric.

    `adherence` is 0 to 1, null where the metric does not apply. `scored` is false where it was
    left out, which only a draft may do (D1).
    """

    metric_id: uuid.UUID
    adherence: float | None = None
    comment: str | None = None
    scored: bool = True

    @property
    def stored(self) -> float | None:
        """The adherence as it comes back from the database."""
        return _stored(self.adherence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """An auditor's scores for one conversation; without `form_id`, by the form that is active."""

    conversation_id: uuid.UUID
    form_id: uuid.UUID | None
    scores: tuple[MetricGiven, ...]
    comment: str | None

    def check(self, *, draft: bool) -> None:
        """Raise Refusal unless each score, and all text, may be stored (D1, D9, E5)."""
        _once("scores", [score.metric_id for score in self.scores])
        for number, score in enumerate(self.scores):
            path = ("scores", str(number))
            if not score.scored and not draft:
                message = "Give the adherence, or null where the metric does not apply."
                raise Refusal(Code.INVALID, message, [*path, "adherence"])
            _adherence(score.adherence, (*path, "adherence"))
            _free(score.comment, (*path, "comment"))
        _free(self.comment, ("comment",))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """What the agent says to one metric (D2)."""

    metric_id: uuid.UUID
    answer: Answer
    comment: str | None


def check_answers(answers: Sequence[AnswerGiven]) -> None:
    """Raise Refusal unless each metric is named once, and objections say why (D2)."""
    _once("decisions", [answer.metric_id for answer in answers])
    for number, answer in enumerate(answers):
        path = ("decisions", str(number), "comment")
        if answer.answer is Answer.DISPUTE:
            require_comment(answer.comment, path)
        elif answer.comment:
            raise Refusal(Code.INVALID, "Only a dispute takes a comment.", path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is decided about one disputed metric (D4).

    `adherence` is the new score of a `REVISE`, null where the metric does not apply; `scored` is
    false where it was left out.
    """

    metric_id: uuid.UUID
    decision: Decision
    comment: str
    adherence: float | None = None
    scored: bool = True

    @property
    def stored(self) -> float | None:
        """The new adherence as it comes back from the database."""
        return _stored(self.adherence)


def check_rulings(rulings: Sequence[Ruling]) -> None:
    """Raise Refusal unless each metric is named once, with a comment, and only `REVISE` scores."""
    _once("decisions", [ruling.metric_id for ruling in rulings])
    for number, ruling in enumerate(rulings):
        path = ("decisions", str(number))
        require_comment(ruling.comment, (*path, "comment"))
        if ruling.scored is not (ruling.decision is Decision.REVISE):
            message = "A new adherence, or null for not applicable, goes with REVISE, and only so."
            raise Refusal(Code.INVALID, message, [*path, "adherence"])
        _adherence(ruling.adherence, (*path, "adherence"))


def require_comment(comment: str | None, path: Path) -> str:
    """The comment. Raises Refusal where there is none, or none that may be stored."""
    if comment is None or not comment.strip():
        raise Refusal(Code.INVALID, "Say why.", path)
    return text.free(comment, path)


def _once(field: str, ids: Sequence[uuid.UUID]) -> None:
    seen: set[uuid.UUID] = set()
    for number, key in enumerate(ids):
        if key in seen:
            path = (field, str(number), "metricId")
            raise Refusal(Code.INVALID, "Name each metric once.", path)
        seen.add(key)


def _adherence(value: float | None, path: Path) -> None:
    if value is None:
        return
    # What is no number is not between two numbers either.
    if not 0 <= value <= 1 or abs(value - round(value, PLACES)) > NOISE:
        message = "Adherence is 0 to 1, with at most four decimals."
        raise Refusal(Code.INVALID, message, path)


def _stored(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)


def _free(value: str | None, path: Path) -> None:
    if value is not None:
        text.free(value, path)
