"""How much a caller may ask for: a leaky bucket of cost for each user.

A bucket holds `capacity` and loses `rate` a second. An operation is let in while there is room in
its caller's bucket. While it runs it takes up what it is priced at, at most a tenth of the bucket;
at its end, what it really had. So a few large answers are let in, and then waited for.
"""

import math
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

SHARE = 10
"""An operation takes up this part of the bucket at most while it runs."""

MOST_BUCKETS = 100_000
"""Buckets that are remembered; the one that was used longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`capacity` is a cost, and `rate` a cost a second."""

    capacity: int
    rate: int

    def reserved(self, cost: int) -> int:
        """What an operation of this cost takes up while it runs."""
        return min(cost, self.capacity // SHARE)

    def wait(self, level: float) -> int:
        """Whole seconds, 1 at least, until there is room in a bucket of this level."""
        return max(1, math.ceil((level - self.capacity) / self.rate))


class Throttled(Exception):
    """There is no room; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class Buckets(Protocol):
    """Where levels are kept."""

    rule: Rule

    async def fill(self, user_id: uuid.UUID, cost: int) -> float:
        """Add to a user's bucket, unless it is full; its level then. Raises Throttled."""

    async def correct(self, user_id: uuid.UUID, difference: int) -> float:
        """Add a difference, whatever the level; the level then."""


class Memory:
    """Buckets of one process."""

    def __init__(self, rule: Rule, clock: Callable[[], float] = time.monotonic) -> None:
        self.rule = rule
        self._clock = clock
        self._levels: OrderedDict[uuid.UUID, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._levels)

    async def fill(self, user_id: uuid.UUID, cost: int) -> float:
        """Add to a user's bucket, unless it is full; its level then. Raises Throttled."""
        level = self._level(user_id)
        if level >= self.rule.capacity:
            raise Throttled(self.rule.wait(level))
        return self._put(user_id, level + cost)

    async def correct(self, user_id: uuid.UUID, difference: int) -> float:
        """Add a difference, whatever the level; the level then."""
        return self._put(user_id, max(0.0, self._level(user_id) + difference))

    def _level(self, user_id: uuid.UUID) -> float:
        level, at = self._levels.get(user_id, (0.0, 0.0))
        return max(0.0, level - (self._clock() - at) * self.rule.rate)

    def _put(self, user_id: uuid.UUID, level: float) -> float:
        self._levels[user_id] = (level, self._clock())
        self._levels.move_to_end(user_id)
        while len(self._levels) > MOST_BUCKETS:
            self._levels.popitem(last=False)
        return level
