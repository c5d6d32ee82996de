"""The provider of sign-in: OpenID Connect with authorization code and PKCE, by authlib."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.security import is_secure_transport
from authlib.integrations.starlette_client import OAuth, OAuthError, StarletteOAuth2App
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import RedirectResponse

from auth.token import ALGORITHMS, LEEWAY, LONGEST, Token
from server import key_set
from server.key_set import PATIENCE, REFRESH_SECONDS, NoKeySet
from server.settings import Settings, SettingsError

log = logging.getLogger("coaching.sign_in")
# Its debugging tells what only the browser and this server may know.
logging.getLogger("authlib").setLevel(logging.INFO)

WELL_KNOWN = "/.well-known/openid-configuration"
NEEDED = frozenset({"authorization_endpoint", "token_endpoint", "jwks_uri"})
ENDPOINTS = (*NEEDED, "userinfo_endpoint", "end_session_endpoint")
"""What is taken of what a provider says about itself."""

DEFAULT_ALGORITHMS = ("RS256",)
"""What ID tokens are signed with where a provider doesn't say."""


class ProviderAway(Exception):
    """The provider can't be reached, or does not tell what it is."""


class NotSignedIn(Exception):
    """The provider did not say who this is, or not so that it can be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who signed in, in the provider's words: its name for them, and an address if it is theirs.

    `id_token` is what it said so with, to sign out with.
    """

    subject: str
    email: str | None
    id_token: str

    def proof(self, issuer: str) -> Token:
        """Who this is, as `auth.viewer.Callers` look for somebody."""
        return Token(
            issuer=issuer,
            subject=self.subject,
            user_id=None,
            client_id=None,
            jti=None,
            scopes=None,
            expires=time.time(),
        )


class _App(StarletteOAuth2App):  # type: ignore[misc]  # authlib has no types
    """The client of authlib, which believes a provider no more than it has to.

    As it comes, it takes whatever issuer the metadata name, `none` and shared secrets among the
    algorithms, and settings of its own HTTP client.
    """

    issuer: str

    async def load_server_metadata(self) -> dict[str, Any]:
        """What the provider says about itself. Raises NoKeySet for what is no provider."""
        if not self.server_metadata:
            said = await self._fetched(self._server_metadata_url)
            if not isinstance(said, dict) or said.get("issuer") != self.issuer:
                raise NoKeySet(self._server_metadata_url)
            told: dict[str, Any] = {
                name: said[name] for name in ENDPOINTS if _is_address(said.get(name))
            }
            if missing := NEEDED - told.keys():
                raise NoKeySet(sorted(missing))
            self.client_kwargs["token_endpoint_auth_method"] = self._way_in(said)
            told |= {"issuer": self.issuer, "id_token_signing_alg_values_supported": _named(said)}
            self.server_metadata.update(told)
        return dict(self.server_metadata)

    async def fetch_jwk_set(self, force: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002
        """The provider's keys, but for those that no signature can be checked with."""
        metadata = await self.load_server_metadata()
        if force or "jwks" not in metadata:
            keys = key_set.parse(json.dumps(await self._fetched(metadata["jwks_uri"])))
            metadata["jwks"] = self.server_metadata["jwks"] = keys.as_dict(private=False)
        return dict(metadata["jwks"])

    def _way_in(self, said: dict[str, Any]) -> str:
        """How this client tells the provider that it is itself."""
        known = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if not self.client_secret:
            return "none"
        return "client_secret_basic" if "client_secret_basic" in known else "client_secret_post"

    async def _fetched(self, url: str) -> Any:
        how = {name: self.client_kwargs[name] for name in ("timeout", "verify")}
        async with httpx2.AsyncClient(**how) as client:
            return json.loads(await key_set.get(client, url))


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and is_secure_transport(value)


def _named(said: dict[str, Any]) -> list[str]:
    named = said.get("id_token_signing_alg_values_supported") or DEFAULT_ALGORITHMS
    return [each for each in ALGORITHMS if each in named]


class Provider:
    """Where people say who they are."""

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str | None,
        scopes: str,
        home: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.issuer = issuer
        self.client_id = client_id
        self._client_secret = client_secret
        self._scopes = scopes
        self._callback, self._signed_out = f"{home}/sign-in/callback", f"{home}/sign-out"
        self._clock = clock
        self._ssl = httpx2.create_ssl_context()  # takes long to make, and holds the event loop
        self._made: tuple[_App, float] | None = None

    async def ask(self, request: Request, *, anew: bool) -> RedirectResponse:
        """Send the browser to the provider, to sign in anew, or as who it is signed in as there.

        Raises ProviderAway.
        """
        app, how = self._app(), {"prompt": "login"} if anew else {}
        try:
            answer: RedirectResponse = await app.authorize_redirect(request, self._callback, **how)
        except _FAULTS as error:
            raise self._away(error) from error
        return answer

    async def person(self, request: Request) -> Person:
        """Who it is that comes back from the provider. Raises NotSignedIn or ProviderAway."""
        if request.query_params.get("iss", self.issuer) != self.issuer:
            raise NotSignedIn  # an answer of another provider's (RFC 9207)
        app = self._app()
        claims = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
        }
        try:
            token = await app.authorize_access_token(request, claims_options=claims, leeway=LEEWAY)
            said = token.get("userinfo")  # of the ID token, which has been checked
            if said is None:
                raise NotSignedIn
            if "email" not in said:
                said = await _with_email(app, token, said)
        except (OAuthError, JoseError) as error:
            log.warning("nobody was signed in: %r", error)
            raise NotSignedIn from error
        except _FAULTS as error:
            raise self._away(error) from error
        return Person(
            subject=_subject(said), email=_own_email(said), id_token=str(token["id_token"])
        )

    async def sign_out_url(self, id_token: str | None) -> str | None:
        """Where to sign out at the provider, too; None where that can't be done."""
        app = self._app()
        try:
            if "end_session_endpoint" not in await app.load_server_metadata():
                return None
            made = await app.create_logout_url(
                post_logout_redirect_uri=self._signed_out,
                id_token_hint=id_token,
                client_id=self.client_id,
            )
        except _FAULTS as error:
            self._away(error)
            return None
        return str(made["url"])

    def _app(self) -> _App:
        """The client of authlib, made anew every some minutes: what it learnt holds no longer."""
        app, until = self._made or (None, 0.0)
        if app is None or self._clock() >= until:
            oauth = OAuth()
            app = _App(
                oauth.framework_integration_cls("provider"),
                name="provider",
                client_id=self.client_id,
                client_secret=self._client_secret,
                server_metadata_url=self.issuer.rstrip("/") + WELL_KNOWN,
                client_kwargs={
                    "scope": self._scopes,
                    "code_challenge_method": "S256",
                    "timeout": PATIENCE,
                    "verify": self._ssl,
                },
            )
            app.issuer = self.issuer
            self._made = app, self._clock() + REFRESH_SECONDS
        return app

    def _away(self, error: Exception) -> ProviderAway:
        log.warning("the provider %s can't be asked: %r", self.issuer, error)
        return ProviderAway()


