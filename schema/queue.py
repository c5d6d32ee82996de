"""Where conversations are handled."""

import strawberry

import models
from auth.permissions import IsStaff
from resolvers import named
from schema.info import Info
from schema.named import Search
from schema.node import Node
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import column, locked, row


@row(models.Queue, description="Where conversations are handled.")
class Queue(Node):
    """A queue."""

    name = column("Name of the queue.")


@strawberry.type
class QueueQuery:
    """Lists of queues."""

    @strawberry.field(description="Queues in your reach, by name.", extensions=locked(IsStaff))
    async def queues(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
    ) -> Connection[Queue]:
        """All queues in reach."""
        asked = window(first, after, last, before)
        return page_of(info, named.rows(models.Queue, search=search), asked)
