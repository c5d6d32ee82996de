"""The third wall, on PostgreSQL: roles for requests, rights, row-level security (`models.wall`).

Where the login may not make the roles, nothing is done: `coaching migrate` says so, and puts the
wall up once an administrator has made them.
"""

from alembic import op

from models import wall

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wall.put_up(connection)


def downgrade() -> None:
    """Take back."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wall.take_down(connection)
