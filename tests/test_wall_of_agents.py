"""The third wall for agents: what PostgreSQL refuses their role, table by table.

What an agent may read is written down here again, so that a new table fails until it is decided.
"""

from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Role, wall
from models.session import as_staff
from tests.walled import TABLES, Rows, a_row_of_each, agent_of, narrow
from tests.world import AGENT, NOW, World, global_id

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

WORDS = {"attribute", "evaluation_form", "metric", "metric_attribute", "queue", "user"}
"""The workspace's, for all."""

OWN = {
    "action_step",
    "agent",
    "assignment",
    "assignment_area",
    "assignment_conversation",
    "audit_entry",
    "best_response",
    "conversation",
    "dispute",
    "disputed_metric",
    "evaluation",
    "evaluation_revision",
    "insight",
    "mark",
    "mark_area",
    "mark_conversation",
    "message",
    "metric_score",
}
"""Where agents read what is theirs."""

NOTHING = {
    "client",
    "revoked_token",
    "agent_coaching",
    "agent_day",
    "agent_group",
    "agent_queue",
    "attribute_day",
    "bookmark",
    "bookmark_conversation",
    "coaching_group",
    "coaching_group_area",
    "coaching_group_member",
    "coaching_total",
    "group_coaching",
    "group_total",
    "evaluation_draft",
    "evaluation_form_auditor",
    "evaluation_form_queue",
    "idempotency_key",
    "outbox_event",
    "throttle",
    "queue_set",
    "queue_set_queue",
    "scorecard",
    "scorecard_weight",
    "user_queue",
    "webhook",
    "webhook_delivery",
    "workspace",
}
"""Which are not there for agents."""

HIDDEN = {
    "assignment": {"group_id"},
    "audit_entry": {"group_id"},
    "mark": {"group_id"},
    "user": {"disabled_at", "email", "permissions", "subject"},
}

WRITABLE = {
    "assignment_conversation": {"reviewed_at"},
    "best_response": {"reviewed_at"},
    "dispute": {"closed_at", "state", "version"},
    "evaluation": {"completed_at", "dispute_rounds", "review_state", "review_until"},
}

MAKES = {"dispute", "disputed_metric"}

LOCKS = {"assignment", "conversation"}


async def denied(world: World, rows: Rows, statement: Any) -> bool:
    """Whether the agent lacks the right to a statement, whatever the rows."""
    try:
        async with world.database.write(agent_of(rows)) as session:
            await session.execute(statement)
    except sa.exc.DBAPIError as error:
        return "permission denied" in str(error)
    return False


@pytest.fixture
async def rows(world: World) -> Rows:
    """Rows of one agent, beside a colleague's and another workspace's."""
    own = await a_row_of_each(world)
    await a_row_of_each(world, own["workspace"])
    await a_row_of_each(world)
    return own


async def test_agents_read_their_own_rows_only_and_nothing_of_other_tables(
    world: World, rows: Rows
):
    assert set(TABLES) == WORDS | OWN | NOTHING
    async with narrow(world) as database:
        for name in WORDS | OWN:
            table, row = TABLES[name], rows[name]
            shown = [column for column in table.columns if column.name not in HIDDEN.get(name, ())]
            async with database.read(agent_of(rows)) as session:
                found = (await session.execute(sa.select(*shown))).mappings().all()
            assert {each["workspace_id"] for each in found} == {row["workspace_id"]}, name
            keys = {tuple(each[column.name] for column in table.primary_key) for each in found}
            assert tuple(row[column.name] for column in table.primary_key) in keys, name
            assert len(keys) == (2 if name in WORDS else 1), name
    for name in NOTHING:
        for asked in (sa.literal(1), sa.func.count(), *TABLES[name].columns):
            statement = sa.select(asked).select_from(TABLES[name])
            assert await denied(world, rows, statement), (name, asked)


async def test_agents_read_no_column_about_groups(world: World, rows: Rows):
    for name in WORDS | OWN:
        columns = TABLES[name].columns
        hidden = {each.name for each in columns if await denied(world, rows, sa.select(each))}
        assert hidden == HIDDEN.get(name, set()), name
        assert "group_id" not in {column.name for column in columns} - hidden, name


async def test_agents_change_what_their_own_writes_change_and_nothing_else(
    world: World, rows: Rows
):
    for name, table in TABLES.items():
        changed = set()
        for column in table.columns:
            if column.computed is not None:
                continue
            statement = sa.update(table).values({column.name: rows[name].get(column.name)})
            if not await denied(world, rows, statement):
                changed.add(column.name)
        assert changed == (WRITABLE.get(name) or ({"id"} if name in LOCKS else set())), name
        assert await denied(world, rows, sa.delete(table)), name
        made = await denied(world, rows, sa.insert(table).values(**rows[name]))
        assert made is (name not in MAKES), name


