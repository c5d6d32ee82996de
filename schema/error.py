"""Refusals as data (E1)."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import strawberry

from auth.permissions import ManagesCoaching
from models.errors import Code, Refusal
from schema.enum import described

P = TypeVar("P")

described(
    Code,
    "Why a write was refused. A refusal changes nothing.",
    {
        "ALREADY_CANCELLED": "The coaching was cancelled.",
        "ALREADY_COMPLETED": "The coaching is completed.",
        "DISPUTE_NOT_OPEN": "The dispute is not open any more.",
        "DUPLICATE_MARK": "You have marked this agent for this skill already.",
        "FORBIDDEN": "You may not do this to this object.",
        "GROUP_ALREADY_SENT": "The coaching group was sent.",
        "GROUP_HAS_NO_CONVERSATIONS": "No member of the coaching group has a conversation.",
        "GROUP_NAME_TAKEN": "Another unsent coaching group has this name.",
        "IDEMPOTENCY_KEY_REUSED": "The idempotency key was used with another input.",
        "INVALID": "A value is not allowed; the message says why.",
        "MARK_ALREADY_ASSIGNED": "The mark was assigned.",
        "MARK_NOT_ACTIVE": "A mark is not active, or not of this agent.",
        "NAME_TAKEN": "Another of yours has this name.",
        "NOT_BOOKMARKED": "A best response is not among your bookmarked conversations.",
        "NOT_DISPUTABLE": "A metric can't be disputed in this round.",
        "NOT_EVALUATED": "A conversation has no evaluation.",
        "NOT_FOUND": "You reach no such object.",
        "NOT_WAITING_FOR_AGENT": "The evaluation does not wait for the agent.",
        "NO_AUDITOR": "Nobody else could settle the dispute.",
        "OTHER_AGENT": "A conversation is another agent's.",
        "REVIEW_CLOSED": "The review of the evaluation is closed for good.",
        "STALE": "Somebody changed the object since you read it.",
        "STALE_EVALUATION": "The evaluation has a newer revision than the one you answer.",
        "WAITING_FOR_AGENT": "The evaluation waits for the agent.",
    },
    name="ErrorCode",
    guards={
        "DUPLICATE_MARK": ManagesCoaching,
        "GROUP_ALREADY_SENT": ManagesCoaching,
        "GROUP_HAS_NO_CONVERSATIONS": ManagesCoaching,
        "GROUP_NAME_TAKEN": ManagesCoaching,
        "MARK_ALREADY_ASSIGNED": ManagesCoaching,
    },
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
