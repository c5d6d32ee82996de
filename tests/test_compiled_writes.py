"""Random operations that write are answered alike both ways, and leave the same rows.

In the ordinary suite some hundred; COMPILED_WRITES asks for more of them.
"""

import datetime as dt
import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models import OutboxEvent
from models.base import Base
from tests import odd_rows, twin_rows, twin_values, ways
from tests.hidden import TOP, alone, of
from tests.twin_operations import Operations
from tests.twin_worlds import Difference, collecting
from tests.world import NOW, World

SHORT = 300
COUNT = int(os.environ.get("COMPILED_WRITES") or SHORT)
SEED = os.environ.get("COMPILED_SEED") or "1"
LIFE = 400
"""Operations after which new databases take over: by then there is little left to be written."""

SENSIBLE: dict[str, Any] = {
    "expectedVersion": (1, 1, 2),
    "expectedRevision": (1, 1, 2),
    "followUpOn": ((NOW + dt.timedelta(days=3)).date().isoformat(),),
    "colour": ("#00aa55",),
    "adherence": (0, 0.5, 1),
}


class Values(twin_values.Values):
    """Draws mostly what is not refused."""

    def _scalar(self, named: str, name: str) -> Any:
        if self.draw.random() < 0.2:
            return super()._scalar(named, name)
        if name in SENSIBLE:
            return self.draw.choice(SENSIBLE[name])
        return f"Word {self.draw.random()}" if named == "String" else super()._scalar(named, name)


async def test_random_operations_that_write_are_answered_alike_both_ways(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
):
    seed = random.SystemRandom().randrange(2**32) if SEED == "random" else int(SEED)
    print(f"\nCOMPILED_SEED={seed} COMPILED_WRITES={COUNT}")  # noqa: T201 - to repeat a run by
    how: Counter[str] = Counter()
    written: Counter[str] = Counter()
    left = COUNT
    while left > 0:
        alike = ways.ways(request, database_url, tmp_path, odd_rows.fill, seed)
        async with alike as (both, users):
            written += await run(both, users, min(LIFE, left), seed)
            one, other = [await stored(world) for world in both.worlds]
            assert one == other
            how += both.how
        left -= LIFE
        seed += 1
    print(how, written)  # noqa: T201 - what a run was worth
    assert how["compiled"] > 0.5 * COUNT
    assert written.total() > 0.05 * COUNT


async def run(both: ways.Ways, users: dict[str, Any], count: int, seed: int) -> Counter[str]:
    """Compare so many operations; gives the payloads of those that were not refused."""
    draw = random.Random(seed)  # noqa: S311 - to be repeated
    values = Values(await twin_rows.ids_of(both.planned), draw)
    writers = [name for name in users if alone(name).mutation_type]
    written: Counter[str] = Counter()
    with collecting() as collect:
        for number in range(count):
            collect(number)
            name = draw.choice(writers)
            ghosts = of(name)._view.ghosts  # noqa: SLF001 - nobody else may ask
            most = 1 if draw.random() < 0.8 else 3
            operations = Operations(alone(name), TOP, ghosts, writes=1, most=most)
            made = operations.draw(values)
            while made.spoilt:  # refused before anybody executes it
                made = operations.draw(values)
            try:
                body = await both.ask(users[name], made.text, **made.variables)
            except Difference as found:
                message = f"COMPILED_SEED={seed}, operation {number}, {name}: {found}"
                raise Difference(message) from None
            payloads = [each for each in (body.get("data") or {}).values() if each != "Mutation"]
            written.update(each["__typename"] for each in payloads if each.get("errors") == [])
    return written


NUMBER = OutboxEvent.__table__.c.number


async def stored(world: World) -> dict[str, list[str]]:
    """All rows of a database, but for transactions' numbers, which are their database's."""
    found = {}
    async with world.database.read() as session:
        for table in Base.metadata.sorted_tables:
            columns = [each for each in table.columns if each is not NUMBER]
            rows = await session.execute(sa.select(*columns))
            found[table.name] = sorted(str(row) for row in rows)
    return found
