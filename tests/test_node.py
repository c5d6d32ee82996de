"""Ids: opaque, the same for ever, and for whoever may not see what is behind them, nothing."""

import base64
import string
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Role
from schema import node
from tests.client import Client
from tests.hidden import TOP, hidden, of
from tests.world import AGENT, EVERYWHERE, SUPERVISOR, World, global_id

ASK = "query($id: ID!) { node(id: $id) { __typename id } nodes(ids: [$id, $id]) { id } }"
NOTHING = {"node": None, "nodes": [None, None]}


@given(st.text(string.ascii_letters, min_size=1), st.uuids())
def test_an_id_leads_back_to_its_type_and_key(kind: str, key: uuid.UUID):
    assert node.decode(node.encode(kind, key)) == (kind, key)
    assert node.key(node.encode(kind, key), kind) == key
    assert node.key(node.encode(kind, key), f"{kind}s") == node.NOWHERE


@given(st.text() | st.binary().map(lambda data: base64.b64encode(data).decode()))
def test_any_other_text_is_no_id(text: str):
    assert node.decode(text) is None
    assert node.key(text, "Agent") == node.NOWHERE


@given(st.uuids(), st.sampled_from(["{%s}", "urn:uuid:%s", "%s ", " %s"]))
def test_a_row_has_only_one_id(key: uuid.UUID, way: str):
    for text in (way % key, str(key).upper() + "x", key.hex):
        assert node.decode(base64.b64encode(f"Agent:{text}".encode()).decode()) is None
    assert node.decode(node.encode("Agent", key).rstrip("=") + "==x") is None


async def people(world: World) -> tuple[Client, Client, Client, dict[str, str]]:
    """An agent, a supervisor, a QA user, and ids of rows of the agent's."""
    queue = await world.queue()
    ann = await world.agent("Ann", queue)
    qa = await world.user(Role.QA, *EVERYWHERE)
    group = await world.group(qa, ann)
    made = await world.assignment(ann, qa, group_id=group.id)
    agent = world.client(await world.user(Role.AGENT, *AGENT, agent=ann))
    lead = world.client(await world.user(Role.SUPERVISOR, *SUPERVISOR, queues=(queue,)))
    ids = {type(row).__name__: global_id(row) for row in (queue, ann, group, made)}
    return agent, lead, world.client(qa), ids


async def test_node_and_nodes_give_the_object_with_an_id(world: World):
    agent, lead, qa, ids = await people(world)
    for client in (agent, lead, qa):
        for kind in ("Agent", "Assignment", "Queue"):
            data = (await client.ask(ASK, id=ids[kind])).data
            assert data["node"] == {"__typename": kind, "id": ids[kind]}
            assert data["nodes"] == [{"id": ids[kind]}] * 2


async def test_nodes_keep_the_order_of_the_ids_and_say_null_for_the_rest(world: World):
    _, _, qa, ids = await people(world)
    asked = [ids["Queue"], "garbage", ids["Agent"], node.encode("Agent", uuid.uuid4())]
    answer = await qa.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=asked)
    assert answer.data["nodes"] == [{"id": ids["Queue"]}, None, {"id": ids["Agent"]}, None]


async def test_the_id_of_a_group_is_to_an_agent_what_a_random_one_is(world: World):
    agent, lead, qa, ids = await people(world)
    assert (await qa.ask(ASK, id=ids["CoachingGroup"])).data["node"]
    for client in (agent, lead):
        answers = [
            (await client.ask(ASK, id=id_)).response.text
            for id_ in (
                ids["CoachingGroup"],
                node.encode("CoachingGroup", uuid.uuid4()),
                node.encode("NeverExisted", uuid.uuid4()),
                "garbage",
            )
        ]
        assert len(set(answers)) == 1


@pytest.mark.parametrize("view", ["agent", "supervisor", "partner"])
def test_no_hidden_type_can_be_looked_up_in_a_view(view: str):
    types = [name for name in hidden(view) if name in TOP.type_map]
    assert "CoachingGroup" in types
    for name in types:
        assert of(view).get_type_by_name(name) is None
    assert of(view).get_type_by_name("Assignment") is not None


async def test_an_id_of_another_type_is_not_found_by_a_typed_lookup(world: World):
    _, _, qa, ids = await people(world)
    text = "query($id: ID!) { agent(id: $id) { id } assignment(id: $id) { id } }"
    data = (await qa.ask(text, id=ids["Queue"])).data
    assert data == {"agent": None, "assignment": None}
    forged = node.encode("Agent", uuid.UUID(base64.b64decode(ids["Queue"]).decode()[6:]))
    assert (await qa.ask(text, id=forged)).data == data


async def test_what_has_no_id_in_the_schema_can_not_be_looked_up(world: World):
    _, _, qa, _ = await people(world)
    for name in [*TOP.type_map, "User", "Workspace", "__Nothing", "", "Agent:Agent"]:
        assert (await qa.ask(ASK, id=node.encode(name, uuid.uuid4()))).data == NOTHING


async def test_at_most_100_ids_are_taken(world: World):
    _, _, qa, ids = await people(world)
    text = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    with world.statements() as statements:
        answer = await qa.ask(text, ids=[ids["Agent"]] * 100)
    assert len(answer.data["nodes"]) == 100
    assert len(statements) == 2  # who asks, and all agents together
    assert (await qa.ask(text, ids=[])).data == {"nodes": []}
    refused = await qa.ask(text, ids=[ids["Agent"]] * 101)
    assert [error["extensions"]["code"] for error in refused.errors] == ["BAD_USER_INPUT"]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
async def test_any_text_as_an_id_finds_nothing(world: World, texts: list[str]):
    client = world.client(await world.user(Role.QA, *EVERYWHERE))
    for text in texts:
        for id_ in (text, base64.b64encode(text.encode()).decode()):
            assert (await client.ask(ASK, id=id_)).data == NOTHING
