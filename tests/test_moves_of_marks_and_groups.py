"""States by actions by roles, of marks and groups: allowed, or the exact code (V4, M4, M5, G4).

First the tables themselves, then the same product over HTTP, where `viewerActions` must say what
the write then does.
"""

import itertools
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import GroupState, MarkState, Permission, Role, coaching_group, mark
from models.move import ViewerActionName
from tests import marking
from tests.client import Client
from tests.marking import Scene
from tests.world import AGENT, COACH, SUPERVISOR, World, global_id

A = ViewerActionName
COACHES = {Role.SUPERVISOR, Role.QA}
MARK_CODES = {
    MarkState.ACTIVE: None,
    MarkState.ASSIGNED: "MARK_ALREADY_ASSIGNED",
    MarkState.REMOVED: "MARK_NOT_ACTIVE",
}
GROUP_CODES = {
    GroupState.PENDING: None,
    GroupState.SENT: "GROUP_ALREADY_SENT",
    GroupState.DELETED: "NOT_FOUND",
}
OF_MARKS = {A.ADD_CONVERSATIONS_TO_MARK, A.REMOVE_MARK, A.MOVE_MARKS_TO_GROUP}
OF_GROUPS = {
    A.UPDATE_COACHING_GROUP,
    A.DELETE_COACHING_GROUP,
    A.ADD_AGENTS_TO_GROUP,
    A.REMOVE_AGENTS_FROM_GROUP,
    A.MOVE_MARKS_TO_GROUP,
    A.DISPATCH_COACHING_GROUP,
}
WHOLE_NEEDED = {A.DELETE_COACHING_GROUP, A.DISPATCH_COACHING_GROUP}


def test_the_tables_hold_every_action_and_no_other():
    assert set(mark.MOVES) == OF_MARKS
    assert set(coaching_group.MOVES) == OF_GROUPS


def test_every_state_of_a_mark_for_every_action_and_role():
    product = list(itertools.product(MarkState, OF_MARKS, Role))
    for state, action, role in product:
        refusal = mark.MOVES[action].refuse(state, role)
        expected = MARK_CODES[state] if role in COACHES else "FORBIDDEN"
        assert (refusal and refusal.code) == expected, (state, action, role)
    assert len(product) == 36


def test_every_state_of_a_group_for_every_action_role_and_reach():
    product = list(itertools.product(GroupState, OF_GROUPS, Role, (True, False)))
    for state, action, role, whole in product:
        refusal = coaching_group.refuse(action, state, role, whole=whole)
        forbidden = role not in COACHES or (action in WHOLE_NEEDED and not whole)
        expected = "FORBIDDEN" if forbidden else GROUP_CODES[state]
        assert (refusal and refusal.code) == expected, (state, action, role, whole)
    assert len(product) == 144


KINDS: dict[str, tuple[Role, tuple[Permission, ...]]] = {
    "qa": (Role.QA, COACH),
    "coach": (Role.SUPERVISOR, COACH),
    "supervisor": (Role.SUPERVISOR, SUPERVISOR),
    "agent": (Role.AGENT, (*AGENT, Permission.MARKED_FOR_COACHING_VIEW)),
    "partner": (Role.PARTNER, SUPERVISOR),
}
MUTATION = """mutation($input: %sInput!) { %s(input: $input) { errors { code } } }"""


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def client(scene: Scene, kind: str) -> Client:
    role, some = KINDS[kind]
    agent = scene.ann if role is Role.AGENT else None
    user = await scene.world.user(role, *some, queues=(scene.billing,), agent=agent)
    return scene.world.client(user)


async def code(who: Client, action: A, given: dict[str, Any]) -> str | None:
    """The code of a refused write; of the operation, where the mutation is not in the view."""
    words = action.value.lower().split("_")
    name = words[0] + "".join(word.capitalize() for word in words[1:])
    text = MUTATION % (name[0].upper() + name[1:], name)
    answer = await who.ask(text, input=given)
    if "errors" in answer.body:
        return str(answer.errors[0]["extensions"]["code"])
    errors = answer.data[name]["errors"]
    return errors[0]["code"] if errors else None


async def offered(who: Client, kind: str, row: Any) -> dict[str, str | None] | None:
    """What `viewerActions` says, or None where the object is not there."""
    text = """query($id: ID!) { node(id: $id) { ... on %s {
        viewerActions { action allowed reason } } } }"""
    answer = await who.ask(text % kind, id=global_id(row))
    if "errors" in answer.body or answer.data["node"] is None:
        return None
    actions = answer.data["node"]["viewerActions"]
    assert all(each["allowed"] == (each["reason"] is None) for each in actions)
    return {each["action"]: each["reason"] for each in actions}


