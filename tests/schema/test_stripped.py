"""The answers to stripped fields: null or nothing, at no cost."""

import json

from models import DisputeRouting, Role
from tests import reviewing, tables
from tests.client import Client
from tests.hidden import SCHEMAS
from tests.world import AGENT, EVERYWHERE, World, global_id


async def scene(world: World) -> tuple[Client, str]:
    """Ann, signed in, and the id of her assignment, which came from a group."""
    queue, area = await world.queue(), await world.attribute()
    ann, ben = await world.agent("Ann", queue), await world.agent("Ben", queue)
    qa = await world.user(Role.QA, *EVERYWHERE)
    talk = await world.conversation(ann, queue)
    group = await world.group(qa, ann, ben)
    made = await world.assignment(ann, qa, talk, areas=(area,), group_id=group.id)
    user = await world.user(Role.AGENT, *AGENT, agent=ann)
    return world.client(user), global_id(made)


WITH = """query($id: ID!, $n: Int, $yes: Boolean = true, $no: Boolean = false) {
  assignment(id: $id) {
    id %s
    agent { name %s }
    conversations { id conversation { id %s } }
  }
}"""
STRIPPED = (
    """group { ...G members { name agentGroup { name } } } coachingType
       other: group @include(if: $yes) { agentAssignments(first: $n) { nodes { id } } }
       gone: group @skip(if: $yes) { id } ... @include(if: $no) { also: group { id } }""",
    "agentGroup { name } queues { id name }",
    "assignments { id group { id } }",
)
ANSWERED = (
    '"group":null,"coachingType":null,"other":null,',
    ',"agentGroup":null,"queues":[]',
    ',"assignments":[]',
)
FRAGMENT = " fragment G on CoachingGroup { state agentCount }"


async def test_stripped_fields_answer_null_or_nothing_and_cost_no_statement(world: World):
    client, id_ = await scene(world)
    plain_text = (WITH % ("", "", "")).replace(", $n: Int, $yes: Boolean = true", "")
    plain_text = plain_text.replace(", $no: Boolean = false", "")
    with world.statements() as without:
        expected = (await client.ask(plain_text, id=id_)).data["assignment"]
    with world.statements() as carried:
        answer = await client.ask(WITH % STRIPPED + FRAGMENT, id=id_, n=5)
    assert answer.data
    assert tables.read(carried) == tables.read(without)
    text = json.dumps({"data": {"assignment": expected}}, separators=(",", ":"))
    text = text.replace('"agent":', ANSWERED[0] + '"agent":')
    text = text.replace('"Ann"', '"Ann"' + ANSWERED[1])
    talk = json.dumps(expected["conversations"][0]["conversation"]["id"])
    text = text.replace(talk, talk + ANSWERED[2])
    said, cost = answer.response.text.split(',"extensions":')
    assert said + "}" == text
    assert cost.startswith('{"cost":')


async def test_those_who_see_groups_get_them_by_the_same_document(world: World):
    _, id_ = await scene(world)
    client = world.client(await world.user(Role.QA, *EVERYWHERE))
    data = (await client.ask(WITH % STRIPPED + FRAGMENT, id=id_, n=5)).data["assignment"]
    assert data["coachingType"] == "INDIVIDUAL_AGENT"
    assert [member["name"] for member in data["group"]["members"]] == ["Ann", "Ben"]
    assert data["conversations"][0]["conversation"]["assignments"][0]["group"]["id"]


async def test_what_is_wrong_below_is_refused_over_http(world: World):
    client, id_ = await scene(world)
    text = "query($id: ID!) { assignment(id: $id) { group { nothing } } }"
    answer = await client.ask(text, id=id_)
    assert answer.body == {
        "errors": [
            {
                "message": "The selection of 'group' is not valid.",
                "locations": [{"line": 1, "column": 41}],
                "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
            }
        ]
    }


ACTIONS = " viewerActions { action allowed reason }"
ON_ALL = """query($assignment: ID!, $evaluation: ID!) {
  assignment(id: $assignment) { id %s }
  node(id: $evaluation) { ... on Evaluation { id %s disputes { id %s } } }
}"""


async def test_a_partner_carries_viewer_actions_and_acts_on_nothing(world: World):
    scene = await reviewing.scene(world, dispute_routing=DisputeRouting.DIFFERENT_AUDITOR)
    made = await world.assignment(scene.ann, scene.quinn, scene.talk)
    id_ = await scene.evaluated()
    await scene.disputed(id_)
    ids = {"assignment": global_id(made), "evaluation": id_}
    partner = world.client(await world.user(Role.PARTNER, *EVERYWHERE))
    with world.statements() as without:
        await partner.ask(ON_ALL % ("", "", ""), **ids)
    with world.statements() as carried:
        answer = await partner.ask(ON_ALL % (ACTIONS, ACTIONS, ACTIONS), **ids)
    assert tables.read(carried) == tables.read(without)
    dispute = answer.data["node"]["disputes"][0]
    for each in (answer.data["assignment"], answer.data["node"], dispute):
        assert each["viewerActions"] == []
    data = (await scene.qa.ask(ON_ALL % (ACTIONS, ACTIONS, ACTIONS), **ids)).data
    for each in (data["assignment"], data["node"], data["node"]["disputes"][0]):
        assert each["viewerActions"]


def test_nothing_of_viewer_actions_is_in_a_partners_view():
    """A field of which a partner could ask nothing would be a riddle."""
    assert not {"ViewerAction", "ViewerActionName"} & set(SCHEMAS["partner"].type_map)
    for name in ("agent", "supervisor", "qa"):
        assert {"ViewerAction", "ViewerActionName"} <= set(SCHEMAS[name].type_map)
