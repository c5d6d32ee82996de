"""Bookmarks over HTTP (B3): one's own tags on conversations, hidden without Auto QA (C4)."""

import asyncio
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Role
from models.base import Base
from schema.node import encode
from tests.client import Client
from tests.world import AGENT, EVERYWHERE, SUPERVISOR, World, global_id

SHOWN = "id name colour createdAt conversationCount conversations(first: 10) { nodes { id } }"
LIST = f"""query($first: Int = 10, $after: String, $search: String) {{
    bookmarks(first: $first, after: $after, search: $search) {{
        totalCount nodes {{ {SHOWN} }} pageInfo {{ endCursor hasNextPage }} }} }}"""
OF_CONVERSATION = "query($id: ID!) { conversation(id: $id) { bookmarks { name colour } } }"
GREEN = "#00aa55"


def mutation(name: str, shown: str = f"bookmark {{ {SHOWN} }}") -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"""mutation($input: {kind}!) {{
        {name}(input: $input) {{ {shown} errors {{ code path }} }} }}"""


@dataclass
class Scene:
    world: World
    billing: models.Queue
    ann: models.Agent
    talk: models.Conversation
    other: models.Conversation
    client: Client

    async def write(self, mutated: str, /, *, by: Client | None = None, **given: Any) -> Any:
        shown = ("deletedId",) if mutated == "deleteBookmark" else ()
        text = mutation(mutated, *shown)
        return (await (by or self.client).ask(text, input=given)).data[mutated]

    async def create(self, name: str = "Great", colour: str = GREEN, **more: Any) -> Any:
        return await self.write("createBookmark", name=name, colour=colour, **more)

    async def bookmarks(self, by: Client | None = None, **variables: Any) -> Any:
        return (await (by or self.client).ask(LIST, **variables)).data["bookmarks"]

    async def names(self) -> list[str]:
        return [each["name"] for each in (await self.bookmarks())["nodes"]]

    async def count(self, model: type[Base]) -> int:
        async with self.world.database.read() as session:
            return await session.scalar(sa.select(sa.func.count()).select_from(model)) or 0

    async def auto_qa(self, *, on: bool) -> None:
        async with self.world.database.write() as session:
            await session.execute(sa.update(models.Workspace).values(auto_qa=on))


@pytest.fixture
async def scene(world: World) -> Scene:
    billing = await world.queue()
    form = await world.form(await world.attribute())
    ann = await world.agent("Ann", billing)
    talk = await world.conversation(ann, billing, form=form)
    other = await world.conversation(ann, billing, form=form)
    client = world.client(await world.user(Role.QA, *EVERYWHERE))
    return Scene(world, billing, ann, talk, other, client)


def refusal(payload: Any) -> tuple[str, list[str]]:
    (error,) = payload["errors"]
    assert next(iter(payload.values())) is None
    return error["code"], error["path"]


async def test_a_bookmark_is_made_listed_by_name_and_found_again(scene: Scene):
    made = await scene.create(" Great ", "#00AA55")
    await scene.create("absolute")
    assert made["errors"] == []
    assert made["bookmark"]["name"] == "Great"
    assert made["bookmark"]["colour"] == GREEN
    listed = await scene.bookmarks()
    assert [each["name"] for each in listed["nodes"]] == ["absolute", "Great"]
    assert listed["nodes"][1] == made["bookmark"]
    text = "query($id: ID!) { node(id: $id) { ... on Bookmark { name } } }"
    found = (await scene.client.ask(text, id=made["bookmark"]["id"])).data
    assert found == {"node": {"name": "Great"}}


async def test_bookmarks_are_searched_and_paged(scene: Scene):
    for name in ("Calm", "Calmest", "Quick"):
        await scene.create(name)
    first = await scene.bookmarks(first=1, search="CALM")
    assert (first["totalCount"], [each["name"] for each in first["nodes"]]) == (2, ["Calm"])
    cursor = first["pageInfo"]["endCursor"]
    second = await scene.bookmarks(first=1, search="CALM", after=cursor)
    assert [each["name"] for each in second["nodes"]] == ["Calmest"]
    assert not second["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"name": " "}, ["name"]),
        ({"name": "x" * 121}, ["name"]),
        ({"name": "a\u0000"}, ["name"]),
        ({"colour": "green"}, ["colour"]),
        ({"colour": "#00aa5"}, ["colour"]),
        ({"colour": "#00aa55\n"}, ["colour"]),
        ({"colour": "#00aa5g"}, ["colour"]),
        ({"idempotencyKey": ""}, ["idempotencyKey"]),
    ],
)
async def test_bad_input_is_refused_and_stores_nothing(
    scene: Scene, given: dict[str, str], path: list[str]
):
    assert refusal(await scene.create(**given)) == ("INVALID", path)
    assert await scene.count(models.Bookmark) == 0


