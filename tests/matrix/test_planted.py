"""The matrix would notice: an omission of each sort is planted, and found."""

from typing import Any

import pytest
from graphql import GraphQLField, GraphQLString

import models
from auth import scope
from models.base import Base
from schema import root
from tests.hidden import VIEWS
from tests.matrix import asked, scenery
from tests.matrix.kinds import KINDS
from tests.matrix.test_view_matrix import differences, omissions, whole
from tests.world import World


def test_a_field_without_a_decision_is_named():
    views = root.build()
    planted: Any = whole(views).type_map["Assignment"]
    planted.fields["mood"] = GraphQLField(GraphQLString)
    assert omissions(views) == [
        "Assignment.mood has no decision: say in tests/matrix/decisions.py who sees it."
    ]


def test_a_mutation_without_a_decision_is_named():
    views = root.build()
    writes: Any = whole(views).mutation_type
    writes.fields["deleteAssignment"] = GraphQLField(GraphQLString)
    assert [each.partition(" ")[0] for each in omissions(views)] == ["Mutation.deleteAssignment"]


def test_a_decision_about_a_field_that_is_gone_is_named():
    views = root.build()
    changed: Any = whole(views).type_map["Assignment"]
    del changed.fields["strengths"]
    (sentence,) = omissions(views)
    assert sentence.startswith("Assignment.strengths is decided, but there is no such field")


@pytest.mark.parametrize(
    ("type_name", "name", "viewer"),
    [
        ("Assignment", "group", "agent"),
        ("Assignment", "progress", "partner who reads coaching"),
        ("Agent", "queues", "agent without permissions"),
        ("Dispute", "auditors", "partner who reads coaching"),
        ("Query", "conversations", "agent"),
        ("Mutation", "respondToEvaluation", "supervisor of one queue"),
        ("Mutation", "updateWorkspace", "supervisor of one queue"),
    ],
)
def test_a_permission_class_that_is_taken_off_a_field_is_found(
    type_name: str, name: str, viewer: str
):
    views = root.build()
    changed: Any = whole(views).type_map[type_name]
    changed.fields[name].extensions = {}
    cell = f"{type_name}.{name} for {viewer}: decided "
    assert [each for each in differences(views) if each.startswith(cell)]


RULED: dict[type[Base], str] = {
    models.Agent: "Agent",
    models.Assignment: "Assignment",
    models.AssignmentConversation: "AssignmentConversation",
    models.BestResponse: "BestResponse",
    models.Bookmark: "Bookmark",
    models.CoachingGroup: "CoachingGroup",
    models.Conversation: "Conversation",
    models.Dispute: "Dispute",
    models.Evaluation: "Evaluation",
    models.Example: "Example",
    models.Mark: "Mark",
    models.Queue: "Queue",
}
"""Tables whose rule says more than the workspace, and the sort of rows that would be out."""

OF_STAFF = {"Bookmark", "CoachingGroup", "Queue"}
"""Sorts that agents don't look for."""


async def test_a_rule_of_reach_that_is_dropped_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    stage = await scenery.build(world)
    kinds = {kind.name: kind for kind in KINDS}
    missed = []
    for model, sort in RULED.items():
        verdicts = asked.Verdicts()
        with monkeypatch.context() as patch:
            patch.setitem(scope._RULES, model, lambda _viewer: ())  # noqa: SLF001
            staff, agent = "supervisor with QA functionalities", "agent with all permissions"
            name = staff if sort in OF_STAFF else agent
            client = await stage.enter(kinds[name])
            await asked.Asked(stage, whole(VIEWS), kinds[name], client, verdicts).rows()
        if not any(each.startswith(f"{sort} for ") for each in verdicts.wrong):
            missed.append(sort)
    # On PostgreSQL the database still keeps from agents what the application forgets.
    walled = world.database.engine.dialect.name == "postgresql"
    assert missed == ([sort for sort in RULED.values() if sort not in OF_STAFF] if walled else [])
