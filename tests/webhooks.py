"""What the tests of webhooks share: a receiver over real HTTP, and a worker whose time is set."""

import asyncio
import contextlib
import datetime as dt
import json
import ssl
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import sqlalchemy as sa

from models import Action, EventKind, Webhook, WebhookDelivery
from models.functions import opaque_id
from resolvers import audit, webhook
from resolvers.audit import About, System
from server.webhook_address import EVERY_HOST, Guard
from server.webhook_sending import HttpSender
from server.webhook_worker import Worker
from tests.world import NOW, World


@dataclass(frozen=True)
class Got:
    """A request that came in."""

    headers: dict[str, str]
    body: bytes
    path: str
    connection: tuple[str, int]

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def object(self) -> str:
        found: str = json.loads(self.body)["data"]["id"]
        return found


@dataclass(frozen=True)
class Reply:
    """What is answered. `forever` goes on with the body until nobody listens any more."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    forever: bool = False
    slow: threading.Event | None = None


Answering = Callable[[Got], Reply]


@dataclass
class Receiver:
    """Somebody's server, in a thread. `answering` decides each answer."""

    answering: Answering = lambda _got: Reply()
    got: list[Got] = field(default_factory=list)
    port: int = 0
    written: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def objects(self) -> list[str]:
        return [each.object for each in self.got]

    @property
    def ids(self) -> list[str]:
        return [each.id for each in self.got]

    @contextlib.contextmanager
    def running(self, tls: ssl.SSLContext | None = None) -> Iterator["Receiver"]:
        """Serve; on the port of the last time, if there was one."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                got = Got(headers, body, self.path, self.client_address)
                reply = receiver.answering(got)
                receiver.got.append(got)
                if reply.slow is not None:
                    reply.slow.wait(30)
                with contextlib.suppress(OSError):
                    receiver._answer(self, reply)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128  # of 5, more than that who connect at once are refused

            def handle_error(self, *_: Any) -> None:
                pass

        server = Server(("127.0.0.1", self.port), Handler)
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def _answer(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if not reply.forever:
            if reply.status != 204:
                handler.send_header("content-length", "0")
            handler.end_headers()
            return
        handler.send_header("content-length", str(10**12))
        handler.end_headers()
        handler.close_connection = True
        while True:
            handler.wfile.write(bytes(65_536))
            self.written += 65_536


def failing(times: int, status: int = 500) -> Answering:
    """Refuses so many requests, then takes all."""
    left = iter(range(times))
    return lambda _got: Reply(status) if next(left, None) is not None else Reply()


@dataclass
class Clock:
    """Time that stands still until it is moved."""

    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@dataclass
class Scene:
    """A workspace, a clock, and as many workers as one likes."""

    world: World
    clock: Clock
    sender: HttpSender

    def worker(self, sender: Any = None) -> Worker:
        return Worker(
            self.world.database, sender or self.sender, clock=self.clock, chance=lambda: 0
        )

    async def register(self, url: str, *kinds: EventKind) -> Webhook:
        async with self.world.database.read() as session:
            named = sa.text("SELECT name FROM workspace")
            name = await session.scalar(named)
        assert name is not None
        return await webhook.add(
            self.world.database, name, url, kinds or tuple(EventKind), now=self.clock.now
        )

    async def change(self, *marks: uuid.UUID, action: Action = Action.MARK_CREATED) -> None:
        """Tell of changed marks (or of what else the action is about), in one transaction."""
        about = "mark_id" if action is Action.MARK_CREATED else "group_id"
        async with self.world.database.write() as session:
            system = System(workspace_id=self.world.workspace_id, now=self.clock.now)
            for each in marks:
                audit.record(session, system, action, About(**{about: each}), after={})

    async def deliver(self, worker: Worker | None = None, *, steps: int = 50) -> int:
        """Step until there is nothing to do at this time; how many tries that took."""
        worker = worker or self.worker()
        tries = 0
        for _ in range(steps):
            begun = await worker.step()
            await worker.drain()
            if not begun:
                return tries
            tries += begun
        message = "there is no end to it"
        raise AssertionError(message)

    async def deliveries(self) -> Sequence[WebhookDelivery]:
        async with self.world.database.read() as session:
            rows = await session.scalars(
                sa.select(WebhookDelivery).order_by(
                    WebhookDelivery.number, WebhookDelivery.position
                )
            )
            return rows.all()

    async def states(self) -> list[str]:
        return [each.state.value for each in await self.deliveries()]


@contextlib.asynccontextmanager
async def scene(world: World) -> AsyncIterator[Scene]:
    sender = HttpSender(Guard(frozenset({EVERY_HOST})))
    try:
        yield Scene(world, Clock(), sender)
    finally:
        await sender.close()
        await asyncio.sleep(0)


def mark(key: uuid.UUID) -> str:
    """A mark's id as receivers know it."""
    return opaque_id("Mark", key)


def ids(number: int) -> list[uuid.UUID]:
    return [uuid.uuid4() for _ in range(number)]
