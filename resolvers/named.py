"""Lists that are sorted and searched by name: agents, attributes, queues, agent groups, forms."""

from typing import Any

from auth import scope
from models.base import NAME_LENGTH, sort_key
from models.errors import BadRequest
from models.text import has_control_characters
from resolvers import page
from resolvers.operation import Operation
from resolvers.page import Order, Page, Window


async def rows(
    operation: Operation,
    model: Any,
    window: Window,
    *,
    search: str | None = None,
    searched: str = "name_key",
) -> Page:
    """A page of a table by name; `search` looks for text anywhere in the searched column."""
    text = wanted(search)
    statement = scope.select(model, operation.viewer)
    if text:
        statement = statement.where(getattr(model, searched).contains(text, autoescape=True))
    order = Order(keys=("name_key", "id"), binding=[model.__tablename__, text])
    return await page.read(operation, model, statement, order, window)


def wanted(search: str | None) -> str:
    """What to look for, as keys are written; empty for everything. Raises BadRequest."""
    text = (search or "").strip()
    if len(text) > NAME_LENGTH or has_control_characters(text):
        message = f"search: at most {NAME_LENGTH} characters, and no control characters."
        raise BadRequest(message)
    return sort_key(text)
