"""Totals behind the list of coaching: individual assignments, and sent groups."""

import itertools
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from models import wall

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BATCH = 1_000
"""Rows of one statement."""

PROGRESS = {0: "progress_not_started", 1: "progress_in_progress", 4: "progress_completed"}
STATUS = {
    0: "status_not_started",
    1: "status_in_progress",
    2: "status_agent_review",
    3: "status_supervisor_review",
    4: "status_completed",
}
CANCELLED = 5
COUNTS = (*PROGRESS.values(), *STATUS.values(), "cancelled")
INDIVIDUAL = tuple(f"individual_{name}" for name in COUNTS)
COUNTING = ("agent_coaching", "coaching_total")


def _table(name: str, keys: Sequence[str], *more: sa.ColumnClause[Any]) -> sa.TableClause:
    columns: list[sa.ColumnClause[Any]] = [
        sa.column(key, sa.Uuid()) for key in ("workspace_id", *keys)
    ]
    return sa.table(name, *columns, *more)


def _ranks() -> list[sa.ColumnClause[Any]]:
    return [sa.column(name, sa.SmallInteger()) for name in ("progress", "status")]


def _counts() -> list[sa.ColumnClause[Any]]:
    return [sa.column(name, sa.Integer()) for name in INDIVIDUAL]


agent_coaching = _table("agent_coaching", ["agent_id", "queue_set_id"], *_counts())
agent_queue = _table("agent_queue", ["agent_id", "queue_id"])
assignment = _table("assignment", ["agent_id", "group_id"], *_ranks())
coaching_group = _table(
    "coaching_group", ["id", "created_by_id"], sa.column("state", sa.String()), *_ranks()
)
coaching_total = _table("coaching_total", ["queue_set_id"], *_counts())
member = _table("coaching_group_member", ["group_id", "agent_id"])
queue_set = _table("queue_set", ["id"])
queue_set_queue = _table("queue_set_queue", ["queue_set_id", "queue_id"])


def upgrade() -> None:
    """Apply."""
    for table in COUNTING:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in INDIVIDUAL:
                # The default is for the rows that are there, and goes with them.
                batch_op.add_column(
                    sa.Column(name, sa.Integer(), nullable=False, server_default="0")
                )
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in INDIVIDUAL:
                batch_op.alter_column(name, server_default=None)
    group_coaching, group_total = _group_coaching(), _group_total()
    connection = op.get_bind()
    workspaces = connection.scalars(sa.select(agent_coaching.c.workspace_id).distinct())
    for workspace_id in workspaces.all():
        _fill_individual(workspace_id)
    _sum_individual()
    for workspace_id in connection.scalars(
        sa.select(coaching_group.c.workspace_id).distinct()
    ).all():
        _fill_groups(workspace_id, group_coaching, group_total)
    if connection.dialect.name == "postgresql":
        wall.put_up(connection)


