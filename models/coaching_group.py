"""Agents who are coached together."""

import datetime as dt
import enum
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.assignment import CONVERSATIONS
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
from models.errors import Code, Refusal
from models.mark import COACHES
from models.move import Move, ViewerActionName
from models.status import Status, group_sql
from models.user import Role

MEMBERS = 250
"""Most agents of one group."""


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
    marks = relation(
        "Mark",
        primaryjoin="and_(CoachingGroup.workspace_id == foreign(Mark.workspace_id),"
        " CoachingGroup.id == foreign(Mark.group_id), Mark.state == 'ACTIVE')",
        order_by="Mark.created_at, Mark.id",
        uselist=True,
    )


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


_DONE = {
    GroupState.SENT: (Code.GROUP_ALREADY_SENT, "This coaching group was sent."),
    GroupState.DELETED: (Code.NOT_FOUND, "There is no such coaching group."),
}

MOVES: Mapping[ViewerActionName, Move[GroupState]] = {
    action: Move(roles=COACHES, refused=_DONE)
    for action in (
        ViewerActionName.UPDATE_COACHING_GROUP,
        ViewerActionName.DELETE_COACHING_GROUP,
        ViewerActionName.ADD_AGENTS_TO_GROUP,
        ViewerActionName.REMOVE_AGENTS_FROM_GROUP,
        ViewerActionName.MOVE_MARKS_TO_GROUP,
        ViewerActionName.DISPATCH_COACHING_GROUP,
    )
}
"""What may be done to a group: all of it while it is pending, and nothing afterwards (G4)."""

OF_THE_WHOLE = frozenset(
    {ViewerActionName.DELETE_COACHING_GROUP, ViewerActionName.DISPATCH_COACHING_GROUP}
)
"""What touches every member and mark: only for those who reach all of them (V6)."""


def refuse(
    action: ViewerActionName, state: GroupState, role: Role, *, whole: bool
) -> Refusal | None:
    """Why this role can't act on a group in this state, if it can't, in V4's order.

    `whole` says whether every member, and every conversation of the marks, is within reach.
    """
    move = MOVES[action]
    if role in move.roles and action in OF_THE_WHOLE and not whole:
        message = "The group has agents or conversations that you do not reach."
        return Refusal(Code.FORBIDDEN, message)
    return move.refuse(state, role)


def can_assign(state: GroupState, conversations: int) -> bool:
    """Whether a group has something to dispatch (G1)."""
    return state is GroupState.PENDING and conversations > 0


def refuse_empty(conversations: int) -> Refusal | None:
    """Why a group with so many marked conversations can't be dispatched, if it can't (A3)."""
    if conversations == 0:
        message = "No agent of the group has a marked conversation."
        return Refusal(Code.GROUP_HAS_NO_CONVERSATIONS, message)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a dispatch makes: for each agent of `conversations` an assignment of these, in order.

    `skipped` are the members without a conversation.
    """

    conversations: Mapping[uuid.UUID, tuple[uuid.UUID, ...]]
    skipped: tuple[uuid.UUID, ...]


def plan(names: Mapping[uuid.UUID, str], marked: Mapping[uuid.UUID, tuple[uuid.UUID, ...]]) -> Plan:
    """Share a group out among its members, given by name in their order (A3)."""
    return Plan(
        conversations={agent_id: marked[agent_id] for agent_id in names if marked.get(agent_id)},
        skipped=tuple(agent_id for agent_id in names if not marked.get(agent_id)),
    )


def refuse_plan(planned: Plan, names: Mapping[uuid.UUID, str]) -> Refusal | None:
    """Why what was planned can't be made, if it can't: nothing in it, or too much for one agent."""
    for agent_id, conversations in planned.conversations.items():
        if len(conversations) > CONVERSATIONS:
            message = (
                f"{names[agent_id]} has {len(conversations)} marked conversations;"
                f" coaching has at most {CONVERSATIONS}."
            )
            return Refusal(Code.INVALID, message, ["groupId"])
    return refuse_empty(len(planned.conversations))
