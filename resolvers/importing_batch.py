"""What the import of every kind of record works with: entries, references, and bulk writes.

A batch holds records of one kind, no two with the same external id, so a writer looks up at once
what all of them need, decides record by record, and writes all at once: the number of statements
does not grow with the number of records.
"""

import datetime as dt
import enum
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from auth import reach, scope
from auth.reach import Conditions
from auth.viewer import Viewer
from models import Base, Evaluation, Workspace
from models.base import Imported, InWorkspace
from models.errors import Code
from models.import_reason import quoted
from models.importing import KINDS, BadRecord, Record
from resolvers import upsert

MOST_PARAMETERS = 10_000
"""Values in one statement; both databases stop at about 32,000."""

MOST_BAD_LINES = 10_000
"""Bad lines that a report keeps; all are counted."""

R = TypeVar("R", bound=Record)
T = TypeVar("T")

Values: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it came, and where: `number` counts from 1 in its file."""

    number: int
    data: bytes
    file: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that can't be imported, and the reason in words."""

    number: int
    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A line that holds a valid record."""

    line: Line
    record: R
    digest: bytes


class Outcome(enum.StrEnum):
    """What became of a record."""

    CREATED = "CREATED"
    CHANGED = "CHANGED"
    UNCHANGED = "UNCHANGED"
    REJECTED = "REJECTED"


@dataclass(slots=True)
class Report:
    """What an import did: records by kind, and bad lines.

    `written` is false where nothing was, because of the bad lines: the counts then say what
    would have been.
    """

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    bad: int = 0
    bad_lines: list[BadLine] = field(default_factory=list)
    written: bool = True

    def accept(self, entry: Entry[Any], outcome: Outcome) -> None:
        """Note what became of a good line."""
        counts = {Outcome.CREATED: self.created, Outcome.CHANGED: self.changed}
        counts.get(outcome, self.unchanged)[entry.record.kind] += 1

    def refuse(self, line: Line, error: BadRecord) -> None:
        """Note a bad line."""
        self.bad += 1
        if len(self.bad_lines) < MOST_BAD_LINES:
            self.bad_lines.append(BadLine(line.number, line.file, str(error)))

    def kinds(self) -> Iterator[str]:
        """Give the kinds that any good line was of, in the order of the format."""
        return (
            kind for kind in KINDS if self.created[kind] + self.changed[kind] + self.unchanged[kind]
        )


class References(dict[str, T]):
    """What is stored by external id, and what to call it where there is nothing.

    `field` is where records refer to it, if that has another name.
    """

    def __init__(self, noun: str, found: Mapping[str, T], field: str | None = None) -> None:
        super().__init__(found)
        self.noun = noun
        self.field = field or noun

    def __missing__(self, external_id: str) -> T:
        message = f"unknown {self.noun} {quoted(external_id)}"
        raise BadRecord(message, Code.NOT_FOUND, [self.field])


@dataclass(frozen=True, slots=True)
class Batch:
    """The transaction that a batch is written in, and the report that it is noted in.

    `viewer` is who imports: what they do not reach is not there to be referred to, and is not
    changed (V6). Without one, all of the workspace is in reach. `agent_ids` are the agents whose
    queues it may have changed.
    """

    session: AsyncSession
    workspace: Workspace
    report: Report
    now: dt.datetime
    viewer: Viewer | None = None
    agent_ids: set[uuid.UUID] = field(default_factory=set)

    @property
    def workspace_id(self) -> uuid.UUID:
        """The workspace that everything is looked up in and written to."""
        return self.workspace.id

    async def stored(
        self,
        model: type[Imported | Evaluation],
        entries: Iterable[Entry[Any]],
        *more: InstrumentedAttribute[Any],
    ) -> dict[str, sa.Row[Any]]:
        """Give the rows that these entries were stored as before, by external id."""
        columns = (model.external_id, model.id, model.digest, *more)
        ids = [entry.record.external_id for entry in entries]
        rows = await self.rows(model, model.external_id, ids, *columns)
        return {row.external_id: row for row in rows}

    async def ids(
        self,
        noun: str,
        model: type[Imported],
        external_ids: Iterable[str],
        *,
        field: str | None = None,
    ) -> References[uuid.UUID]:
        """Give the ids of rows in reach by external id; looking up another one is a bad record."""
        columns = (model.external_id, model.id)
        within = self.within(model)
        rows = await self.rows(model, model.external_id, set(external_ids), *columns, within=within)
        return References(noun, {row.external_id: row.id for row in rows}, field)

    def within(self, model: Any) -> Conditions:
        """What a row must satisfy to be in the importer's reach."""
        return () if self.viewer is None else scope.conditions(model, self.viewer)

    def within_agents(self, agent_id: Any) -> Conditions:
        """What the agent of a row must satisfy for that."""
        return () if self.viewer is None else reach.of_agent(agent_id)(self.viewer)

    async def rows(
        self,
        model: type[InWorkspace],
        column: InstrumentedAttribute[Any],
        values: Collection[Any],
        *columns: InstrumentedAttribute[Any],
        within: Conditions = (),
    ) -> list[sa.Row[Any]]:
        """Select columns of this workspace's rows in which `column` has one of these values."""
        found: list[sa.Row[Any]] = []
        for some in _slices(list(values)):
            result = await self.session.execute(
                sa.select(*columns).where(
                    model.workspace_id == self.workspace_id, column.in_(some), *within
                )
            )
            found += result
        return found

    async def news(
        self,
        model: type[Imported | Evaluation],
        entries: Iterable[Entry[R]],
        stored: Mapping[str, sa.Row[Any]],
    ) -> list[Entry[R]]:
        """Pass on the entries that aren't stored in just these words; note the others."""
        fresh = []
        foreign = await self._foreign(model, stored)
        for entry in entries:
            row = stored.get(entry.record.external_id)
            if row is not None and row.id in foreign:
                message = f"{entry.record.kind} {quoted(entry.record.external_id)} is not yours"
                self.report.refuse(entry.line, BadRecord(message, Code.FORBIDDEN))
            elif row is not None and row.digest == entry.digest:
                self.report.accept(entry, Outcome.UNCHANGED)
            else:
                fresh.append(entry)
        return fresh

    async def _foreign(
        self, model: type[Imported | Evaluation], stored: Mapping[str, sa.Row[Any]]
    ) -> set[uuid.UUID]:
        """Say which of these rows are out of the importer's reach."""
        if self.viewer is None or self.viewer.everywhere:
            return set()
        ids = {row.id for row in stored.values()}
        reached = await self.rows(model, model.id, ids, model.id, within=self.within(model))
        return ids - {row.id for row in reached}

    @contextmanager
    def checking(self, entry: Entry[Any]) -> Iterator[None]:
        """Note an entry as bad, and go on, where the body finds that it is."""
        try:
            yield
        except BadRecord as error:
            self.report.refuse(entry.line, error)

    def accept(self, entry: Entry[Any], row: sa.Row[Any] | None) -> Values:
        """Note an entry as good; give the columns that every imported row has."""
        self.report.accept(entry, Outcome.CREATED if row is None else Outcome.CHANGED)
        return {
            "workspace_id": self.workspace_id,
            "id": uuid.uuid4() if row is None else row.id,
            "external_id": entry.record.external_id,
            "digest": entry.digest,
        }

    async def put(
        self, model: type[Base], rows: Sequence[Values], *, keeps: Collection[str] = ()
    ) -> None:
        """Insert rows, or set the given columns where the primary key is there already.

        Columns named in `keeps` have the same value as before where the row is there. Setting a
        column of a unique key, even to what it is, would lock out all that points to the row, and
        writes that point to one import's row may hold what the import wants next.
        """
        if not rows:
            return
        insert, key = upsert.insert(self.session, model), upsert.key(model)
        kept = {*key, "external_id", *keeps}
        change = {name: insert.excluded[name] for name in rows[0] if name not in kept}
        await self.session.execute(
            insert.on_conflict_do_update(index_elements=key, set_=change), rows
        )

    async def add(self, model: type[Base], rows: Sequence[Values]) -> None:
        """Insert rows that aren't there yet."""
        if rows:
            await self.session.execute(sa.insert(upsert.table(model)), rows)

    async def remove(
        self,
        model: type[InWorkspace],
        column: InstrumentedAttribute[Any],
        values: Collection[Any],
    ) -> None:
        """Delete this workspace's rows in which `column` has one of these values."""
        for some in _slices(list(values)):
            await self.session.execute(
                sa.delete(model)
                .where(model.workspace_id == self.workspace_id, column.in_(some))
                .execution_options(synchronize_session=False)
            )


def _slices(values: list[T]) -> Iterator[list[T]]:
    return (
        values[start : start + MOST_PARAMETERS] for start in range(0, len(values), MOST_PARAMETERS)
    )
