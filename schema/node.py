"""Objects with an id, and how to come back to them (`node`, `nodes`)."""

import asyncio
import base64
import uuid
from typing import Annotated, Any

import strawberry

from models.base import Base
from models.errors import BadRequest
from models.functions import opaque_id
from schema.info import Info

IDENTIFIES = "identifies"
"""In a field's metadata: it is the opaque id of the row, of the type that it is asked of."""

MOST = 100
"""Most ids of one `nodes`."""


def encode(kind: str, key: uuid.UUID) -> str:
    """The opaque id of a row."""
    return opaque_id(kind, key)


def decode(text: str) -> tuple[str, uuid.UUID] | None:
    """Type name and key of an opaque id, or None where the text is no id of ours."""
    try:
        kind, _, key = base64.b64decode(text, validate=True).decode().partition(":")
        found = uuid.UUID(key)
    except ValueError:
        return None
    return (kind, found) if encode(kind, found) == text else None


NOWHERE = uuid.UUID(int=0)
"""A key that no row has: random ids are of version 4."""


def key(text: str, kind: str) -> uuid.UUID:
    """The key in an id of this type; a key that no row has for any other text (V1)."""
    found = decode(text)
    return found[1] if found is not None and found[0] == kind else NOWHERE


def keys(texts: list[strawberry.ID] | None, kind: str) -> tuple[uuid.UUID, ...]:
    """The keys in a list of ids of this type."""
    return tuple(key(text, kind) for text in texts or ())


@strawberry.interface(description="An object with an id.")
class Node:
    """The interface of Relay's object identification."""

    @strawberry.field(
        description="Opaque id, the same for ever and known to `node`.", metadata={IDENTIFIES: True}
    )
    def id(self: Any, info: Info) -> strawberry.ID:
        """The id names the type as the view's schema does."""
        return strawberry.ID(encode(info._raw_info.parent_type.name, self.id))  # noqa: SLF001


async def find(info: Info, text: str, kind: str | None = None) -> Any:
    """The row with this id, or None: out of reach, hidden, never there, or of another type."""
    found = decode(text)
    if found is None or (kind is not None and found[0] != kind):
        return None
    declared: Any = getattr(info.schema.get_type_by_name(found[0]), "origin", None)
    model: type[Base] | None = getattr(declared, "model", None)
    if model is None or not issubclass(declared, Node):
        return None
    return await info.context.loaders.row(model, found[1])


@strawberry.type
class NodeQuery:
    """Coming back to objects by id."""

    @strawberry.field(description="The object with this id; null where you reach none.")
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id of the object.")],  # noqa: A002
    ) -> Node | None:
        """One object."""
        return await find(info, id)  # type: ignore[no-any-return]

    @strawberry.field(
        description="The objects with these ids, in order; null for each that you do not reach."
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[
            list[strawberry.ID], strawberry.argument(description="Ids of the objects, at most 100.")
        ],
    ) -> list[Node | None]:
        """Many objects."""
        if len(ids) > MOST:
            message = f"ids: at most {MOST}."
            raise BadRequest(message)
        return list(await asyncio.gather(*(find(info, text) for text in ids)))
