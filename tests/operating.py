"""A workspace in which every named operation has an answer, and what they are asked with."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

import models
from models import Permission, ReviewState, Role
from resolvers import rebuilding
from tests import marking, reviewing
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, SUPERVISOR, World, global_id

LONG_AGO = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@dataclass
class Scene:
    world: World
    ann: models.Agent
    empathy: models.Attribute
    talk: models.Conversation
    single: models.Assignment
    group: models.CoachingGroup
    audit: models.Evaluation
    pending: models.CoachingGroup
    other: models.Conversation
    metric: models.Metric
    dispute: models.Dispute
    qa: Client
    supervisor: Client
    agent: Client
    partner: Client
    qa_user: models.User
    supervisor_user: models.User
    agent_user: models.User
    partner_user: models.User


async def scene(world: World) -> Scene:
    """Everybody has something to do."""
    billing, empathy = await world.queue("Billing"), await world.attribute("Empathy")
    form = await world.form(empathy)
    ann = await world.agent("Ann", billing, agent_id="A-1")
    ben = await world.agent("Ben", billing, agent_id="B-2")
    quinn = await world.user(Role.QA, *EVERYWHERE, name="Quinn")
    about: dict[str, Any] = {"topic": "Refund", "intent": "Money back", "sentiment_score": -12.5}
    talk = await world.conversation(ann, billing, form=form, started_at=LONG_AGO, **about)
    other = await world.conversation(ben, billing, started_at=LONG_AGO, **about)
    await world.evaluation(other, form, total=72.5)
    audit = await world.evaluation(
        talk, form, by=quinn, total=62.5, review_state=ReviewState.PENDING_AGENT_REVIEW
    )
    when: dict[str, Any] = {"follow_up_on": LONG_AGO.date() + dt.timedelta(days=14)}
    words: dict[str, Any] = {"strengths": "Warm.", "improvements": "Listen to the end."}
    single = await world.assignment(
        ann,
        quinn,
        talk,
        areas=(empathy,),
        best=(other,),
        reviewed=1,
        name="Listening",
        assigned_at=LONG_AGO + dt.timedelta(days=1),
        **when,
        **words,
    )
    sent = LONG_AGO + dt.timedelta(days=2)
    group = await world.group(quinn, ann, ben, name="Spring", assigned_at=sent, **when)
    await world.add(
        models.CoachingGroupArea(
            workspace_id=world.workspace_id, group_id=group.id, attribute_id=empathy.id
        )
    )
    shared: dict[str, Any] = {"group_id": group.id, "name": "Kindness", "assigned_at": sent, **when}
    # Of one name and one moment, so the ids decide their order.
    first, second = sorted([uuid.uuid4(), uuid.uuid4()])
    await world.assignment(ann, quinn, talk, areas=(empathy,), id=first, **shared)
    await world.assignment(ben, quinn, other, areas=(empathy,), id=second, **shared)
    sue = await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(billing,), name="Sue")
    user = await world.user(Role.AGENT, *AGENT, agent=ann, name="Ann")
    machine = await world.user(
        Role.PARTNER, Permission.IMPORT_CONVERSATIONS, Permission.CROSS_QUEUE_DATA_ACCESS
    )
    qa, supervisor, agent, partner = [world.client(each) for each in (quinn, sue, user, machine)]
    marks = marking.Scene(world, billing, empathy, empathy, form, ann, ben, ben, quinn, qa)
    pending = await marks.group(ann, ben, name="Autumn")
    await marks.mark(ben, other, group=pending, created_at=LONG_AGO)
    await marks.mark(ann, talk, by=sue, created_at=LONG_AGO)
    metric, dispute = await reviewing.disputed(world, form, billing, quinn)
    async with world.database.write() as session:
        await rebuilding.days(session, world.workspace_id, "UTC")
    return Scene(
        world,
        ann,
        empathy,
        talk,
        single,
        group,
        audit,
        pending,
        other,
        metric,
        dispute,
        qa=qa,
        supervisor=supervisor,
        agent=agent,
        partner=partner,
        qa_user=quinn,
        supervisor_user=sue,
        agent_user=user,
        partner_user=machine,
    )


def variables(scene: Scene, operation: str) -> dict[str, Any]:
    """What a named operation is asked with."""
    create = {
        "agentId": global_id(scene.ann),
        "name": "New",
        "areaIds": [global_id(scene.empathy)],
        "conversationIds": [global_id(scene.talk)],
        "followUpOn": (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)).isoformat(),
    }
    review = {
        "assignmentId": global_id(scene.single),
        "conversationId": global_id(scene.talk),
    }
    given: dict[str, dict[str, Any]] = {
        "AssignmentsPage": {"first": 5, "orderBy": {"by": "NAME", "descending": False}},
        "AssignmentAgents": {"id": global_id(scene.group)},
        "AgentConversations": {"assignmentId": global_id(scene.single)},
        "AuditDetails": {"conversationId": global_id(scene.talk)},
        "DrillDown": {"first": 5},
        "MyAssignments": {"first": 5},
        "MyAssignment": {"id": global_id(scene.single)},
        "CreateAssignment": {"input": create},
        "ReviewConversation": {"input": review},
        "SubmitEvaluation": {
            "input": {
                "conversationId": global_id(scene.other),
                "scores": [{"metricId": global_id(scene.metric), "adherence": 0.25}],
            }
        },
        "RespondToEvaluation": {
            "input": {
                "evaluationId": global_id(scene.audit),
                "revision": 1,
                "decisions": [
                    {
                        "metricId": global_id(scene.metric),
                        "decision": "DISPUTE",
                        "comment": "I did listen.",
                    }
                ],
            }
        },
        "ResolveDispute": {
            "input": {
                "disputeId": global_id(scene.dispute),
                "revision": 1,
                "decisions": [
                    {
                        "metricId": global_id(scene.metric),
                        "decision": "REVISE",
                        "adherence": 1,
                        "comment": "You did.",
                    }
                ],
            }
        },
        "ReviewSection": {"assignmentId": global_id(scene.single)},
        "MarkForCoaching": {
            "input": {
                "evaluationId": global_id(scene.audit),
                "areaIds": [global_id(scene.empathy)],
                "groupId": global_id(scene.pending),
            }
        },
        "CoachingCandidates": {"first": 5},
        "CoachingGroups": {"first": 5},
        "CreateCoachingGroup": {
            "input": {
                "name": "Winter",
                "areaIds": [global_id(scene.empathy)],
                "agentIds": [global_id(scene.ann)],
            }
        },
        "AddAgentsToGroup": {
            "input": {"groupId": global_id(scene.pending), "agentIds": [global_id(scene.ann)]}
        },
        "CoachingMonitor": {
            "first": 5,
            "filter": {"date": {"assignedOn": {"from": "2026-03-01", "to": "2026-03-31"}}},
        },
        "AgentProgress": {"assignmentId": global_id(scene.single)},
        "GroupOutcome": {"groupId": global_id(scene.group)},
        "AgentsInCoaching": {},
        "AgentLeaderboard": {"first": 5, "filter": {"from": "2026-03-01", "to": "2026-03-31"}},
        "ImportConversations": {
            "input": {
                "records": [
                    {"queue": {"externalId": "loans", "name": "Loans"}},
                    {"agentGroup": {"externalId": "new", "name": ""}},
                ]
            }
        },
        "DispatchCoachingGroup": {
            "input": {
                "groupId": global_id(scene.pending),
                "name": "Kindness",
                "followUpOn": create["followUpOn"],
            }
        },
    }
    return given[operation]


CASES = {
    "qa": [
        "AssignmentsPage",
        "AssignmentAgents",
        "AgentConversations",
        "AuditDetails",
        "DrillDown",
        "CreateAssignment",
        "MarkForCoaching",
        "CoachingCandidates",
        "CoachingGroups",
        "CreateCoachingGroup",
        "AddAgentsToGroup",
        "DispatchCoachingGroup",
        "SubmitEvaluation",
        "ResolveDispute",
        "CoachingMonitor",
        "AgentProgress",
        "GroupOutcome",
        "AgentsInCoaching",
        "AgentLeaderboard",
    ],
    "supervisor": ["AssignmentsPage", "DrillDown", "ReviewSection", "CoachingMonitor"],
    "agent": [
        "MyAssignments",
        "MyAssignment",
        "AuditDetails",
        "ReviewConversation",
        "ReviewSection",
        "RespondToEvaluation",
        "AgentProgress",
    ],
    "partner": ["ImportConversations"],
}
"""Those whom the named operations are for."""
