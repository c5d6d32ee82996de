"""The limit: no GraphQL, no viewer; for each work one prepared statement whose value is the answer.

    python limit.py PORT SOCKET CONNECTIONS FILE

The statements are those of the folder `limit`; the file says, as JSON, how many rows each gives
and what it is about.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import asyncpg
import uvicorn

STATEMENTS = Path(__file__).parent / "limit"
# As bytes: what nobody here reads as text need not be decoded.
ENCODED = "SELECT convert_to(x::text, 'UTF8') FROM ({}) x(x)"


class App:
    """Answers /WORK with the value of its statement, on any connection that is free."""

    def __init__(self, socket: str, connections: int, told: dict[str, Any]) -> None:
        self.socket, self.connections, self.arguments = socket, connections, told["arguments"]
        # The size is written into the statement: with a parameter in its place, PostgreSQL would
        # not know how few rows it is about, and plan anew each time.
        self.statements = {
            name: (STATEMENTS / f"{name}.sql").read_text().replace("{first}", str(size))
            for name, size in told["sizes"].items()
        }
        self.free: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def prepare(self) -> None:
        """Open the connections, and prepare every statement on each."""
        for _ in range(self.connections):
            made = await asyncpg.connect(
                host=self.socket,
                user="coaching",
                database="coaching",
                server_settings={"timezone": "UTC", "plan_cache_mode": "force_generic_plan"},
            )
            prepared = {
                name: (await made.prepare(ENCODED.format(text))).fetchval
                for name, text in self.statements.items()
            }
            self.free.put_nowait(prepared)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await self.prepare()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            return
        work = scope["path"][1:]
        prepared = await self.free.get()
        try:
            body = await prepared[work](*self.arguments[work])
        finally:
            self.free.put_nowait(prepared)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    port, socket, connections, file = sys.argv[1:]
    app = App(socket, int(connections), json.loads(Path(file).read_text()))
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False)
