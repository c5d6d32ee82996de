"""Who reaches which rows (V1, V6): what is out of reach is answered like what never existed."""

import base64
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from graphql import GraphQLInterfaceType

import models
from auth import scope
from auth.viewer import Viewer
from models import Permission, Role
from models.base import Base
from schema.node import encode, key
from schema.view import CALLERS
from tests.client import Answer, Client
from tests.hidden import TOP, VIEWS
from tests.world import AGENT, COACH, EVERYWHERE, NOW, World, global_id, viewer

NODE = TOP.type_map["Node"]
assert isinstance(NODE, GraphQLInterfaceType)
TYPES = sorted(kind.name for kind in TOP.get_possible_types(NODE))
ASKERS = ["agent", "lead", "idle", "partner", "qa"]

HIDDEN = {
    "agent": {"AgentGroup", "CoachingGroup", "Mark"},
    "partner": {"CoachingGroup", "Mark"},
}
WORDS = {"AgentGroup", "Attribute", "EvaluationForm", "Metric"}
"""What everybody in a workspace reads alike, if they see it at all."""


@dataclass
class Scene:
    """Ann works in Billing, Ben in Travel, Eve in another workspace; each has one of everything."""

    world: World
    anns: dict[str, str]
    bens: dict[str, str]
    eves: dict[str, str]
    clients: dict[str, Client]

    def client(self, asker: str) -> Client:
        return self.clients[asker]


async def everything(
    world: World, name: str, qa: models.User
) -> tuple[dict[str, str], models.Agent, models.Queue]:
    """The id of one row of every type, all of one agent."""
    queue, area = await world.queue(f"{name}'s queue"), await world.attribute()
    team = models.AgentGroup(**world._imported("team"), name="Team")  # noqa: SLF001
    await world.add(team)
    agent = await world.agent(name, queue, agent_group_id=team.id)
    form = await world.form(area)
    talk = await world.conversation(agent, queue, form=form)
    group = await world.group(qa, agent)
    made = await world.assignment(agent, qa, talk, areas=(area,), best=(talk,), group_id=group.id)
    mark = models.Mark(
        workspace_id=world.workspace_id,
        id=uuid.uuid4(),
        agent_id=agent.id,
        marked_by_id=qa.id,
        created_at=NOW,
    )
    await world.add(mark)
    rows: list[Any] = [queue, area, team, agent, form, talk, group, made, mark]
    of_assignment = (models.AssignmentConversation, models.BestResponse)
    async with world.database.read() as session:
        for model in of_assignment:
            found = sa.select(model).where(model.assignment_id == made.id)
            rows.append(await session.scalar(found))
        evaluation = sa.select(models.Evaluation)
        rows.append(await session.scalar(evaluation.filter_by(conversation_id=talk.id)))
        rows.append(await session.scalar(sa.select(models.Metric).filter_by(form_id=form.id)))
        dispute = models.Dispute(
            workspace_id=world.workspace_id,
            id=uuid.uuid4(),
            evaluation_id=next(row.id for row in rows if isinstance(row, models.Evaluation)),
            round=1,
            revision=1,
            assignee_id=qa.id,
            opened_at=NOW,
        )
    bookmark = models.Bookmark(
        workspace_id=world.workspace_id,
        id=uuid.uuid4(),
        user_id=qa.id,
        name=f"Of {name}",
        colour="#00aa55",
        created_at=NOW,
    )
    await world.add(dispute, bookmark)
    rows += [dispute, bookmark]
    ids = {type(row).__name__: global_id(row) for row in rows}
    return {**ids, "Example": encode("Example", talk.id)}, agent, queue


@pytest.fixture
async def scene(world: World) -> Scene:
    elsewhere = World(world.database, world.http, world.key, numbers=world.numbers)
    await elsewhere.workspace()
    qa = await world.user(Role.QA, *EVERYWHERE)
    anns, ann, billing = await everything(world, "Ann", qa)
    bens, _, _ = await everything(world, "Ben", qa)
    eves, _, _ = await everything(elsewhere, "Eve", await elsewhere.user(Role.QA, *EVERYWHERE))
    users = {
        "agent": await world.user(Role.AGENT, *AGENT, agent=ann),
        "lead": await world.user(Role.SUPERVISOR, *COACH, queues=(billing,)),
        "idle": await world.user(Role.SUPERVISOR, *COACH),
        "partner": await world.user(
            Role.PARTNER, Permission.COACHING_ASSIGNMENTS, queues=(billing,)
        ),
        "qa": qa,
    }
    clients = {name: world.client(user) for name, user in users.items()}
    return Scene(world, anns, bens, eves, clients)


