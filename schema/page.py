"""Connections: pages of lists as Relay's clients know them (E2)."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from resolvers.page import Asked, Listed, Listing, Page, Ready, Window
from schema.info import Info
from schema.row import PRICE

NESTED = "within"
"""In the metadata of a field with a page of a list of each row: which list (`Within`)."""

T = TypeVar("T")

First = Annotated[
    int | None,
    strawberry.argument(
        description="How many to give, from the start or behind `after`: 1 to 100."
    ),
]
After = Annotated[
    str | None, strawberry.argument(description="Cursor behind which the page begins.")
]
Last = Annotated[
    int | None,
    strawberry.argument(
        description="How many to give, from the end or in front of `before`: 1 to 100."
    ),
]
Before = Annotated[
    str | None, strawberry.argument(description="Cursor in front of which the page ends.")
]


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """Relay's page info."""

    has_next_page: bool = strawberry.field(description="Whether the list goes on behind the page.")
    has_previous_page: bool = strawberry.field(
        description="Whether the list has more in front of the page."
    )
    start_cursor: str | None = strawberry.field(
        description="Cursor of the page's first object; null on an empty page."
    )
    end_cursor: str | None = strawberry.field(
        description="Cursor of the page's last object; null on an empty page."
    )


@strawberry.type(description="An object in a list, with its place.")
class Edge(Generic[T]):
    """Relay's edge."""

    cursor: str = strawberry.field(description="Opaque place of the object in this list.")
    node: T = strawberry.field(description="The object.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """Relay's connection, with the objects themselves beside the edges.

    The page is read when something of it is asked for; whoever asks for the total only, gets that.
    """

    asked: strawberry.Private[Asked]

    @strawberry.field(description="The page's objects, each with its cursor.")
    async def edges(self) -> list[Edge[T]]:
        """Objects with their places."""
        page = await self.asked.page()
        return [
            Edge(cursor=cursor, node=row)
            for cursor, row in zip(page.cursors, page.rows, strict=True)
        ]

    @strawberry.field(description="The page's objects.")
    async def nodes(self) -> list[T]:
        """Objects without."""
        return list((await self.asked.page()).rows)

    @strawberry.field(description="Where the page lies in the list.")
    async def page_info(self) -> PageInfo:
        """What stands before and behind it."""
        return page_info(await self.asked.page())

    @strawberry.field(
        description="How many objects the whole list has; counted only when asked.",
        metadata={PRICE: 10},
    )
    async def total_count(self) -> int:
        """Count the list that the page is of."""
        return await self.asked.total()


def page_info(page: Page) -> PageInfo:
    """Where a page lies."""
    start, end = page.ends
    return PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=start,
        end_cursor=end,
    )


def connection(page: Page) -> Connection[T]:
    """A page that is there already as a connection."""
    return Connection(asked=Ready(page))


def page_of(
    info: Info, listing: Listing, window: Window, shown: Callable[[Any], Any] | None = None
) -> Connection[T]:
    """A page of a list as a connection; `shown` makes the object that a row is shown as.

    Raises BadCursor for a cursor of another list.
    """
    operation = info.context
    listing.require_place(operation.viewer, window)
    return Connection(asked=Listed(operation, listing, window, shown))


def window(first: int | None, after: str | None, last: int | None, before: str | None) -> Window:
    """The window that the four paging arguments ask for. Raises BadRequest."""
    return Window(first=first, after=after, last=last, before=before)
