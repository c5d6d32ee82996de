"""What can be wrong with what somebody asks.

    CoachingError
    ├── Refusal     a rule says no: becomes data, a `UserError` in the mutation's payload (E1)
    └── BadRequest  the request makes no sense: becomes a top-level GraphQL error with a code
        ├── BadCursor
        └── TooMuch

Everything else is a fault of ours.
"""

import enum
from collections.abc import Sequence


class Code(enum.StrEnum):
    """Why a write was refused."""

    ALREADY_CANCELLED = "ALREADY_CANCELLED"
    ALREADY_COMPLETED = "ALREADY_COMPLETED"
    DISPUTE_NOT_OPEN = "DISPUTE_NOT_OPEN"
    DUPLICATE_MARK = "DUPLICATE_MARK"
    FORBIDDEN = "FORBIDDEN"
    GROUP_ALREADY_SENT = "GROUP_ALREADY_SENT"
    GROUP_HAS_NO_CONVERSATIONS = "GROUP_HAS_NO_CONVERSATIONS"
    GROUP_NAME_TAKEN = "GROUP_NAME_TAKEN"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    INVALID = "INVALID"
    MARK_ALREADY_ASSIGNED = "MARK_ALREADY_ASSIGNED"
    MARK_NOT_ACTIVE = "MARK_NOT_ACTIVE"
    NAME_TAKEN = "NAME_TAKEN"
    NOT_BOOKMARKED = "NOT_BOOKMARKED"
    NOT_DISPUTABLE = "NOT_DISPUTABLE"
    NOT_EVALUATED = "NOT_EVALUATED"
    NOT_FOUND = "NOT_FOUND"
    NOT_WAITING_FOR_AGENT = "NOT_WAITING_FOR_AGENT"
    NO_AUDITOR = "NO_AUDITOR"
    OTHER_AGENT = "OTHER_AGENT"
    REVIEW_CLOSED = "REVIEW_CLOSED"
    STALE = "STALE"
    STALE_EVALUATION = "STALE_EVALUATION"
    WAITING_FOR_AGENT = "WAITING_FOR_AGENT"


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


class TooMuch(BadRequest):
    """The answer turns out to be larger than any may be."""

    code = "COST_LIMIT_EXCEEDED"

    def __init__(self, most: int) -> None:
        super().__init__(f"The answer has too many objects: more than {most} were found.")
