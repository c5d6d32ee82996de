"""Every field of every row, asked by every kind of viewer at every position."""

from tests.hidden import VIEWS
from tests.matrix import asked, stage
from tests.world import World


async def test_every_field_and_row_is_there_for_whom_it_is_decided(world: World):
    staged = await stage.build(world)
    found = await asked.read(staged, VIEWS.whole._schema)  # noqa: SLF001 - there is no other door
    assert found.wrong == [], "\n".join(found.wrong)
    assert found.cells > 10_000
