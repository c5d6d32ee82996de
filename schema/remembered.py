"""Documents of a view, each prepared once and remembered: never on the event loop.

Preparing takes up to some ten milliseconds, which others would have to wait for. It is done in a
thread, one at a time, however many wait: more threads would take turns with the event loop, too.
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor

from schema.document import Document

SIZE = 500_000
"""Most characters of all texts that a view remembers: prepared, each takes up to 300 bytes."""


class Remembered:
    """The documents that were asked for last, by their text."""

    def __init__(self, prepare: Callable[[str], Document], thread: Executor) -> None:
        self._prepare = prepare
        self._thread = thread
        self._lock = threading.Lock()
        self._found: OrderedDict[str, Document] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        return len(self._found)

    def __call__(self, text: str) -> Document:
        """The document of a text, prepared now if need be. Raises the GraphQLError of preparing."""
        document = self._remembered(text)
        if document is None:
            document = self._prepare(text)
            self._remember(text, document)
        return document

    async def soon(self, text: str) -> Document:
        """The same, without holding the event loop."""
        document = self._remembered(text)
        if document is not None:
            return document
        return await asyncio.get_running_loop().run_in_executor(self._thread, self, text)

    def _remembered(self, text: str) -> Document | None:
        with self._lock:
            document = self._found.get(text)
            if document is not None:
                self._found.move_to_end(text)
            return document

    def _remember(self, text: str, document: Document) -> None:
        with self._lock:
            if text not in self._found:
                self._size += len(text)
            self._found[text] = document
            while self._size > SIZE:
                forgotten, _ = self._found.popitem(last=False)
                self._size -= len(forgotten)
