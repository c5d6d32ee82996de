"""Import of Auto QA's evaluations: scored here (D9), kept by revision, summed by day (C7)."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from models import (
    Conversation,
    Evaluation,
    EvaluationRevision,
    MetricScore,
    RevisionReason,
    Source,
    scoring,
)
from models.import_reason import quoted
from models.importing import BadRecord, EvaluationRecord
from resolvers import facts, importing_scoring, upsert
from resolvers.importing_batch import Batch, Entry, References, Values
from resolvers.importing_scoring import Form, FormMetric, Forms
from resolvers.score_day import DaySums, Evaluated

Scored = list[tuple[FormMetric, float | None]]


@dataclass(frozen=True, slots=True)
class _Accepted:
    """An evaluation that is to be written, over the row that it was stored as before."""

    entry: Entry[EvaluationRecord]
    before: sa.Row[Any] | None
    conversation: sa.Row[Any]
    form: Form
    scored: Scored


@dataclass(slots=True)
class _Writes:
    """The rows of a batch of evaluations."""

    evaluations: list[Values] = field(default_factory=list)
    revisions: list[Values] = field(default_factory=list)
    scores: list[Values] = field(default_factory=list)
    totals: list[Values] = field(default_factory=list)


async def evaluations(batch: Batch, entries: list[Entry[EvaluationRecord]]) -> None:
    """Import Auto QA's evaluations. A conversation has one, which stays with it."""
    row = Evaluation
    stored = await batch.stored(
        row, entries, row.conversation_id, row.form_id, row.evaluated_at, row.total, row.revision
    )
    fresh = await batch.news(Evaluation, entries, stored)
    if not fresh:
        return
    changed = [stored[id_] for entry in fresh if (id_ := entry.record.external_id) in stored]
    forms = await importing_scoring.load(
        batch, [entry.record for entry in fresh], [row.form_id for row in changed]
    )
    accepted = await _check(batch, fresh, stored, forms)
    sums = DaySums(batch.workspace.time_zone)
    for evaluated in await _as_counted(batch, accepted, forms):
        sums.take_away(evaluated)
    writes = _Writes()
    for one in accepted:
        sums.add(_write(batch, one, writes))
    await _save(batch, writes)
    await sums.save(batch.session, batch.workspace_id)


async def _check(
    batch: Batch,
    entries: list[Entry[EvaluationRecord]],
    stored: Mapping[str, sa.Row[Any]],
    forms: Forms,
) -> list[_Accepted]:
    """Pass on the good entries; note the bad ones."""
    conversations = await _conversations(batch, entries)
    holders = await _holders(batch, [row.id for row in conversations.values()])
    accepted = []
    for entry in entries:
        record = entry.record
        with batch.checking(entry):
            conversation = conversations[record.conversation]
            before = stored.get(record.external_id)
            if before is not None and before.conversation_id != conversation.id:
                message = (
                    f"evaluation {quoted(record.external_id)} is stored for another conversation"
                )
                raise BadRecord(message, path=["conversation"])
            holder = holders.get(conversation.id, record.external_id)
            if holder != record.external_id:
                message = (
                    f"conversation {quoted(record.conversation)} has"
                    f" the Auto QA evaluation {quoted(holder)} already"
                )
                raise BadRecord(message, path=["conversation"])
            form = forms.of(record)
            accepted.append(_Accepted(entry, before, conversation, form, form.scores(record)))
            holders[conversation.id] = record.external_id
    return accepted


async def _conversations(
    batch: Batch, entries: Iterable[Entry[EvaluationRecord]]
) -> References[sa.Row[Any]]:
    row = Conversation
    rows = await batch.rows(
        row,
        row.external_id,
        {entry.record.conversation for entry in entries},
        row.external_id,
        row.id,
        row.agent_id,
        within=(*batch.within(row), *batch.within_agents(row.agent_id)),
    )
    return References("conversation", {row.external_id: row for row in rows})


async def _holders(batch: Batch, conversation_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Say which Auto QA evaluation, by external id, each of these conversations has."""
    row = Evaluation
    rows = await batch.rows(
        row, row.conversation_id, conversation_ids, row.conversation_id, row.external_id, row.source
    )
    return {row.conversation_id: row.external_id for row in rows if row.source is Source.AUTO}


async def _as_counted(batch: Batch, accepted: Iterable[_Accepted], forms: Forms) -> list[Evaluated]:
    """Give what the evaluations that change say up to now, as the day sums have counted it."""
    changed = [(one.before, one.conversation) for one in accepted if one.before is not None]
    scores: dict[tuple[uuid.UUID, int], dict[uuid.UUID, float | None]] = defaultdict(dict)
    for row in await batch.rows(
        MetricScore,
        MetricScore.evaluation_id,
        [before.id for before, _ in changed],
        MetricScore.evaluation_id,
        MetricScore.revision,
        MetricScore.metric_id,
        MetricScore.adherence,
    ):
        scores[row.evaluation_id, row.revision][row.metric_id] = row.adherence
    return [
        Evaluated(
            agent_id=conversation.agent_id,
            evaluated_at=before.evaluated_at,
            total=before.total,
            scores=[
                (metric, scores[before.id, before.revision][metric.id])
                for metric in forms.by_id[before.form_id].metrics
            ],
        )
        for before, conversation in changed
    ]


def _write(batch: Batch, one: _Accepted, writes: _Writes) -> Evaluated:
    """Note the rows of one evaluation; give what the day sums are to count."""
    record, before = one.entry.record, one.before
    score = scoring.score(one.scored, pass_score=one.form.pass_score)
    row = batch.accept(one.entry, before)
    number = 1 if before is None else before.revision + 1
    result: Values = {"total": score.total, "passed": score.passed}
    writes.evaluations.append(
        row
        | result
        | {
            "conversation_id": one.conversation.id,
            "agent_id": one.conversation.agent_id,
            "form_id": one.form.id,
            "source": Source.AUTO,
            "evaluated_at": record.evaluated_at,
            "revision": number,
        }
    )
    writes.revisions.append(
        result
        | {
            "workspace_id": batch.workspace_id,
            "evaluation_id": row["id"],
            "number": number,
            "reason": RevisionReason.AUDIT if before is None else RevisionReason.RE_IMPORT,
            "created_at": batch.now,
        }
    )
    writes.scores += [
        {
            "workspace_id": batch.workspace_id,
            "evaluation_id": row["id"],
            "revision": number,
            "metric_id": metric.id,
            "position": metric.position,
            "adherence": adherence,
            "points": points,
        }
        for (metric, adherence), points in zip(one.scored, score.points, strict=True)
    ]
    writes.totals.append({"of_conversation": one.conversation.id, "score": score.total})
    return Evaluated(one.conversation.agent_id, record.evaluated_at, score.total, one.scored)


async def _save(batch: Batch, writes: _Writes) -> None:
    writes.totals.sort(key=lambda values: values["of_conversation"])
    ids = [values["of_conversation"] for values in writes.totals]
    if not ids:
        return
    await facts.lock_conversations(batch.session, batch.workspace_id, ids)
    await batch.put(Evaluation, writes.evaluations)
    await batch.add(EvaluationRevision, writes.revisions)
    await batch.add(MetricScore, writes.scores)
    conversation = upsert.table(Conversation).c
    await batch.session.execute(
        sa.update(upsert.table(Conversation))
        .where(
            conversation.workspace_id == batch.workspace_id,
            conversation.id == sa.bindparam("of_conversation"),
        )
        .values(kore_evaluation_score=sa.bindparam("score")),
        writes.totals,
    )
