"""One document serves every kind of viewer: stripped fields are carried, and answer nothing."""

import enum
import re
from typing import Any

import pytest
import strawberry
from graphql import ExecutionResult, GraphQLError, build_schema, execute_sync, parse, validate
from hypothesis import given
from hypothesis import strategies as st

from auth.permissions import Needs
from schema import root
from schema.document import MOST_ERRORS, prepare
from schema.guard import guarded
from schema.projection import project
from schema.row import locked
from schema.view import CALLERS

VIEWS = root.build()
AGENTS = VIEWS.of(CALLERS["agent"])
HIDDEN = re.compile(r"group|candidate|dispatch|member", re.IGNORECASE)


def messages(text: str) -> list[str]:
    """The errors that an agent's document is answered with."""
    return [error.message for error in AGENTS.document(text).errors]


def on_assignment(selection: str, *, variables: str = "", fragments: str = "") -> str:
    """A document that selects from an assignment."""
    chosen = f"... on Assignment {{ {selection} }}"
    return f'query Q{variables} {{ node(id: "x") {{ {chosen} }} }}{fragments}'


ON_GROUP = " fragment OnGroup on CoachingGroup { id state ...Deeper }"
DEEPER = " fragment Deeper on CoachingGroup { members { id } }"

FINE = {
    "a selection": on_assignment("group { id name state members { agentGroup { name } } }"),
    "a leaf": on_assignment("coachingType"),
    "an alias": on_assignment("a: group { id } b: group { name } c: coachingType"),
    "__typename": on_assignment("group { __typename }"),
    "an inline fragment": on_assignment("group { ... on CoachingGroup { state } ... { id } }"),
    "an interface below": on_assignment("group { ... on AssignedCoaching { coachingType } }"),
    "a named fragment": on_assignment("group { ...OnGroup }", fragments=ON_GROUP + DEEPER),
    "one fragment in two places": on_assignment(
        "group { ...OnGroup } x: group { ...OnGroup }", fragments=ON_GROUP + DEEPER
    ),
    "a fragment with a stripped field": on_assignment(
        "...F", fragments=" fragment F on Assignment { id group { id } }"
    ),
    "a fragment that is shared with a visible place": on_assignment(
        "agent { ...A } group { members { ...A } }", fragments=" fragment A on Agent { name }"
    ),
    "an argument": on_assignment("group { agentAssignments(first: 3) { totalCount } }"),
    "a variable": on_assignment(
        "group { agentAssignments(first: $n) { totalCount } }", variables="($n: Int)"
    ),
    "a variable that is shared with a visible place": on_assignment(
        """agentAssignments(first: $n) { totalCount }
           group { agentAssignments(first: $n) { totalCount } }""",
        variables="($n: Int)",
    ),
    "a variable in a fragment below": on_assignment(
        "group { ...F }",
        variables="($n: Int)",
        fragments=" fragment F on CoachingGroup { agentAssignments(first: $n) { totalCount } }",
    ),
    "@include on it": on_assignment("group @include(if: $b) { id }", variables="($b: Boolean!)"),
    "@skip below": on_assignment("group { id @skip(if: $b) }", variables="($b: Boolean!)"),
    "@include on a fragment below": on_assignment(
        "group { ...OnGroup @include(if: $b) }",
        variables="($b: Boolean!)",
        fragments=ON_GROUP + DEEPER,
    ),
    "@include around it": on_assignment(
        "... @include(if: $b) { group { id } }", variables="($b: Boolean!)"
    ),
    "the same field under two types": """{ node(id: "x") {
        ... on Assignment { x: group { id } } ... on Conversation { x: agent { id } } } }""",
    "a variable of two operations, which one uses visibly": """
        query A($n: Int) { node(id: "x") { ... on Assignment {
            group { agentAssignments(first: $n) { totalCount } } } } }
        query B($n: Int) { assignments(first: $n) { totalCount } }""",
    "a fragment of two operations, which one uses visibly": """
        query A { node(id: "x") { ... on Assignment { group { members { ...P } } } } }
        query B { viewer { agent { ...P } } }
        fragment P on Agent { name }""",
    "a variable below in each of two operations": """
        query A($n: Int) { node(id: "x") { ...F } }
        query B($n: Int) { node(id: "y") { ...F } }
        fragment F on Assignment { group { agentAssignments(first: $n) { totalCount } } }""",
    "a list": '{ node(id: "x") { ... on Conversation { assignments { id name } } } }',
    "a list below a visible one": "{ assignments(first: 1) { nodes { coachingType } } }",
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_an_agent_may_send_a_stripped_field_with(text: str):
    assert messages(text) == []
    assert not HIDDEN.search(str(AGENTS.document(text).executable.to_dict()).replace("'group'", ""))


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_those_who_see_groups_send_the_same_document(text: str):
    assert VIEWS.of(CALLERS["qa"]).document(text).errors == []


WRONG_BELOW = {
    "an unknown field": on_assignment("group { nothing }"),
    "a field that is nearly right": on_assignment("group { member { id } }"),
    "no selection": on_assignment("group"),
    "a selection of a leaf": on_assignment("coachingType { id }"),
    "an unknown argument": on_assignment("group(dispatched: true) { id }"),
    "a wrong value": on_assignment('group { agentAssignments(first: "x") { totalCount } }'),
    "a wrong variable": on_assignment(
        "group { agentAssignments(first: $s) { totalCount } }", variables="($s: String)"
    ),
    "an undeclared variable": on_assignment("group { agentAssignments(first: $n) { totalCount } }"),
    "an unknown type": on_assignment("group { ... on CoachingGroop { id } }"),
    "an impossible type": on_assignment("group { ... on Queue { id } }"),
    "an error in a fragment": on_assignment(
        "group { ...F }", fragments=" fragment F on CoachingGroup { nothing }"
    ),
    "a fragment cycle": on_assignment(
        "group { ...F }", fragments=" fragment F on CoachingGroup { ...F }"
    ),
    "an unknown fragment": on_assignment("group { ...F }"),
    "a variable of an unknown type": on_assignment(
        "group { id @include(if: $b) }", variables="($b: Nothing!)"
    ),
    "arguments that conflict": on_assignment(
        """group { agentAssignments(first: 1) { totalCount } }
           group { agentAssignments(first: 2) { totalCount } }"""
    ),
}


@pytest.mark.parametrize("text", WRONG_BELOW.values(), ids=WRONG_BELOW)
def test_what_is_wrong_below_is_refused_in_words_that_name_nothing_hidden(text: str):
    field = "coachingType" if "coachingType" in text else "group"
    found = AGENTS.document(text).errors
    assert {error.message for error in found} == {f"The selection of '{field}' is not valid."}
    assert all(error.extensions == {"code": "GRAPHQL_VALIDATION_FAILED"} for error in found)


def test_only_the_stripped_field_that_is_wrong_is_named():
    text = on_assignment("group { id } agent { agentGroup { nothing } queues { id } }")
    assert messages(text) == ["The selection of 'agentGroup' is not valid."]


UNUSED = {
    "variable": (
        on_assignment("group { id }", variables="($n: Int)"),
        "Variable '$n' is never used in operation 'Q'.",
    ),
    "variable that another operation uses below": (
        """query A($n: Int) { viewer { name } }
           query B($n: Int) { node(id: "x") { ... on Assignment {
                group { agentAssignments(first: $n) { totalCount } } } } }""",
        "Variable '$n' is never used in operation 'A'.",
    ),
    "fragment": (
        on_assignment("group { id }", fragments=" fragment F on Agent { id }"),
        "Fragment 'F' is never used.",
    ),
    "fragment that only an unused fragment uses below": (
        on_assignment(
            "group { id }",
            fragments=" fragment F on Assignment { group { members { ...G } } }"
            " fragment G on Agent { id }",
        ),
        "Fragment 'F' is never used.",
    ),
}


@pytest.mark.parametrize(("text", "message"), UNUSED.values(), ids=UNUSED)
def test_what_was_never_used_stays_an_error(text: str, message: str):
    assert message in messages(text)


@pytest.mark.parametrize(
    "text",
    [
        on_assignment("group { ...F } ...F", fragments=" fragment F on CoachingGroup { id }"),
        on_assignment("group { id } ... on CoachingGroup { id }"),
    ],
)
def test_a_fragment_on_a_hidden_type_has_no_place_but_below(text: str):
    assert messages(text) == ["Unknown type 'CoachingGroup'."]
    renamed = text.replace("CoachingGroup", "NeverExisted1")
    assert messages(renamed) == ["Unknown type 'NeverExisted1'."]


class Strips(Needs):
    """Stripped for all callers of these tests."""

    stripped = True


class Hides(Needs):
    """Absent for all callers of these tests."""


@strawberry.enum(directives=[guarded(Hides)])
class Secret(enum.Enum):
    ONE = "one"


@strawberry.type
class Query:
    seen: int = 1

    @strawberry.field(extensions=locked(Strips))  # type: ignore[untyped-decorator]
    def stripped(self, by: Secret) -> int | None:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("query($s: Secret!) { seen stripped(by: $s) }", []),
        ("query($s: Secret! = ONE) { seen stripped(by: $s) }", []),
        ("{ seen stripped(by: ONE) }", []),
        ("query($s: Secret!) { seen ...F } fragment F on Query { stripped(by: $s) }", []),
        (
            "query($s: Secret! = TWO) { stripped(by: $s) }",
            ["The selection of 'stripped' is not valid."],
        ),
        ("{ stripped(by: OEN) }", ["The selection of 'stripped' is not valid."]),
        ("query($s: Secret) { seen }", ["Variable '$s' is never used.", "Unknown type 'Secret'."]),
    ],
)
def test_a_variable_of_a_hidden_type_is_let_through_only_where_it_is_used_below(
    text: str, expected: list[str]
):
    whole = strawberry.Schema(Query)._schema  # noqa: SLF001 - there is no other door
    view = project(whole, frozenset[type[Needs]]().__contains__)
    found = prepare(view, whole, parse(text))
    assert [error.message for error in found.errors] == expected
    if not expected:
        answer = execute_sync(view, found.executable, Query(), variable_values={"s": "NONSENSE"})
        assert answer == ExecutionResult({"seen": 1, "stripped": None}, None)


