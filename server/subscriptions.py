"""Subscriptions: each change is told by an ordinary execution, for the viewer as they are then.

For every change the caller is looked up, their view validates the document, their scope is asked
whether they reach what changed, and limits and throttle apply, all as for any other operation. So
whoever may do less than when they subscribed is told less, from the next change on.
"""

import asyncio
import uuid
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError, OperationType
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType as Allowed

from auth.viewer import Viewer
from models.availability import Unavailable
from models.database import Database
from resolvers.operation import Operation
from resolvers.outbox import Change
from resolvers.subscription import Interest
from schema import subscription
from schema.limits import check_cost
from schema.view import View, Views
from server import answer, execution
from server.answer import Code
from server.asked import Asked
from server.hub import Hub, Mailbox, Missed
from server.limits import Limits
from server.persisted import Persisted
from server.presence import Ending, Presence, TooMany, Visit
from server.throttle import Buckets, Throttled

PRICE = 10
"""What it costs to subscribe, beside what each change costs."""

AWAY_SECONDS = 1
"""When to try again to tell a change while the database is away."""

MISSED = "More has changed than could wait for you: subscribe again, and read anew what you show."


class Stopped(Exception):
    """A subscription can't begin, or can't go on: with the errors that say why."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = errors

    def body(self, request_id: str) -> dict[str, Any]:
        """The answer of an operation that was not executed."""
        return answer.body(ExecutionResult(data=None, errors=list(self.errors)), request_id)


def stopped(code: Code, message: str) -> Stopped:
    """Stopped, with one error."""
    return Stopped([GraphQLError(message, extensions={"code": code})])


class Subscriptions:
    """What subscribing needs, the same for all."""

    def __init__(
        self,
        *,
        views: Views,
        database: Database,
        most: Limits,
        persisted: Persisted,
        buckets: Buckets,
        presence: Presence,
        hub: Hub,
    ) -> None:
        self.views = views
        self.database = database
        self.limits = most
        self.persisted = persisted
        self.buckets = buckets
        self.presence = presence
        self.hub = hub

    async def is_one(self, viewer: Viewer, asked: Asked) -> bool:
        """Whether what is asked for is a valid subscription; what is no good is none."""
        try:
            text = self._text(viewer, asked)
            document = await self.views.of(viewer).document.soon(text)
            chosen = execution.pick(document.executable, asked.operation_name)
        except GraphQLError:
            return False
        return not document.errors and chosen.operation is OperationType.SUBSCRIPTION

    async def begin(self, visit: Visit, viewer: Viewer, asked: Asked) -> "Subscription":
        """Subscribe: whatever changes from now on is told. Raises Stopped and Unavailable."""
        try:
            text = self._text(viewer, asked)
            view = self.views.of(viewer)
            wanted = await self._admit(view, viewer, text, asked)
            self.presence.begin(visit)
        except GraphQLError as error:
            raise Stopped([error]) from error
        except TooMany as error:
            raise stopped(Code.THROTTLED, str(error)) from error
        except Throttled as full:
            raise stopped(Code.THROTTLED, str(full)) from full
        try:
            box = await self.hub.join(
                viewer.workspace_id, lambda change: wanted.includes(viewer, change)
            )
        except BaseException:
            self.presence.finish(visit)
            raise
        return Subscription(self, visit, viewer.workspace_id, asked, text, wanted, box)

    async def _admit(self, view: View, viewer: Viewer, text: str, asked: Asked) -> Interest:
        document = await view.document.soon(text)
        chosen = execution.pick(document.executable, asked.operation_name)
        if document.errors:
            raise Stopped(document.errors)
        name = chosen.name.value if chosen.name else None
        if not self.persisted.is_trusted(text):
            check_cost(document.costs[name](asked.variables), view.limits)
        wanted = subscription.interest(view, document, chosen, asked.variables)
        await self.buckets.fill((viewer.workspace_id, viewer.user_id), PRICE)
        return wanted

    def _text(self, viewer: Viewer, asked: Asked) -> str:
        return self.persisted.text(viewer, asked.query, asked.document_id, asked.extensions)


class Subscription:
    """One that has begun. To be closed at its end, whatever that was."""

    def __init__(
        self,
        all_: Subscriptions,
        visit: Visit,
        workspace_id: uuid.UUID,
        asked: Asked,
        text: str,
        wanted: Interest,
        box: Mailbox,
    ) -> None:
        self._all = all_
        self._visit = visit
        self._workspace_id = workspace_id
        self._asked = asked
        self._text = text
        self._wanted = wanted
        self._box = box

    async def next(self, request_id: str) -> dict[str, Any]:
        """The next answer, always with data: what is told of the next change. Raises Stopped."""
        while True:
            try:
                change = await self._box.take()
            except Missed as missed:
                raise stopped(Code.EVENTS_MISSED, MISSED) from missed
            result = await self._told(change)
            if result is not None:
                body = answer.body(result, request_id)
                if "data" not in body:
                    raise Stopped(result.errors or ())
                return body

    def close(self) -> None:
        """End it."""
        self._all.hub.leave(self._workspace_id, self._box)
        self._all.presence.finish(self._visit)

    async def _told(self, change: Change) -> ExecutionResult | None:
        """What a change is answered with, once that can be said; None where it is not told."""
        while True:
            try:
                result = await self._execute(change)
            except Unavailable:
                await asyncio.sleep(AWAY_SECONDS)
            except Throttled as full:
                await asyncio.sleep(full.wait)
            except GraphQLError as error:
                raise Stopped([error]) from error
            else:
                if result is None or answer.absence(result.errors or ()) is None:
                    return result
                await asyncio.sleep(AWAY_SECONDS)

    async def _execute(self, change: Change) -> ExecutionResult | None:
        """Raises Stopped, GraphQLError, Throttled and Unavailable."""
        every, asked = self._all, self._asked
        viewer = await every.presence.find(self._visit.token)
        if viewer is None or viewer.workspace_id != self._workspace_id:
            raise stopped(Code.UNAUTHENTICATED, Ending.GONE.value)
        every.persisted.text(viewer, self._text, None, None)  # raises, where they may not any more
        view = every.views.of(viewer)
        document = await view.document.soon(self._text)
        if document.errors:
            raise Stopped(document.errors)
        if not self._wanted.includes(viewer, change):
            return None
        operation = Operation(every.database, viewer, every.limits.rows, change)
        try:
            async with asyncio.timeout(every.limits.seconds):
                reached = await self._wanted.topic.reached(operation, change)
        except TimeoutError as error:
            operation.abandon()
            message = f"The operation was stopped after {every.limits.seconds} seconds."
            raise stopped(Code.TIMEOUT, message) from error
        if not reached:
            return None
        wanted = execution.Request(
            text=self._text,
            variables=asked.variables,
            name=asked.operation_name,
            trusted=every.persisted.is_trusted(self._text),
            allowed={Allowed.SUBSCRIPTION},
        )
        return await execution.execute(view, wanted, operation, every.buckets, every.limits.seconds)
