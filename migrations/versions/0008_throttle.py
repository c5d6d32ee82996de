"""Buckets of cost that several workers share."""

import sqlalchemy as sa
from alembic import op

from models import wall

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "throttle",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_throttle"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_throttle_workspace_id_workspace"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["user.workspace_id", "user.id"],
            name="fk_throttle_workspace_id_user",
        ),
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wall.put_up(connection)


def downgrade() -> None:
    """Take back."""
    op.drop_table("throttle")
