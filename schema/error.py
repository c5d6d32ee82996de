"""Refusals as data (E1)."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import strawberry

from models.errors import Code, Refusal
from schema.enum import described

P = TypeVar("P")

described(
    Code,
    "Why a write was refused. A refusal changes nothing.",
    {
        "ALREADY_CANCELLED": "The coaching was cancelled.",
        "ALREADY_COMPLETED": "The coaching is completed.",
        "IDEMPOTENCY_KEY_REUSED": "The idempotency key was used with another input.",
        "INVALID": "A value is not allowed; the message says why.",
        "MARK_NOT_ACTIVE": "A mark is not active, or not of this agent.",
        "NOT_BOOKMARKED": "A best response is not among your bookmarked conversations.",
        "NOT_EVALUATED": "A conversation has no evaluation.",
        "NOT_FOUND": "You reach no such object.",
        "OTHER_AGENT": "A conversation is another agent's.",
        "STALE": "Somebody changed the object since you read it.",
    },
    name="ErrorCode",
)


@strawberry.type(description="Why a write was refused.")
class UserError:
    """A refusal."""

    code: Code = strawberry.field(description="What to tell it apart by.")
    message: str = strawberry.field(description="What to tell a person.")
    path: list[str] = strawberry.field(
        description="Way into the input to the value that it is about; empty for the whole input."
    )


async def answered(payload: Callable[..., P], field: str, write: Callable[[], Awaitable[Any]]) -> P:
    """The payload of a write: the changed object in `field`, or the refusal in `errors`."""
    try:
        return payload(**{field: await write()}, errors=[])
    except Refusal as refusal:
        error = UserError(code=refusal.code, message=refusal.message, path=list(refusal.path))
        return payload(**{field: None}, errors=[error])
