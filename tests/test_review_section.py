"""The review section of an assignment: three tabs, over HTTP (W3, E3, V1, V7)."""

from typing import Any

import pytest

import models
from models import ReviewState, Role
from schema.node import encode
from tests import reviewing
from tests.client import Client
from tests.reviewing import Scene
from tests.world import SUPERVISOR, World, global_id

TABS = ("pending", "disputes", "resolved")


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world)


async def section(scene: Scene, made: models.Assignment, *, by: Client | None = None) -> Any:
    answer = await (by or scene.agent).ask("ReviewSection", assignmentId=global_id(made))
    return answer.data["assignment"]["review"]


async def tabs(scene: Scene, made: models.Assignment) -> dict[str, list[tuple[str, str, int]]]:
    """Each tab's evaluations, with status and completed rounds."""
    shown = await section(scene, made)
    return {
        tab: [
            (row["evaluation"]["id"], row["reviewStatus"], row["disputeRounds"])
            for row in shown[tab]
        ]
        for tab in TABS
    }


async def test_a_review_goes_through_the_tabs(scene: Scene):
    made = await scene.world.assignment(scene.ann, scene.quinn, scene.talk)
    empty: dict[str, Any] = {tab: [] for tab in TABS}
    assert await tabs(scene, made) == empty
    id_ = await scene.evaluated()
    assert await tabs(scene, made) == {**empty, "pending": [(id_, "PENDING_AGENT_REVIEW", 0)]}
    dispute = await scene.disputed(id_)
    waiting = (id_, "PENDING_SUPERVISOR_REVIEW", 0)
    assert await tabs(scene, made) == {**empty, "pending": [waiting], "disputes": [waiting]}
    await scene.resolve(dispute["id"], {0: 1})
    again = (id_, "PENDING_AGENT_REVIEW", 1)
    assert await tabs(scene, made) == {**empty, "pending": [again], "disputes": [again]}
    await scene.respond(id_, revision=2)
    assert await tabs(scene, made) == {**empty, "resolved": [(id_, "RESOLVED", 1)]}


async def test_a_row_has_the_columns_of_the_manual(scene: Scene):
    made = await scene.world.assignment(scene.ann, scene.quinn, scene.talk)
    id_ = await scene.evaluated()
    await scene.respond(id_)
    (row,) = (await section(scene, made))["resolved"]
    assert row.pop("completedAt") == (await scene.read(id_))["completedAt"]
    assert row == {
        "evaluation": {"id": id_, "revision": 1},
        "conversation": {
            "id": global_id(scene.talk),
            "startedAt": scene.talk.started_at.isoformat(),
            "topic": None,
            "intent": None,
            "queue": {"id": global_id(scene.billing), "name": "Billing"},
        },
        "supervisorAuditScore": 68.75,
        "reviewStatus": "RESOLVED",
        "disputeRounds": 0,
    }


async def test_audits_without_review_and_auto_qa_are_in_no_tab(scene: Scene):
    await scene.world.evaluation(scene.talk, scene.form)
    await scene.set(models.Workspace, accept_and_dispute=False)
    await scene.evaluated()
    made = await scene.world.assignment(scene.ann, scene.quinn, scene.talk)
    assert await tabs(scene, made) == {tab: [] for tab in TABS}


async def test_the_last_evaluated_comes_first(scene: Scene):
    other = await scene.world.conversation(scene.ann, scene.billing)
    made = await scene.world.assignment(scene.ann, scene.quinn, scene.talk, other)
    first = await scene.evaluated()
    second = await scene.evaluated(conversationId=global_id(other))
    shown = await tabs(scene, made)
    assert [row[0] for row in shown["pending"]] == [second, first]


async def test_agents_and_staff_in_reach_read_it_and_others_do_not(scene: Scene):
    world = scene.world
    made = await world.assignment(scene.ann, scene.quinn, scene.talk)
    await scene.evaluated()
    mine = await section(scene, made)
    for who in (scene.qa, scene.supervisor):
        assert await section(scene, made, by=who) == mine
    travel = await world.queue("Travel")
    await world.add(
        models.AgentQueue(
            workspace_id=world.workspace_id, agent_id=scene.ann.id, queue_id=travel.id
        )
    )
    # Shares a queue with the agent, but does not reach the conversation (V6).
    near = world.client(await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(travel,)))
    assert await section(scene, made, by=near) == {tab: [] for tab in TABS}
    ben = await world.agent("Ben", scene.billing)
    theirs = await world.assignment(ben, scene.quinn, scene.talk)
    for target in (global_id(theirs), encode("Assignment", theirs.agent_id)):
        answer = await scene.agent.ask("ReviewSection", assignmentId=target)
        assert answer.data == {"assignment": None}


PAGE = """query { assignments(first: 100) { nodes { ... on Assignment { id review {
    pending { ...item } disputes { ...item } resolved { ...item } } } } } }
    fragment item on ReviewItem { reviewStatus conversation { queue { name } } evaluation {
        disputableMetrics { id } viewerActions { action } revisions { scores { points } }
        disputes { assignee auditors { name } metrics { metric { name } }
            viewerActions { action } } } }"""


async def test_a_page_costs_the_same_at_1_10_and_100_assignments(scene: Scene):
    world = scene.world
    counts: dict[str, list[int]] = {"agent": [], "qa": []}
    for rows in (1, 9, 90):  # added up: 1, 10, 100
        talks = [await world.conversation(scene.ann, scene.billing) for _ in range(min(rows, 3))]
        for talk in talks:
            id_ = await scene.evaluated(conversationId=global_id(talk))
            await scene.disputed(id_)
        for _ in range(rows):
            await world.assignment(scene.ann, scene.quinn, *talks)
        for name, client in (("agent", scene.agent), ("qa", scene.qa)):
            with world.statements() as statements:
                answer = await client.ask(PAGE)
            shown = answer.data["assignments"]["nodes"]
            assert len(shown[-1]["review"]["disputes"]) == len(talks)
            counts[name].append(len(statements))
    # Who asks (1) and the rows, of which an agent has one kind (2); evaluations (1); of these:
    # conversation, form, disputable metrics, revisions, disputes (5); of these: queue, scores,
    # disputed metrics, evaluation again, auditors' names (5); of these: form again or metric, and
    # whom else a dispute could be given to, which agents are not told (2).
    assert counts == {"agent": [14] * 3, "qa": [16] * 3}


async def test_the_tabs_follow_the_states_of_the_database(scene: Scene):
    """Every state is in the tabs that it belongs to."""
    world = scene.world
    expected = {
        ReviewState.AUDITED: set(),
        ReviewState.PENDING_AGENT_REVIEW: {"pending"},
        ReviewState.PENDING_SUPERVISOR_REVIEW: {"pending"},
        ReviewState.RESOLVED: {"resolved"},
        ReviewState.CLOSED: {"resolved"},
    }
    for state, named in expected.items():
        talk = await world.conversation(scene.ann, scene.billing)
        await world.evaluation(talk, scene.form, by=scene.quinn, review_state=state)
        made = await world.assignment(scene.ann, scene.quinn, talk)
        shown = await section(scene, made)
        assert {tab for tab in TABS if shown[tab]} == named