def _group_coaching() -> sa.Table:
    return op.create_table(
        "group_coaching",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("queue_set_id", sa.Uuid(), nullable=True),
        sa.Column("progress", sa.SmallInteger(), nullable=True),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_group_coaching_workspace_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["coaching_group.workspace_id", "coaching_group.id"],
            name=op.f("fk_group_coaching_workspace_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_set_id"],
            ["queue_set.workspace_id", "queue_set.id"],
            name=op.f("fk_group_coaching_workspace_id_queue_set_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "group_id", name=op.f("pk_group_coaching")),
    )


def _group_total() -> sa.Table:
    return op.create_table(
        "group_total",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("queue_set_id", sa.Uuid(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_group_total_workspace_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_set_id"],
            ["queue_set.workspace_id", "queue_set.id"],
            name=op.f("fk_group_total_workspace_id_queue_set_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "created_by_id"],
            ["user.workspace_id", "user.id"],
            name=op.f("fk_group_total_workspace_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "queue_set_id", "created_by_id", name=op.f("pk_group_total")
        ),
    )


def _names(progress: int, status: int) -> set[str]:
    """What one row counts as; a cancelled one is that by both columns."""
    return {"cancelled"} if progress == CANCELLED else {PROGRESS[progress], STATUS[status]}


def _fill_individual(workspace_id: uuid.UUID) -> None:
    """Count each agent's assignments that no group was given."""
    columns = (assignment.c.agent_id, assignment.c.progress, assignment.c.status)
    found: dict[uuid.UUID, Counter[str]] = {}
    for agent_id, progress, status, number in op.get_bind().execute(
        sa.select(*columns, sa.func.count())
        .where(assignment.c.workspace_id == workspace_id, assignment.c.group_id.is_(None))
        .group_by(*columns)
    ):
        counts = found.setdefault(agent_id, Counter())
        counts.update(dict.fromkeys(_names(progress, status), number))
    set_counts = (
        sa.update(agent_coaching)
        .where(
            agent_coaching.c.workspace_id == workspace_id,
            agent_coaching.c.agent_id == sa.bindparam("of_agent"),
        )
        .values({f"individual_{name}": sa.bindparam(name) for name in COUNTS})
    )
    rows = [
        {"of_agent": agent_id, **{name: counts[name] for name in COUNTS}}
        for agent_id, counts in found.items()
    ]
    for start in range(0, len(rows), BATCH):
        op.get_bind().execute(set_counts, rows[start : start + BATCH])


def _sum_individual() -> None:
    of_set = (
        agent_coaching.c.workspace_id == coaching_total.c.workspace_id,
        agent_coaching.c.queue_set_id == coaching_total.c.queue_set_id,
    )
    sums = {
        name: sa.select(sa.func.coalesce(sa.func.sum(agent_coaching.c[name]), 0))
        .where(*of_set)
        .scalar_subquery()
        for name in INDIVIDUAL
    }
    op.get_bind().execute(sa.update(coaching_total).values(sums))


def _fill_groups(workspace_id: uuid.UUID, group_coaching: sa.Table, group_total: sa.Table) -> None:
    """Count the sent groups of a workspace, under the queues of all their members."""
    connection = op.get_bind()
    queues = _queues(workspace_id)
    known = set(
        connection.scalars(
            sa.select(queue_set.c.id).where(queue_set.c.workspace_id == workspace_id)
        )
    )
    sets: dict[uuid.UUID, list[uuid.UUID]] = {}
    sums: dict[tuple[uuid.UUID, uuid.UUID], Counter[str]] = {}
    groups = []
    for row in connection.execute(
        sa.select(coaching_group).where(
            coaching_group.c.workspace_id == workspace_id, coaching_group.c.state == "SENT"
        )
    ):
        set_id = _set_id(workspace_id, queues.get(row.id, []))
        if set_id not in known:
            sets[set_id] = queues.get(row.id, [])
        counts = sums.setdefault((set_id, row.created_by_id), Counter())
        counts.update(_names(row.progress, row.status))
        shown = {"progress": row.progress, "status": row.status}
        groups.append({"group_id": row.id, "queue_set_id": set_id, **shown})
    totals = [
        {"queue_set_id": of, "created_by_id": by, **{name: counts[name] for name in COUNTS}}
        for (of, by), counts in sums.items()
    ]
    links = [
        {"queue_set_id": set_id, "queue_id": queue_id}
        for set_id, some in sets.items()
        for queue_id in some
    ]
    _insert(queue_set, workspace_id, [{"id": set_id} for set_id in sets])
    _insert(queue_set_queue, workspace_id, links)
    _insert(group_coaching, workspace_id, groups)
    _insert(group_total, workspace_id, totals)


def _queues(workspace_id: uuid.UUID) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The queues of each group's members."""
    columns = (member.c.group_id, agent_queue.c.queue_id)
    rows = op.get_bind().execute(
        sa.select(*columns)
        .distinct()
        .join_from(
            member,
            agent_queue,
            (agent_queue.c.workspace_id == member.c.workspace_id)
            & (agent_queue.c.agent_id == member.c.agent_id),
        )
        .where(member.c.workspace_id == workspace_id)
        .order_by(*columns)
    )
    return {
        group_id: [row.queue_id for row in some]
        for group_id, some in itertools.groupby(rows, lambda row: row.group_id)
    }


def _set_id(workspace_id: uuid.UUID, queue_ids: Iterable[uuid.UUID]) -> uuid.UUID:
    return uuid.uuid5(workspace_id, ",".join(sorted(queue_id.hex for queue_id in queue_ids)))


def _insert(table: sa.TableClause, workspace_id: uuid.UUID, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        some = [{"workspace_id": workspace_id, **row} for row in rows[start : start + BATCH]]
        op.get_bind().execute(table.insert(), some)


def downgrade() -> None:
    """Take back."""
    op.drop_table("group_total")
    op.drop_table("group_coaching")
    for table in COUNTING:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in INDIVIDUAL:
                batch_op.drop_column(name)
