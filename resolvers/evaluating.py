"""Auditing a conversation: drafts, the first submission, and scoring anew (D1, D8)."""

import dataclasses
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

import models
from auth import scope
from auth.viewer import Viewer
from models import (
    Action,
    Conversation,
    Evaluation,
    EvaluationDraft,
    EvaluationForm,
    EvaluationFormQueue,
    ReviewState,
    RevisionReason,
    Source,
    dispute,
)
from models import evaluation as rules
from models.errors import Code, Refusal
from models.move import ViewerActionName
from models.review import MetricGiven, Scoring
from resolvers import disputing, facts, idempotency
from resolvers import evaluation_parts as parts
from resolvers.assignment_parts import not_found
from resolvers.evaluation_parts import Scored
from resolvers.operation import Operation


async def save_draft(
    operation: Operation, given: Scoring, *, expected_version: int | None
) -> EvaluationDraft:
    """Keep scores that nobody else sees, whole or not; no trail (D1).

    Raises Refusal: NOT_FOUND, STALE, INVALID.
    """
    viewer = operation.viewer
    given.check(draft=True)
    async with operation.write() as session:
        conversation = await _conversation(session, viewer, given.conversation_id)
        made = await parts.manual(session, viewer.workspace_id, conversation.id)
        form = await _form(session, viewer, conversation, given.form_id, made)
        await _metrics(session, form, given.scores, whole=False)
        found = await session.scalar(
            sa.select(EvaluationDraft).where(*_own_draft(viewer, conversation.id))
        )
        version = None if found is None else found.version
        if expected_version not in {None, version}:
            message = "This draft was saved elsewhere, or submitted."
            raise Refusal(Code.STALE, message, ["expectedVersion"])
        if found is None:
            found = EvaluationDraft(
                workspace_id=viewer.workspace_id,
                id=uuid.uuid4(),
                conversation_id=conversation.id,
                author_id=viewer.user_id,
            )
            session.add(found)
        found.form_id = form.id
        found.scores = [_kept(score) for score in given.scores]
        found.comment = given.comment
        found.saved_at = viewer.now
        found.version = (version or 0) + 1
    return found


async def submit(
    operation: Operation,
    given: Scoring,
    *,
    expected_revision: int | None = None,
    idempotency_key: str | None = None,
) -> Evaluation:
    """Make a manual evaluation count: the conversation's first, or a new revision of it (D1, D8).

    Raises Refusal: NOT_FOUND, FORBIDDEN, STALE_EVALUATION, WAITING_FOR_AGENT, REVIEW_CLOSED,
    INVALID, IDEMPOTENCY_KEY_REUSED.
    """
    viewer = operation.viewer
    given.check(draft=False)
    async with operation.write() as session:
        told = [dataclasses.asdict(given), expected_revision]
        made_id, fresh = await idempotency.claim(
            session, viewer, idempotency_key, "submitEvaluation", told
        )
        conversation = await _conversation(session, viewer, given.conversation_id)
        found = await parts.manual(session, viewer.workspace_id, conversation.id)
        if found is not None and not fresh:
            return found
        if found is None:
            if expected_revision is not None:
                raise rules.stale(None, "expectedRevision")
            made = await _first(session, viewer, conversation, given, made_id)
        else:
            made = await _anew(session, viewer, conversation, given, found, expected_revision)
        await session.execute(
            sa.delete(EvaluationDraft).where(*_own_draft(viewer, conversation.id))
        )
    return made


async def _first(
    session: AsyncSession,
    viewer: Viewer,
    conversation: Conversation,
    given: Scoring,
    made_id: uuid.UUID,
) -> Evaluation:
    form = await _form(session, viewer, conversation, given.form_id, None)
    scored = await _metrics(session, form, given.scores, whole=True)
    state = rules.after_audit(asked=parts.asks(viewer, form))
    made = Evaluation(
        workspace_id=viewer.workspace_id,
        id=made_id,
        conversation_id=conversation.id,
        agent_id=conversation.agent_id,
        form_id=form.id,
        source=Source.MANUAL,
        evaluator_id=viewer.user_id,
        evaluated_at=viewer.now,
        revision=1,
        review_state=state,
        review_until=parts.until(viewer.now, form, state),
    )
    session.add(made)
    await session.flush()
    result = await parts.revise(
        session,
        viewer,
        made,
        1,
        scored,
        RevisionReason.AUDIT,
        pass_score=form.pass_score,
        comment=given.comment,
    )
    made.total, made.passed = result["total"], result["passed"]
    parts.tell(session, viewer, Action.EVALUATION_SUBMITTED, made, before=None)
    await facts.refresh_of_conversations(session, viewer.workspace_id, [conversation.id])
    return made