def test_the_errors_of_a_document_are_those_of_the_view_while_it_has_any():
    assert messages(on_assignment("nothing group { nothing }")) == [
        "Cannot query field 'nothing' on type 'Assignment'."
    ]


ALONE = build_schema(AGENTS.as_str())
"""A schema with nothing but what the agent's view has: in it the hidden never existed."""

NAMES = st.sampled_from(
    [
        "id",
        "name",
        "node",
        "nodes",
        "viewer",
        "agent",
        "agentId",
        "workspace",
        "strengths",
        "areas",
        "status",
        "conversations",
        "transcript",
        "text",
        "edges",
        "cursor",
        "pageInfo",
        "totalCount",
        "__typename",
        "nothing",
        "members",
        "state",
    ]
)
TYPES = st.sampled_from(
    [
        "Query",
        "Node",
        "Agent",
        "Assignment",
        "AssignedCoaching",
        "Conversation",
        "CoachingGroup",
        "Nothing",
    ]
)
ARGUMENTS = st.sampled_from(
    ["", "", '(id: "x")', "(first: 1)", "(first: $v)", "(id: $v)", "(nothing: 1)", "(ids: [])"]
)
DIRECTIVES = st.sampled_from(["", "", "", " @include(if: true)", " @skip(if: $v)", " @nothing"])


