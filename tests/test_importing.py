"""Import: what lands, what does not, and that nothing is ever counted twice (I1, C7)."""

import asyncio
import datetime as dt
import uuid
import zoneinfo
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from models.database import Database
from resolvers import importing
from resolvers.importing import Line
from tests import records
from tests.records import METRICS, Record, Target, opened

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")

BAD: list[tuple[Record | str, str]] = [
    ('{"kind": "conversation", "external_id"', "not JSON"),
    (records.conversation(9001, mood="good"), "unknown field 'mood'"),
    (records.conversation(9002, sentiment_score=100.5), "sentiment_score: must be less than"),
    (records.conversation(9003, agent="nobody"), "unknown agent 'nobody'"),
    (
        records.evaluation(3, external_id="bad", conversation="c-400",
                           metrics=[{"key": "greets", "adherence": 1}]),
        "metrics: missing 'calm', 'verifies'",
    ),
]  # fmt: skip


def thousand() -> list[Record | str]:
    """1,000 lines, five of them bad: lines 100, 300, 500, 700 and 900."""
    good = [
        *records.base(),
        *(records.conversation(number) for number in range(500)),
        *(records.evaluation(number) for number in range(395)),
    ]
    good += [
        {"kind": "queue", "external_id": f"q-{n}", "name": "More"} for n in range(995 - len(good))
    ]
    found: list[Record | str] = list(good)
    for place, (line, _) in zip((99, 299, 499, 699, 899), BAD, strict=True):
        found.insert(place, line)
    return found


