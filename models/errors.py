"""What can be wrong with what somebody asks.

    CoachingError
    ├── Refusal     a rule says no: becomes data, a `UserError` in the mutation's payload (E1)
    └── BadRequest  the request makes no sense: becomes a top-level GraphQL error with a code
        └── BadCursor

Everything else is a fault of ours.
"""

import enum
from collections.abc import Sequence


class Code(enum.StrEnum):
    """Why a write was refused."""

    ALREADY_CANCELLED = "ALREADY_CANCELLED"
    ALREADY_COMPLETED = "ALREADY_COMPLETED"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    INVALID = "INVALID"
    MARK_NOT_ACTIVE = "MARK_NOT_ACTIVE"
    NOT_BOOKMARKED = "NOT_BOOKMARKED"
    NOT_EVALUATED = "NOT_EVALUATED"
    NOT_FOUND = "NOT_FOUND"
    OTHER_AGENT = "OTHER_AGENT"
    STALE = "STALE"


class CoachingError(Exception):
    """Somebody asked for what can't be done."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refusal(CoachingError):
    """A rule says no, and nothing was changed. `path` leads into the input."""

    def __init__(self, code: Code, message: str, path: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.path = tuple(path)


class BadRequest(CoachingError):
    """The request makes no sense, whatever the data says."""

    code = "BAD_USER_INPUT"


class BadCursor(BadRequest):
    """The cursor is broken, or belongs to another list, filter or order."""

    code = "BAD_CURSOR"

    def __init__(self) -> None:
        super().__init__("The cursor does not belong to this list, filter and order.")
