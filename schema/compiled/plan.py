"""Plans: an operation compiled once for a kind of viewer, and remembered."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from graphql import DocumentNode, OperationDefinitionNode, OperationType
from graphql.execution.values import VariableValues

from auth.stand_in import kind
from auth.viewer import Viewer
from models.availability import Unavailable
from resolvers.operation import Operation
from resolvers.page import Window
from schema.compiled.blocks import Compiler
from schema.compiled.mutation import Outcomes
from schema.compiled.pages import pages
from schema.compiled.run import Run, there
from schema.compiled.selection import NotCompiled, Selected, Selections
from schema.compiled.text import Writer
from schema.compiled.variables import coerced
from schema.compiled.words import WORDS
from schema.document import Document

MOST = 50
"""Plans of one document, which are forgotten with it."""


class Plan:
    """One operation of a document, for one kind of viewer and given values of its switches."""

    def __init__(
        self,
        schema: Any,
        document: DocumentNode,
        chosen: OperationDefinitionNode,
        switched: dict[str, Any],
        viewer: Viewer,
        dialect: sa.Dialect,
    ) -> None:
        selections = Selections(schema, document, switched)
        writer = Writer(WORDS[dialect.name], viewer, selections)
        compiler = Compiler(selections, writer, dialect, pages)
        root = schema.get_root_type(chosen.operation)
        sets = [chosen.selection_set]
        if chosen.operation is OperationType.MUTATION and _fields(selections.of(root, sets)) > 1:
            # What one writes is read before the next begins. Who starts again can't keep to that.
            message = "several fields that write"
            raise NotCompiled(message)
        self._ask: Any = compiler.block(root, sets)
        self._limits = writer.limits

    async def answer(self, run: Run, outcomes: Outcomes) -> Any:
        """The data of an answer."""
        for name, field in self._limits.items():
            run.given[name] = Window(first=run.arguments(field).get("first")).size
        (data,) = await there(self._ask(run, [outcomes]))
        return data


def _fields(selected: Sequence[Selected]) -> int:
    """How many of these fields are called."""
    return sum(each.declared is not None for each in selected)


@dataclasses.dataclass(frozen=True, slots=True)
class Answered:
    """What a plan came to: data, in which the database's JSON stands as it is; and its objects."""

    data: Any
    objects: int


class Plans:
    """The plans of one view. `counts` says how operations were executed, and why not by a plan."""

    def __init__(self, schema: Any) -> None:
        self.counts: Counter[str] = Counter()
        self._schema = schema

    async def answer(
        self,
        document: Document,
        chosen: OperationDefinitionNode,
        given: dict[str, Any],
        operation: Operation,
        outcomes: Outcomes,
    ) -> Answered | None:
        """Execute an operation by its plan; None where the ordinary executor has to.

        It must be given the same `outcomes` then as its root value: the operation may have written.
        Raises Unavailable where one that reads does.
        """
        found = await self._answer(document, chosen, given, operation, outcomes)
        self.counts["ordinary" if isinstance(found, str) else "compiled"] += 1
        if isinstance(found, str):
            self.counts[found] += 1
            return None
        return found

    async def _answer(
        self,
        document: Document,
        chosen: OperationDefinitionNode,
        given: dict[str, Any],
        operation: Operation,
        outcomes: Outcomes,
    ) -> Answered | str:
        variables = coerced(self._schema, document, chosen, given)
        if not isinstance(variables, VariableValues):
            return "variables"
        plan = self._plan(document, chosen, variables, operation)
        if plan is None:
            return "not compiled"
        run = Run(self._schema, document.executable, chosen, variables, operation)
        try:
            data = await plan.answer(run, outcomes)
            # The ordinary executor counts rows where it reads them, and refuses there.
            if run.objects > operation.loaders.most_rows:
                return "unusual"
        except Exception as error:
            if isinstance(error, Unavailable) and chosen.operation is OperationType.QUERY:
                raise
            return "unusual"  # whatever it is, the ordinary executor says it properly
        return Answered(data, run.objects - 1)

    def _plan(
        self,
        document: Document,
        chosen: OperationDefinitionNode,
        variables: VariableValues,
        operation: Operation,
    ) -> Plan | None:
        viewer = operation.viewer
        switched = {name: variables.coerced.get(name) for name in document.switches}
        name = chosen.name.value if chosen.name else None
        key = (name, tuple(switched.values()), kind(viewer))
        plans = document.plans
        if key in plans:
            found: Plan | None = plans[key]
            return found
        try:
            dialect = operation.database.engine.dialect
            plan: Plan | None = Plan(
                self._schema, document.executable, chosen, switched, viewer, dialect
            )
        except NotCompiled:
            plan = None
        while len(plans) >= MOST:
            plans.pop(next(iter(plans)))
        plans[key] = plan
        return plan
