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
from resolvers import importing
from resolvers.importing import Line
from tests import records
from tests.records import Record, opened

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
