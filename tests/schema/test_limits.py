"""Documents that are too large are refused before they are validated, and others are not."""

import dataclasses
from typing import Any

import pytest
from graphql import GraphQLError, GraphQLSyntaxError, parse

from schema import limits, root
from schema.limits import EXCEEDED, Limits
from schema.view import CALLERS
from server import operations

LARGE = Limits(**{field.name: 1_000 for field in dataclasses.fields(Limits)})


def refusal(text: str, **most: Any) -> str:
    """What is said of a document beyond these limits; nothing where it is within them."""
    try:
        limits.check(parse(text), dataclasses.replace(LARGE, **most))
    except GraphQLError as error:
        return f"{(error.extensions or {})['code']}: {error.message}"
    return ""


EXACT: dict[str, tuple[str, int, str]] = {
    "depth": ("{ a { b { c } } }", 3, "levels of fields"),
    "depth through fragments": ("{ a { ...F } } fragment F on A { b { c } }", 3, "levels"),
    "depth of a fragment that nothing spreads": ("{ a } fragment F on A { b { c } }", 2, "levels"),
    "aliases": ("{ x: a y: a ... { z: a } } fragment F on A { v: a }", 4, "aliases"),
    "directives": (
        "query($v: Int @d) @d { a @d ... @d { b } ...F @d } fragment F on A @d { a }",
        6,
        "directives",
    ),
    "root_fields": ("{ a ...F ... { b } } fragment F on Q { c d { e } }", 4, "at the root"),
    "definitions": ("query A { a } query B { a } fragment F on Q { a }", 3, "definitions"),
    "spreads": ("{ ...F ...F a { ...F } } fragment F on Q { a }", 3, "fragment spreads"),
    "fields": ("{ a { ...F } b { ...F } } fragment F on A { c d }", 8, "fragments counted in"),
    "repeats": ("{ a a a b }", 3, "side by side"),
    "repeats by alias": ("{ x: a x: b y: a }", 1, "side by side"),
    "repeats of merged selections": ("{ a { b } a { b } }", 2, "side by side"),
    "repeats through fragments": ("{ b ...F ...G } fragment F on Q { b } fragment G on Q { b }", 3,
                                  "side by side"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "most", "said"), EXACT.values(), ids=EXACT)
def test_a_limit_is_exact(text: str, most: int, said: str, request: pytest.FixtureRequest):
    name = request.node.callspec.id.partition(" ")[0]
    assert refusal(text, **{name: most}) == ""
    message = refusal(text, **{name: most - 1})
    assert message.startswith(f"{EXCEEDED}: ")
    assert said in message


@pytest.mark.parametrize(
    "text",
    [
        "{ ...F } fragment F on Q { ...F }",
        "{ a { ...F } } fragment F on A { b { ...F } c }",
        "{ ...F } fragment F on Q { a { ...G } } fragment G on A { b { ...F } }",
        "{ ...Nothing } fragment F on Q { ...Nothing }",
    ],
)
def test_fragments_in_circles_and_unknown_ones_are_left_to_validation(text: str):
    assert refusal(text) == ""


def test_a_fragment_counts_wherever_it_is_spread_however_often_they_double():
    links = "".join(
        f" fragment F{n} on A {{ a {{ ...F{n + 1} }} b {{ ...F{n + 1} }} }}" for n in range(40)
    )
    text = f"{{ ...F0 }}{links} fragment F40 on A {{ c }}"
    assert "fields, fragments counted in" in refusal(text)


def test_tokens_are_counted_while_parsing():
    view = root.build(Limits(tokens=10)).of(CALLERS["qa"])
    assert view.document("{ viewer { name email role } }").errors == []
    with pytest.raises(GraphQLSyntaxError, match="more than 10 tokens"):
        view.document("{ viewer { name email role name name name } }")


@pytest.mark.parametrize("name", operations.names())
def test_the_products_own_operations_have_a_fifth_of_what_is_allowed_at_most(name: str):
    allowed = {f.name: max(getattr(Limits(), f.name) // 5, 8) for f in dataclasses.fields(Limits)}
    parsed = parse(operations.text(name), max_tokens=allowed["tokens"])
    limits.check(parsed, Limits(**{**allowed, "depth": Limits().depth}))


SLOW = {
    "connections, repeated": "{ " + "agents(first: 1) { nodes { id } } " * 60 + "}",
    "a leaf, repeated": "{ viewer { " + "name " * 500 + "} }",
    "chained fragments": "{ ...F0 }"
    + "".join(f" fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(60)),
    "fragments side by side": "{ viewer { "
    + " ".join(f"...F{n}" for n in range(49))
    + " } }"
    + "".join(f" fragment F{n} on Viewer {{ name email role }}" for n in range(49)),
}
"""What takes longest to validate for its length (`benchmarks/worst_documents.py`)."""


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_what_is_slow_to_validate_is_refused_before(text: str):
    view = root.build().of(CALLERS["qa"])
    with pytest.raises(GraphQLError) as caught:
        view.document(text)
    assert caught.value.extensions == {"code": EXCEEDED}


def test_validation_ends_after_ten_errors():
    view = root.build().of(CALLERS["qa"])
    text = "{ " + " ".join(f"assignment{n}" for n in range(40)) + " }"
    assert len(view.document(text).errors) == 11  # the last says that it ended
