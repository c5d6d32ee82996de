"""Indexes of the dashboard, the leaderboard and the monitor: open coaching, disputes, days."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN = sa.text("status < 4")


def upgrade() -> None:
    """Apply."""
    op.create_index(
        "ix_assignment_open_follow_up_on",
        "assignment",
        ["workspace_id", "follow_up_on", "agent_id", "progress", "status"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_dispute_workspace_id_state_closed_at_id",
        "dispute",
        ["workspace_id", "state", "closed_at", "id"],
    )
    op.create_index(
        "ix_agent_day_workspace_id_day_agent_id",
        "agent_day",
        ["workspace_id", "day", "agent_id", "total", "evaluations"],
    )
    _key_of_attribute_day("day", "attribute_id")


def downgrade() -> None:
    """Take back."""
    _key_of_attribute_day("attribute_id", "day")
    op.drop_index("ix_agent_day_workspace_id_day_agent_id", "agent_day")
    op.drop_index("ix_dispute_workspace_id_state_closed_at_id", "dispute")
    op.drop_index("ix_assignment_open_follow_up_on", "assignment")


def _key_of_attribute_day(*last: str) -> None:
    with op.batch_alter_table("attribute_day") as batch_op:
        batch_op.drop_constraint(batch_op.f("pk_attribute_day"), type_="primary")
        batch_op.create_primary_key(
            batch_op.f("pk_attribute_day"), ["workspace_id", "agent_id", *last]
        )
