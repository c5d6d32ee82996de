"""Coaching of one agent: what to review, what was said about it, and how far it has come."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    TEXT_LENGTH,
    Base,
    Identified,
    InWorkspace,
    Named,
    Ranked,
    points_to,
    relation,
)
from models.status import Status, assignment_sql

CONVERSATIONS = 100
"""Most conversations, and most best responses, that one assignment may have."""

STEPS = 50
"""Most steps of an action plan."""


class Assignment(Identified, Named, Base):
    """One agent's coaching: the only thing of it all that an agent ever sees.

    `items_*` and `*_turns` are the stored facts of section 6, kept in the transaction that
    changes them (`models.status` defines them); `progress` and `status` follow from them in the
    database itself, without and with *Agent Accept & Dispute*.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        points_to("agent", "agent_id"),
        points_to("user", "created_by_id"),
        points_to("coaching_group", "group_id"),
        sa.CheckConstraint("items_reviewed BETWEEN 0 AND items_total", name="items_reviewed"),
        # A group is dispatched once, and gives each member one assignment (A4).
        sa.UniqueConstraint("workspace_id", "group_id", "agent_id"),
        *(
            sa.Index(f"ix_assignment_{name}", "workspace_id", *columns, "id")
            for name, columns in {
                "assigned_at": ["assigned_at"],
                "follow_up_on": ["follow_up_on"],
                "name_key": ["name_key"],
                "progress": ["progress", "assigned_at"],
                "status": ["status", "assigned_at"],
                "agent_id": ["agent_id", "assigned_at"],
            }.items()
        ),
    )

    agent_id: Mapped[uuid.UUID]
    created_by_id: Mapped[uuid.UUID]
    group_id: Mapped[uuid.UUID | None]
    strengths: Mapped[str] = mapped_column(sa.String(TEXT_LENGTH), default="")
    improvements: Mapped[str] = mapped_column(sa.String(TEXT_LENGTH), default="")
    assigned_at: Mapped[dt.datetime]
    follow_up_on: Mapped[dt.date]
    cancelled_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    items_total: Mapped[int] = mapped_column(default=0)
    items_reviewed: Mapped[int] = mapped_column(default=0)
    agent_turns: Mapped[int] = mapped_column(default=0)
    supervisor_turns: Mapped[int] = mapped_column(default=0)
    progress: Mapped[Status] = mapped_column(
        Ranked(Status),
        sa.Computed(assignment_sql(disputes=False), persisted=True),
    )
    status: Mapped[Status] = mapped_column(
        Ranked(Status),
        sa.Computed(assignment_sql(disputes=True), persisted=True),
    )

    agent = relation("Agent")
    created_by = relation("User")
    group = relation("CoachingGroup")
    areas = relation(
        "Attribute", secondary="assignment_area", order_by="Attribute.name_key, Attribute.id"
    )
    conversations = relation("AssignmentConversation", order_by="AssignmentConversation.position")
    best_responses = relation("BestResponse", order_by="BestResponse.position")
    action_plan = relation("ActionStep", order_by="ActionStep.position")
    itself = relation(
        "Assignment",
        primaryjoin="and_(Assignment.workspace_id == remote(foreign(Assignment.workspace_id)),"
        " Assignment.id == remote(foreign(Assignment.id)))",
        uselist=True,
    )


class AssignmentArea(InWorkspace, Base):
    """An area that an assignment coaches."""

    __tablename__ = "assignment_area"
    __table_args__ = (
        points_to("assignment", "assignment_id"),
        points_to("attribute", "attribute_id"),
        sa.Index(None, "workspace_id", "attribute_id", "assignment_id"),
    )

    assignment_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    attribute_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


class AssignmentConversation(Identified, Base):
    """A conversation that the agent is to review; `reviewed_at` keeps the first time (W2)."""

    __tablename__ = "assignment_conversation"
    __table_args__ = (
        points_to("assignment", "assignment_id"),
        points_to("conversation", "conversation_id"),
        sa.UniqueConstraint("workspace_id", "assignment_id", "conversation_id"),
        sa.Index(None, "workspace_id", "conversation_id"),
    )

    assignment_id: Mapped[uuid.UUID]
    conversation_id: Mapped[uuid.UUID]
    position: Mapped[int]
    reviewed_at: Mapped[dt.datetime | None]

    conversation = relation("Conversation")
    areas = relation(
        "Attribute",
        secondary="assignment_area",
        primaryjoin="and_("
        "AssignmentConversation.workspace_id == foreign(AssignmentArea.workspace_id),"
        " AssignmentConversation.assignment_id == foreign(AssignmentArea.assignment_id))",
        secondaryjoin="and_(Attribute.workspace_id == foreign(AssignmentArea.workspace_id),"
        " Attribute.id == foreign(AssignmentArea.attribute_id))",
        order_by="Attribute.name_key, Attribute.id",
    )


class BestResponse(Identified, Base):
    """A good example that the agent is to look at; `reviewed_at` keeps the first time (W2)."""

    __tablename__ = "best_response"
    __table_args__ = (
        points_to("assignment", "assignment_id"),
        points_to("conversation", "conversation_id"),
        sa.UniqueConstraint("workspace_id", "assignment_id", "conversation_id"),
        sa.Index(None, "workspace_id", "conversation_id"),
    )

    assignment_id: Mapped[uuid.UUID]
    conversation_id: Mapped[uuid.UUID]
    position: Mapped[int]
    reviewed_at: Mapped[dt.datetime | None]

    example = relation(
        "Example",
        primaryjoin="and_(foreign(BestResponse.workspace_id) == Example.workspace_id,"
        " foreign(BestResponse.conversation_id) == Example.id)",
    )
    conversation = relation("Conversation")


class ActionStep(InWorkspace, Base):
    """A step of an action plan; `position` counts from 1."""

    __tablename__ = "action_step"
    __table_args__ = (points_to("assignment", "assignment_id"),)

    assignment_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(sa.String(TEXT_LENGTH))
