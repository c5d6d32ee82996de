"""Functions that SQLite lacks, for statements that write JSON."""

import base64
import json
import uuid
from typing import Any


def opaque_id(kind: str, key: uuid.UUID) -> str:
    """The opaque id of a row, as `node` takes it."""
    return base64.b64encode(f"{kind}:{key}".encode()).decode()


def give(connection: Any) -> None:
    """Give them to a connection."""
    connection.create_function("coaching_node_id", 2, _quoted_id, deterministic=True)
    connection.create_function("coaching_decimal", 2, _decimal, deterministic=True)


def _quoted_id(kind: str, key: str | None) -> str | None:
    return None if key is None else f'"{opaque_id(kind, uuid.UUID(key))}"'


def _decimal(number: int | None, by: int) -> str | None:
    """A whole number divided, as Python's JSON has it."""
    return None if number is None else json.dumps(number / by)
