"""Coaching: the Assignments tab, and an agent's own."""

from collections.abc import Sequence
from typing import Annotated, Any

import sqlalchemy as sa
import strawberry

import models
from auth.permissions import (
    ActsOnCoaching,
    ManagesCoaching,
    ReadsAssignments,
    ReadsProgress,
    SeesGroups,
    StaffDetail,
)
from auth.viewer import Viewer
from models import Status
from models import assignment as rules
from models.base import Base
from models.move import ViewerActionName
from resolvers import assignment, outcome
from resolvers.assignment import CoachingType, Filter, SortBy
from resolvers.operation import Operation
from schema import node
from schema.action import ViewerAction, actions
from schema.agent import AgentSearch
from schema.enum import described
from schema.filter import listed
from schema.guard import guarded
from schema.info import Info
from schema.node import Node
from schema.outcome import AttributeProgress
from schema.page import NESTED, After, Before, Connection, First, Last, connection, page_of, window
from schema.review_section import ReviewSection, section
from schema.row import batched, column, count, locked, many, one, person, row, shared, told
from schema.status import AssignmentStatus, meant, word

described(
    CoachingType,
    "What a row of the Assignments tab stands for.",
    {"INDIVIDUAL_AGENT": "One agent.", "GROUP_AGENTS": "The agents of a coaching group."},
    permission=ManagesCoaching,
)
described(
    SortBy,
    "What coaching can be sorted by.",
    {
        "ASSIGNED_AT": "When it was assigned.",
        "FOLLOW_UP_ON": "When it is followed up.",
        "NAME": "Its name.",
        "STATUS": "Its status, from not started to cancelled; then when it was assigned.",
    },
    name="AssignmentSort",
)


MANUAL_EVALUATIONS = sa.inspect(models.Assignment).relationships["manual_evaluations"]


def shown_in(viewer: Viewer) -> Sequence[str]:
    """The column of the status that is shown in the viewer's workspace (S2, S5)."""
    return (assignment.status_of(viewer),)


def _shown(_model: type[Base], viewer: Viewer, status: Status) -> AssignmentStatus:
    """In the viewer's own words (S3)."""
    return word(status, viewer)


def _type(model: type[Base], _viewer: Viewer) -> CoachingType:
    """An assignment of a group is one agent's all the same."""
    is_group = model is models.CoachingGroup
    return CoachingType.GROUP_AGENTS if is_group else CoachingType.INDIVIDUAL_AGENT


@shared(
    models.Assignment,
    models.CoachingGroup,
    description="A row of the Assignments tab: coaching that was assigned.",
    permission=ReadsAssignments,
)
class AssignedCoaching(Node):
    """What assignments and sent groups have in common."""

    name = column("Name of the coaching session.")
    assigned_at = column("When it was assigned.")
    follow_up_on = column("Day of the follow-up, in the workspace's time zone.")
    areas = many("Skills that are coached.")
    conversation_count = count("conversations", "Number of conversations to review.")
    coaching_type = told(
        "Whether it is one agent's or a coaching group's.",
        CoachingType | None,
        _type,
        of=lambda _: (),
        permission=SeesGroups,
    )
    status = told("Where it stands.", AssignmentStatus | None, _shown, of=shown_in)

    @strawberry.field(
        description="The coaching of each agent, by the agent's name.",
        extensions=locked(ReadsAssignments),
        metadata={NESTED: assignment.AGENTS},
    )
    async def agent_assignments(
        self: Any,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: AgentSearch = None,
    ) -> Connection[Annotated["Assignment", strawberry.lazy("schema.assignment")]]:
        """Level 1 of the drill-down."""
        asked = window(first, after, last, before)
        return connection(await assignment.agent_assignments(info.context, self, search, asked))


@row(
    models.AssignmentConversation,
    description="A conversation that the agent is to review.",
    permission=ReadsAssignments,
)
class AssignmentConversation(Node):
    """A conversation of an assignment."""

    position = column("Place in the list, from 1.")
    reviewed_at = column("When the agent reviewed it first; null while they have not.")
    conversation = one("The conversation.")
    areas = many("Skills that are coached with it.")


@row(
    models.BestResponse,
    description="A good example that the agent is to look at.",
    permission=ReadsAssignments,
)
class BestResponse(Node):
    """A best response of an assignment."""

    position = column("Place in the list, from 1.")
    reviewed_at = column("When the agent looked at it first; null while they have not.")
    example = one("What was said.")
    conversation = one("The whole conversation.", permission=StaffDetail)


@row(models.ActionStep, description="A step of an action plan.")
class ActionStep:
    """A step."""

    position = column("Place in the plan, from 1.")
    text = column("What to do.")