def counted(last: dict[str, Record]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Count from scratch what these evaluations say; conversation n is that of agent n mod 3."""
    return records.scratch(
        ((f"agent-{int(one['conversation'][2:]) % 3}", one, METRICS) for one in last.values()),
        BERLIN,
    )


async def assert_sums(target: Target, last: dict[str, Record]) -> None:
    agents, attributes = counted(last)
    assert await target.agent_days() == agents
    assert await target.attribute_days() == attributes


async def test_bad_lines_are_all_named_and_keep_everything_out(database_url: str) -> None:
    async with opened(database_url) as target:
        before = await target.dump()
        lines = thousand()
        report = await target.take(lines)
        assert not report.written
        assert report.bad == 5
        expected = {lines.index(line) + 1: reason for line, reason in BAD}
        assert sorted(bad.number for bad in report.bad_lines) == [100, 300, 500, 700, 900]
        for bad in report.bad_lines:
            assert bad.file == "records"
            assert bad.reason.startswith(expected[bad.number])
        assert await target.dump() == before


async def test_with_keep_going_the_good_lines_land(database_url: str) -> None:
    async with opened(database_url) as target:
        report = await target.take(thousand(), keep_going=True)
        assert (report.written, report.bad) == (True, 5)
        assert report.created.total() == 995
        counts = await target.counts()
        assert counts["conversation"] == 500
        assert counts["evaluation"] == counts["evaluation_revision"] == 395
        assert counts["metric_score"] == 395 * 3
        assert counts["message"] == 1000
        await assert_sums(target, {str(n): records.evaluation(n) for n in range(395)})


@pytest.mark.parametrize("keep_going", [False, True])
async def test_a_second_run_changes_nothing(database_url: str, *, keep_going: bool) -> None:
    async with opened(database_url) as target:
        await target.take(records.everything(60), keep_going=keep_going)
        before = await target.dump()
        again = await target.take(
            records.everything(60), keep_going=keep_going, now=records.NOW + dt.timedelta(days=1)
        )
        assert (again.created.total(), again.changed.total()) == (0, 0)
        assert again.unchanged.total() == len(records.everything(60))
        assert await target.dump() == before


async def test_totals_are_those_of_d9_and_stand_on_the_conversation_too(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.everything(60))
        row, on = models.Evaluation, models.Conversation
        found = await target.rows(
            sa.select(row.external_id, row.total, row.passed, on.kore_evaluation_score).join(
                on, on.id == row.conversation_id
            )
        )
        assert len(found) == 60
        for external_id, total, passed, kore in found:
            one = records.evaluation(int(external_id[2:]))
            pairs = zip(METRICS, (part["adherence"] for part in one["metrics"]), strict=True)
            assert total == kore == records.d9(pairs)
            assert passed == (total >= 70)


@pytest.mark.parametrize("keep_going", [False, True])
async def test_an_import_that_broke_off_is_run_again(
    database_url: str, *, keep_going: bool
) -> None:
    everything = records.lines(records.everything(400))

    def broken() -> Iterator[Line]:
        yield from everything[:700]
        raise EOFError

    async with opened(database_url) as target:
        how: dict[str, Any] = {"now": records.NOW, "keep_going": keep_going}
        with pytest.raises(EOFError):
            await importing.run(target.database, target.workspace_id, broken(), **how)
        landed = (await target.counts()).get("conversation", 0)
        assert landed == (400 if keep_going else 0)
        report = await importing.run(target.database, target.workspace_id, everything, **how)
        assert report.bad == 0
        counts = await target.counts()
        assert counts["evaluation"] == counts["evaluation_revision"] == 400
        await assert_sums(target, {str(n): records.evaluation(n) for n in range(400)})


@pytest.mark.parametrize("keep_going", [False, True])
async def test_two_imports_at_once_double_nothing(database_url: str, *, keep_going: bool) -> None:
    async with opened(database_url) as target:
        other = Target(Database(database_url).everywhere(), target.workspace_id)
        everything = records.everything(300)
        reports = await asyncio.gather(
            *(one.take(everything, keep_going=keep_going) for one in (target, other))
        )
        await other.database.close()
        assert [report.bad for report in reports] == [0, 0]
        assert sum(report.created.total() for report in reports) == len(everything)
        assert sum(report.unchanged.total() for report in reports) == len(everything)
        counts = await target.counts()
        assert counts["evaluation"] == counts["evaluation_revision"] == 300
        await assert_sums(target, {str(n): records.evaluation(n) for n in range(300)})


async def test_a_changed_evaluation_moves_the_day_sums_exactly(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.everything(12))
        last = {str(n): records.evaluation(n) for n in range(12)}
        last["3"] = records.evaluation(3, 0.3333, 0.5, 1, evaluated_at="2026-03-08T23:30:00+00:00")
        last["4"] = records.evaluation(4, None, None, None)
        last["5"] = records.evaluation(5, 1, 1, 0)
        report = await target.take(last.values(), now=records.NOW + dt.timedelta(hours=1))
        assert (report.changed["evaluation"], report.unchanged["evaluation"]) == (3, 9)
        await assert_sums(target, last)

        of = models.Evaluation
        ((id_, revision, total),) = await target.rows(
            sa.select(of.id, of.revision, of.total).where(of.external_id == "e-3")
        )
        assert revision == 2
        row = models.EvaluationRevision
        revisions = await target.rows(
            sa.select(row.number, row.reason, row.created_at, row.total)
            .where(row.evaluation_id == id_)
            .order_by(row.number)
        )
        reason = models.RevisionReason
        assert [values[:3] for values in revisions] == [
            (1, reason.AUDIT, records.NOW),
            (2, reason.RE_IMPORT, records.NOW + dt.timedelta(hours=1)),
        ]
        assert revisions[1][3] == total


ADHERENCE = st.sampled_from([None, 0, 0.25, 0.3333, 0.9, 1])
VERSION = st.builds(
    lambda number, adherence, hours: records.evaluation(
        number,
        *adherence,
        evaluated_at=(records.START + dt.timedelta(hours=hours)).isoformat(),
    ),
    st.integers(0, 3),
    st.tuples(ADHERENCE, ADHERENCE, ADHERENCE),
    st.integers(0, 60),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(runs=st.lists(st.lists(VERSION, max_size=6), min_size=1, max_size=4))
def test_any_sequence_of_versions_leaves_the_sums_of_the_last(
    database_url: str, runs: list[list[Record]]
) -> None:
    async def play() -> None:
        async with opened(database_url) as target:
            await target.take([*records.base(), *map(records.conversation, range(4))])
            last: dict[str, Record] = {}
            for run in runs:
                assert (await target.take(run)).bad == 0
                last |= {one["external_id"]: one for one in run}
                await assert_sums(target, last)

    asyncio.run(play())


async def test_the_number_of_statements_does_not_grow_with_the_lines(database_url: str) -> None:
    async with opened(database_url) as target:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        sa.event.listen(target.database.engine.sync_engine, "before_cursor_execute", note)
        await target.take(records.base())
        taken = []
        for start, count in ((0, 1), (1, 10), (11, 200)):
            numbers = range(start, start + count)
            seen.clear()
            await target.take(map(records.conversation, numbers))
            await target.take(map(records.evaluation, numbers))
            await target.take(records.conversation(n, topic="Other") for n in numbers)
            await target.take(records.evaluation(n, 0.5, 0.5, 1) for n in numbers)
            taken.append(len(seen))
        assert taken[0] == taken[1] == taken[2] < 60


async def test_lines_may_come_from_an_asynchronous_source_and_be_moved_by_days(
    database_url: str,
) -> None:
    async def source() -> Any:
        for line in records.lines(records.everything(2)):
            yield line

    async with opened(database_url) as target:
        report = await importing.run(
            target.database, target.workspace_id, source(), now=records.NOW, days=5
        )
        assert report.created["conversation"] == 2
        row = models.Conversation
        ((started_at,),) = await target.rows(
            sa.select(row.started_at).where(row.external_id == "c-0")
        )
        assert started_at == records.START + dt.timedelta(days=5)


async def test_an_unknown_workspace_is_refused(database_url: str) -> None:
    async with opened(database_url) as target:
        target.workspace_id = uuid.uuid4()
        with pytest.raises(importing.UnknownWorkspace):
            await target.take(records.base())
