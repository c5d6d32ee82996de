"""Rows with whatever a database may hold: odd texts, numbers and moments, and nulls."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

import models
from auth.viewer import Caller
from models import GroupState, Role
from models.base import Base, Fixed, UtcDateTime
from resolvers import rebuilding
from schema.view import CALLERS
from tests import twin_rows
from tests.hidden import KINDS
from tests.world import EVERYWHERE, NOW, World

TEXTS = (
    *('"', "\\", '\\"', "\\u0041", "\\n", "</script>", "a/b", "'", "%s", ":id", "null", "[]"),
    *("\b\t\n\f\r", "\x01", "\x1f", "\x7f", "\x80\x9f", "\u2028\u2029", "\ufeff"),
    *("", " ", "  two  ", "Ünï 漢字 😀", "👩‍👩‍👧", "e\u0301", "\U0010ffff", "\uffff", "ﬀ", "İ"),
    *("x" * 119, "😀" * 100, '\\"\n' * 30),
)
"""What is hard to write as JSON. PostgreSQL has no NUL in texts."""

NUMBERS = (0, -0.01, 0.01, -0.1, 0.1, 1, -1, 12.5, -12.5, 33.33, 66.67, 99.99, 100, -100, 7.07)
MOMENTS = (0, 1, 10, 999_999, 500_000, 123_456, 100)
"""Microseconds."""

LEFT = {"external_id", "agent_id", "name_key", "colour", "key"}
"""Columns that other things rest upon."""

UNTOUCHED = {"workspace", "agent_day", "attribute_day", "coaching_total", "agent_coaching"}
"""Tables of which what a report adds up is made."""


async def fill(world: World) -> dict[str, models.User]:
    """A workspace with something in every list, and somebody for every view."""
    ann = await twin_rows.fill(world)
    await twin_rows.group(world)
    gone = await world.user(Role.QA, *EVERYWHERE, name="Gone", disabled_at=NOW)
    talks = await _more(world, gone)
    users = {"agent": ann}
    for name, caller in {**CALLERS, **KINDS}.items():
        if name not in users:
            users[name] = await _user(world, name, caller, gone, talks)
        await world.bookmark(users[name], *talks)
    async with world.database.write() as session:
        await rebuilding.days(session, world.workspace_id, "UTC")
        await rebuilding.facts(session, world.workspace_id)
    return users


async def _more(world: World, gone: models.User) -> list[models.Conversation]:
    """What twins lack: another queue, a team, a deleted group. Gives conversations of both."""
    owner: dict[str, Any] = {"workspace_id": world.workspace_id}
    billing, empathy, form = [
        (await twin_rows.rows_of(world, model))[0]
        for model in (models.Queue, models.Attribute, models.EvaluationForm)
    ]
    sales = await world.queue("Sales")
    team = models.AgentGroup(**owner, external_id="team", digest=bytes(32), name="Team")
    await world.add(team)
    cleo = await world.agent("Cleo", sales, agent_group_id=team.id)
    dan = await world.agent("Dan", billing, sales)
    talks = [await world.conversation(each, sales, form=form) for each in (cleo, dan, dan)]
    for number, talk in enumerate(talks):
        await world.evaluation(talk, form, by=gone, total=12.5 * number)
        area = empathy if number == 1 else None
        await twin_rows.mark(world, dan, gone, talk, area, at=NOW)
    talks += [await world.conversation(dan, billing)]
    await world.evaluation(talks[-1], form, by=gone)
    sent = await world.group(gone, cleo, dan)
    for agent in (cleo, dan):
        values: dict[str, Any] = {"areas": (empathy,), "best": talks[:1], "group_id": sent.id}
        await world.assignment(agent, gone, *talks, **values)
    await world.assignment(dan, gone)
    deleted = await world.group(gone, dan, sent=False, name="Deleted")
    async with world.database.write() as session:
        changed = sa.update(models.CoachingGroup).where(models.CoachingGroup.id == deleted.id)
        await session.execute(changed.values(state=GroupState.DELETED))
    return talks


async def _user(
    world: World,
    name: str,
    caller: Caller,
    by: models.User,
    talks: list[models.Conversation],
) -> models.User:
    """Somebody of a kind: an agent with some coaching, others in one of the queues, or both."""
    queues = sorted(await twin_rows.rows_of(world, models.Queue), key=lambda each: each.name)
    if caller.role is not Role.AGENT:
        queues = queues[: len(name) % 2 + 1]
        made = await world.user(caller.role, *caller.permissions, queues=tuple(queues))
        (form,) = await twin_rows.rows_of(world, models.EvaluationForm)
        owner = {"workspace_id": world.workspace_id, "id": uuid.uuid4(), "form_id": form.id}
        about = {"conversation_id": talks[0].id, "author_id": made.id, "saved_at": NOW}
        await world.add(models.EvaluationDraft(**owner, **about, scores=[]))
        return made
    agent = await world.agent(name[:40], queues[0])
    own = [await world.conversation(agent, queues[0]) for _ in range(2)]
    await world.assignment(agent, by, *own, best=tuple(talks[:2]), reviewed=1)
    return await world.user(Role.AGENT, *caller.permissions, agent=agent)


async def make_odd(world: World, draw: random.Random) -> None:
    """Change whatever the database lets change, but for keys and what other things rest upon."""
    for table in Base.metadata.sorted_tables:
        if table.name in UNTOUCHED:
            continue
        columns = [each for each in table.columns if _may_change(each)]
        keys = list(table.primary_key.columns)
        async with world.database.read() as session:
            rows = (await session.execute(sa.select(*keys))).all()
        for row in rows if columns else ():
            values = {c.name: v for c in columns for v in _drawn(c, draw)}
            if "name_key" in table.columns and "name" in values:
                values["name_key"] = values["name"].casefold()
            this = sa.and_(*(key == value for key, value in zip(keys, row, strict=True)))
            if values:
                await _change(world, sa.update(table).where(this), values)


async def _change(world: World, update: Any, values: dict[str, Any]) -> None:
    """All at once where the database lets, or else one by one as far as it lets."""
    async with world.database.write() as session:
        for some in [values, *({name: value} for name, value in values.items())]:
            try:
                async with session.begin_nested():
                    await session.execute(update.values(**some))
            except sa.exc.IntegrityError:
                continue
            if some is values:
                return


def _may_change(column: Any) -> bool:
    if column.primary_key or column.computed is not None or column.name in LEFT:
        return False
    if column.table.name == "user":
        return column.name == "name"  # type: ignore[no-any-return]
    return column.nullable or not column.foreign_keys


def _drawn(column: Any, draw: random.Random) -> Iterator[Any]:
    """A value for a column, or none where it stays as it is."""
    if column.nullable and draw.random() < 0.2:
        yield None
        return
    if column.foreign_keys or draw.random() < 0.2:
        return
    match column.type:
        case Fixed():
            yield draw.choice(NUMBERS) / (100 if column.type.places > 2 else 1)
        case UtcDateTime():
            days, second = draw.randint(0, 40), draw.choice((0, 0, 1, 30))
            moment = dt.timedelta(days=days, seconds=second, microseconds=draw.choice(MOMENTS))
            yield NOW - moment
        case sa.Enum() if draw.random() < 0.3:
            members: Any = column.type.enum_class
            yield draw.choice(list(members))
        case sa.Boolean():
            yield draw.random() < 0.5
        case sa.Enum():
            return
        case sa.String(length=length):
            yield draw.choice(TEXTS)[: length or None]
