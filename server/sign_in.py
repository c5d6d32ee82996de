"""Signing in at an OpenID provider: there, and back again."""

import logging
import uuid
from dataclasses import dataclass

from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resolvers import sign_in
from server import keys, pages
from server.browsers import SIGN_IN, Browsers, away, lead, safely, to_path
from server.provider import NotSignedIn, Person, Provider, ProviderAway

log = logging.getLogger("coaching.sign_in")

CALLBACK = f"{SIGN_IN}/callback"
ANEW = f"{SIGN_IN}?anew=yes"

LEFT_SECONDS = 600
"""For how long somebody may be at the provider."""


def routes(browsers: Browsers, provider: Provider) -> list[Route]:
    """The paths of signing in."""
    kept = [_kept_meanwhile(browsers)]
    return [
        Route(SIGN_IN, safely(_Ask(browsers, provider)), middleware=kept),
        Route(CALLBACK, safely(_Return(browsers, provider)), middleware=kept),
    ]


def _kept_meanwhile(browsers: Browsers) -> Middleware:
    """A cookie that holds what authlib must know again when somebody comes back."""
    sessions = browsers.sessions
    return Middleware(
        SessionMiddleware,
        secret_key=keys.derived(browsers.authority.key, "sign-in"),
        session_cookie=f"{'__Host-' if sessions.is_secure else ''}coaching-sign-in",
        max_age=LEFT_SECONDS,
        https_only=sessions.is_secure,
    )


@dataclass(frozen=True, slots=True)
class _Ask:
    """Sends the browser to the provider."""

    browsers: Browsers
    provider: Provider

    async def __call__(self, request: Request) -> Response:
        to, anew = to_path(request.query_params.get("next")), "anew" in request.query_params
        if not anew and await self.browsers.signed_in(request):
            return lead(to)
        try:
            response = await self.provider.ask(request, anew=anew)
        except ProviderAway:
            return away()
        request.session["next"] = to
        return response


@dataclass(frozen=True, slots=True)
class _Return:
    """Begins a session for who comes back from the provider."""

    browsers: Browsers
    provider: Provider

    async def __call__(self, request: Request) -> Response:
        to = to_path(request.session.get("next"))
        try:
            person = await self.provider.person(request)
        except ProviderAway:
            return away()
        except NotSignedIn:
            return pages.told(
                "That did not work",
                "You are not signed in: it took too long, was broken off, or was not begun here.",
                status=400,
                href=SIGN_IN,
                label="Try again",
            )
        request.session.clear()
        user_id = await self._user_id(person)
        if user_id is None:
            log.warning("no user may sign in as subject %r", person.subject)
            return pages.told(
                "No access",
                "You are who you say, but have no access here."
                " Whoever looks after Coaching where you work can give it to you.",
                status=403,
                href=ANEW,
                label="Sign in as somebody else",
            )
        return self.browsers.begin(user_id, to, person.id_token)

    async def _user_id(self, person: Person) -> uuid.UUID | None:
        authority = self.browsers.authority
        viewer = await authority.callers.find(person.proof(self.provider.issuer))
        if viewer is not None:
            return viewer.user_id
        if person.email is None:
            return None
        return await sign_in.claim(authority.database, person.email, person.subject)
