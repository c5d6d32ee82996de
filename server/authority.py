"""OAuth's own rules for partners' machines, as authlib knows them: grants, clients, errors.

Nothing here waits: what is asked of the database is asked before and after (`server.oauth`).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.errors import InvalidRequestError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from joserfc.jwk import ECKey

from auth import token
from auth.partner_scope import SCOPES
from auth.token import InvalidToken, Token, Verifier
from auth.viewer import Callers
from models import Client
from models.database import Database

GRANT: str = ClientCredentialsGrant.GRANT_TYPE

METHODS = ["client_secret_basic", "client_secret_post"]
"""How clients may show their secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who issues the product's own tokens, and what checks them."""

    issuer: str
    audience: str
    key: ECKey
    verifier: Verifier
    callers: Callers
    database: Database


class FormRequest(OAuth2Request):  # type: ignore[misc]  # authlib has no types
    """A form that was posted, as authlib reads it."""

    def __init__(self, url: str, headers: Mapping[str, str], form: dict[str, str]) -> None:
        super().__init__("POST", url, headers=headers)
        self.payload = BasicOAuth2Payload(form)
        self._form = form

    @property
    def form(self) -> dict[str, str]:
        return self._form


class Partner(ClientMixin):  # type: ignore[misc]  # authlib has no types
    """A client, as authlib asks about it."""

    def __init__(self, row: Client, now: dt.datetime) -> None:
        self.row = row
        self._now = now

    def get_client_id(self) -> str:
        """The id that it shows."""
        return str(self.row.id)

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What is asked for, by default all that the client has; None for more than that."""
        wanted = frozenset((scope or "").split()) or self.row.scopes
        return " ".join(sorted(wanted)) if wanted <= self.row.scopes else None

    def check_client_secret(self, client_secret: str) -> bool:
        return self.row.has_secret(client_secret, now=self._now)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002
        return method in METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == GRANT


class _Grant(ClientCredentialsGrant):  # type: ignore[misc]  # authlib has no types
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS


class Revocation(RevocationEndpoint):  # type: ignore[misc]  # authlib has no types
    """Takes back a token of the client that asks."""

    CLIENT_AUTH_METHODS = METHODS

    def check_params(self, request: FormRequest, client: Partner) -> None:  # noqa: ARG002
        """A hint is only one, and not needed."""
        if "token" not in request.form:
            raise InvalidRequestError

    def query_token(self, token_string: str, token_type_hint: str | None) -> Any:  # noqa: ARG002
        try:
            found = self.server.authority.verifier.check_now(token_string)
        except InvalidToken:
            return None  # what is good for nothing need not be revoked
        return _Issued(found)

    def revoke_token(self, token: "_Issued", request: FormRequest) -> None:  # noqa: ARG002
        self.server.revoked = token.token


@dataclass(frozen=True, slots=True)
class _Issued:
    """A token, as authlib asks about it."""

    token: Token

    def check_client(self, client: Partner) -> bool:
        return self.token.user_id is not None and self.token.client_id == client.get_client_id()


class Server(AuthorizationServer):  # type: ignore[misc]  # authlib has no types
    """authlib's server for one request, with the one client that it may be of."""

    def __init__(self, authority: Authority, partner: Partner | None, now: dt.datetime) -> None:
        super().__init__(scopes_supported=sorted(SCOPES))
        self.authority = authority
        self.revoked: Token | None = None
        self._partner = partner
        self._now = now
        self.register_grant(_Grant)
        self.register_endpoint(Revocation)
        generator = BearerTokenGenerator(self._issue, expires_generator=_seconds)
        self.register_token_generator("default", generator)

    def query_client(self, client_id: str) -> Partner | None:
        partner = self._partner
        return partner if partner and partner.get_client_id() == client_id else None

    def save_token(self, token: Any, request: Any) -> None:
        """Nothing: a token proves itself."""

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: FormRequest) -> FormRequest:
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> tuple[int, Any]:  # noqa: ARG002
        return status, body

    def _issue(self, client: Partner, grant_type: str, scope: str, **_: Any) -> str:
        authority = self.authority
        return token.issue(
            authority.key,
            issuer=authority.issuer,
            audience=authority.audience,
            user_id=client.row.user_id,
            now=self._now,
            lifetime=dt.timedelta(seconds=_seconds(client, grant_type)),
            client_id=client.get_client_id(),
            scope=scope,
        )

    def token_response(self, request: FormRequest) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer to who asks for a token."""
        told: tuple[int, dict[str, Any]] = self.create_token_response(request)
        return told

    def revocation_response(self, request: FormRequest) -> tuple[int, dict[str, Any]]:
        """The same for who takes one back, which `revoked` is then."""
        told: tuple[int, dict[str, Any]] = self.create_endpoint_response(
            Revocation.ENDPOINT_NAME, request
        )
        return told


def _seconds(client: Partner, _grant_type: str) -> int:
    return client.row.minutes * 60
