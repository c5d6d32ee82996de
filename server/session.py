"""A browser's session: an access token of the product's own, in a cookie that only its pages use.

A browser sends a cookie along with whatever request any page makes it send. So the cookie counts
only for requests that no page of another origin can have made.
"""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

CLIENT = "coaching-browser"
"""`client_id` of a session's token."""

PREFLIGHT = "graphql-require-preflight"
"""Header that a GET must have beside the cookie: a page of another origin has to ask first."""

SIGN_OUT = "/sign-out"
"""The path of signing out."""

MOST_BYTES = 3_800
"""Of a cookie's value: browsers drop those that have more than 4,096 with their names."""


class Sessions:
    """How browsers keep sessions, and for which requests these count.

    `origin` is where the product's pages are; without one, wherever a request says that they are,
    which is for the demo: a browser has a cookie for each name of a host. They last `lifetime`.
    """

    def __init__(self, *, origin: str | None, lifetime: dt.timedelta) -> None:
        self.lifetime = lifetime
        self._origin = origin
        self.is_secure = origin is not None and urlsplit(origin).scheme == "https"
        # The prefix makes a browser refuse the cookie from other hosts of the domain.
        self.cookie = "__Host-coaching" if self.is_secure else "coaching"
        self._hint = "__Secure-coaching-id-token" if self.is_secure else "coaching-id-token"

    def origin(self, connection: HTTPConnection) -> str:
        """Where the pages are that may use the session."""
        scheme = "https" if connection.url.scheme in {"https", "wss"} else "http"
        return self._origin or f"{scheme}://{connection.headers.get('host', '')}"

    def token(self, connection: HTTPConnection) -> str | None:
        """The session's token, where this request can only be one of the product's own pages.

        By GET it needs a header beside (`PREFLIGHT`), because a GET tells least of where it comes
        from. A WebSocket's first request is a GET without headers of a page's choosing, and always
        says of which origin that is.
        """
        found = self.kept(connection)
        if found is None or not self.is_own(connection):
            return None
        if connection.scope.get("method") == "GET":
            return found if connection.headers.get(PREFLIGHT) else None
        return found if tells_origin(connection) else None

    def kept(self, connection: HTTPConnection) -> str | None:
        """The session's token, whoever made the browser send it: for pages that do nothing."""
        return connection.cookies.get(self.cookie) or None

    def is_own(self, connection: HTTPConnection) -> bool:
        """Whether nothing tells that a page of another origin made the request."""
        origins = connection.headers.getlist("origin")
        sites = connection.headers.getlist("sec-fetch-site")
        return set(origins) <= {self.origin(connection)} and set(sites) <= {"same-origin"}

    def hint(self, connection: HTTPConnection) -> str | None:
        """The ID token that the session began with, to sign out with where it came from."""
        return connection.cookies.get(self._hint) or None

    def begin(self, response: Response, token: str, id_token: str | None) -> None:
        """Have the browser keep a session's token, and the ID token if a cookie can hold it."""
        seconds = int(self.lifetime.total_seconds())
        self._set(response, self.cookie, token, path="/", max_age=seconds)
        if id_token is not None and len(id_token) <= MOST_BYTES:
            self._set(response, self._hint, id_token, path=SIGN_OUT, max_age=seconds)

    def end(self, response: Response) -> None:
        """Have the browser forget them."""
        self._set(response, self.cookie, "", path="/", max_age=0)
        self._set(response, self._hint, "", path=SIGN_OUT, max_age=0)

    def _set(self, response: Response, name: str, value: str, **how: Any) -> None:
        response.set_cookie(
            name, value, secure=self.is_secure, httponly=True, samesite="lax", **how
        )


def tells_origin(connection: HTTPConnection) -> bool:
    """Whether the request says at all by what kind of page it was made."""
    return "origin" in connection.headers or "sec-fetch-site" in connection.headers
