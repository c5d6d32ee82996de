"""The process that delivers webhooks. Several may run at once: the database divides the work.

At each step it hands out what is new in the outbox, claims what may be tried, and tries it, each
delivery in a task of its own. A step follows as soon as a try has ended, when PostgreSQL tells of
new events, or else after a second.
"""

import asyncio
import datetime as dt
import logging
import random
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from models import Webhook, WebhookDelivery
from models.availability import Unavailable
from models.database import Database
from resolvers import webhook_delivery
from server import hearing
from server.webhook_sending import MOST_CONNECTIONS, Sender

log = logging.getLogger("coaching.webhooks")

POLL_SECONDS = 1
"""How long to wait where nobody tells of anything new."""

REST_SECONDS = 0.02
"""How long to wait between steps even so: what comes close together is done together."""

FORGET_EVERY = dt.timedelta(hours=1)

MOST_AT_ONCE = 8
"""Most deliveries that a process tries at one receiver at once."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Worker:
    """Delivers webhooks. `clock` gives the time, `chance` another number from 0 to 1 each time."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        *,
        clock: Callable[[], dt.datetime] = _now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._sender = sender
        self._clock = clock
        self._chance = chance
        self._woken = asyncio.Event()
        self._stopped = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._trying: Counter[uuid.UUID] = Counter()
        self._forget_at = clock()

    async def run(self) -> None:
        """Deliver until stopped, then wait for what is being tried. A database may come and go."""
        hears = hearing.begin(self._database, self._woken.set, lambda _: self._woken.set())
        while not self._stopped:
            self._woken.clear()
            try:
                await self.step()
            except Unavailable as error:
                log.warning("the database does not answer: %s", error)
            await asyncio.sleep(REST_SECONDS)
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._woken.wait()
        await self.drain()
        if hears is not None:
            hears.cancel()
            await asyncio.wait({hears})

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped = True
        self._woken.set()

    async def step(self) -> int:
        """Begin to try what may be tried now; how many deliveries."""
        now = self._clock()
        if now >= self._forget_at:
            await webhook_delivery.forget(self._database, now=now)
            self._forget_at = now + FORGET_EVERY
        begun = 0
        for each in await webhook_delivery.waiting(self._database, now):
            to = each.webhook
            if each.has_news and await webhook_delivery.hand_out(self._database, to, now=now):
                self._woken.set()
            free = min(MOST_AT_ONCE - self._trying[to.id], MOST_CONNECTIONS - len(self._tasks))
            if free > 0:
                claimed = await webhook_delivery.claim(self._database, to, most=free, now=now)
                for delivery in claimed:
                    self._begin(to, delivery)
                begun += len(claimed)
        return begun

    async def drain(self) -> None:
        """Wait for what is being tried."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, to: Webhook, delivery: WebhookDelivery) -> None:
        task = asyncio.create_task(self._deliver(to, delivery))
        self._tasks.add(task)
        self._trying[to.id] += 1

        def done(ended: asyncio.Task[None]) -> None:
            self._tasks.discard(ended)
            self._trying[to.id] -= 1
            self._woken.set()
            if not ended.cancelled() and (error := ended.exception()):
                # Its claim runs out, and it is tried again.
                log.error("event %s for %s failed here", delivery.event_id, to.url, exc_info=error)

        task.add_done_callback(done)

    async def _deliver(self, to: Webhook, delivery: WebhookDelivery) -> None:
        outcome = await self._sender.send(to, delivery, self._clock())
        what = f"event {delivery.event_id} for {to.url}, try {delivery.tries}"
        if outcome.error:
            log.warning("%s: %s", what, outcome.error)
        try:
            await webhook_delivery.end(
                self._database, delivery, outcome, now=self._clock(), chance=self._chance()
            )
        except Unavailable as error:
            log.warning("%s: not written down, and to be tried again: %s", what, error)
