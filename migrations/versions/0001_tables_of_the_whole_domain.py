"""Tables of the whole domain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""

    op.create_table(
        "workspace",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("accept_and_dispute", sa.Boolean(), nullable=False),
        sa.Column("auto_qa", sa.Boolean(), nullable=False),
        sa.Column("hide_auditor_details", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("name", name=op.f("uq_workspace_name")),
    )
    op.create_table(
        "attribute",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_attribute_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_attribute")),
        sa.UniqueConstraint(
            "workspace_id", "external_id", name=op.f("uq_attribute_workspace_id_external_id")
        ),
    )
    with op.batch_alter_table("attribute", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attribute_workspace_id_name_key_id"),
            ["workspace_id", "name_key", "id"],
            unique=False,
        )

    op.create_table(
        "evaluation_form",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "CHAT",
                "EMAIL",
                "VOICE",
                name="Channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pass_score", sa.Integer(), nullable=False),
        sa.Column(
            "dispute_routing",
            sa.Enum(
                "SAME_AUDITOR",
                "DIFFERENT_AUDITOR",
                name="DisputeRouting",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("allow_re_disputes", sa.Boolean(), nullable=False),
        sa.Column("max_dispute_rounds", sa.Integer(), nullable=False),
        sa.Column("review_window_days", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "max_dispute_rounds >= 1", name=op.f("ck_evaluation_form_max_dispute_rounds")
        ),
        sa.CheckConstraint(
            "review_window_days >= 1", name=op.f("ck_evaluation_form_review_window_days")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_evaluation_form_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_evaluation_form")),
        sa.UniqueConstraint(
            "workspace_id",
            "external_id",
            "form_version",
            name=op.f("uq_evaluation_form_workspace_id_external_id_form_version"),
        ),
    )
    op.create_table(
        "queue",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_queue_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_queue")),
        sa.UniqueConstraint(
            "workspace_id", "external_id", name=op.f("uq_queue_workspace_id_external_id")
        ),
    )
    with op.batch_alter_table("queue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_queue_workspace_id_name_key_id"),
            ["workspace_id", "name_key", "id"],
            unique=False,
        )

    op.create_table(
        "scorecard",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_scorecard_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_scorecard")),
        sa.UniqueConstraint(
            "workspace_id", "external_id", name=op.f("uq_scorecard_workspace_id_external_id")
        ),
    )
    with op.batch_alter_table("scorecard", schema=None) as batch_op:
        batch_op.create_index(
            "uq_scorecard_default",
            ["workspace_id"],
            unique=True,
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        )

    op.create_table(
        "agent_group",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scorecard_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "scorecard_id"],
            ["scorecard.workspace_id", "scorecard.id"],
            name=op.f("fk_agent_group_workspace_id_scorecard_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_agent_group_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_agent_group")),
        sa.UniqueConstraint(
            "workspace_id", "external_id", name=op.f("uq_agent_group_workspace_id_external_id")
        ),
    )
    with op.batch_alter_table("agent_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agent_group_workspace_id_name_key_id"),
            ["workspace_id", "name_key", "id"],
            unique=False,
        )

    op.create_table(
        "evaluation_form_queue",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "CHAT",
                "EMAIL",
                "VOICE",
                name="Channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "form_id"],
            ["evaluation_form.workspace_id", "evaluation_form.id"],
            name=op.f("fk_evaluation_form_queue_workspace_id_form_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_evaluation_form_queue_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_evaluation_form_queue_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "form_id", "queue_id", name=op.f("pk_evaluation_form_queue")
        ),
    )
    with op.batch_alter_table("evaluation_form_queue", schema=None) as batch_op:
        batch_op.create_index(
            "uq_evaluation_form_queue_active",
            ["workspace_id", "queue_id", "channel"],
            unique=True,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )

    op.create_table(
        "metric",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("negative_weight", sa.Integer(), nullable=False),
        sa.Column("fatal", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "negative_weight >= 0 AND negative_weight <= weight",
            name=op.f("ck_metric_negative_weight"),
        ),
        sa.CheckConstraint("weight > 0", name=op.f("ck_metric_weight")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "form_id"],
            ["evaluation_form.workspace_id", "evaluation_form.id"],
            name=op.f("fk_metric_workspace_id_form_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_metric_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_metric")),
        sa.UniqueConstraint(
            "workspace_id", "form_id", "key", name=op.f("uq_metric_workspace_id_form_id_key")
        ),
    )
    op.create_table(
        "scorecard_weight",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("scorecard_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_id", sa.Uuid(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "percent > 0 AND percent <= 10000", name=op.f("ck_scorecard_weight_percent")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attribute_id"],
            ["attribute.workspace_id", "attribute.id"],
            name=op.f("fk_scorecard_weight_workspace_id_attribute_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "scorecard_id"],
            ["scorecard.workspace_id", "scorecard.id"],
            name=op.f("fk_scorecard_weight_workspace_id_scorecard_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_scorecard_weight_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "scorecard_id", "attribute_id", name=op.f("pk_scorecard_weight")
        ),
    )
    op.create_table(
        "agent",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.String(length=120), nullable=False),
        sa.Column(
            "search_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("agent_group_id", sa.Uuid(), nullable=True),
        sa.Column("scorecard_id", sa.Uuid(), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_group_id"],
            ["agent_group.workspace_id", "agent_group.id"],
            name=op.f("fk_agent_workspace_id_agent_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "scorecard_id"],
            ["scorecard.workspace_id", "scorecard.id"],
            name=op.f("fk_agent_workspace_id_scorecard_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_agent_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_agent")),
        sa.UniqueConstraint(
            "workspace_id", "agent_id", name=op.f("uq_agent_workspace_id_agent_id")
        ),
        sa.UniqueConstraint(
            "workspace_id", "external_id", name=op.f("uq_agent_workspace_id_external_id")
        ),
    )
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agent_workspace_id_agent_group_id"),
            ["workspace_id", "agent_group_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_agent_workspace_id_name_key_id"),
            ["workspace_id", "name_key", "id"],
            unique=False,
        )

    op.create_table(
        "metric_attribute",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("metric_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attribute_id"],
            ["attribute.workspace_id", "attribute.id"],
            name=op.f("fk_metric_attribute_workspace_id_attribute_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "metric_id"],
            ["metric.workspace_id", "metric.id"],
            name=op.f("fk_metric_attribute_workspace_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_metric_attribute_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "metric_id", "attribute_id", name=op.f("pk_metric_attribute")
        ),
    )
    op.create_table(
        "agent_day",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("evaluations", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_agent_day_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_agent_day_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "agent_id", "day", name=op.f("pk_agent_day")),
    )
    op.create_table(
        "agent_queue",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_agent_queue_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_agent_queue_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_agent_queue_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "agent_id", "queue_id", name=op.f("pk_agent_queue")
        ),
    )
    with op.batch_alter_table("agent_queue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agent_queue_workspace_id_queue_id_agent_id"),
            ["workspace_id", "queue_id", "agent_id"],
            unique=False,
        )

    op.create_table(
        "attribute_day",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("earned", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("evaluations", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_attribute_day_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attribute_id"],
            ["attribute.workspace_id", "attribute.id"],
            name=op.f("fk_attribute_day_workspace_id_attribute_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_attribute_day_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "agent_id", "attribute_id", "day", name=op.f("pk_attribute_day")
        ),
    )
    op.create_table(
        "conversation",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=True),
        sa.Column("intent", sa.String(length=120), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "CHAT",
                "EMAIL",
                "VOICE",
                name="Channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sentiment_score", sa.Integer(), nullable=True),
        sa.Column("kore_evaluation_score", sa.Integer(), nullable=True),
        sa.Column("supervisor_audit_score", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_conversation_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_conversation_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_conversation_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_conversation_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_conversation")),
        sa.UniqueConstraint(
            "workspace_id", "external_id", name=op.f("uq_conversation_workspace_id_external_id")
        ),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversation_workspace_id_agent_id_started_at_id"),
            ["workspace_id", "agent_id", "started_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_conversation_workspace_id_queue_id_started_at_id"),
            ["workspace_id", "queue_id", "started_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_conversation_workspace_id_started_at_id"),
            ["workspace_id", "started_at", "id"],
            unique=False,
        )

    op.create_table(
        "user",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "AGENT",
                "SUPERVISOR",
                "QA",
                "PARTNER",
                name="Role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role = 'AGENT') = (agent_id IS NOT NULL)", name=op.f("ck_user_agent_has_agent")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_user_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_user_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("id", name=op.f("uq_user_id")),
        sa.UniqueConstraint("workspace_id", "agent_id", name=op.f("uq_user_workspace_id_agent_id")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column(
            "action",
            sa.Enum(
                "ASSIGNMENT_CREATED",
                "ASSIGNMENT_UPDATED",
                "ASSIGNMENT_CANCELLED",
                "CONVERSATION_REVIEWED",
                "BEST_RESPONSE_REVIEWED",
                "EVALUATION_SUBMITTED",
                "EVALUATION_ANSWERED",
                "DISPUTE_OPENED",
                name="action",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("evaluation_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "actor_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_audit_entry_workspace_id_actor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_audit_entry_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_workspace_id_assignment_id_at_position_id"),
            ["workspace_id", "assignment_id", "at", "position", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_audit_entry_workspace_id_at_position_id"),
            ["workspace_id", "at", "position", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_audit_entry_workspace_id_evaluation_id_at_position_id"),
            ["workspace_id", "evaluation_id", "at", "position", "id"],
            unique=False,
        )

    op.create_table(
        "bookmark",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_bookmark_workspace_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_bookmark_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_bookmark")),
        sa.UniqueConstraint(
            "workspace_id",
            "user_id",
            "name_key",
            name=op.f("uq_bookmark_workspace_id_user_id_name_key"),
        ),
    )
    op.create_table(
        "coaching_group",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("description", sa.String(length=10000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PENDING",
                "SENT",
                "DELETED",
                name="GroupState",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("assignment_name", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("members_total", sa.Integer(), nullable=False),
        sa.Column("members_not_started", sa.Integer(), nullable=False),
        sa.Column("members_completed", sa.Integer(), nullable=False),
        sa.Column("members_agent_turn", sa.Integer(), nullable=False),
        sa.Column("members_supervisor_turn", sa.Integer(), nullable=False),
        sa.Column(
            "progress",
            sa.SmallInteger(),
            sa.Computed(
                "CASE WHEN members_total = 0 THEN 5 WHEN members_not_started = members_total THEN 0 WHEN members_completed = members_total THEN 4 ELSE 1 END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.SmallInteger(),
            sa.Computed(
                "CASE WHEN members_total = 0 THEN 5 WHEN members_agent_turn > 0 THEN 2 WHEN members_supervisor_turn > 0 THEN 3 WHEN members_not_started = members_total THEN 0 WHEN members_completed = members_total THEN 4 ELSE 1 END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(state = 'SENT') = (assigned_at IS NOT NULL)",
            name=op.f("ck_coaching_group_assigned_at"),
        ),
        sa.CheckConstraint(
            "(state = 'SENT') = (follow_up_on IS NOT NULL)",
            name=op.f("ck_coaching_group_follow_up_on"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "created_by_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_coaching_group_workspace_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_coaching_group_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_coaching_group")),
    )
    with op.batch_alter_table("coaching_group", schema=None) as batch_op:
        batch_op.create_index(
            "ix_coaching_group_assigned_at",
            ["workspace_id", "state", "assigned_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_coaching_group_follow_up_on",
            ["workspace_id", "state", "follow_up_on", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_coaching_group_name_key", ["workspace_id", "state", "name_key", "id"], unique=False
        )
        batch_op.create_index(
            "ix_coaching_group_progress",
            ["workspace_id", "state", "progress", "assigned_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_coaching_group_status",
            ["workspace_id", "state", "status", "assigned_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_coaching_group_pending_name",
            ["workspace_id", "name_key"],
            unique=True,
            sqlite_where=sa.text("state = 'PENDING'"),
            postgresql_where=sa.text("state = 'PENDING'"),
        )

    op.create_table(
        "evaluation",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "AUTO",
                "MANUAL",
                name="Source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("evaluator_id", sa.Uuid(), nullable=True),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column(
            "review_state",
            sa.Enum(
                "AUDITED",
                "PENDING_AGENT_REVIEW",
                "PENDING_SUPERVISOR_REVIEW",
                "RESOLVED",
                "CLOSED",
                name="ReviewState",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("review_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dispute_rounds", sa.Integer(), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(source = 'AUTO') = (evaluator_id IS NULL)", name=op.f("ck_evaluation_evaluator")
        ),
        sa.CheckConstraint(
            "(source = 'AUTO') = (review_state IS NULL)", name=op.f("ck_evaluation_review_state")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_evaluation_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_evaluation_workspace_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "evaluator_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_evaluation_workspace_id_evaluator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "form_id"],
            ["evaluation_form.workspace_id", "evaluation_form.id"],
            name=op.f("fk_evaluation_workspace_id_form_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_evaluation_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint(
            "workspace_id",
            "conversation_id",
            "source",
            name=op.f("uq_evaluation_workspace_id_conversation_id_source"),
        ),
        sa.UniqueConstraint(
            "workspace_id", "external_id", name=op.f("uq_evaluation_workspace_id_external_id")
        ),
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evaluation_workspace_id_agent_id_evaluated_at_id"),
            ["workspace_id", "agent_id", "evaluated_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_evaluation_workspace_id_review_state_review_until_id"),
            ["workspace_id", "review_state", "review_until", "id"],
            unique=False,
        )

    op.create_table(
        "evaluation_draft",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(length=10000), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_evaluation_draft_workspace_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_evaluation_draft_workspace_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "form_id"],
            ["evaluation_form.workspace_id", "evaluation_form.id"],
            name=op.f("fk_evaluation_draft_workspace_id_form_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_evaluation_draft_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_evaluation_draft")),
        sa.UniqueConstraint(
            "workspace_id",
            "conversation_id",
            "author_id",
            name=op.f("uq_evaluation_draft_workspace_id_conversation_id_author_id"),
        ),
    )
    op.create_table(
        "evaluation_form_auditor",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "form_id"],
            ["evaluation_form.workspace_id", "evaluation_form.id"],
            name=op.f("fk_evaluation_form_auditor_workspace_id_form_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_evaluation_form_auditor_workspace_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_evaluation_form_auditor_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "form_id", "user_id", name=op.f("pk_evaluation_form_auditor")
        ),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("operation", sa.String(length=80), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_idempotency_key_workspace_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_idempotency_key_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", "key", name=op.f("pk_idempotency_key")),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_idempotency_key_workspace_id_created_at"),
            ["workspace_id", "created_at"],
            unique=False,
        )

    op.create_table(
        "insight",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=10000), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_insight_workspace_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_insight_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "conversation_id", "position", name=op.f("pk_insight")
        ),
    )
    op.create_table(
        "message",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "speaker",
            sa.Enum(
                "AGENT",
                "CUSTOMER",
                name="Speaker",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=10000), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_message_workspace_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_message_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "conversation_id", "position", name=op.f("pk_message")
        ),
    )
    op.create_table(
        "user_queue",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_user_queue_workspace_id_queue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_user_queue_workspace_id_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_user_queue_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", "queue_id", name=op.f("pk_user_queue")),
    )
    op.create_table(
        "assignment",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("strengths", sa.String(length=10000), nullable=False),
        sa.Column("improvements", sa.String(length=10000), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("items_total", sa.Integer(), nullable=False),
        sa.Column("items_reviewed", sa.Integer(), nullable=False),
        sa.Column("agent_turns", sa.Integer(), nullable=False),
        sa.Column("supervisor_turns", sa.Integer(), nullable=False),
        sa.Column(
            "progress",
            sa.SmallInteger(),
            sa.Computed(
                "CASE WHEN cancelled_at IS NOT NULL THEN 5 WHEN items_reviewed = 0 THEN 0 WHEN items_reviewed = items_total THEN 4 ELSE 1 END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.SmallInteger(),
            sa.Computed(
                "CASE WHEN cancelled_at IS NOT NULL THEN 5 WHEN agent_turns > 0 THEN 2 WHEN supervisor_turns > 0 THEN 3 WHEN items_reviewed = 0 THEN 0 WHEN items_reviewed = items_total THEN 4 ELSE 1 END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=360).with_variant(sa.String(length=360, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "items_reviewed BETWEEN 0 AND items_total", name=op.f("ck_assignment_items_reviewed")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_assignment_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "created_by_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_assignment_workspace_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["coaching_group.workspace_id", "coaching_group.id"],
            name=op.f("fk_assignment_workspace_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_assignment_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "workspace_id",
            "group_id",
            "agent_id",
            name=op.f("uq_assignment_workspace_id_group_id_agent_id"),
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignment_agent_id",
            ["workspace_id", "agent_id", "assigned_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_assignment_assigned_at", ["workspace_id", "assigned_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_assignment_follow_up_on", ["workspace_id", "follow_up_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_assignment_name_key", ["workspace_id", "name_key", "id"], unique=False
        )
        batch_op.create_index(
            "ix_assignment_progress",
            ["workspace_id", "progress", "assigned_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_assignment_status", ["workspace_id", "status", "assigned_at", "id"], unique=False
        )

    op.create_table(
        "bookmark_conversation",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("bookmark_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bookmark_id"],
            ["bookmark.workspace_id", "bookmark.id"],
            name=op.f("fk_bookmark_conversation_workspace_id_bookmark_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_bookmark_conversation_workspace_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_bookmark_conversation_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "bookmark_id", "conversation_id", name=op.f("pk_bookmark_conversation")
        ),
    )
    with op.batch_alter_table("bookmark_conversation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bookmark_conversation_workspace_id_conversation_id"),
            ["workspace_id", "conversation_id"],
            unique=False,
        )

    op.create_table(
        "coaching_group_area",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attribute_id"],
            ["attribute.workspace_id", "attribute.id"],
            name=op.f("fk_coaching_group_area_workspace_id_attribute_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["coaching_group.workspace_id", "coaching_group.id"],
            name=op.f("fk_coaching_group_area_workspace_id_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_coaching_group_area_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "group_id", "attribute_id", name=op.f("pk_coaching_group_area")
        ),
    )
    with op.batch_alter_table("coaching_group_area", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coaching_group_area_workspace_id_attribute_id_group_id"),
            ["workspace_id", "attribute_id", "group_id"],
            unique=False,
        )

    op.create_table(
        "coaching_group_member",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_coaching_group_member_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["coaching_group.workspace_id", "coaching_group.id"],
            name=op.f("fk_coaching_group_member_workspace_id_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_coaching_group_member_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "group_id", "agent_id", name=op.f("pk_coaching_group_member")
        ),
    )
    with op.batch_alter_table("coaching_group_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coaching_group_member_workspace_id_agent_id_group_id"),
            ["workspace_id", "agent_id", "group_id"],
            unique=False,
        )

    op.create_table(
        "dispute",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN",
                "RESOLVED",
                "WITHDRAWN",
                name="DisputeState",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("assignee_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'OPEN') = (closed_at IS NULL)", name=op.f("ck_dispute_closed_at")
        ),
        sa.CheckConstraint("round >= 1", name=op.f("ck_dispute_round")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignee_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_dispute_workspace_id_assignee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "evaluation_id"],
            ["evaluation.workspace_id", "evaluation.id"],
            name=op.f("fk_dispute_workspace_id_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_dispute_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_dispute")),
        sa.UniqueConstraint(
            "workspace_id",
            "evaluation_id",
            "round",
            name=op.f("uq_dispute_workspace_id_evaluation_id_round"),
        ),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dispute_workspace_id_assignee_id_state_opened_at_id"),
            ["workspace_id", "assignee_id", "state", "opened_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_dispute_open",
            ["workspace_id", "evaluation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'OPEN'"),
            postgresql_where=sa.text("state = 'OPEN'"),
        )

    op.create_table(
        "evaluation_revision",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "AUDIT",
                "RE_AUDIT",
                "RESOLUTION",
                "RE_IMPORT",
                name="RevisionReason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evaluator_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("comment", sa.String(length=10000), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "evaluation_id"],
            ["evaluation.workspace_id", "evaluation.id"],
            name=op.f("fk_evaluation_revision_workspace_id_evaluation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "evaluator_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_evaluation_revision_workspace_id_evaluator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_evaluation_revision_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "evaluation_id", "number", name=op.f("pk_evaluation_revision")
        ),
    )
    op.create_table(
        "action_step",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=10000), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignment_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_action_step_workspace_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_action_step_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assignment_id", "position", name=op.f("pk_action_step")
        ),
    )
    op.create_table(
        "assignment_area",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignment_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_assignment_area_workspace_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attribute_id"],
            ["attribute.workspace_id", "attribute.id"],
            name=op.f("fk_assignment_area_workspace_id_attribute_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_assignment_area_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assignment_id", "attribute_id", name=op.f("pk_assignment_area")
        ),
    )
    with op.batch_alter_table("assignment_area", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_area_workspace_id_attribute_id_assignment_id"),
            ["workspace_id", "attribute_id", "assignment_id"],
            unique=False,
        )

    op.create_table(
        "assignment_conversation",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignment_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_assignment_conversation_workspace_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_assignment_conversation_workspace_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_assignment_conversation_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_assignment_conversation")),
        sa.UniqueConstraint(
            "workspace_id",
            "assignment_id",
            "conversation_id",
            name=op.f("uq_assignment_conversation_workspace_id_assignment_id_conversation_id"),
        ),
    )
    with op.batch_alter_table("assignment_conversation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_conversation_workspace_id_conversation_id"),
            ["workspace_id", "conversation_id"],
            unique=False,
        )

    op.create_table(
        "best_response",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignment_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_best_response_workspace_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_best_response_workspace_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_best_response_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_best_response")),
        sa.UniqueConstraint(
            "workspace_id",
            "assignment_id",
            "conversation_id",
            name=op.f("uq_best_response_workspace_id_assignment_id_conversation_id"),
        ),
    )
    with op.batch_alter_table("best_response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_best_response_workspace_id_conversation_id"),
            ["workspace_id", "conversation_id"],
            unique=False,
        )

    op.create_table(
        "disputed_metric",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("metric_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(length=10000), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "UPHOLD",
                "REVISE",
                name="Decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("new_adherence", sa.Integer(), nullable=True),
        sa.Column("decision_comment", sa.String(length=10000), nullable=True),
        sa.CheckConstraint(
            "(decision = 'REVISE') OR new_adherence IS NULL",
            name=op.f("ck_disputed_metric_new_adherence"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "dispute_id"],
            ["dispute.workspace_id", "dispute.id"],
            name=op.f("fk_disputed_metric_workspace_id_dispute_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "metric_id"],
            ["metric.workspace_id", "metric.id"],
            name=op.f("fk_disputed_metric_workspace_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_disputed_metric_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "dispute_id", "metric_id", name=op.f("pk_disputed_metric")
        ),
    )
    op.create_table(
        "mark",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("marked_by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ACTIVE",
                "ASSIGNED",
                "REMOVED",
                name="MarkState",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'ASSIGNED') = (assignment_id IS NOT NULL)", name=op.f("ck_mark_assigned_to")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agent.workspace_id", "agent.id"],
            name=op.f("fk_mark_workspace_id_agent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignment_id"],
            ["assignment.workspace_id", "assignment.id"],
            name=op.f("fk_mark_workspace_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["coaching_group.workspace_id", "coaching_group.id"],
            name=op.f("fk_mark_workspace_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "marked_by_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_mark_workspace_id_marked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_mark_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_mark")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mark_workspace_id_agent_id_state"),
            ["workspace_id", "agent_id", "state"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_mark_workspace_id_assignment_id"),
            ["workspace_id", "assignment_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_mark_workspace_id_group_id"), ["workspace_id", "group_id"], unique=False
        )

    op.create_table(
        "metric_score",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("metric_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("adherence", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(length=10000), nullable=True),
        sa.CheckConstraint(
            "adherence >= 0 AND adherence <= 10000", name=op.f("ck_metric_score_adherence")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "evaluation_id", "revision"],
            [
                "evaluation_revision.workspace_id",
                "evaluation_revision.evaluation_id",
                "evaluation_revision.number",
            ],
            name=op.f("fk_metric_score_workspace_id_evaluation_id_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "metric_id"],
            ["metric.workspace_id", "metric.id"],
            name=op.f("fk_metric_score_workspace_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_metric_score_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "evaluation_id", "revision", "metric_id", name=op.f("pk_metric_score")
        ),
    )
    op.create_table(
        "mark_area",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("mark_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("marked_by_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attribute_id"],
            ["attribute.workspace_id", "attribute.id"],
            name=op.f("fk_mark_area_workspace_id_attribute_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "mark_id"],
            ["mark.workspace_id", "mark.id"],
            name=op.f("fk_mark_area_workspace_id_mark_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_mark_area_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "mark_id", "attribute_id", name=op.f("pk_mark_area")
        ),
    )
    with op.batch_alter_table("mark_area", schema=None) as batch_op:
        batch_op.create_index(
            "uq_mark_area_active",
            ["workspace_id", "marked_by_id", "agent_id", "attribute_id"],
            unique=True,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )

    op.create_table(
        "mark_conversation",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("mark_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_mark_conversation_workspace_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "mark_id"],
            ["mark.workspace_id", "mark.id"],
            name=op.f("fk_mark_conversation_workspace_id_mark_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_mark_conversation_workspace_id")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "mark_id", "conversation_id", name=op.f("pk_mark_conversation")
        ),
    )


def downgrade() -> None:
    """Take back."""

    op.drop_table("mark_conversation")
    with op.batch_alter_table("mark_area", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mark_area_active",
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )

    op.drop_table("mark_area")
    op.drop_table("metric_score")
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_workspace_id_group_id"))
        batch_op.drop_index(batch_op.f("ix_mark_workspace_id_assignment_id"))
        batch_op.drop_index(batch_op.f("ix_mark_workspace_id_agent_id_state"))

    op.drop_table("mark")
    op.drop_table("disputed_metric")
    with op.batch_alter_table("best_response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_best_response_workspace_id_conversation_id"))

    op.drop_table("best_response")
    with op.batch_alter_table("assignment_conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_conversation_workspace_id_conversation_id"))

    op.drop_table("assignment_conversation")
    with op.batch_alter_table("assignment_area", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_assignment_area_workspace_id_attribute_id_assignment_id")
        )

    op.drop_table("assignment_area")
    op.drop_table("action_step")
    op.drop_table("evaluation_revision")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_dispute_open",
            sqlite_where=sa.text("state = 'OPEN'"),
            postgresql_where=sa.text("state = 'OPEN'"),
        )
        batch_op.drop_index(batch_op.f("ix_dispute_workspace_id_assignee_id_state_opened_at_id"))

    op.drop_table("dispute")
    with op.batch_alter_table("coaching_group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coaching_group_member_workspace_id_agent_id_group_id"))

    op.drop_table("coaching_group_member")
    with op.batch_alter_table("coaching_group_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coaching_group_area_workspace_id_attribute_id_group_id"))

    op.drop_table("coaching_group_area")
    with op.batch_alter_table("bookmark_conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bookmark_conversation_workspace_id_conversation_id"))

    op.drop_table("bookmark_conversation")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_status")
        batch_op.drop_index("ix_assignment_progress")
        batch_op.drop_index("ix_assignment_name_key")
        batch_op.drop_index("ix_assignment_follow_up_on")
        batch_op.drop_index("ix_assignment_assigned_at")
        batch_op.drop_index("ix_assignment_agent_id")

    op.drop_table("assignment")
    op.drop_table("user_queue")
    op.drop_table("message")
    op.drop_table("insight")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_key_workspace_id_created_at"))

    op.drop_table("idempotency_key")
    op.drop_table("evaluation_form_auditor")
    op.drop_table("evaluation_draft")
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_workspace_id_review_state_review_until_id"))
        batch_op.drop_index(batch_op.f("ix_evaluation_workspace_id_agent_id_evaluated_at_id"))

    op.drop_table("evaluation")
    with op.batch_alter_table("coaching_group", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_coaching_group_pending_name",
            sqlite_where=sa.text("state = 'PENDING'"),
            postgresql_where=sa.text("state = 'PENDING'"),
        )
        batch_op.drop_index("ix_coaching_group_status")
        batch_op.drop_index("ix_coaching_group_progress")
        batch_op.drop_index("ix_coaching_group_name_key")
        batch_op.drop_index("ix_coaching_group_follow_up_on")
        batch_op.drop_index("ix_coaching_group_assigned_at")

    op.drop_table("coaching_group")
    op.drop_table("bookmark")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_workspace_id_evaluation_id_at_position_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_workspace_id_at_position_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_workspace_id_assignment_id_at_position_id"))

    op.drop_table("audit_entry")
    op.drop_table("user")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_workspace_id_started_at_id"))
        batch_op.drop_index(batch_op.f("ix_conversation_workspace_id_queue_id_started_at_id"))
        batch_op.drop_index(batch_op.f("ix_conversation_workspace_id_agent_id_started_at_id"))

    op.drop_table("conversation")
    op.drop_table("attribute_day")
    with op.batch_alter_table("agent_queue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agent_queue_workspace_id_queue_id_agent_id"))

    op.drop_table("agent_queue")
    op.drop_table("agent_day")
    op.drop_table("metric_attribute")
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agent_workspace_id_name_key_id"))
        batch_op.drop_index(batch_op.f("ix_agent_workspace_id_agent_group_id"))

    op.drop_table("agent")
    op.drop_table("scorecard_weight")
    op.drop_table("metric")
    with op.batch_alter_table("evaluation_form_queue", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evaluation_form_queue_active",
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        )

    op.drop_table("evaluation_form_queue")
    with op.batch_alter_table("agent_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agent_group_workspace_id_name_key_id"))

    op.drop_table("agent_group")
    with op.batch_alter_table("scorecard", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_scorecard_default",
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        )

    op.drop_table("scorecard")
    with op.batch_alter_table("queue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_queue_workspace_id_name_key_id"))

    op.drop_table("queue")
    op.drop_table("evaluation_form")
    with op.batch_alter_table("attribute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attribute_workspace_id_name_key_id"))

    op.drop_table("attribute")
    op.drop_table("workspace")
