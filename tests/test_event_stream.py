"""Server-sent events: who gets them, and in what form (graphql-sse, distinct connections)."""

import json

import pytest

from models import Role
from server import event_stream
from tests import live, marking
from tests.asking import JSON, RESPONSE, is_refused, post
from tests.client import Client
from tests.live import events, streamed
from tests.marking import Scene
from tests.test_subscriptions import ASSIGNMENTS, assign
from tests.world import EVERYWHERE, World

EVENTS = "text/event-stream"
VIEWER = "{ viewer { name } }"
URQL = f"{RESPONSE}, application/graphql+json, {JSON}, {EVENTS}, multipart/mixed"


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))


@pytest.mark.parametrize("accept", [EVENTS, URQL])
async def test_a_subscription_is_answered_by_events(scene: Scene, accept: str):
    async with streamed(scene.world, scene.client, ASSIGNMENTS, accept) as stream:
        assert stream.status == 200
        assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert stream.headers["cache-control"] == "no-store"
        assert "x-request-id" in stream.headers
        first = (await stream.asgi.outbox.get())["body"]
        assert first == b":\n\n", "what stands between must see that it has begun"
        key = await assign(scene, scene.ann)
        name, body = await stream.event()
        assert name == "next"
        assert body["data"]["assignmentChanged"]["assignmentId"] == key
    assert live.is_quiet(scene.world)


async def test_a_query_is_answered_in_json_where_a_client_takes_that_too(qa: Client):
    response = await post(qa, {"query": VIEWER}, accept=URQL)
    assert response.headers["content-type"].startswith(RESPONSE)
    assert response.json()["data"] == {"viewer": {"name": "Quinn"}}


@pytest.mark.parametrize(
    ("text", "member"), [(VIEWER, "data"), ("{ nothing }", "errors"), ("{", "errors")]
)
async def test_who_takes_events_only_gets_one_answer_as_events(qa: Client, text: str, member: str):
    response = await post(qa, {"query": text}, accept=EVENTS)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    (name, body), last = events(response.content)
    assert name == "next"
    assert member in body
    assert last == ("complete", None)
    assert b"\n\nevent: complete\ndata:\n\n" in response.content


async def test_a_subscription_without_events_is_told_how(qa: Client):
    response = await post(qa, {"query": ASSIGNMENTS})
    assert is_refused(response, 406, "BAD_USER_INPUT")  # type: ignore[arg-type]
    assert "text/event-stream" in response.text


async def test_variables_that_do_not_fit_are_refused_before_anything_is_streamed(qa: Client):
    text = "subscription($id: ID!) { assignmentChanged(id: $id) { assignmentId } }"
    response = await post(qa, {"query": text}, accept=URQL)
    assert is_refused(response, 400, "BAD_USER_INPUT")  # type: ignore[arg-type]
    response = await post(qa, {"query": text}, accept=EVENTS)
    assert [name for name, _ in events(response.content)] == ["next", "complete"]


async def test_nobody_unknown_is_streamed_to(qa: Client):
    response = await post(qa, {"query": ASSIGNMENTS}, accept=EVENTS, authorization="Bearer x")
    assert is_refused(response, 401, "UNAUTHENTICATED")  # type: ignore[arg-type]


async def test_something_is_sent_while_nothing_happens(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(event_stream, "KEEP_SECONDS", 0.05)
    async with streamed(scene.world, scene.client, ASSIGNMENTS) as stream:
        for _ in range(3):
            assert (await stream.asgi.outbox.get())["body"] == b":\n\n"


async def test_a_process_that_ends_ends_the_stream_so_that_clients_come_again(scene: Scene):
    async with streamed(scene.world, scene.client, ASSIGNMENTS) as stream:
        live.of(stream.asgi.app).presence.stop()
        assert b"complete" not in await stream.rest()


def test_an_event_is_one_line_of_json():
    body = {"data": {"text": "a\nb\r\n\u2028c"}}
    text = event_stream.event(body).decode()
    assert text.count("\n") == 3
    assert json.loads(text.split("data:")[1]) == body
