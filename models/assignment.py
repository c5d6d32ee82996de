"""Coaching of one agent: what to review, what was said about it, and how far it has come."""

import dataclasses
import datetime as dt
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models import text
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
from models.errors import Code, Refusal
from models.status import Status, assignment_sql

CONVERSATIONS = 100
"""Most conversations, and most best responses, that one assignment may have."""

AREAS = 50
"""Most areas that one assignment may coach."""

STEPS = 50
"""Most steps of an action plan."""

OPEN = sa.text(f"assignment.status < {Status.COMPLETED:d}")
"""Neither completed nor cancelled, in the words of the index of such: a parameter in their place
would keep PostgreSQL from using it. True of all that is open by `progress`, too."""


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
        sa.Index(
            "ix_assignment_open_follow_up_on",
            "workspace_id",
            "follow_up_on",
            "agent_id",
            "progress",
            "status",
            sqlite_where=sa.text(f"status < {Status.COMPLETED:d}"),
            postgresql_where=sa.text(f"status < {Status.COMPLETED:d}"),
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
    manual_evaluations = relation(
        "Evaluation",
        secondary="assignment_conversation",
        primaryjoin="and_(Assignment.workspace_id == foreign(AssignmentConversation.workspace_id),"
        " Assignment.id == foreign(AssignmentConversation.assignment_id))",
        secondaryjoin="and_("
        "Evaluation.workspace_id == foreign(AssignmentConversation.workspace_id),"
        " Evaluation.conversation_id == foreign(AssignmentConversation.conversation_id),"
        " Evaluation.source == 'MANUAL')",
        order_by="Evaluation.evaluated_at.desc(), Evaluation.id",
    )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What somebody writes into an assignment; None where it is left as it is."""

    name: str | None = None
    follow_up_on: dt.date | None = None
    strengths: str | None = None
    improvements: str | None = None
    action_plan: tuple[str, ...] | None = None
    area_ids: tuple[uuid.UUID, ...] | None = None
    conversation_ids: tuple[uuid.UUID, ...] = ()
    best_response_ids: tuple[uuid.UUID, ...] = ()

    def checked(self, *, today: dt.date) -> "Content":
        """The content as it is stored. Raises Refusal for what may not be (A1, E5).

        `today` is the workspace's day; follow-up is then or later.
        """
        if self.follow_up_on is not None and self.follow_up_on < today:
            message = "The follow-up date is today or later."
            raise Refusal(Code.INVALID, message, ["followUpOn"])
        if self.area_ids is not None:
            _count("areaIds", self.area_ids, at_least=1, at_most=AREAS)
        _count("conversationIds", self.conversation_ids, at_most=CONVERSATIONS)
        _count("bestResponseIds", self.best_response_ids, at_most=CONVERSATIONS)
        return dataclasses.replace(
            self,
            name=None if self.name is None else text.name(self.name, ["name"]),
            strengths=_free(self.strengths, "strengths"),
            improvements=_free(self.improvements, "improvements"),
            action_plan=None if self.action_plan is None else _steps(self.action_plan),
        )


def refuse_change(assignment: Assignment) -> Refusal | None:
    """Why an assignment can't be changed or cancelled any more, if it can't (A5)."""
    if assignment.cancelled_at is not None:
        return Refusal(Code.ALREADY_CANCELLED, "This coaching was cancelled.")
    if assignment.progress is Status.COMPLETED:
        return Refusal(Code.ALREADY_COMPLETED, "This coaching is completed.")
    return None


def refuse_review(assignment: Assignment) -> Refusal | None:
    """Why the agent can't review an item any more, if they can't (W2)."""
    if assignment.cancelled_at is not None:
        return Refusal(Code.ALREADY_CANCELLED, "This coaching was cancelled.")
    return None


def _count(field: str, items: tuple[object, ...], *, at_least: int = 0, at_most: int) -> None:
    if not at_least <= len(items) <= at_most:
        message = f"Give {at_least} to {at_most}."
        raise Refusal(Code.INVALID, message, [field])
    if len(set(items)) != len(items):
        raise Refusal(Code.INVALID, "Name each of them once.", [field])


def _free(value: str | None, field: str) -> str | None:
    return None if value is None else text.free(value, [field])


def _steps(steps: tuple[str, ...]) -> tuple[str, ...]:
    if len(steps) > STEPS:
        message = f"An action plan has at most {STEPS} steps."
        raise Refusal(Code.INVALID, message, ["actionPlan"])
    for number, step in enumerate(steps):
        path = ["actionPlan", str(number)]
        if not step.strip():
            raise Refusal(Code.INVALID, "A step is not empty.", path)
        text.free(step, path)
    return steps
