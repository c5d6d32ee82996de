"""Whom the audit history tells what (D10): in reach, and nothing of groups for the others."""

import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Action, Permission, Role
from tests import auditing
from tests.auditing import ACTIONS, Scene
from tests.world import AGENT, COACH, EVERYWHERE, NOW, SUPERVISOR, World, global_id

OF_EVALUATION = """query($id: ID!) { node(id: $id) { ... on Evaluation { history {
    action actor agent { name } evaluation { id } group { id }
    changes { field before after } } } } }"""


@pytest.fixture
async def scene(world: World) -> Scene:
    return await auditing.scene(world)


async def everything(scene: Scene) -> dict[str, models.Evaluation]:
    """An entry of each kind about Ann, about Ben, and about a group of each."""
    evaluations = {}
    for agent, queue in ((scene.ann, scene.billing), (scene.ben, scene.travel)):
        talk = await scene.world.conversation(agent, queue)
        made = await scene.world.evaluation(talk, scene.form, by=scene.quinn)
        group = await scene.world.group(scene.quinn, agent)
        about = {"agent_id": agent.id}
        after = {"name": agent.name}
        await scene.entry(Action.MARK_CREATED, mark_id=uuid.uuid4(), after=after, **about)
        await scene.entry(Action.ASSIGNMENT_CREATED, group_id=group.id, after=after, **about)
        await scene.entry(Action.EVALUATION_SUBMITTED, evaluation_id=made.id, after=after, **about)
        await scene.entry(Action.GROUP_DISPATCHED, group_id=group.id, after=after)
        evaluations[agent.name] = made
    await scene.entry(Action.WORKSPACE_UPDATED, after={"name": "all"})
    return evaluations


async def told(scene: Scene, role: Role, *permissions: Permission, everywhere: bool = False) -> Any:
    """What somebody of the queue Billing reads: pairs of whom it is about, and the action."""
    queues = () if everywhere else (scene.billing,)
    client = scene.world.client(await scene.world.user(role, *permissions, queues=queues))
    text = "{ auditHistory(first: 100) { nodes { action changes { after } group { id } } } }"
    nodes = (await client.ask(text)).data["auditHistory"]["nodes"]
    if Permission.QA_FUNCTIONALITIES not in permissions:
        assert {each["group"] for each in nodes} == {None}
    found = {(json.loads(each["changes"][0]["after"]), each["action"]) for each in nodes}
    assert len(found) == len(nodes)
    return found


SETTINGS = ("all", "WORKSPACE_UPDATED")


async def test_it_tells_of_what_is_in_reach_and_settings_to_all_supervisors(scene: Scene):
    await everything(scene)
    anns = {
        ("Ann", action)
        for action in (
            "MARK_CREATED",
            "ASSIGNMENT_CREATED",
            "EVALUATION_SUBMITTED",
            "GROUP_DISPATCHED",
        )
    }
    everybodys = anns | {("Ben", action) for _, action in anns}
    assert await told(scene, Role.QA, *EVERYWHERE, everywhere=True) == {*everybodys, SETTINGS}
    assert await told(scene, Role.SUPERVISOR, *COACH) == {*anns, SETTINGS}
    assert await told(scene, Role.QA) == {("Ann", "EVALUATION_SUBMITTED"), SETTINGS}
    assert await told(scene, Role.SUPERVISOR, *SUPERVISOR) == {
        ("Ann", "ASSIGNMENT_CREATED"),
        ("Ann", "EVALUATION_SUBMITTED"),
        SETTINGS,
    }
    nowhere = scene.world.client(await scene.world.user(Role.QA, *COACH))
    nodes = (await nowhere.ask(ACTIONS)).data["auditHistory"]["nodes"]
    assert [each["action"] for each in nodes] == ["WORKSPACE_UPDATED"]


async def test_an_evaluation_of_a_conversation_out_of_reach_is_not_told_of(scene: Scene):
    talk = await scene.world.conversation(scene.ann, scene.travel)
    made = await scene.world.evaluation(talk, scene.form, by=scene.quinn)
    about = {"agent_id": scene.ann.id, "evaluation_id": made.id}
    await scene.entry(Action.EVALUATION_SUBMITTED, after={"name": "x"}, **about)
    assert await told(scene, Role.SUPERVISOR, *COACH) == set()
    assert len(await told(scene, Role.QA, *EVERYWHERE, everywhere=True)) == 1


async def test_the_history_of_a_deleted_group_stays(scene: Scene):
    group = await scene.world.group(scene.quinn, scene.ann, sent=False)
    async with scene.world.database.write() as session:
        deleted = models.GroupState.DELETED
        await session.execute(sa.update(models.CoachingGroup).values(state=deleted))
    await scene.entry(Action.GROUP_DELETED, group_id=group.id, after={"name": "x"})
    assert await told(scene, Role.SUPERVISOR, *COACH) == {("x", "GROUP_DELETED")}


async def test_another_workspace_is_not_told_of(scene: Scene):
    other = models.Workspace(name="Other", created_at=NOW)
    await scene.world.add(other)
    entry = models.AuditEntry(
        workspace_id=other.id, at=NOW, action=Action.WORKSPACE_UPDATED, id=uuid.uuid4()
    )
    await scene.world.add(entry)
    assert await scene.actions() == []


