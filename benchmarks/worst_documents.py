"""The documents that take longest to be accepted or refused, of the kinds known to be slow.

    python benchmarks/worst_documents.py

Each kind is asked for at many sizes. Shown is the one that took longest: its characters, how it
ended, the milliseconds of preparing it (the best of three), and for how many the event loop stood
still while a thread prepared it. Introspection is executed, too, as far as its cost allows.
"""

import asyncio
import gc
import itertools
import time
from collections.abc import Callable

from graphql import GraphQLError, get_introspection_query

from schema import root
from schema.limits import check_cost
from schema.view import CALLERS, View

Make = Callable[[int], str]
LONGEST = 262_144
"""Characters: no body is longer."""
SIZES = sorted({int(1.3**power) for power in range(1, 42)})


def repeated(part: str, around: str = "{ %s }") -> Make:
    """A part, again and again; `#` in it is a number of its own."""
    return lambda size: around % " ".join(part.replace("#", str(n)) for n in range(size))


def chained(size: int) -> str:
    """Fragments that each spread the next."""
    links = [f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(size)]
    return f"{{ ...F0 }} {' '.join(links)} fragment F{size} on Query {{ viewer {{ name }} }}"


def doubling(size: int) -> str:
    """Fragments that each spread the next in two places."""
    links = [
        f"fragment F{n} on Query {{ a: viewer {{ name }} b: viewer {{ name }} ...F{n + 1} "
        f"... {{ ...F{n + 1} }} }}"
        for n in range(size)
    ]
    return f"{{ ...F0 }} {' '.join(links)} fragment F{size} on Query {{ viewer {{ name }} }}"


def side_by_side(size: int) -> str:
    """Fragments of the same fields, all spread in one place."""
    spreads = " ".join(f"...F{n}" for n in range(size))
    made = " ".join(f"fragment F{n} on Viewer {{ name email role }}" for n in range(size))
    return f"{{ viewer {{ {spreads} }} }} {made}"


def operations(size: int) -> str:
    """Operations that all come to the same fragments, with variables that none declares."""
    spreads = " ".join(f"...F{n}" for n in range(size))
    field = "agents(first: $v%d) { totalCount }"
    made = [f"query Q{n} {{ {spreads} }}" for n in range(size)]
    made += [f"fragment F{n} on Query {{ a{n}: {field % n} }}" for n in range(size)]
    return " ".join(made)


def grid(size: int) -> str:
    """Connections of one name, each with the same fields several times."""
    side = max(int(size**0.5), 1)
    inner = " ".join(["nodes { id name }"] * side)
    return "{ " + " ".join([f"agents(first: 1) {{ {inner} }}"] * side) + " }"


TYPES = "__schema { types { %s } }"
FIELDS = "a#: fields { type { fields { name type { name ofType { name } } } } }"
INTROSPECTION: dict[str, Make] = {
    "the whole schema": lambda _: get_introspection_query(),
    "the schema, aliased": repeated(FIELDS, "{ " + TYPES + " }"),
    "the schema, beside a field": repeated(
        "a#: fields { name type { name } }", "{ viewer { name } " + TYPES + " }"
    ),
}

KINDS: dict[str, Make] = {
    "a field, repeated": repeated("name", "{ viewer { %s } }"),
    "an object, repeated": repeated("viewer { name }"),
    "connections, repeated": repeated("agents(first: 1) { nodes { id } }"),
    "connections, a grid": grid,
    "aliases": repeated("a#: name", "{ viewer { %s } }"),
    "near to fields": repeated("assignment#", "{ %s }"),
    "near to types": repeated("... on CoachingGroupPayloadAssig# { id }"),
    "near to arguments": repeated("aft#: 1", "{ agents(first: 1, %s) { totalCount } }"),
    "near to members of inputs": repeated(
        "statuse#: 1", "{ assignments(first: 1, filter: { %s }) { totalCount } }"
    ),
    "near to values of enums": repeated(
        "PENDING_REVIEW#",
        "{ assignments(first: 1, filter: { statuses: [%s] }) { totalCount } }",
    ),
    "near to types, in variables": repeated(
        "$v#: CreateCoachingGroupInpt#", "query(%s) { viewer { name } }"
    ),
    "directives": repeated("name @skip(if: true)", "{ viewer { %s } }"),
    "unused variables": repeated("$v#: Int", "query(%s) { viewer { name } }"),
    "unused fragments": repeated("fragment F# on Viewer { name }", "{ viewer { name } } %s"),
    "values": repeated('"x"', "{ agents(first: 1, search: [%s]) { totalCount } }"),
    "chained fragments": chained,
    "doubling fragments": doubling,
    "fragments side by side": side_by_side,
    "operations and fragments": operations,
    "nested fragments": lambda size: "{ " + "... { " * size + "__typename" + " }" * (size + 1),
    "spaces": lambda size: "{ viewer { name } }" + " " * (size * 8),
    "comments": lambda size: "{ viewer { name } }" + "#\n" * (size * 4),
    "a block string": lambda size: '{ node(id: """' + " x\n" * (size * 2) + '""") { id } }',
    "a long name": lambda size: "{ " + "assignment" * size + " }",
    **INTROSPECTION,
}


def prepared(view: View, text: str) -> tuple[float, str]:
    """Milliseconds of preparing a document anew, and how it ended."""
    begun = time.perf_counter()
    try:
        document = view.prepare(text)
        errors = document.errors
        for cost in document.costs.values():
            check_cost(cost({}), view.limits)
    except GraphQLError as error:
        ended = f"refused: {error.message}"
    else:
        ended = f"invalid: {errors[0].message}" if errors else "accepted"
    return (time.perf_counter() - begun) * 1000, ended


def worst(view: View, make: Make) -> tuple[float, str, str]:
    """The document of a kind that takes longest: milliseconds, its text, how it ended."""
    # One by one: of some kinds the next after the longest would not fit into memory.
    texts = list(itertools.takewhile(lambda text: len(text) <= LONGEST, map(make, SIZES)))
    if make in INTROSPECTION.values():  # what takes long is what is executed
        texts = [text for text in texts if prepared(view, text)[1] == "accepted"][-3:]
    slowest = sorted(texts, key=lambda text: -prepared(view, text)[0])[:3]
    return max((*min(prepared(view, text) for _ in range(3)), text) for text in slowest)


async def asked(view: View, text: str, *, executed: bool) -> None:
    """Prepare a document beside the event loop, and execute it where that is wanted."""
    document = await view.document.soon(text)
    if executed and document.costs:
        for cost in document.costs.values():
            check_cost(cost({}), view.limits)
        await view.execute(text)


async def held(view: View, text: str, *, executed: bool) -> float:
    """Longest milliseconds between two turns of the event loop meanwhile."""
    work = asyncio.ensure_future(asked(view, text, executed=executed))
    longest, before = 0.0, time.perf_counter()
    while not work.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    work.exception()
    return longest * 1000


def main() -> None:
    """Print the table."""
    view = root.build().of(CALLERS["qa"])
    prepared(view, "{ viewer { name } }")
    asyncio.run(asked(view, get_introspection_query(), executed=True))
    gc.collect()
    gc.freeze()  # as the server does
    print(f"{'kind':28} {'chars':>7} {'ms':>7} {'held':>6}  ended")  # noqa: T201
    for kind, make in KINDS.items():
        took, ended, text = worst(view, make)
        stood = asyncio.run(held(view, text, executed=kind in INTROSPECTION))
        print(f"{kind:28} {len(text):7} {took:7.1f} {stood:6.1f}  {ended[:60]}")  # noqa: T201


if __name__ == "__main__":
    main()
