"""V3: an agent's answers never tell whether coaching came one by one, or through a group.

Two databases hold the same rows with the same ids, times and names, and differ only in group
structure. Whatever an agent can send gives the same bytes, the same headers and as many
statements in both.
"""

import contextlib
import datetime as dt
import itertools
import json
import random
import re
import sqlite3
import types
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from graphql import OperationDefinitionNode, get_introspection_query, parse

import auth.viewer
import models
from models import Action, DisputeRouting, Permission, ReviewState, Role
from models.base import Base
from schema.node import encode
from server import operations
from tests import world as worlds
from tests.documents import Documents, covered
from tests.hidden import SCHEMAS, TOP, VIEWS, elements, of
from tests.world import AGENT, EVERYWHERE, NOW, World

READS_MARKS = (*AGENT, Permission.MARKED_FOR_COACHING_VIEW)
VIEW = SCHEMAS["agent"]
OF_GROUPS = re.compile(r"coaching_group|\bgroup_id\b")
"""Tables and columns about groups, in a statement."""

WRITES = 25
"""Inputs that each mutation is tried with."""


@dataclass
class Twins:
    """Ann, signed in to both worlds: `single` without any group, `grouped` with."""

    single: World
    grouped: World
    user: models.User
    documents: Documents
    asked: int = 0

    async def read(self, text: str, variables: dict[str, Any]) -> Any:
        """The answer to a query, which is the same in both worlds, and touches no group."""
        return await self._compare(text, variables, writing=False)

    async def write(self, text: str, variables: dict[str, Any]) -> Any:
        """The answer to a mutation, which is the same in both worlds.

        A group's stored counts follow from its members', so a write may have to refresh them.
        """
        return await self._compare(text, variables, writing=True)

    async def _compare(self, text: str, variables: dict[str, Any], *, writing: bool) -> Any:
        self.asked += 1
        one = await self._ask(self.single, text, variables)
        other = await self._ask(self.grouped, text, variables)
        assert one[:-1] == other[:-1], text
        assert writing or one[-1] == other[-1] == 0, text
        return json.loads(one[0])

    async def _ask(self, world: World, text: str, variables: dict[str, Any]) -> tuple[Any, ...]:
        client = world.client(self.user)
        with seeded(self.asked), world.statements() as statements:
            answer = await client.send({"query": text, "variables": variables})
        headers = [pair for pair in answer.headers.items() if pair[0] != "x-request-id"]
        of_groups = sum(OF_GROUPS.search(each) is not None for each in statements)
        others = len(statements) - of_groups
        return answer.content, answer.status_code, headers, others, of_groups


