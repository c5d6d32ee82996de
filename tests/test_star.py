"""The import of 4,002 real chats, where they are at hand."""

import datetime as dt
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import models
from models import Role
from resolvers import check, importing
from resolvers.importing import Line
from tests import records
from tests.records import Record, opened
from tests.world import AGENT, EVERYWHERE, World

GIVEN = os.environ.get("COACHING_STAR_DATA")
FOLDER = Path(GIVEN) if GIVEN else Path(__file__).parents[2] / "shared" / "data" / "star"
FILES = ("workspace.ndjson", "conversations.ndjson.gz", "evaluations.ndjson.gz")

pytestmark = pytest.mark.skipif(
    not all((FOLDER / name).is_file() for name in FILES),
    reason="the STAR chats are neither where COACHING_STAR_DATA says nor beside the checkout",
)


def lines(*names: str) -> Iterator[Line]:
    for name in names:
        opener = gzip.open if name.endswith(".gz") else open
        with opener(FOLDER / name, "rb") as file:
            for number, data in enumerate(file, start=1):
                yield Line(number, data, name)


def of_kind(kind: str) -> Iterator[Record]:
    for line in lines(*FILES):
        record = json.loads(line.data)
        if record["kind"] == kind:
            yield record


async def test_all_chats_are_taken_scored_by_d9_and_taken_once(database_url: str) -> None:
    async with opened(database_url, time_zone="America/New_York") as target:
        how: dict[str, Any] = {"now": records.NOW}
        report = await importing.run(target.database, target.workspace_id, lines(*FILES), **how)
        assert report.bad_lines == []
        assert report.created["conversation"] == report.created["evaluation"] == 4002

        (form,) = of_kind("form")
        metrics = {metric["key"]: metric for metric in form["metrics"]}
        wanted = {one["external_id"]: one for one in of_kind("evaluation")}
        row, on = models.Evaluation, models.Conversation
        stored = await target.rows(
            sa.select(row.external_id, row.total, on.kore_evaluation_score, on.external_id).join(
                on, on.id == row.conversation_id
            )
        )
        assert {external_id for external_id, *_ in stored} == wanted.keys()
        for external_id, total, kore, conversation in stored:
            given = wanted[external_id]
            pairs = [(metrics[part["key"]], part["adherence"]) for part in given["metrics"]]
            assert total == kore == records.d9(pairs)
            assert conversation == given["conversation"]

        agents = {one["external_id"]: one["agent"] for one in of_kind("conversation")}
        zone = dt.timezone(dt.timedelta(hours=-4))  # New York in those months.
        by_agent, by_attribute = records.scratch(
            ((agents[one["conversation"]], one, form["metrics"]) for one in wanted.values()), zone
        )
        assert await target.agent_days() == by_agent
        assert await target.attribute_days() == by_attribute

        before = await target.dump()
        again = await importing.run(target.database, target.workspace_id, lines(*FILES), **how)
        assert again.unchanged == report.created
        assert await target.dump() == before


async def test_coaching_on_real_chats_goes_from_created_to_completed(world: World) -> None:
    report = await importing.run(
        world.database, world.workspace_id, lines(*FILES), now=dt.datetime.now(dt.UTC)
    )
    assert report.bad_lines == []
    qa = world.client(await world.user(Role.QA, *EVERYWHERE))

    find = """{ agents(first: 1, search: "A-1004") { nodes { id } }
        attributes(first: 1, search: "empathy") { nodes { id } } }"""
    found = (await qa.ask(find)).data
    (agent,), (area,) = found["agents"]["nodes"], found["attributes"]["nodes"]
    tab = """query($filter: ConversationFilter) { conversations(first: 3, filter: $filter) {
        totalCount nodes { id koreEvaluationScore } } }"""
    weak = (await qa.ask(tab, filter={"agentIds": [agent["id"]], "koreScoreTo": 60})).data
    talks = weak["conversations"]["nodes"]
    assert len(talks) == 3
    assert all(talk["koreEvaluationScore"] <= 60 for talk in talks)

    given = {
        "agentId": agent["id"],
        "name": "Calm and clear",
        "areaIds": [area["id"]],
        "conversationIds": [talk["id"] for talk in talks],
        "followUpOn": (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=7)).isoformat(),
    }
    created = (await qa.ask("CreateAssignment", input=given)).data["createAssignment"]
    assert created["errors"] == []
    id_ = created["assignment"]["id"]

    async with world.database.read() as session:
        wanted = sa.select(models.Agent).where(models.Agent.agent_id == "A-1004")
        person = (await session.scalars(wanted)).one()
    own = world.client(await world.user(Role.AGENT, *AGENT, agent=person))
    read = "query($id: ID!) { assignment(id: $id) { status } }"

    async def words() -> tuple[str, str]:
        agents, staffs = [(await who.ask(read, id=id_)).data for who in (own, qa)]
        return agents["assignment"]["status"], staffs["assignment"]["status"]

    seen = [await words()]
    for talk in talks:
        review = {"assignmentId": id_, "conversationId": talk["id"]}
        answer = (await own.ask("ReviewConversation", input=review)).data["reviewConversation"]
        assert answer["errors"] == []
        seen.append(await words())
    assert seen == [
        ("START_COACHING", "YET_TO_START"),
        ("IN_PROGRESS", "IN_PROGRESS"),
        ("IN_PROGRESS", "IN_PROGRESS"),
        ("COMPLETED", "COMPLETED"),
    ]
    detail = (await own.ask("AuditDetails", conversationId=talks[0]["id"])).data["conversation"]
    assert len(detail["transcript"]) > 2
    checked = await check.run(world.database)
    assert checked is not None
    assert checked.counts == {}
