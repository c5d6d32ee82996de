"""The protocol graphql-transport-ws, its limits, and who may connect from where."""

import asyncio
from typing import Any

import pytest

from models import Role
from server import hub, sockets
from server.presence import Ending
from tests import live, marking
from tests import world as worlds
from tests.asking import application
from tests.client import Client
from tests.live import connected, not_reading, opened
from tests.marking import Scene
from tests.test_subscriptions import ASSIGNMENTS, assign, rename
from tests.world import EVERYWHERE, World

VIEWER = "{ viewer { name } }"


@pytest.fixture
async def qa(world: World) -> Client:
    return world.client(await world.user(Role.QA, *EVERYWHERE, name="Quinn"))


async def accepted(socket: live.Socket) -> Any:
    return await socket.asgi.outbox.get()


async def test_queries_and_mutations_are_executed_too(world: World, qa: Client):
    async with connected(world, qa) as socket:
        following, complete = await socket.ask(VIEWER)
        assert following["id"] == "q"
        assert following["payload"]["data"] == {"viewer": {"name": "Quinn"}}
        assert following["payload"]["extensions"]["cost"]["requested"] == 1
        assert complete == {"type": "complete", "id": "q"}
        text = """mutation { createBookmark(input: {name: "Best", colour: "#ff0000"}) {
            bookmark { name } } }"""
        following, _ = await socket.ask(text)
        assert following["payload"]["data"]["createBookmark"]["bookmark"] == {"name": "Best"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($x: Int!) { agents(first: $x) { totalCount } }", "BAD_USER_INPUT"),
        ("subscription($x: ID!) { assignmentChanged(id: $x) { assignmentId } }", "BAD_USER_INPUT"),
        ("", "BAD_USER_INPUT"),
    ],
)
async def test_what_is_refused_is_an_error_of_that_operation_only(
    world: World, qa: Client, text: str, code: str
):
    async with connected(world, qa) as socket:
        (message,) = await socket.ask(text)
        assert (message["type"], message["id"]) == ("error", "q")
        assert {error["extensions"]["code"] for error in message["payload"]} == {code}
        assert (await socket.ask(VIEWER))[0]["type"] == "next"


@pytest.mark.parametrize(
    ("messages", "over"),
    [
        (["nonsense"], (4400, "Invalid message")),
        (["5"], (4400, "Invalid message")),
        ([{"type": "start"}], (4400, "Invalid message")),
        ([{"type": "subscribe", "id": "", "payload": {}}], (4400, "Invalid message")),
        ([{"type": "subscribe", "id": "1"}], (4400, "Invalid message")),
        ([{"type": "connection_init"}], (4429, "Too many initialisation requests")),
        (["x" * 300_000], (1009, "The message is too long.")),
    ],
)
async def test_a_message_that_breaks_the_protocol_ends_the_connection(
    world: World, qa: Client, messages: list[Any], over: tuple[int, str]
):
    async with connected(world, qa) as socket:
        for message in messages:
            await socket.send(message)
        assert await socket.closed() == over
    assert live.is_quiet(world)


async def test_one_id_names_one_operation_at_a_time(world: World, qa: Client):
    async with connected(world, qa) as socket:
        await socket.subscribe(ASSIGNMENTS, "a")
        await socket.send({"type": "complete", "id": "a"})
        await socket.subscribe(ASSIGNMENTS, "a")
        await socket.send({"type": "subscribe", "id": "a", "payload": {"query": ASSIGNMENTS}})
        assert await socket.closed() == (4409, "Subscriber for a already exists")


async def test_pings_are_answered_with_what_they_carry(world: World, qa: Client):
    async with connected(world, qa) as socket:
        await socket.send({"type": "ping", "payload": {"n": 1}})
        assert await socket.receive() == {"type": "pong", "payload": {"n": 1}}
        await socket.send({"type": "pong"})
        await socket.send({"type": "ping"})
        assert await socket.receive() == {"type": "pong"}


async def test_nobody_subscribes_before_they_have_said_who_they_are(world: World):
    async with opened(world) as socket:
        await accepted(socket)
        await socket.send({"type": "subscribe", "id": "1", "payload": {"query": VIEWER}})
        assert await socket.closed() == (4401, "Unauthorized")


@pytest.mark.parametrize("payload", [None, {}, {"authorization": 5}, {"authorization": "Bearer x"}])
async def test_who_proves_nothing_is_forbidden(world: World, payload: Any):
    async with opened(world) as socket:
        await accepted(socket)
        await socket.send({"type": "connection_init", "payload": payload})
        assert await socket.closed() == (4403, "Forbidden")


async def test_the_token_may_come_with_the_handshake(world: World, qa: Client):
    async with opened(world, authorization=f"Bearer {qa.bearer}") as socket:
        await accepted(socket)
        await socket.init(None)
        assert (await socket.ask(VIEWER))[0]["type"] == "next"


