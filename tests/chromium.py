"""A real Chromium, told what to do through its DevTools protocol.

SCREENSHOTS=FOLDER keeps pictures of what tests came by.
"""

import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from websockets.sync.client import ClientConnection, connect

PROGRAM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--remote-debugging-port=0",
)
PATIENCE = 60
"""Seconds that something may take on a busy machine."""


class Page:
    """One page of the browser, used as a person would: by what stands there, mouse and keys."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)

    def tell(self, method: str, **parameters: Any) -> Any:
        """One command of the protocol, and its result."""
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._connection.recv(timeout=PATIENCE))
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]

    def run(self, script: str) -> Any:
        """What a script of the page comes to; None where the page went away meanwhile."""
        try:
            told = self.tell(
                "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
            )
        except AssertionError:
            return None
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def go(self, url: str) -> None:
        self.tell("Page.navigate", url=url)
        self.until(lambda: self.run("document.readyState") == "complete")

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, self.run("location.href + document.body.innerText")
            time.sleep(0.05)

    def comes_to(self, heading: str) -> None:
        """Wait for a page by its heading."""
        self.until(
            lambda: self.heading == heading and self.run("document.readyState") == "complete"
        )

    @property
    def heading(self) -> str | None:
        found: str | None = self.run("document.querySelector('h1')?.innerText")
        return found

    @property
    def text(self) -> str:
        return str(self.run("document.body.innerText"))

    @property
    def address(self) -> str:
        return str(self.run("location.href"))

    def click(self, selector: str) -> None:
        """Click into the middle of an element."""
        where = json.dumps(selector)
        self.run(f"document.querySelector({where}).scrollIntoView()")
        box = self.run(f"document.querySelector({where}).getBoundingClientRect().toJSON()")
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for kind in ("mousePressed", "mouseReleased"):
            self.tell("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def write(self, selector: str, text: str) -> None:
        self.click(selector)
        self.tell("Input.insertText", text=text)

    def press(self, key: str) -> None:
        """Press a key such as `Tab` or `Enter`."""
        codes = {"Tab": 9, "Enter": 13, "ArrowDown": 40}
        said = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        text = {"text": "\r"} if key == "Enter" else {}
        self.tell("Input.dispatchKeyEvent", type="keyDown", **said, **text)
        self.tell("Input.dispatchKeyEvent", type="keyUp", **said)

    def size(self, width: int, height: int) -> None:
        self.tell(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def keep_picture(self, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            taken = self.tell("Page.captureScreenshot")["data"]
            Path(folder, f"{name}.png").write_bytes(base64.b64decode(taken))


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """A page of a browser that is new, and keeps its things in a folder."""
    process = subprocess.Popen(
        [PROGRAM, *FLAGS, f"--user-data-dir={folder}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with connect(_address(process, folder), max_size=None) as connection:
            page = Page(connection)
            page.size(1000, 760)
            yield page
    finally:
        process.terminate()
        process.wait()


def _address(process: "subprocess.Popen[bytes]", folder: Path) -> str:
    """Where the browser's first page is spoken to."""
    told, deadline = folder / "DevToolsActivePort", time.monotonic() + PATIENCE
    while not (told.exists() and "\n" in told.read_text()):
        assert process.poll() is None
        assert time.monotonic() < deadline, "the browser is not ready"
        time.sleep(0.1)
    port = told.read_text().splitlines()[0]
    for each in httpx2.get(f"http://127.0.0.1:{port}/json/list").json():
        if each["type"] == "page":
            return str(each["webSocketDebuggerUrl"])
    message = "the browser has no page"
    raise AssertionError(message)
