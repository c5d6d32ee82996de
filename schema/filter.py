"""What filters have in common."""

import datetime as dt
from typing import TypeVar

from strawberry.utils.str_converters import to_camel_case

from models.errors import BadRequest

T = TypeVar("T")

POINTS = 100
"""Most points of a score."""

MOST = 250
"""Most values of one list in a filter."""


def listed(values: list[T] | None, name: str) -> list[T]:
    """The values of a list in a filter. Raises BadRequest for more than 250."""
    if values is not None and len(values) > MOST:
        message = f"{name}: at most {MOST} values."
        raise BadRequest(message)
    return values or []


def moment(value: dt.datetime | None, name: str) -> dt.datetime | None:
    """A time in UTC. Raises BadRequest for one without offset, or outside of the calendar."""
    if value is None:
        return None
    try:
        if value.tzinfo is not None:
            return value.astimezone(dt.UTC)
    except OverflowError:
        pass
    message = f"{to_camel_case(name)}: give a time with its offset, such as 2026-01-31T12:00:00Z."
    raise BadRequest(message)


def points(value: float | None, name: str) -> float | None:
    """A score. Raises BadRequest outside of -100 to 100."""
    if value is not None and not -POINTS <= value <= POINTS:
        message = f"{to_camel_case(name)}: from -{POINTS} to {POINTS} points."
        raise BadRequest(message)
    return value
