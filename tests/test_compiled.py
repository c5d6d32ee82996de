"""Compiled operations come to the same answers as the ordinary executor, whoever asks for what.

In the ordinary suite some hundred random operations; COMPILED_OPERATIONS asks for more of them.
"""

import os
import random

import pytest

from schema.view import View
from tests import both_ways
from tests.both_ways import Figures
from tests.world import World

SHORT = 300
COUNT = int(os.environ.get("COMPILED_OPERATIONS") or SHORT)
SEED = os.environ.get("COMPILED_SEED") or "1"


async def test_random_operations_are_answered_alike_both_ways(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(View, "compiles", True)
    seed = random.SystemRandom().randrange(2**32) if SEED == "random" else int(SEED)
    print(f"\nCOMPILED_SEED={seed} COMPILED_OPERATIONS={COUNT}")  # noqa: T201 - to repeat a run by
    figures = Figures()
    await both_ways.run(world, COUNT, seed, figures)
    print(figures)  # noqa: T201 - what a run was worth
    assert figures.compiled > 0.6
