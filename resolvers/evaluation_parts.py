"""What writes to a manual evaluation have in common: found and locked, revised, moved on."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import (
    Action,
    Dispute,
    Evaluation,
    EvaluationForm,
    EvaluationRevision,
    MetricScore,
    ReviewState,
    RevisionReason,
    Source,
    scoring,
)
from models.database import as_staff
from models.errors import Code, Refusal
from models.evaluation import stale
from resolvers import audit, facts
from resolvers.assignment_parts import not_found
from resolvers.audit import About, Actor


@dataclass(frozen=True, slots=True)
class Scored:
    """A metric of a form, and how it is scored."""

    metric: models.Metric
    adherence: float | None
    comment: str | None


async def lock(
    session: AsyncSession, viewer: Viewer, evaluation_id: uuid.UUID, *path: str
) -> tuple[Evaluation, EvaluationForm]:
    """An evaluation in reach with its form, nobody else changing it until the end.

    Its conversation is locked first, as every write that changes a review does: one lock orders
    them all, imports and links to assignments included. Raises Refusal `NOT_FOUND`.
    """
    reached = scope.select(Evaluation, viewer).where(Evaluation.id == evaluation_id)
    found = await session.scalar(reached)
    if found is None:
        raise not_found("evaluation", *path)
    await facts.lock_conversations(session, viewer.workspace_id, [found.conversation_id])
    return await again(session, found.workspace_id, found.id), await form(
        session, viewer.workspace_id, found.form_id
    )


async def lock_disputed(
    session: AsyncSession, viewer: Viewer, dispute_id: uuid.UUID
) -> tuple[Dispute, Evaluation, EvaluationForm]:
    """A dispute in reach with its evaluation and form, likewise. Raises Refusal `NOT_FOUND`."""
    reached = scope.select(Dispute, viewer).where(Dispute.id == dispute_id)
    dispute = await session.scalar(reached)
    if dispute is None:
        raise not_found("dispute", "disputeId")
    evaluation, its_form = await lock(session, viewer, dispute.evaluation_id, "disputeId")
    await session.scalar(reached.execution_options(populate_existing=True))
    return dispute, evaluation, its_form


async def manual(
    session: AsyncSession, workspace_id: uuid.UUID, conversation_id: uuid.UUID
) -> Evaluation | None:
    """The manual evaluation of a conversation that the viewer reaches."""
    return await session.scalar(
        sa.select(Evaluation).where(
            Evaluation.workspace_id == workspace_id,
            Evaluation.conversation_id == conversation_id,
            Evaluation.source == Source.MANUAL,
        )
    )


async def again(
    session: AsyncSession, workspace_id: uuid.UUID, evaluation_id: uuid.UUID
) -> Evaluation:
    """An evaluation that was reached before, as it now is."""
    which = sa.select(Evaluation).where(
        Evaluation.workspace_id == workspace_id, Evaluation.id == evaluation_id
    )
    rows = await session.scalars(which.execution_options(populate_existing=True))
    return rows.one()


async def form(
    session: AsyncSession, workspace_id: uuid.UUID, form_id: uuid.UUID
) -> EvaluationForm:
    """The form of an evaluation."""
    which = (EvaluationForm.workspace_id == workspace_id, EvaluationForm.id == form_id)
    return (await session.scalars(sa.select(EvaluationForm).where(*which))).one()


def refuse(refusal: Refusal | None, outdated: Refusal | None) -> None:
    """Raise what refuses a write, in V4's order: may not, answers an old revision, wrong state."""
    if refusal is not None and refusal.code is Code.FORBIDDEN:
        raise refusal
    if outdated is not None:
        raise outdated
    if refusal is not None:
        raise refusal


def outdated(
    evaluation: Evaluation, revision: int | None, path: str = "revision"
) -> Refusal | None:
    """Why a call that names this revision can't be answered, if it can't (D7)."""
    return None if evaluation.revision == revision else stale(evaluation.revision, path)


def asks(viewer: Viewer, its_form: EvaluationForm) -> bool:
    """Whether agents are asked to review what is scored by this form now (section 8)."""
    return viewer.accept_and_dispute and its_form.dispute_routing is not None


async def metrics(
    session: AsyncSession, workspace_id: uuid.UUID, form_id: uuid.UUID
) -> Sequence[models.Metric]:
    """A form's metrics, in order."""
    metric = models.Metric
    which = (metric.workspace_id == workspace_id, metric.form_id == form_id)
    return (
        await session.scalars(sa.select(metric).where(*which).order_by(metric.position, metric.id))
    ).all()


