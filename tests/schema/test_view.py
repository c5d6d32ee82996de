"""What a view hides never existed: not in its introspection, its SDL, its errors, its answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLError,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values
from snapshottest.pytest import PyTestSnapshotTest

from auth import permissions
from schema.view import CALLERS, NAMES
from tests.hidden import (
    INTROSPECTION,
    SCHEMAS,
    TOP,
    VIEWS,
    Use,
    call,
    elements,
    hidden,
    is_stripped,
    of,
    paths,
    selected,
    uses_of,
)

FOLDER = Path(__file__).parents[2] / "graphql"
WORDS = re.compile(r"group|candidate|dispatch|member", re.IGNORECASE)


def introspection(name: str) -> str:
    found = of(name).execute_sync(INTROSPECTION)
    assert found.errors is None
    return json.dumps(found.data)


def test_neither_introspection_nor_sdl_of_an_agent_holds_a_word_of_groups():
    assert not WORDS.findall(introspection("agent"))
    assert not WORDS.findall(VIEWS.sdl("agent"))


@pytest.mark.parametrize("name", ["supervisor", "partner"])
def test_without_qa_functionalities_the_only_groups_are_teams(name: str):
    """Whatever says group is a name that begins with `agentGroup`, or describes that type."""
    sdl = VIEWS.sdl(name)
    described = SCHEMAS[name].type_map["AgentGroup"].description
    assert described
    for text in (sdl, introspection(name)):
        rest = re.sub(r"\b[aA]gentGroup\w*", "", text.replace(described, ""))
        assert not WORDS.findall(rest)


def test_those_who_manage_coaching_do_see_groups():
    assert WORDS.search(introspection("qa").replace("AgentGroup", ""))


@pytest.mark.parametrize("name", CALLERS)
def test_permission_classes_and_guards_appear_nowhere(name: str):
    told = VIEWS.sdl(name) + introspection(name)
    names = [need.__name__ for need in permissions.ALL] + ["@guard", "Guard"]
    assert [each for each in names if re.search(rf"\b{each}\b", told)] == []
    assert set(re.findall(r"@\w+", VIEWS.sdl(name))) <= {"@oneOf"}


def test_each_role_has_its_own_word_for_coaching_that_was_not_begun():
    theirs = {"agent": "START_COACHING", "supervisor": "YET_TO_START", "qa": "YET_TO_START"}
    for name, word in {**theirs, "partner": "YET_TO_START"}.items():
        status: Any = SCHEMAS[name].type_map["AssignmentStatus"]
        assert {"START_COACHING", "YET_TO_START"} & set(status.values) == {word}


def test_everything_has_a_description():
    assert [at for at, element in elements(TOP) if not (element.description or "").strip()] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_files_in_graphql_are_what_the_code_says(name: str):
    committed = (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
    assert committed == VIEWS.sdl(name), "run `coaching sdl --write graphql`"


@pytest.mark.parametrize("name", NAMES)
def test_a_change_of_a_view_shows_in_its_snapshot(name: str, snapshot: PyTestSnapshotTest):
    snapshot.assert_match(VIEWS.sdl(name), f"sdl of {name}")


ABSENT = [
    pytest.param(name, use, id=f"{name} {at} {number}")
    for name in ("agent", "supervisor", "partner")
    for at in hidden(name)
    if not is_stripped(name, at)
    for number, use in enumerate(uses_of(SCHEMAS[name], at))
]
STRIPPED = [
    pytest.param(name, at, id=f"{name} {at}")
    for name in ("agent", "supervisor", "partner")
    for at in hidden(name)
    if is_stripped(name, at)
]


async def answered(name: str, use: Use) -> Any:
    """What a view says to a document: errors, or data where it runs at all."""
    found = await of(name).execute(use.text, variable_values=dict(use.variables))
    errors = found.errors or []
    assert all(isinstance(e.original_error, GraphQLError | None) for e in errors), "a fault"
    return [error.formatted for error in errors] or found.data


def on_its_own(name: str, use: Use) -> list[str]:
    """Messages of graphql-core itself on a schema of nothing but the view's SDL."""
    schema, document = SCHEMAS[name], parse(use.text)
    if errors := validate(schema, document):
        return [error.message for error in errors]
    (operation,) = document.definitions
    declared = getattr(operation, "variable_definitions", ()) or ()
    values = get_variable_values(schema, declared, dict(use.variables))
    return [error.message for error in values] if isinstance(values, list) else []


