"""The forms that imported evaluations are scored by."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from models import EvaluationForm, Metric, MetricAttribute
from models.errors import Code
from models.import_reason import quoted
from models.importing import BadRecord, EvaluationRecord
from resolvers.importing_batch import Batch

MOST_NAMED = 5
"""Metrics that one reason names of each sort."""


@dataclass(frozen=True, slots=True)
class FormMetric:
    """A metric with the attributes that it feeds."""

    id: uuid.UUID
    key: str
    position: int
    weight: float
    negative_weight: float
    fatal: bool
    attribute_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A version of a form with its metrics, in order."""

    id: uuid.UUID
    pass_score: float
    metrics: tuple[FormMetric, ...]

    def scores(self, record: EvaluationRecord) -> list[tuple[FormMetric, float | None]]:
        """Pair metrics and adherence. Raises BadRecord unless each is there exactly once."""
        given = Counter(part.key for part in record.metrics)
        known = {metric.key for metric in self.metrics}
        faults = {
            "unknown": [key for key in given if key not in known],
            "more than once": [key for key, count in given.items() if count > 1],
            "missing": [metric.key for metric in self.metrics if metric.key not in given],
        }
        found = [f"{fault} {_list(keys)}" for fault, keys in faults.items() if keys]
        if found:
            message = f"metrics: {'; '.join(found)}"
            raise BadRecord(message, path=["metrics"])
        adherence = {part.key: part.adherence for part in record.metrics}
        return [(metric, adherence[metric.key]) for metric in self.metrics]


class Forms:
    """Versions of forms, by the sender's name for them and by id."""

    def __init__(self, by_name: dict[tuple[str, int], Form]) -> None:
        self._by_name = by_name
        self._external_ids = {external_id for external_id, _ in by_name}
        self.by_id = {form.id: form for form in by_name.values()}

    def of(self, record: EvaluationRecord) -> Form:
        """Give the form of an evaluation. Raises BadRecord where there is no such version."""
        form = self._by_name.get((record.form, record.form_version))
        if form is None:
            message = f"unknown form {quoted(record.form)}, version {record.form_version}"
            raise BadRecord(message, Code.NOT_FOUND, ["form"])
        return form


async def load(
    batch: Batch, records: Collection[EvaluationRecord], form_ids: Iterable[uuid.UUID]
) -> Forms:
    """Load the forms that these records name, and those of these ids. Three statements."""
    form = EvaluationForm
    rows = (
        await batch.session.execute(
            sa.select(form.id, form.external_id, form.form_version, form.pass_score).where(
                form.workspace_id == batch.workspace_id,
                sa.or_(
                    form.id.in_(set(form_ids)),
                    form.external_id.in_({record.form for record in records})
                    & form.form_version.in_({record.form_version for record in records}),
                ),
            )
        )
    ).all()
    metrics = await _metrics(batch, [row.id for row in rows])
    return Forms(
        {
            (row.external_id, row.form_version): Form(
                row.id, row.pass_score, tuple(metrics[row.id])
            )
            for row in rows
        }
    )


async def _metrics(
    batch: Batch, form_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[FormMetric]]:
    rows = await batch.rows(
        Metric,
        Metric.form_id,
        form_ids,
        Metric.form_id,
        Metric.id,
        Metric.key,
        Metric.position,
        Metric.weight,
        Metric.negative_weight,
        Metric.fatal,
    )
    fed: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for row in await batch.rows(
        MetricAttribute,
        MetricAttribute.metric_id,
        [row.id for row in rows],
        MetricAttribute.metric_id,
        MetricAttribute.attribute_id,
    ):
        fed[row.metric_id].append(row.attribute_id)
    metrics: dict[uuid.UUID, list[FormMetric]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.position):
        metric = FormMetric(
            id=row.id,
            key=row.key,
            position=row.position,
            weight=row.weight,
            negative_weight=row.negative_weight,
            fatal=row.fatal,
            attribute_ids=tuple(fed[row.id]),
        )
        metrics[row.form_id].append(metric)
    return metrics


def _list(keys: list[str]) -> str:
    named = ", ".join(quoted(key) for key in keys[:MOST_NAMED])
    more = len(keys) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named
