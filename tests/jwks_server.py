"""A small server of public keys, as a provider of sign-in has one."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc.jwk import KeySet

KEYS, CONFIGURATION = "/keys", "/.well-known/openid-configuration"


class Provider:
    """What the server answers, which tests change, and how often it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[str] = []
        self.status = 200
        self.seconds = 0.0
        self.headers: dict[str, str] = {}
        self.bodies: dict[str, bytes] = {}

    def publish(self, *keys: Any, beside: tuple[Any, ...] = ()) -> None:
        """Have these keys, and these other members of the set."""
        content: Any = KeySet(list(keys)).as_dict(private=False)
        self.bodies[KEYS] = json.dumps({"keys": [*beside, *content["keys"]]}).encode()


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers from a thread of its own until this ends."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            time.sleep(made.seconds)
            body = made.bodies.get(self.path, b"")
            self.send_response(made.status)
            for name, value in {"content-length": str(len(body)), **made.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
