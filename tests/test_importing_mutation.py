"""`importConversations`: a result for each record, by the rules of files, within one's reach."""

import asyncio
import datetime as dt
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Permission, Role
from models.database import Database
from tests import records
from tests.client import Client
from tests.world import EVERYWHERE, World

IMPORT = (Permission.IMPORT_CONVERSATIONS,)
ALL = (*IMPORT, Permission.CROSS_QUEUE_DATA_ACCESS)
MUTATION = "ImportConversations"

CAMEL = {
    "external_id": "externalId",
    "agent_id": "agentId",
    "agent_group": "agentGroup",
    "started_at": "startedAt",
    "ended_at": "endedAt",
    "sentiment_score": "sentimentScore",
    "pass_score": "passScore",
    "negative_weight": "negativeWeight",
    "form_version": "formVersion",
    "evaluated_at": "evaluatedAt",
    "dispute_policy": "disputePolicy",
}
UPPER = {"channel", "speaker"}


def typed(record: Any) -> Any:
    """A line of the import format as the mutation takes it."""
    match record:
        case {"kind": kind, **rest}:
            rest.pop("source", None)
            return {CAMEL.get(kind, kind): typed(rest)}
        case dict():
            return {
                CAMEL.get(name, name): value.upper() if name in UPPER else typed(value)
                for name, value in record.items()
            }
        case list():
            return [typed(each) for each in record]
    return record


def base() -> list[Any]:
    return [each for each in records.base() if each["kind"] != "scorecard"]


def everything(count: int) -> list[Any]:
    return [
        *base(),
        *(records.conversation(number) for number in range(count)),
        *(records.evaluation(number) for number in range(count)),
    ]


async def partner(world: World, *permissions: Permission, **values: Any) -> Client:
    return world.client(await world.user(Role.PARTNER, *(permissions or ALL), **values))


async def send(client: Client, given: list[Any], **more: Any) -> Any:
    """What came of it, of records in the format's words."""
    answer = await client.ask(MUTATION, input={"records": [typed(one) for one in given], **more})
    return answer.data["importConversations"]


async def outcomes(client: Client, given: list[Any], **more: Any) -> list[str]:
    payload = await send(client, given, **more)
    assert payload["errors"] == []
    return [each["outcome"] for each in payload["results"]]


async def errors(client: Client, *given: Any) -> list[Any]:
    """Code and path of each record's error."""
    results = (await send(client, list(given)))["results"]
    found = [each["error"] for each in results]
    return [each and (each["code"], each["path"]) for each in found]


async def dump(world: World, *but: str) -> Any:
    found = await records.Target(world.database, world.workspace_id).dump()
    return {name: rows for name, rows in found.items() if name not in but}


async def test_each_record_has_its_result_in_the_order_of_the_input(world: World):
    client = await partner(world)
    # A record may stand before what it refers to.
    given = list(reversed(everything(3)))
    payload = await send(client, given)
    assert payload["errors"] == []
    assert [each["externalId"] for each in payload["results"]] == [
        each["external_id"] for each in given
    ]
    assert {each["outcome"] for each in payload["results"]} == {"CREATED"}


async def test_sent_twice_nothing_changes(world: World):
    client = await partner(world)
    given = everything(5)
    await outcomes(client, given)
    before = await dump(world)
    assert await outcomes(client, given) == ["UNCHANGED"] * len(given)
    assert await dump(world) == before
    given[-1] = records.evaluation(4, 0, 0, 0)
    assert await outcomes(client, given) == ["UNCHANGED"] * (len(given) - 1) + ["CHANGED"]


async def test_it_stores_what_a_file_of_the_same_records_stores(world: World):
    client, given = await partner(world), everything(4)
    target = records.Target(world.database, world.workspace_id)
    await outcomes(client, given)
    before = await dump(world)
    report = await target.take(given)
    assert report.unchanged.total() == len(given)
    assert await dump(world) == before


