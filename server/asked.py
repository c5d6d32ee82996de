"""An operation as a client asks for it, whatever way the request has come."""

from dataclasses import dataclass
from typing import Any

import orjson

from server import limits
from server.answer import Code, RequestError
from server.limits import Limits


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for an operation: its text, or an id that names it in place of that."""

    query: str | None
    variables: dict[str, Any]
    operation_name: str | None
    extensions: dict[str, Any] | None
    document_id: str | None


def read(given: Any, most: Limits) -> Asked:
    """What parsed JSON asks for. Raises RequestError (400) for all that is no operation."""
    if not isinstance(given, dict):
        raise RequestError(400, Code.BAD_USER_INPUT, "The body must be an object.")
    variables = _member(given, "variables", dict)
    limits.refuse_many_values(variables, most)
    document_id = _member(given, "documentId", str)
    extensions = _member(given, "extensions", dict)
    known = document_id is not None or "persistedQuery" in (extensions or ())
    return Asked(
        query=_member(given, "query", str, required=not known),
        variables=variables or {},
        operation_name=_member(given, "operationName", str) or None,
        extensions=extensions,
        document_id=document_id,
    )


def parse(text: str | bytes) -> Any:
    """The value of a JSON text. Raises RequestError (400) where it is none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise RequestError(400, Code.BAD_USER_INPUT, "The request is not JSON.") from None


def _member(given: dict[str, Any], name: str, kind: type, *, required: bool = False) -> Any:
    value = given.get(name)
    if isinstance(value, kind) and (value or not required):
        return value
    if value is None and not required:
        return None
    what = "an object" if kind is dict else "a string"
    message = f"`{name}` must be {what}{', and not empty' if required else ''}."
    raise RequestError(400, Code.BAD_USER_INPUT, message)
