"""Answers as server-sent events: graphql-sse, each operation on a connection of its own."""

import asyncio
import logging
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from auth.viewer import Viewer
from server import media_type
from server.answer import Code, RequestError
from server.asked import Asked
from server.message import left
from server.presence import Ending, Presence, TooMany
from server.subscriptions import Stopped, Subscription, Subscriptions, stopped

log = logging.getLogger("coaching.server")

MEDIA = "text/event-stream"

KEEP_SECONDS = 12
"""How often something is sent, so that whoever stands between does not hang up."""

SEND_SECONDS = 20
"""How long a client may take to read an event."""

HEADERS = [
    (b"content-type", f"{MEDIA}; charset=utf-8".encode()),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would keep events until there are many
]

COMMENT = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"


def is_accepted(accept: str) -> bool:
    """Whether a client takes a stream of events; it says so by name."""
    return MEDIA in media_type.preferred(accept)


def event(body: Any) -> bytes:
    """One answer of an operation."""
    return b"event: next\ndata: " + orjson.dumps(body) + b"\n\n"


class OneAnswer:
    """The one answer of a query or mutation, for clients that take nothing but streams."""

    def __init__(self, body: Any) -> None:
        self._body = body

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it, and that it was the last."""
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        content = event(self._body) + COMPLETE
        await send({"type": "http.response.body", "body": content, "more_body": False})


class EventStream:
    """What a subscription is told, until it ends, the client leaves, or is sent away."""

    def __init__(self, presence: Presence, token: str, viewer: Viewer, request_id: str) -> None:
        """Raises RequestError (429) where the user has too many connections."""
        self._presence = presence
        self._request_id = request_id
        self._ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        try:
            self._visit = presence.enter(token, viewer, self._end)
        except TooMany as error:
            raise RequestError(429, Code.THROTTLED, str(error)) from error
        self._begun: Subscription | None = None

    async def begin(self, subscriptions: Subscriptions, viewer: Viewer, asked: Asked) -> None:
        """Subscribe. Raises Stopped and Unavailable; then there is nothing to stream."""
        try:
            self._begun = await subscriptions.begin(self._visit, viewer, asked)
        except BaseException:
            self._presence.leave(self._visit)
            raise

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Stream. A client who leaves is noticed; one who does not read in time is dropped."""
        tasks = [asyncio.create_task(left(receive)), asyncio.create_task(self._stream(send))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._begun is not None:
                self._begun.close()
            self._presence.leave(self._visit)
        if tasks[1].done() and not tasks[1].cancelled() and (error := tasks[1].exception()):
            raise error

    async def _stream(self, send: Send) -> None:
        assert self._begun is not None  # noqa: S101 - `begin` comes first
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _send(send, COMMENT)
        waiting = asyncio.create_task(self._begun.next(self._request_id))
        try:
            while not self._ended.done():
                either: set[asyncio.Future[Any]] = {waiting, self._ended}
                await asyncio.wait(
                    either, timeout=KEEP_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if self._ended.done():
                    break
                if not waiting.done():
                    await _send(send, COMMENT)
                    continue
                body = waiting.result()
                waiting = asyncio.create_task(self._begun.next(self._request_id))
                await _send(send, event(body))
            await _send(send, self._last(), more=False)
        except Stopped as error:
            await _send(send, event(error.body(self._request_id)) + COMPLETE, more=False)
        except TimeoutError:
            log.info("request %s: the client does not read", self._request_id)
        finally:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)

    def _end(self, why: Ending) -> None:
        if not self._ended.done():
            self._ended.set_result(why)

    def _last(self) -> bytes:
        """What ends it from our side; nothing where the client is to connect again at once."""
        if self._ended.result() is Ending.CLOSING:
            return b""
        gone = stopped(Code.UNAUTHENTICATED, Ending.GONE.value)
        return event(gone.body(self._request_id)) + COMPLETE


async def _send(send: Send, content: bytes, *, more: bool = True) -> None:
    """Raises TimeoutError where the client does not read."""
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": content, "more_body": more})
