"""Role views: the one schema as each kind of caller sees it (V2, V4).

What a caller sees depends on nothing but which permission classes allow them, so there are only
a few views; each is built once, when the first caller needs it. A view executes like the schema
itself, on its own projection.
"""

import asyncio
import functools
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

import strawberry
from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    print_schema,
    validate_schema,
)
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from auth import permissions
from auth.permissions import Needs
from auth.viewer import Caller
from models import Permission, Role
from schema import definitions, limits
from schema.compiled import Outcomes, Plans, Selections, call_once
from schema.document import Document, prepare
from schema.limits import Limits
from schema.projection import project
from schema.remembered import Remembered

OBJECTS = "objects"
"""In the extensions of a result that a plan came to: how many objects it has."""

Allowed = frozenset[type[Needs]]

DEFAULT = Limits()

CALLERS = {
    "agent": Caller(
        role=Role.AGENT,
        permissions=frozenset(
            {
                Permission.AGENT_DASHBOARD,
                Permission.COACHING_ASSIGNMENTS,
                Permission.MARKED_FOR_COACHING_VIEW,
            }
        ),
    ),
    "supervisor": Caller(
        role=Role.SUPERVISOR, permissions=frozenset({Permission.COACHING_ASSIGNMENTS})
    ),
    "qa": Caller(role=Role.QA, permissions=frozenset(Permission)),
    "partner": Caller(
        role=Role.PARTNER,
        permissions=frozenset({Permission.COACHING_ASSIGNMENTS, Permission.IMPORT_CONVERSATIONS}),
    ),
}
"""The views that have a name and a file: a typical caller of each kind."""


WHOLE = "schema"
"""Name of the view that hides nothing; nobody is served it."""

NAMES = (WHOLE, *CALLERS)


class View(strawberry.Schema):
    """Shares everything with the whole schema but the projection that it works on."""

    _schema: GraphQLSchema
    compiles = True
    """Whether operations are executed by their plans (`docs/compiled-operations.md`)."""

    def __init__(
        self,
        whole: strawberry.Schema,
        allowed: Allowed,
        most: Limits = DEFAULT,
        thread: Executor | None = None,
    ) -> None:
        self.__dict__.update(whole.__dict__)
        self.limits = most
        self._whole = whole._schema  # noqa: SLF001 - Strawberry has no other door
        self._view = project(self._whole, allowed.__contains__)
        call_once(self._view)
        self._schema = self._view
        self._schema._strawberry_schema = self  # type: ignore[attr-defined]  # noqa: SLF001
        self.extensions = (_Documents,)
        self.plans = Plans(self._schema)
        self.thread = thread or ThreadPoolExecutor(1)
        self.document = Remembered(self.prepare, self.thread)
        if errors := validate_schema(self._schema):
            message = "; ".join(error.message for error in errors)
            raise ValueError(message)

    def prepare(self, text: str) -> Document:
        """Prepare a document anew. Raises the GraphQLError of one that is none, or too large."""
        parsed = parse(text, max_tokens=self.limits.tokens)
        limits.check(parsed, self.limits)
        return prepare(self._view, self._whole, parsed)

    async def execute(self, query: str | None, *args: Any, **given: Any) -> ExecutionResult:
        """Execute an operation: by its plan, if it has one.

        In the thread of documents where it only asks for the schema.
        """
        document = self.document(query or "")
        names = document.introspects
        name = given.get("operation_name")
        if name not in names and not (name is None and len(names) == 1):
            given["root_value"] = outcomes = Outcomes()
            found = await self._planned(document, given, outcomes)
            return found or await super().execute(query, *args, **given)
        work = functools.partial(self.execute_sync, query, *args, **given)
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)

    async def _planned(
        self, document: Document, given: dict[str, Any], outcomes: Outcomes
    ) -> ExecutionResult | None:
        """The result of an operation that has a plan, with the number of its objects."""
        if document.errors or not self.compiles:
            return None
        named = definitions.operations(document.executable)
        only = next(iter(named), None) if len(named) == 1 else None
        chosen = named.get(given.get("operation_name") or only)
        allowed = given.get("allowed_operation_types", OperationType)
        if chosen is None or OperationType(chosen.operation.value) not in allowed:
            return None
        variables, operation = given.get("variable_values") or {}, given.get("context_value")
        if operation is None:  # a plan could ask nobody
            return None
        found = await self.plans.answer(document, chosen, variables, operation, outcomes)
        if found is None:
            return None
        return ExecutionResult(data=found.data, errors=None, extensions={OBJECTS: found.objects})

    def root_fields(
        self, document: Document, chosen: OperationDefinitionNode, given: dict[str, Any]
    ) -> list[tuple[str, dict[str, Any]]]:
        """Names and arguments of the fields at the root of a valid operation.

        Raises the GraphQLError of variables or arguments that do not fit.
        """
        schema = self._schema
        variables = get_variable_values(schema, chosen.variable_definitions or (), given)
        if not isinstance(variables, VariableValues):
            raise variables[0]
        switched = {name: variables.coerced.get(name) for name in document.switches}
        selections = Selections(schema, document.executable, switched)
        root: Any = schema.get_root_type(chosen.operation)
        return [
            (field.name, get_argument_values(field.definition, field.nodes[0], variables))
            for field in selections.of(root, [chosen.selection_set])
            if field.declared is not None
        ]

    def get_type_by_name(self, name: str) -> Any:  # type: ignore[override]
        """The declared type of this name, if it is in the view."""
        return super().get_type_by_name(name) if name in self._schema.type_map else None

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Leave the logging of errors to the server, which knows the request."""

    def as_str(self) -> str:
        """The view in the schema definition language."""
        return print_schema(self._schema) + "\n"


class _Documents(SchemaExtension):
    """Hands the view's prepared document to Strawberry."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        view: Any = context.schema
        context.graphql_document = view.document(context.query).executable
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        view: Any = context.schema
        context.pre_execution_errors = view.document(context.query).errors
        yield


class Views:
    """All views of one schema, with one thread that prepares their documents."""

    def __init__(self, whole: strawberry.Schema, most: Limits = DEFAULT) -> None:
        self.whole = whole
        self.limits = most
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents")
        self._built: dict[Allowed, View] = {}
        # As many as there are sets of permissions in use.
        self._known: dict[tuple[Role, frozenset[Permission]], View] = {}

    def of(self, caller: Caller) -> View:
        """The view of a caller."""
        key = (caller.role, caller.permissions)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._of(caller)
        return found

    def _of(self, caller: Caller) -> View:
        allowed = frozenset(need for need in permissions.ALL if need.allows(caller))
        if allowed not in self._built:
            self._built[allowed] = View(self.whole, allowed, self.limits, self._thread)
        return self._built[allowed]

    def warm_up(self) -> None:
        """Build the views that have a name, which most callers have."""
        for caller in CALLERS.values():
            self.of(caller)

    def sdl(self, name: str) -> str:
        """The schema definition language of a named view, or of the whole as `schema`."""
        if name == WHOLE:
            return View(self.whole, frozenset(permissions.ALL)).as_str()
        return self.of(CALLERS[name]).as_str()
