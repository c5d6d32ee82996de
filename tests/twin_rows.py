"""Rows for twins: an agent's coaching, told one by one; the same again, with groups put to it."""

import datetime as dt
import re
import uuid
from typing import Any

import sqlalchemy as sa

import models
from models import Action, DisputeRouting, Permission, ReviewState, Role
from models.base import Base
from schema.node import encode
from tests.hidden import TOP, VIEWS
from tests.world import AGENT, EVERYWHERE, NOW, World

READS_MARKS = (*AGENT, Permission.MARKED_FOR_COACHING_VIEW)


async def fill(world: World) -> models.User:
    """Ann's coaching, evaluations and marks, and some of Ben's: all one by one."""
    async with world.database.write() as session:
        await session.execute(sa.update(models.Workspace).values(accept_and_dispute=True))
    billing = await world.queue("Billing")
    empathy, calm = await world.attribute("Empathy"), await world.attribute("Calm")
    form = await world.form(
        empathy,
        calm,
        dispute_routing=DisputeRouting.SAME_AUDITOR,
        allow_re_disputes=True,
        review_window_days=5,
    )
    ann, ben = await world.agent("Ann", billing), await world.agent("Ben", billing)
    quinn = await world.user(Role.QA, *EVERYWHERE, name="Quinn")
    states = [
        ReviewState.PENDING_AGENT_REVIEW,
        ReviewState.PENDING_AGENT_REVIEW,
        ReviewState.AUDITED,
        ReviewState.CLOSED,
        ReviewState.PENDING_SUPERVISOR_REVIEW,
    ]
    talks = [await world.conversation(ann, billing, form=form, topic="Refund") for _ in states]
    for talk, state in zip(talks, states, strict=True):
        made = await world.evaluation(talk, form, by=quinn, review_state=state)
        about = {"agent_id": ann.id, "evaluation_id": made.id}
        await entry(world, Action.EVALUATION_SUBMITTED, after={"total": 80}, **about)
        if state.value in {"CLOSED", "PENDING_SUPERVISOR_REVIEW"}:
            await dispute(world, made, form, quinn, closed=state is ReviewState.CLOSED)
    bens = await world.conversation(ben, billing, form=form, topic="Exchange")
    await embellish(world)
    same: dict[str, Any] = {"name": "Kindness", "assigned_at": NOW - dt.timedelta(days=2)}
    coached = [
        (ann, talks[:2], {"reviewed": 1, **same}),
        (ann, talks[1:], {"best": (bens,), **same}),
        (ann, talks[2:3], {"reviewed": 1}),
        (ann, talks[3:], {"name": "Calm", "strengths": "Warm", "best": (bens,)}),
        (ann, talks[:1], {"cancelled_at": NOW}),
        (ben, [bens], same),
    ]
    for agent, some, values in coached:
        made_ = await world.assignment(agent, quinn, *some, areas=(empathy, calm), **values)
        step = models.ActionStep(
            workspace_id=world.workspace_id, assignment_id=made_.id, position=1, text="Read"
        )
        await world.add(step)
        created = {"agent_id": agent.id, "assignment_id": made_.id}
        await entry(world, Action.ASSIGNMENT_CREATED, after={"name": made_.name}, **created)
        about = {**created, "evaluation_id": made.id}
        await entry(world, Action.EVALUATION_ANSWERED, **about)
    for number, (agent, talk, area) in enumerate(
        [(ann, talks[0], empathy), (ann, talks[1], calm), (ann, talks[2], None), (ben, bens, calm)]
    ):
        await mark(world, agent, quinn, talk, area, at=NOW - dt.timedelta(hours=number // 2))
    return await world.user(Role.AGENT, *READS_MARKS, agent=ann, name="Ann")


async def dispute(
    world: World,
    about: models.Evaluation,
    form: models.EvaluationForm,
    by: models.User,
    *,
    closed: bool,
) -> None:
    """A round about all metrics of an evaluation, and every entry that its history may have."""
    owner = {"workspace_id": world.workspace_id}
    made = models.Dispute(
        **owner,
        id=uuid.uuid4(),
        evaluation_id=about.id,
        round=1,
        revision=1,
        assignee_id=by.id,
        opened_at=NOW,
        state=models.DisputeState.RESOLVED if closed else models.DisputeState.OPEN,
        closed_at=NOW if closed else None,
    )
    rows: list[Base] = [made]
    for metric in await rows_of(world, models.Metric, form_id=form.id):
        decision = models.Decision("REVISE" if metric.position == 1 else "UPHOLD")
        settled = {
            "decision": decision,
            "decision_comment": "You did.",
            "new_adherence": 1 if decision == "REVISE" else None,
        }
        of_metric = {"dispute_id": made.id, "metric_id": metric.id, "position": metric.position}
        said = models.DisputedMetric(**owner, **of_metric, comment="I did.")
        for name, value in settled.items():
            setattr(said, name, value if closed else None)
        rows.append(said)
    await world.add(*rows)
    for action in Action:
        if action.name.startswith(("EVALUATION_", "DISPUTE_", "REVIEW_")):
            about_it = {"agent_id": about.agent_id, "evaluation_id": about.id}
            await entry(world, action, after={"total": 70}, **about_it)


async def embellish(world: World) -> None:
    """Have a value wherever there may be one."""
    evaluation = models.Evaluation
    disputed = sa.select(models.Dispute.evaluation_id)
    async with world.database.write() as session:
        for update in (
            sa.update(models.Conversation).values(intent="Money back", sentiment_score=60),
            sa.update(models.EvaluationRevision).values(comment="Well done."),
            sa.update(models.MetricScore).values(comment="Short."),
            sa.update(evaluation).where(evaluation.id.in_(disputed)).values(dispute_rounds=1),
            sa.update(evaluation)
            .where(evaluation.review_state == ReviewState.PENDING_AGENT_REVIEW)
            .values(review_until=NOW + dt.timedelta(days=5)),
        ):
            await session.execute(update.execution_options(synchronize_session=False))
    for talk in await rows_of(world, models.Conversation):
        said = {"position": 1, "title": "Tone", "text": "Friendly."}
        of_talk = {"workspace_id": world.workspace_id, "conversation_id": talk.id}
        await world.add(models.Insight(**of_talk, **said))


async def mark(
    world: World,
    agent: models.Agent,
    by: models.User,
    talk: models.Conversation,
    area: models.Attribute | None,
    *,
    at: dt.datetime,
) -> None:
    owner = {"workspace_id": world.workspace_id}
    made = models.Mark(
        **owner, id=uuid.uuid4(), agent_id=agent.id, marked_by_id=by.id, created_at=at
    )
    of_mark = {**owner, "mark_id": made.id}
    rows: list[Base] = [made, models.MarkConversation(**of_mark, conversation_id=talk.id)]
    if area is not None:
        who = {"agent_id": agent.id, "marked_by_id": by.id}
        rows.append(models.MarkArea(**of_mark, **who, attribute_id=area.id))
    await world.add(*rows)
    await entry(world, Action.MARK_CREATED, agent_id=agent.id, mark_id=made.id)


async def entry(world: World, action: Action, **values: Any) -> None:
    owner = {"workspace_id": world.workspace_id, "id": uuid.uuid4()}
    await world.add(models.AuditEntry(**owner, at=NOW, action=action, **values))


async def copy(world: World, twin: World) -> None:
    """Give the twin the same rows, stored in the opposite order."""
    twin.workspace_id = world.workspace_id
    async with world.database.read() as source, twin.database.write() as target:
        await target.execute(sa.delete(models.Workspace))
        for table in Base.metadata.sorted_tables:
            stored = [column for column in table.columns if column.computed is None]
            found = await source.execute(sa.select(*stored))
            rows = [dict(row) for row in found.mappings()]
            if rows:
                await target.execute(sa.insert(table), rows[::-1])


async def rows_of(world: World, model: Any, **values: Any) -> list[Any]:
    async with world.database.read() as session:
        return list(await session.scalars(sa.select(model).filter_by(**values).order_by(model.id)))


async def group(world: World) -> None:
    """Have Ann's coaching come of sent groups, but for one; half of the marks be in a pending one.

    She shares a group with Ben, and every evaluation's history has an entry of every kind that
    names a group.
    """
    (ann,) = await rows_of(world, models.Agent, name="Ann")
    (ben,) = await rows_of(world, models.Agent, name="Ben")
    (quinn,) = await rows_of(world, models.User, name="Quinn")
    empathy, calm = await rows_of(world, models.Attribute)
    owner = {"workspace_id": world.workspace_id}
    (bens,) = await rows_of(world, models.Assignment, agent_id=ben.id)
    anns = await rows_of(world, models.Assignment, agent_id=ann.id)
    for number, assignment in enumerate(anns[1:]):
        words: dict[str, Any] = {
            "name": f"Spring {number}",
            "description": "Slow",
            "assignment_name": "Kindness",
        }
        sent = await world.group(quinn, ann, ben, **words)
        await world.add(
            models.CoachingGroupArea(**owner, group_id=sent.id, attribute_id=empathy.id)
        )
        members = [assignment] if number else [assignment, bens]
        await put(world, models.Assignment.id, members, sent)
        await put(world, models.AuditEntry.assignment_id, members, sent)
        await world.refresh(*members)
    pending = await world.group(quinn, ann, ben, sent=False, name="Autumn")
    await world.add(models.CoachingGroupArea(**owner, group_id=pending.id, attribute_id=calm.id))
    await put(world, models.Mark.id, (await rows_of(world, models.Mark))[::2], pending)
    for evaluation in await rows_of(world, models.Evaluation):
        for action in Action:
            if action.name.startswith("GROUP_"):
                about = {"agent_id": evaluation.agent_id, "evaluation_id": evaluation.id}
                await entry(world, action, group_id=sent.id, after={"name": "Spring"}, **about)


async def put(world: World, key: Any, rows: list[Any], into: models.CoachingGroup) -> None:
    """Have what belongs to these rows name a group."""
    chosen = key.in_([row.id for row in rows])
    async with world.database.write() as session:
        changed = sa.update(key.class_).where(chosen).values(group_id=into.id)
        await session.execute(changed.execution_options(synchronize_session=False))


async def ids_of(world: World) -> dict[str, list[str]]:
    """Ids of all rows, those of groups too, by the name of their type."""
    found: dict[str, list[str]] = {}
    for kind in TOP.type_map:
        declared: Any = getattr(VIEWS.whole.get_type_by_name(kind), "origin", None)
        model = getattr(declared, "model", None)
        if model is not None and "Node" in {i.name for i in TOP.type_map[kind].interfaces}:  # type: ignore[attr-defined]
            found[kind] = [encode(kind, row.id) for row in await rows_of(world, model)]
    return found


async def cursors_of_groups(world: World) -> tuple[str, ...]:
    """Cursors of the lists that who manages coaching reads, groups among them."""
    (quinn,) = await rows_of(world, models.User, name="Quinn")
    answer = await world.client(quinn).ask(
        """{ assignments(first: 9) { edges { cursor } } marks(first: 9) { edges { cursor } }
        coachingGroups(first: 9) { edges { cursor nodes: node { agentAssignments(first: 9) {
        edges { cursor } } } } } coachingCandidates(first: 9) { edges { cursor } } }"""
    )
    found = re.findall(r'"cursor":"([^"]+)"', answer.response.text)
    return tuple(found)
