"""Hearing of new events while a process lasts, however often the connection is lost."""

import asyncio
import logging
from collections.abc import Callable

from models import listening
from models.availability import Unavailable
from models.database import Database

log = logging.getLogger("coaching.server")

BACK_OFF_SECONDS = (0.5, 1, 2, 5)
"""When to connect again after the connection that tells of events was lost, or is not to be had."""


def begin(
    database: Database, begun: Callable[[], None], heard: Callable[[str], None]
) -> asyncio.Task[None] | None:
    """A task that hears of events until it is cancelled; None where the database tells of none.

    `begun` is called each time when nothing more is missed, `heard` with the id of each workspace
    that has new events.
    """
    if not listening.can_listen(database.engine.dialect):
        return None
    return asyncio.create_task(_hear(database, begun, heard))


async def _hear(
    database: Database, begun: Callable[[], None], heard: Callable[[str], None]
) -> None:
    failed = 0

    def begun_again() -> None:
        nonlocal failed
        failed = 0
        begun()

    while True:
        try:
            await listening.listen(database.engine, begun_again, heard)
        except Unavailable as error:
            log.warning("not told of new events, looking every second: %s", error)
        await asyncio.sleep(BACK_OFF_SECONDS[min(failed, len(BACK_OFF_SECONDS) - 1)])
        failed += 1
