"""Why a line of an import is refused, in words for the person who sent it.

The words name fields and rules, not values: a value may be personal, and the words may end up in
somebody's log.
"""

import re

import pydantic
from pydantic_core import ErrorDetails

MOST_CLAUSES = 3
"""How many faults of one line are named; mending those usually mends the rest."""

QUOTED_LENGTH = 60

_SUBJECT = re.compile(r"^[A-Z]\w+ should ")
_AFTERTHOUGHT = re.compile(r" after validation, not .*$")
_LINE = re.compile(r" at line 1 column (\d+)$")


def of(error: pydantic.ValidationError) -> str:
    """Say what is wrong with a line."""
    details = error.errors(include_url=False, include_input=False)
    clauses = [_clause(detail) for detail in details[:MOST_CLAUSES]]
    if len(details) > MOST_CLAUSES:
        clauses.append(f"and {len(details) - MOST_CLAUSES} more")
    return "; ".join(clauses)


def path(error: pydantic.ValidationError) -> tuple[int | str, ...]:
    """Where in the record the first fault is that `of` names."""
    # The first part of a location is the kind, and a fault in a key is told of what has the key.
    return tuple(part for part in error.errors()[0]["loc"][1:] if part != "[key]")


def quoted(text: object) -> str:
    """Put something that the sender wrote between quotes."""
    return f"'{shown(text)}'"


def shown(text: object) -> str:
    """Give something that the sender wrote, short, and harmless to a terminal."""
    whole = str(text)
    short = whole if len(whole) <= QUOTED_LENGTH else f"{whole[:QUOTED_LENGTH]}…"
    return "".join(sign if sign.isprintable() else "�" for sign in short)


def _clause(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    # The first part of a location is the kind, which is no field.
    path = _path(detail["loc"][1:])
    match detail["type"]:
        case "json_invalid":
            words = "not JSON: " + _LINE.sub(r" at column \1", str(context["error"]))
        case "dict_type" | "model_type" | "model_attributes_type" if not path:
            words = "not a JSON object"
        case "union_tag_not_found":
            words = "field 'kind' is missing"
        case "union_tag_invalid":
            words = f"unknown kind {quoted(context['tag'])}"
        case "extra_forbidden":
            words = f"unknown field {quoted(path)}"
        case "missing":
            words = f"field {quoted(path)} is missing"
        case _:
            words = f"{shown(path)}: {_fault(detail)}" if path else _fault(detail)
    return words


def _fault(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "string_pattern_mismatch":
            return "must not contain control characters"
        case "value_error":
            return str(detail["ctx"]["error"])
        case _:
            return _AFTERTHOUGHT.sub("", _SUBJECT.sub("must ", detail["msg"]))


def _path(location: tuple[int | str, ...]) -> str:
    if location[-1:] == ("[key]",):  # A fault in a key: name what it is a key of.
        location = (*location[:-2], "key")
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".")
