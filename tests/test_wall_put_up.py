"""Putting the third wall up, taking it down, and what is said where that can't be done."""

import asyncio
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy.ext.asyncio import create_async_engine

from models import wall
from models.database import Database, lacks_wall
from server import command, migration
from tests.postgres import Server
from tests.walled import TABLES

AGENTS_READ = "SELECT has_column_privilege('coaching_agent', 'assignment', 'id', 'SELECT')"


def done(url: str, work: Callable[[sa.Connection], Any]) -> Any:
    async def run() -> Any:
        engine = create_async_engine(url, poolclass=sa.NullPool)
        async with engine.begin() as connection:
            return await connection.run_sync(work)

    return asyncio.run(run())


STANDS = (
    """SELECT table_name, column_name, grantee, privilege_type
    FROM information_schema.column_privileges WHERE grantee ~ '^coaching_(staff|agent)$'""",
    """SELECT table_name, grantee, privilege_type
    FROM information_schema.table_privileges WHERE grantee ~ '^coaching_(staff|agent)$'""",
    "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies",
    "SELECT relname FROM pg_class WHERE relrowsecurity",
    "SELECT proname FROM pg_proc WHERE proname ~ '^coaching_'",
)
"""All rights, policies and functions of the wall."""


def what_stands(connection: sa.Connection) -> list[Any]:
    return [sorted(map(repr, connection.exec_driver_sql(statement).all())) for statement in STANDS]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_putting_it_up_again_changes_nothing(database_url: str):
    migrated = done(database_url, what_stands)
    assert len(migrated[3]) == len(TABLES)
    assert done(database_url, wall.put_up)
    assert done(database_url, what_stands) == migrated


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_it_is_taken_down_whole_and_put_up_again(database_url: str):
    migrated = done(database_url, what_stands)
    migration.downgrade(database_url, "0006")
    assert done(database_url, what_stands) == [[], [], [], [], []]
    migration.upgrade(database_url)
    assert done(database_url, what_stands) == migrated


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_new_table_is_behind_the_wall_once_it_is_put_up_again(database_url: str):
    def forgotten(connection: sa.Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE mark DISABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql("GRANT SELECT ON coaching_group TO coaching_agent")

    migrated = done(database_url, what_stands)
    done(database_url, forgotten)
    assert done(database_url, what_stands) != migrated
    done(database_url, wall.put_up)
    assert done(database_url, what_stands) == migrated


@pytest.fixture
def plain(postgresql_server: Server) -> Iterator[str]:
    """An empty database of a login that may make no roles, and is a member of none."""
    name = f"coaching_test_{uuid.uuid4().hex}"
    asyncio.run(postgresql_server.add_login(name))
    asyncio.run(postgresql_server.create(name))
    asyncio.run(postgresql_server.execute(f'ALTER DATABASE "{name}" OWNER TO "{name}"'))
    try:
        yield postgresql_server.url(name, name)
    finally:
        asyncio.run(postgresql_server.drop(name))
        asyncio.run(postgresql_server.execute(f'DROP ROLE "{name}"'))


def migrate(url: str) -> Result:
    return CliRunner().invoke(command.main, ["migrate"], env={"COACHING_DATABASE_URL": url})


def unwalled(url: str) -> bool:
    async def look() -> bool:
        database = Database(url)
        async with database.read() as session:
            found = lacks_wall(await session.connection())
        await database.close()
        return found

    return asyncio.run(look())


def test_a_login_that_may_make_no_roles_is_told_what_an_administrator_must_run(
    plain: str, postgresql_server: Server, postgresql_template: str
):
    result = migrate(plain)
    assert result.exit_code == 0, result.output
    assert wall.DOWN in result.stderr
    assert unwalled(plain)
    assert done(plain, what_stands)[2:] == [[], [], []]
    # What the administrator is told to run, but for the roles, which the tests' server has.
    login = sa.make_url(plain).username
    given = wall.DOWN.partition("GRANT ")[2].partition(";")[0].replace("<this login>", "{}")
    asyncio.run(postgresql_server.execute("GRANT " + given.format(f'"{login}"')))
    assert migrate(plain).stderr == ""
    assert not unwalled(plain)
    assert done(plain, lambda it: it.exec_driver_sql(AGENTS_READ).scalar_one())
