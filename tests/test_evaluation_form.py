"""Who settles the disputes of a form, over HTTP: its pool, and whom it may name (D3)."""

import asyncio
import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Action, DisputeRouting, Permission, Role
from schema.node import encode
from tests import reviewing, tables
from tests.client import Client
from tests.reviewing import Scene, make_form, refusals
from tests.world import AGENT, COACH, EVERYWHERE, NOW, SUPERVISOR, World, global_id

UPDATE = """mutation($input: UpdateEvaluationFormAuditorsInput!) {
    updateEvaluationFormAuditors(input: $input) {
        evaluationForm { id auditors { id name } } errors { code path } } }"""
FORMS = "{ evaluationForms(first: 100) { nodes { id name auditors { id name } } } }"
AUDITORS = """query($first: Int, $after: String) { auditors(first: $first, after: $after) {
    totalCount nodes { id name } pageInfo { hasNextPage endCursor } } }"""
HISTORY = """{ auditHistory(first: 10, filter: {actions: [FORM_UPDATED]}) {
    nodes { actor action agent { id } changes { field before after } } } }"""
MANAGER = (*EVERYWHERE, Permission.MANAGE_SETTINGS)


@pytest.fixture
async def scene(world: World) -> Scene:
    return await reviewing.scene(world, dispute_routing=DisputeRouting.DIFFERENT_AUDITOR)


@pytest.fixture
async def manager(world: World) -> Client:
    return world.client(await world.user(Role.QA, *MANAGER, name="Mona"))


def user_id(user: models.User) -> str:
    return encode("User", user.id)


async def update(client: Client, form: Any, *users: Any, **changes: Any) -> Any:
    """Set a form's pool; users by their rows or their ids."""
    ids = [each if isinstance(each, str) else user_id(each) for each in users]
    form_id = form if isinstance(form, str) else global_id(form)
    given = {"formId": form_id, "userIds": ids, **changes}
    return (await client.ask(UPDATE, input=given)).data["updateEvaluationFormAuditors"]


def names(payload: Any) -> list[str]:
    assert payload["errors"] == []
    return [each["name"] for each in payload["evaluationForm"]["auditors"]]


async def pool(scene: Scene) -> set[uuid.UUID]:
    return {each.user_id for each in await scene.rows(models.EvaluationFormAuditor)}


async def entries(scene: Scene) -> list[Any]:
    return await scene.rows(models.AuditEntry, models.AuditEntry.action == Action.FORM_UPDATED)


async def leave(scene: Scene, user: models.User) -> None:
    """Disable somebody."""
    async with scene.world.database.write() as session:
        chosen = sa.update(models.User).where(models.User.id == user.id)
        await session.execute(chosen.values(disabled_at=NOW))


async def test_a_pool_is_set_as_a_whole_and_read_again(scene: Scene, manager: Client):
    hal = await scene.auditor(name="Hal", pool=False)
    assert names(await update(manager, scene.form, scene.sue, hal)) == ["Hal", "Sue"]
    assert names(await update(manager, scene.form, scene.quinn, hal)) == ["Hal", "Quinn"]
    (shown,) = (await scene.supervisor.ask(FORMS)).data["evaluationForms"]["nodes"]
    assert shown["auditors"] == [
        {"id": user_id(hal), "name": "Hal"},
        {"id": user_id(scene.quinn), "name": "Quinn"},
    ]
    assert names(await update(manager, scene.form)) == []
    assert await pool(scene) == set()


async def test_the_pool_of_one_form_leaves_the_others(scene: Scene, manager: Client):
    other = await scene.another_form()
    await update(manager, scene.form, scene.sue)
    await update(manager, other, scene.quinn)
    await update(manager, other)
    assert await pool(scene) == {scene.sue.id}


async def test_a_change_leaves_an_entry_that_coaches_read(scene: Scene, manager: Client):
    await update(manager, scene.form, scene.sue)
    await update(manager, scene.form, scene.quinn, scene.sue)
    first, second = await entries(scene)
    form_id, sue, quinn = (str(row.id) for row in (scene.form, scene.sue, scene.quinn))
    assert first.before == {"auditor_ids": []}
    assert first.after == {"form_id": form_id, "auditor_ids": [sue]}
    assert second.before == {"auditor_ids": [sue]}
    assert second.after == {"form_id": form_id, "auditor_ids": [quinn, sue]}
    events = await scene.rows(models.OutboxEvent)
    assert {(each.kind, each.subject_id, each.agent_id) for each in events} == {
        (models.EventKind.WORKSPACE_CHANGED, scene.world.workspace_id, None)
    }
    told, _ = (await scene.supervisor.ask(HISTORY)).data["auditHistory"]["nodes"]
    assert (told["actor"], told["agent"]) == ("Mona", None)
    assert {each["field"]: (each["before"], each["after"]) for each in told["changes"]} == {
        "formId": (None, json.dumps(global_id(scene.form))),
        "auditors": ('["Sue"]', '["Quinn", "Sue"]'),
    }


