"""Who is calling: by the token of the `Authorization` header, or else of a browser's session."""

from starlette.requests import HTTPConnection
from starlette.types import Scope

from auth.token import InvalidToken, Verifier
from auth.viewer import Callers, Viewer
from server.session import Sessions


class Known:
    """Knows callers. `sessions` is None where nobody signs in with a browser."""

    def __init__(
        self, verifier: Verifier, callers: Callers, sessions: Sessions | None = None
    ) -> None:
        self._verifier = verifier
        self._callers = callers
        self._sessions = sessions

    def token(self, scope: Scope, header: str | None) -> str | None:
        """The token of a request or WebSocket, by its scope and `Authorization` header."""
        if header is not None:
            return bearer(header)
        return self._sessions.token(HTTPConnection(scope)) if self._sessions else None

    async def find(self, token: str) -> Viewer | None:
        """The viewer of a token as of now; None where it proves nothing, or not any more.

        To be asked again and again while somebody stays connected. Raises Unavailable.
        """
        try:
            proof = await self._verifier.check(token)
        except InvalidToken:
            return None
        return await self._callers.find(proof)

    def forget(self) -> None:
        """Forget what is remembered of users: something was written."""
        self._callers.forget()


def bearer(header: str) -> str | None:
    """The token in an `Authorization` header."""
    scheme, _, token = header.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
