"""Gives every request an id, which logs and answers share."""

import re
import uuid

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-request-id"
_RAW = HEADER.encode()
GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestId:
    """Takes a sensible id from the client, or makes one; answers with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        raw = next((value for name, value in scope["headers"] if name == _RAW), b"")
        given = raw.decode("latin-1")
        request_id = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        scope["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = (_RAW, request_id.encode())
                message["headers"] = [*message.get("headers", ()), sent]
            await send(message)

        await self.app(scope, receive, send_with_id)
