"""Making, changing and deleting coaching groups over HTTP (G2 to G4)."""

import asyncio
import uuid
from typing import Any

import pytest

import models
from models import Action, MarkState, Role
from schema.node import encode, key
from tests import marking
from tests.marking import Scene, changing_a_group, refusals
from tests.world import EVERYWHERE, World, global_id

CREATE = "CreateCoachingGroup"
UPDATE = changing_a_group("updateCoachingGroup")
DELETE = changing_a_group("deleteCoachingGroup")
LIST = """query($search: String, $after: String, $first: Int = 100) {
    coachingGroups(first: $first, after: $after, search: $search) { totalCount
    pageInfo { endCursor hasNextPage } nodes { id name canAssign markedConversationCount
    members { name } areas { name } viewerActions { action allowed reason } } } }"""
AVAILABLE = "query($name: String!) { groupNameAvailable(name: $name) }"


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


def sound(scene: Scene, **changes: Any) -> dict[str, Any]:
    return {"name": "Spring", "areaIds": [global_id(scene.empathy)], **changes}


async def test_a_group_is_made_with_agents_and_their_marks(scene: Scene):
    await scene.mark(scene.ann)
    loose = await scene.mark(scene.ann, areas=(scene.calm,))
    other = await scene.group(scene.ben)
    await scene.mark(scene.ben, group=other)
    agents = [global_id(scene.ann), global_id(scene.ben)]
    made = await scene.do(
        CREATE, **sound(scene, name="  Spring ", description="For\nkindness", agentIds=agents)
    )
    assert made["errors"] == []
    group = made["coachingGroup"]
    assert (group["name"], group["description"]) == ("Spring", "For\nkindness")
    assert (group["state"], group["version"]) == ("PENDING", 1)
    assert [each["name"] for each in group["members"]] == ["Ann", "Ben"]
    assert [each["name"] for each in group["areas"]] == ["Empathy"]
    # Ben's mark stays in the group where it is: a mark is in at most one.
    assert (group["markedConversationCount"], group["canAssign"]) == (2, True)
    assert (await scene.row(loose)).group_id is not None
    entry = await scene.entry(Action.GROUP_CREATED)
    assert entry.group_id == key(group["id"], "CoachingGroup")
    assert entry.after is not None
    assert entry.after["name"] == "Spring"
    assert len(entry.after["mark_ids"]) == 2


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"name": " "}, "INVALID", ["name"]),
        ({"name": "x" * 121}, "INVALID", ["name"]),
        ({"description": "x" * 10_001}, "INVALID", ["description"]),
        ({"areaIds": []}, "INVALID", ["areaIds"]),
        ({"areaIds": [encode("Attribute", uuid.uuid4())]}, "NOT_FOUND", ["areaIds", "0"]),
        ({"agentIds": ["x"]}, "NOT_FOUND", ["agentIds", "0"]),
        ({"idempotencyKey": ""}, "INVALID", ["idempotencyKey"]),
    ],
)
async def test_a_bad_group_is_refused_and_leaves_nothing(
    scene: Scene, changes: dict[str, Any], code: str, path: list[str]
):
    assert refusals(await scene.do(CREATE, **sound(scene, **changes))) == [(code, path)]
    for model in (models.CoachingGroup, models.CoachingGroupArea, models.AuditEntry):
        assert await scene.count(model) == 0


async def test_a_name_is_unique_among_unsent_groups_whatever_case_and_blanks(scene: Scene):
    await scene.world.group(scene.qa, name="Winter")  # sent: its name is free
    assert await scene.ask(AVAILABLE, name="winter ")
    made = await scene.do(CREATE, **sound(scene, name="Straße"))
    assert not await scene.ask(AVAILABLE, name="  STRASSE ")
    again = await scene.do(CREATE, **sound(scene, name="\tSTRASSE "))
    assert refusals(again) == [("GROUP_NAME_TAKEN", ["name"])]
    assert await scene.ask(AVAILABLE, name="Strass")
    for bad in ("", "  ", "x" * 121, "a\u0007"):
        assert not await scene.ask(AVAILABLE, name=bad)
    given = {"groupId": made["coachingGroup"]["id"], "expectedVersion": 1}
    await scene.do(DELETE, **given)
    assert await scene.ask(AVAILABLE, name="Strasse")
    assert (await scene.do(CREATE, **sound(scene, name="strasse")))["errors"] == []
    here = scene.world
    elsewhere = World(here.database, here.http, here.key, numbers=here.numbers)
    await elsewhere.workspace()
    qa = elsewhere.client(await elsewhere.user(Role.QA, *EVERYWHERE))
    assert await scene.ask(AVAILABLE, qa, name="strasse")


