"""Two databases with the same rows, ids, times and names, that differ only in group structure.

In `single` all coaching was assigned one by one; in `grouped` most of it came of sent groups, and
half of the marks are in a pending one. What agents read must be the same in both (V3).
"""

import asyncio
import contextlib
import datetime as dt
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

import httpx2
import pytest
import sqlalchemy as sa

import auth.viewer
import models
from models import Action, DisputeRouting, Permission, ReviewState, Role
from models.base import Base
from schema.node import encode
from tests import world as worlds
from tests.hidden import TOP, VIEWS
from tests.world import AGENT, EVERYWHERE, NOW, World

READS_MARKS = (*AGENT, Permission.MARKED_FOR_COACHING_VIEW)
AGAIN = 20
"""Times that a query is asked again to see whether its statements are as many by chance."""

OWN = "x-request-id"
"""The header that every answer has a value of its own for."""


class Difference(AssertionError):
    """The two worlds answered differently."""


@dataclass
class Twins:
    """Ann, signed in to both worlds: `single` without any group, `grouped` with."""

    single: World
    grouped: World
    user: models.User
    asked: int = 0
    statements: int = 0

    async def read(self, text: str, variables: dict[str, Any]) -> Any:
        """The answer to a query, which is the same in both worlds, and touches no group."""
        return (await self.send({"query": text, "variables": variables}, writing=False)).json()

    async def write(self, text: str, variables: dict[str, Any]) -> Any:
        """The answer to a mutation, which is the same in both worlds.

        A group's stored counts follow from its members', so a write may have to refresh them.
        """
        return (await self.send({"query": text, "variables": variables}, writing=True)).json()

    async def send(self, body: dict[str, Any], *, writing: bool) -> httpx2.Response:
        """The one answer to a request. Raises Difference where there are two."""
        self.asked += 1
        one, *costs = await self._ask(self.single, body)
        other, *others = await self._ask(self.grouped, body)
        self.statements += costs[0]
        found = [(one, costs[0]), (other, others[0])]
        if _told(one) != _told(other) or not (writing or costs[1] == others[1] == 0):
            raise Difference(_report(body, found))
        if costs[0] != others[0] and not await self._by_chance(body, one, found):
            raise Difference(_report(body, found))
        return one

    async def _by_chance(
        self, body: dict[str, Any], answer: httpx2.Response, found: list[tuple[Any, int]]
    ) -> bool:
        """Whether counts differ by chance only.

        A field that fails cancels those beside it, and it is chance how many statements these
        have begun. A query is asked again then: a count of one world must come up in the other.
        """
        if b'"path":[' not in answer.content:
            return False
        if "mutation" in body["query"]:
            return True
        counts = [{count} for _, count in found]
        for _ in range(AGAIN):
            for world, seen in zip((self.single, self.grouped), counts, strict=True):
                seen.add((await self._ask(world, body))[1])
            if counts[0] & counts[1]:
                return True
        return False

    async def _ask(self, world: World, body: dict[str, Any]) -> tuple[httpx2.Response, int, int]:
        """The answer, and how many statements it took: those about groups apart."""
        client = world.client(self.user)
        before = asyncio.all_tasks()
        with seeded(self.asked), world.statements() as statements:
            answer = await client.send(body)
            # Where a field fails, the answer does not wait for those beside it.
            if rest := asyncio.all_tasks() - before:
                await asyncio.wait(rest)
        of_groups = sum("coaching_group" in each for each in statements)
        return answer, len(statements) - of_groups, of_groups


def _told(answer: httpx2.Response) -> tuple[Any, ...]:
    headers = [pair for pair in answer.headers.multi_items() if pair[0] != OWN]
    return answer.status_code, headers, answer.content


def _report(body: dict[str, Any], found: list[tuple[Any, int]]) -> str:
    lines = [json.dumps(body)]
    lines += [f"{a.status_code} {count} statements\n{a.text}" for a, count in found]
    return "\n".join(lines)


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


@contextlib.asynccontextmanager
async def twins(
    request: pytest.FixtureRequest, like: str, folder: Path, seed: int = 0
) -> AsyncIterator[Twins]:
    """Twins in two new databases of the kind of this URL; one seed gives one set of ids."""
    async with contextlib.AsyncExitStack() as open_:
        made = []
        for name in ("single", "grouped"):
            url = await open_.enter_async_context(_empty(request, like, folder / f"{name}-{seed}"))
            made.append(await open_.enter_async_context(worlds.world(url, folder)))
        single, grouped = made
        with seeded(seed):
            user = await fill(single)
            await copy(single, grouped)
            await group(grouped)
        yield Twins(single, grouped, user)


@contextlib.asynccontextmanager
async def _empty(request: pytest.FixtureRequest, like: str, file: Path) -> AsyncIterator[str]:
    """A migrated, empty database."""
    if like.startswith("sqlite"):
        template = request.getfixturevalue("sqlite_template")
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(file)) as to:
            source.backup(to)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"coaching_twin_{uuid.uuid4().hex}"
    await server.create(name, template=request.getfixturevalue("postgresql_template"))
    try:
        yield server.url(name)
    finally:
        await server.drop(name)


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


async def cursors_of_groups(world: World) -> tuple[str, ...]:
    """Cursors of the lists that who manages coaching reads, groups among them."""
    (quinn,) = await rows_of(world, models.User, name="Quinn")
    answer = await world.client(quinn).ask(
        """{ assignments(first: 9) { edges { cursor } } marks(first: 9) { edges { cursor } }
        coachingGroups(first: 9) { edges { cursor nodes: node { agentAssignments(first: 9) {
        edges { cursor } } } } } coachingCandidates(first: 9) { edges { cursor } } }"""
    )
    found = re.findall(r'"cursor":"([^"]+)"', answer.response.text)
    return tuple(found)
