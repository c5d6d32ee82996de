"""Index of marks by state, newest first."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""

    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mark_workspace_id_state_created_at_id"),
            ["workspace_id", "state", "created_at", "id"],
            unique=False,
        )


def downgrade() -> None:
    """Take back."""

    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_workspace_id_state_created_at_id"))
