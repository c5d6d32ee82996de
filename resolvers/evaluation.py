"""Reading what evaluations are made of, beyond what the mapper knows by itself."""

import uuid
from collections import defaultdict
from collections.abc import Awaitable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from auth import scope
from models import (
    AgentQueue,
    Conversation,
    Dispute,
    DisputedMetric,
    DisputeState,
    Evaluation,
    EvaluationDraft,
    EvaluationFormAuditor,
    EvaluationRevision,
    Metric,
    MetricScore,
    Permission,
    ReviewState,
    RevisionReason,
    User,
    UserQueue,
)
from models.dispute import Auditor
from models.evaluation import AUDITORS
from resolvers.operation import Operation


def scores_of(operation: Operation, revision: EvaluationRevision) -> Awaitable[Any]:
    """The scores of a revision, in the form's order; one statement for all of a level."""

    async def batch(keys: list[tuple[uuid.UUID, int]]) -> list[Sequence[MetricScore]]:
        statement = (
            sa.select(MetricScore)
            .where(
                MetricScore.workspace_id == operation.viewer.workspace_id,
                # The evaluations were reached; of these few, all revisions' scores are read.
                MetricScore.evaluation_id.in_({evaluation_id for evaluation_id, _ in keys}),
            )
            .order_by(MetricScore.position, MetricScore.metric_id)
        )
        found: dict[tuple[uuid.UUID, int], list[MetricScore]] = defaultdict(list)
        async with operation.read() as session:
            for score in await session.scalars(statement):
                found[score.evaluation_id, score.revision].append(score)
        return [found[key] for key in keys]

    loader = operation.loaders.made("scores of revisions", lambda: batch)
    return loader.load((revision.evaluation_id, revision.number))


def draft_of(operation: Operation, conversation_id: uuid.UUID) -> Awaitable[Any]:
    """The viewer's own draft for a conversation (D1); one statement for all of a level."""

    async def batch(keys: list[uuid.UUID]) -> list[EvaluationDraft | None]:
        own = scope.select(EvaluationDraft, operation.viewer)
        async with operation.read() as session:
            rows = await session.scalars(own.where(EvaluationDraft.conversation_id.in_(keys)))
            found = {row.conversation_id: row for row in rows}
        return [found.get(key) for key in keys]

    return operation.loaders.made("drafts", lambda: batch).load(conversation_id)


def disputable() -> sa.Select[uuid.UUID, Metric]:
    """Evaluations that wait for the agent, each with the metrics that can be disputed now.

    All of a first audit; of a resolution those that were disputed (D4); of a re-audit those that
    it edited (D8). All of it follows from the newest revision and the one before.
    """
    score, before = MetricScore, aliased(MetricScore)
    again = (
        sa.select(sa.literal(1))
        .select_from(Dispute)
        .join(
            DisputedMetric,
            (DisputedMetric.workspace_id == Dispute.workspace_id)
            & (DisputedMetric.dispute_id == Dispute.id),
        )
        .where(
            Dispute.workspace_id == Evaluation.workspace_id,
            Dispute.evaluation_id == Evaluation.id,
            Dispute.revision == Evaluation.revision - 1,
            DisputedMetric.metric_id == score.metric_id,
        )
    )
    return (
        sa.select(Evaluation.id, Metric)
        .join(
            EvaluationRevision,
            (EvaluationRevision.workspace_id == Evaluation.workspace_id)
            & (EvaluationRevision.evaluation_id == Evaluation.id)
            & (EvaluationRevision.number == Evaluation.revision),
        )
        .join(
            score,
            (score.workspace_id == Evaluation.workspace_id)
            & (score.evaluation_id == Evaluation.id)
            & (score.revision == Evaluation.revision),
        )
        .join(
            Metric,
            (Metric.workspace_id == score.workspace_id) & (Metric.id == score.metric_id),
        )
        .outerjoin(
            before,
            (before.workspace_id == score.workspace_id)
            & (before.evaluation_id == score.evaluation_id)
            & (before.revision == score.revision - 1)
            & (before.metric_id == score.metric_id),
        )
        .where(
            Evaluation.review_state == ReviewState.PENDING_AGENT_REVIEW,
            sa.case(
                (EvaluationRevision.reason == RevisionReason.RESOLUTION, again.exists()),
                (
                    EvaluationRevision.reason == RevisionReason.RE_AUDIT,
                    score.adherence.is_distinct_from(before.adherence),
                ),
                else_=sa.true(),
            ),
        )
        .order_by(score.position, score.metric_id)
    )


