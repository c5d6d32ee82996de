"""Lists that are sorted and searched by name: agents, attributes, queues, agent groups, forms."""

from typing import Any

from auth import scope
from auth.viewer import Viewer
from models.base import NAME_LENGTH, sort_key
from models.errors import BadRequest
from models.text import has_control_characters
from resolvers.page import Listing, Order, Parts


def rows(model: Any, *, search: str | None = None, searched: str = "name_key") -> Listing:
    """A table by name; `search` looks for text anywhere in the searched column."""
    text = wanted(search)

    def parts(viewer: Viewer) -> Parts:
        statement = scope.select(model, viewer)
        if text:
            statement = statement.where(getattr(model, searched).contains(text, autoescape=True))
        return [(model, statement)]

    order = Order(keys=("name_key", "id"), binding=(model.__tablename__, text))
    return Listing(order=order, parts=parts)


def wanted(search: str | None) -> str:
    """What to look for, as keys are written; empty for everything. Raises BadRequest."""
    text = (search or "").strip()
    if len(text) > NAME_LENGTH or has_control_characters(text):
        message = f"search: at most {NAME_LENGTH} characters, and no control characters."
        raise BadRequest(message)
    return sort_key(text)
