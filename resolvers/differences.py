"""What a check has found: rows seen, and where a stored value is not what it should be."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from models import Base

SHOWN = 20
"""Differences that are kept of each table and column; all are counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored value that is not what counting anew gives."""

    table: str
    key: str
    column: str
    stored: object
    expected: object


@dataclass(slots=True)
class Report:
    """What was checked and found, in bounded memory."""

    rows: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[tuple[str, str], list[Difference]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def compare(
        self,
        model: type[Base],
        key: Sequence[object],
        column: str,
        stored: object,
        expected: object,
    ) -> None:
        """Note a difference, if it is one."""
        if stored != expected:
            self.add(model, key, column, stored, expected)

    def add(
        self,
        model: type[Base],
        key: Sequence[object],
        column: str,
        stored: object,
        expected: object,
    ) -> None:
        """Note a difference."""
        where = (model.__tablename__, column)
        self.counts[where] += 1
        if len(self.shown[where]) < SHOWN:
            name = "/".join(map(_text, key))
            self.shown[where].append(Difference(where[0], name, column, stored, expected))


@dataclass(frozen=True, slots=True)
class Check:
    """The check of one workspace: where it reads, and where it notes what it finds."""

    connection: AsyncConnection
    workspace_id: uuid.UUID
    report: Report


def _text(part: object) -> str:
    return str(uuid.UUID(int=part.int)) if isinstance(part, uuid.UUID) else str(part)
