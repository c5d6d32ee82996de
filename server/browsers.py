"""People in browsers: who is signed in, how a session begins and ends, and the pages for that."""

import datetime as dt
import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from auth import token
from auth.token import InvalidToken, Token
from auth.viewer import Viewer
from models.availability import Unavailable
from resolvers import revocation
from server import answer, pages
from server.answer import RequestError
from server.authority import Authority
from server.provider import Provider
from server.session import CLIENT, SIGN_OUT, Sessions, tells_origin

log = logging.getLogger("coaching.sign_in")

SIGN_IN, ACCOUNT = "/sign-in", "/account"

PATH = re.compile(r"/(?![/\\])[!-\[\]-~]{0,2000}")
"""A path of this site: nothing that a browser takes for another host, and nothing unprintable."""

ROLES = {"AGENT": "Agent", "SUPERVISOR": "Supervisor", "QA": "QA user", "PARTNER": "Partner"}

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsers:
    """Sessions of people, and their pages; `provider` is where they sign out, too."""

    authority: Authority
    sessions: Sessions
    provider: Provider | None

    def routes(self) -> list[Route]:
        """The paths for all, however they sign in."""
        return [
            Route("/", safely(self._home)),
            Route(SIGN_OUT, safely(self._out), methods=["GET", "POST"]),
            Route(ACCOUNT, safely(self._account)),
        ]

    async def signed_in(self, request: Request) -> tuple[Viewer, Token] | None:
        """Who is signed in, and by what, whoever made the browser ask."""
        text = self.sessions.kept(request)
        if text is None:
            return None
        try:
            proof = await self.authority.verifier.check(text)
        except InvalidToken:
            return None
        viewer = await self.authority.callers.find(proof)
        return None if viewer is None else (viewer, proof)

    def begin(self, user_id: uuid.UUID, to: str, id_token: str | None = None) -> Response:
        """Begin a session, and lead on."""
        issued = token.issue(
            self.authority.key,
            issuer=self.authority.issuer,
            audience=self.authority.audience,
            user_id=user_id,
            now=dt.datetime.now(dt.UTC),
            lifetime=self.sessions.lifetime,
            client_id=CLIENT,
        )
        response = lead(to)
        self.sessions.begin(response, issued, id_token)
        log.info("user %s signed in", user_id)
        return response

    async def _home(self, request: Request) -> Response:
        return lead("/graphql" if await self.signed_in(request) else SIGN_IN)

    async def _account(self, request: Request) -> Response:
        found = await self.signed_in(request)
        if found is None:
            return lead(f"{SIGN_IN}?next={ACCOUNT}")
        viewer, _ = found
        return pages.account(
            name=viewer.name,
            email=viewer.email,
            role=ROLES[viewer.role],
            workspace=viewer.workspace_name,
        )

    async def _out(self, request: Request) -> Response:
        found = await self.signed_in(request)
        if request.method == "POST" and not self.is_ours(request):
            return elsewhere(ACCOUNT)
        if found is None:
            response: Response = pages.told(
                "Signed out",
                "You are signed out. Close the browser if others use it, too.",
                status=200,
                href=SIGN_IN,
                label="Sign in again",
            )
        elif request.method == "POST":
            response = await self._end(*found, self.sessions.hint(request))
        else:
            return pages.ask_sign_out()
        self.sessions.end(response)
        return response

    async def _end(self, viewer: Viewer, proof: Token, id_token: str | None) -> Response:
        """Take the session's token back, so that no copy of it is good for anything."""
        assert proof.jti is not None  # noqa: S101 - every token of our own has one
        await revocation.revoke(
            self.authority.database,
            viewer.workspace_id,
            proof.jti,
            expires_at=dt.datetime.fromtimestamp(proof.expires, dt.UTC),
            now=dt.datetime.now(dt.UTC),
        )
        self.authority.callers.forget()
        log.info("user %s signed out", viewer.user_id)
        there = await self.provider.sign_out_url(id_token) if self.provider else None
        return pages.leave(there) if there else lead(SIGN_OUT)

    def is_ours(self, request: Request) -> bool:
        """Whether a form is one of our own pages'."""
        return self.sessions.is_own(request) and tells_origin(request)


def to_path(path: Any) -> str:
    """Where to go after signing in: a path of this site, and of no other."""
    is_ours = isinstance(path, str) and PATH.fullmatch(path) is not None
    return path if is_ours and not path.startswith((SIGN_IN, SIGN_OUT)) else ACCOUNT


def lead(path: str) -> RedirectResponse:
    """Go on there."""
    return RedirectResponse(path, 303, {"cache-control": "no-store"})


def away() -> Response:
    """A page for when the provider, or the database, is not there."""
    return pages.told(
        "Not at the moment",
        "Signing in does not work at the moment. It is not your fault.",
        status=503,
        href=SIGN_IN,
        label="Try again",
    )


def elsewhere(path: str) -> Response:
    """A page for a form of another site's; `path` is where to do it from here."""
    return pages.told(
        "Not from here",
        "A page of another site asked for this, so nothing was done.",
        status=403,
        href=path,
        label="Go on",
    )


def safely(handler: Handler) -> Handler:
    """A page for whatever a handler is stopped by."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except Unavailable as error:
            answer.unavailable(error, request.scope.get("request_id", ""))  # for the log
            return away()
        except RequestError as refused:
            return pages.told(
                "That did not work",
                refused.message,
                status=refused.status,
                href=SIGN_IN,
                label="Try again",
            )

    return handle
