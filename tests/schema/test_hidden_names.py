"""What any view hides gives the answer of a name that never existed, in every position.

For all kinds of callers; what their views have to say in every position at once is in
`test_view.py`, for the views that have a name.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    is_specified_directive,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from schema.guard import Guard
from schema.projection import project
from tests.hidden import (
    INTROSPECTION,
    KINDS,
    TOP,
    VIEWS,
    Use,
    alone,
    call,
    elements,
    hidden,
    is_stripped,
    literal,
    of,
    paths,
    selected,
    uses_of,
)

NEVER = "Zq"
SUGGESTION = re.compile(r" Did you mean .*?\?")
IDENTIFIER = re.compile(r"`(\w+)`|\b([a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|[A-Z]+_\w+)\b")
SAME_AS_NEVER = """{{ __type(name: "{0}") {{ name }} }}
fragment F on {0} {{ __typename }} {{ node(id: "x") {{ ...F }} }}
query($v: [{0}!]!) {{ viewer {{ name }} }}
{{ viewer {{ ... on {0} {{ __typename }} }} }}
{{ viewer {{ name @{0} }} }}
{{ viewer {{ name @include({0}: true) }} }}
query($v: Int = {0}) {{ viewer {{ name }} }}
query($v: [ID!] = [{{{0}: 1}}]) {{ nodes(ids: $v) {{ id }} }}
{{ {0} }}
{{ a: {0}(id: "x") {{ id }} }}
{{ viewer {{ {0} }} }}
{{ node({0}: "x") {{ id }} }}
mutation {{ {0}(input: {{}}) {{ errors {{ code }} }} }}
subscription {{ {0} {{ id }} }}""".splitlines()


def never(name: str) -> str:
    """A name as long as this one, that never existed."""
    return NEVER + "x" * (len(name) - len(NEVER))


def near(name: str, number: int) -> str:
    """The name with a slip in it, of four kinds by turns."""
    slips = (name[:-1], f"{name}s", name[1:] or name, name[:1] + name[2:] + name[1:2])
    return slips[number % len(slips)]


def told(kind: str, text: str, variables: Any = ()) -> list[Any]:
    """The errors that a view has about a document, or what it says where it has none."""
    if found := of(kind).prepare(text).errors:
        return [error.formatted for error in found]
    answer = asyncio.run(of(kind).execute(text, variable_values=dict(variables)))
    return [error.formatted for error in answer.errors or ()] or [{"message": str(answer.data)}]


def on_its_own(kind: str, text: str, variables: Any = ()) -> list[str]:
    """Messages of graphql-core itself on a schema in which the hidden never existed."""
    schema, document = alone(kind), parse(text)
    if errors := validate(schema, document, max_errors=10):
        return [error.message for error in errors]
    declared = getattr(document.definitions[-1], "variable_definitions", ()) or ()
    values = get_variable_values(schema, declared, dict(variables))
    return [error.message for error in values] if isinstance(values, list) else []


def blurred(answer: Any) -> str:
    """Without suggestions: which visible names look alike depends on the name that was sent."""
    return SUGGESTION.sub("", json.dumps(answer))


def more_uses(kind: str, at: str) -> Iterator[Use]:
    """Where else an element may stand: under an alias, in a fragment, in a variable's default."""
    yield from uses_of(alone(kind), at)
    type_name, _, rest = at.partition(".")
    declared: Any = TOP.type_map[type_name]
    name = rest.rstrip(":)").partition("(")[0]
    match declared:
        case _ if not rest:
            yield Use(at, type_name, f"query($v: [{type_name}!]) {{ viewer {{ name }} }}")
            yield Use(at, type_name, f"fragment F on {type_name} {{ __typename }} {{ ...F }}")
        case GraphQLEnumType():
            yield Use(at, name, f"query($v: {type_name} = {name}) {{ viewer {{ name }} }}")
        case GraphQLInputObjectType():
            value = f"{{{name}: {literal(declared.fields[name].type)}}}"
            yield Use(at, name, f"query($v: {type_name} = {value}) {{ viewer {{ name }} }}")
        case _ if "(" not in at:
            field = declared.fields[name]
            chosen = call(name, field) + selected(field)
            path = paths(alone(kind))[type_name]
            yield Use(at, name, path % f"a: {chosen} b: {chosen}")
            inside = f"fragment F on {type_name} {{ {chosen} }} "
            yield Use(at, name, inside + path % "...F")


def absent(kind: str, turn: int) -> Iterator[Use]:
    """One use of every element that a view does not have: each has all its uses in some view."""
    first = list(KINDS).index(kind) + turn
    ways = paths(alone(kind))
    for number, at in enumerate(each for each in hidden(kind) if not is_stripped(kind, each)):
        way = ways.get(at.partition(".")[0], "")
        # Renamed must be the element only, and not a visible one of its name on the way to it.
        uses = [u for u in more_uses(kind, at) if not re.search(rf"\b{u.name}\b", way)]
        if uses:
            yield uses[(first + number) % len(uses)]


