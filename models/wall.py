"""The third wall, on PostgreSQL: what the database itself refuses, whatever a statement asks.

The views leave out what a viewer may never name, and `auth.scope` says which rows each reaches.
Should either forget something, the database still knows for whom a connection works: an
`Identity`, a role with a workspace and, for an agent's requests, the agent. Row-level security
shows the role that workspace only, and an agent their own rows; tables and columns about groups
are not there for an agent's role at all. `models.rights` says so table by table.

The owner of the tables is not walled in: commands, imports, migrations and backups work across
workspaces, and PostgreSQL allows neither COPY nor pg_dump behind forced row-level security. So
requests are never the owner's, but `STAFF`'s or `AGENT`'s; without a workspace these see nothing.

It guards against what code forgets. Who could send SQL of their own could become another role
again: the login may become each, and PostgreSQL asks it no password.

A migration that adds a table or a column puts the wall up again (`put_up`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models.base import Base
from models.rights import AGENT_RIGHTS, OF_STAFF, STAFF_RIGHTS, WORKSPACE_IS, Rights

STAFF = "coaching_staff"
"""Role of requests of supervisors, QA users and partners. Nobody logs in as it."""

AGENT = "coaching_agent"
"""Role of requests of agents, likewise."""

ROLES = (STAFF, AGENT)

WORKSPACE_POLICY = "workspace"
OWN_POLICY = "own"

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

CLIENT = {
    "workspace_id": "c.workspace_id uuid",
    "id": "c.id uuid",
    "user_id": "c.user_id uuid",
    "scopes": "c.scopes json",
    "minutes": "c.minutes smallint",
    "secret": "c.secret bytea",
    "old_secret": "c.old_secret bytea",
    "old_secret_until": "c.old_secret_until timestamptz",
}
"""What `coaching_client` tells of a client that asks for a token, likewise."""

SIGN_IN = "coaching_sign_in(uuid, varchar, uuid, varchar)"
FIND_CLIENT = "coaching_client(uuid)"
DOORS = ("coaching_sign_in(uuid)", SIGN_IN, FIND_CLIENT)
"""The functions that look into every workspace, and the one that was there before."""

DOOR_TABLES = frozenset({"user", "workspace", "client", "revoked_token"})
"""What they read."""

IS_UP = f"SELECT to_regprocedure('{SIGN_IN}') IS NOT NULL"

BECOME = (
    "SELECT set_config('role', $1, false), set_config('coaching.workspace', $2, false),"
    " set_config('coaching.agent', $3, false)"
)
"""Works for somebody until told otherwise."""

BECOME_FOR_NOW = BECOME.replace("false", "true")
"""Works for somebody until the transaction ends, however it does."""

DOWN = """\
The database has no row-level security, because this login may not make the roles it needs; only
the product itself keeps workspaces and agents apart. Let an administrator of the database run
    CREATE ROLE coaching_staff NOLOGIN;
    CREATE ROLE coaching_agent NOLOGIN;
    GRANT coaching_staff, coaching_agent TO <this login>;
and then run: coaching migrate"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """For whom a connection works: ids, as text. While `workspace` is empty, no row is seen."""

    role: str
    workspace: str = ""
    agent: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """What `BECOME` takes."""
        return (self.role, self.workspace, self.agent)

    @property
    def hidden(self) -> Mapping[str, Sequence[str]]:
        """Columns that are not there for this role, by their table."""
        return _HIDDEN if self.role == AGENT else {}


_HIDDEN = {table: rights.hidden for table, rights in AGENT_RIGHTS.items() if rights.hidden}

OWNER = Identity(role="none")
"""Whoever logged in, to whom every row is shown."""

NOBODY = Identity(role=STAFF)
"""A request of which nothing is known yet."""

ANYBODY = Identity(role="")
"""Whoever it worked for last: for what answers everybody alike."""


def is_up(connection: sa.Connection) -> bool:
    """Whether the wall is up, and the login may become who stands before it."""
    up = connection.exec_driver_sql(IS_UP).scalar_one()
    return bool(up and all(connection.scalar(_IS_MEMBER, {"role": role}) for role in ROLES))


def put_up(connection: sa.Connection) -> bool:
    """Put the wall up around the tables that are there, again if need be.

    False where the login may not make the roles, or become them: then nothing is changed.
    """
    if not all(_has_role(connection, role) for role in ROLES):
        return False
    for statement in _statements(connection):
        connection.exec_driver_sql(statement)
    return True


def take_down(connection: sa.Connection) -> None:
    """Take the wall down. The roles stay: they are the server's, and others may use them."""
    close_the_door(connection)
    roles = [role for role in ROLES if connection.scalar(_IS_MEMBER, {"role": role})]
    for table in (*_columns(connection), "alembic_version"):
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
        for policy in (WORKSPACE_POLICY, OWN_POLICY):
            connection.exec_driver_sql(f'DROP POLICY IF EXISTS {policy} ON "{table}"')
        for role in roles:
            connection.exec_driver_sql(f'REVOKE ALL ON "{table}" FROM {role}')
    for role in roles:
        connection.exec_driver_sql(f"REVOKE ALL ON SCHEMA {_schema(connection)} FROM {role}")


