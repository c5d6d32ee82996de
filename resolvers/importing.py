"""The import (section 11): lines in, rows and a report out.

Everything or the good lines land, as the caller chose. Importing the same again changes nothing,
so an import that broke off is simply run again. Two imports into one workspace take turns: each
transaction begins by locking the workspace's row (on SQLite every write has the database for
itself anyway).
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from auth.viewer import Viewer
from models import AgentGroup, Attribute, Queue, Workspace, importing
from models.database import Database
from models.importing import KINDS, BadRecord
from resolvers import coaching_total
from resolvers.importing_batch import BadLine, Batch, Entry, Line, Report
from resolvers.importing_conversation import conversations
from resolvers.importing_evaluation import evaluations
from resolvers.importing_form import forms
from resolvers.importing_workspace import agents, named, scorecards

__all__ = [
    "BadLine",
    "Line",
    "Report",
    "UnknownWorkspace",
    "entry",
    "find_workspace",
    "run",
    "write",
]

BATCH_LINES = 500
BATCH_BYTES = 8_000_000
"""A batch is written when it has this many lines or bytes, so memory stays bounded."""

LINE_BYTES = 8_000_000
"""Longest line."""

Lines = Iterable[Line] | AsyncIterable[Line]

WRITERS: dict[str, Callable[[Batch, list[Entry[Any]]], Awaitable[None]]] = {
    "attribute": named(Attribute),
    "queue": named(Queue),
    "agent_group": named(AgentGroup),
    "agent": agents,
    "form": forms,
    "scorecard": scorecards,
    "conversation": conversations,
    "evaluation": evaluations,
}


class UnknownWorkspace(LookupError):
    """There is no such workspace, or several to choose from; the message is a sentence."""


class _BadLinesFound(Exception):
    """Rolls the transaction back."""


async def run(
    database: Database,
    workspace_id: uuid.UUID,
    lines: Lines,
    *,
    now: dt.datetime,
    keep_going: bool = False,
    days: int = 0,
) -> Report:
    """Import lines into a workspace.

    A line may refer to lines before it, and to any in the same batch of 500 of a kind that the
    format names before its own. All lines land or none, but with `keep_going` the good ones do,
    in batches of one transaction each. `days` moves every time in the input by so many days of
    24 hours. Raises UnknownWorkspace.
    """
    report = Report()
    batches = _batches(lines, report, days)
    if keep_going:
        async for entries in batches:
            async with database.write() as session:
                workspace = await _locked(session, workspace_id)
                batch = Batch(session, workspace, report, now)
                await _write(batch, entries)
                await _count_agents(batch)
        return report
    try:
        async with database.write() as session:
            batch = Batch(session, await _locked(session, workspace_id), report, now)
            async for entries in batches:
                await _write(batch, entries)
            _stop_if_bad(report)
            await _count_agents(batch)
    except _BadLinesFound:
        report.written = False
    return report


async def write(
    session: AsyncSession, viewer: Viewer, entries: list[Entry[Any]], report: Report
) -> None:
    """Import entries in a transaction that is under way, for somebody, and within their reach."""
    workspace = await _locked(session, viewer.workspace_id)
    batch = Batch(session, workspace, report, viewer.now, viewer)
    await _write(batch, entries)
    await _count_agents(batch)


def _stop_if_bad(report: Report) -> None:
    if report.bad:
        raise _BadLinesFound


async def find_workspace(database: Database, name: str | None) -> Workspace:
    """Give the workspace of a name, or the only one there is. Raises UnknownWorkspace."""
    chosen = sa.select(Workspace).order_by(Workspace.name).limit(2)
    async with database.read() as session:
        found = (
            await session.scalars(chosen if name is None else chosen.where(Workspace.name == name))
        ).all()
    match found:
        case [workspace]:
            return workspace
        case [] if name is not None:
            message = f"There is no workspace {name!r}."
        case []:
            message = "There is no workspace yet."
        case _:
            message = "There are several workspaces: say which with --workspace NAME."
    raise UnknownWorkspace(message)


async def _locked(session: AsyncSession, workspace_id: uuid.UUID) -> Workspace:
    found: Workspace | None = await session.scalar(
        sa.select(Workspace)
        .where(Workspace.id == workspace_id)
        # The lock that two imports can't both have, and that other writes' foreign keys don't mind.
        .with_for_update(key_share=True)
    )
    if found is None:
        message = "There is no such workspace."
        raise UnknownWorkspace(message)
    return found


async def _count_agents(batch: Batch) -> None:
    """Count new agents and those whose queues may have changed under their queues of now (B1).

    At the end of the transaction: what is locked here, others wait for while they hold
    conversations, which a later batch may want.
    """
    await coaching_total.refresh(batch.session, batch.workspace_id, batch.agent_ids)


async def _write(batch: Batch, entries: list[Entry[Any]]) -> None:
    for kind, some in _in_order(entries):
        await WRITERS[kind](batch, some)


def _in_order(entries: list[Entry[Any]]) -> Iterator[tuple[str, list[Entry[Any]]]]:
    """Sort by kind, as kinds refer to each other; never one external id twice in a list."""
    by_kind: dict[str, list[Entry[Any]]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.record.kind].append(entry)
    for kind in KINDS:
        some: dict[str, Entry[Any]] = {}
        for entry in by_kind[kind]:
            if entry.record.external_id in some:
                yield kind, list(some.values())
                some = {}
            some[entry.record.external_id] = entry
        if some:
            yield kind, list(some.values())


async def _batches(lines: Lines, report: Report, days: int) -> AsyncIterator[list[Entry[Any]]]:
    """Read lines into lists of entries; note the bad ones."""
    entries: list[Entry[Any]] = []
    size = 0
    async for line in _each(lines):
        try:
            entries.append(entry(line, days))
        except BadRecord as error:
            report.refuse(line, error)
        size += len(line.data)
        if len(entries) == BATCH_LINES or size >= BATCH_BYTES:
            yield entries
            entries, size = [], 0
    if entries:
        yield entries


def entry(line: Line, days: int = 0) -> Entry[Any]:
    """Read a line. Raises BadRecord."""
    if len(line.data) > LINE_BYTES:
        message = f"longer than {LINE_BYTES} bytes"
        raise BadRecord(message)
    record = importing.read(line.data, days=days)
    return Entry(line, record, importing.digest(record))


async def _each(lines: Lines) -> AsyncIterator[Line]:
    if isinstance(lines, AsyncIterable):
        async for line in lines:
            yield line
    else:
        for line in lines:
            yield line
