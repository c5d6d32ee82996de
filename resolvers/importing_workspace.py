"""Import of what a workspace is made of: attributes, queues, agent groups, agents, scorecards."""

import uuid
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from models import (
    Agent,
    AgentGroup,
    AgentQueue,
    Attribute,
    Queue,
    Scorecard,
    ScorecardWeight,
)
from models.agent import search_key
from models.base import sort_key
from models.import_reason import quoted
from models.importing import AgentRecord, BadRecord, ScorecardRecord
from resolvers.importing_batch import Batch, Entry, Values


def named(
    model: type[Attribute | Queue | AgentGroup],
) -> Callable[[Batch, list[Entry[Any]]], Awaitable[None]]:
    """Make the import of a kind that has nothing but a name."""

    async def write(batch: Batch, entries: list[Entry[Any]]) -> None:
        stored = await batch.stored(model, entries)
        rows = [
            batch.accept(entry, stored.get(entry.record.external_id)) | _name(entry.record.name)
            for entry in await batch.news(model, entries, stored)
        ]
        await batch.put(model, rows)

    return write


async def agents(batch: Batch, entries: list[Entry[AgentRecord]]) -> None:
    """Import agents, with the queues that they work in."""
    stored = await batch.stored(Agent, entries, Agent.agent_id)
    fresh = await batch.news(Agent, entries, stored)
    groups = await batch.ids("agent_group", AgentGroup, _groups(fresh))
    queues = await batch.ids(
        "queue",
        Queue,
        (queue for entry in fresh for queue in entry.record.queues),
        field="queues",
    )
    holders = await _holders(batch, fresh)
    rows: list[Values] = []
    renumbered: list[Values] = []
    in_queues: list[Values] = []
    for entry in fresh:
        record = entry.record
        with batch.checking(entry):
            before = stored.get(record.external_id)
            group_id = groups[record.agent_group] if record.agent_group else None
            queue_ids = [queues[queue] for queue in record.queues]
            if holders.get(record.agent_id, record.external_id) != record.external_id:
                message = (
                    f"agent_id {quoted(record.agent_id)} is"
                    f" that of agent {quoted(holders[record.agent_id])}"
                )
                raise BadRecord(message, path=["agent_id"])
            if before is not None:
                holders.pop(before.agent_id, None)
            holders[record.agent_id] = record.external_id
            row = batch.accept(entry, before) | _name(record.name)
            row["agent_id"] = record.agent_id
            row["search_key"] = search_key(record.name, record.agent_id)
            row["agent_group_id"] = group_id
            same = before is not None and before.agent_id == record.agent_id
            (rows if same else renumbered).append(row)
            in_queues += _in_queues(batch, row["id"], queue_ids)
    await batch.put(Agent, rows, keeps=["agent_id"])
    await batch.put(Agent, renumbered)
    agent_ids = [row["id"] for row in (*rows, *renumbered)]
    await batch.remove(AgentQueue, AgentQueue.agent_id, agent_ids)
    await batch.add(AgentQueue, in_queues)
    batch.agent_ids.update(agent_ids)


async def scorecards(batch: Batch, entries: list[Entry[ScorecardRecord]]) -> None:
    """Import scorecards. A workspace has at most one default (section 1)."""
    stored = await batch.stored(Scorecard, entries)
    fresh = await batch.news(Scorecard, entries, stored)
    attributes = await batch.ids(
        "attribute",
        Attribute,
        (name for entry in fresh for name in entry.record.weights),
        field="weights",
    )
    defaults = await batch.rows(Scorecard, Scorecard.is_default, [True], Scorecard.external_id)
    default = next((row.external_id for row in defaults), None)
    rows: list[Values] = []
    weights: list[Values] = []
    for entry in fresh:
        record = entry.record
        with batch.checking(entry):
            percents = {attributes[name]: percent for name, percent in record.weights.items()}
            if record.default and default not in {None, record.external_id}:
                message = f"scorecard {quoted(default)} is the workspace's default already"
                raise BadRecord(message)
            if record.default:
                default = record.external_id
            elif default == record.external_id:
                default = None
            row = batch.accept(entry, stored.get(record.external_id)) | _name(record.name)
            row["is_default"] = record.default
            rows.append(row)
            weights += _weights(batch, row["id"], percents)
    await batch.put(Scorecard, rows)
    await batch.remove(ScorecardWeight, ScorecardWeight.scorecard_id, [row["id"] for row in rows])
    await batch.add(ScorecardWeight, weights)


def _name(name: str) -> Values:
    return {"name": name, "name_key": sort_key(name)}


def _groups(entries: Iterable[Entry[AgentRecord]]) -> Iterable[str]:
    return (entry.record.agent_group for entry in entries if entry.record.agent_group)


async def _holders(batch: Batch, entries: Iterable[Entry[AgentRecord]]) -> dict[str, str]:
    """Say which agent, by external id, has each `agent_id` that these entries want."""
    rows = await batch.rows(
        Agent,
        Agent.agent_id,
        [entry.record.agent_id for entry in entries],
        Agent.agent_id,
        Agent.external_id,
    )
    return {row.agent_id: row.external_id for row in rows}


def _in_queues(
    batch: Batch, agent_id: uuid.UUID, queue_ids: Iterable[uuid.UUID]
) -> Iterable[Values]:
    return (
        {"workspace_id": batch.workspace_id, "agent_id": agent_id, "queue_id": queue_id}
        for queue_id in queue_ids
    )


def _weights(
    batch: Batch, scorecard_id: uuid.UUID, percents: dict[uuid.UUID, float]
) -> Iterable[Values]:
    return (
        {
            "workspace_id": batch.workspace_id,
            "scorecard_id": scorecard_id,
            "attribute_id": attribute_id,
            "percent": percent,
        }
        for attribute_id, percent in percents.items()
    )
