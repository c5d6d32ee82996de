"""Events by numbers, which never fall behind what was read."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from models import outbox, wall

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BY_TIME = "ix_outbox_event_workspace_id_at_position_id"
BY_NUMBER = "ix_outbox_event_workspace_id_number_position_id"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("number", sa.BigInteger(), nullable=False, server_default="0")
        )
        batch_op.drop_index(BY_TIME)
    connection = op.get_bind()
    _number()
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.alter_column("number", server_default=None)
        batch_op.create_index(BY_NUMBER, ["workspace_id", "number", "position", "id"])
    outbox.put_up(connection)
    if connection.dialect.name == "postgresql":
        wall.put_up(connection)


def _number() -> None:
    """Number what is there in its order, up to zero: before all that is still to come."""
    ids = [sa.column(name, sa.Uuid()) for name in ("workspace_id", "id")]
    others: list[sa.ColumnClause[Any]] = [sa.column(name) for name in ("at", "position", "number")]
    event = sa.table("outbox_event", *ids, *others)
    newer = sa.func.row_number().over(
        partition_by=event.c.workspace_id,
        order_by=[event.c.at.desc(), event.c.position.desc(), event.c.id.desc()],
    )
    numbered = sa.select(event.c.workspace_id, event.c.id, (1 - newer).label("number")).subquery()
    op.get_bind().execute(
        sa.update(event)
        .values(number=numbered.c.number)
        .where(event.c.workspace_id == numbered.c.workspace_id, event.c.id == numbered.c.id)
    )


def downgrade() -> None:
    """Take back."""
    outbox.take_down(op.get_bind())
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.drop_index(BY_NUMBER)
        batch_op.drop_column("number")
        batch_op.create_index(BY_TIME, ["workspace_id", "at", "position", "id"])
