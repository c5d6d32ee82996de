"""Which pages of browsers may open a WebSocket: browsers ask nobody before they open one."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers


def is_allowed(headers: Headers, others: frozenset[str]) -> bool:
    """Whether a handshake comes from no browser, from our own host, or from an allowed origin."""
    given = headers.getlist("origin")
    if not given:
        return True
    if len(given) > 1:
        return False
    origin = given[0].lower()
    return origin in others or (
        origin.startswith(("http://", "https://"))
        and urlsplit(origin).netloc == headers.get("host", "").lower()
    )
