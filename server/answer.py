"""Errors as clients see them (E1): a closed set of codes, and nothing of what is inside."""

import enum
import logging
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError

from models.errors import BadRequest

log = logging.getLogger("coaching.operation")


class Code(enum.StrEnum):
    """`extensions.code` of a top-level error."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    BAD_CURSOR = "BAD_CURSOR"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    INTERNAL = "INTERNAL"


class RequestError(Exception):
    """The HTTP request can't be answered with a result: status, code, and a sentence."""

    def __init__(self, status: int, code: Code, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def body(self) -> dict[str, Any]:
        """The answer, as GraphQL over HTTP has it for requests that were not executed."""
        return {"errors": [{"message": self.message, "extensions": {"code": self.code.value}}]}


def error(found: GraphQLError, request_id: str) -> dict[str, Any]:
    """One error of a result, masked unless it is about what the client sent."""
    code, message = _coded(found)
    extensions: dict[str, Any] = {"code": code.value}
    if code is Code.INTERNAL:
        log.error("request %s: %s", request_id, found.message, exc_info=found.original_error)
        extensions["requestId"] = request_id
    answer: dict[str, Any] = {"message": message}
    if found.locations:
        answer["locations"] = [place.formatted for place in found.locations]
    if found.path:
        answer["path"] = found.path
    return {**answer, "extensions": extensions}


def _coded(found: GraphQLError) -> tuple[Code, str]:
    match found.original_error:
        case BadRequest() as cause:
            return Code(cause.code), cause.message
        case None if isinstance(found, GraphQLSyntaxError):
            return Code.GRAPHQL_PARSE_FAILED, found.message
        case None if (given := (found.extensions or {}).get("code")) in set(Code):
            return Code(given), found.message
        case None if found.path is None:  # variables that don't fit
            return Code.BAD_USER_INPUT, found.message
    if (found.extensions or {}).get("code") == Code.FORBIDDEN:
        return Code.FORBIDDEN, found.message
    return Code.INTERNAL, "Something went wrong on our side."