async def newest(session: AsyncSession, evaluation: Evaluation) -> list[Scored]:
    """The scores of an evaluation's newest revision, in the form's order."""
    rows = await session.execute(
        sa.select(MetricScore, models.Metric)
        .join(
            models.Metric,
            (models.Metric.workspace_id == MetricScore.workspace_id)
            & (models.Metric.id == MetricScore.metric_id),
        )
        .where(
            MetricScore.workspace_id == evaluation.workspace_id,
            MetricScore.evaluation_id == evaluation.id,
            MetricScore.revision == evaluation.revision,
        )
        .order_by(MetricScore.position, MetricScore.metric_id)
    )
    return [Scored(metric, score.adherence, score.comment) for score, metric in rows]


async def revise(
    session: AsyncSession,
    actor: Viewer,
    evaluation: Evaluation,
    number: int,
    scored: Sequence[Scored],
    reason: RevisionReason,
    *,
    pass_score: float,
    comment: str | None = None,
) -> dict[str, Any]:
    """Write a revision; give what the evaluation takes over from it (D4, D9)."""
    weighed = [(each.metric, each.adherence) for each in scored]
    score = scoring.score(weighed, pass_score=pass_score)
    result = {"total": score.total, "passed": score.passed}
    of: dict[str, Any] = {"workspace_id": actor.workspace_id, "evaluation_id": evaluation.id}
    session.add(
        EvaluationRevision(
            **of,
            number=number,
            reason=reason,
            evaluator_id=actor.user_id,
            created_at=actor.now,
            comment=comment,
            **result,
        )
    )
    await session.flush()  # the scores point to it
    for each, points in zip(scored, score.points, strict=True):
        session.add(
            MetricScore(
                **of,
                revision=number,
                metric_id=each.metric.id,
                position=each.metric.position,
                adherence=each.adherence,
                points=points,
                comment=each.comment,
            )
        )
    return {**result, "revision": number}


async def move(
    session: AsyncSession,
    actor: Viewer,
    evaluation: Evaluation,
    its_form: EvaluationForm,
    action: Action,
    state: ReviewState,
    changed: Mapping[str, Any],
) -> Evaluation:
    """Bring an evaluation to a state, tell of it, and keep the facts right (D10, S6).

    A compare-and-set in the database: whoever comes second gets STALE_EVALUATION.
    """
    before = told(evaluation)
    await session.flush()
    moved: Any = await session.execute(
        sa.update(Evaluation)
        .where(
            Evaluation.workspace_id == evaluation.workspace_id,
            Evaluation.id == evaluation.id,
            Evaluation.revision == evaluation.revision,
            Evaluation.review_state == evaluation.review_state,
        )
        .values(
            review_state=state,
            review_until=until(actor.now, its_form, state),
            completed_at=actor.now if state.ended else None,
            **changed,
        )
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:
        raise stale(evaluation.revision, "revision")
    found = await again(session, evaluation.workspace_id, evaluation.id)
    async with as_staff(session):
        tell(session, actor, action, found, before=before)
        await facts.refresh_of_conversations(session, found.workspace_id, [found.conversation_id])
    return found


def until(now: dt.datetime, its_form: EvaluationForm, state: ReviewState) -> dt.datetime | None:
    """When an unanswered review closes: `reviewWindowDays` from now, or never (D6)."""
    days = its_form.review_window_days
    if state is not ReviewState.PENDING_AGENT_REVIEW or days is None:
        return None
    return now + dt.timedelta(days=days)


def tell(
    session: AsyncSession,
    actor: Actor,
    action: Action,
    evaluation: Evaluation,
    *,
    before: dict[str, Any] | None,
) -> None:
    """Leave the entry of a write that moved an evaluation (D10)."""
    after = told(evaluation)
    audit.record(session, actor, action, about(evaluation), before=before, after=after)


def told(evaluation: Evaluation) -> dict[str, Any]:
    """What the history keeps of an evaluation, before a write and after it."""
    return {
        "review_state": evaluation.review_state,
        "revision": evaluation.revision,
        "total": evaluation.total,
    }


def about(evaluation: Evaluation) -> About:
    """What the history says that a write to an evaluation is about."""
    return About(agent_id=evaluation.agent_id, evaluation_id=evaluation.id)
