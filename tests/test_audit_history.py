"""The audit history over HTTP (D10): one order, in reach, and nothing of groups for the others."""

import base64
import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Action, Permission, Role
from models.errors import BadCursor
from resolvers.page import Order
from tests.world import AGENT, COACH, EVERYWHERE, NOW, SUPERVISOR, Client, World, global_id

HISTORY = """query($first: Int, $after: String, $last: Int, $before: String, $filter: AuditFilter,
        $oldestFirst: Boolean = false) {
    auditHistory(first: $first, after: $after, last: $last, before: $before, filter: $filter,
        oldestFirst: $oldestFirst) {
        totalCount edges { cursor } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
        nodes { at action actor agent { name } assignment { id } evaluation { id } group { id }
            changes { field before after } } } }"""
ACTIONS = "{ auditHistory(first: 100) { nodes { action } } }"
OF_EVALUATION = """query($id: ID!) { node(id: $id) { ... on Evaluation { history {
    action actor agent { name } evaluation { id } group { id }
    changes { field before after } } } } }"""


@dataclass
class Scene:
    world: World
    billing: models.Queue
    travel: models.Queue
    form: models.EvaluationForm
    ann: models.Agent
    ben: models.Agent
    quinn: models.User
    client: Client
    written: int = 0

    async def entry(self, action: Action, **values: Any) -> models.AuditEntry:
        """An entry, each a second after the one before."""
        self.written += 1
        values.setdefault("at", NOW + dt.timedelta(seconds=self.written))
        values.setdefault("actor_id", self.quinn.id)
        made = models.AuditEntry(
            workspace_id=self.world.workspace_id, id=uuid.uuid4(), action=action, **values
        )
        await self.world.add(made)
        return made

    async def read(self, by: Client | None = None, **variables: Any) -> Any:
        given = {"first": 100, **variables} if "last" not in variables else variables
        return (await (by or self.client).ask(HISTORY, **given)).data["auditHistory"]

    async def actions(self, by: Client | None = None, **filter_: Any) -> list[str]:
        """What is listed, oldest first."""
        found = await self.read(by, filter=filter_, oldestFirst=True)
        assert found["totalCount"] == len(found["nodes"])
        return [each["action"] for each in found["nodes"]]


@pytest.fixture
async def scene(world: World) -> Scene:
    billing, travel = await world.queue("Billing"), await world.queue("Travel")
    form = await world.form(await world.attribute())
    ann, ben = await world.agent("Ann", billing), await world.agent("Ben", travel)
    quinn = await world.user(Role.QA, *EVERYWHERE, Permission.MANAGE_SETTINGS, name="Quinn")
    return Scene(world, billing, travel, form, ann, ben, quinn, world.client(quinn))


