"""V3 by chance: random operations of an agent are answered the same with groups and without.

In the ordinary suite some hundred; `make fuzz` compares as many as wanted, and prints the seed.
"""

import copy
import os
import random
from pathlib import Path

import pytest

from tests import twin_run, twin_worlds
from tests.twin_run import Figures
from tests.twin_worlds import Difference

LONG = 5_000
"""Operations from which on everything that an agent can write must have been used."""

COUNT = int(os.environ.get("FUZZ_OPERATIONS") or twin_run.SHORT)
SEED = os.environ.get("FUZZ_SEED") or "1"


async def test_random_operations_never_tell(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
):
    seed = random.SystemRandom().randrange(2**32) if SEED == "random" else int(SEED)
    figures = Figures()
    print(f"\nFUZZ_SEED={seed} FUZZ_OPERATIONS={COUNT}")  # noqa: T201 - to repeat a run by
    while figures.operations < COUNT:
        count = min(twin_run.LIFE, COUNT - figures.operations)
        for again in (False, True):
            kept = copy.deepcopy(figures)
            # What tells of groups tells it each time; what was chance does not come twice.
            folder = tmp_path / f"{seed}-{again}"
            folder.mkdir()
            try:
                async with twin_worlds.twins(request, database_url, folder, seed) as twins:
                    await twin_run.run(twins, count, seed, figures)
                break
            except Difference as found:
                if again:
                    raise
                print(f"By chance, unless it comes again: {found}")  # noqa: T201
                figures = kept
        seed += 1
    print(figures)  # noqa: T201 - what a run was worth
    assert figures.valid > 0.8
    assert figures.answers["data"] > 0.5 * COUNT
    assert figures.pages > 0.02 * COUNT
    if COUNT >= LONG:
        assert len(figures.written) == 4
        assert figures.unasked() == []
