"""The audit history."""

import asyncio
import datetime as dt
import json
import uuid
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

import models
from auth.permissions import IsCoach, ManagesCoaching, SeesGroups
from models import Action, EventKind
from resolvers import audit_history
from resolvers.audit_history import Filter
from schema import node
from schema.enum import described
from schema.filter import listed, moment
from schema.guard import guarded
from schema.info import Info
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import column, locked, name_of_user, one, person, row

EVERYBODYS = frozenset({EventKind.EVALUATION_CHANGED})
MANAGERS = frozenset({EventKind.MARK_CHANGED, EventKind.COACHING_GROUP_CHANGED})
"""Whose history who reads: `auth.scope` says it of the rows, and the values are guarded alike."""

described(
    Action,
    "What was done.",
    {
        "MARK_CREATED": "An agent was marked for coaching.",
        "MARK_CONVERSATIONS_ADDED": "Conversations were added to a mark.",
        "MARK_REMOVED": "A mark was removed.",
        "GROUP_CREATED": "A coaching group was made.",
        "GROUP_UPDATED": "A coaching group was changed.",
        "GROUP_DELETED": "A coaching group was deleted.",
        "GROUP_AGENTS_ADDED": "Agents joined a coaching group.",
        "GROUP_AGENTS_REMOVED": "Agents left a coaching group.",
        "GROUP_MARKS_MOVED": "Marks were moved to a coaching group.",
        "GROUP_DISPATCHED": "A coaching group was sent.",
        "ASSIGNMENT_CREATED": "Coaching was assigned.",
        "ASSIGNMENT_UPDATED": "Coaching was changed.",
        "ASSIGNMENT_CANCELLED": "Coaching was cancelled.",
        "CONVERSATION_REVIEWED": "The agent reviewed a conversation.",
        "BEST_RESPONSE_REVIEWED": "The agent looked at a best response.",
        "EVALUATION_SUBMITTED": "A manual evaluation was submitted.",
        "EVALUATION_RE_AUDITED": "A manual evaluation was scored anew.",
        "EVALUATION_ANSWERED": "The agent answered an evaluation.",
        "DISPUTE_OPENED": "The agent disputed scores.",
        "DISPUTE_RESOLVED": "A dispute was settled.",
        "DISPUTE_WITHDRAWN": "The agent withdrew a dispute.",
        "DISPUTE_REASSIGNED": "A dispute was given to somebody else.",
        "REVIEW_CLOSED": "A review was closed, unanswered.",
        "FORM_UPDATED": "The pool of auditors of an evaluation form was changed.",
        "WORKSPACE_UPDATED": "The workspace's settings were changed.",
    },
    name="AuditAction",
    guards={
        **{action.name: IsCoach for action in Action if action.event not in EVERYBODYS},
        **{action.name: ManagesCoaching for action in Action if action.event in MANAGERS},
    },
)

SYSTEM = "system"


@strawberry.type(description="A value that was changed.")
class AuditChange:
    """One value, before and after."""

    field: str = strawberry.field(description="Name of what was changed.")
    before: str | None = strawberry.field(
        description="Its value before, as JSON; null where it had none."
    )
    after: str | None = strawberry.field(
        description="Its value after, as JSON; null where it has none. Objects are told by id."
    )


@row(models.AuditEntry, description="Who did what, and when.")
class AuditEntry:
    """An entry of the history."""

    at = column("When it was done.")
    action = column("What was done.")
    agent = one("Agent whom it is about; null where it is nobody's.")
    assignment = one("Coaching that it is about; null where it is about none in reach.")
    evaluation = one("Evaluation that it is about; null where it is about none in reach.")
    group = one("Coaching group that it is about.", permission=SeesGroups)
    mark = one("Mark that it is about.", permission=SeesGroups)
    actor = person(
        "actor_id",
        "Name of who did it; `system` for the product itself.",
        nobody=SYSTEM,
        unknown=SYSTEM,
    )

    @strawberry.field(description="Values that were changed.")
    async def changes(self: Any, info: Info) -> list[AuditChange]:
        """What was written, in words of this interface."""
        before = await _told(info, self.before or {})
        after = await _told(info, self.after or {})
        return [
            AuditChange(field=to_camel_case(name), before=before.get(name), after=after.get(name))
            for name in {**after, **before}
            if before.get(name) != after.get(name)
        ]


