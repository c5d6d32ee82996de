"""The typed records of the mutation have the fields of the import format, and no others."""

import dataclasses
from typing import Any, get_args

import pytest

from models import importing
from schema import import_input

PARTS = {
    importing.QueueRecord: import_input.ImportNamed,
    importing.AgentRecord: import_input.ImportAgent,
    importing.FormRecord: import_input.ImportForm,
    importing.MetricPart: import_input.ImportMetric,
    importing.DisputePolicyPart: import_input.ImportDisputePolicy,
    importing.ConversationRecord: import_input.ImportConversation,
    importing.MessagePart: import_input.ImportMessage,
    importing.InsightPart: import_input.ImportInsight,
    importing.EvaluationRecord: import_input.ImportEvaluation,
    importing.AdherencePart: import_input.ImportAdherence,
}


@pytest.mark.parametrize("record", PARTS, ids=lambda each: each.__name__)
def test_an_input_has_the_fields_of_its_record(record: Any):
    fields = {each.name: each for each in dataclasses.fields(PARTS[record])}
    told = {name: each for name, each in record.model_fields.items() if name != "kind"}
    told.pop("source", None)
    assert fields.keys() == told.keys()
    for name, each in told.items():
        left_out = fields[name].default is None
        assert left_out == (not each.is_required() or type(None) in get_args(each.annotation))