ASK = """query($id: ID!) {
    node(id: $id) { __typename id } nodes(ids: [$id]) { __typename id }
    conversation(id: $id) { id } assignment(id: $id) { id } %s }"""
LOOKUPS = {"lead": "agent(id: $id) { id } coachingGroup(id: $id) { id }"}
LOOKUPS |= {"idle": LOOKUPS["lead"], "qa": LOOKUPS["lead"], "partner": "agent(id: $id) { id }"}
CANCEL = """mutation($id: ID!) { cancelAssignment(input: {assignmentId: $id, expectedVersion: 1}) {
    assignment { id } errors { code message path } } }"""
REVIEW = """mutation($id: ID!) { reviewBestResponse(input: {bestResponseId: $id}) {
    assignment { id } errors { code message path } }
    reviewConversation(input: {assignmentId: $id, conversationId: $id}) {
    assignment { id } errors { code message path } } }"""


def raw(answer: Answer) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Everything that came over the wire, but the request's id."""
    response = answer.response
    headers = [(k, v) for k, v in response.headers.raw if k.lower() != b"x-request-id"]
    return response.status_code, headers, response.content


def strangers(kind: str) -> list[str]:
    """Ids that never existed, and texts that are no ids."""
    return [
        encode(kind, uuid.uuid4()),
        encode("Nothing", uuid.uuid4()),
        base64.b64encode(f"{kind}:x".encode()).decode(),
        "garbage",
        "",
    ]


def reaches(asker: str, kind: str, whose: str) -> bool:
    """What the rules say, as a table."""
    if whose == "Eve" or kind in HIDDEN.get(asker, ()):
        return False
    if kind == "Bookmark":
        return asker == "qa"  # whose they are
    everywhere = {"qa": set(TYPES), "agent": {*WORDS, "Queue"}}.get(asker, WORDS)
    return kind in everywhere or (whose == "Ann" and asker != "idle")


def texts(asker: str) -> list[str]:
    """Documents that look something up by id."""
    writes = {"agent": [REVIEW], "lead": [CANCEL], "idle": [CANCEL], "qa": [CANCEL]}
    return [ASK % LOOKUPS.get(asker, ""), *writes.get(asker, [])]


@pytest.mark.parametrize("asker", ASKERS)
async def test_what_is_out_of_reach_is_answered_byte_for_byte_like_what_never_existed(
    scene: Scene, asker: str
):
    client = scene.client(asker)
    for text in texts(asker):
        for kind in TYPES:
            never = [raw(await client.ask(text, id=id_)) for id_ in strangers(kind)]
            for whose, ids in (("Ann", scene.anns), ("Ben", scene.bens), ("Eve", scene.eves)):
                if not reaches(asker, kind, whose):
                    found = raw(await client.ask(text, id=ids[kind]))
                    assert [found] * len(never) == never, (asker, kind, whose)


@pytest.mark.parametrize("asker", ASKERS)
async def test_what_is_within_reach_is_found_by_its_id(scene: Scene, asker: str):
    client = scene.client(asker)
    for kind in TYPES:
        for whose, ids in (("Ann", scene.anns), ("Ben", scene.bens), ("Eve", scene.eves)):
            answer = await client.ask(ASK % "", id=ids[kind])
            found = {"__typename": kind, "id": ids[kind]}
            expected = found if reaches(asker, kind, whose) else None
            assert answer.data["node"] == expected, (asker, kind, whose)
            assert answer.data["nodes"] == [expected]


LISTS = "assignments conversations agents queues".split()  # noqa: SIM905 - reads as it is sent


@pytest.mark.parametrize(("asker", "count"), [("lead", 1), ("partner", 1), ("idle", 0), ("qa", 2)])
async def test_lists_hold_what_is_within_reach(scene: Scene, asker: str, count: int):
    for name in LISTS:
        text = f"{{ {name}(first: 100) {{ totalCount nodes {{ id }} }} }}"
        found = (await scene.client(asker).ask(text)).data[name]
        assert (found["totalCount"], len(found["nodes"])) == (count, count), name


async def test_an_agents_list_holds_only_their_own(scene: Scene):
    text = "{ assignments(first: 100) { totalCount nodes { id } } }"
    found = (await scene.client("agent").ask(text)).data["assignments"]
    assert found == {"totalCount": 1, "nodes": [{"id": scene.anns["Assignment"]}]}


