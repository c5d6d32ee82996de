"""`/graphql`: GraphQL over HTTP, each caller on their own view."""

from typing import Any, Literal

import orjson
from graphql import GraphQLError
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.http.ides import get_graphql_ide_html
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from auth.viewer import Viewer
from models.availability import Unavailable
from models.database import Database
from resolvers.operation import Operation
from schema.view import Views
from server import answer, asked, event_stream, execution, limits, media_type
from server.answer import Code, RequestError
from server.asked import Asked
from server.caller import Known
from server.event_stream import EventStream, OneAnswer
from server.limits import Limits
from server.message import Request, send_answer
from server.persisted import Persisted
from server.subscriptions import Stopped, Subscriptions
from server.throttle import Buckets, Throttled

HEADERS = {401: {"www-authenticate": 'Bearer realm="coaching"'}, 405: {"allow": "GET, POST"}}
"""What HTTP wants beside these status codes."""

Method = Literal["GET", "POST"]

ALLOWED = {
    "GET": {OperationType.QUERY},
    "POST": {OperationType.QUERY, OperationType.MUTATION},
}
"""Kinds of operations that are executed once, by method."""

TOLD = f"Subscriptions are told as {event_stream.MEDIA}, or over a WebSocket."


class Endpoint:
    """Follows the specification to the letter, and knows callers.

    The answer is JSON whatever the request was, and never a 5xx for what a client sent.
    """

    def __init__(
        self,
        *,
        views: Views,
        database: Database,
        known: Known,
        most: Limits,
        persisted: Persisted,
        buckets: Buckets,
        subscriptions: Subscriptions,
    ) -> None:
        self.views = views
        self.database = database
        self.known = known
        self.limits = most
        self.persisted = persisted
        self.buckets = buckets
        self.subscriptions = subscriptions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        if request.method == "GET" and _wants_page(request):
            await HTMLResponse(get_graphql_ide_html())(scope, receive, send)
            return
        accepted = media_type.negotiate(request.accept)
        # No cache keeps what is answered to a GET: a cookie does not tell it that it is personal.
        headers = {"cache-control": "no-store"} if request.method == "GET" else {}
        try:
            found = await self._respond(request, accepted)
        except (RequestError, Unavailable) as raised:
            error = raised
            if isinstance(error, Unavailable):
                error = answer.unavailable(error, scope.get("request_id", ""))
            found = error.body(), error.status
            headers |= HEADERS.get(error.status, {})
            if error.retry_after is not None:
                headers["retry-after"] = str(error.retry_after)
        except ClientDisconnect:
            return  # in the middle of its request: nobody is there to be answered
        if not isinstance(found, tuple):
            await found(scope, receive, send)
            return
        body, status = found
        content_type = f"{accepted or media_type.JSON}; charset=utf-8"
        await send_answer(send, status, content_type, orjson.dumps(body), headers.items())

    async def _respond(self, request: Request, accepted: str | None) -> tuple[Any, int] | ASGIApp:
        """The body of an answer, and its status; or a stream of answers."""
        method: Any = request.method
        if method not in {"GET", "POST"}:
            message = "GraphQL is served by GET and POST."
            raise RequestError(405, Code.BAD_USER_INPUT, message)
        streams = method == "POST" and event_stream.is_accepted(request.accept)
        if accepted is None and not streams:
            message = f"Answers are {media_type.RESPONSE} or {media_type.JSON}."
            raise RequestError(406, Code.BAD_USER_INPUT, message)
        limits.refuse_long_request(request, self.limits)
        operation = await self.operation(request)
        wanted = await self._asked(request)
        request_id = request.scope.get("request_id", "")
        try:
            if streams and await self.subscriptions.is_one(operation.viewer, wanted):
                return await self._subscribe(request, operation.viewer, wanted)
            body = await self.answered(method, wanted, operation, request_id)
        except Stopped as error:
            body = error.body(request_id)
        if accepted is None:
            return OneAnswer(body)
        refused = "data" not in body
        return body, 400 if refused and accepted == media_type.RESPONSE else 200

    async def answered(
        self, method: Method, wanted: Asked, operation: Operation, request_id: str
    ) -> dict[str, Any]:
        """The answer to an operation that is executed once. Raises RequestError, Unavailable."""
        return answer.body(await self._execute(method, wanted, operation), request_id)

    async def _subscribe(self, request: Request, viewer: Viewer, wanted: Asked) -> EventStream:
        """A stream of what changes. Raises Stopped, RequestError and Unavailable."""
        token = self._token(request)
        request_id = request.scope.get("request_id", "")
        stream = EventStream(self.subscriptions.presence, token, viewer, request_id)
        await stream.begin(self.subscriptions, viewer, wanted)
        return stream

    async def operation(self, request: Request) -> Operation:
        """Who is asking. Raises RequestError unless a valid token says so, and Unavailable."""
        found = await self.known.find(self._token(request))
        if found is None:
            raise RequestError(401, Code.UNAUTHENTICATED, "The access token is not valid.")
        return Operation(self.database, found, self.limits.rows)

    def _token(self, request: Request) -> str:
        token = self.known.token(request.scope, request.headers.get(b"authorization"))
        if token is None:
            message = "Send an access token: Authorization: Bearer …"
            raise RequestError(401, Code.UNAUTHENTICATED, message)
        return token

    async def _asked(self, request: Request) -> Asked:
        """Read the operation. Raises RequestError for all that is none."""
        if request.method == "GET":
            given: Any = dict(request.query)
            for name in ("variables", "extensions"):
                if given.get(name):
                    given[name] = asked.parse(given[name])
        else:
            coding = request.headers.get(b"content-encoding")
            if not media_type.is_json(request.headers.get(b"content-type"), coding):
                message = f"Send {media_type.JSON}, in UTF-8 and not compressed."
                raise RequestError(415, Code.BAD_USER_INPUT, message)
            given = asked.parse(await request.body(self._check_length))
        return asked.read(given, self.limits)

    def _check_length(self, length: int) -> None:
        limits.refuse_long_body(length, self.limits.body)

    async def _execute(
        self, method: Method, wanted: Asked, operation: Operation
    ) -> ExecutionResult:
        """Execute an operation on the caller's view."""
        viewer = operation.viewer
        try:
            text = self.persisted.text(viewer, wanted.query, wanted.document_id, wanted.extensions)
            request = execution.Request(
                text=text,
                variables=wanted.variables,
                name=wanted.operation_name,
                trusted=self.persisted.is_trusted(text),
                allowed=ALLOWED[method],
            )
            view = self.views.of(viewer)
            result = await execution.execute(
                view, request, operation, self.buckets, self.limits.seconds
            )
        except GraphQLError as error:
            return ExecutionResult(data=None, errors=[error])
        except Throttled as full:
            raise RequestError(429, Code.THROTTLED, str(full), retry_after=full.wait) from None
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.SUBSCRIPTION:
                raise RequestError(406, Code.BAD_USER_INPUT, TOLD) from error
            message = error.as_http_error_reason(method)
            raise RequestError(405, Code.BAD_USER_INPUT, message) from error
        finally:
            if operation.database.has_written:
                self.known.forget()
                self.subscriptions.hub.wake(viewer.workspace_id)
        absence = answer.absence(result.errors or ())
        if absence is not None and not operation.database.has_written:
            raise absence  # a part of an answer would hide what is there behind nulls
        return result


def _wants_page(request: Request) -> bool:
    return "text/html" in media_type.preferred(request.accept) and "query" not in request.query
