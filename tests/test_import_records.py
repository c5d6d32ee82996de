"""Records of the import format: what is accepted, and the words for what is not (E5)."""

import datetime as dt
import json
from typing import Any

import pytest

from models import importing
from tests import records


def read(record: dict[str, Any] | str) -> importing.Record:
    text = record if isinstance(record, str) else json.dumps(record)
    return importing.read(text.encode())


def reason(record: dict[str, Any] | str) -> str:
    with pytest.raises(importing.BadRecord) as caught:
        read(record)
    return str(caught.value)


def metric(**changes: Any) -> dict[str, Any]:
    return records.form(metrics=[records.form()["metrics"][1] | changes])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "not JSON: EOF while parsing a value at column 0"),
        ('{"kind": "queue"', "not JSON: EOF while parsing an object at column 16"),
        ('{"kind": "queue", "name": "\\ud800"}', "not JSON: unexpected end of hex escape at"),
        ("[1]", "not a JSON object"),
        ("null", "not a JSON object"),
        ("{}", "field 'kind' is missing"),
        ('{"kind": "cue"}', "unknown kind 'cue'"),
        ('{"kind": "queue"}', "field 'external_id' is missing; field 'name' is missing"),
        ({"kind": "queue", "external_id": "q", "name": "Q", "nmae": "Q"}, "unknown field 'nmae'"),
        ({"kind": "queue", "external_id": 7, "name": "Q"}, "external_id: must be a valid string"),
        ({"kind": "queue", "external_id": "q", "name": "  "}, "name: must have at least 1 char"),
        ({"kind": "queue", "external_id": "q", "name": "x" * 121}, "name: must have at most 120"),
        ({"kind": "queue", "external_id": "q" * 201, "name": "x"}, "external_id: must have at mos"),
        ({"kind": "queue", "external_id": "q", "name": "a\nb"}, "name: must not contain control"),
        (records.agent(1, queues=None), "queues: must be a valid array"),
        (records.agent(1, queues=["a", ""]), "queues[1]: must have at least 1 character"),
        (records.agent(1, name="ß" * 120, agent_id="ß" * 120), "name and agent_id are too long"),
        (metric(weight=0), "metrics[0].weight: must be greater than 0"),
        (metric(weight=1.005), "metrics[0].weight: must have at most two decimals"),
        (metric(weight=True), "metrics[0].weight: must be a valid number"),
        (metric(weight=7), "metrics[0]: negative_weight is greater than weight"),
        (metric(attribute=[]), "metrics[0].attribute: must have at least 1 item"),
        (metric(fatal="no"), "metrics[0].fatal: must be a valid boolean"),
        (records.form(metrics=records.form()["metrics"] * 2), "metrics: two have the same key"),
        (records.form(dispute_policy={"routing": "ANY"}), "dispute_policy.routing: must be"),
        (records.scorecard(weights={"a": 50, "b": 49.99}), "weights: add up to 99.99, not 100"),
        (records.scorecard(weights={"": 100}), "weights.key: must have at least 1 character"),
        (records.conversation(1, channel="CHAT"), "channel: must be 'chat', 'email' or 'voice'"),
        (records.conversation(1, sentiment_score=-100.1), "sentiment_score: must be greater than"),
        (records.conversation(1, started_at="2026-01-01T00:00:00"), "started_at: must be a time w"),
        (records.conversation(1, started_at="1767225600"), "started_at: must be a time such as"),
        (records.conversation(1, started_at="2026-02-30T00:00:00Z"), "started_at: day"),
        (records.conversation(1, started_at="0001-01-01T00:00:00+14:00"), "started_at: must be a"),
        (records.conversation(1, ended_at="2026-01-01T00:00:00Z"), "ended_at is before started_at"),
        (records.evaluation(1, source="MANUAL"), "source: must be 'AUTO'"),
        (records.evaluation(1, 0, 1.1, 0), "metrics[1].adherence: must be less than or equal to 1"),
        (records.evaluation(1, form_version=1.5), "form_version: must be a valid integer"),
    ],
)  # fmt: skip
def test_a_bad_line_has_a_reason_in_words(line: dict[str, Any] | str, words: str) -> None:
    said = reason(line)
    assert said.startswith(words)
    assert "http" not in said
    assert "\n" not in said


def test_not_a_number_is_no_number() -> None:
    line = json.dumps(records.evaluation(1, float("nan"), 1, 1))
    assert reason(line) == "metrics[0].adherence: must be a finite number"


def test_what_the_sender_wrote_is_shown_short_and_harmless() -> None:
    said = reason({"kind": "queue", "external_id": "q", "name": "Q", "\x1b[31m" + "x" * 500: 1})
    assert said.isprintable()
    assert len(said) < 100


def test_transcripts_keep_lines_and_tabs_as_sent_but_no_other_control_characters() -> None:
    message = records.conversation(1)["messages"][0]
    text = " a\n\tb "
    kept = read(records.conversation(1, messages=[message | {"text": text}]))
    assert isinstance(kept, importing.ConversationRecord)
    assert kept.messages[0].text == text
    bad = records.conversation(1, messages=[message | {"text": "a\x00"}])
    assert reason(bad) == "messages[0].text: must not contain control characters"
    long = records.conversation(1, messages=[message | {"text": "x" * 10_001}])
    assert reason(long) == "messages[0].text: must have at most 10000 characters"


def test_equal_content_has_an_equal_digest_however_it_is_spelled() -> None:
    one = records.conversation(1)
    start = dt.datetime.fromisoformat(one["started_at"])
    other = dict(reversed(one.items())) | {
        "started_at": start.astimezone(dt.timezone(dt.timedelta(hours=-5))).isoformat(),
        "topic": f"  {one['topic']} ",
        "sentiment_score": 12.340001,
        "intent": None,
    }
    assert importing.digest(read(one)) == importing.digest(read(other))
    pairs = [
        (records.agent(1, queues=["a", "b"]), records.agent(1, queues=["b", "a", "a"])),
        (metric(attribute="x"), metric(attribute=["x"])),
        (records.evaluation(1, 1, 0, 1), records.evaluation(1, 1.0, -0.0, 1.00001 - 0.00001)),
    ]
    for left, right in pairs:
        assert importing.digest(read(left)) == importing.digest(read(right))


def test_other_content_has_another_digest() -> None:
    spelled = [
        records.conversation(1),
        records.conversation(2),
        records.conversation(1, topic=None),
        records.evaluation(1, 1, 1, 0.3333),
        records.evaluation(1, 1, 1, 0.3334),
        records.evaluation(1, 1, 1, None),
    ]
    assert len({importing.digest(read(one)) for one in spelled}) == len(spelled)


def test_moving_a_record_moves_every_time_in_it() -> None:
    line = json.dumps(records.conversation(1)).encode()
    here, there = importing.read(line), importing.read(line, days=-3)
    assert isinstance(here, importing.ConversationRecord)
    assert isinstance(there, importing.ConversationRecord)
    by = dt.timedelta(days=3)
    assert there.started_at + by == here.started_at
    assert there.ended_at + by == here.ended_at
    assert [part.at + by for part in there.messages] == [part.at for part in here.messages]
    evaluation = json.dumps(records.evaluation(1)).encode()
    moved = importing.read(evaluation, days=1)
    assert isinstance(moved, importing.EvaluationRecord)
    assert moved.evaluated_at.isoformat() == "2026-03-02T23:00:00+00:00"
