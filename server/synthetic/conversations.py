"""Made-up conversations: what was said, and what Auto QA makes of it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from models import (
    Channel,
    Conversation,
    Evaluation,
    EvaluationRevision,
    Insight,
    Message,
    MetricScore,
    RevisionReason,
    Source,
    score_day,
    scoring,
)
from server.synthetic import transcripts
from server.synthetic.forms import NOT_IMPORTED, Form, FormMetric
from server.synthetic.more_scripts import ALL
from server.synthetic.organisation import Coached, Organisation
from server.synthetic.rows import Row
from server.synthetic.scripts import ACCOUNTS
from server.synthetic.transcripts import Script

SCRIPTS: Mapping[str, list[Script]] = {
    queue: [script for script in ALL if script.queue == queue]
    for queue in {script.queue for script in ALL}
}

GOOD = 90
"""Points from which on a conversation is an example for others."""

WEAK = 0.25
"""Adherence up to which a metric is a missed opportunity."""

Adherence = list[float | None]

Place = tuple[str, Channel]
"""A queue's name, and a channel."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A conversation that was held and scored; `row` may be changed until it is written."""

    id: uuid.UUID
    agent: Coached
    form: Form
    started_at: dt.datetime
    ended_at: dt.datetime
    adherence: Adherence
    total: float | None
    row: Row

    @property
    def good(self) -> bool:
        """Whether it is an example for others."""
        return self.total is not None and self.total >= GOOD


def anywhere(made: Organisation, agent: Coached) -> Place:
    """A queue of the agent's, and a channel of that queue's."""
    queue = made.rows.chance.choice(agent.queues)
    return queue, Channel.CHAT if queue == ACCOUNTS else made.rows.chance.choice(list(Channel))


def disputable(made: Organisation, agent: Coached, *channels: Channel) -> Place:
    """A queue of the agent's and one of these channels, where the form has a dispute policy.

    Without `channels`, one where a review may wait for any time.
    """
    queue = made.rows.chance.choice([queue for queue in agent.queues if queue != ACCOUNTS])
    return queue, made.rows.chance.choice(channels or (Channel.CHAT, Channel.VOICE))


def hold(
    made: Organisation, agent: Coached, at: dt.datetime, *, place: Place, exchanges: int
) -> Held:
    """Add a conversation of an agent that Auto QA scored."""
    rows, chance = made.rows, made.rows.chance
    queue, channel = place
    form = made.forms[queue, channel]
    adherence = [_adherence(made, agent, metric, at) for metric in form.metrics]
    applying = [a for a in adherence if a is not None]
    quality = sum(applying) / len(applying) if applying else 0.5
    script = chance.choice(SCRIPTS[queue])
    ended_at = at + dt.timedelta(seconds=90 * exchanges + chance.randint(20, 400))
    row = rows.add(
        Conversation,
        id=chance.uuid(),
        external_id=f"C-{chance.getrandbits(64):016x}",
        digest=NOT_IMPORTED,
        agent_id=agent.id,
        queue_id=made.queues[queue],
        topic=script.topic,
        intent=script.intent,
        channel=channel,
        started_at=at,
        ended_at=ended_at,
        sentiment_score=round(max(-100.0, min(100.0, chance.gauss(160 * quality - 90, 25))), 2),
    )
    said = transcripts.speak(chance, script, agent=agent.name, exchanges=exchanges, quality=quality)
    for position, (speaker, text) in enumerate(said, 1):
        rows.add(
            Message,
            conversation_id=row["id"],
            position=position,
            speaker=speaker,
            sent_at=at + dt.timedelta(seconds=45 * (position - 1)),
            text=text,
        )
    total = _auto(made, row, form, adherence)
    held = Held(row["id"], agent, form, at, ended_at, adherence, total, row)
    _add_insights(made, held, script)
    return held


def _adherence(
    made: Organisation, agent: Coached, metric: FormMetric, at: dt.datetime
) -> float | None:
    """What an agent of this skill makes of a metric, in quarters; null where it doesn't apply."""
    chance = made.rows.chance
    if chance.yes(0.03):
        return None
    skills = [agent.skill(attribute_id, at) for attribute_id in metric.attribute_ids]
    skill = sum(skills) / len(skills)
    if metric.fatal:
        # Failing one fails all, so even the weak rarely do.
        return 0.0 if chance.yes(0.2 * (1 - skill)) else 1.0
    return max(0, min(4, round(4 * chance.gauss(skill, 0.2)))) / 4


def _auto(made: Organisation, conversation: Row, form: Form, adherence: Adherence) -> float | None:
    """Add the evaluation by Auto QA; return its total in points."""
    chance = made.rows.chance
    at = conversation["ended_at"] + dt.timedelta(seconds=chance.randint(30, 300))
    row = made.rows.add(
        Evaluation,
        id=chance.uuid(),
        conversation_id=conversation["id"],
        agent_id=conversation["agent_id"],
        form_id=form.id,
        source=Source.AUTO,
        external_id=f"E-{chance.getrandbits(64):016x}",
        digest=NOT_IMPORTED,
        evaluated_at=at,
    )
    score = add_revision(made, row["id"], 1, RevisionReason.AUDIT, at, form, adherence)
    row.update(total=score.total, passed=score.passed)
    parts = score_day.parts(zip(form.metrics, adherence, strict=True))
    made.days.count(conversation["agent_id"], at, score.total, parts)
    conversation["kore_evaluation_score"] = score.total
    return score.total


def add_revision(
    made: Organisation,
    evaluation_id: uuid.UUID,
    number: int,
    reason: RevisionReason,
    at: dt.datetime,
    form: Form,
    adherence: Adherence,
    *,
    evaluator_id: uuid.UUID | None = None,
    comment: str | None = None,
    comments: Mapping[uuid.UUID, str] | None = None,
) -> scoring.Score:
    """Add one complete scoring of an evaluation; `comments` by metric. Return the score."""
    score = scoring.score(
        list(zip(form.metrics, adherence, strict=True)), pass_score=form.pass_score
    )
    made.rows.add(
        EvaluationRevision,
        evaluation_id=evaluation_id,
        number=number,
        reason=reason,
        evaluator_id=evaluator_id,
        created_at=at,
        total=score.total,
        passed=score.passed,
        comment=comment,
    )
    for metric, kept, points in zip(form.metrics, adherence, score.points, strict=True):
        made.rows.add(
            MetricScore,
            evaluation_id=evaluation_id,
            revision=number,
            metric_id=metric.id,
            position=metric.position,
            adherence=kept,
            points=points,
            comment=(comments or {}).get(metric.id),
        )
    return score


def _add_insights(made: Organisation, held: Held, script: Script) -> None:
    """Add what the sender's AI would say: always a summary, often a hint."""
    told = [("Summary", script.summary)]
    weak = [
        metric.name
        for metric, kept in zip(held.form.metrics, held.adherence, strict=True)
        if kept is not None and kept <= WEAK
    ]
    if weak:
        told.append(("Missed opportunity", f"{weak[0]}: hardly seen in this conversation."))
    if held.row["sentiment_score"] < 0:
        told.append(("Sentiment", "The customer left less content than they came."))
    for position, (title, text) in enumerate(told, 1):
        made.rows.add(Insight, conversation_id=held.id, position=position, title=title, text=text)
