"""Levels: the statements of one level of an operation start together (E3).

Rows of a level may come from several statements, and whoever gets theirs first would ask for
what lies below at once: then how many statements an operation costs would be a matter of luck.
Here a loader waits until no statement of its operation is under way and nobody asks for more.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

Batch = Callable[[list[Any]], Coroutine[Any, Any, list[Any]]]

QUIET = 10
"""Turns of the event loop without a new load after which a level is complete.

From a loaded value to the loads below it a field takes about five: the shielded future, the task
that waits for it, and one for each coroutine between the field and its loader.
"""


class Levels:
    """The levels of one operation."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []
        self._asked = 0
        self._running = 0
        self._settling = False
        self.abandoned = False
        self._batches: set[asyncio.Task[Any] | None] = set()

    def followed(self, batch: Batch) -> Batch:
        """The same batch, which ends when the operation is abandoned."""

        async def follow(keys: list[Any]) -> list[Any]:
            task = asyncio.current_task()
            self._batches.add(task)
            try:
                return await batch(keys)
            finally:
                self._batches.discard(task)

        return follow

    def abandon(self) -> None:
        """Stop what is under way, and never start what waits: nobody wants it any more."""
        self.abandoned = True
        self._waiting.clear()
        for task in self._batches:
            if task is not None:
                task.cancel()

    def asked(self) -> None:
        """A value was asked for: the level is not complete yet."""
        self._asked += 1

    def enlist(self, dispatch: Callable[[], None]) -> None:
        """Have `dispatch` called when the level is complete."""
        if not self.abandoned:
            self._waiting.append(dispatch)
            self._settle()

    @contextmanager
    def statement(self) -> Iterator[None]:
        """A statement is under way: what waits, waits for it, too.

        Never wait for a loader inside: the loader waits for the end of the statement.
        """
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._settle()

    def _settle(self) -> None:
        if self._waiting and not self._running and not self._settling:
            self._settling = True
            self._turn(self._asked, QUIET)

    def _turn(self, asked: int, left: int) -> None:
        if self._running:
            self._settling = False  # the end of what runs settles again
        elif left:
            left = left - 1 if asked == self._asked else QUIET
            asyncio.get_running_loop().call_soon(self._turn, self._asked, left)
        else:
            self._settling = False
            waiting, self._waiting = self._waiting, []
            for dispatch in waiting:
                dispatch()
