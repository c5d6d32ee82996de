"""Live updates: what is told when something changes.

Each change is told by an execution of its own (`server.subscriptions`): a resolver here says what
changed, as it is now. That it may be told to the viewer at all was asked before
(`resolvers.subscription`), and arguments have chosen it by then.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry
from graphql import OperationDefinitionNode

import models
from auth.permissions import IsStaff, ManagesCoaching, ReadsAssignments
from models import EventKind
from resolvers import subscription
from resolvers.outbox import Change
from resolvers.subscription import ASSIGNMENTS, CANDIDATES, EVALUATIONS, GROUPS, Interest, Topic
from schema import node
from schema.assignment import Assignment
from schema.candidate import CoachingCandidate
from schema.coaching_group import CoachingGroup
from schema.document import Document
from schema.evaluation import Evaluation
from schema.guard import guarded
from schema.info import Info
from schema.row import locked
from schema.view import View

AgentOnly = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="This agent's only.", directives=[guarded(IsStaff)]),
]


@strawberry.type(
    description="An assignment was made, or changed.", directives=[guarded(ReadsAssignments)]
)
class AssignmentChanged:
    """One assignment."""

    assignment_id: strawberry.ID = strawberry.field(description="Id of the assignment.")

    @strawberry.field(description="The assignment as it is now; null where you reach it no more.")
    async def assignment(self, info: Info) -> Assignment | None:
        """The row."""
        found: Any = await info.context.loaders.row(models.Assignment, _change(info).subject_id)
        return found  # type: ignore[no-any-return]


@strawberry.type(description="An evaluation was made or scored anew, answered, or settled.")
class EvaluationChanged:
    """One evaluation."""

    evaluation_id: strawberry.ID = strawberry.field(description="Id of the evaluation.")

    @strawberry.field(description="The evaluation as it is now; null where you reach it no more.")
    async def evaluation(self, info: Info) -> Evaluation | None:
        """The row."""
        found: Any = await info.context.loaders.row(models.Evaluation, _change(info).subject_id)
        return found  # type: ignore[no-any-return]


@strawberry.type(
    description="A coaching group was made, changed, sent or deleted.",
    directives=[guarded(ManagesCoaching)],
)
class CoachingGroupChanged:
    """One coaching group."""

    coaching_group_id: strawberry.ID = strawberry.field(description="Id of the coaching group.")

    @strawberry.field(
        description="The coaching group as it is now; null where it is deleted, or out of reach."
    )
    async def coaching_group(self, info: Info) -> CoachingGroup | None:
        """The row."""
        found: Any = await info.context.loaders.row(models.CoachingGroup, _change(info).subject_id)
        return found  # type: ignore[no-any-return]


@strawberry.type(
    description="Agents may have become candidates, or have other marks, or be candidates no more.",
    directives=[guarded(ManagesCoaching)],
)
class CandidatesChanged:
    """One agent's marks, or a group's."""

    agent_id: strawberry.ID | None = strawberry.field(
        description="Id of the agent; null where a coaching group changed: read the list anew."
    )

    @strawberry.field(
        description="The candidate as they are now; null where the agent is none, or none is named."
    )
    async def candidate(self, info: Info) -> CoachingCandidate | None:
        """With the marks of now."""
        found = await subscription.candidate(info.context, _agent(_change(info)))
        return None if found is None else CoachingCandidate(row=found)


@strawberry.type(description="What is told when it happens, one field to an operation.")
class Subscription:
    """The root of live updates."""

    @strawberry.field(
        description="Coaching in your reach that was assigned or has changed.",
        extensions=locked(ReadsAssignments),
    )
    def assignment_changed(
        self,
        info: Info,
        id: Annotated[  # noqa: A002, ARG002
            strawberry.ID | None, strawberry.argument(description="This assignment only.")
        ] = None,
        agent_id: AgentOnly = None,  # noqa: ARG002
    ) -> AssignmentChanged:
        """Of agents, their own."""
        return AssignmentChanged(assignment_id=_id(info, "Assignment"))

    @strawberry.field(description="Evaluations in your reach that were made or have changed.")
    def evaluation_changed(
        self,
        info: Info,
        id: Annotated[  # noqa: A002, ARG002
            strawberry.ID | None, strawberry.argument(description="This evaluation only.")
        ] = None,
        agent_id: AgentOnly = None,  # noqa: ARG002
    ) -> EvaluationChanged:
        """Of agents, their own."""
        return EvaluationChanged(evaluation_id=_id(info, "Evaluation"))

    @strawberry.field(
        description="Coaching groups in your reach that were made, changed, sent or deleted.",
        extensions=locked(ManagesCoaching),
    )
    def coaching_group_changed(
        self,
        info: Info,
        id: Annotated[  # noqa: A002, ARG002
            strawberry.ID | None, strawberry.argument(description="This coaching group only.")
        ] = None,
    ) -> CoachingGroupChanged:
        """Never an agent's."""
        return CoachingGroupChanged(coaching_group_id=_id(info, "CoachingGroup"))

    @strawberry.field(
        description="Agents in your reach whose marks have changed, so that the list of candidates"
        " may have.",
        extensions=locked(ManagesCoaching),
    )
    def candidates_changed(self, info: Info) -> CandidatesChanged:
        """The *Individuals* list (G5)."""
        agent_id = _agent(_change(info))
        told = None if agent_id is None else strawberry.ID(node.encode("Agent", agent_id))
        return CandidatesChanged(agent_id=told)


_TOPICS: Mapping[str, tuple[Topic, str]] = {
    "assignmentChanged": (ASSIGNMENTS, "Assignment"),
    "evaluationChanged": (EVALUATIONS, "Evaluation"),
    "coachingGroupChanged": (GROUPS, "CoachingGroup"),
    "candidatesChanged": (CANDIDATES, ""),
}
"""What each root field is about, and the type that its `id` is of."""


def interest(
    view: View, document: Document, chosen: OperationDefinitionNode, variables: dict[str, Any]
) -> Interest:
    """What a valid subscription asks to be told of.

    Raises the GraphQLError of variables that do not fit.
    """
    [(name, given)] = view.root_fields(document, chosen, variables)
    topic, kind = _TOPICS[name]
    subject, agent = given.get("id"), given.get("agentId")
    return Interest(
        topic=topic,
        subject_id=None if subject is None else node.key(subject, kind),
        agent_id=None if agent is None else node.key(agent, "Agent"),
    )


def _change(info: Info) -> Change:
    change = info.context.change
    if change is None:
        message = "A subscription is executed when something changed."
        raise RuntimeError(message)
    return change


def _id(info: Info, kind: str) -> strawberry.ID:
    return strawberry.ID(node.encode(kind, _change(info).subject_id))


def _agent(change: Change) -> Any:
    return None if change.kind is EventKind.COACHING_GROUP_CHANGED else change.agent_id
