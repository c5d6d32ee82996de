"""Auditors settle disputes, or hand them on (D3 to D5)."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from auth.viewer import Viewer
from models import (
    Action,
    Decision,
    Dispute,
    DisputedMetric,
    DisputeState,
    Evaluation,
    EvaluationForm,
    RevisionReason,
)
from models import dispute as rules
from models.errors import Code, Refusal
from models.move import ViewerActionName
from models.review import Ruling, Scoring, check_rulings, require_comment
from resolvers import audit, evaluation
from resolvers import evaluation_parts as parts
from resolvers.assignment_parts import not_found
from resolvers.evaluation_parts import Scored
from resolvers.operation import Operation

Adherence = dict[uuid.UUID, float | None]


async def resolve(
    operation: Operation, *, dispute_id: uuid.UUID, revision: int, rulings: tuple[Ruling, ...]
) -> Dispute:
    """Uphold or revise each disputed score, as a new revision; the round is complete (D4).

    Raises Refusal: NOT_FOUND, FORBIDDEN, STALE_EVALUATION, DISPUTE_NOT_OPEN, INVALID.
    """
    viewer = operation.viewer
    check_rulings(rulings)
    async with operation.write() as session:
        found, about, form = await parts.lock_disputed(session, viewer, dispute_id)
        parts.refuse(refuse_resolving(viewer, found, about, form), parts.outdated(about, revision))
        scored = await parts.newest(session, about)
        before = {each.metric.id: each.adherence for each in scored}
        await _decide(session, found, rulings, before)
        await close(session, viewer, found, DisputeState.RESOLVED)
        changed = await parts.revise(
            session,
            viewer,
            about,
            about.revision + 1,
            _revised(scored, rulings),
            RevisionReason.RESOLUTION,
            pass_score=form.pass_score,
        )
        state = rules.after_resolution(
            asked=parts.asks(viewer, form),
            re_disputes=form.allow_re_disputes,
            rounds_left=about.dispute_rounds < form.max_dispute_rounds,
        )
        action = Action.DISPUTE_RESOLVED
        await parts.move(session, viewer, about, form, action, state, changed)
        await session.refresh(found)
    return found


async def reassign(
    operation: Operation, *, dispute_id: uuid.UUID, assignee_id: uuid.UUID, expected_version: int
) -> Dispute:
    """Give an open dispute to another auditor, who may settle it (D3).

    Raises Refusal: NOT_FOUND, FORBIDDEN, DISPUTE_NOT_OPEN, STALE, INVALID.
    """
    viewer = operation.viewer
    async with operation.write() as session:
        found, about, form = await parts.lock_disputed(session, viewer, dispute_id)
        move = rules.MOVES[ViewerActionName.REASSIGN_DISPUTE]
        if refusal := move.refuse(found.state, viewer.role):
            raise refusal
        if found.version != expected_version:
            message = f"Somebody changed this dispute; it now is version {found.version}."
            raise Refusal(Code.STALE, message, ["expectedVersion"])
        which = (Evaluation.workspace_id == about.workspace_id, Evaluation.id == about.id)
        rows = await session.execute(evaluation.auditors().where(*which))
        if assignee_id not in {row.user_id for row in rows}:
            raise not_found("auditor", "assigneeId")
        if not rules.may_settle(
            assignee_id, auditor_id=about.evaluator_id, routing=form.dispute_routing
        ):
            message = "Another auditor than the one who scored settles this dispute."
            raise Refusal(Code.INVALID, message, ["assigneeId"])
        before = {"assignee_id": found.assignee_id}
        await _write(session, found, {"assignee_id": assignee_id})
        audit.record(
            session,
            viewer,
            Action.DISPUTE_REASSIGNED,
            parts.about(about),
            before=before,
            after={"assignee_id": assignee_id},
        )
        await session.refresh(found)
    return found


async def settle_by_scores(
    session: AsyncSession, viewer: Viewer, about: Evaluation, before: Adherence, given: Scoring
) -> None:
    """Settle the open dispute of an evaluation that is scored anew (D8).

    A disputed score that changes is revised, another upheld; why is what was written about the
    metric, or about the whole. Raises Refusal where nothing was.
    """
    found = (
        await session.scalars(
            sa.select(Dispute).where(
                Dispute.workspace_id == about.workspace_id,
                Dispute.evaluation_id == about.id,
                Dispute.state == DisputeState.OPEN,
            )
        )
    ).one()
    disputed = {each.metric_id for each in await _disputed(session, found)}
    rulings = []
    for number, score in enumerate(given.scores):
        if score.metric_id in disputed:
            revised = score.stored != before[score.metric_id]
            path = ("scores", str(number), "comment")
            ruling = Ruling(
                metric_id=score.metric_id,
                decision=Decision.REVISE if revised else Decision.UPHOLD,
                comment=require_comment(score.comment or given.comment, path),
                adherence=score.stored if revised else None,
            )
            rulings.append(ruling)
    await _decide(session, found, tuple(rulings), before)
    await close(session, viewer, found, DisputeState.RESOLVED)


def refuse_resolving(
    viewer: Viewer, found: Dispute, about: Evaluation, form: EvaluationForm
) -> Refusal | None:
    """Why the viewer can't settle a dispute, if they can't (D3, D4)."""
    move = rules.MOVES[ViewerActionName.RESOLVE_DISPUTE]
    if not rules.may_settle(
        viewer.user_id, auditor_id=about.evaluator_id, routing=form.dispute_routing
    ):
        return Refusal(Code.FORBIDDEN, "Another auditor settles this dispute.")
    return move.refuse(found.state, viewer.role)


async def close(session: AsyncSession, viewer: Viewer, found: Dispute, state: DisputeState) -> None:
    """End a round."""
    await _write(session, found, {"state": state, "closed_at": viewer.now})


async def _write(session: AsyncSession, found: Dispute, changed: dict[str, Any]) -> None:
    """Change an open dispute and count its version up: a compare-and-set in the database."""
    await session.flush()
    written: Any = await session.execute(
        sa.update(Dispute)
        .where(
            Dispute.workspace_id == found.workspace_id,
            Dispute.id == found.id,
            Dispute.state == DisputeState.OPEN,
            Dispute.version == found.version,
        )
        .values(**changed, version=found.version + 1)
        .execution_options(synchronize_session=False)
    )
    if written.rowcount != 1:
        raise Refusal(Code.DISPUTE_NOT_OPEN, "The dispute is not open any more.")


async def _disputed(session: AsyncSession, found: Dispute) -> list[DisputedMetric]:
    which = (
        DisputedMetric.workspace_id == found.workspace_id,
        DisputedMetric.dispute_id == found.id,
    )
    rows = await session.scalars(
        sa.select(DisputedMetric).where(*which).order_by(DisputedMetric.position)
    )
    return list(rows)


async def _decide(
    session: AsyncSession, found: Dispute, rulings: tuple[Ruling, ...], before: Adherence
) -> None:
    """Note what is decided about each disputed metric: all of them, and no others (D4)."""
    waiting = {each.metric_id: each for each in await _disputed(session, found)}
    for number, ruling in enumerate(rulings):
        path = ("decisions", str(number))
        metric = waiting.pop(ruling.metric_id, None)
        if metric is None:
            message = "This metric is not disputed."
            raise Refusal(Code.INVALID, message, [*path, "metricId"])
        if ruling.decision is Decision.REVISE and ruling.stored == before[ruling.metric_id]:
            message = "A revised score is another one; uphold it where it stays."
            raise Refusal(Code.INVALID, message, [*path, "adherence"])
        metric.decision = ruling.decision
        metric.new_adherence = ruling.stored
        metric.decision_comment = ruling.comment
    if waiting:
        message = f"Decide every disputed metric; missing: {len(waiting)}."
        raise Refusal(Code.INVALID, message, ["decisions"])


def _revised(scored: list[Scored], rulings: tuple[Ruling, ...]) -> list[Scored]:
    """The scores with what was decided; a revised one bears the reason of its change."""
    new = {each.metric_id: each for each in rulings if each.decision is Decision.REVISE}
    return [
        Scored(each.metric, ruling.stored, ruling.comment)
        if (ruling := new.get(each.metric.id))
        else each
        for each in scored
    ]