async def a_mark(scene: Scene, state: MarkState) -> models.Mark:
    talk = await scene.talk(scene.ann)
    made = await scene.world.assignment(scene.ann, scene.qa, talk)
    assigned = made if state is MarkState.ASSIGNED else None
    # Another marker each time: the marks of one would be duplicates (M2).
    by = await scene.world.user(Role.QA)
    return await scene.mark(scene.ann, talk, state=state, assignment=assigned, by=by)


@pytest.mark.parametrize("kind", KINDS)
async def test_over_http_marks_do_what_their_actions_say(scene: Scene, kind: str):
    who = await client(scene, kind)
    target = await scene.group()
    async with scene.world.database.write() as session:
        # A group without members is reached by who made it, or by who reaches everything.
        await session.execute(
            sa.update(models.CoachingGroup).values(created_by_id=await _user_id(scene, kind))
        )
    tried = 0
    for state, action in itertools.product(MarkState, sorted(OF_MARKS)):
        row = await a_mark(scene, state)
        inputs: dict[A, dict[str, Any]] = {
            A.ADD_CONVERSATIONS_TO_MARK: {
                "markId": global_id(row),
                "conversationIds": [global_id(await scene.talk(scene.ann))],
                "expectedVersion": 1,
            },
            A.REMOVE_MARK: {"markId": global_id(row), "expectedVersion": 1},
            A.MOVE_MARKS_TO_GROUP: {"groupId": global_id(target), "markIds": [global_id(row)]},
        }
        said = await offered(who, "Mark", row)
        found = await code(who, action, inputs[action])
        if kind in {"qa", "coach"}:
            assert said is not None
            assert said[action] == found == MARK_CODES[state], (state, action)
        else:
            assert found == "GRAPHQL_VALIDATION_FAILED"
            seen = kind == "agent" and state is MarkState.ACTIVE
            assert said == ({} if seen else None)
            assert (await scene.row(row)).version == 1
        tried += 1
    assert tried == 9


async def _user_id(scene: Scene, kind: str) -> Any:
    role, some = KINDS[kind]
    users = await scene.rows(models.User, role=role)
    return next(user.id for user in users if user.permissions == frozenset(some))


@pytest.mark.parametrize("kind", KINDS)
async def test_over_http_groups_do_what_their_actions_say(scene: Scene, kind: str):
    who = await client(scene, kind)
    tried = 0
    for state, action in itertools.product(GroupState, sorted(OF_GROUPS)):
        row = await _a_group(scene, state)
        loose = await a_mark(scene, MarkState.ACTIVE)
        target = {"groupId": global_id(row)}
        inputs: dict[A, dict[str, Any]] = {
            A.UPDATE_COACHING_GROUP: {"expectedVersion": 1, "description": "New"},
            A.DELETE_COACHING_GROUP: {"expectedVersion": 1},
            A.ADD_AGENTS_TO_GROUP: {"agentIds": [global_id(scene.ben)]},
            A.REMOVE_AGENTS_FROM_GROUP: {"agentIds": [global_id(scene.ann)]},
            A.MOVE_MARKS_TO_GROUP: {"markIds": [global_id(loose)]},
            A.DISPATCH_COACHING_GROUP: scene.dispatch(row),
        }
        said = await offered(who, "CoachingGroup", row)
        found = await code(who, action, {**inputs[action], **target})
        if kind not in {"qa", "coach"}:
            assert said is None
            assert found == "GRAPHQL_VALIDATION_FAILED"
            assert (await scene.row(row)).version == 1
        elif state is GroupState.DELETED:
            assert (said, found) == (None, "NOT_FOUND")
        else:
            assert said is not None
            assert said[action] == found == GROUP_CODES[state], (state, action)
        tried += 1
    assert tried == 18


async def _a_group(scene: Scene, state: GroupState) -> models.CoachingGroup:
    if state is GroupState.SENT:
        return await scene.world.group(scene.qa, scene.ann)
    made = await scene.group(scene.ann)
    await scene.mark(scene.ann, by=await scene.world.user(Role.QA), group=made)
    if state is GroupState.DELETED:
        async with scene.world.database.write() as session:
            which = models.CoachingGroup.id == made.id
            await session.execute(sa.update(models.CoachingGroup).where(which).values(state=state))
    return made
