"""Indexes of the dashboard and the leaderboard: open coaching, settled disputes, scores by day."""

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


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_agent_day_workspace_id_day_agent_id", "agent_day")
    op.drop_index("ix_dispute_workspace_id_state_closed_at_id", "dispute")
    op.drop_index("ix_assignment_open_follow_up_on", "assignment")
