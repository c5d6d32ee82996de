"""For every mutation an input that is sound on the rows of a position, and what it is about."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from schema.node import encode
from tests import reviewing
from tests.matrix.rows import OWN, SAME
from tests.matrix.stage import Stage
from tests.world import NOW

TOMORROW = (NOW.date() + dt.timedelta(days=1)).isoformat()


@dataclass(frozen=True)
class At:
    """The rows at a position, by their ids."""

    stage: Stage
    position: str

    def row(self, sort: str, number: int = 0, position: str | None = None) -> Any:
        return self.stage.rows[sort, position or self.position][number]

    def id(self, sort: str, number: int = 0, position: str | None = None) -> str:
        row = self.row(sort, number, position)
        return encode(type(row).__name__, row.id)

    def own(self, sort: str, number: int = 0) -> str:
        return self.id(sort, number, OWN)

    async def scores(self) -> list[dict[str, Any]]:
        """Full marks by the form that is active where the position's conversations are."""
        form = self.row("EvaluationForm", 0, OWN if self.position == SAME else None)
        metrics = await reviewing.metrics_of(self.stage.world, form)
        if not metrics:  # of another workspace
            metrics = await reviewing.metrics_of(self.stage.world, self.row("EvaluationForm"))
        return [{"metricId": encode("Metric", each.id), "adherence": 1} for each in metrics]

    async def upheld(self) -> list[dict[str, Any]]:
        metrics = await reviewing.metrics_of(self.stage.world, self.row("EvaluationForm"))
        about = {"metricId": encode("Metric", metrics[0].id)}
        return [{**about, "decision": "UPHOLD", "comment": "It was so."}]


Given = Callable[[At], dict[str, Any]]


@dataclass(frozen=True)
class Act:
    """A mutation on a row: the sort that has to be in reach, the input's path to it, the rest.

    `slow` names members of the input that have to be read first, `also` a sort of which one's own
    has to be in reach, too.
    """

    mutation: str
    sort: str | None
    target: str | None
    given: Given
    number: int = 0
    slow: tuple[tuple[str, str], ...] = ()
    also: str | None = None

    async def input(self, at: At, id_: str | None) -> dict[str, Any]:
        """The input; a member that is a list has the one id."""
        made = self.given(at)
        for name, maker in self.slow:
            made[name] = await getattr(at, maker)()
        if self.target:
            made[self.target] = [id_] if self.target.endswith("s") else id_
        return made

    def __str__(self) -> str:
        return f"{self.mutation}({self.target or ''})"


def coaching(at: At) -> dict[str, Any]:
    return {
        "name": "Kindness",
        "areaIds": [at.own("Attribute")],
        "conversationIds": [at.id("Conversation")],
        "followUpOn": TOMORROW,
    }


def conversation(at: At) -> dict[str, Any]:
    record = {
        "externalId": "new",
        "agent": at.row("Agent").external_id,
        "queue": at.row("Queue").external_id,
        "channel": "CHAT",
        "startedAt": NOW.isoformat(),
        "endedAt": NOW.isoformat(),
        "messages": [],
    }
    return {"records": [{"conversation": record}]}


def version(**more: Any) -> Given:
    return lambda _at: {"expectedVersion": 1, **more}


def nothing(_at: At) -> dict[str, Any]:
    return {}


def on_group(mutation: str, given: Given) -> Act:
    """A mutation on a pending group."""
    return Act(mutation, "CoachingGroup", "groupId", given, number=1)


ACTS = (
    Act("createAssignment", "Agent", "agentId", coaching),
    Act("updateAssignment", "Assignment", "assignmentId", version(name="New")),
    Act("cancelAssignment", "Assignment", "assignmentId", version()),
    Act(
        "reviewConversation",
        "Assignment",
        "assignmentId",
        lambda at: {"conversationId": at.id("Conversation", 1)},
    ),
    Act("reviewBestResponse", "BestResponse", "bestResponseId", nothing, number=1),
    Act("createBookmark", None, None, lambda _at: {"name": "New", "colour": "#000000"}),
    Act("updateBookmark", "Bookmark", "bookmarkId", lambda _at: {"name": "New"}),
    Act("deleteBookmark", "Bookmark", "bookmarkId", nothing),
    Act(
        "tagConversations",
        "Conversation",
        "conversationIds",
        lambda at: {"bookmarkId": at.own("Bookmark")},
        number=3,
    ),
    Act(
        "tagConversations",
        "Bookmark",
        "bookmarkId",
        lambda at: {"conversationIds": [at.own("Conversation", 3)]},
        also="Conversation",
    ),
    Act(
        "untagConversations",
        "Bookmark",
        "bookmarkId",
        lambda at: {"conversationIds": [at.own("Conversation")]},
        also="Conversation",
    ),
    Act("updateWorkspace", None, None, version(hideAuditorDetails=True)),
    Act("updateEvaluationFormAuditors", "EvaluationForm", "formId", lambda _at: {"userIds": []}),
    Act(
        "saveEvaluationDraft",
        "Conversation",
        "conversationId",
        nothing,
        number=3,
        slow=(("scores", "scores"),),
    ),
    Act(
        "submitEvaluation",
        "Conversation",
        "conversationId",
        nothing,
        number=3,
        slow=(("scores", "scores"),),
    ),
    Act(
        "respondToEvaluation",
        "Evaluation",
        "evaluationId",
        lambda _at: {"revision": 1, "decisions": []},
    ),
    Act("withdrawDispute", "Dispute", "disputeId", lambda _at: {"revision": 1}, number=1),
    Act(
        "resolveDispute",
        "Dispute",
        "disputeId",
        lambda _at: {"revision": 1},
        number=1,
        slow=(("decisions", "upheld"),),
    ),
    Act(
        "reassignDispute",
        "Dispute",
        "disputeId",
        lambda at: {
            "expectedVersion": 1,
            "assigneeId": encode("User", at.stage.auditors[at.position].id),
        },
        number=1,
    ),
    Act(
        "markForCoaching",
        "Evaluation",
        "evaluationId",
        lambda at: {"areaIds": [at.own("Attribute")]},
    ),
    Act(
        "addConversationsToMark",
        "Mark",
        "markId",
        lambda at: {"conversationIds": [at.id("Conversation", 1)], "expectedVersion": 1},
    ),
    Act("removeMark", "Mark", "markId", version()),
    Act(
        "createCoachingGroup",
        "Agent",
        "agentIds",
        lambda at: {"name": "New", "areaIds": [at.own("Attribute")]},
    ),
    on_group("updateCoachingGroup", version(name="New")),
    on_group("deleteCoachingGroup", version()),
    on_group("addAgentsToGroup", lambda at: {"agentIds": [at.own("agent of an example")]}),
    Act(
        "addAgentsToGroup",
        "agent of an example",
        "agentIds",
        lambda at: {"groupId": at.own("CoachingGroup", 1)},
    ),
    on_group("removeAgentsFromGroup", lambda at: {"agentIds": [at.id("Agent")]}),
    on_group("moveMarksToGroup", lambda at: {"markIds": [at.own("Mark")]}),
    Act("moveMarksToGroup", "Mark", "markIds", lambda at: {"groupId": at.own("CoachingGroup", 1)}),
    Act(
        "assignCandidate",
        "Agent",
        "agentId",
        lambda _at: {"name": "Kindness", "followUpOn": TOMORROW},
    ),
    on_group("dispatchCoachingGroup", lambda _at: {"name": "Kindness", "followUpOn": TOMORROW}),
    Act("importConversations", None, None, conversation),
)
"""Every mutation, each on every row that it has to find; other rows of the input are in reach."""
