"""Load: one request again and again, on several connections that are kept, for some seconds.

    python -m benchmarks.load < TASK

A process of its own, and of little cost: it reads no bodies, but it holds the status and the
length of each answer to those of the first. Prints what it saw as JSON.
"""

import asyncio
import json
import resource
import sys
import time
from typing import Any

OK = b"HTTP/1.1 200 "
LENGTH = b"content-length:"


class BrokenAnswerError(Exception):
    """An answer is none that can be measured; says what stood there."""


class Connection(asyncio.Protocol):
    """One kept connection; the next request is sent when an answer is complete."""

    def __init__(self, wire: bytes, until: float, times: list[float], lengths: set[int]) -> None:
        self.wire, self.until, self.times, self.lengths = wire, until, times, lengths
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: Any = None
        self.head = b""
        self.missing = 0
        self.begun = 0.0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._send()

    def _send(self) -> None:
        self.begun = time.perf_counter()
        self.transport.write(self.wire)

    def data_received(self, data: bytes) -> None:
        if self.missing:
            self.missing -= len(data)
        else:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            body = len(self.head) - end - 4
            length = _length(self.head[:end])
            self.lengths.add(length)
            self.missing, self.head = length - body, b""
        if self.missing == 0:
            now = time.perf_counter()
            self.times.append(now - self.begun)
            if now < self.until:
                self._send()
            else:
                self.transport.close()
                self.done.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or BrokenAnswerError("the server hung up"))


def _length(head: bytes) -> int:
    if not head.startswith(OK):
        raise BrokenAnswerError(head.decode("latin-1"))
    lower = head.lower()
    place = lower.find(LENGTH)
    if place < 0:
        raise BrokenAnswerError(f"no content-length: {head.decode('latin-1')}")
    return int(lower[place + len(LENGTH) :].split(b"\r\n", 1)[0])


async def run(port: int, wire: bytes, connections: int, seconds: float) -> dict[str, Any]:
    """Load a server; times in seconds."""
    times: list[float] = []
    lengths: set[int] = set()
    loop = asyncio.get_running_loop()
    # What a callback raises would only be logged.
    failed: asyncio.Future[None] = loop.create_future()
    loop.set_exception_handler(lambda _, told: failed.done() or failed.set_exception(told["exception"]))
    before, begun = _cpu(), time.perf_counter()
    until = begun + seconds
    made = [
        (await loop.create_connection(lambda: Connection(wire, until, times, lengths), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    answered = asyncio.gather(*(each.done for each in made))
    await asyncio.wait({answered, failed}, return_when=asyncio.FIRST_COMPLETED, timeout=seconds + 30)
    if failed.done():
        failed.result()
    if not answered.done():
        raise BrokenAnswerError("no answer for 30 seconds")
    answered.result()
    took = time.perf_counter() - begun
    return {"seconds": took, "times": times, "lengths": sorted(lengths), "cpu": _cpu() - before}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    task = json.load(sys.stdin)
    task["wire"] = task["wire"].encode()
    json.dump(asyncio.run(run(**task)), sys.stdout)
