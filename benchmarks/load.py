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
PATIENCE = 30
"""Seconds that the last answers may take."""


class BrokenAnswerError(Exception):
    """An answer is no success, or does not say how long it is."""


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
            length = _length(self.head[:end])
            if length is None:
                self._end(BrokenAnswerError(self.head.decode("latin-1")))
                return
            self.lengths.add(length)
            self.missing = length - (len(self.head) - end - 4)
            self.head = b""
        if self.missing == 0:
            now = time.perf_counter()
            self.times.append(now - self.begun)
            if now < self.until:
                self._send()
            else:
                self._end(None)

    def _end(self, error: Exception | None) -> None:
        if not self.done.done():
            if error is None:
                self.done.set_result(None)
            else:
                self.done.set_exception(error)
        self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or ConnectionResetError("the server hung up"))


def _length(head: bytes) -> int | None:
    """The length of an answer that is a success and says how long it is."""
    lower = head.lower()
    place = lower.find(LENGTH)
    if not head.startswith(OK) or place < 0:
        return None
    return int(lower[place + len(LENGTH) :].split(b"\r\n", 1)[0])


async def run(port: int, wire: bytes, connections: int, seconds: float) -> dict[str, Any]:
    """Load a server; times in seconds."""
    times: list[float] = []
    lengths: set[int] = set()
    loop = asyncio.get_running_loop()
    before, begun = _cpu(), time.perf_counter()
    until = begun + seconds
    made = [
        await loop.create_connection(
            lambda: Connection(wire, until, times, lengths), "127.0.0.1", port
        )
        for _ in range(connections)
    ]
    async with asyncio.timeout(seconds + PATIENCE):
        await asyncio.gather(*(each.done for _, each in made))
    took = time.perf_counter() - begun
    return {"seconds": took, "times": times, "lengths": sorted(lengths), "cpu": _cpu() - before}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    task = json.load(sys.stdin)
    task["wire"] = task["wire"].encode()
    json.dump(asyncio.run(run(**task)), sys.stdout)
