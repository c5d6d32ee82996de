"""Agents who are coached together."""

import datetime as dt
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    NAME_LENGTH,
    TEXT_LENGTH,
    Base,
    Identified,
    InWorkspace,
    Named,
    Ranked,
    choice,
    points_to,
    relation,
)
from models.status import Status, group_sql


class GroupState(enum.StrEnum):
    """Where a coaching group stands; a deleted one stays for the history (G4)."""

    PENDING = "PENDING"
    SENT = "SENT"
    DELETED = "DELETED"


class CoachingGroup(Identified, Named, Base):
    """Agents coached together, with shared areas. Agents never learn that it exists (V2).

    `assigned_at`, `follow_up_on` and `assignment_name` are of the dispatch, null until then.
    The member counts are stored facts (`models.status`), over assignments not cancelled.
    """

    __tablename__ = "coaching_group"
    __table_args__ = (
        points_to("user", "created_by_id"),
        # G2: unsent names are unique, ignoring case and surrounding blanks.
        sa.Index(
            "uq_coaching_group_pending_name",
            "workspace_id",
            "name_key",
            unique=True,
            sqlite_where=sa.text("state = 'PENDING'"),
            postgresql_where=sa.text("state = 'PENDING'"),
        ),
        sa.CheckConstraint("(state = 'SENT') = (assigned_at IS NOT NULL)", name="assigned_at"),
        sa.CheckConstraint("(state = 'SENT') = (follow_up_on IS NOT NULL)", name="follow_up_on"),
        *(
            sa.Index(
                f"ix_coaching_group_{name}",
                "workspace_id",
                "state",
                *columns,
                "id",
            )
            for name, columns in {
                "assigned_at": ["assigned_at"],
                "follow_up_on": ["follow_up_on"],
                "name_key": ["name_key"],
                "progress": ["progress", "assigned_at"],
                "status": ["status", "assigned_at"],
            }.items()
        ),
    )

    created_by_id: Mapped[uuid.UUID]
    description: Mapped[str] = mapped_column(sa.String(TEXT_LENGTH), default="")
    state: Mapped[GroupState] = mapped_column(choice(GroupState), default=GroupState.PENDING)
    created_at: Mapped[dt.datetime]
    assigned_at: Mapped[dt.datetime | None]
    follow_up_on: Mapped[dt.date | None]
    assignment_name: Mapped[str | None] = mapped_column(sa.String(NAME_LENGTH))
    version: Mapped[int] = mapped_column(default=1)

    members_total: Mapped[int] = mapped_column(default=0)
    members_not_started: Mapped[int] = mapped_column(default=0)
    members_completed: Mapped[int] = mapped_column(default=0)
    members_agent_turn: Mapped[int] = mapped_column(default=0)
    members_supervisor_turn: Mapped[int] = mapped_column(default=0)
    progress: Mapped[Status] = mapped_column(
        Ranked(Status), sa.Computed(group_sql(disputes=False), persisted=True)
    )
    status: Mapped[Status] = mapped_column(
        Ranked(Status), sa.Computed(group_sql(disputes=True), persisted=True)
    )

    areas = relation(
        "Attribute", secondary="coaching_group_area", order_by="Attribute.name_key, Attribute.id"
    )
    members = relation(
        "Agent", secondary="coaching_group_member", order_by="Agent.name_key, Agent.id"
    )
    assignments = relation("Assignment", order_by="Assignment.id")
    conversations = relation(
        "AssignmentConversation",
        secondary="assignment",
        primaryjoin="and_(CoachingGroup.workspace_id == foreign(Assignment.workspace_id),"
        " CoachingGroup.id == foreign(Assignment.group_id))",
        secondaryjoin="and_(foreign(Assignment.workspace_id)"
        " == AssignmentConversation.workspace_id,"
        " foreign(Assignment.id) == AssignmentConversation.assignment_id)",
    )
    created_by = relation("User")


class CoachingGroupArea(InWorkspace, Base):
    """An area that a group shares (M3)."""

    __tablename__ = "coaching_group_area"
    __table_args__ = (
        points_to("coaching_group", "group_id", ondelete="CASCADE"),
        points_to("attribute", "attribute_id"),
        sa.Index(None, "workspace_id", "attribute_id", "group_id"),
    )

    group_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    attribute_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class CoachingGroupMember(InWorkspace, Base):
    """An agent of a group; an agent may be in several (G3)."""

    __tablename__ = "coaching_group_member"
    __table_args__ = (
        points_to("coaching_group", "group_id", ondelete="CASCADE"),
        points_to("agent", "agent_id"),
        sa.Index(None, "workspace_id", "agent_id", "group_id"),
    )

    group_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    added_at: Mapped[dt.datetime]