async def _anew(
    session: AsyncSession,
    viewer: Viewer,
    conversation: Conversation,
    given: Scoring,
    found: Evaluation,
    expected_revision: int | None,
) -> Evaluation:
    """Score anew; an open dispute is settled by it, by the rules of a resolution (D8)."""
    form = await _form(session, viewer, conversation, None, found)
    parts.refuse(
        refuse_scoring(viewer, found, form),
        parts.outdated(found, expected_revision, "expectedRevision"),
    )
    if given.form_id not in {None, form.id}:
        message = "An evaluation keeps its form."
        raise Refusal(Code.INVALID, message, ["formId"])
    scored = await _metrics(session, form, given.scores, whole=True)
    before = {each.metric.id: each.adherence for each in await parts.newest(session, found)}
    edited = any(each.adherence != before[each.metric.id] for each in scored)
    if found.review_state is ReviewState.PENDING_SUPERVISOR_REVIEW:
        await disputing.settle_by_scores(session, viewer, found, before, given)
    changed = await parts.revise(
        session,
        viewer,
        found,
        found.revision + 1,
        scored,
        RevisionReason.RE_AUDIT,
        pass_score=form.pass_score,
        comment=given.comment,
    )
    state = rules.after_re_audit(
        found.review_state or ReviewState.AUDITED,
        edited=edited,
        asked=parts.asks(viewer, form),
        rounds_left=found.dispute_rounds < form.max_dispute_rounds,
    )
    action = Action.EVALUATION_RE_AUDITED
    changed["evaluator_id"] = viewer.user_id
    return await parts.move(session, viewer, found, form, action, state, changed)


def refuse_scoring(viewer: Viewer, evaluation: Evaluation, form: EvaluationForm) -> Refusal | None:
    """Why the viewer can't score a manual evaluation anew, if they can't (D8, D3)."""
    state = evaluation.review_state or ReviewState.AUDITED
    move = rules.MOVES[ViewerActionName.SUBMIT_EVALUATION]
    settles = state is ReviewState.PENDING_SUPERVISOR_REVIEW
    if settles and not dispute.may_settle(
        viewer.user_id, auditor_id=evaluation.evaluator_id, routing=form.dispute_routing
    ):
        return Refusal(Code.FORBIDDEN, "Another auditor settles this dispute.")
    return move.refuse(state, viewer.role)


async def _conversation(
    session: AsyncSession, viewer: Viewer, conversation_id: uuid.UUID
) -> Conversation:
    """The conversation, if it and its agent are in reach; locked, so that one evaluates first."""
    await facts.lock_conversations(session, viewer.workspace_id, [conversation_id])
    found = await session.scalar(
        scope.select(Conversation, viewer).where(Conversation.id == conversation_id)
    )
    if found is not None:
        # Who does not reach the agent would not reach the evaluation either (V6).
        of = scope.select(models.Agent, viewer).where(models.Agent.id == found.agent_id)
        if await session.scalar(of) is not None:
            return found
    raise not_found("conversation", "conversationId")


async def _form(
    session: AsyncSession,
    viewer: Viewer,
    conversation: Conversation,
    form_id: uuid.UUID | None,
    made: Evaluation | None,
) -> EvaluationForm:
    """The form to score by: the one named, that of the evaluation there is, or the active one."""
    if form_id is None and made is not None:
        return await parts.form(session, viewer.workspace_id, made.form_id)
    if form_id is not None:
        reached = scope.select(EvaluationForm, viewer).where(EvaluationForm.id == form_id)
        if await session.scalar(reached) is None:
            raise not_found("form", "formId")
    link = EvaluationFormQueue
    chosen = link.active if form_id is None else link.form_id == form_id
    found = await session.scalar(
        sa.select(link.form_id).where(
            link.workspace_id == viewer.workspace_id,
            link.queue_id == conversation.queue_id,
            link.channel == conversation.channel,
            chosen,
        )
    )
    if found is None:
        message = (
            "No form is active for the conversation's queue and channel; name one."
            if form_id is None
            else "This form is not for the conversation's queue and channel."
        )
        raise Refusal(Code.INVALID, message, ["formId"])
    return await parts.form(session, viewer.workspace_id, found)


async def _metrics(
    session: AsyncSession, form: EvaluationForm, scores: tuple[MetricGiven, ...], *, whole: bool
) -> list[Scored]:
    """The form's metrics as they are scored, in its order. Raises Refusal."""
    metrics = await parts.metrics(session, form.workspace_id, form.id)
    known = {metric.id for metric in metrics}
    for number, score in enumerate(scores):
        if score.metric_id not in known:
            raise not_found("metric", "scores", str(number), "metricId")
    given = {score.metric_id: score for score in scores}
    missing = len(known - given.keys())
    if whole and missing:
        message = f"Score every metric of the form; missing: {missing}."
        raise Refusal(Code.INVALID, message, ["scores"])
    return [
        Scored(metric, given[metric.id].stored, given[metric.id].comment)
        for metric in metrics
        if metric.id in given
    ]


def _own_draft(viewer: Viewer, conversation_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        EvaluationDraft.workspace_id == viewer.workspace_id,
        EvaluationDraft.conversation_id == conversation_id,
        EvaluationDraft.author_id == viewer.user_id,
    )


def _kept(score: MetricGiven) -> dict[str, Any]:
    return {
        "metric_id": str(score.metric_id),
        "scored": score.scored,
        "adherence": score.adherence,
        "comment": score.comment,
    }
