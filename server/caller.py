"""Who a token is about, asked again and again while somebody stays connected."""

from collections.abc import Awaitable, Callable

from auth.token import InvalidToken, Verifier
from auth.viewer import Callers, Viewer

Find = Callable[[str], Awaitable[Viewer | None]]
"""The viewer of a token as of now; None where it proves nothing, or not any more.

Raises Unavailable.
"""


def finder(verifier: Verifier, callers: Callers) -> Find:
    """What finds the callers of this deployment."""

    async def find(token: str) -> Viewer | None:
        try:
            user_id = verifier.user_id(token)
        except InvalidToken:
            return None
        return await callers.find(user_id)

    return find


def bearer(header: str) -> str | None:
    """The token in an `Authorization` header."""
    scheme, _, token = header.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