async def test_agents_change_their_own_rows_only(world: World, rows: Rows):
    for name, columns in WRITABLE.items():
        for column in columns:
            async with world.database.write(agent_of(rows)) as session:
                statement = sa.update(TABLES[name]).values({column: rows[name].get(column)})
                done: Any = await session.execute(statement)
                assert done.rowcount == 1, (name, column)
    for name in LOCKS:
        async with world.database.write(agent_of(rows)) as session:
            locked = sa.select(TABLES[name].c.id).with_for_update()
            assert (await session.scalars(locked)).all() == [rows[name]["id"]]
        with pytest.raises(sa.exc.DBAPIError, match="row-level security"):
            async with world.database.write(agent_of(rows)) as session:
                await session.execute(sa.update(TABLES[name]).values(id=rows[name]["id"]))


async def test_agents_dispute_their_own_evaluations_only(world: World, rows: Rows):
    other = await a_row_of_each(world, rows["workspace"])
    for name, column in (("dispute", "evaluation_id"), ("disputed_metric", "dispute_id")):
        made = {**rows[name], column: other[name][column]}
        if name == "dispute":
            made["id"] = other["agent"]["id"]
        with pytest.raises(sa.exc.DBAPIError, match="row-level security"):
            async with world.database.write(agent_of(rows)) as session:
                await session.execute(sa.insert(TABLES[name]).values(**made))


async def test_an_agent_reads_the_example_that_they_are_to_learn_from(world: World, rows: Rows):
    colleague = await a_row_of_each(world, rows["workspace"])
    example = models.BestResponse(
        **{**rows["best_response"], "id": colleague["agent"]["id"]}
        | {"conversation_id": colleague["conversation"]["id"]}
    )
    await world.add(example)
    async with world.database.read(agent_of(rows)) as session:
        found = set(await session.scalars(sa.select(models.Conversation.id)))
        said = set(await session.scalars(sa.select(models.Message.conversation_id)))
    assert found == said == {rows["conversation"]["id"], example.conversation_id}


async def test_marks_that_are_no_longer_active_are_gone(world: World, rows: Rows):
    async with world.database.write() as session:
        await session.execute(sa.update(models.Mark).values(state=models.MarkState.REMOVED))
    async with world.database.read(agent_of(rows)) as session:
        for name in ("mark", "mark_area", "mark_conversation"):
            statement = sa.select(TABLES[name].c.workspace_id)
            assert not (await session.execute(statement)).all(), name


async def test_what_follows_from_a_write_is_the_staffs_for_that_part_only(world: World, rows: Rows):
    groups = sa.select(models.CoachingGroup.workspace_id)
    async with narrow(world) as database:
        async with database.write(agent_of(rows)) as session:
            async with as_staff(session):
                found = set(await session.scalars(groups))
                assert found == {rows["workspace"]["id"]}
            with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
                await session.execute(groups)
            await session.rollback()
        for who in (database.write, database.read):
            with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
                async with who(agent_of(rows)) as session:
                    await session.execute(groups)


async def test_nothing_is_left_behind_by_a_part_for_staff_that_fails(world: World, rows: Rows):
    groups = sa.select(models.CoachingGroup.id)
    async with narrow(world) as database:
        with pytest.raises(ZeroDivisionError):
            async with database.write(agent_of(rows)) as session, as_staff(session):
                raise ZeroDivisionError
        with pytest.raises(sa.exc.DBAPIError, match="permission denied"):
            async with database.read(agent_of(rows)) as session:
                await session.execute(groups)


@pytest.fixture
def lent(world: World) -> list[tuple[str, str]]:
    """Collects what connections are told, and which role it is about."""
    told: list[tuple[str, str]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement in {wall.BECOME, wall.BECOME_FOR_NOW}:
            told.append((statement, values[0]))

    sa.event.listen(world.database.engine.sync_engine, "before_cursor_execute", note)
    return told


async def test_a_review_is_lent_the_staffs_role_once_and_one_that_is_refused_never(
    world: World, lent: list[tuple[str, str]]
):
    queue = await world.queue()
    ann, ben = await world.agent("Ann", queue), await world.agent("Ben", queue)
    qa = await world.user(Role.QA)
    agent = world.client(await world.user(Role.AGENT, *AGENT, agent=ann))

    async def review(whose: models.Agent, **values: Any) -> list[Any]:
        talk = await world.conversation(whose, queue)
        made = await world.assignment(whose, qa, talk, **values)
        given = {"assignmentId": global_id(made), "conversationId": global_id(talk)}
        await agent.ask("{ viewer { agent { name } } }")
        lent.clear()
        answers = [await agent.ask("ReviewConversation", input=given) for _ in range(2)]
        return [answer.data["reviewConversation"]["errors"] for answer in answers]

    assert await review(ann) == [[], []]
    assert lent == [(wall.BECOME_FOR_NOW, wall.STAFF), (wall.BECOME_FOR_NOW, wall.AGENT)]
    for whose, values in ((ben, {}), (ann, {"cancelled_at": NOW})):
        assert [] not in await review(whose, **values)
        assert lent == []
