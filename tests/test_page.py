"""Pages (E2): cursors are opaque, bound to their list, and never a fault of ours."""

import base64
import contextlib
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

import models
from models import Role, Status
from models.errors import BadCursor, BadRequest
from resolvers.page import Order, Window
from tests.client import Client
from tests.world import EVERYWHERE, NOW, World

LISTS = {
    "assignments": "assignments",
    "agents": "agents",
    "queues": "queues",
    "attributes": "attributes",
    "agentGroups": "agentGroups",
    "evaluationForms": "evaluationForms",
    "conversations": "conversations",
}
COLUMNS: dict[str, Any] = {
    "assigned_at": models.Assignment.assigned_at,
    "follow_up_on": models.Assignment.follow_up_on,
    "name_key": models.Assignment.name_key,
    "status": models.Assignment.status,
    "id": models.Assignment.id,
}
DIALECTS = (sqlite.dialect(), postgresql.asyncpg.dialect())  # type: ignore[no-untyped-call]


async def filled(world: World, rows: int = 3) -> Client:
    """A QA user where every list has some rows."""
    qa = await world.user(Role.QA, *EVERYWHERE)
    for number in range(rows):
        queue, area = await world.queue(f"Queue {number}"), await world.attribute(f"Area {number}")
        agent = await world.agent(f"Agent {number}", queue)
        form = await world.form(area)
        talk = await world.conversation(agent, queue, form=form)
        await world.assignment(agent, qa, talk, areas=(area,))
        team = models.AgentGroup(**world._imported("team"), name=f"Team {number}")  # noqa: SLF001
        await world.add(team)
    return world.client(qa)


def paged(name: str, more: str = "") -> str:
    return f"""query($first: Int, $after: String, $last: Int, $before: String) {{ {name}(
        first: $first, after: $after, last: $last, before: $before{more}) {{
        totalCount nodes {{ id }} edges {{ cursor }}
        pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}"""


async def refused(client: Client, code: str, text: str, **variables: Any) -> None:
    answer = await client.ask(text, **variables)
    assert [error["extensions"]["code"] for error in answer.errors] == [code], answer.body


@pytest.mark.parametrize("name", LISTS)
async def test_every_list_pages_both_ways_and_gives_each_row_once(world: World, name: str):
    client, text = await filled(world), paged(name)
    whole = (await client.ask(text, first=100)).data[name]
    everything = [node["id"] for node in whole["nodes"]]
    assert len(everything) == whole["totalCount"] == 3
    assert not whole["pageInfo"]["hasNextPage"]
    for size, near, info in (("first", "after", "endCursor"), ("last", "before", "startCursor")):
        seen: list[list[str]] = []
        place: dict[str, Any] = {}
        for _ in everything:
            page = (await client.ask(text, **{size: 1}, **place)).data[name]
            seen.append([node["id"] for node in page["nodes"]])
            assert page["pageInfo"][info] == page["edges"][0]["cursor"]
            place = {near: page["pageInfo"][info]}
        assert [id_ for page in seen for id_ in page] == everything[:: 1 if size == "first" else -1]
        beyond = (await client.ask(text, **{size: 1}, **place)).data[name]
        assert beyond["nodes"] == []
        assert beyond["pageInfo"][info] is None


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "sizes",
    [{}, {"first": 1, "last": 1}, {"first": 0}, {"last": 0}, {"first": 101}, {"last": -1}],
    ids=str,
)
async def test_a_page_needs_one_size_from_1_to_100(world: World, name: str, sizes: dict[str, int]):
    client = world.client(await world.user(Role.QA, *EVERYWHERE))
    await refused(client, "BAD_USER_INPUT", paged(name), **sizes)


@pytest.mark.parametrize("size", [0, 101, -5])
def test_a_window_outside_1_to_100_is_refused(size: int):
    for window in ({"first": size}, {"last": size}):
        with pytest.raises(BadRequest):
            Window(**window)  # type: ignore[arg-type]


async def test_a_cursor_of_another_list_filter_order_or_parent_is_refused(world: World):
    client = await filled(world)
    sized = {"first": 1}
    cursors = {
        more: (await client.ask(paged("assignments", more), **sized)).data["assignments"]["edges"][
            0
        ]["cursor"]
        for more in (
            "",
            ", orderBy: {descending: false}",
            ", orderBy: {by: NAME}",
            ", orderBy: {by: STATUS}",
            ", orderBy: {by: FOLLOW_UP_ON}",
            ", filter: {statuses: [YET_TO_START]}",
            ", filter: {coachingType: INDIVIDUAL_AGENT}",
        )
    }
    assert len(set(cursors.values())) == len(cursors)
    for more, cursor in cursors.items():
        for other in cursors:
            text = paged("assignments", other)
            if other == more:
                assert (await client.ask(text, **sized, after=cursor)).data
            else:
                await refused(client, "BAD_CURSOR", text, **sized, after=cursor)
                await refused(client, "BAD_CURSOR", text, **sized, before=cursor)
    for name in LISTS:
        if name != "assignments":
            await refused(client, "BAD_CURSOR", paged(name), **sized, after=cursors[""])


async def test_a_cursor_of_another_rows_list_or_another_search_is_refused(world: World):
    client = await filled(world)
    nodes = (await client.ask(paged("assignments"), first=2)).data["assignments"]["nodes"]
    text = """query($id: ID!, $after: String, $search: String) { assignment(id: $id) {
        agentAssignments(first: 1, after: $after, search: $search) { edges { cursor } } } }"""
    first, second = (node["id"] for node in nodes)
    found = (await client.ask(text, id=first)).data["assignment"]["agentAssignments"]
    cursor = found["edges"][0]["cursor"]
    assert (await client.ask(text, id=first, after=cursor)).data
    await refused(client, "BAD_CURSOR", text, id=second, after=cursor)
    await refused(client, "BAD_CURSOR", text, id=first, after=cursor, search="Agent")