async def test_a_bad_record_is_named_and_keeps_no_other_out(world: World):
    client = await partner(world)
    await outcomes(client, base())
    message = records.conversation(1)["messages"][0] | {"text": "a\x07"}
    assert await errors(
        client,
        records.conversation(1),
        records.conversation(2, sentiment_score=100.5),
        records.conversation(3, messages=[message]),
        records.conversation(4, agent="nobody"),
        records.conversation(5, started_at="2026-03-01T00:00:00"),
        records.evaluation(1),
        records.evaluation(6),
        records.evaluation(7, conversation="c-1"),
        records.form(version=1, name="Other"),
        records.agent(7, queues=["cards", "fuel"]),
    ) == [
        None,
        ("INVALID", ["records", "1", "conversation", "sentimentScore"]),
        ("INVALID", ["records", "2", "conversation", "messages", "0", "text"]),
        ("NOT_FOUND", ["records", "3", "conversation", "agent"]),
        ("INVALID", ["records", "4", "conversation", "startedAt"]),
        None,
        ("NOT_FOUND", ["records", "6", "evaluation", "conversation"]),
        ("INVALID", ["records", "7", "evaluation", "conversation"]),
        ("INVALID", ["records", "8", "form", "version"]),
        ("NOT_FOUND", ["records", "9", "agent", "queues"]),
    ]
    counts = await records.Target(world.database, world.workspace_id).counts()
    assert (counts["conversation"], counts["evaluation"]) == (1, 1)


async def test_a_conversation_never_changes_hands(world: World):
    client = await partner(world)
    await outcomes(client, everything(1))
    assert await errors(client, records.conversation(0, agent="agent-1")) == [
        ("OTHER_AGENT", ["records", "0", "conversation", "agent"])
    ]


async def test_a_call_has_1_to_200_records(world: World):
    client = await partner(world)
    many = [{"kind": "queue", "external_id": f"q-{n}", "name": "More"} for n in range(201)]
    for given in ([], many):
        payload = await send(client, given)
        assert payload["results"] is None
        assert payload["errors"][0]["code"] == "INVALID"
        assert payload["errors"][0]["path"] == ["records"]
    assert await outcomes(client, many[:200]) == ["CREATED"] * 200


