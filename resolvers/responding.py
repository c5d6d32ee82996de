"""The agent answers an evaluation, or takes a dispute back (D2, D3, D5)."""

import uuid

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from auth.viewer import Viewer
from models import (
    Action,
    Dispute,
    DisputedMetric,
    DisputeRouting,
    DisputeState,
    Evaluation,
    EvaluationForm,
    EvaluationRevision,
    ReviewState,
    dispute,
)
from models import evaluation as rules
from models.database import as_staff
from models.dispute import Answer
from models.errors import Code, Refusal
from models.move import ViewerActionName
from models.review import AnswerGiven, check_answers
from resolvers import disputing, evaluation
from resolvers import evaluation_parts as parts
from resolvers.assignment_parts import not_found
from resolvers.operation import Operation


async def respond(
    operation: Operation,
    *,
    evaluation_id: uuid.UUID,
    revision: int,
    answers: tuple[AnswerGiven, ...],
) -> Evaluation:
    """Accept or dispute the scores of an evaluation; metrics not named are accepted (D2).

    Raises Refusal: NOT_FOUND, FORBIDDEN, STALE_EVALUATION, NOT_WAITING_FOR_AGENT,
    NOT_DISPUTABLE, NO_AUDITOR, INVALID.
    """
    viewer = operation.viewer
    check_answers(answers)
    async with operation.write() as session:
        found, form = await parts.lock(session, viewer, evaluation_id, "evaluationId")
        parts.refuse(refuse_answer(viewer, found), parts.outdated(found, revision))
        objections = await _objections(session, found, answers)
        state = dispute.after_answer(disputed=bool(objections))
        changed = {}
        if objections:
            changed["dispute_rounds"] = found.dispute_rounds + 1
            await _open(session, viewer, found, form, objections)
        action = Action.DISPUTE_OPENED if objections else Action.EVALUATION_ANSWERED
        return await parts.move(session, viewer, found, form, action, state, changed)


async def withdraw(operation: Operation, *, dispute_id: uuid.UUID, revision: int) -> Dispute:
    """Take back an open dispute; its round counts, and the scores stand (D5).

    Raises Refusal: NOT_FOUND, FORBIDDEN, STALE_EVALUATION, DISPUTE_NOT_OPEN.
    """
    viewer = operation.viewer
    async with operation.write() as session:
        found, about, form = await parts.lock_disputed(session, viewer, dispute_id)
        move = dispute.MOVES[ViewerActionName.WITHDRAW_DISPUTE]
        parts.refuse(move.refuse(found.state, viewer.role), parts.outdated(about, revision))
        await disputing.close(session, viewer, found, DisputeState.WITHDRAWN)
        action = Action.DISPUTE_WITHDRAWN
        await parts.move(session, viewer, about, form, action, ReviewState.RESOLVED, {})
        await session.refresh(found)
    return found


def refuse_answer(viewer: Viewer, found: Evaluation) -> Refusal | None:
    """Why the viewer can't answer an evaluation, if they can't (D2)."""
    if found.review_state is None:
        return Refusal(Code.NOT_WAITING_FOR_AGENT, "Auto QA's evaluations take no answer.")
    move = rules.MOVES[ViewerActionName.RESPOND_TO_EVALUATION]
    return move.refuse(found.review_state, viewer.role)


async def _objections(
    session: AsyncSession, found: Evaluation, answers: tuple[AnswerGiven, ...]
) -> list[DisputedMetric]:
    """The answers that dispute something, as they are stored. Raises Refusal."""
    known = {
        metric.id: metric.position
        for metric in await parts.metrics(session, found.workspace_id, found.form_id)
    }
    which = (Evaluation.workspace_id == found.workspace_id, Evaluation.id == found.id)
    rows = await session.execute(evaluation.disputable().where(*which))
    open_ = {metric.id for _, metric in rows}
    objections = []
    for number, answer in enumerate(answers):
        path = ("decisions", str(number), "metricId")
        if answer.metric_id not in known:
            raise not_found("metric", *path)
        if answer.answer is Answer.ACCEPT:
            continue
        if answer.metric_id not in open_:
            message = "This metric can't be disputed in this round."
            raise Refusal(Code.NOT_DISPUTABLE, message, path)
        objections.append(
            DisputedMetric(
                workspace_id=found.workspace_id,
                metric_id=answer.metric_id,
                position=known[answer.metric_id],
                comment=answer.comment or "",
            )
        )
    return objections


async def _open(
    session: AsyncSession,
    viewer: Viewer,
    found: Evaluation,
    form: EvaluationForm,
    objections: list[DisputedMetric],
) -> None:
    """Open the next round, with somebody to settle it (D3)."""
    async with as_staff(session):  # who audits what, and how much they have to do
        assignee_id = await _assignee(session, found, form)
    opened = Dispute(
        workspace_id=viewer.workspace_id,
        id=uuid.uuid4(),
        evaluation_id=found.id,
        round=found.dispute_rounds + 1,
        revision=found.revision,
        state=DisputeState.OPEN,
        assignee_id=assignee_id,
        opened_at=viewer.now,
    )
    session.add(opened)
    await session.flush()  # the metrics point to it
    for objection in objections:
        objection.dispute_id = opened.id
        session.add(objection)


async def _assignee(session: AsyncSession, found: Evaluation, form: EvaluationForm) -> uuid.UUID:
    scorer_id = await session.scalar(
        sa.select(EvaluationRevision.evaluator_id).where(
            EvaluationRevision.workspace_id == found.workspace_id,
            EvaluationRevision.evaluation_id == found.id,
            EvaluationRevision.number == found.revision,
        )
    )
    which = (Evaluation.workspace_id == found.workspace_id, Evaluation.id == found.id)
    rows = await session.execute(evaluation.auditors().where(*which))
    return dispute.assignee(
        [evaluation.auditor(row) for row in rows],
        # A form's policy never changes, and without one nobody would have been asked.
        routing=form.dispute_routing or DisputeRouting.SAME_AUDITOR,
        auditor_id=found.evaluator_id,
        scorer_id=scorer_id,
    )
