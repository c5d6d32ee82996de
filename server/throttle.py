"""How much a caller may ask for: a leaky bucket of cost for each user.

A bucket holds `capacity` and loses `rate` a second. An operation is let in while there is room in
its caller's bucket. While it runs it takes up what it is priced at, at most a tenth of the bucket;
at its end, what it really had. So a few large answers are let in, and then waited for.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from models.database import Database
from resolvers import throttle
from resolvers.throttle import Key
from server.settings import Settings

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
    """There is no room; `wait` is in seconds, and the message says so to the caller."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"You have asked for too much in a short time: wait {wait} s.")
        self.wait = wait


class Buckets(Protocol):
    """Where levels are kept."""

    rule: Rule

    async def fill(self, key: Key, cost: int) -> float:
        """Add to a user's bucket, unless it is full; its level then. Raises Throttled."""

    async def correct(self, key: Key, difference: int) -> float:
        """Add a difference, whatever the level; the level then."""


def buckets(chosen: Settings, database: Database) -> Buckets:
    """The buckets that the settings ask for."""
    rule = Rule(chosen.throttle_capacity, chosen.throttle_rate)
    return Shared(rule, database) if chosen.throttle_shared else Memory(rule)


class Memory:
    """Buckets of one process."""

    def __init__(self, rule: Rule, clock: Callable[[], float] = time.monotonic) -> None:
        self.rule = rule
        self._clock = clock
        self._levels: OrderedDict[Key, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._levels)

    async def fill(self, key: Key, cost: int) -> float:
        """Add to a user's bucket, unless it is full; its level then. Raises Throttled."""
        level = self._level(key)
        if level >= self.rule.capacity:
            raise Throttled(self.rule.wait(level))
        return self._put(key, level + cost)

    async def correct(self, key: Key, difference: int) -> float:
        """Add a difference, whatever the level; the level then."""
        return self._put(key, max(0.0, self._level(key) + difference))

    def _level(self, key: Key) -> float:
        level, at = self._levels.get(key, (0.0, 0.0))
        return max(0.0, level - (self._clock() - at) * self.rule.rate)

    def _put(self, key: Key, level: float) -> float:
        self._levels[key] = (level, self._clock())
        self._levels.move_to_end(key)
        while len(self._levels) > MOST_BUCKETS:
            self._levels.popitem(last=False)
        return level


class Shared:
    """Buckets of all workers of a database: two short transactions more for each operation."""

    def __init__(
        self, rule: Rule, database: Database, clock: Callable[[], float] = time.time
    ) -> None:
        self.rule = rule
        self._database = database
        self._clock = clock

    async def fill(self, key: Key, cost: int) -> float:
        """Add to a user's bucket, unless it is full; its level then. Raises Throttled."""
        rate, now = self.rule.rate, self._clock()
        level = await throttle.fill(
            self._database, key, cost, capacity=self.rule.capacity, rate=rate, now=now
        )
        if level is None:
            full = await throttle.level(self._database, key, rate=rate, now=now)
            raise Throttled(self.rule.wait(full))
        return level

    async def correct(self, key: Key, difference: int) -> float:
        """Add a difference, whatever the level; the level then."""
        now = self._clock()
        return await throttle.correct(self._database, key, difference, rate=self.rule.rate, now=now)