def selections(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    below = st.one_of(st.just(""), inner.map(lambda s: f" {{ {s} }}"))
    alias = st.sampled_from(["", "", "a: "])
    field = st.builds("{}{}{}{}{}".format, alias, NAMES, ARGUMENTS, DIRECTIVES, below)
    inline = st.builds("... on {}{} {{ {} }}".format, TYPES, DIRECTIVES, inner)
    return st.lists(st.one_of(field, field, inline, st.just("...F")), min_size=1, max_size=3).map(
        " ".join
    )


SELECTIONS = st.recursive(NAMES, selections, max_leaves=12)
DOCUMENTS = st.builds(
    "{} {{ {} }}{}".format,
    st.sampled_from(["query", "query Q($v: Int)", "query ($v: ID!)", "mutation", "query ($v: No)"]),
    SELECTIONS,
    st.one_of(st.just(""), st.builds(" fragment F on {} {{ {} }}".format, TYPES, SELECTIONS)),
)


def plain(errors: list[GraphQLError]) -> list[Any]:
    return [(error.message, error.locations) for error in errors]


@given(DOCUMENTS)
def test_without_stripped_fields_the_errors_are_those_of_a_schema_that_never_had_them(text: str):
    parsed = parse(text)
    assert plain(AGENTS.document(text).errors) == plain(
        validate(ALONE, parsed, max_errors=MOST_ERRORS)
    )
