"""Joins the features into one schema."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.agent import AgentQuery
from schema.assigning import AssigningMutation
from schema.assignment import AssignmentQuery
from schema.attribute import AttributeQuery
from schema.audit import AuditQuery
from schema.bookmark import BookmarkQuery
from schema.bookmarking import BookmarkingMutation
from schema.candidate import CandidateQuery
from schema.coaching_group import CoachingGroup, CoachingGroupQuery
from schema.conversation import ConversationQuery
from schema.dashboard import DashboardQuery
from schema.dispatching import DispatchingMutation, DispatchingQuery
from schema.disputing import DisputingMutation
from schema.evaluating import EvaluatingMutation
from schema.evaluation import Evaluation
from schema.evaluation_form import EvaluationFormMutation, EvaluationFormQuery
from schema.grouping import GroupingMutation
from schema.importing import ImportingMutation
from schema.leaderboard import LeaderboardQuery
from schema.limits import Limits
from schema.mark import MarkQuery
from schema.marking import MarkingMutation
from schema.monitor import MonitorQuery
from schema.node import NodeQuery
from schema.queue import QueueQuery
from schema.responding import RespondingMutation
from schema.review import ReviewMutation
from schema.subscription import Subscription
from schema.user import ViewerQuery
from schema.view import DEFAULT, Views
from schema.workspace import WorkspaceMutation


@strawberry.type(description="Everything that can be read.")
class Query(
    ViewerQuery,
    NodeQuery,
    AssignmentQuery,
    CoachingGroupQuery,
    ConversationQuery,
    AgentQuery,
    AttributeQuery,
    QueueQuery,
    EvaluationFormQuery,
    BookmarkQuery,
    AuditQuery,
    MarkQuery,
    CandidateQuery,
    DispatchingQuery,
    MonitorQuery,
    LeaderboardQuery,
    DashboardQuery,
):
    """The root of reading."""


@strawberry.type(description="Everything that can be written.")
class Mutation(
    AssigningMutation,
    ReviewMutation,
    BookmarkingMutation,
    WorkspaceMutation,
    EvaluationFormMutation,
    EvaluatingMutation,
    RespondingMutation,
    DisputingMutation,
    MarkingMutation,
    GroupingMutation,
    DispatchingMutation,
    ImportingMutation,
):
    """The root of writing."""


def build(most: Limits = DEFAULT) -> Views:
    """The one schema, and its views, which take documents up to these limits."""
    whole = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[CoachingGroup, Evaluation],
        config=StrawberryConfig(auto_camel_case=True),
    )
    return Views(whole, most)