async def test_a_pool_given_as_it_is_changes_nothing(scene: Scene, manager: Client):
    await update(manager, scene.form)
    assert await entries(scene) == []
    await update(manager, scene.form, scene.sue, scene.quinn)
    assert names(await update(manager, scene.form, scene.quinn, scene.sue)) == ["Quinn", "Sue"]
    assert len(await entries(scene)) == 1


async def elsewhere(world: World) -> tuple[models.User, models.EvaluationForm]:
    """A user and a form of another workspace."""
    other = World(world.database, world.http, world.key)
    other.numbers = iter(range(5_000, 6_000))
    await other.workspace()
    form = await make_form(other, await other.queue())
    return await other.user(Role.QA, *EVERYWHERE), form


async def test_a_pool_names_nobody_but_auditors_of_the_workspace(scene: Scene, manager: Client):
    world = scene.world
    await update(manager, scene.form, scene.sue)
    foreigner, foreign_form = await elsewhere(world)
    gone = await world.user(Role.QA, *EVERYWHERE, disabled_at=NOW)
    partner = await world.user(Role.PARTNER, *SUPERVISOR)
    never = encode("User", uuid.uuid4())
    wrong_type = encode("Agent", scene.quinn.id)
    for who in (foreigner, partner, scene.agent_user, never, wrong_type, "x", ""):
        refused = await update(manager, scene.form, scene.quinn, who)
        assert refusals(refused) == [("NOT_FOUND", ["userIds", "1"])]
    refused = await update(manager, scene.form, scene.quinn, gone)
    assert refusals(refused) == [("INVALID", ["userIds", "1"])]
    for form in (foreign_form, encode("EvaluationForm", uuid.uuid4()), "x"):
        assert refusals(await update(manager, form, scene.quinn)) == [("NOT_FOUND", ["formId"])]
    twice = await update(manager, scene.form, scene.quinn, scene.quinn)
    many = await update(manager, scene.form, *[encode("User", uuid.uuid4()) for _ in range(101)])
    assert refusals(twice) == refusals(many) == [("INVALID", ["userIds"])]
    assert await pool(scene) == {scene.sue.id}
    assert len(await entries(scene)) == 1


async def test_who_was_disabled_stays_named_until_the_pool_is_set(scene: Scene, manager: Client):
    hal = await scene.auditor(name="Hal", pool=False)
    await update(manager, scene.form, hal, scene.sue)
    await leave(scene, hal)
    (shown,) = (await manager.ask(FORMS)).data["evaluationForms"]["nodes"]
    assert [each["name"] for each in shown["auditors"]] == ["Hal", "Sue"]
    assert names(await update(manager, scene.form, scene.sue)) == ["Sue"]


async def test_a_change_of_another_pool_than_the_one_that_was_read_is_stale(
    scene: Scene, manager: Client
):
    sue, quinn = user_id(scene.sue), user_id(scene.quinn)
    assert names(await update(manager, scene.form, sue, expectedUserIds=[])) == ["Sue"]
    for expected in ([], [quinn], [sue, quinn], ["x"]):
        refused = await update(manager, scene.form, quinn, expectedUserIds=expected)
        assert refusals(refused) == [("STALE", ["expectedUserIds"])]
    assert names(await update(manager, scene.form, quinn, expectedUserIds=[sue])) == ["Quinn"]


async def test_lists_of_many_at_once_are_not_mixed(scene: Scene, manager: Client):
    hals = [await scene.auditor(name=f"Hal {n}", pool=False) for n in range(6)]
    pairs = [hals[:2], hals[2:4], hals[4:], []]
    answers = await asyncio.gather(*(update(manager, scene.form, *pair) for pair in pairs * 2))
    assert all(each["errors"] == [] for each in answers)
    assert await pool(scene) in [{each.id for each in pair} for pair in pairs]
    told = [entry.after["auditor_ids"] for entry in await entries(scene)]
    assert all(ids in [[str(each.id) for each in pair] for pair in pairs] for ids in told)


async def test_of_many_who_name_what_they_read_one_wins(scene: Scene, manager: Client):
    hals = [await scene.auditor(name=f"Hal {n}", pool=False) for n in range(5)]
    answers = await asyncio.gather(
        *(update(manager, scene.form, hal, expectedUserIds=[]) for hal in hals)
    )
    codes = [error["code"] for each in answers for error in each["errors"]]
    assert codes == ["STALE"] * 4
    assert len(await pool(scene)) == len(await entries(scene)) == 1


