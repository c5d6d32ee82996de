"""Operations by the hash of their text: the product's own, and those that clients sent before."""

import json
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLError

from auth.viewer import Caller
from models import Role
from schema.view import CALLERS
from server import operations, persisted
from server.answer import Code
from server.persisted import Persisted, digest
from tests import world as worlds
from tests.asking import NAME, get, is_refused, plain, post
from tests.client import Client
from tests.hidden import VIEWS
from tests.world import AGENT, EVERYWHERE, World

FOLDER = Path(__file__).parents[1] / "graphql"
QA = CALLERS["qa"]


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))


def by_hash(text: str, **members: Any) -> dict[str, Any]:
    asked = {"version": 1, "sha256Hash": digest(text)}
    return {"extensions": {"persistedQuery": asked}, **members}


# --- The manifest ---


def test_the_manifest_is_that_of_the_operations():
    """`make sdl` writes it."""
    assert (FOLDER / persisted.MANIFEST).read_text() == persisted.manifest(VIEWS)


def test_each_operation_is_listed_with_its_hash_and_the_views_that_take_it():
    listed = json.loads(persisted.manifest(VIEWS))["operations"]
    assert [each["name"] for each in listed] == operations.names()
    for each in listed:
        assert each["id"] == digest(each["body"])
        assert each["body"] == operations.text(each["name"])
        for name, caller in CALLERS.items():
            errors = VIEWS.of(caller).document(each["body"]).errors
            assert (name in each["views"]) is not bool(errors)


def test_an_operation_that_no_view_takes_stops_the_manifest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(operations, "text", lambda _: "{ nothing }")
    with pytest.raises(ValueError, match="The operation AddAgentsToGroup is valid in no view"):
        persisted.manifest(VIEWS)


# --- Asking by hash ---


async def test_the_products_own_operations_are_known_by_their_hash(qa: Client):
    text = operations.text("AgentsInCoaching")
    whole = plain(await post(qa, {"query": text}))
    assert plain(await post(qa, by_hash(text))) == whole
    assert plain(await post(qa, {"documentId": f"sha256:{digest(text)}"})) == whole
    extensions = json.dumps(by_hash(text)["extensions"])
    assert plain(await get(qa, extensions=extensions)) == whole
    assert plain(await get(qa, documentId=f"sha256:{digest(text)}")) == whole


async def test_another_is_asked_for_and_then_known_to_everybody_on_their_own_view(
    qa: Client, world: World
):
    agent = world.client(await world.user(Role.AGENT, *AGENT, agent=await world.agent("Ann")))
    text = "{ coachingGroups(first: 1) { totalCount } }"
    response = await post(qa, by_hash(text))
    assert is_refused(response, 400, Code.PERSISTED_OPERATION_NOT_FOUND)
    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert plain(await post(qa, by_hash(text, query=text)))["data"]
    assert plain(await post(qa, by_hash(text)))["data"]
    assert is_refused(await post(agent, by_hash(text)), 400, Code.GRAPHQL_VALIDATION_FAILED)


async def test_a_hash_that_is_not_that_of_the_query_is_refused_and_not_remembered(qa: Client):
    wrong = by_hash("{ viewer { email } }", query=NAME)
    assert is_refused(await post(qa, wrong), 400, Code.BAD_USER_INPUT)
    del wrong["query"]
    assert is_refused(await post(qa, wrong), 400, Code.PERSISTED_OPERATION_NOT_FOUND)


@pytest.mark.parametrize(
    "asked",
    [None, 1, [], {}, {"version": 2, "sha256Hash": digest(NAME)}, {"version": 1},
     {"version": 1, "sha256Hash": 5}, {"sha256Hash": digest(NAME)}],
)  # fmt: skip
async def test_what_is_no_hash_is_refused(qa: Client, asked: Any):
    response = await post(qa, {"query": NAME, "extensions": {"persistedQuery": asked}})
    if asked is None:
        assert response.status_code == 200  # as if it were not there
    else:
        assert is_refused(response, 400, Code.BAD_USER_INPUT)
    for wrong in ("", "x", digest(NAME), f"md5:{digest(NAME)}"):
        assert is_refused(await post(qa, {"documentId": wrong}), 400, Code.BAD_USER_INPUT)
    assert is_refused(await post(qa, {"documentId": 5}), 400, Code.BAD_USER_INPUT)


def test_the_texts_that_were_asked_for_longest_ago_make_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(persisted, "SIZE", 60)
    known = Persisted()
    texts = [f"{{ viewer {{ name }} }}#{n}{'x' * 5}" for n in range(3)]
    for text in texts:
        known.text(QA, text, None, by_hash(text)["extensions"])
    for text in texts[1:]:
        assert known.text(QA, None, None, by_hash(text)["extensions"]) == text
    with pytest.raises(GraphQLError):
        known.text(QA, None, None, by_hash(texts[0])["extensions"])


# --- Trusted operations only ---


def refused_code(known: Persisted, caller: Caller, query: str | None, extensions: Any) -> Any:
    with pytest.raises(GraphQLError) as caught:
        known.text(caller, query, None, extensions)
    return (caught.value.extensions or {})["code"]


def test_a_role_may_be_kept_to_trusted_operations_by_text_or_hash():
    known = Persisted(frozenset({Role.AGENT}))
    agent, text = CALLERS["agent"], operations.text("MyAssignments")
    assert known.text(agent, text, None, None) == text
    assert known.text(agent, None, None, by_hash(text)["extensions"]) == text
    assert refused_code(known, agent, NAME, None) == Code.FORBIDDEN
    # Nor what others have sent: neither by text nor by hash.
    assert known.text(QA, NAME, None, by_hash(NAME)["extensions"]) == NAME
    assert refused_code(known, agent, NAME, by_hash(NAME)["extensions"]) == Code.FORBIDDEN
    code = refused_code(known, agent, None, by_hash(NAME)["extensions"])
    assert code == Code.PERSISTED_OPERATION_NOT_FOUND


async def test_the_setting_holds_over_http(database_url: str, tmp_path: Path):
    only: Any = frozenset({Role.AGENT})
    async with worlds.world(database_url, tmp_path, trusted_only=only) as made:
        agent = made.client(await made.user(Role.AGENT, *AGENT, agent=await made.agent("Ann")))
        others = made.client(await made.user(Role.QA, *EVERYWHERE))
        assert is_refused(await post(agent, {"query": NAME}), 400, Code.FORBIDDEN)
        introspection = "{ __schema { types { name } } }"
        assert is_refused(await post(agent, {"query": introspection}), 400, Code.FORBIDDEN)
        assert (await agent.ask("MyAssignments", first=1)).data
        assert plain(await post(others, {"query": NAME}))["data"]
