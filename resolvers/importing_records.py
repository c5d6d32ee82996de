"""The import by mutation (section 11): records in, and a result for each, in their order.

The rules are those of the command line (`resolvers.importing`): each record becomes a line of the
import format. One transaction, in which one bad record keeps nothing else out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import orjson

from auth.viewer import Viewer
from models.errors import Code, Refusal
from models.importing import BadRecord
from resolvers import idempotency, importing
from resolvers.importing_batch import Entry, Line, Outcome, Report
from resolvers.operation import Operation

MOST = 200
"""Most records of one call."""

OF_QUEUES = frozenset({"conversation", "evaluation"})
"""Kinds of records that belong to a queue; all others are the whole workspace's."""

Record: TypeAlias = dict[str, Any]
"""As a line of the import format has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a record. A rejected one says why; `path` leads into it."""

    outcome: Outcome
    code: Code | None = None
    message: str = ""
    path: tuple[str, ...] = ()


async def take(
    operation: Operation, records: Sequence[Record], *, idempotency_key: str | None = None
) -> list[Result]:
    """Import 1 to 200 records; the results in their order (I1).

    A record may refer to any other in the call of a kind that the format names before its own.
    Who does not reach every queue imports conversations and evaluations of their own queues (V6).
    Raises Refusal: INVALID, IDEMPOTENCY_KEY_REUSED.
    """
    if not 1 <= len(records) <= MOST:
        message = f"Give 1 to {MOST} records."
        raise Refusal(Code.INVALID, message, ["records"])
    viewer, results = operation.viewer, _Results()
    entries = _entries(viewer, records, results)
    async with operation.write() as session:
        key = idempotency_key
        _, fresh = await idempotency.claim(session, viewer, key, "importConversations", records)
        if not fresh:
            return _read(await idempotency.answer(session, viewer, key))
        await importing.write(session, viewer, entries, results)
        found = [results.found[number] for number in range(len(records))]
        await idempotency.keep(session, viewer, key, _plain(found))
        return found


@dataclass(slots=True)
class _Results(Report):
    """A report that knows what became of each record, by its place."""

    found: dict[int, Result] = field(default_factory=dict)

    def accept(self, entry: Entry[Any], outcome: Outcome) -> None:
        self.found[entry.line.number] = Result(outcome=outcome)

    def refuse(self, line: Line, error: BadRecord) -> None:
        self.found[line.number] = Result(
            outcome=Outcome.REJECTED,
            code=error.code,
            message=str(error),
            path=tuple(map(str, error.path)),
        )


def _entries(viewer: Viewer, records: Sequence[Record], results: Report) -> list[Entry[Any]]:
    """The records that are sound by themselves, and the viewer's to import."""
    entries = []
    for number, record in enumerate(records):
        line = Line(number, orjson.dumps(record))
        try:
            entry = importing.entry(line)
            _require_reach(viewer, entry)
        except BadRecord as error:
            results.refuse(line, error)
        else:
            entries.append(entry)
    return entries


def _require_reach(viewer: Viewer, entry: Entry[Any]) -> None:
    if not viewer.everywhere and entry.record.kind not in OF_QUEUES:
        message = "this kind is for those who reach every queue"
        raise BadRecord(message, Code.FORBIDDEN)


def _plain(results: Sequence[Result]) -> list[Any]:
    """The results as they are kept with an idempotency key."""
    return [[each.outcome, each.code, each.message, *each.path] for each in results]


def _read(kept: Any) -> list[Result]:
    return [
        Result(
            outcome=Outcome(outcome),
            code=None if code is None else Code(code),
            message=message,
            path=tuple(path),
        )
        for outcome, code, message, *path in kept
    ]
