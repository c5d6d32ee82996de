"""One operation, from its text to its result: admitted, executed in time, and accounted for."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType as Allowed

from models.availability import Unavailable
from resolvers.operation import Operation
from schema import cost
from schema.limits import check_cost
from schema.view import OBJECTS, View
from server.answer import Code
from server.throttle import Buckets


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks for. `trusted` is an operation of the product's own."""

    text: str
    variables: dict[str, Any]
    name: str | None
    trusted: bool
    allowed: set[Allowed]


async def execute(
    view: View, request: Request, operation: Operation, buckets: Buckets, seconds: int
) -> ExecutionResult:
    """Execute an operation on a view.

    Raises a GraphQLError for a document that can't be executed or may not, Throttled, and
    Strawberry's InvalidOperationTypeError for a kind of operation that the method does not allow.
    """
    document = await view.document.soon(request.text)
    chosen = pick(document.executable, request.name)
    if document.errors:
        return ExecutionResult(data=None, errors=document.errors)
    name = chosen.name.value if chosen.name else None
    asked = document.costs[name](request.variables)
    if not request.trusted:
        check_cost(asked, view.limits)
    key = (operation.viewer.workspace_id, operation.viewer.user_id)
    reserved = buckets.rule.reserved(asked)
    await buckets.fill(key, reserved)
    had, level = 0, 0.0
    try:
        result = await _in_time(view, request, operation, chosen, seconds)
        # What was stopped had no object in the end, but has been worked at.
        had = reserved if operation.abandoned else _objects(result)
    finally:
        # What the operation has done stays done, whether or not it can be accounted for.
        with suppress(Unavailable):
            level = await buckets.correct(key, had - reserved)
    result.extensions = {"cost": _told(asked, had, level, buckets)}
    return result


async def _in_time(
    view: View,
    request: Request,
    operation: Operation,
    chosen: OperationDefinitionNode,
    seconds: int,
) -> ExecutionResult:
    try:
        async with asyncio.timeout(seconds):
            return await view.execute(
                request.text,
                variable_values=request.variables,
                context_value=operation,
                operation_name=request.name,
                allowed_operation_types=request.allowed,
            )
    except TimeoutError:
        operation.abandon()
        message = f"The operation was stopped after {seconds} seconds."
        if chosen.operation is OperationType.MUTATION:
            message += " It is not certain that nothing was written."
        error = GraphQLError(message, extensions={"code": Code.TIMEOUT})
        return ExecutionResult(data=None, errors=[error])


def pick(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation to execute. Raises a GraphQLError unless it is clear which."""
    found = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    named = [each for each in found if name is None or (each.name and each.name.value == name)]
    if not found:
        message = "The document has no operation."
    elif not named:
        message = f"The document has no operation named {name!r}."
    elif name is None and len(found) > 1:
        message = "The document has several operations: name one by `operationName`."
    else:
        return named[0]
    raise GraphQLError(message, extensions={"code": Code.BAD_USER_INPUT})


def _objects(result: ExecutionResult) -> int:
    """How many objects an answer has, without its root."""
    told: int | None = (result.extensions or {}).get(OBJECTS)
    return cost.objects(result.data) if told is None else told


def _told(asked: int, had: int, level: float, buckets: Buckets) -> dict[str, Any]:
    """`extensions.cost` of an answer."""
    rule = buckets.rule
    return {
        "requested": asked,
        "actual": had,
        "throttle": {
            "capacity": rule.capacity,
            "available": max(0, int(rule.capacity - level)),
            "restoredEachSecond": rule.rate,
        },
    }
