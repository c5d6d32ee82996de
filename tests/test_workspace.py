"""The workspace's settings over HTTP: who may change them, and what follows at once."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Action, Permission, ReviewState, Role, Source
from resolvers import check
from tests import records
from tests.client import Client
from tests.records import Target
from tests.world import AGENT, COACH, EVERYWHERE, SUPERVISOR, World, global_id

UPDATE = """mutation($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) {
    workspace { name timeZone acceptAndDispute autoQa hideAuditorDetails version }
    errors { code message path } } }"""
SETTINGS = "{ workspace { timeZone acceptAndDispute autoQa hideAuditorDetails version } }"
MANAGER = (*EVERYWHERE, Permission.MANAGE_SETTINGS)


async def manager(world: World) -> Client:
    return world.client(await world.user(Role.QA, *MANAGER))


async def update(client: Client, version: int = 1, **settings: Any) -> Any:
    given = {"expectedVersion": version, **settings}
    return (await client.ask(UPDATE, input=given)).data["updateWorkspace"]


def refusal(payload: Any) -> tuple[str, list[str]]:
    assert payload["workspace"] is None
    (error,) = payload["errors"]
    return error["code"], error["path"]


async def entries(world: World) -> list[models.AuditEntry]:
    async with world.database.read() as session:
        return list(await session.scalars(sa.select(models.AuditEntry)))


async def assert_checked(world: World) -> None:
    report = await check.run(world.database)
    assert report is not None
    assert not report.counts


async def test_settings_are_changed_and_read_again(world: World):
    client = await manager(world)
    changed = await update(client, acceptAndDispute=True, hideAuditorDetails=True)
    assert changed["errors"] == []
    assert changed["workspace"].pop("name")
    expected = {
        "timeZone": "UTC",
        "acceptAndDispute": True,
        "autoQa": True,
        "hideAuditorDetails": True,
        "version": 2,
    }
    assert changed["workspace"] == expected
    assert (await client.ask(SETTINGS)).data["workspace"] == expected


async def test_a_change_leaves_an_entry_with_what_it_changed(world: World):
    user = await world.user(Role.QA, *MANAGER)
    await update(world.client(user), autoQa=True, acceptAndDispute=True, timeZone="Europe/Berlin")
    (entry,) = await entries(world)
    assert (entry.action, entry.actor_id) == (Action.WORKSPACE_UPDATED, user.id)
    assert entry.before == {"time_zone": "UTC", "accept_and_dispute": False}
    assert entry.after == {"time_zone": "Europe/Berlin", "accept_and_dispute": True}
    async with world.database.read() as session:
        event = (await session.scalars(sa.select(models.OutboxEvent))).one()
    assert event.kind is models.EventKind.WORKSPACE_CHANGED
    assert event.subject_id == world.workspace_id


@pytest.mark.parametrize("given", [{}, {"autoQa": True, "timeZone": "UTC"}, {"autoQa": None}])
async def test_settings_given_as_they_are_change_nothing(world: World, given: dict[str, Any]):
    changed = await update(await manager(world), **given)
    assert (changed["workspace"]["version"], changed["errors"]) == (1, [])
    assert await entries(world) == []


@pytest.mark.parametrize("zone", ["", "Berlin", "Europe/Atlantis", "../UTC", "a\u0000b", "x" * 99])
async def test_a_time_zone_that_is_none_is_refused(world: World, zone: str):
    client = await manager(world)
    assert refusal(await update(client, timeZone=zone, autoQa=False)) == ("INVALID", ["timeZone"])
    assert (await client.ask(SETTINGS)).data["workspace"]["autoQa"]
    assert await entries(world) == []


async def test_a_change_of_an_older_version_is_stale(world: World):
    client = await manager(world)
    await update(client, autoQa=False)
    assert refusal(await update(client, autoQa=True)) == ("STALE", ["expectedVersion"])
    assert not (await client.ask(SETTINGS)).data["workspace"]["autoQa"]


async def test_of_many_changes_at_once_one_wins(world: World):
    client = await manager(world)
    zones = ("Europe/Berlin", "Asia/Tokyo", "America/Lima", "Africa/Lagos")
    answers = await asyncio.gather(*(update(client, timeZone=zone) for zone in zones))
    won = [each["workspace"] for each in answers if each["workspace"]]
    assert len(won) == 1
    assert {refusal(each)[0] for each in answers if each["errors"]} == {"STALE"}
    assert (await client.ask(SETTINGS)).data["workspace"]["timeZone"] == won[0]["timeZone"]
    assert len(await entries(world)) == 1


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        (Role.QA, EVERYWHERE),
        (Role.SUPERVISOR, COACH),
        (Role.PARTNER, (*SUPERVISOR, Permission.MANAGE_SETTINGS)),
        (Role.AGENT, (*AGENT, Permission.MANAGE_SETTINGS)),
    ],
)
async def test_changing_is_not_there_for_those_who_do_not_manage_settings(
    world: World, role: Role, permissions: tuple[Permission, ...]
):
    agent = await world.agent("Ann", await world.queue()) if role is Role.AGENT else None
    client = world.client(await world.user(role, *permissions, agent=agent))
    answer = await client.ask(UPDATE, input={"expectedVersion": 1})
    assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert (await client.ask(SETTINGS)).data["workspace"]["version"] == 1


async def test_a_setting_of_one_workspace_leaves_the_others(world: World):
    other = models.Workspace(name="Other", created_at=records.NOW)
    await world.add(other)
    await update(await manager(world), autoQa=False)
    async with world.database.read() as session:
        untouched = await session.get(models.Workspace, other.id)
    assert untouched is not None
    assert (untouched.auto_qa, untouched.version) == (True, 1)


async def test_accept_and_dispute_changes_what_is_shown_at_once_and_nothing_stored(world: World):
    queue = await world.queue()
    form = await world.form(await world.attribute())
    ann = await world.agent("Ann", queue)
    qa = await world.user(Role.QA, *MANAGER)
    talk = await world.conversation(ann, queue, form=form)
    await world.evaluation(talk, form, by=qa, review_state=ReviewState.PENDING_AGENT_REVIEW)
    made = await world.assignment(ann, qa, talk)
    text = "query($id: ID!) { assignment(id: $id) { status agentTurns } }"
    client = world.client(qa)
    shown = []
    stored = []
    for version, on in enumerate((True, False, True), start=1):
        await update(client, version, acceptAndDispute=on)
        shown.append((await client.ask(text, id=global_id(made))).data["assignment"])
        async with world.database.read() as session:
            table = models.Assignment.__table__
            stored.append((await session.execute(sa.select(table))).one())
    words = [each["status"] for each in shown]
    assert words == ["PENDING_AGENT_REVIEW", "YET_TO_START", "PENDING_AGENT_REVIEW"]
    assert {each["agentTurns"] for each in shown} == {1}
    assert len(set(stored)) == 1


async def test_hidden_auditors_are_anonymous_to_agents_at_once(world: World):
    queue = await world.queue()
    form = await world.form(await world.attribute())
    ann = await world.agent("Ann", queue)
    qa = await world.user(Role.QA, *MANAGER, name="Quinn")
    talk = await world.conversation(ann, queue)
    await world.evaluation(talk, form, by=qa)
    agent = world.client(await world.user(Role.AGENT, *AGENT, agent=ann))
    text = "query($id: ID!) { conversation(id: $id) { evaluations { source evaluatedBy } } }"
    names = []
    for version, hide in enumerate((True, False), start=1):
        await update(world.client(qa), version, hideAuditorDetails=hide)
        found = (await agent.ask(text, id=global_id(talk))).data["conversation"]["evaluations"]
        names += [each["evaluatedBy"] for each in found if each["source"] == Source.MANUAL]
    assert names == ["Anonymous", "Quinn"]


async def test_a_new_time_zone_counts_the_days_anew_in_the_same_transaction(world: World):
    target = Target(world.database, world.workspace_id)
    await target.take(records.everything(60))
    before = (await target.agent_days(), await target.attribute_days())
    client = await manager(world)
    assert (await update(client, timeZone="Pacific/Kiritimati"))["errors"] == []  # UTC+14
    moved = (await target.agent_days(), await target.attribute_days())
    await assert_checked(world)
    pairs: list[tuple[dict[Any, Any], dict[Any, Any]]] = list(zip(before, moved, strict=True))
    for old, new in pairs:
        assert old != new
        assert sum(each[-1] for each in old.values()) == sum(each[-1] for each in new.values())
    await target.take([records.evaluation(3, 0, 0.5, 1)])  # changed after the days were moved
    await assert_checked(world)
    await target.take([records.evaluation(3)])
    assert (await target.agent_days(), await target.attribute_days()) == moved
    await update(client, 2, timeZone="UTC")
    assert (await target.agent_days(), await target.attribute_days()) == before


async def test_an_import_and_a_new_time_zone_at_once_agree_in_the_end(world: World):
    target = Target(world.database, world.workspace_id)
    await target.take(records.everything(30))
    client = await manager(world)
    more = [
        each for n in range(30, 60) for each in (records.conversation(n), records.evaluation(n))
    ]
    _, changed = await asyncio.gather(
        target.take(more), update(client, timeZone="Pacific/Kiritimati")
    )
    assert changed["errors"] == []
    await assert_checked(world)
    assert sum(count for _, count in (await target.agent_days()).values()) == 60