async def test_names_are_unique_for_a_user_ignoring_case(scene: Scene):
    await scene.create("Straße")
    assert refusal(await scene.create("STRASSE")) == ("NAME_TAKEN", ["name"])
    colleague = scene.world.client(await scene.world.user(Role.SUPERVISOR))
    theirs = await scene.write("createBookmark", by=colleague, name="Straße", colour=GREEN)
    assert theirs["errors"] == []
    other = (await scene.create("Other"))["bookmark"]
    answer = await scene.write("updateBookmark", bookmarkId=other["id"], name=" strasse ")
    assert refusal(answer) == ("NAME_TAKEN", ["name"])
    assert await scene.names() == ["Other", "Straße"]


async def test_of_many_bookmarks_of_one_name_at_once_one_is_made(scene: Scene):
    answers = await asyncio.gather(*(scene.create("Great") for _ in range(6)))
    codes = sorted(each["errors"][0]["code"] for each in answers if each["errors"])
    assert codes == ["NAME_TAKEN"] * 5
    assert await scene.count(models.Bookmark) == 1


async def test_of_two_renamed_alike_at_once_one_is(scene: Scene):
    ids = [(await scene.create(name))["bookmark"]["id"] for name in ("A", "B")]
    answers = await asyncio.gather(
        *(scene.write("updateBookmark", bookmarkId=id_, name="C") for id_ in ids)
    )
    assert sorted(len(each["errors"]) for each in answers) == [0, 1]
    assert (await scene.names()).count("C") == 1


