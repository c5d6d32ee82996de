"""The rows of a page come in the order of its list, however the database joins to them."""

import datetime as dt
import random

import sqlalchemy as sa

from models import Role
from schema.view import Views
from tests import both_ways
from tests.both_ways import Figures
from tests.hidden import VIEWS
from tests.world import EVERYWHERE, NOW, World, viewer

PAGE = "{ conversations(%s: 5) { nodes { id startedAt agent { name } queue { name } } } }"


async def without_loops(world: World) -> None:
    """Have PostgreSQL join by hashes only, as it does for more rows: they come in any order."""
    engine = world.database.engine
    if engine.dialect.name == "postgresql":
        name = engine.url.database
        async with engine.connect() as connection:
            for way in ("nestloop", "mergejoin", "memoize"):
                text = sa.text(f'ALTER DATABASE "{name}" SET enable_{way} = off')
                await connection.execute(text)
            await connection.execute(sa.text("ANALYZE"))
            await connection.commit()
        await engine.dispose()


async def test_rows_keep_their_order_where_others_are_joined_to_them_by_hash(world: World):
    queue = await world.queue()
    agents = [await world.agent(f"Agent {number}", queue) for number in range(60)]
    hours = list(range(60))
    random.Random(1).shuffle(hours)  # noqa: S311 - any order but that of the list
    for agent, hour in zip(agents, hours, strict=True):
        started = NOW - dt.timedelta(hours=hour)
        await world.conversation(agent, queue, messages=0, started_at=started)
    await without_loops(world)
    who = viewer(await world.user(Role.QA, *EVERYWHERE))
    view, figures = Views(VIEWS.whole).of(who), Figures()
    for size in ("first", "last"):
        await both_ways.compare(world, view, who, PAGE % size, {}, figures)
    assert figures.how == {"compiled": 2}
