"""Connections: pages of lists as Relay's clients know them (E2)."""

from typing import Annotated, Generic, TypeVar

import strawberry

from resolvers.page import Page, Window
from schema.row import PRICE

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
    """Relay's connection, with the objects themselves beside the edges."""

    edges: list[Edge[T]] = strawberry.field(description="The page's objects, each with its cursor.")
    nodes: list[T] = strawberry.field(description="The page's objects.")
    page_info: PageInfo = strawberry.field(description="Where the page lies in the list.")
    page: strawberry.Private[Page]

    @strawberry.field(
        description="How many objects the whole list has; counted only when asked.",
        metadata={PRICE: 10},
    )
    async def total_count(self) -> int:
        """Count the list that the page is of."""
        return await self.page.total()


def connection(page: Page) -> Connection[T]:
    """A page of rows as a connection."""
    edges = [
        Edge(cursor=cursor, node=row) for cursor, row in zip(page.cursors, page.rows, strict=True)
    ]
    return Connection(
        edges=edges,
        nodes=list(page.rows),
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        ),
        page=page,
    )


def window(first: int | None, after: str | None, last: int | None, before: str | None) -> Window:
    """The window that the four paging arguments ask for. Raises BadRequest."""
    return Window(first=first, after=after, last=last, before=before)