@pytest.mark.parametrize("role", [Role.AGENT, Role.PARTNER])
async def test_it_is_absent_for_all_but_supervisors_and_qa(scene: Scene, role: Role):
    agent = scene.ann if role is Role.AGENT else None
    permissions = AGENT if role is Role.AGENT else SUPERVISOR
    client = scene.world.client(await scene.world.user(role, *permissions, agent=agent))
    answer = await client.ask(ACTIONS)
    assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("given", ["groupIds: []", "markIds: []", "actions: [GROUP_CREATED]"])
async def test_filters_about_groups_and_marks_are_absent_for_who_does_not_manage_coaching(
    scene: Scene, given: str
):
    text = f"{{ auditHistory(first: 1, filter: {{{given}}}) {{ totalCount }} }}"
    assert (await scene.client.ask(text)).data
    client = scene.world.client(await scene.world.user(Role.SUPERVISOR, *SUPERVISOR))
    answer = await client.ask(text)
    assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_changes_are_told_in_words_of_the_interface(scene: Scene):
    talk = await scene.world.conversation(scene.ann, scene.billing, form=scene.form)
    async with scene.world.database.read() as session:
        area = (await session.scalars(sa.select(models.Attribute))).one()
    given = {
        "agentId": global_id(scene.ann),
        "name": "Kindness",
        "areaIds": [global_id(area)],
        "conversationIds": [global_id(talk)],
        "followUpOn": "2126-01-01",
        "actionPlan": ["Réad"],
    }
    made = (await scene.client.ask("CreateAssignment", input=given)).data["createAssignment"]
    change = """mutation($input: UpdateAssignmentInput!) { updateAssignment(input: $input) {
        errors { code } } }"""
    new = {"assignmentId": made["assignment"]["id"], "expectedVersion": 1}
    changed = {"name": "Calm", "actionPlan": ["Réad"], "strengths": "Warm"}
    await scene.client.ask(change, input={**new, **changed})
    settings = """mutation { updateWorkspace(input: {expectedVersion: 1, autoQa: false}) {
        errors { code } } }"""
    await scene.client.ask(settings)
    nodes = (await scene.read(oldestFirst=True))["nodes"]
    told = [{c["field"]: (c["before"], c["after"]) for c in each["changes"]} for each in nodes]
    created, updated, set_ = told
    assert created["name"] == (None, '"Kindness"')
    assert created["areaIds"] == (None, json.dumps([global_id(area)]))
    assert created["conversationIds"] == (None, json.dumps([global_id(talk)]))
    assert created["followUpOn"] == (None, '"2126-01-01"')
    assert created["actionPlan"] == (None, '["Réad"]')
    # What was sent as it was is no change.
    assert updated == {"name": ('"Kindness"', '"Calm"'), "strengths": ('""', '"Warm"')}
    assert set_ == {"autoQa": ("true", "false")}
    assert [each["agent"] for each in nodes] == [{"name": "Ann"}, {"name": "Ann"}, None]


async def test_an_agent_reads_of_their_own_evaluations_only_and_nothing_of_groups(scene: Scene):
    """D10, V2, V3, V7: whatever a write may have noted beside it."""
    world = scene.world
    talk = await world.conversation(scene.ann, scene.billing)
    made = await world.evaluation(talk, scene.form, by=scene.quinn)
    group = await world.group(scene.quinn, scene.ann)
    about: dict[str, Any] = {
        "agent_id": scene.ann.id,
        "evaluation_id": made.id,
        "group_id": group.id,
    }
    ids = {"group_id": str(group.id), "secret_id": str(uuid.uuid4()), "group_name": "Spring"}
    after = {
        "review_state": "CLOSED",
        "assignee_id": str(scene.quinn.id),
        "scores": [{"metric_id": str(uuid.uuid4()), "adherence": 0.5, **ids}],
        **ids,
    }
    for action in Action:
        await scene.entry(action, after=after, **about)
    client = world.client(await world.user(Role.AGENT, *AGENT, agent=scene.ann))

    async def read() -> tuple[list[Any], str]:
        answer = await client.ask(OF_EVALUATION, id=global_id(made))
        return answer.data["node"]["history"], answer.response.text

    history, text = await read()
    kinds = ("EVALUATION_", "DISPUTE_", "REVIEW_CLOSED")
    expected = [action.name for action in Action if action.name.startswith(kinds)]
    assert [each["action"] for each in history] == expected
    assert {each["actor"] for each in history} == {"Quinn"}
    assert {each["group"] for each in history} == {None}
    fields = {change["field"]: change["after"] for change in history[0]["changes"]}
    assert set(fields) == {"reviewState", "assignee", "scores"}
    assert fields["assignee"] == '"Quinn"'
    assert set(json.loads(fields["scores"])[0]) == {"metricId", "adherence"}
    for secret in (global_id(group), str(group.id), group.id.hex, "Spring", ids["secret_id"]):
        assert secret not in text
    async with world.database.write() as session:
        await session.execute(sa.update(models.Workspace).values(hide_auditor_details=True))
    history, text = await read()
    assert "Quinn" not in text
    assert {each["actor"] for each in history} == {"Anonymous"}
