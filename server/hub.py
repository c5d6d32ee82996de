"""New events, read once for all who listen in this process, and put where each can take them.

A workspace that somebody listens to has a reader, which goes through its outbox from where it was
when the first of them came. It reads when it hears of new events, and every second in any case:
what was told may not be settled yet, another process may have written where nobody tells of it
(SQLite), and the connection that tells may be lost. So after any fault it goes on from its place.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable

from models.availability import Unavailable
from models.database import Database
from models.wall import STAFF, Identity
from resolvers import outbox
from resolvers.outbox import Change, Place
from server import hearing

log = logging.getLogger("coaching.server")

POLL_SECONDS = 1.0
"""How long at most until somebody looks whether there is anything new."""

SOON_SECONDS = 0.03
"""When to look again after nothing was found of what was told; doubled each time."""

MOST_WAITING = 100
"""Changed objects that wait for one subscriber."""

BATCH = 500
"""Events that are read at once."""


class Missed(Exception):
    """More has changed than could wait for this subscriber: some of it is lost."""


class Mailbox:
    """Changes that wait for one subscriber, the oldest first, each object once.

    What is told of an object is what it is by then, so that a second change of it has nothing to
    add while the first one waits. The first is kept: it says when the object was made.
    """

    def __init__(self, wants: Callable[[Change], bool]) -> None:
        self._wants = wants
        self._waiting: dict[tuple[str, uuid.UUID], Change] = {}
        self._there = asyncio.Event()
        self._missed = False

    def put(self, change: Change) -> None:
        """Have a change wait, if it is wanted."""
        key = (change.kind, change.subject_id)
        if self._missed or key in self._waiting or not self._wants(change):
            return
        if len(self._waiting) >= MOST_WAITING:
            self._missed = True
            self._waiting.clear()
        else:
            self._waiting[key] = change
        self._there.set()

    async def take(self) -> Change:
        """The next change. Raises Missed."""
        while not self._waiting:
            if self._missed:
                raise Missed
            self._there.clear()
            await self._there.wait()
        return self._waiting.pop(next(iter(self._waiting)))


class _Reader:
    """Reads one workspace's events for all of its mailboxes."""

    def __init__(self, database: Database, workspace_id: uuid.UUID, place: Place) -> None:
        self.boxes: set[Mailbox] = set()
        self.told = asyncio.Event()
        self.task = asyncio.create_task(self._run())
        self._database = database
        self._workspace_id = workspace_id
        self._place = place

    async def _run(self) -> None:
        pause, away = POLL_SECONDS, False
        while True:
            try:
                async with asyncio.timeout(pause):
                    await self.told.wait()
                pause = SOON_SECONDS
            except TimeoutError:
                pause = min(2 * pause, POLL_SECONDS)
            self.told.clear()
            try:
                await self._read()
                away = False
            except Unavailable as error:
                if not away:
                    log.warning("live updates wait: the database is away: %s", error)
                away = True

    async def _read(self) -> None:
        more = True
        while more:
            who = staff(self._workspace_id)
            async with self._database.read(who) as session:
                events = await outbox.after(session, self._workspace_id, self._place, BATCH)
            for event in events:
                change = Change.of(event)
                for box in self.boxes:
                    box.put(change)
            if events:
                self._place = Place.behind(events[-1])
            more = len(events) == BATCH


class Hub:
    """The readers of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._readers: dict[uuid.UUID, _Reader] = {}
        self._listening: asyncio.Task[None] | None = None

    async def join(self, workspace_id: uuid.UUID, wants: Callable[[Change], bool]) -> Mailbox:
        """A mailbox that gets all that changes from now on. Raises Unavailable."""
        if workspace_id not in self._readers:
            async with self._database.read(staff(workspace_id)) as session:
                place = await outbox.end(session, workspace_id)
            # Another may have come first meanwhile.
            if workspace_id not in self._readers:
                self._readers[workspace_id] = _Reader(self._database, workspace_id, place)
        box = Mailbox(wants)
        self._readers[workspace_id].boxes.add(box)
        if self._listening is None:
            self._listening = hearing.begin(self._database, self._wake_all, self._heard)
        return box

    def leave(self, workspace_id: uuid.UUID, box: Mailbox) -> None:
        """Take a mailbox away; with its last one, a reader ends."""
        reader = self._readers[workspace_id]
        reader.boxes.discard(box)
        if not reader.boxes:
            reader.task.cancel()
            del self._readers[workspace_id]
        if not self._readers and self._listening is not None:
            self._listening.cancel()
            self._listening = None

    def wake(self, workspace_id: uuid.UUID) -> None:
        """Look for new events of a workspace at once."""
        if reader := self._readers.get(workspace_id):
            reader.told.set()

    async def close(self) -> None:
        """End all readers."""
        tasks = [reader.task for reader in self._readers.values()]
        tasks += [self._listening] if self._listening else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _heard(self, text: str) -> None:
        self.wake(uuid.UUID(text))

    def _wake_all(self) -> None:
        for workspace_id in self._readers:
            self.wake(workspace_id)


def staff(workspace_id: uuid.UUID) -> Identity:
    """For whom events are read: all of a workspace's, before anybody is told of any."""
    return Identity(role=STAFF, workspace=str(workspace_id))