def secret(kind: str) -> set[str]:
    """Names that the whole schema has, and the view does not."""
    known = {part for at, _ in elements(alone(kind)) for part in re.findall(r"\w+", at)}
    return {part for at, _ in elements(TOP) for part in re.findall(r"\w+", at)} - known


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_name_is_answered_like_one_that_never_existed(kind: str):
    for use in absent(kind, 0):
        found = told(kind, use.text, use.variables)
        other = use.renamed(never(use.name))
        expected = told(kind, other.text, other.variables)
        assert blurred(found) == blurred(expected).replace(other.name, use.name), use.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_in_a_hidden_name_is_answered_as_if_nothing_were_hidden(kind: str):
    """Suggestions are those of a schema in which the hidden never existed."""
    for number, use in enumerate(absent(kind, 1)):
        slip = use.renamed(near(use.name, number))
        if "__type(" not in slip.text:
            expected = on_its_own(kind, slip.text, slip.variables)
            assert [e["message"] for e in told(kind, slip.text, slip.variables)] == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_secret_name_is_answered_the_same_wherever_it_does_not_belong(kind: str):
    """By turns: every position has many names, and every name most positions in some view."""
    for number, name in enumerate(sorted(secret(kind)), start=list(KINDS).index(kind)):
        text = SAME_AS_NEVER[number % len(SAME_AS_NEVER)]
        expected = blurred(told(kind, text.format(never(name)))).replace(never(name), name)
        assert blurred(told(kind, text.format(name))) == expected, text.format(name)


@pytest.mark.parametrize("kind", KINDS)
def test_stripped_fields_answer_nothing_and_show_nowhere(kind: str):
    view = of(kind)._view  # noqa: SLF001 - nobody else may ask
    for number, at in enumerate(each for each in hidden(kind) if is_stripped(kind, each)):
        type_name, name = at.split(".")
        above: Any = TOP.type_map[type_name]
        field = above.fields[name]
        path = paths(alone(kind))[type_name]
        assert told(kind, f'{{ __type(name: "{type_name}") {{ fields {{ name }} }} }}') != []
        assert name not in view.type_map[type_name].fields  # type: ignore[attr-defined]
        carried = of(kind).prepare(path % (call(name, field) + selected(field)))
        assert carried.errors == []
        ghost, info = view.ghosts[type_name, name], None
        assert ghost.resolve
        assert ghost.resolve(None, info) == ([] if str(field.type).startswith("[") else None)
        slip = path % near(name, number)
        assert [each["message"] for each in told(kind, slip)] == on_its_own(kind, slip)


@pytest.mark.parametrize("kind", KINDS)
def test_introspection_names_what_the_view_has_and_nothing_else(kind: str):
    """Names, descriptions, reasons of deprecation and directives."""
    answer = of(kind).execute_sync(INTROSPECTION)
    assert answer.errors is None
    hidden_names = secret(kind)
    names, sentences = _told_by(answer.data)
    assert names & hidden_names == set()
    words = {a or b for each in sentences for a, b in IDENTIFIER.findall(each)}
    assert words & hidden_names == set()
    declared = VIEWS.whole._schema.directives  # noqa: SLF001 - there is no other door
    ours = [each.name for each in declared if not is_specified_directive(each)]
    seen = {each["name"] for each in answer.data["__schema"]["directives"]}  # type: ignore[index]
    assert seen & {*ours, Guard.__name__, "guard"} == set()
    for name in (*ours, "guard"):
        text = "{{ viewer {{ name @{} }} }}"
        expected = blurred(told(kind, text.format(never(name)))).replace(never(name), name)
        assert blurred(told(kind, text.format(name))) == expected


@pytest.mark.parametrize(
    "rule",
    [
        test_a_hidden_name_is_answered_like_one_that_never_existed,
        test_a_slip_in_a_hidden_name_is_answered_as_if_nothing_were_hidden,
        test_every_secret_name_is_answered_the_same_wherever_it_does_not_belong,
    ],
)
def test_a_view_that_told_would_be_found(monkeypatch: pytest.MonkeyPatch, rule: Any):
    """With the whole schema in the place of a view's projection each of the rules is broken."""
    kind = "PARTNER COACHING_ASSIGNMENTS"
    whole = project(VIEWS.whole._schema, lambda _: True)  # noqa: SLF001 - there is no other door
    monkeypatch.setattr(of(kind), "_view", whole)
    with pytest.raises(AssertionError):
        rule(kind)


def _told_by(found: Any) -> tuple[set[str], list[str]]:
    """The names, and the sentences, in an answer to introspection."""
    names, sentences = set(), []
    waiting = [found]
    while waiting:
        match waiting.pop():
            case dict() as each if not str(each.get("name")).startswith("__"):
                names |= {each["name"]} if each.get("name") else set()
                told = (each.get("description"), each.get("deprecationReason"))
                sentences += [text for text in told if text]
                waiting += each.values()
            case list() as some:
                waiting += some
    return names, sentences