async def same_moments(scene: Scene) -> None:
    """Twelve entries at three moments, four positions each, stored in no order."""
    for number in (7, 2, 11, 0, 5, 9, 3, 1, 10, 4, 8, 6):
        await scene.entry(
            Action.WORKSPACE_UPDATED,
            at=NOW + dt.timedelta(seconds=number // 4),
            position=number % 4 // 2,
            after={"number": number},
        )


def numbers(page: Any) -> list[int]:
    return [int(each["changes"][0]["after"]) for each in page["nodes"]]


async def test_it_is_in_one_order_newest_first_unless_told_otherwise(scene: Scene):
    await same_moments(scene)
    newest = numbers(await scene.read())
    # Two entries share moment and position: between them the ids decide.
    assert [number // 2 for number in newest] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0]
    assert numbers(await scene.read(oldestFirst=True)) == newest[::-1]


@pytest.mark.parametrize("size", [1, 2, 5, 12])
@pytest.mark.parametrize("oldest_first", [False, True])
async def test_pages_forwards_and_backwards_give_each_entry_once(
    scene: Scene, size: int, *, oldest_first: bool
):
    await same_moments(scene)
    whole = numbers(await scene.read(oldestFirst=oldest_first))
    order: dict[str, Any] = {"oldestFirst": oldest_first}
    forwards: list[int] = []
    page = await scene.read(first=size, **order)
    while True:
        forwards += numbers(page)
        if not page["pageInfo"]["hasNextPage"]:
            break
        page = await scene.read(first=size, after=page["pageInfo"]["endCursor"], **order)
    backwards: list[int] = []
    page = await scene.read(last=size, **order)
    while True:
        backwards = numbers(page) + backwards
        if not page["pageInfo"]["hasPreviousPage"]:
            break
        page = await scene.read(last=size, before=page["pageInfo"]["startCursor"], **order)
    assert forwards == backwards == whole


@pytest.mark.parametrize("position", [True, 1.5, "1", None, [], 2**31, -(2**31), 2**63, 10**400])
async def test_a_cursor_with_a_position_that_no_row_can_have_is_refused(
    scene: Scene, position: Any
):
    await scene.entry(Action.WORKSPACE_UPDATED)
    cursor = (await scene.read())["edges"][0]["cursor"]
    fingerprint, at, _, key = json.loads(base64.urlsafe_b64decode(cursor))
    forged = base64.urlsafe_b64encode(json.dumps([fingerprint, at, position, key]).encode())
    answer = await scene.client.ask(HISTORY, first=1, after=forged.decode())
    assert answer.errors[0]["extensions"]["code"] == "BAD_CURSOR"


def test_a_whole_number_is_a_place_in_a_list():
    order = Order(keys=("position", "id"))
    columns: list[Any] = [models.AuditEntry.position, models.AuditEntry.id]
    for position in (0, -1, 2**31 - 1):
        row = models.AuditEntry(position=position, id=uuid.uuid4())
        assert order.place(order.cursor(row), columns) == [position, row.id]
    row.position = 2**31
    with pytest.raises(BadCursor):
        order.place(order.cursor(row), columns)


async def test_a_cursor_is_bound_to_filter_and_order(scene: Scene):
    await scene.entry(Action.WORKSPACE_UPDATED)
    cursor = (await scene.read())["edges"][0]["cursor"]
    for other in ({"oldestFirst": True}, {"filter": {"actions": ["WORKSPACE_UPDATED"]}}):
        answer = await scene.client.ask(HISTORY, first=1, after=cursor, **other)
        assert answer.errors[0]["extensions"]["code"] == "BAD_CURSOR"


async def test_it_is_filtered_by_what_it_is_about_by_action_and_by_time(scene: Scene):
    world = scene.world
    talk = await world.conversation(scene.ann, scene.billing)
    evaluation = await world.evaluation(talk, scene.form, by=scene.quinn)
    coaching = await world.assignment(scene.ann, scene.quinn, talk)
    group = await world.group(scene.quinn, scene.ann)
    mark = uuid.uuid4()
    about_ann = {"agent_id": scene.ann.id}
    await scene.entry(Action.MARK_CREATED, mark_id=mark, **about_ann)
    await scene.entry(Action.ASSIGNMENT_CREATED, assignment_id=coaching.id, **about_ann)
    await scene.entry(Action.EVALUATION_SUBMITTED, evaluation_id=evaluation.id, **about_ann)
    await scene.entry(Action.GROUP_DISPATCHED, group_id=group.id)
    await scene.entry(Action.REVIEW_CLOSED, agent_id=scene.ben.id, actor_id=None)
    await scene.entry(Action.WORKSPACE_UPDATED)
    every = await scene.actions()
    assert len(every) == 6
    assert await scene.actions(agentIds=[global_id(scene.ann)]) == every[:3]
    assert await scene.actions(agentIds=[global_id(scene.ann), global_id(scene.ben)]) == [
        *every[:3],
        every[4],
    ]
    assert await scene.actions(assignmentIds=[global_id(coaching)]) == every[1:2]
    assert await scene.actions(evaluationIds=[global_id(evaluation)]) == every[2:3]
    marked = base64.b64encode(f"Mark:{mark}".encode()).decode()
    assert await scene.actions(markIds=[marked]) == every[:1]
    assert await scene.actions(groupIds=[global_id(group)]) == every[3:4]
    assert await scene.actions(actions=["REVIEW_CLOSED", "MARK_CREATED"]) == [every[0], every[4]]
    assert await scene.actions(actions=["MARK_CREATED"], agentIds=[global_id(scene.ben)]) == []
    assert await scene.actions(agentIds=["nonsense"]) == []
    third = (NOW + dt.timedelta(seconds=3)).isoformat()
    since: dict[str, Any] = {"from": third}
    assert await scene.actions(**since) == every[2:]
    assert await scene.actions(before=third) == every[:2]
    shown = (await scene.read(filter={"groupIds": [global_id(group)]}))["nodes"][0]
    assert (shown["group"], shown["agent"]) == ({"id": global_id(group)}, None)
    shown = (await scene.read(filter={"actions": ["REVIEW_CLOSED"]}))["nodes"][0]
    assert (shown["actor"], shown["agent"]) == ("system", {"name": "Ben"})
    shown = (await scene.read(filter={"evaluationIds": [global_id(evaluation)]}))["nodes"][0]
    assert (shown["actor"], shown["evaluation"]) == ("Quinn", {"id": global_id(evaluation)})


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


async def test_a_page_costs_the_same_at_1_10_and_100_entries(scene: Scene):
    talk = await scene.world.conversation(scene.ann, scene.billing)
    made = await scene.world.evaluation(talk, scene.form, by=scene.quinn)
    coaching = await scene.world.assignment(scene.ann, scene.quinn, talk)
    group = await scene.world.group(scene.quinn, scene.ann)
    costs = []
    for rows in (1, 9, 90):  # added up: 1, 10, 100
        for _ in range(rows):
            await scene.entry(
                Action.EVALUATION_SUBMITTED,
                agent_id=scene.ann.id,
                evaluation_id=made.id,
                assignment_id=coaching.id,
                group_id=group.id,
                after={"assignee_id": str(scene.quinn.id)},
            )
        with scene.world.statements() as statements:
            await scene.read()
        costs.append(len(statements))
    # Who asks, the entries and how many; of these: actor, agent, assignment, evaluation, group.
    assert costs == [8] * 3


ROWS = 30_000


async def fill(scene: Scene) -> dict[str, Any]:
    """A long history of many agents, of which each filter finds one row in a thousand."""
    keys = [uuid.uuid4() for _ in range(ROWS // 1000)]
    actions = list(Action)
    rows = [
        {
            "workspace_id": scene.world.workspace_id,
            "id": uuid.uuid4(),
            "at": NOW - dt.timedelta(minutes=number),
            "position": number % 3,
            "action": Action.REVIEW_CLOSED if number % 1000 else actions[number // 1000 % 5],
            **dict.fromkeys(
                ("agent_id", "assignment_id", "evaluation_id", "mark_id", "group_id"),
                keys[number % len(keys)],
            ),
        }
        for number in range(ROWS)
    ]
    async with scene.world.database.write() as session:
        await session.execute(sa.insert(models.AuditEntry), rows)
        await session.execute(sa.text("ANALYZE"))

    def of(kind: str) -> list[str]:
        return [base64.b64encode(f"{kind}:{keys[0]}".encode()).decode()]

    return {
        "nothing": {},
        "agentIds": {"agentIds": of("Agent")},
        "assignmentIds": {"assignmentIds": of("Assignment")},
        "evaluationIds": {"evaluationIds": of("Evaluation")},
        "markIds": {"markIds": of("Mark")},
        "groupIds": {"groupIds": of("CoachingGroup")},
        "actions": {"actions": [actions[1].name]},
        "from": {"from": (NOW - dt.timedelta(minutes=ROWS // 2)).isoformat()},
    }


def nodes_of(plan: Any) -> list[Any]:
    return [plan, *(node for below in plan.get("Plans", ()) for node in nodes_of(below))]


async def test_a_page_reads_an_index_no_further_than_it_shows(scene: Scene):
    """E2: on PostgreSQL, every page of the history, with every filter, from either end."""
    if scene.world.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no EXPLAIN ANALYZE")
    text = HISTORY.replace("totalCount", "")
    for name, filter_ in (await fill(scene)).items():
        first = (await scene.client.ask(text, first=20, filter=filter_)).data["auditHistory"]
        cursor = first["edges"][-1]["cursor"]
        for window in (
            {"first": 20},
            {"last": 20},
            {"first": 20, "after": cursor},
            {"last": 20, "before": cursor},
        ):
            (plan,) = await plans(scene, text, filter=filter_, **window)
            kinds = {node["Node Type"] for node in nodes_of(plan)}
            # A result is what asks once, for all rows, whether the workspace is the connection's.
            known = {"Limit", "Result", "Index Scan", "Index Scan Backward"}
            assert kinds <= known, (name, window, kinds)
            assert plan["Actual Rows"] <= 21
            assert all(not node.get("Rows Removed by Filter") for node in nodes_of(plan)), (
                name,
                window,
            )


async def plans(scene: Scene, text: str, **variables: Any) -> list[Any]:
    """How the database went about the statements on the history of an operation."""
    seen: list[tuple[str, Any]] = []
    engine = scene.world.database.engine

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "FROM audit_entry" in statement:
            seen.append((statement, parameters))

    sa.event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        assert (await scene.client.ask(text, **variables)).data
    finally:
        sa.event.remove(engine.sync_engine, "before_cursor_execute", note)
    found = []
    async with engine.connect() as connection:
        for statement, parameters in seen:
            explained = await connection.exec_driver_sql(
                f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters
            )
            found.append(explained.scalar_one()[0]["Plan"])
    return found
