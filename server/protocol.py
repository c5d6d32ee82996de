"""HTTP/1.1 and WebSockets as uvicorn speaks them, but for a few answers that are our own."""

import h11
import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from server import media_type
from server.answer import Code, RequestError

STOP = "stop"
"""In the state of the application: what sends away all who stay connected."""

CLOSE_SECONDS = 3
"""How long a client may take to say goodbye when the process is about to end."""

MESSAGE = "The request is not HTTP, or its head is too long."
NO_HTTP = RequestError(400, Code.BAD_USER_INPUT, MESSAGE)


class Protocol(H11Protocol):
    """Refuses in JSON, as the application does, and only where an answer may still be sent."""

    def shutdown(self) -> None:
        """End streams, too: they would go on for ever."""
        self.app_state[STOP]()
        super().shutdown()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Answer bytes that are no request, and hang up."""
        # After an early answer, such as that a body is too long, junk may follow: to answer that,
        # too, would be a fault of ours in the middle of uvicorn.
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            body = orjson.dumps(NO_HTTP.body())
            headers = [
                (b"content-type", f"{media_type.JSON}; charset=utf-8".encode()),
                (b"content-length", str(len(body)).encode()),
                (b"connection", b"close"),
            ]
            head = h11.Response(status_code=NO_HTTP.status, headers=headers, reason=b"Bad Request")
            for event in (head, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """Lets the application say goodbye: clients connect again after 1001, going away."""

    def shutdown(self) -> None:
        """Have the application close this connection with all others."""
        self.close_timeout = CLOSE_SECONDS
        if self.handshake_complete and not self.close_sent:
            self.app_state[STOP]()
        else:
            super().shutdown()
