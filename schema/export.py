"""What a bulk export tells of each row: a selection, executed on the caller's own view.

So names, ids, times and words are those of the API, and who may not see a field of it reads null
there, too. Nothing is decided here but which fields an export has.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError
from strawberry.types.graphql import OperationType

import models
from auth.permissions import IsStaff, Needs, ReadsAssignments, ReadsMarks
from auth.viewer import Caller
from models.base import Base
from resolvers.export import Rows
from resolvers.operation import Operation
from schema.node import encode
from schema.view import View

AGENT = "agent { id agentId name }"
AREAS = "areas { id name }"

ASSIGNMENT = f"""
id name status assignedAt followUpOn cancelledAt version assignedBy coachingType
group {{ id name }} {AGENT} {AREAS}
itemsTotal itemsReviewed agentTurns supervisorTurns strengths improvements
actionPlan {{ position text }}
conversations {{ position reviewedAt conversation {{ id startedAt }} }}
bestResponses {{ position reviewedAt conversation {{ id }} }}
"""
MARK = f"""
id state createdAt version markedBy
group {{ id name }} {AGENT} {AREAS} conversations {{ id }}
"""
EVALUATION = f"""
id source evaluatedAt evaluatedBy revision total passed
reviewState reviewUntil disputeRounds completedAt
form {{ id name formVersion }} {AGENT}
conversation {{ id startedAt channel topic intent queue {{ id name }} }}
scores {{ metric {{ id key name }} adherence points comment }}
"""


class Failed(Exception):
    """A page could not be told: the errors of its operation."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Export:
    """Rows of one kind. `beside` are fields that are absent for those who lack a permission."""

    kind: str
    rows: Rows
    permission: type[Needs]
    fields: str
    beside: tuple[type[Needs], str] | None = None

    def allows(self, caller: Caller) -> bool:
        """Whether there is such an export for the caller; for an agent there is none (V2)."""
        return IsStaff.allows(caller) and self.permission.allows(caller)

    def document(self, caller: Caller) -> str:
        """What is asked of each page."""
        fields = self.fields
        if self.beside and self.beside[0].allows(caller):
            fields += f" {self.beside[1]}"
        node = f"... on {self.kind} {{{fields}}}"
        return f"query Export($ids: [ID!]!) {{ nodes(ids: $ids) {{ {node} }} }}"

    async def told(self, view: View, operation: Operation, ids: Sequence[uuid.UUID]) -> list[Any]:
        """The rows with these ids as objects of plain JSON; None for one that is gone meanwhile.

        Raises Failed.
        """
        text = self.document(operation.viewer)
        await view.document.soon(text)
        result = await view.execute(
            text,
            variable_values={"ids": [encode(self.kind, each) for each in ids]},
            context_value=operation,
            allowed_operation_types={OperationType.QUERY},
        )
        if result.errors:
            raise Failed(result.errors)
        # A plan's data holds JSON that the database has written.
        found: list[Any] = orjson.loads(orjson.dumps(result.data))["nodes"]
        return found


def _export(name: str, model: type[Base], permission: type[Needs], *fields: Any) -> Export:
    return Export(model.__name__, Rows(name, model), permission, *fields)


EXPORTS = {
    "assignments": _export("assignments", models.Assignment, ReadsAssignments, ASSIGNMENT),
    "marks": _export(
        "marks", models.Mark, ReadsMarks, MARK, (ReadsAssignments, "assignment { id }")
    ),
    "evaluations": _export("evaluations", models.Evaluation, IsStaff, EVALUATION),
}
"""By the last part of their path."""
