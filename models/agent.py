"""People whose conversations are evaluated, and the teams that they belong to."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    NAME_LENGTH,
    Base,
    Imported,
    InWorkspace,
    Named,
    SortKey,
    points_to,
    relation,
    sort_key,
    unique_external_id,
)


class AgentGroup(Imported, Named, Base):
    """A team or experience level in the organisation. Not a coaching group."""

    __tablename__ = "agent_group"
    __table_args__ = (
        unique_external_id(),
        points_to("scorecard", "scorecard_id"),
        sa.Index(None, "workspace_id", "name_key", "id"),
    )

    scorecard_id: Mapped[uuid.UUID | None]


def _key_of_agent(context: Any) -> str:
    row = context.get_current_parameters()
    return search_key(row["name"], row["agent_id"])


def search_key(name: str, agent_id: str) -> str:
    """What an agent is found by: name and the customer's own id (A6, level 1)."""
    return sort_key(name, agent_id)


class Agent(Imported, Named, Base):
    """A person whose conversations are evaluated.

    `agent_id` is the customer's own id for the person: shown and searchable, not a key.
    """

    __tablename__ = "agent"
    __table_args__ = (
        unique_external_id(),
        sa.UniqueConstraint("workspace_id", "agent_id"),
        points_to("agent_group", "agent_group_id"),
        points_to("scorecard", "scorecard_id"),
        sa.Index(None, "workspace_id", "name_key", "id"),
        sa.Index(None, "workspace_id", "agent_group_id"),
    )

    agent_id: Mapped[str] = mapped_column(sa.String(NAME_LENGTH))
    search_key: Mapped[str] = mapped_column(SortKey, default=_key_of_agent)
    agent_group_id: Mapped[uuid.UUID | None]
    scorecard_id: Mapped[uuid.UUID | None]

    agent_group = relation("AgentGroup")
    queues = relation("Queue", secondary="agent_queue", order_by="Queue.name_key, Queue.id")


class AgentQueue(InWorkspace, Base):
    """A queue that an agent works in."""

    __tablename__ = "agent_queue"
    __table_args__ = (
        points_to("agent", "agent_id"),
        points_to("queue", "queue_id"),
        sa.Index(None, "workspace_id", "queue_id", "agent_id"),
    )

    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    queue_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