async def test_who_is_named_settles_and_an_empty_list_is_everybody_again(
    scene: Scene, manager: Client
):
    hal = await scene.auditor(name="Hal", pool=False)
    id_ = await scene.evaluated()
    await update(manager, scene.form, scene.quinn)
    # The only one named is who scored.
    assert refusals(await scene.respond(id_, 0)) == [("NO_AUDITOR", [])]
    await update(manager, scene.form, scene.quinn, hal)
    first = await scene.disputed(id_)
    assert first["assignee"] == "Hal"
    await update(manager, scene.form)
    # An open dispute stays whose task it was.
    assert (await scene.read(id_))["disputes"][0]["assignee"] == "Hal"
    talk = await scene.world.conversation(scene.ann, scene.billing)
    other = await scene.evaluated(conversationId=global_id(talk))
    assert (await scene.disputed(other))["assignee"] in {"Mona", "Sue"}


# --- Who may, and what it costs ---


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        (Role.QA, EVERYWHERE),
        (Role.SUPERVISOR, COACH),
        (Role.PARTNER, MANAGER),
        (Role.AGENT, (*AGENT, Permission.MANAGE_SETTINGS)),
    ],
)
async def test_pools_are_set_by_those_who_manage_settings_only(
    scene: Scene, role: Role, permissions: tuple[Permission, ...]
):
    ben = await scene.world.agent("Ben") if role is Role.AGENT else None
    client = scene.world.client(await scene.world.user(role, *permissions, agent=ben))
    given = {"formId": global_id(scene.form), "userIds": []}
    for text, variables in ((UPDATE, {"input": given}), (AUDITORS, {"first": 1})):
        answer = await client.ask(text, **variables)
        assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_an_agent_carries_the_pool_and_learns_nothing(scene: Scene, manager: Client):
    await update(manager, scene.form, scene.sue)
    id_ = await scene.evaluated()
    text = "query($id: ID!) { node(id: $id) { ... on Evaluation { form { name%s } } } }"
    with scene.world.statements() as plain:
        await scene.agent.ask(text % "", id=id_)
    with scene.world.statements() as carried:
        answer = await scene.agent.ask(text % " auditors { id name }", id=id_)
    assert answer.data["node"]["form"]["auditors"] == []
    assert tables.read(carried) == tables.read(plain)
    partner = await scene.world.user(Role.PARTNER, *SUPERVISOR)
    (shown,) = (await scene.world.client(partner).ask(FORMS)).data["evaluationForms"]["nodes"]
    assert [each["name"] for each in shown["auditors"]] == ["Sue"]


async def test_whom_a_pool_may_name_is_listed_by_name(scene: Scene, manager: Client):
    await elsewhere(scene.world)
    await scene.auditor(name="Gone", pool=False, disabled_at=NOW)
    await scene.world.user(Role.PARTNER, *SUPERVISOR, name="Partner")
    twins = [await scene.auditor(name="Nora", pool=False) for _ in range(2)]
    first = (await manager.ask(AUDITORS, first=3)).data["auditors"]
    rest = await manager.ask(AUDITORS, first=3, after=first["pageInfo"]["endCursor"])
    nodes = [*first["nodes"], *rest.data["auditors"]["nodes"]]
    assert first["totalCount"] == len(nodes) == 5
    assert [each["name"] for each in nodes] == ["Mona", "Nora", "Nora", "Quinn", "Sue"]
    twin_ids = sorted(twin.id for twin in twins)
    assert [each["id"] for each in nodes[1:3]] == [encode("User", key) for key in twin_ids]
    ids = [each["id"] for each in nodes]
    assert len(names(await update(manager, scene.form, *ids))) == 5


async def test_it_costs_the_same_for_1_10_and_100(scene: Scene, manager: Client):
    users: list[models.User] = []
    counts: list[list[int]] = []
    for more in (1, 9, 90):  # Added up: 1, 10, 100.
        users += [await scene.auditor(pool=False) for _ in range(more)]
        for _ in range(more):
            form = await make_form(scene.world, scene.billing, active=False)
            await update(manager, form, *users[:3])
        with scene.world.statements() as writing:
            await update(manager, scene.form, *users)
        with scene.world.statements() as forms:
            await manager.ask(FORMS)
        with scene.world.statements() as auditors:
            await manager.ask(AUDITORS, first=100)
        counts.append([len(writing), len(forms), len(auditors)])
    assert counts[0] == counts[1] == counts[2]
    assert counts[0][1:] == [3, 3]  # Who asks; of forms, the page and the pools; page and total.