def close_the_door(connection: sa.Connection) -> None:
    """Take away the functions by which a request learns for whom it works."""
    for function in DOORS:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}")


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


def _schema(connection: sa.Connection) -> str:
    found: str = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    return found


def _columns(connection: sa.Connection) -> Mapping[str, Sequence[str]]:
    """The product's tables that are there now, and their columns: migrations come one by one."""
    there = sa.inspect(connection)
    return {
        name: [column["name"] for column in there.get_columns(name)]
        for name in there.get_table_names()
        if name in Base.metadata.tables
    }


def _statements(connection: sa.Connection) -> Iterator[str]:
    schema, everybody, there = _schema(connection), ", ".join(ROLES), _columns(connection)
    yield f"GRANT USAGE ON SCHEMA {schema} TO {everybody}"
    yield f"GRANT SELECT ON alembic_version TO {everybody}"
    for table, columns in there.items():
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS {WORKSPACE_POLICY} ON "{table}"'
        yield f'DROP POLICY IF EXISTS {OWN_POLICY} ON "{table}"'
        key = "id" if table == "workspace" else "workspace_id"
        yield f'CREATE POLICY {WORKSPACE_POLICY} ON "{table}" USING ({key} = {WORKSPACE_IS})'
        yield f'REVOKE ALL ON "{table}" FROM {everybody}'
        if of_staff := STAFF_RIGHTS.get(table, OF_STAFF):
            yield f'GRANT {of_staff} ON "{table}" TO {STAFF}'
        if rights := AGENT_RIGHTS.get(table):
            yield from _for_agents(table, columns, rights)
    if there.keys() >= DOOR_TABLES:  # else migrations are still to come that make them
        yield from _doors(schema)


def _for_agents(table: str, columns: Sequence[str], rights: Rights) -> Iterator[str]:
    shown = ", ".join(f'"{name}"' for name in columns if name not in rights.hidden)
    # To lock a row takes the right to change some column of it.
    locks = ("UPDATE (id)",) if rights.locks else ()
    granted = ", ".join([f"SELECT ({shown})", *rights.writes, *locks])
    yield f'GRANT {granted} ON "{table}" TO {AGENT}'
    if rights.rows is not None:
        written = "false" if rights.locks else rights.rows
        yield (
            f'CREATE POLICY {OWN_POLICY} ON "{table}" AS RESTRICTIVE TO {AGENT}'
            f" USING ({rights.rows}) WITH CHECK ({written})"
        )


def _doors(schema: str) -> Iterator[str]:
    """The functions that look into every workspace.

    With the owner's rights, and blind to what a caller may have put before the tables. All that is
    put in are constants of this file, and a schema's name that the database has quoted.
    """
    yield f"DROP FUNCTION IF EXISTS {DOORS[0]}"
    for function, told, question, who in (
        (
            "coaching_sign_in(wanted uuid, named varchar, through uuid, token varchar)",
            SIGNED_IN,
            """
    FROM "user" u JOIN workspace w ON w.id = u.workspace_id
    WHERE (u.id = wanted OR u.subject = named) AND u.disabled_at IS NULL
    AND (through IS NULL OR EXISTS (SELECT FROM client c WHERE c.workspace_id = u.workspace_id
        AND c.id = through AND c.user_id = u.id AND c.revoked_at IS NULL))
    AND NOT EXISTS (SELECT FROM revoked_token r WHERE r.workspace_id = u.workspace_id
        AND r.jti = token)""",
            ROLES,
        ),
        (
            "coaching_client(wanted uuid)",
            CLIENT,
            """
    FROM client c JOIN "user" u ON u.workspace_id = c.workspace_id AND u.id = c.user_id
    WHERE c.id = wanted AND c.revoked_at IS NULL AND u.disabled_at IS NULL""",
            (STAFF,),
        ),
    ):
        name = function.partition("(")[0]
        values = ", ".join(each.split()[0] for each in told.values())
        columns = ", ".join(f"{name} {each.split()[1]}" for name, each in told.items())
        yield f"""\
CREATE OR REPLACE FUNCTION {function} RETURNS TABLE ({columns})
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT {values} {question.strip()}
$$"""
        yield f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
        yield f"GRANT EXECUTE ON FUNCTION {name} TO {', '.join(who)}"
