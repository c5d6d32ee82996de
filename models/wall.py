"""The third wall, on PostgreSQL: what the database itself refuses, whatever a statement asks.

The views leave out what a viewer may never name, and `auth.scope` says which rows each reaches.
Should either forget something, the database still knows for whom a connection works: an
`Identity`, a role with a workspace. Row-level security shows the role that workspace only.

The owner of the tables is not walled in: commands, imports, migrations and backups work across
workspaces, and PostgreSQL allows neither COPY nor pg_dump behind forced row-level security. So
who serves requests is never the owner, but `STAFF`; without a workspace it sees nothing.

All of it is data here: what is decided about a new table stands in this file and in a migration,
and `tests/test_wall.py` compares the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from models.base import Base

STAFF = "coaching_staff"
"""Role of requests. Nobody logs in as it."""

ROLES = (STAFF,)

EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"

STAFF_RIGHTS = {"workspace": "SELECT, UPDATE", "user": "SELECT", "user_queue": "SELECT"}
"""What requests may do with a table where it is not everything: users are made by commands."""

WORKSPACE_IS = "nullif(current_setting('coaching.workspace', true), '')::uuid"
"""The workspace that a connection works for; NULL, which equals nothing, where there is none."""

SIGNED_IN = {
    "role": "u.role varchar",
    "permissions": "u.permissions json",
    "user_id": "u.id uuid",
    "name": "u.name varchar",
    "email": "u.email varchar",
    "agent_id": "u.agent_id uuid",
    "workspace_id": "w.id uuid",
    "workspace_name": "w.name varchar",
    "time_zone": "w.time_zone varchar",
    "accept_and_dispute": "w.accept_and_dispute boolean",
    "auto_qa": "w.auto_qa boolean",
    "hide_auditor_details": "w.hide_auditor_details boolean",
    "workspace_version": "w.version integer",
}
"""What `coaching_sign_in` tells of the user of a token, whose workspace isn't known before."""

IS_UP = "SELECT to_regprocedure('coaching_sign_in(uuid)') IS NOT NULL"

BECOME = "SELECT set_config('role', $1, false), set_config('coaching.workspace', $2, false)"
"""Works for somebody until told otherwise."""

BECOME_FOR_NOW = BECOME.replace("false", "true")
"""Works for somebody until the transaction ends, however it does."""

DOWN = """\
The database has no row-level security, because this login may not make the roles it needs; only
the product itself keeps workspaces apart. Let an administrator of the database run
    CREATE ROLE coaching_staff NOLOGIN; GRANT coaching_staff TO <this login>;
and then run: coaching migrate"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """For whom a connection works. `workspace` is an id; while it is empty, no row is seen."""

    role: str
    workspace: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """What `BECOME` takes."""
        return (self.role, self.workspace)


OWNER = Identity(role="none")
"""Whoever logged in, to whom every row is shown."""

NOBODY = Identity(role=STAFF)
"""A request of which nothing is known yet."""

ANYBODY = Identity(role="")
"""Whoever it worked for last: for what answers everybody alike."""


def put_up(connection: sa.Connection) -> bool:
    """Put the wall up in a database of this version, again if need be.

    False where the login may not make the roles, or become them: then nothing is changed.
    """
    if not all(_has_role(connection, role) for role in ROLES):
        return False
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in _statements(schema):
        connection.exec_driver_sql(statement)
    return True


def _has_role(connection: sa.Connection, role: str) -> bool:
    for statement in (
        f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN END $$",
        f"GRANT {role} TO CURRENT_USER",
    ):
        if connection.scalar(_IS_MEMBER, {"role": role}):
            break
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(statement)
        except sa.exc.DBAPIError:
            continue  # not allowed; perhaps an administrator has done it
    return bool(connection.scalar(_IS_MEMBER, {"role": role}))


_IS_MEMBER = sa.text(
    "SELECT coalesce((SELECT pg_has_role(oid, CASE"
    " WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)"
    " FROM pg_roles WHERE rolname = :role), false)"
)
"""Whether the login may become a role; whoever makes one need not be a member since 16."""


def _statements(schema: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA {schema} TO {STAFF}"
    yield f"GRANT SELECT ON alembic_version TO {STAFF}"
    for table in Base.metadata.sorted_tables:
        column = "id" if table.name == "workspace" else "workspace_id"
        rights = STAFF_RIGHTS.get(table.name, EVERYTHING)
        yield f'GRANT {rights} ON "{table.name}" TO {STAFF}'
        yield f'ALTER TABLE "{table.name}" ENABLE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS workspace ON "{table.name}"'
        yield f'CREATE POLICY workspace ON "{table.name}" USING ({column} = {WORKSPACE_IS})'
    yield _sign_in(schema)
    yield "REVOKE ALL ON FUNCTION coaching_sign_in FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION coaching_sign_in TO {STAFF}"


def _sign_in(schema: str) -> str:
    values = ", ".join(each.split()[0] for each in SIGNED_IN.values())
    columns = ", ".join(f"{name} {each.split()[1]}" for name, each in SIGNED_IN.items())
    # With the owner's rights, and blind to what a caller may have put before the tables. All that
    # is put in are constants of this file, and a schema's name that the database has quoted.
    return f"""\
CREATE OR REPLACE FUNCTION coaching_sign_in(wanted uuid) RETURNS TABLE ({columns})
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT {values} FROM "user" u JOIN workspace w ON w.id = u.workspace_id
    WHERE u.id = wanted AND u.disabled_at IS NULL
$$"""  # noqa: S608