async def test_the_same_key_gives_the_first_answer_and_does_nothing_again(world: World):
    client = await partner(world)
    bad = records.conversation(9, agent="nobody")
    given = [*everything(2), bad]
    first = await send(client, given, idempotencyKey="k")
    # Meanwhile it was sent in newer words, which a late repetition must not take back.
    newer = {"kind": "queue", "external_id": "cards", "name": "New name"}
    assert await outcomes(client, [newer]) == ["CHANGED"]
    before = await dump(world)
    assert await send(client, given, idempotencyKey="k") == first
    assert await dump(world) == before
    other = await send(client, base(), idempotencyKey="k")
    assert [each["code"] for each in other["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]


async def test_two_calls_at_once_and_a_file_double_nothing(world: World):
    one, other = await partner(world), await partner(world)
    given = everything(30)
    file = Database(world.database.engine.url.render_as_string(hide_password=False)).everywhere()
    try:
        target = records.Target(file, world.workspace_id)
        first, second, report = await asyncio.gather(
            outcomes(one, given), outcomes(other, given), target.take(given)
        )
    finally:
        await file.close()
    told = Counter([*first, *second])
    created = report.created.total() + told["CREATED"]
    unchanged = report.unchanged.total() + told["UNCHANGED"]
    assert (created, unchanged) == (len(given), 2 * len(given))
    counts = await records.Target(world.database, world.workspace_id).counts()
    assert (counts["conversation"], counts["evaluation_revision"]) == (30, 30)


async def test_the_same_call_twice_at_once_with_a_key_has_one_answer(world: World):
    client, given = await partner(world), everything(10)
    first, second = await asyncio.gather(
        *(send(client, given, idempotencyKey="k") for _ in range(2))
    )
    assert first == second
    assert {each["outcome"] for each in first["results"]} == {"CREATED"}


async def queue_of(world: World, external_id: str) -> models.Queue:
    async with world.database.read() as session:
        return (
            await session.scalars(
                sa.select(models.Queue).where(models.Queue.external_id == external_id)
            )
        ).one()


async def test_without_access_to_every_queue_one_imports_for_ones_own_alone(world: World):
    everywhere = await partner(world)
    loner = records.agent(7, queues=["loans"])
    away = records.conversation(50, queue="loans")
    theirs = [away, records.evaluation(50), records.conversation(51)]
    assert set(await outcomes(everywhere, [*base(), loner, *theirs])) == {"CREATED"}
    limited = await partner(world, *IMPORT, queues=(await queue_of(world, "cards"),))
    before = await dump(world)
    assert await errors(
        limited,
        *base(),
        # Whatever is out of reach is told as if it had never been there (V1).
        records.conversation(1, queue="loans"),
        records.conversation(1, queue="never"),
        records.conversation(2, agent="agent-7"),
        records.evaluation(50, external_id="mine"),
        # But that an id is taken can't be hidden from who wants it.
        away,
        records.conversation(50),
        records.evaluation(50),
    ) == [
        *(
            ("FORBIDDEN", ["records", str(place), CAMEL.get(one["kind"], one["kind"])])
            for place, one in enumerate(base())
        ),
        ("NOT_FOUND", ["records", "10", "conversation", "queue"]),
        ("NOT_FOUND", ["records", "11", "conversation", "queue"]),
        ("NOT_FOUND", ["records", "12", "conversation", "agent"]),
        ("NOT_FOUND", ["records", "13", "evaluation", "conversation"]),
        ("FORBIDDEN", ["records", "14", "conversation"]),
        ("FORBIDDEN", ["records", "15", "conversation"]),
        ("FORBIDDEN", ["records", "16", "evaluation"]),
    ]
    assert await dump(world) == before
    own = [records.conversation(1), records.evaluation(1), records.conversation(51)]
    assert await outcomes(limited, own) == ["CREATED", "CREATED", "UNCHANGED"]


async def test_without_queues_nothing_can_be_imported(world: World):
    await outcomes(await partner(world), base())
    nowhere = await partner(world, *IMPORT)
    assert await errors(nowhere, records.conversation(1)) == [
        ("NOT_FOUND", ["records", "0", "conversation", "agent"])
    ]


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        (Role.PARTNER, (Permission.COACHING_ASSIGNMENTS,)),
        (Role.QA, EVERYWHERE),
        (Role.AGENT, tuple(Permission)),
    ],
)
async def test_who_may_not_import_has_no_such_mutation(
    world: World, role: Role, permissions: tuple[Permission, ...]
):
    agent = await world.agent() if role is Role.AGENT else None
    client = world.client(await world.user(role, *permissions, agent=agent))
    answer = await client.ask(MUTATION, input={"records": []})
    assert {each["extensions"]["code"] for each in answer.errors} == {"GRAPHQL_VALIDATION_FAILED"}
    assert (await client.ask('{ __type(name: "ImportRecord") { name } }')).data["__type"] is None


async def test_what_is_imported_is_read_by_the_next_query(world: World):
    client = await partner(world)
    await outcomes(client, everything(1))
    answer = await client.ask("{ conversations(first: 5) { nodes { koreEvaluationScore topic } } }")
    adherence = [part["adherence"] for part in records.evaluation(0)["metrics"]]
    score = records.d9(zip(records.METRICS, adherence, strict=True))
    assert answer.data["conversations"]["nodes"] == [
        {"koreEvaluationScore": score, "topic": "Money"}
    ]


async def test_a_time_is_the_same_with_any_offset(world: World):
    client = await partner(world)
    await outcomes(client, everything(1))
    one = records.conversation(0)
    start = dt.datetime.fromisoformat(one["started_at"])
    moved = start.astimezone(dt.timezone(dt.timedelta(hours=5))).isoformat()
    assert await outcomes(client, [one | {"started_at": moved}]) == ["UNCHANGED"]