def forged(order: Order, *values: Any) -> str:
    """A cursor with the right fingerprint, and what somebody likes behind it."""
    blank = order.cursor(type("Row", (), dict.fromkeys(order.keys)))
    fingerprint, *_ = json.loads(base64.urlsafe_b64decode(blank))
    return base64.urlsafe_b64encode(json.dumps([fingerprint, *values]).encode()).decode()


def bound(columns: list[Any], place: list[Any]) -> None:
    """Turn values into parameters as a statement would, for both databases."""
    for dialect in DIALECTS:
        for column, value in zip(columns, place, strict=True):
            kind = column.type.dialect_impl(dialect)
            processor = kind.bind_processor(dialect)
            made = processor(value) if processor else value
            assert made is not None
            str(made).encode()


ROWS = st.fixed_dictionaries(
    {
        "assigned_at": st.datetimes(timezones=st.just(dt.UTC)),
        "follow_up_on": st.dates(),
        "name_key": st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
        "status": st.sampled_from(Status),
        "id": st.uuids(),
    }
)
KEYS = st.lists(st.sampled_from(list(COLUMNS)), min_size=1, unique=True).map(tuple)


@given(ROWS, KEYS, st.booleans())
def test_a_cursor_is_the_place_of_its_row(row: dict[str, Any], keys: tuple[str, ...], down: bool):
    order = Order(keys=keys, descending=down, binding=("list",))
    columns = [COLUMNS[key] for key in keys]
    cursor = order.cursor(type("Row", (), row))
    place = order.place(cursor, columns)
    assert place == [row[key] for key in keys]
    bound(columns, place)
    others = (
        Order(keys=keys, descending=not down, binding=("list",)),
        Order(keys=keys, descending=down, binding=("other",)),
        Order(keys=(*keys, "version"), descending=down, binding=("list",)),
    )
    for other in others:
        with pytest.raises(BadCursor):
            other.place(cursor, columns)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
MOMENTS = st.builds(
    lambda moment, offset: moment.replace(tzinfo=dt.timezone(offset)).isoformat(),
    st.datetimes(),
    st.timedeltas(dt.timedelta(hours=-23), dt.timedelta(hours=23)),
)


@given(KEYS, st.lists(JSON | MOMENTS | st.sampled_from(["\ud800", "\0"]), max_size=5))
def test_a_forged_cursor_is_refused_or_a_place_that_databases_understand(
    keys: tuple[str, ...], values: list[Any]
):
    order = Order(keys=keys)
    columns = [COLUMNS[key] for key in keys]
    with contextlib.suppress(BadCursor):
        bound(columns, order.place(forged(order, *values), columns))


@given(st.text() | st.binary().map(lambda data: base64.urlsafe_b64encode(data).decode()))
def test_any_other_text_is_no_cursor(text: str):
    with pytest.raises(BadCursor):
        Order(keys=("id",)).place(text, [models.Assignment.id])


NASTY: list[tuple[str, list[Any]]] = [
    ("ASSIGNED_AT", ["0001-01-01T00:00:00+23:59", "0" * 32]),
    ("ASSIGNED_AT", ["9999-12-31T23:59:59-23:59", "0" * 32]),
    ("ASSIGNED_AT", [NOW.replace(tzinfo=None).isoformat(), "0" * 32]),
    ("ASSIGNED_AT", [NOW.isoformat(), "no uuid"]),
    ("ASSIGNED_AT", [NOW.isoformat()]),
    ("NAME", ["\ud800", "0" * 32]),
    ("NAME", ["\0", "0" * 32]),
    ("NAME", [{"a": 1}, "0" * 32]),
    ("STATUS", [99, NOW.isoformat(), "0" * 32]),
    ("STATUS", [[], NOW.isoformat(), "0" * 32]),
    ("FOLLOW_UP_ON", ["2026-02-30", "0" * 32]),
]


async def test_what_no_row_can_have_is_refused_as_a_cursor_by_the_api(world: World):
    client = await filled(world, 1)
    for by, values in NASTY:
        text = paged("assignments", f", orderBy: {{by: {by}}}")
        data = (await client.ask(text, first=1)).data["assignments"]
        fingerprint, *_ = json.loads(base64.urlsafe_b64decode(data["edges"][0]["cursor"]))
        cursor = base64.urlsafe_b64encode(json.dumps([fingerprint, *values]).encode()).decode()
        await refused(client, "BAD_CURSOR", text, first=1, after=cursor)


TEXTS = st.text(max_size=40)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(TEXTS, min_size=1, max_size=5))
async def test_any_text_as_a_cursor_is_a_bad_cursor(world: World, texts: list[str]):
    client = world.client(await world.user(Role.QA, *EVERYWHERE))
    for text in texts:
        await refused(client, "BAD_CURSOR", paged("agents"), first=1, after=text)


async def test_a_tampered_cursor_is_refused(world: World):
    client, text = await filled(world, 1), paged("agents")
    cursor = (await client.ask(text, first=1)).data["agents"]["edges"][0]["cursor"]
    for broken in (cursor[:-4], cursor[4:], cursor + "AAAA", cursor.swapcase(), f" {cursor}"):
        await refused(client, "BAD_CURSOR", text, first=1, after=broken)


async def test_a_page_reads_one_statement_and_counts_only_when_asked(world: World):
    client = await filled(world)
    counts = []
    for chosen in ("nodes { id }", "nodes { id } totalCount"):
        with world.statements() as statements:
            assert (await client.ask(f"{{ agents(first: 2) {{ {chosen} }} }}")).data
        counts.append(len(statements))
    assert counts == [2, 3]  # one of them is who asks
