"""What filters have in common."""

from typing import TypeVar

from models.errors import BadRequest

T = TypeVar("T")

MOST = 250
"""Most values of one list in a filter."""


def listed(values: list[T] | None, name: str) -> list[T]:
    """The values of a list in a filter. Raises BadRequest for more than 250."""
    if values is not None and len(values) > MOST:
        message = f"{name}: at most {MOST} values."
        raise BadRequest(message)
    return values or []
