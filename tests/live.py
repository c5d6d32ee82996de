"""Clients that stay connected, in the test's own event loop: WebSockets and event streams."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Message

from tests.asking import application
from tests.client import Client
from tests.world import World

PROTOCOL = "graphql-transport-ws"
PATIENCE = 20
"""Seconds within which a test expects what has to come."""


class Closed(Exception):
    """The server has closed the connection."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@dataclass
class Asgi:
    """The application as a server would run it for one connection."""

    app: Any
    scope: dict[str, Any]
    inbox: "asyncio.Queue[Message]" = field(default_factory=asyncio.Queue)
    outbox: "asyncio.Queue[Message]" = field(default_factory=asyncio.Queue)
    reads: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        async def send(message: Message) -> None:
            await self.reads.wait()
            self.outbox.put_nowait(message)

        self.reads.set()
        await self.app(self.scope, self.inbox.get, send)


@dataclass
class Socket:
    """A WebSocket that is open."""

    asgi: Asgi

    async def send(self, message: Any) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        self.asgi.inbox.put_nowait({"type": "websocket.receive", "text": text})

    async def receive(self) -> Any:
        """The next message. Raises Closed."""
        async with asyncio.timeout(PATIENCE):
            message = await self.asgi.outbox.get()
        if message["type"] == "websocket.close":
            raise Closed(message["code"], message.get("reason") or "")
        return json.loads(message["text"])

    async def closed(self) -> tuple[int, str]:
        """How the server closes it, whatever is said before."""
        try:
            while True:
                await self.receive()
        except Closed as error:
            return error.code, error.reason

    async def init(self, bearer: str | None) -> None:
        payload = {} if bearer is None else {"payload": {"authorization": f"Bearer {bearer}"}}
        await self.send({"type": "connection_init", **payload})
        assert await self.receive() == {"type": "connection_ack"}

    async def subscribe(self, text: str, key: str = "1", **variables: Any) -> "Heard":
        """Subscribe, and be sure to hear of all that changes from now on."""
        payload = {"query": text, "variables": variables}
        await self.send({"type": "subscribe", "id": key, "payload": payload})
        await asyncio.wait_for(self._joined(), PATIENCE)
        return Heard(self, key)

    async def ask(self, text: str, key: str = "q", **variables: Any) -> Any:
        """The messages that an operation is answered with."""
        payload = {"query": text, "variables": variables}
        await self.send({"type": "subscribe", "id": key, "payload": payload})
        found: list[Any] = []
        while not found or found[-1]["type"] == "next":
            found.append(await self.receive())
        return found

    async def _joined(self) -> None:
        subscriptions = of(self.asgi.app)
        before = _boxes(subscriptions)
        while _boxes(subscriptions) <= before and self.asgi.outbox.empty():  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # nobody else tells


@dataclass
class Heard:
    """What one subscription is told."""

    socket: Socket
    key: str

    async def next(self) -> Any:
        """The data of the next answer."""
        message = await self.socket.receive()
        assert message["type"] == "next", message
        assert message["id"] == self.key
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def errors(self) -> list[Any]:
        """The errors that end it."""
        message = await self.socket.receive()
        assert (message["type"], message["id"]) == ("error", self.key), message
        found: list[Any] = message["payload"]
        return found


def of(app: Any) -> Any:
    """What knows of all subscriptions of an application."""
    (route,) = [r for r in app.routes if type(r).__name__ == "WebSocketRoute"]
    return route.endpoint.subscriptions


def _boxes(subscriptions: Any) -> set[Any]:
    readers = subscriptions.hub._readers.values()  # noqa: SLF001 - nobody else may ask
    return {box for reader in readers for box in reader.boxes}


def is_quiet(world: World) -> bool:
    """Whether nobody is connected, and nothing is left of who was."""
    found = of(application(world))
    presence, hub = found.presence, found.hub
    left = (presence._visits, presence._connections, presence._subscriptions, hub._readers)  # noqa: SLF001
    return not any(left)


@asynccontextmanager
async def opened(
    world: World, *, subprotocols: tuple[str, ...] = (PROTOCOL,), **headers: str
) -> AsyncIterator[Socket]:
    """A WebSocket, as far as the handshake."""
    given = {"host": "tests", **headers}
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "scheme": "ws",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "subprotocols": list(subprotocols),
        "extensions": {"websocket.http.response": {}},
    }
    asgi = Asgi(application(world), scope)
    asgi.inbox.put_nowait({"type": "websocket.connect"})
    task = asyncio.create_task(asgi.run())
    try:
        yield Socket(asgi)
    finally:
        asgi.reads.set()
        asgi.inbox.put_nowait({"type": "websocket.disconnect", "code": 1005})
        await asyncio.wait_for(task, PATIENCE)


@asynccontextmanager
async def connected(world: World, client: Client) -> AsyncIterator[Socket]:
    """A WebSocket of somebody who has said who they are."""
    async with opened(world) as socket:
        assert (await socket.asgi.outbox.get())["type"] == "websocket.accept"
        await socket.init(client.bearer)
        yield socket


@dataclass
class Stream:
    """The answer to a request that takes events."""

    asgi: Asgi
    status: int
    headers: dict[str, str]

    async def rest(self) -> bytes:
        """All that comes until its end."""
        found = b""
        async with asyncio.timeout(PATIENCE):
            while True:
                message: Any = await self.asgi.outbox.get()
                found += bytes(message["body"])
                if not message.get("more_body"):
                    return found

    async def event(self) -> tuple[str, Any]:
        """The next event, with its data; comments are passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                body = (await self.asgi.outbox.get())["body"].decode()
                assert body.endswith("\n\n")
                for part in body.split("\n\n"):
                    if found := parsed(part):
                        return found


def parsed(part: str) -> tuple[str, Any] | None:
    """An event's name and data."""
    lines = dict(line.split(":", 1) for line in part.splitlines() if not line.startswith(":"))
    if not lines:
        return None
    data = lines["data"].strip()
    return lines["event"].strip(), json.loads(data) if data else None


def events(content: bytes) -> list[tuple[str, Any]]:
    """All events of a stream that has ended."""
    parts = content.decode().split("\n\n")
    return [found for part in parts if (found := parsed(part))]


@asynccontextmanager
async def streamed(
    world: World, client: Client, text: str, accept: str = "text/event-stream", **variables: Any
) -> AsyncIterator[Stream]:
    """A request for events, answered as far as its head."""
    given = {
        "host": "tests",
        "authorization": f"Bearer {client.bearer}",
        "content-type": "application/json",
        "accept": accept,
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    asgi = Asgi(application(world), scope)
    body = json.dumps({"query": text, "variables": variables}).encode()
    asgi.inbox.put_nowait({"type": "http.request", "body": body, "more_body": False})
    task = asyncio.create_task(asgi.run())
    try:
        async with asyncio.timeout(PATIENCE):
            head = await asgi.outbox.get()
        headers = {name.decode(): value.decode() for name, value in head["headers"]}
        yield Stream(asgi, head["status"], headers)
    finally:
        asgi.reads.set()
        asgi.inbox.put_nowait({"type": "http.disconnect"})
        await asyncio.wait_for(task, PATIENCE)


@contextmanager
def not_reading(socket: Socket) -> Iterator[None]:
    """A client that takes nothing for a while."""
    socket.asgi.reads.clear()
    try:
        yield
    finally:
        socket.asgi.reads.set()
