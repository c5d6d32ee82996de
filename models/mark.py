"""Marks: "this agent needs coaching in these areas, because of these conversations"."""

import datetime as dt
import enum
import uuid
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified, InWorkspace, choice, points_to, relation
from models.errors import Code, Refusal
from models.move import Move, ViewerActionName
from models.user import Role

COACHES = frozenset({Role.SUPERVISOR, Role.QA})
"""Who acts on marks and coaching groups at all."""


class MarkState(enum.StrEnum):
    """Where a mark stands (M5). Being in a group is a property of an active mark, not a state."""

    ACTIVE = "ACTIVE"
    ASSIGNED = "ASSIGNED"
    REMOVED = "REMOVED"


class Mark(Identified, Base):
    """One user's statement about one agent. It is in at most one pending group (G3)."""

    __tablename__ = "mark"
    __table_args__ = (
        points_to("agent", "agent_id"),
        points_to("user", "marked_by_id"),
        points_to("coaching_group", "group_id"),
        points_to("assignment", "assignment_id"),
        sa.CheckConstraint(
            "(state = 'ASSIGNED') = (assignment_id IS NOT NULL)", name="assigned_to"
        ),
        sa.Index(None, "workspace_id", "agent_id", "state"),
        sa.Index(None, "workspace_id", "state", "created_at", "id"),
        sa.Index(None, "workspace_id", "group_id"),
        sa.Index(None, "workspace_id", "assignment_id"),
    )

    agent_id: Mapped[uuid.UUID]
    marked_by_id: Mapped[uuid.UUID]
    state: Mapped[MarkState] = mapped_column(choice(MarkState), default=MarkState.ACTIVE)
    group_id: Mapped[uuid.UUID | None]
    assignment_id: Mapped[uuid.UUID | None]
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)

    agent = relation("Agent")
    group = relation("CoachingGroup")
    assignment = relation("Assignment")
    areas = relation(
        "Attribute", secondary="mark_area", order_by="Attribute.name_key, Attribute.id"
    )
    conversations = relation(
        "Conversation",
        secondary="mark_conversation",
        order_by="Conversation.started_at, Conversation.id",
    )


class MarkArea(InWorkspace, Base):
    """An area of a mark.

    Carries the mark's agent, user and whether the mark is active, so that the database itself
    holds M2: one user has at most one active mark for an agent and an area.
    """

    __tablename__ = "mark_area"
    __table_args__ = (
        points_to("mark", "mark_id"),
        points_to("attribute", "attribute_id"),
        sa.Index(
            "uq_mark_area_active",
            "workspace_id",
            "marked_by_id",
            "agent_id",
            "attribute_id",
            unique=True,
            sqlite_where=sa.text("active"),
            postgresql_where=sa.text("active"),
        ),
    )

    mark_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    attribute_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[uuid.UUID]
    marked_by_id: Mapped[uuid.UUID]
    active: Mapped[bool] = mapped_column(default=True)


class MarkConversation(InWorkspace, Base):
    """A conversation that a mark is about."""

    __tablename__ = "mark_conversation"
    __table_args__ = (
        points_to("mark", "mark_id"),
        points_to("conversation", "conversation_id"),
    )

    mark_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)


_SETTLED = {
    MarkState.ASSIGNED: (Code.MARK_ALREADY_ASSIGNED, "This mark was assigned."),
    MarkState.REMOVED: (Code.MARK_NOT_ACTIVE, "This mark was removed."),
}

MOVES: Mapping[ViewerActionName, Move[MarkState]] = {
    action: Move(roles=COACHES, refused=_SETTLED)
    for action in (
        ViewerActionName.ADD_CONVERSATIONS_TO_MARK,
        ViewerActionName.REMOVE_MARK,
        ViewerActionName.MOVE_MARKS_TO_GROUP,
    )
}
"""What may be done to a mark: all of it while it is active, and nothing afterwards (M4, M5)."""


class DuplicateMark(Refusal):
    """The user has an active mark for this agent and area; `mark_id` is that mark (M2).

    None where it was settled at the very same moment.
    """

    def __init__(self, mark_id: uuid.UUID | None, path: Sequence[str]) -> None:
        message = "You have marked this agent for this skill already."
        super().__init__(Code.DUPLICATE_MARK, message, path)
        self.mark_id = mark_id


def each_once(items: tuple[uuid.UUID, ...], field: str, *, at_least: int = 1, at_most: int) -> None:
    """Raise Refusal unless there are so many, and none of them twice."""
    if not at_least <= len(items) <= at_most:
        message = f"Give {at_least} to {at_most}."
        raise Refusal(Code.INVALID, message, [field])
    if len(set(items)) != len(items):
        raise Refusal(Code.INVALID, "Name each of them once.", [field])
