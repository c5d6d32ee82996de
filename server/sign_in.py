"""Signing in with a browser, and out: the pages, and the sessions that begin and end there."""

import datetime as dt
import logging
import re
import urllib.parse
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from auth import token
from auth.token import InvalidToken, Token
from auth.viewer import Viewer
from models.availability import Unavailable
from models.errors import Refusal
from resolvers import account, revocation, sign_in
from server import answer, demo, keys, limits, pages
from server.answer import RequestError
from server.authority import Authority
from server.provider import NotSignedIn, Person, Provider, ProviderAway
from server.session import CLIENT, SIGN_OUT, Sessions, tells_origin

log = logging.getLogger("coaching.sign_in")

SIGN_IN, CALLBACK, ACCOUNT = "/sign-in", "/sign-in/callback", "/account"
ANEW = f"{SIGN_IN}?anew=yes"

LEFT_SECONDS = 600
"""For how long somebody may be at the provider."""

MOST_BYTES = 16_384
"""Of a form."""

PATH = re.compile(r"/(?![/\\])[!-\[\]-~]{0,2000}")
"""A path of this site: nothing that a browser takes for another host, and nothing unprintable."""

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsers:
    """Pages for people in browsers. Without a provider, anybody may be anyone: the demo."""

    authority: Authority
    sessions: Sessions
    provider: Provider | None

    def routes(self) -> list[Route]:
        """The paths of signing in and out."""
        if self.provider is None:
            ways = [
                Route(SIGN_IN, _safely(self._choice)),
                Route(SIGN_IN, _safely(self._chosen), methods=["POST"]),
            ]
        else:
            ask, back = _Asking(self, self.provider), _Returning(self, self.provider)
            kept = [self._kept_meanwhile()]
            ways = [
                Route(SIGN_IN, _safely(ask), middleware=kept),
                Route(CALLBACK, _safely(back), middleware=kept),
            ]
        return [
            Route("/", _safely(self._home)),
            *ways,
            Route(SIGN_OUT, _safely(self._out), methods=["GET", "POST"]),
            Route(ACCOUNT, _safely(self._account)),
        ]

    def _kept_meanwhile(self) -> Middleware:
        """A cookie that holds what authlib must know again when somebody comes back."""
        prefix = "__Host-" if self.sessions.is_secure else ""
        return Middleware(
            SessionMiddleware,
            secret_key=keys.derived(self.authority.key, "sign-in"),
            session_cookie=f"{prefix}coaching-sign-in",
            max_age=LEFT_SECONDS,
            https_only=self.sessions.is_secure,
        )

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
        response = _lead(to)
        self.sessions.begin(response, issued, id_token)
        log.info("user %s signed in", user_id)
        return response

    async def _home(self, request: Request) -> Response:
        return _lead("/graphql" if await self.signed_in(request) else SIGN_IN)

    async def _account(self, request: Request) -> Response:
        found = await self.signed_in(request)
        if found is None:
            return _lead(f"{SIGN_IN}?next={ACCOUNT}")
        viewer, _ = found
        return pages.account(
            name=viewer.name,
            email=viewer.email,
            role=ROLES[viewer.role],
            workspace=viewer.workspace_name,
        )

    async def _choice(self, request: Request) -> Response:
        database = self.authority.database.everywhere()
        choices = []
        for email in demo.PEOPLE:
            try:
                user = await account.find_user(database, email)
            except Refusal:
                continue  # another workspace was there before the demo
            choices.append(pages.Choice(email, user.name, demo.WHO[email]))
        if not choices:
            return pages.told(
                "Nobody to sign in as",
                "This database has workspaces of its own, and no demo.",
                status=404,
                href="/graphql",
                label="Open GraphiQL",
            )
        return pages.choose(choices, _to(request.query_params.get("next")))

    async def _chosen(self, request: Request) -> Response:
        if not self._is_ours(request):
            return _elsewhere(SIGN_IN)
        form = await _form(request)
        if form.get("user") not in demo.PEOPLE:
            return _lead(SIGN_IN)
        database = self.authority.database.everywhere()
        try:
            user = await account.find_user(database, form["user"])
        except Refusal:
            return _lead(SIGN_IN)
        return self.begin(user.id, _to(form.get("next")))

    async def _out(self, request: Request) -> Response:
        found = await self.signed_in(request)
        if request.method == "POST" and not self._is_ours(request):
            return _elsewhere(ACCOUNT)
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
        return pages.leave(there) if there else _lead(SIGN_OUT)

    def _is_ours(self, request: Request) -> bool:
        """Whether a form is one of our own pages'."""
        return self.sessions.is_own(request) and tells_origin(request)


@dataclass(frozen=True, slots=True)
class _Asking:
    """Sends the browser to the provider."""

    browsers: Browsers
    provider: Provider

    async def __call__(self, request: Request) -> Response:
        to, anew = _to(request.query_params.get("next")), "anew" in request.query_params
        if not anew and await self.browsers.signed_in(request):
            return _lead(to)
        try:
            response = await self.provider.ask(request, anew=anew)
        except ProviderAway:
            return _away()
        request.session["next"] = to
        return response


@dataclass(frozen=True, slots=True)
class _Returning:
    """Begins a session for who comes back from the provider."""

    browsers: Browsers
    provider: Provider

    async def __call__(self, request: Request) -> Response:
        to = _to(request.session.get("next"))
        try:
            person = await self.provider.person(request)
        except ProviderAway:
            return _away()
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


ROLES = {"AGENT": "Agent", "SUPERVISOR": "Supervisor", "QA": "QA user", "PARTNER": "Partner"}


def _to(path: Any) -> str:
    """Where to go after signing in: a path of this site, and of no other."""
    is_ours = isinstance(path, str) and PATH.fullmatch(path) is not None
    return path if is_ours and not path.startswith((SIGN_IN, SIGN_OUT)) else ACCOUNT


def _lead(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303, {"cache-control": "no-store"})


def _away() -> Response:
    return pages.told(
        "Not at the moment",
        "Signing in does not work at the moment. It is not your fault.",
        status=503,
        href=SIGN_IN,
        label="Try again",
    )


def _elsewhere(path: str) -> Response:
    return pages.told(
        "Not from here",
        "A page of another site asked for this, so nothing was done.",
        status=403,
        href=path,
        label="Go on",
    )


def _safely(handler: Handler) -> Handler:
    """A page for whatever a handler is stopped by."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except Unavailable as away:
            answer.unavailable(away, request.scope.get("request_id", ""))
            return _away()
        except RequestError as refused:
            return pages.told(
                "That did not work",
                refused.message,
                status=refused.status,
                href=SIGN_IN,
                label="Try again",
            )

    return handle


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form of ours. Raises RequestError for a long one."""
    limited = Request(request.scope, limits.counted(request.receive, MOST_BYTES))
    text = (await limited.body()).decode(errors="replace")
    return dict(urllib.parse.parse_qsl(text))
