"""Who stays connected: looked up again every second, so that nobody stays who may not (V4).

A token that has expired, a user who is disabled: the row of a user is remembered for
`COACHING_CALLER_SECONDS`, so with its default of 2 whoever is revoked is gone within 3 seconds.
"""

import asyncio
import enum
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable

from auth.viewer import Viewer
from models.availability import Unavailable

Find = Callable[[str], Awaitable[Viewer | None]]
"""What finds the viewer of a token as of now (`server.caller.Known.find`)."""

SECONDS = 1.0
"""How often those who are connected are looked up."""


class Ending(enum.Enum):
    """Why a visit ends from our side."""

    GONE = "The access token is not valid any more."
    CLOSING = "The service is shutting down."


class TooMany(Exception):
    """A user has as many connections or subscriptions as they may; the message says so."""


class Visit:
    """One connection of a user. `ended` is told at most once, why we end it."""

    def __init__(self, token: str, user_id: uuid.UUID, ended: Callable[[Ending], None]) -> None:
        self.token = token
        self.user_id = user_id
        self._ended = ended

    def end(self, why: Ending) -> None:
        """Say that it is over."""
        self._ended(why)


class Presence:
    """The visits of this process; each user has so many connections and subscriptions at most."""

    def __init__(self, find: Find, *, connections: int, subscriptions: int) -> None:
        self.find = find
        self._most_connections = connections
        self._most_subscriptions = subscriptions
        self._visits: set[Visit] = set()
        self._connections: Counter[uuid.UUID] = Counter()
        self._subscriptions: Counter[uuid.UUID] = Counter()
        self._watching: asyncio.Task[None] | None = None
        self._closed = False

    def enter(self, token: str, viewer: Viewer, ended: Callable[[Ending], None]) -> Visit:
        """Have a connection looked after. Raises TooMany."""
        user_id = viewer.user_id
        _add(self._connections, user_id, self._most_connections, "connections that stay open")
        visit = Visit(token, user_id, ended)
        self._visits.add(visit)
        if self._closed:
            visit.end(Ending.CLOSING)
        elif self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        return visit

    def leave(self, visit: Visit) -> None:
        """Forget a connection."""
        self._visits.discard(visit)
        _take(self._connections, visit.user_id)

    def begin(self, visit: Visit) -> None:
        """Count a subscription. Raises TooMany."""
        _add(self._subscriptions, visit.user_id, self._most_subscriptions, "subscriptions")

    def finish(self, visit: Visit) -> None:
        """Count a subscription no more."""
        _take(self._subscriptions, visit.user_id)

    def stop(self) -> None:
        """Send everybody away, and let nobody in any more: the process is about to end."""
        self._closed = True
        for visit in list(self._visits):
            visit.end(Ending.CLOSING)

    async def close(self) -> None:
        """Look nobody up any more."""
        self.stop()
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})

    async def _watch(self) -> None:
        while self._visits:
            await asyncio.sleep(SECONDS)
            for token in {visit.token for visit in self._visits}:
                try:
                    found = await self.find(token)
                except Unavailable:
                    break  # nothing can be told either, until it is back
                if found is None:
                    for visit in [each for each in self._visits if each.token == token]:
                        visit.end(Ending.GONE)


def _add(counts: Counter[uuid.UUID], user_id: uuid.UUID, most: int, what: str) -> None:
    if counts[user_id] >= most:
        message = f"You have too many {what}: at most {most}."
        raise TooMany(message)
    counts[user_id] += 1


def _take(counts: Counter[uuid.UUID], user_id: uuid.UUID) -> None:
    counts[user_id] -= 1
    if not counts[user_id]:
        del counts[user_id]
