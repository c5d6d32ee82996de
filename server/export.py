"""`/export/…`: bulk export, as a stream of newline-delimited JSON.

Each line has an object and the cursor behind it; the last one says that it is the end. A stream
without that line is a part: whoever reads asks for the rest, after the last cursor that they have.

A page is read when the one before is sent, so a client that reads slowly is waited for, with no
connection to the database held. Who is calling is asked again for every page, and every second.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

import orjson
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from models.availability import Unavailable
from models.errors import BadCursor
from resolvers import export as bulk
from resolvers.operation import Operation
from schema.export import EXPORTS, Export, Failed
from server import answer, limits
from server.answer import Code, RequestError
from server.endpoint import HEADERS, Endpoint
from server.message import Request, left
from server.throttle import Throttled

MEDIA_TYPE = "application/x-ndjson"

AFTER = "after"
"""The one parameter: the cursor to go on from."""

ALLOWED = {405: {"allow": "GET"}}

WATCH_SECONDS = 1.0
"""How often who is calling is asked again while a client does not read."""

FAREWELL_SECONDS = 1.0
"""How long a client may take to read why its stream has ended."""


class Exporting:
    """Streams exports to those whom the endpoint knows."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        async with aclosing(_Pages(self.endpoint, request).lines()) as pages:
            try:
                self._check(request)
                first = await anext(pages)  # what is wrong from the start is told by a status
            except (RequestError, Unavailable) as error:
                await _refusal(_as_request_error(error, request))(scope, receive, send)
                return
            await send(_START)
            await self._stream(request, receive, send, first, pages)

    def _check(self, request: Request) -> None:
        """Raise RequestError for what is no such request at all."""
        limits.refuse_long_request(request, self.endpoint.limits)
        if request.method != "GET":
            raise RequestError(405, Code.BAD_USER_INPUT, "Exports are served by GET.")
        if request.query.keys() - {AFTER}:
            message = f"The one parameter of an export is `{AFTER}`."
            raise RequestError(400, Code.BAD_USER_INPUT, message)

    async def _stream(
        self,
        request: Request,
        receive: Receive,
        send: Send,
        first: bytes,
        pages: AsyncGenerator[bytes, None],
    ) -> None:
        """Send all pages; end early when the client is gone, or not to be told any more."""
        writing = asyncio.create_task(_write(send, first, pages))
        others = [
            asyncio.create_task(self._watch(request)),
            asyncio.create_task(left(receive)),
        ]
        try:
            await asyncio.wait([writing, *others], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (writing, *others):
                task.cancel()
            ends = await asyncio.gather(writing, *others, return_exceptions=True)
        for end in ends:
            match end:
                case RequestError() | Unavailable():
                    await _farewell(send, _as_request_error(end, request).body())
                    return
                case Failed():
                    request_id = request.scope.get("request_id", "")
                    told = [answer.error(each, request_id) for each in end.errors]
                    await _farewell(send, {"errors": told})
                    return
                case Exception():
                    raise end

    async def _watch(self, request: Request) -> None:
        """Raises RequestError when the caller is not to be served any more."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            await self.endpoint.operation(request)


class _Pages:
    """The pages of one export, from where the request says."""

    def __init__(self, endpoint: Endpoint, request: Request) -> None:
        self._endpoint = endpoint
        self._request = request

    async def lines(self) -> AsyncGenerator[bytes, None]:
        """The lines of a page, and of the next. Raises RequestError, Unavailable and Failed."""
        cursor, place, begun = self._request.query.get(AFTER), None, False
        while True:
            operation, export = await self._asked()
            if place is None:
                place = _place(export, cursor)
            try:
                async with asyncio.timeout(self._endpoint.limits.seconds):
                    ids = await export.rows.after(operation, place)
                    found = await self._told(export, operation, ids)
            except TimeoutError:
                operation.abandon()
                message = "Reading took too long. Go on from the last cursor."
                raise RequestError(503, Code.TIMEOUT, message) from None
            await self._pay(operation, len(ids), patient=begun)
            cursors = export.rows.cursors(ids)
            lines = [
                {"cursor": each, "node": node}
                for each, node in zip(cursors, found, strict=True)
                if node is not None
            ]
            cursor, begun = cursors[-1] if cursors else cursor, True
            if len(ids) < bulk.PAGE:
                yield _joined([*lines, {"end": True, "cursor": cursor}])
                return
            yield _joined(lines)
            place = ids[-1]

    async def _asked(self) -> tuple[Operation, Export]:
        """Who is asking now, and for what. Raises RequestError where there is no such thing."""
        operation = await self._endpoint.operation(self._request)
        export = EXPORTS.get(self._request.scope["path_params"]["name"])
        if export is None or not export.allows(operation.viewer):
            raise RequestError(404, Code.BAD_USER_INPUT, "Not Found")
        return operation, export

    async def _told(self, export: Export, operation: Operation, ids: list[Any]) -> list[Any]:
        view = self._endpoint.views.of(operation.viewer)
        return await export.told(view, operation, ids) if ids else []

    async def _pay(self, operation: Operation, rows: int, *, patient: bool) -> None:
        """Count each row as an object. Raises RequestError (429) unless there is time to wait."""
        key = (operation.viewer.workspace_id, operation.viewer.user_id)
        while True:
            try:
                await self._endpoint.buckets.fill(key, rows)
            except Throttled as full:
                if not patient:
                    raise RequestError(
                        429, Code.THROTTLED, str(full), retry_after=full.wait
                    ) from None
                await asyncio.sleep(full.wait)
            else:
                return


def _place(export: Export, cursor: str | None) -> Any:
    try:
        return export.rows.place(cursor)
    except BadCursor as error:
        raise RequestError(400, Code.BAD_CURSOR, error.message) from None


def _as_request_error(error: RequestError | Unavailable, request: Request) -> RequestError:
    if isinstance(error, RequestError):
        return error
    return answer.unavailable(error, request.scope.get("request_id", ""))


def _refusal(error: RequestError) -> JSONResponse:
    headers = {**HEADERS, **ALLOWED}.get(error.status, {}).copy()
    if error.retry_after is not None:
        headers["retry-after"] = str(error.retry_after)
    return JSONResponse(error.body(), error.status, headers)


_START: Any = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", MEDIA_TYPE.encode()), (b"cache-control", b"no-store")],
}


async def _write(send: Send, first: bytes, pages: AsyncGenerator[bytes, None]) -> None:
    await _send(send, first, more=True)
    async for page in pages:
        await _send(send, page, more=True)
    await _send(send, b"", more=False)


async def _send(send: Send, body: bytes, *, more: bool) -> None:
    """Send some bytes; waits while the client has too many that it did not read."""
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def _farewell(send: Send, error: dict[str, Any]) -> None:
    """Tell why there is no more, to a client that reads."""
    with suppress(TimeoutError):
        async with asyncio.timeout(FAREWELL_SECONDS):
            await _send(send, _joined([error]), more=False)


def _joined(lines: list[Any]) -> bytes:
    return b"".join([orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines])
