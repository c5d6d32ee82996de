"""`/health/ready`: whether operations can be answered."""

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.availability import Unavailable
from models.database import Database
from models.session import lacks_wall
from server import migration

log = logging.getLogger("coaching.server")

SECONDS = 3
"""How long the database may take to show that it is there."""

READY = "ready"
AWAY = "no database"
OUTDATED = "database not migrated"
UNWRITABLE = "database not writable"


class Readiness:
    """Asks the database, once for all who want to know at the same time.

    A question that gets no answer in time is not asked again while it is open: when the database
    goes on, so does the question.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asking: asyncio.Task[dict[str, str]] | None = None

    async def answer(self, _request: Request) -> Response:
        """Answer with the status, and 503 unless that is `ready`.

        A PostgreSQL without its wall serves, but says so.
        """
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        done, _ = await asyncio.wait({self._asking}, timeout=SECONDS)
        if done:
            body = self._asking.result()
        else:
            log.warning("not ready: the database has not answered for %s s", SECONDS)
            body = {"status": AWAY}
        return JSONResponse(body, 200 if body["status"] == READY else 503)

    async def _ask(self) -> dict[str, str]:
        try:
            async with self._database.connect() as connection:
                outdated = await connection.run_sync(migration.missing)
                unwalled = lacks_wall(connection)
        except Unavailable as error:
            log.warning("not ready: the database is away: %s", error)
            return {"status": AWAY}
        if outdated:
            return {"status": OUTDATED}
        if not self._database.is_writable:
            return {"status": UNWRITABLE}
        return {"status": READY, **({"rowSecurity": "off"} if unwalled else {})}

    async def close(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait({self._asking})
