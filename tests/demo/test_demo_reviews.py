"""Audits and disputes of the demo workspace obey the rules of section 8."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import models
from models import ReviewState
from resolvers import evaluation_parts

Rows = Callable[..., Awaitable[list[Any]]]


async def test_reviews_are_in_every_state_and_only_asked_for_where_the_form_has_a_policy(
    rows: Rows,
    now: dt.datetime,
) -> None:
    manual = await rows(models.Evaluation, models.Evaluation.source == "MANUAL")
    policy = {row.id: row.dispute_routing for row in await rows(models.EvaluationForm)}

    assert {row.review_state for row in manual} == set(ReviewState)
    for row in manual:
        assert (policy[row.form_id] is None) == (row.review_state is ReviewState.AUDITED)
        ended = row.review_state in {ReviewState.RESOLVED, ReviewState.CLOSED}
        assert (row.completed_at is not None) == ended
        assert row.review_until is None or row.review_until > now
        assert row.evaluated_at < now
    assert any(row.review_until is not None for row in manual)


async def test_disputes_are_open_resolved_and_withdrawn_by_the_rules(
    rows: Rows,
) -> None:
    disputes = await rows(models.Dispute)
    evaluations = {row.id: row for row in await rows(models.Evaluation)}
    forms = {row.id: row for row in await rows(models.EvaluationForm)}
    agents = {row.id for row in await rows(models.User, models.User.role == "AGENT")}
    rounds = Counter(row.evaluation_id for row in disputes)

    assert {row.state for row in disputes} == set(models.DisputeState)
    assert max(rounds.values()) == 2
    for row in disputes:
        evaluation = evaluations[row.evaluation_id]
        form = forms[evaluation.form_id]
        waiting = evaluation.review_state is ReviewState.PENDING_SUPERVISOR_REVIEW
        last = row.round == evaluation.dispute_rounds
        assert row.assignee_id not in agents
        assert (row.state is models.DisputeState.OPEN) == (waiting and last)
        assert rounds[evaluation.id] == evaluation.dispute_rounds <= form.max_dispute_rounds
        same = form.dispute_routing is models.DisputeRouting.SAME_AUDITOR
        assert (row.assignee_id == evaluation.evaluator_id) == same


async def test_every_disputed_metric_has_a_comment_and_a_decision_once_resolved(
    rows: Rows,
) -> None:
    state = {row.id: row.state for row in await rows(models.Dispute)}
    metrics = await rows(models.DisputedMetric)

    assert {row.dispute_id for row in metrics} == state.keys()
    for row in metrics:
        resolved = state[row.dispute_id] is models.DisputeState.RESOLVED
        assert row.comment
        assert (row.decision is not None) == resolved
        assert (row.decision_comment is not None) == resolved


async def test_every_revision_stays_readable_and_a_resolution_adds_one(
    rows: Rows,
) -> None:
    revisions = defaultdict(list)
    for row in await rows(models.EvaluationRevision):
        revisions[row.evaluation_id].append(row.number)
    evaluations = await rows(models.Evaluation)
    reasons = {row.reason for row in await rows(models.EvaluationRevision)}

    for row in evaluations:
        assert sorted(revisions[row.id]) == list(range(1, row.revision + 1))
    assert {models.RevisionReason.RE_AUDIT, models.RevisionReason.RESOLUTION} <= reasons


async def test_every_write_left_its_entry_in_the_audit_history(
    rows: Rows, now: dt.datetime
) -> None:
    entries = await rows(models.AuditEntry)
    assignments = {row.id for row in await rows(models.Assignment)}
    manual = await rows(models.Evaluation, models.Evaluation.source == "MANUAL")
    reviewed = models.AssignmentConversation.reviewed_at.is_not(None)
    items = await rows(models.AssignmentConversation, reviewed)
    counted = Counter(entry.action for entry in entries)

    created = {e.assignment_id for e in entries if e.action is models.Action.ASSIGNMENT_CREATED}
    assert created == assignments
    assert {row.id for row in manual} <= {entry.evaluation_id for entry in entries}
    assert counted[models.Action.CONVERSATION_REVIEWED] == len(items)
    assert {row.id for row in await rows(models.Mark)} == {
        entry.mark_id for entry in entries if entry.action is models.Action.MARK_CREATED
    }
    assert {row.id for row in await rows(models.CoachingGroup)} == {
        entry.group_id for entry in entries if entry.action is models.Action.GROUP_CREATED
    }
    assert counted.keys() >= {
        models.Action.GROUP_DISPATCHED,
        models.Action.DISPUTE_RESOLVED,
        models.Action.DISPUTE_WITHDRAWN,
        models.Action.EVALUATION_RE_AUDITED,
        models.Action.REVIEW_CLOSED,
    }
    assert counted[models.Action.DISPUTE_OPENED] == len(await rows(models.Dispute))
    assert all(entry.at <= now for entry in entries)


async def test_the_history_of_an_evaluation_tells_each_write_from_where_the_last_one_left_it(
    rows: Rows,
) -> None:
    manual = await rows(models.Evaluation, models.Evaluation.source == "MANUAL")
    told = defaultdict(list)
    for entry in await rows(models.AuditEntry, models.AuditEntry.evaluation_id.is_not(None)):
        told[entry.evaluation_id].append(entry)

    for row in manual:
        entries = sorted(told[row.id], key=lambda entry: entry.at)
        before = [entry.before for entry in entries]
        after = [entry.after for entry in entries]
        assert before == [None, *after[:-1]]
        assert after[-1] == evaluation_parts.told(row)


async def test_who_audits_anew_is_the_auditor_from_then_on(rows: Rows) -> None:
    evaluations = {row.id: row for row in await rows(models.Evaluation)}
    again = models.EvaluationRevision.reason == models.RevisionReason.RE_AUDIT
    first = models.EvaluationRevision.number == 1
    auditors = {
        row.evaluation_id: row.evaluator_id for row in await rows(models.EvaluationRevision, first)
    }
    anew = await rows(models.EvaluationRevision, again)

    assert anew
    for row in anew:
        assert evaluations[row.evaluation_id].evaluator_id == row.evaluator_id
        assert row.evaluator_id != auditors[row.evaluation_id]


async def test_the_qa_user_has_begun_one_audit(rows: Rows, now: dt.datetime) -> None:
    (draft,) = await rows(models.EvaluationDraft)
    (author,) = await rows(models.User, models.User.id == draft.author_id)
    (talk,) = await rows(models.Conversation, models.Conversation.id == draft.conversation_id)
    about = models.Evaluation.conversation_id == talk.id
    metrics = await rows(models.Metric, models.Metric.form_id == draft.form_id)

    assert author.email == "qa@demo.example"
    assert [(row.source, row.form_id) for row in await rows(models.Evaluation, about)] == [
        (models.Source.AUTO, draft.form_id)
    ]
    assert talk.ended_at < draft.saved_at < now
    kept = [uuid.UUID(score["metric_id"]) for score in draft.scores]
    assert 0 < len(kept) < len(metrics)
    assert set(kept) < {metric.id for metric in metrics}


async def test_evaluations_are_scored_by_the_form_of_their_queue_and_channel(
    rows: Rows,
) -> None:
    conversations = {row.id: row for row in await rows(models.Conversation)}
    active = {
        (row.queue_id, row.channel): row.form_id for row in await rows(models.EvaluationFormQueue)
    }

    for row in await rows(models.Evaluation):
        conversation = conversations[row.conversation_id]
        assert active[conversation.queue_id, conversation.channel] == row.form_id
        assert conversation.agent_id == row.agent_id
