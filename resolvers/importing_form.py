"""Import of evaluation forms. A version never changes; a newer one takes over from it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from models import (
    Attribute,
    Channel,
    DisputeRouting,
    EvaluationForm,
    EvaluationFormQueue,
    Metric,
    MetricAttribute,
    Queue,
)
from models.base import sort_key
from models.import_reason import quoted
from models.importing import BadRecord, DisputePolicyPart, FormRecord, MetricPart
from resolvers import upsert
from resolvers.importing_batch import Batch, Entry, Outcome, References, Values

DISPUTE_ROUNDS = 3
"""Stored with a form that has no dispute policy; means nothing there (section 8)."""


@dataclass(frozen=True, slots=True)
class _Use:
    """A version of a form in use for a queue and channel."""

    external_id: str
    version: int
    form_id: uuid.UUID


@dataclass(slots=True)
class _Uses:
    """Which forms are for which queue and channel: the active one, and each form's newest."""

    active: dict[tuple[uuid.UUID, Channel], _Use] = field(default_factory=dict)
    newest: dict[tuple[str, uuid.UUID, Channel], int] = field(default_factory=dict)
    retired: list[Values] = field(default_factory=list)

    def note(self, use: _Use, queue_id: uuid.UUID, channel: Channel, *, active: bool) -> None:
        """Note that a version is for a queue and channel."""
        if active:
            self.active[queue_id, channel] = use
        place = (use.external_id, queue_id, channel)
        self.newest[place] = max(use.version, self.newest.get(place, 0))

    def activate(self, use: _Use, queue_id: uuid.UUID, channel: Channel) -> bool:
        """Say whether a version is the one in use from now on; retire the one before it.

        An older version that arrives after a newer one is not, so that order makes no
        difference. `check` must have been asked before.
        """
        active = self.newest.get((use.external_id, queue_id, channel), 0) < use.version
        before = self.active.get((queue_id, channel))
        if active and before is not None:
            self.retired.append({"of_form": before.form_id, "of_queue": queue_id})
        self.note(use, queue_id, channel, active=active)
        return active

    def check(self, record: FormRecord, queue: str, queue_id: uuid.UUID, channel: Channel) -> None:
        """Raise BadRecord where another form is in use for the queue and channel."""
        before = self.active.get((queue_id, channel))
        if (
            before is not None
            and before.external_id != record.external_id
            and self.newest.get((record.external_id, queue_id, channel), 0) < record.version
        ):
            message = (
                f"form {quoted(before.external_id)} is in use"
                f" for queue {quoted(queue)} and channel {record.channel}"
            )
            raise BadRecord(message, path=["queues"])


async def forms(batch: Batch, entries: list[Entry[FormRecord]]) -> None:
    """Import versions of forms, with their metrics, and decide which are in use."""
    fresh = await _unknown(batch, entries)
    queues = await batch.ids(
        "queue",
        Queue,
        (queue for entry in fresh for queue in entry.record.queues),
        field="queues",
    )
    attributes = await batch.ids(
        "attribute",
        Attribute,
        (name for entry in fresh for metric in entry.record.metrics for name in metric.attribute),
        field="metrics",
    )
    uses = await _uses(batch, fresh, queues.values())
    rows: list[Values] = []
    in_queues: list[Values] = []
    metrics: list[tuple[Values, MetricPart]] = []
    for entry in fresh:
        record, channel = entry.record, Channel[entry.record.channel.upper()]
        with batch.checking(entry):
            _check_metrics(record, attributes)
            for queue in record.queues:
                uses.check(record, queue, queues[queue], channel)
            row = batch.accept(entry, None) | _form(record, channel)
            rows.append(row)
            use = _Use(record.external_id, record.version, row["id"])
            in_queues += [
                {
                    "workspace_id": batch.workspace_id,
                    "form_id": row["id"],
                    "queue_id": queues[queue],
                    "channel": channel,
                    "active": uses.activate(use, queues[queue], channel),
                }
                for queue in record.queues
            ]
            metrics += _metrics(batch, row["id"], record.metrics)
    await batch.add(EvaluationForm, rows)
    await _retire(batch, uses.retired)
    await batch.add(EvaluationFormQueue, in_queues)
    await batch.add(Metric, [row for row, _ in metrics])
    await batch.add(MetricAttribute, _fed(metrics, attributes))


