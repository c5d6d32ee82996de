"""The ASGI application."""

import datetime as dt
import gc
import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from auth.token import Verifier
from auth.viewer import Callers
from models.database import Database
from schema import root
from server import (
    answer,
    choosing,
    keys,
    limits,
    logs,
    oauth,
    protocol,
    provider,
    settings,
    sign_in,
    throttle,
)
from server.answer import Code, RequestError
from server.authority import Authority
from server.browsers import Browsers
from server.caller import Known
from server.endpoint import Endpoint
from server.export import Exporting
from server.hub import Hub
from server.key_set import FetchedKeys
from server.persisted import Persisted
from server.presence import Presence
from server.readiness import Readiness
from server.request_id import HEADER, RequestId
from server.session import Sessions
from server.settings import Settings
from server.sockets import Sockets
from server.subscriptions import Subscriptions

log = logging.getLogger("coaching.server")

# How long a request waits before the answer is that the data can't be reached.
POOL_SECONDS = 5
CONNECT_SECONDS = 5
LOCK_SECONDS = 10

ALLOCATED = 50_000
"""Objects made and not yet freed after which Python looks for those that only hold each other."""


def create(
    chosen: Settings, database: Database | None = None, *, as_demo: bool = False
) -> Starlette:
    """The product as an ASGI application. Raises SettingsError for settings that can't work.

    `as_demo` lets everybody sign in as one of the demo's users.
    """
    issuers, sessions = keys.issuers(chosen), _sessions(chosen, as_demo=as_demo)
    verifier, key = Verifier(*issuers), keys.signing(chosen)
    database = database or Database(
        chosen.database_url,
        pool_size=chosen.pool_size,
        pool_timeout=POOL_SECONDS,
        connect_timeout=CONNECT_SECONDS,
        lock_timeout=LOCK_SECONDS,
        answer_timeout=chosen.deadline_seconds,
    )
    callers = Callers(database, chosen.caller_seconds)
    views = root.build(limits.of_documents(chosen))
    known = Known(verifier, callers, sessions)
    hub = Hub(database)
    presence = Presence(
        known.find, connections=chosen.max_connections, subscriptions=chosen.max_subscriptions
    )
    shared: dict[str, Any] = {
        "views": views,
        "database": database,
        "most": limits.of_requests(chosen),
        "persisted": Persisted(chosen.trusted_only),
        "buckets": throttle.buckets(chosen, database),
    }
    subscriptions = Subscriptions(**shared, presence=presence, hub=hub)
    endpoint = Endpoint(**shared, known=known, subscriptions=subscriptions)
    sockets = Sockets(endpoint, subscriptions, chosen.allowed_origins)

    readiness = Readiness(database)
    authorized: list[Route] = []
    if key is not None:
        authority = Authority(
            issuer=keys.own_issuer(chosen),
            audience=chosen.audience,
            key=key,
            verifier=verifier,
            callers=callers,
            database=database,
        )
        authorized += oauth.routes(authority)
        if sessions is not None:
            asked = None if as_demo else provider.of(chosen)
            browsers = Browsers(authority=authority, sessions=sessions, provider=asked)
            authorized += browsers.routes()
            authorized += sign_in.routes(browsers, asked) if asked else choosing.routes(browsers)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[dict[str, Any]]:
        views.warm_up()
        # What is there now stays: without this, every full collection would look through all of
        # it, and hold the event loop for up to a tenth of a second.
        gc.collect()
        gc.freeze()
        # An operation makes thousands of objects that die by themselves: with Python's own figure,
        # a page of the monitor would have the living looked through twenty times.
        before = gc.get_threshold()
        gc.set_threshold(ALLOCATED, *before[1:])
        async with AsyncExitStack() as kept:
            kept.callback(gc.set_threshold, *before)
            for issuer in issuers:
                if isinstance(issuer.keys, FetchedKeys):
                    await kept.enter_async_context(issuer.keys.kept())
            yield {protocol.STOP: presence.stop}
        await presence.close()
        await hub.close()
        await readiness.close()
        await database.close()

    return Starlette(
        routes=[
            *authorized,
            Route("/", lambda _request: RedirectResponse("/graphql")),
            Route("/graphql", endpoint),
            WebSocketRoute("/graphql", sockets),
            Route("/export/{name}", Exporting(endpoint)),
            Route("/health/live", _live),
            Route("/health/ready", readiness.answer),
        ],
        middleware=[Middleware(RequestId)],
        exception_handlers={HTTPException: _refused, Exception: _failed},
        lifespan=lifespan,
    )


def _sessions(chosen: Settings, *, as_demo: bool) -> Sessions | None:
    """How browsers keep sessions; None where nobody signs in with one."""
    if chosen.oidc_issuer is None and not as_demo:
        return None
    lifetime = dt.timedelta(hours=chosen.session_hours)
    return Sessions(origin=chosen.public_url, lifetime=lifetime)


async def _refused(_request: Request, error: Exception) -> Response:
    """What Starlette itself refuses, such as another path."""
    assert isinstance(error, HTTPException)  # noqa: S101 - that is what it is registered for
    refused = RequestError(error.status_code, Code.BAD_USER_INPUT, error.detail)
    return JSONResponse(refused.body(), error.status_code, error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    """A fault outside of an operation, such as no database to find the caller in."""
    request_id = request.scope.get("request_id", "")
    log.error("request %s failed", request_id, exc_info=error)
    # This answer is given outside of the middleware, which else would put the id into it.
    return JSONResponse({"errors": [answer.fault(request_id)]}, 500, {HEADER: request_id})


async def _live(_request: Request) -> Response:
    """Whether the process answers at all."""
    return JSONResponse({"status": "live"})


def from_environment() -> Starlette:
    """The application of the settings in the environment: what each worker runs."""
    return _started(as_demo=False)


def demo() -> Starlette:
    """The same as a demo. No setting makes one: it is for `coaching demo` alone."""
    return _started(as_demo=True)


def _started(*, as_demo: bool) -> Starlette:
    chosen = settings.read(os.environ)
    logs.set_up(chosen)
    return create(chosen, as_demo=as_demo)
