"""`/graphql` as a WebSocket: the protocol graphql-transport-ws.

Written here and not taken from Strawberry, whose handler subscribes once, on one schema and with
one context: here each change is executed anew, on the view that its viewer has by then, refusals
have the codes and limits of requests, and whoever is revoked is sent away.
"""

import asyncio
import contextlib
import uuid
from collections.abc import Coroutine
from typing import Any

import orjson
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from auth.viewer import Viewer
from models.availability import Unavailable
from resolvers.operation import Operation
from server import answer, asked, origin
from server.answer import Code, RequestError
from server.asked import Asked
from server.endpoint import Endpoint
from server.presence import Ending, TooMany, Visit
from server.subscriptions import Stopped, Subscriptions

PROTOCOL = "graphql-transport-ws"

INIT_SECONDS = 5
"""How long a client may take to say who it is."""

SEND_SECONDS = 20
"""How long a client may take to read a message."""

MOST_OPERATIONS = 100
"""Operations that are under way on one connection."""

FORBIDDEN_ORIGIN = RequestError(403, Code.FORBIDDEN, "Pages of this origin may not connect.")

Over = tuple[int, str]
"""How a connection ends from our side: code and reason."""

CLOSING: Over = (1001, Ending.CLOSING.value)
TOO_LONG: Over = (1009, "The message is too long.")
FAULT: Over = (1011, "Something went wrong on our side.")
AWAY: Over = (1013, answer.AWAY)
INVALID = 4400
UNAUTHORIZED: Over = (4401, "Unauthorized")
FORBIDDEN: Over = (4403, "Forbidden")
BAD_PROTOCOL: Over = (4406, "Subprotocol not acceptable")
INIT_TIMEOUT: Over = (4408, "Connection initialisation timeout")
EXISTS = 4409
TOO_MANY_INITS: Over = (4429, "Too many initialisation requests")
TOO_MANY = 4429

GONE: None = None
"""How it ends where the client has left."""


