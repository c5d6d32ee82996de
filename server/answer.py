"""Errors as clients see them (E1): a closed set of codes, and nothing of what is inside."""

import enum
import logging
import re
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError, ValueNode, VariableDefinitionNode
from strawberry.types import ExecutionResult

from models.availability import OutcomeUnknown, Unavailable
from models.errors import BadRequest

log = logging.getLogger("coaching.operation")

RETRY_SECONDS = 5
"""When to ask again while the database is away."""

AWAY = "The service can't reach its data at the moment."
NOT_KNOWN = (
    "The service lost its data while it wrote: it is not known whether the change was made. "
    "Look before you send it again, or send it again with the same idempotency key."
)

MOMENT = re.compile(r'(cannot represent a Date(?:Time)?: ".*?"\.).*', re.DOTALL)
"""What is said of a date or a time that can't be read, up to the words of Python's parser."""


class Code(enum.StrEnum):
    """`extensions.code` of a top-level error."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    BAD_CURSOR = "BAD_CURSOR"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    COST_LIMIT_EXCEEDED = "COST_LIMIT_EXCEEDED"
    THROTTLED = "THROTTLED"
    PERSISTED_OPERATION_NOT_FOUND = "PERSISTED_OPERATION_NOT_FOUND"
    TIMEOUT = "TIMEOUT"
    EVENTS_MISSED = "EVENTS_MISSED"
    INTERNAL = "INTERNAL"


class RequestError(Exception):
    """The HTTP request can't be answered with a result: status, code, and a sentence.

    `retry_after` is in whole seconds, where it would be answered later. `request_id` is for
    faults of ours.
    """

    def __init__(
        self,
        status: int,
        code: Code,
        message: str,
        *,
        retry_after: int | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        self.request_id = request_id

    def body(self) -> dict[str, Any]:
        """The answer, as GraphQL over HTTP has it for requests that were not executed."""
        extensions: dict[str, Any] = {"code": self.code.value}
        if self.retry_after is not None:
            extensions["retryAfter"] = self.retry_after
        if self.request_id is not None:
            extensions["requestId"] = self.request_id
        return {"errors": [{"message": self.message, "extensions": extensions}]}


def body(result: ExecutionResult, request_id: str) -> dict[str, Any]:
    """The result as it goes out; without `data` where nothing was executed."""
    found = result.errors or []
    made: dict[str, Any] = {"data": result.data}
    if result.data is None and found and not any(map(_is_of_execution, found)):
        del made["data"]
    if result.extensions:
        made["extensions"] = result.extensions
    if found:
        made["errors"] = [error(each, request_id) for each in found]
    return made


def _is_of_execution(error: GraphQLError) -> bool:
    """Whether an error came while an operation was executed, not before."""
    return bool(error.path) or (error.extensions or {}).get("code") == Code.TIMEOUT


def error(found: GraphQLError, request_id: str) -> dict[str, Any]:
    """One error of a result, masked unless it is about what the client sent."""
    code, message = _coded(found)
    if isinstance(cause := _cause(found), Unavailable):
        _log_absence(cause, request_id)
        answer = fault(request_id, NOT_KNOWN if isinstance(cause, OutcomeUnknown) else AWAY)
    elif code is Code.INTERNAL:
        log.error("request %s: %s", request_id, found.message, exc_info=found.original_error)
        answer = fault(request_id)
    else:
        answer = {"message": message, "extensions": {"code": code.value}}
    if found.locations:
        answer["locations"] = [place.formatted for place in found.locations]
    if found.path:
        answer["path"] = found.path
    return answer


def fault(request_id: str, message: str = "Something went wrong on our side.") -> dict[str, Any]:
    """The error that stands for a fault of ours, which the log has under the same id."""
    extensions = {"code": Code.INTERNAL.value, "requestId": request_id}
    return {"message": message, "extensions": extensions}


def absence(errors: Sequence[GraphQLError]) -> Unavailable | None:
    """The first of these errors that came of the database's being away."""
    causes = map(_cause, errors)
    return next((cause for cause in causes if isinstance(cause, Unavailable)), None)


def unavailable(found: Unavailable, request_id: str) -> RequestError:
    """The answer while the database is away: nothing was changed, and asking again is safe."""
    _log_absence(found, request_id)
    return RequestError(503, Code.INTERNAL, AWAY, retry_after=RETRY_SECONDS, request_id=request_id)


def _log_absence(found: Unavailable, request_id: str) -> None:
    """In one line, without a traceback: while the database is away there are many of them."""
    log.error("request %s: the database is away: %s", request_id, found)


def _coded(found: GraphQLError) -> tuple[Code, str]:
    cause = _cause(found)
    if isinstance(cause, BadRequest):
        return Code(cause.code), cause.message
    if isinstance(found, GraphQLSyntaxError):
        return Code.GRAPHQL_PARSE_FAILED, found.message
    # Python's own words about a value that it could not read are nothing for a client.
    message = found.message if cause is None else found.message.partition(", but encountered ")[0]
    message = MOMENT.sub(r"\1 Expected a string of ISO 8601.", message)
    if (given := (found.extensions or {}).get("code")) in set(Code):
        return Code(given), message
    if _is_about_a_given_value(found):
        return Code.BAD_USER_INPUT, message
    return Code.INTERNAL, found.message


def _cause(found: GraphQLError) -> Exception | None:
    """What happened where it was no GraphQLError; those are wrapped into one another."""
    cause: Exception | None = found
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _is_about_a_given_value(found: GraphQLError) -> bool:
    """Whether the error points at a variable or argument, and not at a field of ours."""
    given = (ValueNode, VariableDefinitionNode)
    return bool(found.nodes) and all(isinstance(node, given) for node in found.nodes or ())
