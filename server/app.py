"""The ASGI application."""

import gc
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from auth.viewer import Callers
from models.database import Database
from schema import root
from server import answer, keys, limits, logs, settings, throttle
from server.answer import Code, RequestError
from server.endpoint import Endpoint
from server.persisted import Persisted
from server.readiness import Readiness
from server.request_id import HEADER, RequestId
from server.settings import Settings

log = logging.getLogger("coaching.server")

# How long a request waits before the answer is that the data can't be reached.
POOL_SECONDS = 5
CONNECT_SECONDS = 5
LOCK_SECONDS = 10


def create(chosen: Settings, database: Database | None = None) -> Starlette:
    """The product as an ASGI application. Raises SettingsError for settings that can't work."""
    verifier = keys.verifier(chosen)
    database = database or Database(
        chosen.database_url,
        pool_size=chosen.pool_size,
        pool_timeout=POOL_SECONDS,
        connect_timeout=CONNECT_SECONDS,
        lock_timeout=LOCK_SECONDS,
        answer_timeout=chosen.deadline_seconds,
    )
    views = root.build(limits.of_documents(chosen))
    endpoint = Endpoint(
        views=views,
        database=database,
        verifier=verifier,
        callers=Callers(database, chosen.caller_seconds),
        most=limits.of_requests(chosen),
        persisted=Persisted(chosen.trusted_only),
        buckets=throttle.buckets(chosen, database),
    )

    readiness = Readiness(database)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        views.warm_up()
        # What is there now stays: without this, every full collection would look through all of
        # it, and hold the event loop for up to a tenth of a second.
        gc.collect()
        gc.freeze()
        yield
        await readiness.close()
        await database.close()

    return Starlette(
        routes=[
            Route("/", lambda _request: RedirectResponse("/graphql")),
            Route("/graphql", endpoint),
            Route("/health/live", _live),
            Route("/health/ready", readiness.answer),
        ],
        middleware=[Middleware(RequestId)],
        exception_handlers={HTTPException: _refused, Exception: _failed},
        lifespan=lifespan,
    )


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
    chosen = settings.read(os.environ)
    logs.set_up(chosen)
    return create(chosen)