def disputable_metrics(operation: Operation, evaluation: Evaluation) -> Awaitable[Any]:
    """The metrics that the agent can dispute now; one statement for all of a level."""

    async def batch(keys: list[uuid.UUID]) -> list[list[Metric]]:
        statement = disputable().where(
            Evaluation.workspace_id == operation.viewer.workspace_id, Evaluation.id.in_(keys)
        )
        found: dict[uuid.UUID, list[Metric]] = defaultdict(list)
        async with operation.read() as session:
            for key, metric in await session.execute(statement):
                found[key].append(metric)
        return [found[key] for key in keys]

    loader = operation.loaders.made("disputable metrics", lambda: batch)
    return loader.load(evaluation.id)


def auditors() -> sa.Select[Any]:
    """Evaluations, each with those who audit and reach it (V6, D3): all of a pool without names.

    The same reach as `auth.scope` gives these users; here it is asked the other way round.
    """
    works = (
        sa.select(sa.literal(1))
        .select_from(UserQueue)
        .where(UserQueue.workspace_id == User.workspace_id, UserQueue.user_id == User.id)
    )
    with_agent = works.join(
        AgentQueue,
        (AgentQueue.workspace_id == UserQueue.workspace_id)
        & (AgentQueue.queue_id == UserQueue.queue_id),
    ).where(AgentQueue.agent_id == Evaluation.agent_id)
    on_queue = works.where(UserQueue.queue_id == Conversation.queue_id)
    # As text, because the databases have no common word for "is in this JSON list".
    permissions = sa.cast(User.permissions, sa.Text)
    everywhere = permissions.contains(f'"{Permission.CROSS_QUEUE_DATA_ACCESS}"', autoescape=True)
    pool = sa.select(sa.literal(1)).where(
        EvaluationFormAuditor.workspace_id == Evaluation.workspace_id,
        EvaluationFormAuditor.form_id == Evaluation.form_id,
    )
    named = pool.where(EvaluationFormAuditor.user_id == User.id)
    opened = sa.select(sa.func.count()).where(
        Dispute.workspace_id == User.workspace_id,
        Dispute.assignee_id == User.id,
        Dispute.state == DisputeState.OPEN,
    )
    return (
        sa.select(
            Evaluation.id,
            User.id.label("user_id"),
            User.name,
            sa.or_(named.exists(), ~pool.exists()).label("in_pool"),
            opened.scalar_subquery().label("open_disputes"),
        )
        .select_from(Evaluation)
        .join(
            Conversation,
            (Conversation.workspace_id == Evaluation.workspace_id)
            & (Conversation.id == Evaluation.conversation_id),
        )
        .join(User, User.workspace_id == Evaluation.workspace_id)
        .where(
            User.role.in_(AUDITORS),
            User.disabled_at.is_(None),
            sa.or_(everywhere, sa.and_(on_queue.exists(), with_agent.exists())),
        )
        .order_by(User.name, User.id)
    )


def auditor(row: Any) -> Auditor:
    """A row of `auditors` in the domain's words."""
    return Auditor(
        user_id=row.user_id,
        name=row.name,
        in_pool=row.in_pool,
        open_disputes=row.open_disputes,
    )


def auditors_of(operation: Operation, evaluation_id: uuid.UUID) -> Awaitable[Any]:
    """Those who audit and reach an evaluation, by name; one statement for all of a level."""

    async def batch(keys: list[uuid.UUID]) -> list[list[Auditor]]:
        statement = auditors().where(
            Evaluation.workspace_id == operation.viewer.workspace_id, Evaluation.id.in_(keys)
        )
        found: dict[uuid.UUID, list[Auditor]] = defaultdict(list)
        async with operation.read() as session:
            for row in await session.execute(statement):
                found[row.id].append(auditor(row))
        return [found[key] for key in keys]

    return operation.loaders.made("auditors", lambda: batch).load(evaluation_id)
