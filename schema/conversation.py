"""Customer interactions."""

import dataclasses
import datetime as dt
from typing import Annotated, Any

import strawberry

import models
from auth.permissions import CoachDetail, IsStaff, ReadsAssignments, StaffDetail
from resolvers import conversation, evaluation
from resolvers.conversation import Filter
from schema import node
from schema.enum import described
from schema.evaluation import EvaluationDraft
from schema.filter import listed, moment, points
from schema.info import Info
from schema.node import Node
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import column, locked, many, one, row

described(
    models.Channel,
    "How customer and agent talk.",
    {"CHAT": "In writing, live.", "EMAIL": "By e-mail.", "VOICE": "On the telephone."},
)
described(
    models.Speaker,
    "Who says a message.",
    {"AGENT": "The agent.", "CUSTOMER": "The customer."},
)


@row(models.Message, description="One utterance of a transcript.")
class Message:
    """An utterance."""

    position = column("Place in the transcript, from 1.")
    speaker = column("Who says it.")
    sent_at = column("When it was said.")
    text = column("What was said.")


@row(models.Insight, description="An AI insight, as the sender gave it.")
class Insight:
    """An insight."""

    title = column("What it is about.")
    text = column("What it says.")


@row(models.Conversation, description="One customer interaction of one agent.")
class Conversation(Node):
    """A conversation."""

    started_at = column("When it began.")
    ended_at = column("When it ended.")
    channel = column("Channel that it came by.")
    topic = column("What it was about.")
    intent = column("What the customer wanted.")
    sentiment_score = column("Customer's sentiment, -100 to 100.")
    kore_evaluation_score = column("Total of Auto QA's evaluation, in points; null without one.")
    supervisor_audit_score = column(
        "Total of the manual evaluation's newest revision, in points; null without one."
    )
    agent = one("Agent who handled it.", nullable=True)
    queue = one("Queue that it was handled in.")
    transcript = many("What was said, in order.", usual=50)
    insights = many("AI insights, in the sender's order.")
    evaluations = many("Its evaluations, at most one by Auto QA and one manual.", usual=2)
    assignments = many(
        "Coaching that contains it, newest first, for its feedback.", permission=StaffDetail
    )
    bookmarks = many("Your bookmarks on it, by name.", permission=StaffDetail)

    @strawberry.field(
        description="Your own manual evaluation that is not submitted; null without one.",
        extensions=locked(CoachDetail),
    )
    async def evaluation_draft(self: Any, info: Info) -> EvaluationDraft | None:
        """Nobody but its author sees it (D1)."""
        found: Any = await evaluation.draft_of(info.context, self.id)
        return found  # type: ignore[no-any-return]


@row(
    models.Example,
    description="A conversation as a good example: what was said, not who said it.",
    permission=ReadsAssignments,
)
class Example(Node):
    """A conversation in a best response."""

    started_at = column("When it began.")
    ended_at = column("When it ended.")
    channel = column("Channel that it came by.")
    topic = column("What it was about.")
    intent = column("What the customer wanted.")
    queue = one("Queue that it was handled in.")
    transcript = many("What was said, in order.", usual=50)


SCORES = ("kore_score_from", "kore_score_to", "audit_score_from", "audit_score_to")


@strawberry.input(description="Which conversations. Conditions combine by and, lists inside by or.")
class ConversationFilter:
    """A filter; members left out are no condition."""

    agent_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of these agents."
    )
    queue_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Of these queues."
    )
    started_from: dt.datetime | None = strawberry.field(
        default=None, description="Begun then or later."
    )
    started_before: dt.datetime | None = strawberry.field(
        default=None, description="Begun earlier than that."
    )
    kore_score_from: float | None = strawberry.field(
        default=None, description="With at least so many points from Auto QA."
    )
    kore_score_to: float | None = strawberry.field(
        default=None, description="With at most so many points from Auto QA."
    )
    audit_score_from: float | None = strawberry.field(
        default=None, description="With at least so many points from the audit."
    )
    audit_score_to: float | None = strawberry.field(
        default=None, description="With at most so many points from the audit."
    )

    def read(self) -> Filter:
        """The filter with ids as keys. Raises BadRequest for what is too long or out of range."""
        given = {field.name: getattr(self, field.name) for field in dataclasses.fields(Filter)}
        for name in ("started_from", "started_before"):
            given[name] = moment(given[name], name)
        for name in SCORES:
            given[name] = points(given[name], name)
        given["agent_ids"] = node.keys(listed(self.agent_ids, "agentIds"), "Agent")
        given["queue_ids"] = node.keys(listed(self.queue_ids, "queueIds"), "Queue")
        return Filter(**given)


@strawberry.type
class ConversationQuery:
    """Reading conversations."""

    @strawberry.field(
        description="Conversations in your reach, newest first: an agent's Evaluation tab.",
        extensions=locked(IsStaff),
    )
    async def conversations(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[  # noqa: A002
            ConversationFilter | None, strawberry.argument(description="Which conversations.")
        ] = None,
    ) -> Connection[Conversation]:
        """All conversations in reach."""
        asked = window(first, after, last, before)
        chosen = filter.read() if filter else Filter()
        return page_of(info, conversation.conversations(chosen), asked)

    @strawberry.field(description="The conversation with this id; null where you reach none.")
    async def conversation(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id of the conversation.")],  # noqa: A002
    ) -> Conversation | None:
        """One conversation."""
        return await node.find(info, id, "Conversation")  # type: ignore[no-any-return]
