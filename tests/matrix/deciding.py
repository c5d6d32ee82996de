"""Asking the table."""

from tests.matrix.decided import Decided
from tests.matrix.decisions import TYPES
from tests.matrix.kinds import Kind

VALUE, NULL, ABSENT = "value", "null", "absent"


def decide(type_name: str, name: str, kind: Kind) -> str:
    """What a kind of viewer gets of a field, on a row that they reach. Raises Undecided."""
    decided = TYPES.get(type_name)
    if decided is None or name not in names_of(decided):
        raise Undecided(type_name, name)
    if not decided.who(kind):
        return ABSENT
    if name in decided.stripped and not decided.stripped[name](kind):
        return NULL
    if name in decided.absent and not decided.absent[name](kind):
        return ABSENT
    return VALUE


def names_of(decided: Decided) -> list[str]:
    """The fields of a type that are decided."""
    return list(dict.fromkeys([*decided.fields.split(), *decided.stripped, *decided.absent]))


class Undecided(Exception):
    """A field that the schema has and the table lacks."""

    def __init__(self, type_name: str, name: str) -> None:
        super().__init__(
            f"{type_name}.{name} has no decision: say in tests/matrix/decisions.py who sees it."
        )
