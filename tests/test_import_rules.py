"""What each kind of record may do to what is stored, and the reasons for what it may not."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

import models
from tests import records
from tests.records import Record, Target, opened


async def reasons(target: Target, *given: Record) -> list[str]:
    """Import, good lines too; give the reasons of the bad ones."""
    report = await target.take(given, keep_going=True)
    assert report.bad == len(report.bad_lines)
    return [bad.reason for bad in report.bad_lines]


async def in_use(target: Target) -> set[tuple[str, str, int]]:
    """Which version of which form is active for which queue."""
    use, form, queue = models.EvaluationFormQueue, models.EvaluationForm, models.Queue
    found = await target.rows(
        sa.select(queue.external_id, form.external_id, form.form_version)
        .join(use, use.queue_id == queue.id)
        .join(form, form.id == use.form_id)
        .where(use.active)
    )
    return set(found)


async def test_a_changed_name_changes_what_it_is_sorted_and_searched_by(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.base())
        report = await target.take(
            [
                {"kind": "queue", "external_id": "cards", "name": " ÉCLAIRS "},
                records.agent(1, name="Zoë", agent_id="X-7", agent_group=None, queues=["loans"]),
            ]
        )
        assert report.changed == {"queue": 1, "agent": 1}
        queue, who, group = models.Queue, models.Agent, models.AgentQueue
        assert await target.rows(
            sa.select(queue.name, queue.name_key).where(queue.external_id == "cards")
        ) == [("ÉCLAIRS", "éclairs")]
        assert await target.rows(
            sa.select(
                who.name_key, who.search_key, who.agent_id, who.agent_group_id, queue.external_id
            )
            .join(group, group.agent_id == who.id)
            .join(queue, queue.id == group.queue_id)
            .where(who.external_id == "agent-1")
        ) == [("zoë", "zoë\nx-7", "X-7", None, "loans")]


async def test_an_unknown_reference_is_named(database_url: str) -> None:
    async with opened(database_url) as target:
        metric = records.form()["metrics"][0] | {"attribute": ["rules", "wit"]}
        assert await reasons(
            target,
            *records.base(),
            records.agent(5, queues=["attic"]),
            records.agent(6, agent_group="old"),
            records.form(external_id="f", queues=["cellar"]),
            records.form(external_id="f", channel="voice", metrics=[metric]),
            records.scorecard(external_id="s", default=False, weights={"zeal": 100}),
            records.conversation(1, queue="roof"),
            records.evaluation(1, conversation="c-77"),
            records.evaluation(2, form_version=3),
            records.conversation(2),
        ) == [
            "unknown queue 'attic'",
            "unknown agent_group 'old'",
            "unknown queue 'cellar'",
            "unknown attribute 'wit'",
            "unknown attribute 'zeal'",
            "unknown queue 'roof'",
            "unknown conversation 'c-77'",
            "unknown form 'quality', version 3",
        ]


async def test_references_do_not_reach_into_another_workspace(database_url: str) -> None:
    async with opened(database_url) as first, opened(database_url) as second:
        await first.take(records.everything(2))
        assert await reasons(second, records.conversation(1)) == ["unknown agent 'agent-1'"]
        assert (await second.take(records.everything(2))).created.total() > 0


async def test_an_agent_id_belongs_to_one_agent(database_url: str) -> None:
    async with opened(database_url) as target:
        taken = "agent_id 'A-1' is that of agent 'agent-1'"
        await target.take(records.base())
        assert await reasons(target, records.agent(7, agent_id="A-1")) == [taken]
        # Handed on in one import, whichever agent is newer.
        assert await reasons(
            target,
            records.agent(1, agent_id="A-100"),
            records.agent(0, agent_id="A-1"),
            records.agent(8, agent_id="A-0"),
            records.agent(9, agent_id="A-0"),
        ) == ["agent_id 'A-0' is that of agent 'agent-8'"]


async def test_a_version_of_a_form_never_changes(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.base())
        (reason,) = await reasons(target, records.form(), records.form(pass_score=71))
        assert reason.startswith("version 1 of form 'quality' is stored with other content;")


@pytest.mark.parametrize("versions", [(1, 2), (2, 1)])
async def test_a_newer_version_takes_over_its_queues_in_any_order(
    database_url: str, versions: tuple[int, ...]
) -> None:
    async with opened(database_url) as target:
        forms = {1: records.form(), 2: records.form(2, queues=["loans"])}
        base = [record for record in records.base() if record["kind"] != "form"]
        assert await reasons(target, *base, *(forms[version] for version in versions)) == []
        assert await in_use(target) == {("cards", "quality", 1), ("loans", "quality", 2)}


async def test_a_queue_and_channel_have_one_form_in_use(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.base())
        assert await reasons(
            target,
            records.form(external_id="other", queues=["loans"]),
            records.form(external_id="calls", queues=["loans"], channel="voice"),
            records.form(external_id="more calls", queues=["loans"], channel="voice"),
        ) == [
            "form 'quality' is in use for queue 'loans' and channel chat",
            "form 'calls' is in use for queue 'loans' and channel voice",
        ]
        assert len(await in_use(target)) == 3


async def test_a_metric_may_feed_several_attributes(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.base())
        feeds, metric = models.MetricAttribute, models.Metric
        found = await target.rows(
            sa.select(metric.key, sa.func.count())
            .join(feeds, feeds.metric_id == metric.id)
            .group_by(metric.key)
        )
        assert dict(found) == {"greets": 1, "calm": 2, "verifies": 1}


async def test_a_workspace_has_one_default_scorecard(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.base())
        already = ["scorecard 'all' is the workspace's default already"]
        assert await reasons(target, records.scorecard(external_id="own")) == already
        assert (
            await reasons(
                target, records.scorecard(default=False), records.scorecard(external_id="own")
            )
            == []
        )
        card = models.Scorecard
        assert await target.rows(sa.select(card.external_id).where(card.is_default)) == [("own",)]


async def test_a_conversation_never_changes_hands(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.everything(3))
        assert await reasons(target, records.conversation(1, agent="agent-2")) == [
            "conversation 'c-1' is another agent's; a conversation never changes hands"
        ]


async def test_a_changed_conversation_keeps_its_scores(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.everything(2))
        row = models.Conversation
        scores = sa.select(row.id, row.kore_evaluation_score).where(row.external_id == "c-1")
        before = await target.rows(scores)
        messages = records.conversation(1)["messages"][:1]
        report = await target.take(
            [records.conversation(1, messages=messages, insights=None, queue="loans")]
        )
        assert report.changed == {"conversation": 1}
        assert await target.rows(scores) == before
        assert before[0][1] is not None
        counts = await target.counts()
        assert (counts["message"], counts["insight"]) == (3, 1)


async def test_a_conversation_has_one_auto_evaluation(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.everything(3))
        assert await reasons(
            target,
            records.evaluation(1, external_id="again"),
            records.evaluation(1, conversation="c-2"),
            records.conversation(4),
            records.evaluation(4, external_id="bad", metrics=[]),
            records.evaluation(4),
            records.evaluation(4, external_id="second"),
        ) == [
            "conversation 'c-1' has the Auto QA evaluation 'e-1' already",
            "evaluation 'e-1' is stored for another conversation",
            "metrics: missing 'greets', 'calm', 'verifies'",
            "conversation 'c-4' has the Auto QA evaluation 'e-4' already",
        ]


async def test_an_evaluation_names_each_metric_of_its_form_once(database_url: str) -> None:
    async with opened(database_url) as target:
        await target.take(records.everything(2))
        parts: list[dict[str, Any]] = [
            {"key": key, "adherence": 1} for key in ("greets", "greets", "sings", "calm")
        ]
        assert await reasons(target, records.evaluation(1, metrics=parts)) == [
            "metrics: unknown 'sings'; more than once 'greets'; missing 'verifies'"
        ]


async def test_an_evaluation_may_change_to_another_version_of_its_form(database_url: str) -> None:
    metrics = [
        metric | {"weight": 50, "attribute": "rules"} for metric in records.form()["metrics"]
    ]
    async with opened(database_url) as target:
        await target.take([*records.everything(1), records.form(2, metrics=metrics)])
        changed = records.evaluation(0, 1, 0.5, 1, form_version=2)
        await target.take([changed])
        zone = dt.timezone(dt.timedelta(hours=1))
        agents, attributes = records.scratch([("agent-0", changed, metrics)], zone)
        assert await target.agent_days() == agents
        assert await target.attribute_days() == attributes


async def test_versions_of_one_record_in_one_import_land_in_their_order(database_url: str) -> None:
    async with opened(database_url) as target:
        report = await target.take(
            [*records.everything(1), *(records.evaluation(0, a, 1, 1) for a in (0, 0.5, 1))]
        )
        assert (report.created["evaluation"], report.changed["evaluation"]) == (1, 3)
        row = models.Evaluation
        assert await target.rows(sa.select(row.revision, row.total)) == [(4, 100.0)]