async def _progress(
    operation: Operation, rows: list[models.Assignment]
) -> list[list[AttributeProgress]]:
    """C5."""
    return [
        [AttributeProgress(row=area, change=change) for area, change in those]
        for those in await outcome.progress(operation, rows)
    ]


@row(models.Assignment, description="One agent's coaching.", permission=ReadsAssignments)
class Assignment(AssignedCoaching):
    """An assignment."""

    strengths = column("Feedback: what went well.")
    improvements = column("Feedback: what to improve.")
    cancelled_at = column("When it was cancelled; null while it stands.")
    version = column("Counts up with every change of content; a change names it.")
    items_total = column("Number of conversations and best responses to review.")
    items_reviewed = column("Number of them that the agent has reviewed.")
    agent_turns = column("Number of its manual evaluations that wait for the agent.")
    supervisor_turns = column("Number of its manual evaluations that wait for a supervisor.")
    agent = one("Agent who is coached.")
    conversations = many("Conversations to review, in order.")
    best_responses = many("Good examples to look at, in order.")
    action_plan = many("Steps to take, in order.")
    group = one("Coaching group that it was dispatched from.", permission=SeesGroups)
    assigned_by = person("created_by_id", "Name of who assigned it.")
    status = told("Where it stands.", AssignmentStatus, _shown, of=shown_in)

    @strawberry.field(description="Reviews of the manual evaluations of its conversations.")
    async def review(self: Any, info: Info) -> ReviewSection:
        """The agent's review section (W3)."""
        return section(await info.context.loaders.related(MANUAL_EVALUATIONS, self))

    progress = batched(
        "How the agent's score changed in each skill that is coached.",
        kind=list[AttributeProgress],
        of=_progress,
        permission=ReadsProgress,
    )

    @strawberry.field(description="What you may do to it now.", extensions=locked(ActsOnCoaching))
    def viewer_actions(self: Any, info: Info) -> list[ViewerAction]:
        """By the rules that decide the writes themselves."""
        change, review = rules.refuse_change(self), rules.refuse_review(self)
        return actions(
            info,
            [
                (ViewerActionName.UPDATE_ASSIGNMENT, change),
                (ViewerActionName.CANCEL_ASSIGNMENT, change),
                (ViewerActionName.REVIEW_CONVERSATION, review),
                (ViewerActionName.REVIEW_BEST_RESPONSE, review),
            ],
        )


@strawberry.input(description="Which coaching. Conditions combine by and, lists inside by or.")
class AssignmentFilter:
    """A filter; members left out are no condition."""

    coaching_type: CoachingType | None = strawberry.field(
        default=None,
        description="Only individual coaching, or only groups'.",
        directives=[guarded(ManagesCoaching)],
    )
    statuses: list[AssignmentStatus] | None = strawberry.field(
        default=None, description="With one of these; without it, all but cancelled coaching."
    )
    area_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="With one of these skills."
    )

    def read(self) -> Filter:
        """The filter in the domain's words. Raises BadRequest for a list that is too long."""
        return Filter(
            coaching_types=(self.coaching_type,) if self.coaching_type else (),
            statuses=tuple(sorted({meant(each) for each in listed(self.statuses, "statuses")})),
            area_ids=node.keys(listed(self.area_ids, "areaIds"), "Attribute"),
        )


@strawberry.input(description="What to sort by, and which way.")
class AssignmentOrder:
    """An order; newest first when nothing is said."""

    by: SortBy = strawberry.field(default=SortBy.ASSIGNED_AT, description="What to sort by.")
    descending: bool = strawberry.field(
        default=True, description="From the last to the first: newest, latest, Z to A."
    )


@strawberry.type
class AssignmentQuery:
    """Reading coaching."""

    @strawberry.field(
        description="Coaching in your reach, newest first unless told otherwise.",
        extensions=locked(ReadsAssignments),
    )
    async def assignments(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[  # noqa: A002
            AssignmentFilter | None, strawberry.argument(description="Which coaching.")
        ] = None,
        order_by: Annotated[
            AssignmentOrder | None, strawberry.argument(description="In which order.")
        ] = None,
    ) -> Connection[AssignedCoaching]:
        """The Assignments tab (A6)."""
        asked = window(first, after, last, before)
        chosen = filter.read() if filter else Filter()
        order = order_by or AssignmentOrder()
        found = assignment.assignments(info.context, chosen, order.by, descending=order.descending)
        return page_of(info, found, asked)

    @strawberry.field(
        description="The assignment with this id; null where you reach none.",
        extensions=locked(ReadsAssignments),
    )
    async def assignment(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id of the assignment.")],  # noqa: A002
    ) -> Assignment | None:
        """One assignment."""
        return await node.find(info, id, "Assignment")  # type: ignore[no-any-return]
