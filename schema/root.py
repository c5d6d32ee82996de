"""Joins the features into one schema."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.agent import AgentQuery
from schema.assigning import AssigningMutation
from schema.assignment import AssignmentQuery
from schema.attribute import AttributeQuery
from schema.coaching_group import CoachingGroup, CoachingGroupQuery
from schema.conversation import ConversationQuery
from schema.evaluation import Evaluation
from schema.evaluation_form import EvaluationFormQuery
from schema.node import NodeQuery
from schema.queue import QueueQuery
from schema.review import ReviewMutation
from schema.user import ViewerQuery
from schema.view import Views


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
):
    """The root of reading."""


@strawberry.type(description="Everything that can be written.")
class Mutation(AssigningMutation, ReviewMutation):
    """The root of writing."""


def build() -> Views:
    """The one schema, and its views."""
    whole = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        types=[CoachingGroup, Evaluation],
        config=StrawberryConfig(auto_camel_case=True),
    )
    return Views(whole)
