"""The kinds of fields in an import record (section 11, rule E5).

Each makes what it reads canonical: texts are trimmed, times are in UTC, numbers are rounded to
what is stored, lists whose order says nothing are sorted.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from models.base import EXTERNAL_ID_LENGTH, NAME_LENGTH, TEXT_LENGTH

MOST = 1_000
"""Most entries of any list but a transcript (queues of an agent, metrics of a form)."""

MOST_MESSAGES = 10_000

MOST_WEIGHT = 10_000
"""Greatest weight of a metric, in parts: keeps the day sums far from the end of their range."""

FIRST_YEAR, LAST_YEAR = 1970, 2199

_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(?P<offset>Z|[+-]\d\d:\d\d)?", re.ASCII
)
_NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f]*$"
_NO_CONTROLS_BUT_LINES_AND_TABS = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"


def _time(value: object) -> dt.datetime:
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        message = "must be a time such as 2026-01-31T08:30:00+01:00"
        raise ValueError(message)
    if found["offset"] is None:
        message = "must be a time with an offset, such as Z or +01:00"
        raise ValueError(message)
    time = dt.datetime.fromisoformat(found[0])
    if not FIRST_YEAR <= time.year <= LAST_YEAR:
        message = f"must be a time in the years {FIRST_YEAR} to {LAST_YEAR}"
        raise ValueError(message)
    return time.astimezone(dt.UTC)


def _rounded(places: int) -> Callable[[float], float]:
    # Adding 0.0 makes -0.0 the 0.0 that it equals.
    return lambda value: round(value, places) + 0.0


DUST = 1e-9
"""What a decimal number in binary may differ from itself."""


def _with_two_decimals(value: float) -> float:
    rounded = round(value, 2)
    if abs(rounded - value) > DUST:
        message = "must have at most two decimals"
        raise ValueError(message)
    return rounded + 0.0


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, str) else value


ExternalId = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=EXTERNAL_ID_LENGTH,
        pattern=_NO_CONTROLS,
    ),
]
Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=NAME_LENGTH, pattern=_NO_CONTROLS
    ),
]
Text = Annotated[
    str, StringConstraints(max_length=TEXT_LENGTH, pattern=_NO_CONTROLS_BUT_LINES_AND_TABS)
]
Time = Annotated[dt.datetime, BeforeValidator(_time)]
References = Annotated[tuple[ExternalId, ...], Field(max_length=MOST), AfterValidator(_distinct)]
OneOrMoreReferences = Annotated[
    tuple[ExternalId, ...],
    # Not strict: what a validator has looked at is a list of Python's, no longer JSON's.
    Field(min_length=1, max_length=MOST, strict=False),
    BeforeValidator(_one_or_several),
    AfterValidator(_distinct),
]
Version = Annotated[int, Field(ge=1, le=1_000_000_000)]
Points = Annotated[float, Field(ge=-100, le=100), AfterValidator(_rounded(2))]
Adherence = Annotated[float, Field(ge=0, le=1), AfterValidator(_rounded(4))]
Weight = Annotated[float, Field(gt=0, le=MOST_WEIGHT), AfterValidator(_with_two_decimals)]
NegativeWeight = Annotated[float, Field(ge=0, le=MOST_WEIGHT), AfterValidator(_with_two_decimals)]
Threshold = Annotated[float, Field(ge=-100, le=100), AfterValidator(_with_two_decimals)]
Percent = Annotated[float, Field(gt=0, le=100), AfterValidator(_with_two_decimals)]
Channel = Literal["chat", "email", "voice"]
