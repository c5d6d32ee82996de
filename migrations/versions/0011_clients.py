"""Clients of partners, tokens taken back, and users by the subject of their provider."""

import sqlalchemy as sa
from alembic import op

from models import wall

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("user") as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(length=255), nullable=True))
        batch_op.create_unique_constraint("uq_user_subject", ["subject"])
    op.create_table(
        "client",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.Column("old_secret", sa.LargeBinary(length=32), nullable=True),
        sa.Column("old_secret_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("minutes BETWEEN 1 AND 60", name=op.f("ck_client_minutes")),
        sa.CheckConstraint(
            "(old_secret IS NULL) = (old_secret_until IS NULL)",
            name=op.f("ck_client_old_secret_has_its_end"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_client")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_client_workspace_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_client_workspace_id_user_id"),
        ),
        sa.UniqueConstraint("id", name=op.f("uq_client_id")),
    )
    op.create_table(
        "revoked_token",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("jti", sa.String(length=255), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "jti", name=op.f("pk_revoked_token")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_revoked_token_workspace_id")
        ),
    )
    op.create_index(
        op.f("ix_revoked_token_workspace_id_expires_at"),
        "revoked_token",
        ["workspace_id", "expires_at"],
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wall.put_up(connection)


def downgrade() -> None:
    """Take back."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wall.close_the_door(connection)
    op.drop_table("revoked_token")
    op.drop_table("client")
    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_constraint("uq_user_subject", type_="unique")
        batch_op.drop_column("subject")
