"""What an import answered, kept with its idempotency key."""

import sqlalchemy as sa
from alembic import op

from models import wall

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("idempotency_key") as batch_op:
        batch_op.add_column(sa.Column("answer", sa.JSON(), nullable=True))
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wall.put_up(connection)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("idempotency_key") as batch_op:
        batch_op.drop_column("answer")