PEOPLE = frozenset({"assignee", "auditor", "evaluator"})
"""Members that hold users: a viewer reads the name, or the names of a list."""

OBJECTS = {
    "agent": "Agent",
    "skipped_agent": "Agent",
    "area": "Attribute",
    "assignment": "Assignment",
    "best_response": "Conversation",
    "conversation": "Conversation",
    "dispute": "Dispute",
    "evaluation": "Evaluation",
    "form": "EvaluationForm",
    "group": "CoachingGroup",
    "mark": "Mark",
    "metric": "Metric",
}
"""Members that hold objects: a viewer reads their ids, where the view has the type."""


async def _told(info: Info, values: dict[str, Any]) -> dict[str, str]:
    """The values that this viewer may read, as JSON; null is none."""
    shown = await _members(info, values)
    return {
        name: json.dumps(value, ensure_ascii=False)
        for name, value in shown.items()
        if value is not None
    }


async def _members(info: Info, values: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        subject = name.removesuffix("_ids").removesuffix("_id")
        if subject in PEOPLE and isinstance(value, list):
            people = (name_of_user(info, uuid.UUID(each)) for each in value)
            found[f"{subject}s"] = list(await asyncio.gather(*people))
        elif subject in PEOPLE:
            found[subject] = await name_of_user(info, value and uuid.UUID(value))
        elif subject != name:
            if info.schema.get_type_by_name(OBJECTS.get(subject, "")) is not None:
                found[name] = _ids(OBJECTS[subject], value)
        elif "group" not in name or SeesGroups.allows(info.context.viewer):
            found[name] = await _value(info, value)
    return found


def _ids(kind: str, value: Any) -> Any:
    match value:
        case list():
            return [_ids(kind, item) for item in value]
        case str():
            return node.encode(kind, uuid.UUID(value))
    return None


async def _value(info: Info, value: Any) -> Any:
    match value:
        case dict():
            return {to_camel_case(k): v for k, v in (await _members(info, value)).items()}
        case list():
            return [await _value(info, item) for item in value]
    return value


@strawberry.input(description="Which entries. Conditions combine by and, lists inside by or.")
class AuditFilter:
    """A filter; members left out are no condition."""

    agent_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About these agents."
    )
    assignment_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About this coaching."
    )
    evaluation_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About these evaluations."
    )
    mark_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About these marks.", directives=[guarded(ManagesCoaching)]
    )
    group_ids: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="About these coaching groups.",
        directives=[guarded(ManagesCoaching)],
    )
    actions: list[Action] | None = strawberry.field(
        default=None, description="Of these kinds of writes."
    )
    since: dt.datetime | None = strawberry.field(
        default=None, name="from", description="Done then or later."
    )
    before: dt.datetime | None = strawberry.field(
        default=None, description="Done earlier than that."
    )

    def read(self) -> Filter:
        """The filter with ids as keys. Raises BadRequest for what is too long or out of range."""
        return Filter(
            agent_ids=node.keys(listed(self.agent_ids, "agentIds"), "Agent"),
            assignment_ids=node.keys(listed(self.assignment_ids, "assignmentIds"), "Assignment"),
            evaluation_ids=node.keys(listed(self.evaluation_ids, "evaluationIds"), "Evaluation"),
            mark_ids=node.keys(listed(self.mark_ids, "markIds"), "Mark"),
            group_ids=node.keys(listed(self.group_ids, "groupIds"), "CoachingGroup"),
            actions=tuple(listed(self.actions, "actions")),
            since=moment(self.since, "from"),
            before=moment(self.before, "before"),
        )


@strawberry.type
class AuditQuery:
    """Reading the history."""

    @strawberry.field(
        description="Who did what to what is in your reach, newest first unless told otherwise.",
        extensions=locked(IsCoach),
    )
    async def audit_history(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[  # noqa: A002
            AuditFilter | None, strawberry.argument(description="Which entries.")
        ] = None,
        *,
        oldest_first: Annotated[
            bool, strawberry.argument(description="From the oldest to the newest.")
        ] = False,
    ) -> Connection[AuditEntry]:
        """D10."""
        asked = window(first, after, last, before)
        chosen = filter.read() if filter else Filter()
        return page_of(info, audit_history.entries(chosen, oldest_first=oldest_first), asked)
