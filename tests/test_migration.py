"""Migrations run up and down, and end where the models are."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine

import models
from server import migration


async def _inspect(url: str, look: Any) -> Any:
    engine = create_async_engine(url, poolclass=sa.NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(look)
    finally:
        await engine.dispose()


def test_the_migrated_database_is_what_the_models_say(database_url: str) -> None:
    def differences(connection: sa.Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection), models.Base.metadata))

    assert asyncio.run(_inspect(database_url, differences)) == []


def test_migrations_run_down_to_nothing_and_up_again(database_url: str) -> None:
    def tables(connection: sa.Connection) -> list[str]:
        return sorted(sa.inspect(connection).get_table_names())

    full = asyncio.run(_inspect(database_url, tables))
    migration.downgrade(database_url)
    assert asyncio.run(_inspect(database_url, tables)) == ["alembic_version"]
    assert asyncio.run(_inspect(database_url, migration.missing))

    migration.upgrade(database_url)
    migration.upgrade(database_url)
    assert asyncio.run(_inspect(database_url, tables)) == full
    assert not asyncio.run(_inspect(database_url, migration.missing))


def test_every_table_leads_its_keys_and_indexes_with_the_workspace() -> None:
    for table in models.Base.metadata.sorted_tables:
        if table.name == "workspace":
            continue
        keys = [list(table.primary_key.columns), *(list(index.columns) for index in table.indexes)]
        assert all(columns[0].name == "workspace_id" for columns in keys), table.name


def test_every_foreign_key_carries_the_workspace_along() -> None:
    for table in models.Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            assert key.columns[0].name == "workspace_id", key.name


def test_users_are_the_same_after_the_migration_that_gives_them_subjects(
    database_url: str,
) -> None:
    workspace_id, user_id = uuid.uuid4(), uuid.uuid4()

    def fill(connection: sa.Connection) -> None:
        now = dt.datetime.now(dt.UTC)
        connection.execute(
            sa.insert(models.Workspace), {"id": workspace_id, "name": "One", "created_at": now}
        )
        user = {
            "workspace_id": workspace_id,
            "id": user_id,
            "email": "q@example.com",
            "name": "Quinn",
            "role": models.Role.QA,
            "permissions": [],
            "created_at": now,
        }
        connection.execute(sa.insert(models.User), user)
        connection.commit()

    def users(connection: sa.Connection) -> list[Any]:
        return connection.execute(sa.select(models.User.__table__)).all()  # type: ignore[return-value]

    asyncio.run(_inspect(database_url, fill))
    before = asyncio.run(_inspect(database_url, users))
    migration.downgrade(database_url, "0009")
    migration.upgrade(database_url)
    assert asyncio.run(_inspect(database_url, users)) == before
    assert [row.id for row in before] == [user_id]