@contextlib.contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Have ids that are made meanwhile be the same in both worlds, and the time stand still."""
    draw = random.Random(seed)  # noqa: S311 - the same in both
    clock = types.SimpleNamespace(now=lambda _zone: NOW + dt.timedelta(seconds=seed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uuid, "os", types.SimpleNamespace(urandom=draw.randbytes))
        patch.setattr(
            auth.viewer, "dt", types.SimpleNamespace(datetime=clock, UTC=dt.UTC, date=dt.date)
        )
        yield


@pytest.fixture
async def twin_url(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[str]:
    """A second migrated, empty database of the same kind."""
    if database_url.startswith("sqlite"):
        template, file = request.getfixturevalue("sqlite_template"), tmp_path / "twin.sqlite3"
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"coaching_twin_{uuid.uuid4().hex}"
    await server.create(name, template=request.getfixturevalue("postgresql_template"))
    try:
        yield server.url(name)
    finally:
        await server.drop(name)


@pytest.fixture
async def twins(world: World, twin_url: str, tmp_path: Path) -> AsyncIterator[Twins]:
    user = await fill(world)
    async with worlds.world(twin_url, tmp_path) as grouped:
        await copy(world, grouped)
        await group(grouped)
        yield Twins(world, grouped, user, Documents(VIEW, await ids_of(grouped)))


async def fill(world: World) -> models.User:
    """Ann's coaching, evaluations and marks, and some of Ben's: all one by one."""
    async with world.database.write() as session:
        await session.execute(sa.update(models.Workspace).values(accept_and_dispute=True))
    billing = await world.queue("Billing")
    empathy, calm = await world.attribute("Empathy"), await world.attribute("Calm")
    form = await world.form(
        empathy, calm, dispute_routing=DisputeRouting.SAME_AUDITOR, allow_re_disputes=True
    )
    ann, ben = await world.agent("Ann", billing), await world.agent("Ben", billing)
    quinn = await world.user(Role.QA, *EVERYWHERE, name="Quinn")
    states = [
        ReviewState.PENDING_AGENT_REVIEW,
        ReviewState.PENDING_AGENT_REVIEW,
        ReviewState.AUDITED,
        ReviewState.PENDING_SUPERVISOR_REVIEW,
    ]
    talks = [await world.conversation(ann, billing, form=form, topic="Refund") for _ in states]
    for talk, state in zip(talks, states, strict=True):
        made = await world.evaluation(talk, form, by=quinn, review_state=state)
        about = {"agent_id": ann.id, "evaluation_id": made.id}
        await entry(world, Action.EVALUATION_SUBMITTED, after={"total": 80}, **about)
    dispute = models.Dispute(
        workspace_id=world.workspace_id,
        id=uuid.uuid4(),
        evaluation_id=made.id,
        round=1,
        revision=1,
        assignee_id=quinn.id,
        opened_at=NOW,
    )
    await world.add(dispute)
    bens = await world.conversation(ben, billing, form=form)
    same: dict[str, Any] = {"name": "Kindness", "assigned_at": NOW - dt.timedelta(days=2)}
    coached = [
        (ann, talks[:2], {"reviewed": 1, **same}),
        (ann, talks[1:], {"best": (bens,), **same}),
        (ann, talks[2:3], {"reviewed": 1}),
        (ann, talks[3:], {"name": "Calm", "strengths": "Warm", "best": (bens,)}),
        (ann, talks[:1], {"cancelled_at": NOW}),
        (ben, [bens], same),
    ]
    for agent, some, values in coached:
        made_ = await world.assignment(agent, quinn, *some, areas=(empathy, calm), **values)
        step = models.ActionStep(
            workspace_id=world.workspace_id, assignment_id=made_.id, position=1, text="Read"
        )
        await world.add(step)
        created = {"agent_id": agent.id, "assignment_id": made_.id}
        await entry(world, Action.ASSIGNMENT_CREATED, after={"name": made_.name}, **created)
    for number, (agent, talk, area) in enumerate(
        [(ann, talks[0], empathy), (ann, talks[1], calm), (ann, talks[2], None), (ben, bens, calm)]
    ):
        await mark(world, agent, quinn, talk, area, at=NOW - dt.timedelta(hours=number // 2))
    return await world.user(Role.AGENT, *READS_MARKS, agent=ann, name="Ann")


async def mark(
    world: World,
    agent: models.Agent,
    by: models.User,
    talk: models.Conversation,
    area: models.Attribute | None,
    *,
    at: dt.datetime,
) -> None:
    owner = {"workspace_id": world.workspace_id}
    made = models.Mark(
        **owner, id=uuid.uuid4(), agent_id=agent.id, marked_by_id=by.id, created_at=at
    )
    of_mark = {**owner, "mark_id": made.id}
    rows: list[Base] = [made, models.MarkConversation(**of_mark, conversation_id=talk.id)]
    if area is not None:
        who = {"agent_id": agent.id, "marked_by_id": by.id}
        rows.append(models.MarkArea(**of_mark, **who, attribute_id=area.id))
    await world.add(*rows)
    await entry(world, Action.MARK_CREATED, agent_id=agent.id, mark_id=made.id)


async def entry(world: World, action: Action, **values: Any) -> None:
    owner = {"workspace_id": world.workspace_id, "id": uuid.uuid4()}
    await world.add(models.AuditEntry(**owner, at=NOW, action=action, **values))


async def copy(world: World, twin: World) -> None:
    """Give the twin the same rows, stored in the opposite order."""
    twin.workspace_id = world.workspace_id
    async with world.database.read() as source, twin.database.write() as target:
        await target.execute(sa.delete(models.Workspace))
        for table in Base.metadata.sorted_tables:
            stored = [column for column in table.columns if column.computed is None]
            found = await source.execute(sa.select(*stored))
            rows = [dict(row) for row in found.mappings()]
            if rows:
                await target.execute(sa.insert(table), rows[::-1])


async def rows_of(world: World, model: Any, **values: Any) -> list[Any]:
    async with world.database.read() as session:
        return list(await session.scalars(sa.select(model).filter_by(**values).order_by(model.id)))


async def group(world: World) -> None:
    """Have Ann's coaching come of sent groups, but for one; half of the marks be in a pending one.

    She shares a group with Ben, and every evaluation's history has an entry of every kind that
    names a group.
    """
    (ann,) = await rows_of(world, models.Agent, name="Ann")
    (ben,) = await rows_of(world, models.Agent, name="Ben")
    (quinn,) = await rows_of(world, models.User, name="Quinn")
    empathy, calm = await rows_of(world, models.Attribute)
    owner = {"workspace_id": world.workspace_id}
    (bens,) = await rows_of(world, models.Assignment, agent_id=ben.id)
    anns = await rows_of(world, models.Assignment, agent_id=ann.id)
    for number, assignment in enumerate(anns[1:]):
        words: dict[str, Any] = {
            "name": f"Spring {number}",
            "description": "Slow",
            "assignment_name": "Kindness",
        }
        sent = await world.group(quinn, ann, ben, **words)
        await world.add(
            models.CoachingGroupArea(**owner, group_id=sent.id, attribute_id=empathy.id)
        )
        members = [assignment] if number else [assignment, bens]
        await put(world, models.Assignment.id, members, sent)
        await put(world, models.AuditEntry.assignment_id, members, sent)
        await world.refresh(*members)
    pending = await world.group(quinn, ann, ben, sent=False, name="Autumn")
    await world.add(models.CoachingGroupArea(**owner, group_id=pending.id, attribute_id=calm.id))
    await put(world, models.Mark.id, (await rows_of(world, models.Mark))[::2], pending)
    for evaluation in await rows_of(world, models.Evaluation):
        for action in Action:
            if action.name.startswith("GROUP_"):
                about = {"agent_id": evaluation.agent_id, "evaluation_id": evaluation.id}
                await entry(world, action, group_id=sent.id, after={"name": "Spring"}, **about)


async def put(world: World, key: Any, rows: list[Any], into: models.CoachingGroup) -> None:
    """Have what belongs to these rows name a group."""
    chosen = key.in_([row.id for row in rows])
    async with world.database.write() as session:
        changed = sa.update(key.class_).where(chosen).values(group_id=into.id)
        await session.execute(changed.execution_options(synchronize_session=False))


async def ids_of(world: World) -> dict[str, list[str]]:
    """Ids of all rows, those of groups too, by the name of their type."""
    found: dict[str, list[str]] = {}
    for kind in TOP.type_map:
        declared: Any = getattr(VIEWS.whole.get_type_by_name(kind), "origin", None)
        model = getattr(declared, "model", None)
        if model is not None and "Node" in {i.name for i in TOP.type_map[kind].interfaces}:  # type: ignore[attr-defined]
            found[kind] = [encode(kind, row.id) for row in await rows_of(world, model)]
    return found


def test_the_documents_use_every_field_and_argument_of_an_agents_view():
    kinds = VIEW.get_possible_types(VIEW.type_map["Node"])  # type: ignore[arg-type]
    documents = Documents(VIEW, {each.name: [encode(each.name, uuid.uuid4())] for each in kinds})
    texts = [text for text, _ in (*documents.reads(), *documents.arguments())]
    texts += [text for _, text in documents.writes(20)]
    for page in documents.lists():
        texts += [page('first: 1, after: "x"')[0], page('last: 1, before: "x"')[0]]
    used = covered(VIEW, texts)
    fields = {
        at
        for at, _ in elements(VIEW)
        if "." in at and hasattr(VIEW.type_map[at.partition(".")[0]], "interfaces")
    }
    # Interfaces are selected by their types, which have all that they have.
    assert {
        at for at in fields - used if not at.startswith(("Node.", "AssignedCoaching."))
    } == set()


async def test_reading_never_tells(twins: Twins):
    documents = twins.documents
    ghosts = of("agent")._view.ghosts  # noqa: SLF001 - nobody else may ask
    asked = [*documents.reads(), *documents.arguments(), *documents.carried(ghosts, TOP)]
    asked.append((get_introspection_query(), {}))
    told = json.dumps([await twins.read(*each) for each in asked])
    assert len(asked) > 300
    for word in ("Kindness", "Warm", "Refund", "PENDING_AGENT_REVIEW", "Quinn", '"ACTIVE"'):
        assert word in told
    for word in ("Spring", "Autumn", "Slow"):
        assert word not in told


async def test_pages_and_their_cursors_never_tell(twins: Twins):
    rows = 0
    for page in twins.documents.lists():
        for size, onward, end, more in (
            ("first: 1", "after", "endCursor", "hasNextPage"),
            ("last: 1", "before", "startCursor", "hasPreviousPage"),
        ):
            window = size
            for _ in range(20):
                found = connection(await twins.read(*page(window)))
                if not found["nodes"]:
                    break
                rows += 1
                # Also behind the last row there is.
                window = f'{size}, {onward}: "{found["pageInfo"][end]}"'
                if not found["pageInfo"][more]:
                    await twins.read(*page(window))
                    break
    assert rows > 50


def connection(answer: Any) -> Any:
    """The page in an answer; an empty one where it has none."""
    found = answer.get("data")
    while isinstance(found, dict) and "pageInfo" not in found:
        found = next((each for each in found.values() if isinstance(each, dict)), None)
    return found or {"nodes": []}


async def test_named_operations_never_tell(twins: Twins):
    texts = {name: operations.text(name) for name in operations.names()}
    theirs = {name: text for name, text in texts.items() if not of("agent").document(text).errors}
    assert {"MyAssignments", "MyAssignment", "AuditDetails", "ReviewConversation"} <= set(theirs)
    for text in theirs.values():
        for variables in given(text, twins.documents):
            ask = twins.write if text.startswith("mutation") else twins.read
            await ask(text, variables)


def given(text: str, documents: Documents) -> Iterator[dict[str, Any]]:
    """Variables for an operation: every id that may be meant, two sizes of pages."""
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    lists: list[list[tuple[str, Any]]] = []
    for each in operation.variable_definitions or ():
        name = each.variable.name.value
        if name == "first":
            lists.append([(name, 1), (name, 50)])
        elif name == "id" or name.endswith("Id"):
            lists.append([(name, json.loads(value)) for value in documents.of_name(name)])
    yield from (dict(each) for each in itertools.product(*lists))


async def test_writing_never_tells_nor_what_is_read_afterwards(twins: Twins):
    done = dict.fromkeys(VIEW.mutation_type.fields, 0)  # type: ignore[union-attr]
    documents = twins.documents
    for _ in range(2):
        for name, text in documents.writes(WRITES, twins.asked):
            answer = await twins.write(text, {})
            payload = (answer.get("data") or {}).get(name)
            done[name] += payload is not None and not payload["errors"]
        # What was written may be read, and written to again.
        documents = Documents(VIEW, await ids_of(twins.grouped))
        for asked in documents.reads():
            await twins.read(*asked)
    assert all(done.values()), done