async def test_who_says_nothing_is_not_waited_for(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sockets, "INIT_SECONDS", 0.1)
    async with opened(world) as socket:
        await accepted(socket)
        assert await socket.closed() == (4408, "Connection initialisation timeout")


async def test_another_protocol_is_not_spoken(world: World):
    async with opened(world, subprotocols=("graphql-ws",)) as socket:
        assert (await accepted(socket)).get("subprotocol") is None
        assert await socket.closed() == (4406, "Subprotocol not acceptable")


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://tests", True),
        ("https://TESTS", True),
        ("https://app.example", True),
        ("https://evil.example", False),
        ("https://tests.evil.example", False),
        ("http://tests:8000", False),
        ("null", False),
        ("tests", False),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_pages_of_other_origins_may_not_connect(
    database_url: str, tmp_path: Any, origin: str, *, allowed: bool
):
    origins = frozenset({"https://app.example"})
    async with (
        worlds.world(database_url, tmp_path, allowed_origins=origins) as world,
        opened(world, origin=origin) as socket,
    ):
        message = await accepted(socket)
        if allowed:
            assert message["type"] == "websocket.accept"
        else:
            assert message["type"] == "websocket.http.response.start"
            assert message["status"] == 403


async def test_a_user_has_so_many_connections_and_subscriptions(database_url: str, tmp_path: Any):
    limits = {"max_connections": 2, "max_subscriptions": 2}
    async with worlds.world(database_url, tmp_path, **limits) as world:
        client = world.client(await world.user(Role.QA, *EVERYWHERE))
        async with connected(world, client) as one, connected(world, client) as two:
            await one.subscribe(ASSIGNMENTS)
            await two.subscribe(ASSIGNMENTS)
            (refused,) = await two.ask(ASSIGNMENTS)
            assert refused["payload"][0]["extensions"]["code"] == "THROTTLED"
            async with opened(world) as three:
                await accepted(three)
                payload = {"authorization": f"Bearer {client.bearer}"}
                await three.send({"type": "connection_init", "payload": payload})
                assert (await three.closed())[0] == 4429
            await one.send({"type": "complete", "id": "1"})
            assert (await one.ask(VIEWER))[0]["type"] == "next"
            await two.subscribe(ASSIGNMENTS, "again")
        assert live.is_quiet(world)


@pytest.fixture
async def scene(world: World) -> Scene:
    return await marking.scene(world)


async def test_a_slow_client_is_told_of_an_object_once_as_it_is_by_then(scene: Scene):
    async with connected(scene.world, scene.client) as socket:
        heard = await socket.subscribe(ASSIGNMENTS)
        with not_reading(socket):
            await assign(scene, scene.ann, "First")  # which fills what is on its way
            await assign(scene, scene.ben, "Second")
            third = await assign(scene, scene.cara, "Third")
            await rename(scene, third)
            await subscriptions_have_read(scene, 2)
        names = [(await heard.next())["assignmentChanged"]["assignment"]["name"] for _ in range(3)]
        assert names == ["First", "Second", "Warmth"]


async def test_more_than_can_wait_ends_a_slow_subscription_and_no_other(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hub, "MOST_WAITING", 2)
    async with (
        connected(scene.world, scene.client) as slow,
        connected(scene.world, scene.client) as quick,
    ):
        missed, heard = await slow.subscribe(ASSIGNMENTS), await quick.subscribe(ASSIGNMENTS)
        with not_reading(slow):
            for number in range(5):
                await assign(scene, scene.ann, f"Number {number}")
                told = (await heard.next())["assignmentChanged"]["assignment"]["name"]
                assert told == f"Number {number}"
        assert (await missed.next())["assignmentChanged"]["assignment"]["name"] == "Number 0"
        (error,) = await missed.errors()
        assert error["extensions"]["code"] == "EVENTS_MISSED"
        again = await slow.subscribe(ASSIGNMENTS, "2")
        await assign(scene, scene.ann, "After")
        assert (await again.next())["assignmentChanged"]["assignment"]["name"] == "After"


async def subscriptions_have_read(scene: Scene, waiting: int) -> None:
    """Return when so many changes wait."""
    found = live.of(application(scene.world)).hub
    async with asyncio.timeout(live.PATIENCE):
        while not any(  # noqa: ASYNC110 - nobody else tells
            len(box._waiting) == waiting  # noqa: SLF001
            for reader in found._readers.values()  # noqa: SLF001
            for box in reader.boxes
        ):
            await asyncio.sleep(0.02)


async def test_a_process_that_ends_says_that_it_is_going_away(world: World, qa: Client):
    async with connected(world, qa) as socket:
        await socket.subscribe(ASSIGNMENTS)
        live.of(application(world)).presence.stop()
        assert await socket.closed() == (1001, Ending.CLOSING.value)
    assert live.is_quiet(world)
