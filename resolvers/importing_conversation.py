"""Import of conversations, with their transcripts and the sender's AI insights."""

import uuid
from collections.abc import Iterable

from models import Agent, Channel, Conversation, Insight, Message, Queue, Speaker
from models.errors import Code
from models.import_reason import quoted
from models.importing import BadRecord, ConversationRecord, InsightPart, MessagePart
from resolvers import facts
from resolvers.importing_batch import Batch, Entry, Values

CHANNELS = {channel.value.lower(): channel for channel in Channel}
SPEAKERS = {speaker.value.lower(): speaker for speaker in Speaker}


async def conversations(batch: Batch, entries: list[Entry[ConversationRecord]]) -> None:
    """Import conversations. One that is stored never changes hands."""
    stored = await batch.stored(Conversation, entries, Conversation.agent_id)
    fresh = await batch.news(Conversation, entries, stored)
    agents = await batch.ids("agent", Agent, (entry.record.agent for entry in fresh))
    queues = await batch.ids("queue", Queue, (entry.record.queue for entry in fresh))
    rows: list[Values] = []
    messages: list[Values] = []
    insights: list[Values] = []
    replaced: list[uuid.UUID] = []
    for entry in fresh:
        record = entry.record
        with batch.checking(entry):
            before = stored.get(record.external_id)
            agent_id, queue_id = agents[record.agent], queues[record.queue]
            if before is not None and before.agent_id != agent_id:
                message = (
                    f"conversation {quoted(record.external_id)} is another agent's;"
                    " a conversation never changes hands"
                )
                raise BadRecord(message, Code.OTHER_AGENT, ["agent"])
            row = batch.accept(entry, before)
            if before is not None:
                replaced.append(row["id"])
            rows.append(row | _conversation(record, agent_id, queue_id))
            messages += _messages(batch, row["id"], record.messages)
            insights += _insights(batch, row["id"], record.insights or ())
    if replaced:
        await facts.lock_conversations(batch.session, batch.workspace_id, replaced)
    await batch.put(Conversation, rows)
    await batch.remove(Message, Message.conversation_id, replaced)
    await batch.remove(Insight, Insight.conversation_id, replaced)
    await batch.add(Message, messages)
    await batch.add(Insight, insights)


def _conversation(record: ConversationRecord, agent_id: uuid.UUID, queue_id: uuid.UUID) -> Values:
    return {
        "agent_id": agent_id,
        "queue_id": queue_id,
        "topic": record.topic,
        "intent": record.intent,
        "channel": CHANNELS[record.channel],
        "started_at": record.started_at,
        "ended_at": record.ended_at,
        "sentiment_score": record.sentiment_score,
    }


def _messages(
    batch: Batch, conversation_id: uuid.UUID, parts: Iterable[MessagePart]
) -> Iterable[Values]:
    return (
        {
            "workspace_id": batch.workspace_id,
            "conversation_id": conversation_id,
            "position": position,
            "speaker": SPEAKERS[part.speaker],
            "sent_at": part.at,
            "text": part.text,
        }
        for position, part in enumerate(parts, start=1)
    )


def _insights(
    batch: Batch, conversation_id: uuid.UUID, parts: Iterable[InsightPart]
) -> Iterable[Values]:
    return (
        {
            "workspace_id": batch.workspace_id,
            "conversation_id": conversation_id,
            "position": position,
            "title": part.title,
            "text": part.text,
        }
        for position, part in enumerate(parts, start=1)
    )