class Sockets:
    """Takes WebSockets. `origins` are those of pages of other hosts that may connect."""

    def __init__(
        self, endpoint: Endpoint, subscriptions: Subscriptions, origins: frozenset[str]
    ) -> None:
        self.endpoint = endpoint
        self.subscriptions = subscriptions
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection until it ends."""
        socket = WebSocket(scope, receive, send)
        if not origin.is_allowed(socket.headers, self._origins):
            if "websocket.http.response" in scope.get("extensions", {}):
                refused = FORBIDDEN_ORIGIN
                await socket.send_denial_response(JSONResponse(refused.body(), refused.status))
            else:
                await socket.close()
        elif PROTOCOL not in scope["subprotocols"]:
            await socket.accept()
            await socket.close(*BAD_PROTOCOL)
        else:
            await socket.accept(subprotocol=PROTOCOL)
            await _Connection(self, socket).serve()


class _Connection:
    def __init__(self, all_: Sockets, socket: WebSocket) -> None:
        self._all = all_
        self._socket = socket
        self._over: asyncio.Future[Over | None] = asyncio.get_running_loop().create_future()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._sending = asyncio.Lock()
        self._visit: Visit | None = None
        self._request_id = uuid.uuid4().hex

    async def serve(self) -> None:
        """Take messages until something ends the connection."""
        loop = asyncio.get_running_loop()
        late = loop.call_later(INIT_SECONDS, self._late)
        reading = self._task(self._read())
        try:
            over = await self._over
        finally:
            late.cancel()
            tasks = [reading, *self._operations.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._visit is not None:
                self._all.subscriptions.presence.leave(self._visit)
        if over is not None:
            with contextlib.suppress(WebSocketDisconnect, TimeoutError):
                async with asyncio.timeout(SEND_SECONDS):
                    await self._socket.close(*over)

    def _end(self, over: Over | None) -> None:
        if not self._over.done():
            self._over.set_result(over)

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Log a fault of ours, and hang up: what else would be right is not known."""
        if not task.cancelled() and (error := task.exception()):
            answer.log.error("request %s failed", self._request_id, exc_info=error)
            self._end(FAULT)

    def _late(self) -> None:
        if self._visit is None:
            self._end(INIT_TIMEOUT)

    def _sent_away(self, why: Ending) -> None:
        self._end(CLOSING if why is Ending.CLOSING else (FORBIDDEN[0], why.value))

    async def _read(self) -> None:
        try:
            while not self._over.done():
                received = await self._socket.receive()
                if received["type"] == "websocket.disconnect":
                    self._end(GONE)
                else:
                    await self._take(received.get("text"))
        except Unavailable as error:
            answer.unavailable(error, self._request_id)
            self._end(AWAY)

    async def _take(self, text: str | None) -> None:
        """What one message asks for."""
        if text is not None and len(text.encode()) > self._all.endpoint.limits.body:
            self._end(TOO_LONG)
            return
        message = _parsed(text)
        match message:
            case {"type": "connection_init"}:
                await self._init(message.get("payload"))
            case {"type": "ping"}:
                await self._send({"type": "pong", **_payload(message)})
            case {"type": "pong"}:
                pass
            case {"type": "complete", "id": str(key)}:
                if task := self._operations.pop(key, None):
                    task.cancel()
            case {"type": "subscribe", "id": str(key), "payload": dict(payload)} if key:
                self._subscribe(key, payload)
            case _:
                self._end((INVALID, "Invalid message"))

    async def _init(self, payload: Any) -> None:
        if self._visit is not None:
            self._end(TOO_MANY_INITS)
            return
        given = payload.get("authorization") if isinstance(payload, dict) else None
        if not isinstance(given, str):
            given = self._socket.headers.get("authorization")
        token = self._all.endpoint.known.token(self._socket.scope, given)
        presence = self._all.subscriptions.presence
        viewer = await presence.find(token) if token else None
        if token is None or viewer is None:
            self._end(FORBIDDEN)
            return
        try:
            self._visit = presence.enter(token, viewer, self._sent_away)
        except TooMany as error:
            self._end((TOO_MANY, str(error)))
            return
        await self._send({"type": "connection_ack"})

    def _subscribe(self, key: str, payload: dict[str, Any]) -> None:
        if self._visit is None:
            self._end(UNAUTHORIZED)
        elif key in self._operations:
            self._end((EXISTS, f"Subscriber for {key[:64]} already exists"))
        else:
            work = self._operate(self._visit, key, payload)
            self._operations[key] = self._task(self._until_done(key, work))

    async def _until_done(self, key: str, work: Coroutine[Any, Any, list[Any] | None]) -> None:
        """Say how an operation ended: by errors, or that it is complete."""
        try:
            errors = await work
        except RequestError as error:
            errors = error.body()["errors"]
        except Unavailable as error:
            errors = answer.unavailable(error, self._request_id).body()["errors"]
        if self._operations.get(key) is asyncio.current_task():
            del self._operations[key]
        if errors is None:
            await self._send({"type": "complete", "id": key})
        else:
            await self._send({"type": "error", "id": key, "payload": errors})

    async def _operate(self, visit: Visit, key: str, payload: dict[str, Any]) -> list[Any] | None:
        """Execute an operation; the errors for which it was not, or does not go on."""
        if len(self._operations) > MOST_OPERATIONS:
            message = f"Too many operations are under way: at most {MOST_OPERATIONS}."
            raise RequestError(429, Code.THROTTLED, message)
        wanted = asked.read(payload, self._all.endpoint.limits)
        subscriptions = self._all.subscriptions
        viewer = await subscriptions.presence.find(visit.token)
        if viewer is None:
            raise RequestError(401, Code.UNAUTHENTICATED, Ending.GONE.value)
        if await subscriptions.is_one(viewer, wanted):
            return await self._tell(visit, viewer, key, wanted)
        endpoint = self._all.endpoint
        operation = Operation(endpoint.database, viewer, endpoint.limits.rows)
        body = await endpoint.answered("POST", wanted, operation, self._request_id)
        if "data" not in body:
            return _errors(body)
        await self._send({"type": "next", "id": key, "payload": body})
        return None

    async def _tell(
        self, visit: Visit, viewer: Viewer, key: str, wanted: Asked
    ) -> list[Any] | None:
        """What changes, until that can't go on."""
        try:
            begun = await self._all.subscriptions.begin(visit, viewer, wanted)
            try:
                while True:
                    body = await begun.next(self._request_id)
                    await self._send({"type": "next", "id": key, "payload": body})
            finally:
                begun.close()
        except Stopped as error:
            return _errors(error.body(self._request_id))

    async def _send(self, message: dict[str, Any]) -> None:
        """Send a message, unless the connection is over. Who does not read in time is dropped."""
        if self._over.done():
            return
        try:
            async with self._sending, asyncio.timeout(SEND_SECONDS):
                await self._socket.send_text(orjson.dumps(message).decode())
        except (WebSocketDisconnect, TimeoutError):
            self._end(GONE)


def _parsed(text: str | None) -> Any:
    try:
        return orjson.loads(text or "")
    except orjson.JSONDecodeError:
        return None


def _errors(body: dict[str, Any]) -> list[Any]:
    found: list[Any] = body["errors"]
    return found


def _payload(message: dict[str, Any]) -> dict[str, Any]:
    return {"payload": message["payload"]} if "payload" in message else {}
