"""`/graphql`: GraphQL over HTTP, each caller on their own view."""

from dataclasses import dataclass
from typing import Any, Literal

import orjson
from graphql import GraphQLError
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send
from strawberry.http.ides import get_graphql_ide_html
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from auth.token import InvalidToken, Verifier
from auth.viewer import Callers
from models.availability import Unavailable
from models.database import Database
from resolvers.operation import Operation
from schema.view import Views
from server import answer, execution, limits, media_type
from server.answer import Code, RequestError
from server.limits import Limits
from server.message import Request, send_answer
from server.persisted import Persisted
from server.session import Sessions
from server.throttle import Buckets, Throttled

HEADERS = {401: {"www-authenticate": 'Bearer realm="coaching"'}, 405: {"allow": "GET, POST"}}
"""What HTTP wants beside these status codes."""

Method = Literal["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for an operation: its text, or an id that names it in place of that."""

    query: str | None
    variables: dict[str, Any]
    operation_name: str | None
    extensions: dict[str, Any] | None
    document_id: str | None


class Endpoint:
    """Follows the specification to the letter, and knows callers.

    The answer is JSON whatever the request was, and never a 5xx for what a client sent.
    """

    def __init__(
        self,
        *,
        views: Views,
        database: Database,
        verifier: Verifier,
        callers: Callers,
        most: Limits,
        persisted: Persisted,
        buckets: Buckets,
        sessions: Sessions | None = None,
    ) -> None:
        self.views = views
        self.database = database
        self.verifier = verifier
        self.callers = callers
        self.limits = most
        self.persisted = persisted
        self.buckets = buckets
        self.sessions = sessions

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
            body, status = await self._respond(request, accepted)
        except (RequestError, Unavailable) as raised:
            error = raised
            if isinstance(error, Unavailable):
                error = answer.unavailable(error, scope.get("request_id", ""))
            body, status = error.body(), error.status
            headers |= HEADERS.get(status, {})
            if error.retry_after is not None:
                headers["retry-after"] = str(error.retry_after)
        except ClientDisconnect:
            return  # in the middle of its request: nobody is there to be answered
        content_type = f"{accepted or media_type.JSON}; charset=utf-8"
        await send_answer(send, status, content_type, orjson.dumps(body), headers.items())

    async def _respond(self, request: Request, accepted: str | None) -> tuple[Any, int]:
        """The body of an answer, and its status."""
        method: Any = request.method
        if method not in {"GET", "POST"}:
            message = "GraphQL is served by GET and POST."
            raise RequestError(405, Code.BAD_USER_INPUT, message)
        if accepted is None:
            message = f"Answers are {media_type.RESPONSE} or {media_type.JSON}."
            raise RequestError(406, Code.BAD_USER_INPUT, message)
        limits.refuse_long_request(request, self.limits)
        operation = await self._operation(request)
        result = await self._execute(method, await self._asked(request), operation)
        body = _body(result, request.scope.get("request_id", ""))
        refused = "data" not in body
        return body, 400 if refused and accepted == media_type.RESPONSE else 200

    async def _operation(self, request: Request) -> Operation:
        """Who is asking. Raises RequestError unless a valid token says so."""
        token = self._token(request)
        try:
            proof = await self.verifier.check(token)
        except InvalidToken:
            found = None
        else:
            found = await self.callers.find(proof)
        if found is None:
            raise RequestError(401, Code.UNAUTHENTICATED, "The access token is not valid.")
        return Operation(self.database, found, self.limits.rows)

    def _token(self, request: Request) -> str:
        """The token of the header, or else of a browser's session. Raises RequestError."""
        given = request.headers.get(b"authorization")
        if given is None and self.sessions is not None:
            found = self.sessions.token(HTTPConnection(request.scope))
            if found is not None:
                return found
        scheme, _, token = (given or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            message = "Send an access token: Authorization: Bearer …"
            raise RequestError(401, Code.UNAUTHENTICATED, message)
        return token.strip()

    async def _asked(self, request: Request) -> Asked:
        """Read the operation. Raises RequestError for all that is none."""
        if request.method == "GET":
            given: Any = dict(request.query)
            for name in ("variables", "extensions"):
                if given.get(name):
                    given[name] = _parse(given[name])
        else:
            coding = request.headers.get(b"content-encoding")
            if not media_type.is_json(request.headers.get(b"content-type"), coding):
                message = f"Send {media_type.JSON}, in UTF-8 and not compressed."
                raise RequestError(415, Code.BAD_USER_INPUT, message)
            given = _parse(await request.body(self._check_length))
        if not isinstance(given, dict):
            raise RequestError(400, Code.BAD_USER_INPUT, "The body must be an object.")
        variables = _member(given, "variables", dict)
        limits.refuse_many_values(variables, self.limits)
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

    def _check_length(self, length: int) -> None:
        limits.refuse_long_body(length, self.limits.body)

    async def _execute(self, method: Method, asked: Asked, operation: Operation) -> ExecutionResult:
        """Execute an operation on the caller's view."""
        viewer = operation.viewer
        try:
            text = self.persisted.text(viewer, asked.query, asked.document_id, asked.extensions)
            wanted = execution.Request(
                text=text,
                variables=asked.variables,
                name=asked.operation_name,
                trusted=self.persisted.is_trusted(text),
                allowed=OperationType.from_http(method),
            )
            view = self.views.of(viewer)
            result = await execution.execute(
                view, wanted, operation, self.buckets, self.limits.seconds
            )
        except GraphQLError as error:
            return ExecutionResult(data=None, errors=[error])
        except Throttled as full:
            message = f"You have asked for too much in a short time: wait {full.wait} s."
            raise RequestError(429, Code.THROTTLED, message, retry_after=full.wait) from None
        except InvalidOperationTypeError as error:
            message = error.as_http_error_reason(method)
            raise RequestError(405, Code.BAD_USER_INPUT, message) from error
        finally:
            if operation.database.has_written:
                self.callers.forget()
        absence = answer.absence(result.errors or ())
        if absence is not None and not operation.database.has_written:
            raise absence  # a part of an answer would hide what is there behind nulls
        return result


def _body(result: ExecutionResult, request_id: str) -> dict[str, Any]:
    """The result as it goes out; without `data` where nothing was executed."""
    found = result.errors or []
    body: dict[str, Any] = {"data": result.data}
    if result.data is None and found and not any(map(_is_of_execution, found)):
        del body["data"]
    if result.extensions:
        body["extensions"] = result.extensions
    if found:
        body["errors"] = [answer.error(error, request_id) for error in found]
    return body


def _is_of_execution(error: GraphQLError) -> bool:
    """Whether an error came while an operation was executed, not before."""
    return bool(error.path) or (error.extensions or {}).get("code") == Code.TIMEOUT


def _wants_page(request: Request) -> bool:
    return "text/html" in media_type.preferred(request.accept) and "query" not in request.query


def _parse(text: str | bytes) -> Any:
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
