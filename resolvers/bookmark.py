"""Reading bookmarks: one's own, and the conversations that carry them (B3)."""

import dataclasses
import uuid
from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from models import Bookmark, Conversation
from resolvers import named, page
from resolvers.loaders import children
from resolvers.operation import Operation
from resolvers.page import Listing, Order, Page, Window

TAGGED = sa.inspect(Bookmark).relationships["conversations"]
COLUMNS: list[Any] = [Conversation.started_at, Conversation.id]


def bookmarks(search: str | None) -> Listing:
    """One's own bookmarks, by name."""
    return named.rows(Bookmark, search=search)


async def conversations(operation: Operation, bookmark: Bookmark, window: Window) -> Page:
    """A page of the conversations in reach that carry a bookmark, newest first.

    One statement for all bookmarks of a level.
    """
    order = Order(
        keys=("started_at", "id"), descending=True, binding=("bookmarked", str(bookmark.id))
    )
    for cursor in (window.after, window.before):
        if cursor is not None:
            order.place(cursor, COLUMNS)  # refuses the cursor of another bookmark's list
    loaders = operation.loaders
    rows = await loaders.made(
        ("page", TAGGED, dataclasses.astuple(window)), lambda: _batch(operation, order, window)
    ).load(bookmark.id)
    return page.cut(rows, order, window, lambda: loaders.count(TAGGED, bookmark))


def _batch(operation: Operation, order: Order, window: Window) -> Any:
    async def batch(keys: list[uuid.UUID]) -> list[list[Conversation]]:
        parent, of_all = children(TAGGED, operation.viewer)
        statement: Any = of_all.where(parent.id.in_(keys))
        turned = page.turned(COLUMNS, order, window)
        number = sa.func.row_number().over(partition_by=parent.id, order_by=turned)
        numbered = (
            page.beyond(statement, COLUMNS, order, window)
            .with_only_columns(
                parent.id.label("parent"), Conversation.id.label("id"), number.label("number")
            )
            .subquery()
        )
        chosen = (
            sa.select(numbered.c.parent, Conversation)
            .join(
                Conversation,
                (Conversation.workspace_id == operation.viewer.workspace_id)
                & (Conversation.id == numbered.c.id),
            )
            .where(numbered.c.number <= window.size + 1)
            .order_by(numbered.c.parent, numbered.c.number)
        )
        found: dict[uuid.UUID, list[Conversation]] = defaultdict(list)
        async with operation.read() as session:
            for key, row in await session.execute(chosen):
                found[key].append(row)
        return [found[key] for key in keys]

    return batch
