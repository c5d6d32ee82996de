"""Webhooks and their deliveries."""

import sqlalchemy as sa
from alembic import op

from models import wall

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = (
    "ASSIGNMENT_CHANGED",
    "EVALUATION_CHANGED",
    "MARK_CHANGED",
    "COACHING_GROUP_CHANGED",
    "WORKSPACE_CHANGED",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "webhook",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("secret", sa.String(length=100), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_because", sa.String(length=300), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_webhook"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_webhook_workspace_id"),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, native_enum=False, length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                *("PENDING", "DELIVERED", "DEAD"),
                name="DeliveryState",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint(
            "workspace_id", "webhook_id", "event_id", name="pk_webhook_delivery"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_webhook_delivery_workspace_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "webhook_id"],
            ["webhook.workspace_id", "webhook.id"],
            name="fk_webhook_delivery_workspace_id_webhook_id",
        ),
    )
    op.create_index(
        "ix_webhook_delivery_by_subject",
        "webhook_delivery",
        ["workspace_id", "webhook_id", "state", "subject_id", "number", "position"],
    )
    op.create_index(
        "ix_webhook_delivery_by_time",
        "webhook_delivery",
        ["workspace_id", "webhook_id", "state", "due_at"],
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wall.put_up(connection)


def downgrade() -> None:
    """Take back."""
    op.drop_table("webhook_delivery")
    op.drop_table("webhook")
