"""Totals of coaching by set of queues, counted from what there is."""

import itertools
import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
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
AGENTS = {
    "agents_by_progress": list(PROGRESS.values())[:2],
    "agents_by_status": list(STATUS.values())[:4],
}
"""For each number of agents, the counts of which one must not be 0: those of active assignments."""

agent = sa.table("agent", sa.column("workspace_id", sa.Uuid()), sa.column("id", sa.Uuid()))
agent_queue = sa.table(
    "agent_queue",
    *(sa.column(name, sa.Uuid()) for name in ("workspace_id", "agent_id", "queue_id")),
)
assignment = sa.table(
    "assignment",
    sa.column("workspace_id", sa.Uuid()),
    sa.column("agent_id", sa.Uuid()),
    sa.column("progress", sa.SmallInteger()),
    sa.column("status", sa.SmallInteger()),
)


def upgrade() -> None:
    """Apply."""

    queue_set = op.create_table(
        "queue_set",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_queue_set_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_queue_set")),
    )
    queue_set_queue = op.create_table(
        "queue_set_queue",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("queue_set_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_queue_set_queue_workspace_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_set_id"],
            ["queue_set.workspace_id", "queue_set.id"],
            name=op.f("fk_queue_set_queue_workspace_id_queue_set_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queue.workspace_id", "queue.id"],
            name=op.f("fk_queue_set_queue_workspace_id_queue_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "queue_set_id", "queue_id", name=op.f("pk_queue_set_queue")
        ),
    )
    with op.batch_alter_table("queue_set_queue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_queue_set_queue_workspace_id_queue_id_queue_set_id"),
            ["workspace_id", "queue_id", "queue_set_id"],
            unique=False,
        )
    agent_coaching = _counting_table("agent_coaching", "agent", "agent_id", [])
    coaching_total = _counting_table("coaching_total", "queue_set", "queue_set_id", list(AGENTS))
    _fill(queue_set, queue_set_queue, agent_coaching, coaching_total)


def _counting_table(name: str, target: str, key: str, more: list[str]) -> sa.Table:
    columns: list[sa.Column[Any]] = [
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column(key, sa.Uuid(), nullable=False),
    ]
    constraints: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{name}_workspace_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", key],
            [f"{target}.workspace_id", f"{target}.id"],
            name=op.f(f"fk_{name}_workspace_id_{key}"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", key, name=op.f(f"pk_{name}")),
    ]
    if name == "agent_coaching":
        columns.append(sa.Column("queue_set_id", sa.Uuid(), nullable=True))
        constraints.append(
            sa.ForeignKeyConstraint(
                ["workspace_id", "queue_set_id"],
                ["queue_set.workspace_id", "queue_set.id"],
                name=op.f(f"fk_{name}_workspace_id_queue_set_id"),
            )
        )
    columns += [sa.Column(count, sa.Integer(), nullable=False) for count in (*COUNTS, *more)]
    return op.create_table(name, *columns, *constraints)


def _fill(
    queue_set: sa.Table,
    queue_set_queue: sa.Table,
    agent_coaching: sa.Table,
    coaching_total: sa.Table,
) -> None:
    """Count every workspace, one at a time."""
    connection = op.get_bind()
    workspaces = connection.scalars(sa.select(agent.c.workspace_id).distinct())
    for workspace_id in workspaces.all():
        counts, queues = _counted(workspace_id), _queues(workspace_id)
        sets: dict[uuid.UUID, list[uuid.UUID]] = {}
        sums: dict[uuid.UUID, Counter[str]] = {}
        agents = []
        for agent_id in connection.scalars(
            sa.select(agent.c.id).where(agent.c.workspace_id == workspace_id)
        ):
            works_in = queues.get(agent_id, [])
            set_id = _set_id(workspace_id, works_in)
            sets[set_id] = works_in
            found = counts.get(agent_id, Counter())
            row = {name: found[name] for name in COUNTS}
            _add(sums.setdefault(set_id, Counter()), row)
            agents.append({"agent_id": agent_id, "queue_set_id": set_id, **row})
        totals = [
            {"queue_set_id": set_id, **{name: total[name] for name in (*COUNTS, *AGENTS)}}
            for set_id, total in sums.items()
        ]
        links = [
            {"queue_set_id": set_id, "queue_id": queue_id}
            for set_id, works_in in sets.items()
            for queue_id in works_in
        ]
        _insert(queue_set, workspace_id, [{"id": set_id} for set_id in sets])
        _insert(queue_set_queue, workspace_id, links)
        _insert(agent_coaching, workspace_id, agents)
        _insert(coaching_total, workspace_id, totals)


def _counted(workspace_id: uuid.UUID) -> dict[uuid.UUID, Counter[str]]:
    """Each agent's assignments by both columns."""
    columns = (assignment.c.agent_id, assignment.c.progress, assignment.c.status)
    found: dict[uuid.UUID, Counter[str]] = {}
    for agent_id, progress, status, count in op.get_bind().execute(
        sa.select(*columns, sa.func.count())
        .where(assignment.c.workspace_id == workspace_id)
        .group_by(*columns)
    ):
        counts = found.setdefault(agent_id, Counter())
        if progress == CANCELLED:
            counts["cancelled"] += count
        else:
            counts[PROGRESS[progress]] += count
            counts[STATUS[status]] += count
    return found


def _queues(workspace_id: uuid.UUID) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Each agent's queues."""
    rows = op.get_bind().execute(
        sa.select(agent_queue.c.agent_id, agent_queue.c.queue_id)
        .where(agent_queue.c.workspace_id == workspace_id)
        .order_by(agent_queue.c.agent_id, agent_queue.c.queue_id)
    )
    return {
        agent_id: [row.queue_id for row in some]
        for agent_id, some in itertools.groupby(rows, lambda row: row.agent_id)
    }


def _set_id(workspace_id: uuid.UUID, queue_ids: Iterable[uuid.UUID]) -> uuid.UUID:
    return uuid.uuid5(workspace_id, ",".join(sorted(queue_id.hex for queue_id in queue_ids)))


def _add(sums: Counter[str], row: dict[str, int]) -> None:
    sums.update(row)
    for name, active in AGENTS.items():
        sums[name] += any(row[each] for each in active)


def _insert(table: sa.Table, workspace_id: uuid.UUID, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        some = [{"workspace_id": workspace_id, **row} for row in rows[start : start + BATCH]]
        op.get_bind().execute(table.insert(), some)


def downgrade() -> None:
    """Take back."""

    op.drop_table("coaching_total")
    op.drop_table("agent_coaching")
    with op.batch_alter_table("queue_set_queue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_queue_set_queue_workspace_id_queue_id_queue_set_id"))

    op.drop_table("queue_set_queue")
    op.drop_table("queue_set")
