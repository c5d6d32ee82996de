"""V3 for what is told: the same work, by group and one by one, is the same stream to its agent."""

import contextlib
import json

from schema.node import decode
from tests.documents import Documents
from tests.hidden import SCHEMAS
from tests.live import Socket, connected
from tests.test_twins_by_work import (
    UPDATE,
    Plain,
    Side,
    _audit,
    _coach,
    _dispute,
    _mark,
    sides,
)

__all__ = ["sides"]

VIEW = SCHEMAS["agent"]


async def listen(side: Side, stack: contextlib.AsyncExitStack, name: str) -> Socket:
    """An agent who has subscribed to all there is."""
    own = await side.agents[name].ask("{ viewer { agent { id } } }")
    socket = await stack.enter_async_context(connected(side.world, side.agents[name]))
    ids = {"Agent": [own.data["viewer"]["agent"]["id"]]}
    for number, text in enumerate(Documents(VIEW, ids).listens()):
        if "(" not in text.partition("{ ")[2].partition(" {")[0]:
            await socket.subscribe(text, str(number))
    return socket


async def told(side: Side, socket: Socket, kind: str, plain: Plain) -> str:
    """The next answer, which is about this kind of object."""
    message = await socket.receive()
    assert message["type"] == "next"
    assert "errors" not in message["payload"], message
    (root,) = message["payload"]["data"].values()
    keys = [value for name, value in root.items() if name.endswith("Id")]
    assert [(decode(key) or ("", None))[0] for key in keys] == [kind]
    return plain.of(json.dumps(message))


async def test_an_agents_stream_is_the_same_whether_groups_exist_or_not(sides: tuple[Side, Side]):
    grouped, single = sides
    async with contextlib.AsyncExitStack() as stack:
        streams: list[list[str]] = [[], []]
        ann = [await listen(side, stack, "Ann") for side in sides]
        ben = [await listen(side, stack, "Ben") for side in sides]
        cara = [await listen(side, stack, "Cara") for side in sides]
        plains = [(Plain(), Plain(), Plain()), (Plain(), Plain(), Plain())]

        async def hear(sockets: list[Socket], who: int, kind: str) -> None:
            for number, side in enumerate(sides):
                found = await told(side, sockets[number], kind, plains[number][who])
                streams[number].append(found)

        made = await grouped.write(
            grouped.qa,
            "CreateCoachingGroup",
            name="Spring",
            areaIds=[grouped.ids["Empathy"]],
            agentIds=[grouped.ids["Dan"], grouped.ids["Ann"]],
        )
        # Nothing of the group, nor of marks, is told: what comes first is the coaching.
        await _mark(grouped, made["coachingGroup"]["id"])
        await _mark(single, None)
        await _coach(sides, made["coachingGroup"]["id"])
        await hear(ann, 0, "Assignment")
        await hear(ben, 1, "Assignment")
        await hear(cara, 2, "Assignment")
        for side in sides:
            given = {"assignmentId": side.own["Ann"], "conversationId": side.ids["talk Ann"]}
            await side.write(side.agents["Ann"], "ReviewConversation", **given)
        await hear(ann, 0, "Assignment")
        evaluations = [await _audit(side) for side in sides]
        await hear(ben, 1, "Evaluation")
        for side, evaluation in zip(sides, evaluations, strict=True):
            await _dispute(side, evaluation)
        for side in sides:
            await side.write(
                side.qa, UPDATE, assignmentId=side.own["Cara"], expectedVersion=1, strengths="Calm."
            )
        await hear(cara, 2, "Assignment")
        assert streams[0] == streams[1]
        assert "Calm." in streams[0][-1]
        assert "Spring" not in "".join(streams[0])
        assert [socket.asgi.outbox.empty() for socket in ann] == [True, True]