async def _unknown(batch: Batch, entries: list[Entry[FormRecord]]) -> list[Entry[FormRecord]]:
    """Pass on the versions that aren't stored yet; a stored one may only come in equal words."""
    form = EvaluationForm
    rows = await batch.rows(
        form,
        form.external_id,
        [entry.record.external_id for entry in entries],
        form.external_id,
        form.form_version,
        form.digest,
    )
    digests = {(row.external_id, row.form_version): row.digest for row in rows}
    fresh = []
    for entry in entries:
        digest = digests.get((entry.record.external_id, entry.record.version))
        if digest is None:
            fresh.append(entry)
        elif digest == entry.digest:
            batch.report.accept(entry, Outcome.UNCHANGED)
        else:
            message = (
                f"version {entry.record.version} of form {quoted(entry.record.external_id)}"
                " is stored with other content; a changed form needs a new version"
            )
            batch.report.refuse(entry.line, BadRecord(message, path=["version"]))
    return fresh


async def _uses(
    batch: Batch, entries: list[Entry[FormRecord]], queue_ids: Iterable[uuid.UUID]
) -> _Uses:
    form, use = EvaluationForm, EvaluationFormQueue
    uses = _Uses()
    if not entries:
        return uses
    rows = await batch.session.execute(
        sa.select(
            form.external_id, form.form_version, form.id, use.queue_id, use.channel, use.active
        )
        .join(use, (use.workspace_id == form.workspace_id) & (use.form_id == form.id))
        .where(
            form.workspace_id == batch.workspace_id,
            use.queue_id.in_(list(queue_ids)),
            sa.or_(
                use.active, form.external_id.in_([entry.record.external_id for entry in entries])
            ),
        )
    )
    for row in rows:
        known = _Use(row.external_id, row.form_version, row.id)
        uses.note(known, row.queue_id, row.channel, active=row.active)
    return uses


async def _retire(batch: Batch, places: list[Values]) -> None:
    if places:
        use = upsert.table(EvaluationFormQueue).c
        await batch.session.execute(
            sa.update(upsert.table(EvaluationFormQueue))
            .where(
                use.workspace_id == batch.workspace_id,
                use.form_id == sa.bindparam("of_form"),
                use.queue_id == sa.bindparam("of_queue"),
            )
            .values(active=False),
            places,
        )


def _check_metrics(record: FormRecord, attributes: References[uuid.UUID]) -> None:
    for metric in record.metrics:
        for name in metric.attribute:
            attributes[name]


def _form(record: FormRecord, channel: Channel) -> Values:
    return {
        "name": record.name,
        "name_key": sort_key(record.name),
        "form_version": record.version,
        "channel": channel,
        "pass_score": record.pass_score,
        **_policy(record.dispute_policy),
    }


def _policy(policy: DisputePolicyPart | None) -> Values:
    return {
        "dispute_routing": DisputeRouting[policy.routing] if policy else None,
        "allow_re_disputes": policy.allow_re_disputes if policy else False,
        "max_dispute_rounds": policy.max_rounds if policy else DISPUTE_ROUNDS,
        "review_window_days": policy.review_window_days if policy else None,
    }


def _metrics(
    batch: Batch, form_id: uuid.UUID, parts: Iterable[MetricPart]
) -> Iterable[tuple[Values, MetricPart]]:
    for position, part in enumerate(parts, start=1):
        row = {
            "workspace_id": batch.workspace_id,
            "id": uuid.uuid4(),
            "form_id": form_id,
            "position": position,
            "key": part.key,
            "name": part.name,
            "weight": part.weight,
            "negative_weight": part.negative_weight,
            "fatal": part.fatal,
        }
        yield row, part


def _fed(
    metrics: Iterable[tuple[Values, MetricPart]], attributes: References[uuid.UUID]
) -> list[Values]:
    return [
        {
            "workspace_id": row["workspace_id"],
            "metric_id": row["id"],
            "attribute_id": attributes[name],
        }
        for row, part in metrics
        for name in part.attribute
    ]