def of(settings: Settings) -> Provider | None:
    """The provider that the settings name, if any. Raises SettingsError where something lacks."""
    issuer, client_id, home = settings.oidc_issuer, settings.oidc_client_id, settings.public_url
    if issuer is None:
        return None
    if client_id is None or home is None:
        message = "COACHING_OIDC_ISSUER needs COACHING_OIDC_CLIENT_ID and COACHING_PUBLIC_URL."
        raise SettingsError(message)
    if settings.signing_key is None and settings.development_key is None:
        message = "COACHING_OIDC_ISSUER needs COACHING_SIGNING_KEY."
        raise SettingsError(message)
    return Provider(
        issuer=issuer,
        client_id=client_id,
        client_secret=settings.oidc_client_secret,
        scopes=settings.oidc_scopes,
        home=home,
    )


_FAULTS = (
    NoKeySet,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    ValueError,  # of what is no JSON
)


async def _with_email(app: _App, token: Any, said: dict[str, Any]) -> dict[str, Any]:
    """What the ID token said, with the address from where some providers keep it."""
    if "userinfo_endpoint" not in await app.load_server_metadata():
        return said
    found = await app.userinfo(token=token)
    if found.get("sub") != said["sub"]:
        return said
    return {**said, **{name: found.get(name) for name in ("email", "email_verified")}}


def _subject(said: dict[str, Any]) -> str:
    subject = said["sub"]
    if isinstance(subject, str) and 0 < len(subject) <= LONGEST and subject.isprintable():
        return subject
    raise NotSignedIn


def _own_email(said: dict[str, Any]) -> str | None:
    """The address, if the provider has seen that it is theirs."""
    email = said.get("email")
    return email if isinstance(email, str) and said.get("email_verified") is True else None
