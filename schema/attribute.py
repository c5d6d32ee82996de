"""Skills."""

import strawberry

import models
from resolvers import named
from schema.info import Info
from schema.named import Search
from schema.node import Node
from schema.page import After, Before, Connection, First, Last, page_of, window
from schema.row import column, row


@row(models.Attribute, description="A skill: what is scored, and what is coached.")
class Attribute(Node):
    """A skill."""

    name = column("Name of the skill.")


@strawberry.type
class AttributeQuery:
    """Lists of skills."""

    @strawberry.field(description="Skills, by name.")
    async def attributes(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
    ) -> Connection[Attribute]:
        """All skills of the workspace."""
        asked = window(first, after, last, before)
        return page_of(info, named.rows(models.Attribute, search=search), asked)
