"""History of marks and outbox of events."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""

    op.create_table(
        "outbox_event",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ASSIGNMENT_CHANGED",
                "EVALUATION_CHANGED",
                "MARK_CHANGED",
                "COACHING_GROUP_CHANGED",
                "WORKSPACE_CHANGED",
                name="eventkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_outbox_event_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_outbox_event")),
    )
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbox_event_workspace_id_at_position_id"),
            ["workspace_id", "at", "position", "id"],
            unique=False,
        )

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mark_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_audit_entry_workspace_id_agent_id_at_position_id"),
            ["workspace_id", "agent_id", "at", "position", "id"],
            unique=False,
        )


def downgrade() -> None:
    """Take back."""

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_workspace_id_agent_id_at_position_id"))
        batch_op.drop_column("mark_id")

    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_event_workspace_id_at_position_id"))

    op.drop_table("outbox_event")
