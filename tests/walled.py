"""What the tests of the third wall share: a row in every table there is, and who may ask for it."""

import contextlib
import datetime as dt
import itertools
import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth import permissions, scope
from models import Role
from models.database import Database
from models.wall import AGENT, STAFF, Identity
from tests.world import EVERYWHERE, NOW, World

TABLES = {table.name: table for table in models.Base.metadata.sorted_tables}
HISTORY = {"audit_entry", "outbox_event"}
Row = dict[str, Any]
Rows = dict[str, Row]
"""One row of each table."""

_numbers = itertools.count(1)


def staff_of(workspace_id: uuid.UUID) -> Identity:
    return Identity(role=STAFF, workspace=str(workspace_id))


def agent_of(rows: Rows) -> Identity:
    """The agent of these rows."""
    agent = rows["agent"]
    return Identity(role=AGENT, workspace=str(agent["workspace_id"]), agent=str(agent["id"]))


async def two_workspaces(world: World) -> tuple[models.User, models.User]:
    """Two QA users, each with a queue, an agent and an assignment in a workspace of their own."""
    users = []
    for number in range(2):
        if number:
            world.workspace_id = uuid.uuid4()
            await world.workspace()
        queue = await world.queue()
        agent = await world.agent("Ann", queue)
        user = await world.user(Role.QA, *EVERYWHERE, queues=(queue,))
        await world.assignment(agent, user, await world.conversation(agent, queue))
        users.append(user)
    return users[0], users[1]


async def seen(database: Database, who: Identity | None = None) -> set[uuid.UUID]:
    """The workspaces of which a queue is seen, by a statement without any condition."""
    async with database.read(who) as session:
        return set(await session.scalars(sa.select(models.Queue.workspace_id)))


def url(world: World) -> str:
    return world.database.engine.url.render_as_string(hide_password=False)


@contextlib.asynccontextmanager
async def narrow(world: World) -> AsyncIterator[Database]:
    """The database with one connection only, which therefore serves everybody."""
    database = Database(url(world), pool_size=1, pool_timeout=5)
    try:
        yield database
    finally:
        await database.close()


def forget_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the application's own walls away: no condition on rows, and the whole schema for all."""
    monkeypatch.setattr(scope, "conditions", lambda _model, _viewer: ())
    for need in permissions.ALL:
        monkeypatch.setattr(need, "allows", staticmethod(lambda _caller: True))


async def a_row_of_each(world: World, workspace: Row | None = None) -> Rows:
    """Store a row of every table, all about one new agent, in a workspace that is new, too, or not.

    Made from the metadata alone, so that a table of which nobody has thought is among them.
    """
    made: Rows = {"workspace": workspace} if workspace else {}
    async with world.database.write() as session:
        # The history last: it points to nothing, but tells of what there is.
        for table in sorted(TABLES.values(), key=lambda table: table.name in HISTORY):
            if table.name not in made:
                made[table.name] = _row(table, made)
                await session.execute(table.insert(), made[table.name])
    return made


def _row(table: sa.Table, made: Rows) -> Row:
    row = {
        column.name: _value(column.type)
        for column in table.columns
        if column.computed is None and not column.nullable
    }
    for column in table.columns:
        target = made.get(column.name.removesuffix("_id"))
        if isinstance(column.type, sa.Uuid) and target and (table.name, column.name) not in EMPTY:
            row[column.name] = target["id"]
    for constraint in table.foreign_key_constraints:
        for element in constraint.elements:
            if (table.name, element.parent.name) not in EMPTY:
                row[element.parent.name] = made[element.column.table.name][element.column.name]
    return row


EMPTY = {("evaluation", "evaluator_id"), ("mark", "assignment_id")}
"""Auto QA has no evaluator, and an active mark is in no assignment."""


_VALUES: list[tuple[Any, Callable[[Any, int], Any]]] = [
    (sa.Uuid, lambda _kind, _number: uuid.uuid4()),
    (sa.Enum, lambda kind, _number: next(iter(kind.enum_class))),
    (sa.String, lambda _kind, number: f"T{number}"),
    (sa.DateTime, lambda _kind, number: NOW + dt.timedelta(minutes=number)),
    (sa.Date, lambda _kind, _number: NOW.date()),
    (sa.Boolean, lambda _kind, _number: False),
    (sa.Float, lambda _kind, number: float(number)),
    (sa.Integer, lambda _kind, _number: 1),
    (sa.LargeBinary, lambda _kind, _number: bytes(32)),
    (sa.JSON, lambda _kind, _number: []),
]


def _value(kind: Any) -> Any:
    """A value of a column's type, another each time where that can be."""
    plain = getattr(kind, "impl_instance", kind)
    make = next(make for type_, make in _VALUES if isinstance(plain, type_))
    return make(plain, next(_numbers))
