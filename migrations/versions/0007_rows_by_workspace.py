"""Row-level security by workspace, on PostgreSQL, for the role that serves requests.

Where the login may not make the role, nothing is done: `coaching migrate` says so, and puts the
wall up (`models.wall`) once an administrator has made it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STAFF = "coaching_staff"
WORKSPACE_IS = "nullif(current_setting('coaching.workspace', true), '')::uuid"

TABLES = (
    "action_step",
    "agent",
    "agent_coaching",
    "agent_day",
    "agent_group",
    "agent_queue",
    "assignment",
    "assignment_area",
    "assignment_conversation",
    "attribute",
    "attribute_day",
    "audit_entry",
    "best_response",
    "bookmark",
    "bookmark_conversation",
    "coaching_group",
    "coaching_group_area",
    "coaching_group_member",
    "coaching_total",
    "conversation",
    "dispute",
    "disputed_metric",
    "evaluation",
    "evaluation_draft",
    "evaluation_form",
    "evaluation_form_auditor",
    "evaluation_form_queue",
    "evaluation_revision",
    "idempotency_key",
    "insight",
    "mark",
    "mark_area",
    "mark_conversation",
    "message",
    "metric",
    "metric_attribute",
    "metric_score",
    "outbox_event",
    "queue",
    "queue_set",
    "queue_set_queue",
    "scorecard",
    "scorecard_weight",
    "user",
    "user_queue",
    "workspace",
)

RIGHTS = {"workspace": "SELECT, UPDATE", "user": "SELECT", "user_queue": "SELECT"}

SIGN_IN = """
    CREATE FUNCTION coaching_sign_in(wanted uuid) RETURNS TABLE (
        role varchar, permissions json, user_id uuid, name varchar, email varchar, agent_id uuid,
        workspace_id uuid, workspace_name varchar, time_zone varchar, accept_and_dispute boolean,
        auto_qa boolean, hide_auditor_details boolean, workspace_version integer
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
        SELECT u.role, u.permissions, u.id, u.name, u.email, u.agent_id, w.id, w.name, w.time_zone,
            w.accept_and_dispute, w.auto_qa, w.hide_auditor_details, w.version
        FROM "user" u JOIN workspace w ON w.id = u.workspace_id
        WHERE u.id = wanted AND u.disabled_at IS NULL
    $$
"""


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql" or not _has_role(connection):
        return
    schema = connection.scalar(sa.text("SELECT quote_ident(current_schema())"))
    op.execute(f"GRANT USAGE ON SCHEMA {schema} TO {STAFF}")
    op.execute(f"GRANT SELECT ON alembic_version TO {STAFF}")
    for table in TABLES:
        column = "id" if table == "workspace" else "workspace_id"
        rights = RIGHTS.get(table, "SELECT, INSERT, UPDATE, DELETE")
        op.execute(f'GRANT {rights} ON "{table}" TO {STAFF}')
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY workspace ON "{table}" USING ({column} = {WORKSPACE_IS})')
    op.execute(SIGN_IN.format(schema=schema))
    op.execute("REVOKE ALL ON FUNCTION coaching_sign_in FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION coaching_sign_in TO {STAFF}")


def downgrade() -> None:
    """Take back. The role stays: it belongs to the server, and other databases may use it."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql" or not _is_member(connection):
        return
    schema = connection.scalar(sa.text("SELECT quote_ident(current_schema())"))
    op.execute("DROP FUNCTION IF EXISTS coaching_sign_in(uuid)")
    for table in TABLES:
        op.execute(f'DROP POLICY IF EXISTS workspace ON "{table}"')
        op.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
    op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {STAFF}")
    op.execute(f"REVOKE USAGE ON SCHEMA {schema} FROM {STAFF}")


def _has_role(connection: sa.Connection) -> bool:
    create = f"CREATE ROLE {STAFF} NOLOGIN"
    for statement in (
        f"DO $$ BEGIN {create}; EXCEPTION WHEN duplicate_object THEN END $$",
        f"GRANT {STAFF} TO CURRENT_USER",
    ):
        if _is_member(connection):
            break
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(statement)
        except sa.exc.DBAPIError:
            continue  # not allowed; perhaps an administrator has done it
    return _is_member(connection)


def _is_member(connection: sa.Connection) -> bool:
    # Whoever makes a role is no full member of it since PostgreSQL 16.
    asked = (
        "SELECT pg_has_role(oid, CASE"
        " WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)"
        " FROM pg_roles WHERE rolname = :role"
    )
    return bool(connection.scalar(sa.text(asked), {"role": STAFF}))
