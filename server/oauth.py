"""The product's own authorization server: tokens for partners' machines (OAuth 2.0).

Forms come in; `server.authority` says what OAuth makes of them; the database is asked beside it.
"""

import datetime as dt
import urllib.parse
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from authlib.oauth2.rfc6749.errors import InvalidClientError, InvalidRequestError, OAuth2Error
from authlib.oauth2.rfc6749.util import extract_basic_authorization
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from auth.partner_scope import SCOPES
from auth.token import Token
from models.availability import Unavailable
from resolvers import client as clients
from resolvers import revocation
from server import answer, keys, limits
from server.answer import RequestError
from server.authority import GRANT, METHODS, Authority, FormRequest, Partner, Server
from server.throttle import Memory, Rule

TOKEN, REVOKE = "/oauth/token", "/oauth/revoke"
METADATA, KEYS = "/.well-known/oauth-authorization-server", "/.well-known/jwks.json"

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 16_384
"""Of a form."""

MOST_FIELDS = 20
"""Of a form."""

WRONG_SECRETS = 20
"""Wrong secrets for a client from one address at once, and then one in six seconds."""

_WRONG = 60
_RULE = Rule(capacity=WRONG_SECRETS * _WRONG, rate=_WRONG // 6)

NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}
CHALLENGE = {"www-authenticate": 'Basic realm="coaching"'}
MAX_AGE = {"cache-control": "public, max-age=300"}


def routes(authority: Authority) -> list[Route]:
    """The paths of the authorization server."""
    wrong = Memory(_RULE)
    public = {
        METADATA: metadata(authority.issuer),
        KEYS: keys.public(authority.key).as_dict(private=False),
    }
    return [
        Route(TOKEN, _Endpoint(authority, wrong, Server.token_response), methods=["POST"]),
        Route(REVOKE, _Endpoint(authority, wrong, Server.revocation_response), methods=["POST"]),
        *(Route(path, _telling(content)) for path, content in public.items()),
    ]


def metadata(issuer: str) -> dict[str, Any]:
    """What the authorization server is able to do (RFC 8414)."""
    return {
        "issuer": issuer,
        "token_endpoint": issuer + TOKEN,
        "revocation_endpoint": issuer + REVOKE,
        "jwks_uri": issuer + KEYS,
        "scopes_supported": sorted(SCOPES),
        "response_types_supported": [],
        "grant_types_supported": [GRANT],
        "token_endpoint_auth_methods_supported": METHODS,
        "revocation_endpoint_auth_methods_supported": METHODS,
    }


def _telling(content: Any) -> Callable[[Request], Awaitable[Response]]:
    async def tell(_request: Request) -> Response:
        return _json(200, content, MAX_AGE)

    return tell


class _Endpoint:
    """A form that a client posts, and what authlib makes of it."""

    def __init__(
        self,
        authority: Authority,
        wrong: Memory,
        respond: Callable[[Server, FormRequest], tuple[int, dict[str, Any]]],
    ) -> None:
        self._authority = authority
        self._wrong = wrong
        self._respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, limits.counted(receive, MOST_BYTES))
        try:
            response = await self._answer(request)
        except OAuth2Error as error:
            response = _told(error.status_code, dict(error.get_body()))
        except RequestError as error:
            response = _json(error.status, {"error": InvalidRequestError.error}, NO_STORE)
        except Unavailable as away:
            refused = answer.unavailable(away, scope.get("request_id", ""))
            headers = {**NO_STORE, "retry-after": str(refused.retry_after)}
            response = _json(refused.status, {"error": "temporarily_unavailable"}, headers)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        form = await _form(request)
        client_id = _claimed(request.headers, form)
        guess = (client_id, _address(request))
        after_one_more = _WRONG + await self._wrong.correct(guess, 0)
        if after_one_more > _RULE.capacity:
            headers = {**NO_STORE, "retry-after": str(_RULE.wait(after_one_more))}
            return _json(429, {"error": "slow_down"}, headers)
        authority, now = self._authority, dt.datetime.now(dt.UTC)
        row = await clients.find(authority.database, client_id)
        server = Server(authority, Partner(row, now) if row else None, now)
        asked = FormRequest(authority.issuer + request.url.path, request.headers, form)
        status, body = self._respond(server, asked)
        if body.get("error") == InvalidClientError.error:
            await self._wrong.correct(guess, _WRONG)
        if row is not None and server.revoked is not None:
            await self._take_back(row.workspace_id, server.revoked, now)
        return _told(status, body)

    async def _take_back(self, workspace_id: uuid.UUID, gone: Token, now: dt.datetime) -> None:
        assert gone.jti is not None  # noqa: S101 - every token of our own has one
        expires_at = dt.datetime.fromtimestamp(gone.expires, dt.UTC)
        await revocation.revoke(
            self._authority.database, workspace_id, gone.jti, expires_at=expires_at, now=now
        )
        self._authority.callers.forget()


def _told(status: int, body: dict[str, Any]) -> Response:
    """An answer of authlib's, but for who could not be let in: that is one, whatever is wrong."""
    if body.get("error") != InvalidClientError.error:
        return _json(status, body, NO_STORE)
    refused = {
        "error": InvalidClientError.error,
        "error_description": "There is no such client, or its secret is another.",
    }
    return _json(401, refused, {**NO_STORE, **CHALLENGE})


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises InvalidRequestError for what is none, and twice the same."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != FORM:
        message = f"Send {FORM}."
        raise InvalidRequestError(message)
    try:
        text = (await request.body()).decode()
        # A field without a value counts as left out (RFC 6749, 3.2).
        fields = urllib.parse.parse_qsl(text, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        message = "The form can't be read."
        raise InvalidRequestError(message) from None
    form = dict(fields)
    if len(form) < len(fields):
        message = "A field is there twice."
        raise InvalidRequestError(message)
    return form


def _claimed(headers: Mapping[str, str], form: dict[str, str]) -> uuid.UUID:
    """The client that somebody says they are. Raises InvalidClientError for what is no id."""
    try:
        return uuid.UUID(extract_basic_authorization(headers)[0] or form.get("client_id"))
    except (TypeError, ValueError):
        raise InvalidClientError from None


def _address(request: Request) -> uuid.UUID:
    """Where a request comes from, as a part of a bucket's key."""
    return uuid.uuid5(uuid.NAMESPACE_URL, request.client.host if request.client else "")


def _json(status: int, body: Any, headers: Mapping[str, str]) -> Response:
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
