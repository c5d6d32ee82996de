"""Indexes of the history: by mark, group and action."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        for column in ("mark_id", "group_id", "action"):
            batch_op.create_index(
                batch_op.f(f"ix_audit_entry_workspace_id_{column}_at_position_id"),
                ["workspace_id", column, "at", "position", "id"],
                unique=False,
            )


def downgrade() -> None:
    """Take back."""

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        for column in ("action", "group_id", "mark_id"):
            batch_op.drop_index(batch_op.f(f"ix_audit_entry_workspace_id_{column}_at_position_id"))