async def test_of_many_groups_of_one_name_at_once_one_is_made(scene: Scene):
    answers = await asyncio.gather(
        *(scene.do(CREATE, **sound(scene, name=name)) for name in ("Spring", " spring") * 6)
    )
    assert sum(bool(answer["coachingGroup"]) for answer in answers) == 1
    lost = [refusals(answer) for answer in answers if not answer["coachingGroup"]]
    assert lost == [[("GROUP_NAME_TAKEN", ["name"])]] * 11
    assert await scene.count(models.CoachingGroup) == 1


async def test_the_same_key_and_input_give_the_first_group(scene: Scene):
    sent = sound(scene, idempotencyKey="k", agentIds=[global_id(scene.ann)])
    answers = await asyncio.gather(*(scene.do(CREATE, **sent) for _ in range(6)))
    assert answers == [answers[0]] * 6
    assert answers[0]["coachingGroup"]
    other = await scene.do(CREATE, **{**sent, "name": "Other"})
    assert refusals(other) == [("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])]


async def test_an_update_changes_what_it_names_and_tells_before_and_after(scene: Scene):
    group = await scene.group(scene.ann, name="Old", description="Why")
    changed = await scene.do(
        UPDATE,
        groupId=global_id(group),
        expectedVersion=1,
        name="New",
        areaIds=[global_id(scene.calm)],
    )
    assert changed["errors"] == []
    shown = changed["coachingGroup"]
    assert (shown["name"], shown["description"], shown["version"]) == ("New", "Why", 2)
    assert shown["areas"] == [{"name": "Calm"}]
    entry = await scene.entry(Action.GROUP_UPDATED)
    assert entry.before == {"name": "Old", "area_ids": [str(scene.empathy.id)]}
    assert entry.after == {"name": "New", "area_ids": [str(scene.calm.id)]}
    assert [each["name"] for each in (await scene.ask(LIST, search="NEW"))["nodes"]] == ["New"]


async def test_a_group_is_not_renamed_to_the_name_of_another(scene: Scene):
    await scene.group(name="Spring")
    group = await scene.group(name="Autumn")
    given = {"groupId": global_id(group), "expectedVersion": 1}
    answer = await scene.do(UPDATE, **given, name=" SPRING")
    assert refusals(answer) == [("GROUP_NAME_TAKEN", ["name"])]
    assert (await scene.do(UPDATE, **given, name="AUTUMN"))["errors"] == []


async def test_groups_that_swap_names_at_once_do_not_wait_for_each_other(scene: Scene):
    for _ in range(5):
        names = [f"Group {uuid.uuid4()}" for _ in range(2)]
        groups = [await scene.group(name=name) for name in names]
        answers = await asyncio.gather(
            *(
                scene.do(UPDATE, groupId=global_id(group), expectedVersion=1, name=name)
                for group, name in zip(groups, reversed(names), strict=True)
            )
        )
        assert [refusals(answer) for answer in answers] == [[("GROUP_NAME_TAKEN", ["name"])]] * 2


async def test_a_rename_and_a_new_group_of_that_name_at_once_make_one(scene: Scene):
    for _ in range(5):
        name = f"Group {uuid.uuid4()}"
        group = await scene.group()
        renamed, made = await asyncio.gather(
            scene.do(UPDATE, groupId=global_id(group), expectedVersion=1, name=name),
            scene.do(CREATE, **sound(scene, name=name)),
        )
        assert bool(renamed["coachingGroup"]) != bool(made["coachingGroup"])
        assert len(await scene.rows(models.CoachingGroup, name=name)) == 1


async def test_of_two_editors_one_is_stale(scene: Scene):
    group = await scene.group()
    answers = await asyncio.gather(
        *(
            scene.do(UPDATE, groupId=global_id(group), expectedVersion=1, name=f"Name {number}")
            for number in range(5)
        )
    )
    lost = [refusals(answer) for answer in answers if not answer["coachingGroup"]]
    assert lost == [[("STALE", ["expectedVersion"])]] * 4
    assert await scene.count(models.AuditEntry) == 1


async def test_deleting_a_group_returns_its_marks_to_the_candidates(scene: Scene):
    group = await scene.group(scene.ann, scene.ben)
    marks = [await scene.mark(agent, group=group) for agent in (scene.ann, scene.ben)]
    given = {"groupId": global_id(group), "expectedVersion": 1}
    assert refusals(await scene.do(DELETE, **{**given, "expectedVersion": 2})) == [
        ("STALE", ["expectedVersion"])
    ]
    gone = await scene.do(DELETE, **given)
    assert (gone["coachingGroup"]["state"], gone["coachingGroup"]["version"]) == ("DELETED", 2)
    for mark in marks:
        now = await scene.row(mark)
        assert (now.state, now.group_id, now.version) == (MarkState.ACTIVE, None, 1)
    entry = await scene.entry(Action.GROUP_DELETED)
    assert entry.before is not None
    assert set(entry.before["mark_ids"]) == {str(mark.id) for mark in marks}
    assert (await scene.ask(LIST))["totalCount"] == 0
    assert refusals(await scene.do(DELETE, **given)) == [("NOT_FOUND", ["groupId"])]
