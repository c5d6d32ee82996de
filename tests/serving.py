"""Processes of the product, started as a user would start them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx2

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-c", "from server.command import main; main(prog_name='coaching')"]
PATIENCE = 90
"""Seconds that a process may take on a busy machine."""


def start(
    *arguments: str, output: int | IO[str] = subprocess.PIPE, **settings: str
) -> subprocess.Popen[str]:
    """A process with these settings and no others; its output goes to a pipe, or a file."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("COACHING_")}
    chosen = {f"COACHING_{name.upper()}": value for name, value in settings.items()}
    return subprocess.Popen(
        [*PROGRAM, *arguments],
        env={**inherited, "PYTHONPATH": str(ROOT), **chosen},
        stdout=output,
        stderr=output,
        text=True,
        start_new_session=True,
    )


@contextmanager
def serving(
    *arguments: str, output: int | IO[str] = subprocess.PIPE, **settings: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server that is ready, on the port that is named last, or any other that is free.

    Killed with its workers if the test does not stop it.
    """
    if "--port" not in arguments:
        arguments = (*arguments, "--port", str(free_port()))
    process = start(*arguments, output=output, **settings)
    try:
        url = f"http://127.0.0.1:{arguments[-1]}"
        deadline = time.monotonic() + PATIENCE
        while not is_ready(url):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline, "not ready"
            time.sleep(0.2)
        yield url, process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_ready(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/health/ready").status_code == 200
    except httpx2.TransportError:
        return False


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo, served from files of its own."""

    url: str
    log: Path
    settings: dict[str, Any]

    def authorization(self, user: str) -> str:
        """What a user of the demo sends to be known."""
        process = start("token", f"{user}@demo.example", **self.settings)
        token, _ = process.communicate(timeout=PATIENCE)
        return f"Bearer {token.strip()}"


@contextmanager
def demo(folder: Path) -> Iterator[Demo]:
    """The demo, served in a process, with all its files in a folder."""
    settings: dict[str, Any] = {
        "database_url": f"sqlite+aiosqlite:///{folder}/demo.sqlite3",
        "development_key": f"{folder}/key.json",
        # Who tries everything is to be answered, and not told to wait.
        "throttle_capacity": "1000000000",
        "throttle_rate": "1000000000",
    }
    log = folder / "server.log"
    with log.open("w") as output, serving("demo", output=output, **settings) as (url, _):
        yield Demo(f"{url}/graphql", log, settings)