async def test_the_same_key_and_input_give_the_first_answer(scene: Scene):
    first = await scene.create(idempotencyKey="k")
    assert await scene.create(idempotencyKey="k") == first
    other = await scene.create("Other", idempotencyKey="k")
    assert refusal(other) == ("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])
    answers = await asyncio.gather(*(scene.create("New", idempotencyKey="n") for _ in range(4)))
    assert len({each["bookmark"]["id"] for each in answers}) == 1
    assert await scene.count(models.Bookmark) == 2


async def test_a_name_that_was_taken_does_not_use_the_key_up(scene: Scene):
    first = (await scene.create())["bookmark"]
    assert refusal(await scene.create(idempotencyKey="k"))[0] == "NAME_TAKEN"
    await scene.write("deleteBookmark", bookmarkId=first["id"])
    assert (await scene.create(idempotencyKey="k"))["errors"] == []


async def test_a_bookmark_is_renamed_and_recoloured(scene: Scene):
    made = (await scene.create())["bookmark"]
    renamed = (await scene.write("updateBookmark", bookmarkId=made["id"], name="great"))["bookmark"]
    assert (renamed["name"], renamed["colour"]) == ("great", GREEN)
    red = (await scene.write("updateBookmark", bookmarkId=made["id"], colour="#FF0000"))["bookmark"]
    assert (red["name"], red["colour"]) == ("great", "#ff0000")
    assert await scene.write("updateBookmark", bookmarkId=made["id"]) == {
        "bookmark": red,
        "errors": [],
    }


async def test_tagging_and_untagging_twice_change_nothing(scene: Scene):
    id_ = (await scene.create())["bookmark"]["id"]
    ids = [global_id(scene.talk), global_id(scene.other)]
    given = {"bookmarkId": id_, "conversationIds": [*ids, ids[0]]}
    for _ in range(2):
        tagged = (await scene.write("tagConversations", **given))["bookmark"]
        assert tagged["conversationCount"] == 2
        assert [each["id"] for each in tagged["conversations"]["nodes"]] == ids
    shown = (await scene.client.ask(OF_CONVERSATION, id=ids[0])).data["conversation"]
    assert shown["bookmarks"] == [{"name": "Great", "colour": GREEN}]
    for _ in range(2):
        given = {"bookmarkId": id_, "conversationIds": ids[:1]}
        left = (await scene.write("untagConversations", **given))["bookmark"]
        assert [each["id"] for each in left["conversations"]["nodes"]] == ids[1:]
    assert await scene.count(models.BookmarkConversation) == 1


async def test_tagging_at_once_tags_once(scene: Scene):
    id_ = (await scene.create())["bookmark"]["id"]
    ids = [global_id(scene.talk), global_id(scene.other)]
    answers = await asyncio.gather(
        *(
            scene.write("tagConversations", bookmarkId=id_, conversationIds=each)
            for each in (ids, ids[::-1], ids, ids[::-1])
        )
    )
    assert [each["errors"] for each in answers] == [[]] * 4
    assert await scene.count(models.BookmarkConversation) == 2


@pytest.mark.parametrize("name", ["tagConversations", "untagConversations"])
async def test_only_conversations_in_reach_are_tagged_all_or_none(scene: Scene, name: str):
    travel = await scene.world.queue("Travel")
    hidden = await scene.world.conversation(scene.ann, travel)
    lead = scene.world.client(await scene.world.user(Role.SUPERVISOR, queues=(scene.billing,)))
    made = await scene.write("createBookmark", by=lead, name="Great", colour=GREEN)
    for wrong in (global_id(hidden), encode("Conversation", uuid.uuid4()), "nonsense"):
        given = {
            "bookmarkId": made["bookmark"]["id"],
            "conversationIds": [global_id(scene.talk), wrong],
        }
        answer = await scene.write(name, by=lead, **given)
        assert refusal(answer) == ("NOT_FOUND", ["conversationIds", "1"])
    for ids in ([], [global_id(scene.talk)] * 101):
        given = {"bookmarkId": made["bookmark"]["id"], "conversationIds": ids}
        answer = await scene.write(name, by=lead, **given)
        assert refusal(answer) == ("INVALID", ["conversationIds"])
    assert await scene.count(models.BookmarkConversation) == 0


async def test_deleting_removes_only_the_tag(scene: Scene):
    id_ = (await scene.create())["bookmark"]["id"]
    kept = (await scene.create("Kept"))["bookmark"]["id"]
    for each in (id_, kept):
        given = {"bookmarkId": each, "conversationIds": [global_id(scene.talk)]}
        await scene.write("tagConversations", **given)
    qa = await scene.world.user(Role.QA, *EVERYWHERE)
    coaching = await scene.world.assignment(scene.ann, qa, scene.other, best=(scene.talk,))
    gone = await scene.write("deleteBookmark", bookmarkId=id_)
    assert gone == {"deletedId": id_, "errors": []}
    shown = (await scene.client.ask(OF_CONVERSATION, id=global_id(scene.talk))).data
    assert [each["name"] for each in shown["conversation"]["bookmarks"]] == ["Kept"]
    text = "query($id: ID!) { assignment(id: $id) { bestResponses { conversation { id } } } }"
    best = (await scene.client.ask(text, id=global_id(coaching))).data["assignment"]
    assert best["bestResponses"] == [{"conversation": {"id": global_id(scene.talk)}}]
    assert refusal(await scene.write("deleteBookmark", bookmarkId=id_)) == (
        "NOT_FOUND",
        ["bookmarkId"],
    )
    assert await scene.names() == ["Kept"]


async def test_bookmarked_conversations_feed_best_responses(scene: Scene):
    id_ = (await scene.create())["bookmark"]["id"]
    given = {
        "agentId": global_id(scene.ann),
        "name": "Kindness",
        "areaIds": [],
        "conversationIds": [global_id(scene.talk)],
        "bestResponseIds": [global_id(scene.other)],
        "followUpOn": "2126-01-01",
    }
    async with scene.world.database.read() as session:
        area = (await session.scalars(sa.select(models.Attribute))).one()
    given["areaIds"] = [global_id(area)]
    refused = (await scene.client.ask("CreateAssignment", input=given)).data["createAssignment"]
    assert refusal(refused) == ("NOT_BOOKMARKED", ["bestResponseIds", "0"])
    tags = {"bookmarkId": id_, "conversationIds": [global_id(scene.other)]}
    await scene.write("tagConversations", **tags)
    made = (await scene.client.ask("CreateAssignment", input=given)).data["createAssignment"]
    assert made["errors"] == []


async def test_nobody_reaches_the_bookmarks_of_others(scene: Scene):
    made = (await scene.create())["bookmark"]
    tags = {"bookmarkId": made["id"], "conversationIds": [global_id(scene.talk)]}
    await scene.write("tagConversations", **tags)
    other = scene.world.client(await scene.world.user(Role.QA, *EVERYWHERE))
    assert (await scene.bookmarks(other))["nodes"] == []
    shown = (await other.ask(OF_CONVERSATION, id=global_id(scene.talk))).data
    assert shown["conversation"]["bookmarks"] == []
    assert (await other.ask("query($id: ID!) { node(id: $id) { id } }", id=made["id"])).data == {
        "node": None
    }
    writes: dict[str, dict[str, Any]] = {
        "updateBookmark": {"name": "Mine"},
        "deleteBookmark": {},
        "tagConversations": {"conversationIds": [global_id(scene.other)]},
        "untagConversations": {"conversationIds": [global_id(scene.talk)]},
    }
    for name, given in writes.items():
        answer = await scene.write(name, by=other, bookmarkId=made["id"], **given)
        never = await scene.write(
            name, by=other, bookmarkId=encode("Bookmark", uuid.uuid4()), **given
        )
        assert answer == never
        assert refusal(answer) == ("NOT_FOUND", ["bookmarkId"])
    assert (await scene.bookmarks())["nodes"][0]["conversationCount"] == 1


@pytest.mark.parametrize("role", [Role.AGENT, Role.PARTNER])
async def test_bookmarks_are_absent_for_all_but_supervisors_and_qa(scene: Scene, role: Role):
    if role is Role.AGENT:
        user = await scene.world.user(role, *AGENT, agent=scene.ann)
    else:
        user = await scene.world.user(role, *SUPERVISOR, queues=(scene.billing,))
    client = scene.world.client(user)
    documents = [LIST, mutation("createBookmark"), mutation("tagConversations")]
    for text in documents:
        answer = await client.ask(text)
        assert answer.errors[0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_the_field_of_a_conversation_is_stripped_for_agents(scene: Scene):
    await scene.world.bookmark(await scene.world.user(Role.QA), scene.talk)
    client = scene.world.client(await scene.world.user(Role.AGENT, *AGENT, agent=scene.ann))
    answer = await client.ask(OF_CONVERSATION, id=global_id(scene.talk))
    assert answer.data == {"conversation": {"bookmarks": []}}


async def test_without_auto_qa_bookmarks_are_hidden_and_come_back_with_it(scene: Scene):
    made = (await scene.create())["bookmark"]
    tags = {"bookmarkId": made["id"], "conversationIds": [global_id(scene.talk)]}
    await scene.write("tagConversations", **tags)
    qa = await scene.world.user(Role.QA, *EVERYWHERE)
    coaching = await scene.world.assignment(scene.ann, qa, scene.other, best=(scene.talk,))
    await scene.auto_qa(on=False)
    hidden = await scene.bookmarks()
    assert (hidden["nodes"], hidden["totalCount"]) == ([], 0)
    shown = (await scene.client.ask(OF_CONVERSATION, id=global_id(scene.talk))).data
    assert shown == {"conversation": {"bookmarks": []}}
    node = await scene.client.ask("query($id: ID!) { node(id: $id) { id } }", id=made["id"])
    assert node.data == {"node": None}
    assert refusal(await scene.create("New")) == ("FORBIDDEN", [])
    assert refusal(await scene.write("tagConversations", **tags)) == ("NOT_FOUND", ["bookmarkId"])
    text = "query($id: ID!) { assignment(id: $id) { bestResponses { example { topic } } } }"
    best = (await scene.client.ask(text, id=global_id(coaching))).data["assignment"]
    assert len(best["bestResponses"]) == 1
    await scene.auto_qa(on=True)
    assert (await scene.bookmarks())["nodes"][0]["conversationCount"] == 1


async def test_a_bookmarks_conversations_are_paged_and_its_cursors_its_own(scene: Scene):
    ids = [global_id(scene.talk), global_id(scene.other)]
    made = [(await scene.create(name))["bookmark"]["id"] for name in ("A", "B")]
    for id_ in made:
        await scene.write("tagConversations", bookmarkId=id_, conversationIds=ids)
    text = """query($id: ID!, $after: String) { node(id: $id) { ... on Bookmark {
        conversations(first: 1, after: $after) { totalCount nodes { id }
            pageInfo { endCursor hasNextPage } } } } }"""
    page = (await scene.client.ask(text, id=made[0])).data["node"]["conversations"]
    assert (page["totalCount"], page["nodes"]) == (2, [{"id": ids[0]}])
    after = page["pageInfo"]["endCursor"]
    rest = (await scene.client.ask(text, id=made[0], after=after)).data["node"]["conversations"]
    assert (rest["nodes"], rest["pageInfo"]["hasNextPage"]) == ([{"id": ids[1]}], False)
    (error,) = (await scene.client.ask(text, id=made[1], after=after)).errors
    assert error["extensions"]["code"] == "BAD_CURSOR"


async def test_a_list_of_bookmarks_costs_the_same_at_1_10_and_100(scene: Scene):
    user = await scene.world.user(Role.QA, *EVERYWHERE)
    client = scene.world.client(user)
    text = """{ bookmarks(first: 100) { totalCount nodes { conversationCount
        conversations(first: 5) { totalCount nodes { bookmarks { name } } } } } }"""
    costs = []
    for rows in (1, 9, 90):  # added up: 1, 10, 100
        for _ in range(rows):
            await scene.world.bookmark(user, scene.talk, scene.other)
        with scene.world.statements() as statements:
            assert (await client.ask(text)).data
        costs.append(len(statements))
    # Who asks, the bookmarks and how many; their conversations, how many, and these's bookmarks.
    assert costs == [6] * 3