SUGGESTION = re.compile(r" Did you mean .*?\?")


def blurred(answer: Any) -> str:
    """Without suggestions: which visible names look alike depends on the name that was sent."""
    return SUGGESTION.sub("", json.dumps(answer))


def test_there_are_hidden_elements_of_every_kind():
    uses: list[Any] = [param.values[1] for param in ABSENT if param.values[0] == "agent"]
    assert {"CoachingGroup", "Query.agentGroups", "Query.coachingGroup"} <= {u.at for u in uses}
    assert {"AssignmentFilter.coachingType", "AssignmentStatus.YET_TO_START"} <= {
        use.at for use in uses if use.variables
    }
    assert len(STRIPPED) > 5


@pytest.mark.parametrize(("name", "use"), ABSENT)
async def test_a_hidden_name_is_answered_like_one_that_never_existed(name: str, use: Use):
    never = "Zq" + "x" * (len(use.name) - 2)
    found = await answered(name, use)
    other = await answered(name, use.renamed(never))
    assert blurred(found).replace(use.name, never) == blurred(other)
    assert not isinstance(found, list) or found


@pytest.mark.parametrize(("name", "use"), ABSENT)
async def test_to_a_hidden_name_a_view_says_word_for_word_what_its_sdl_alone_says(
    name: str, use: Use
):
    found = await answered(name, use)
    expected = on_its_own(name, use)
    assert expected == ([e["message"] for e in found] if isinstance(found, list) else [])
    if "__type(" in use.text:
        assert found == {"__type": None}


@pytest.mark.parametrize(("name", "at"), STRIPPED)
async def test_a_stripped_field_may_be_carried_and_answers_null_or_an_empty_list(
    name: str, at: str
):
    type_name, field_name = at.split(".")
    kind: Any = TOP.type_map[type_name]
    field = kind.fields[field_name]
    chosen = call(field_name, field) + selected(field)
    document = of(name).document(paths(SCHEMAS[name])[type_name] % chosen)
    assert document.errors == []
    ghost = of(name)._view.ghosts[type_name, field_name]  # noqa: SLF001 - nobody else may ask
    assert ghost.resolve
    info: Any = None
    assert ghost.resolve(None, info) == ([] if str(field.type).startswith("[") else None)


@pytest.mark.parametrize("name", ["agent", "supervisor", "partner"])
def test_a_slip_in_any_name_is_never_answered_with_a_hidden_one(name: str):
    """Every name of the whole schema, with a letter lost, where names of its kind go."""
    view = SCHEMAS[name]
    known = {part for at, _ in elements(view) for part in re.findall(r"\w+", at)}
    secret = {part for at, _ in elements(TOP) for part in re.findall(r"\w+", at)} - known
    assert secret
    spoken = told(name, "Zq")  # words of the sentences themselves
    for each in secret:
        slip = each[:-1]
        assert not secret & told(name, slip) - spoken - {slip}


def told(name: str, slip: str) -> set[str]:
    """The words of a view's answers to documents with this name everywhere."""
    texts = [path % slip for path in paths(SCHEMAS[name]).values()]
    texts += [
        f'{{ node(id: "x") {{ ... on {slip} {{ id }} }} }}',
        f"query($v: {slip}) {{ assignments(first: 1, {slip}: $v) {{ totalCount }} }}",
        f"{{ assignments(first: 1, filter: {{{slip}: 1}}) {{ totalCount }} }}",
        f"{{ assignments(first: 1, filter: {{statuses: {slip}}}) {{ totalCount }} }}",
    ]
    errors = (error for text in texts for error in of(name).document(text).errors)
    return {word for error in errors for word in re.findall(r"\w+", error.message)}