@pytest.mark.parametrize("name", ["agentIds", "queueIds"])
async def test_a_filter_by_what_is_out_of_reach_is_one_by_what_never_existed(
    scene: Scene, name: str
):
    kind = name.removesuffix("Ids").capitalize()
    text = f"""query($id: ID!) {{ conversations(first: 9, filter: {{{name}: [$id]}}) {{
        totalCount nodes {{ id }} }} }}"""
    client = scene.client("lead")
    found = [
        raw(await client.ask(text, id=id_))
        for id_ in (scene.bens[kind], scene.eves[kind], *strangers(kind))
    ]
    assert found == [found[0]] * len(found)
    assert b'"totalCount":0' in found[0][2]
    own = await client.ask(text, id=scene.anns[kind])
    assert own.data["conversations"]["totalCount"] == 1


async def test_an_example_is_reached_only_through_an_assignment_of_ones_own(scene: Scene):
    world, client = scene.world, scene.client("agent")
    mine = key(scene.anns["Assignment"], "Assignment")
    theirs = key(scene.bens["Example"], "Example")
    ask = "query($id: ID!) { node(id: $id) { id } }"
    assert (await client.ask(ask, id=scene.bens["Example"])).data["node"] is None
    await world.add(
        models.BestResponse(
            workspace_id=world.workspace_id,
            id=uuid.uuid4(),
            assignment_id=mine,
            conversation_id=theirs,
            position=2,
        )
    )
    found = (await client.ask(ask, id=scene.bens["Example"])).data["node"]
    assert found == {"id": scene.bens["Example"]}
    for kind in ("Conversation", "Evaluation", "Agent"):
        assert (await client.ask(ask, id=scene.bens[kind])).data["node"] is None


# Below HTTP: the conditions themselves.

USERS = [
    models.User(
        workspace_id=uuid.uuid4(),
        id=uuid.uuid4(),
        name="User",
        email="user@tests.example",
        role=role,
        permissions=frozenset(some),
        agent_id=uuid.uuid4() if role is Role.AGENT else None,
    )
    for role in Role
    for some in ((), (Permission.CROSS_QUEUE_DATA_ACCESS,))
]
VIEWERS = [pytest.param(viewer(u), id=f"{u.role}-{len(u.permissions)}") for u in USERS]
MODELS = {mapper.class_ for mapper in Base.registry.mappers}


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("model", scope._RULES, ids=lambda model: model.__name__)  # noqa: SLF001
def test_every_rule_keeps_to_the_workspace_in_every_table_that_it_names(
    model: type[Base], who: Viewer
):
    compiled = scope.select(model, who).compile()
    text = str(compiled)
    if "WHERE false" in text or "0 = 1" in text:
        return  # nothing at all is within reach
    assert who.workspace_id in compiled.params.values()
    tables = {table.name for table in models.Base.metadata.tables.values()}
    for name in {word.strip(' ",()') for word in text.split()} & tables:
        assert f"{name}.workspace_id =" in text or f'"{name}".workspace_id =' in text, name


@pytest.mark.parametrize("who", VIEWERS)
def test_a_table_without_a_rule_can_not_be_read(who: Viewer):
    without = MODELS - set(scope._RULES)  # noqa: SLF001 - the table of rules
    assert models.Workspace in without
    assert models.OutboxEvent in without
    for model in without:
        with pytest.raises(KeyError):
            scope.select(model, who)


def test_every_type_of_the_schema_that_shows_rows_has_a_rule():
    for name in TOP.type_map:
        origin: Any = getattr(VIEWS.whole.get_type_by_name(name), "origin", None)
        if model := getattr(origin, "model", None):
            assert model in scope._RULES, name  # noqa: SLF001 - the table of rules


@pytest.mark.parametrize("who", VIEWERS)
def test_cross_queue_access_lifts_the_limit_of_staff_and_of_nobody_else(who: Viewer):
    for model in (models.Agent, models.Assignment, models.Conversation, models.Evaluation):
        text = str(scope.select(model, who).compile())
        limited = "user_queue" in text
        assert limited is (who.role is not Role.AGENT and not who.everywhere)
        if who.role is Role.AGENT:
            assert who.agent_id in scope.select(model, who).compile().params.values()


def test_an_agents_view_has_no_type_of_groups_to_look_up():
    view = VIEWS.of(CALLERS["agent"])
    for name in ("CoachingGroup", "AgentGroup"):
        assert view.get_type_by_name(name) is None
        assert VIEWS.whole.get_type_by_name(name) is not None
