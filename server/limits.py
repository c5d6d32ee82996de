"""What a request may hold before anybody looks for an operation in it."""

from dataclasses import dataclass
from typing import Any

from starlette.types import Message, Receive

import schema.limits
from server.answer import Code, RequestError
from server.message import Request
from server.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that a request may have.

    Bytes of body and URL, levels and values of variables, rows in the lists of its answer, and
    seconds until it is answered.
    """

    body: int
    url: int
    json_depth: int
    values: int
    rows: int
    seconds: int


def of_requests(chosen: Settings) -> Limits:
    """What the settings say about requests."""
    return Limits(
        body=chosen.max_body_bytes,
        url=chosen.max_url_bytes,
        json_depth=chosen.max_json_depth,
        values=chosen.max_variable_values,
        rows=chosen.max_rows,
        seconds=chosen.deadline_seconds,
    )


def of_documents(chosen: Settings) -> schema.limits.Limits:
    """What the settings say about documents."""
    return schema.limits.Limits(
        tokens=chosen.max_tokens,
        depth=chosen.max_depth,
        aliases=chosen.max_aliases,
        directives=chosen.max_directives,
        root_fields=chosen.max_root_fields,
        definitions=chosen.max_definitions,
        spreads=chosen.max_spreads,
        fields=chosen.max_fields,
        repeats=chosen.max_repeats,
        cost=chosen.max_cost,
    )


def counted(receive: Receive, most: int) -> Receive:
    """`receive`, which raises RequestError (413) when a body turns out longer than `most` bytes."""
    read = 0

    async def receive_some() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        refuse_long_body(read, most)
        return message

    return receive_some


def refuse_long_request(request: Request, limits: Limits) -> None:
    """Raise RequestError for a URL that is too long (414), or a body that says it is (413)."""
    scope = request.scope
    length = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    if length > limits.url:
        message = f"The URL is too long: at most {limits.url} bytes."
        raise RequestError(414, Code.BAD_USER_INPUT, message)
    told = request.headers.get(b"content-length", "")
    if told.isascii() and told.isdigit():
        # Cut: twenty digits are more than any limit, and Python refuses to read thousands.
        refuse_long_body(int(told[:20]), limits.body)


def refuse_many_values(variables: Any, limits: Limits) -> None:
    """Raise RequestError (400) for variables with too many values, or nested too deeply."""
    left = limits.values
    level = [variables]
    for _ in range(limits.json_depth):
        level = [inner for outer in level for inner in _inside(outer)]
        left -= len(level)
        if left < 0:
            message = f"The variables have too many values: at most {limits.values}."
            raise RequestError(400, Code.BAD_USER_INPUT, message)
        if not level:
            return
    message = f"The variables are nested too deeply: at most {limits.json_depth} levels."
    raise RequestError(400, Code.BAD_USER_INPUT, message)


def refuse_long_body(length: int, most: int) -> None:
    """Raise RequestError (413) for more bytes of a body than `most`."""
    if length > most:
        message = f"The body is too long: at most {most} bytes."
        raise RequestError(413, Code.BAD_USER_INPUT, message)


def _inside(value: Any) -> Any:
    match value:
        case dict():
            return value.values()
        case list():
            return value
    return ()
