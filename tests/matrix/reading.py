"""One document for each type and kind of viewer, and what it says of each field, cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLSchema, get_named_type, is_leaf_type

from tests.hidden import call
from tests.matrix.deciding import ABSENT, NULL, VALUE, decide
from tests.matrix.decisions import TYPES
from tests.matrix.kinds import Kind, Who, agents, manage_coaching, review_coaching
from tests.matrix.rows import SORTS, reaches

UNTOLD = {
    "AttributeEffect.difference": "needs more agents than a test should make",
    "AttributeEffect.low": "needs more agents than a test should make",
    "AttributeEffect.high": "needs more agents than a test should make",
    "AttributeEffect.memberChange": "needs more agents than a test should make",
    "AttributeEffect.comparableChange": "needs agents who are not coached",
}
"""Fields that have no value on these rows, for whomever, and why."""

FILLED: dict[str, Who] = {
    "Viewer.agent": agents,
    "Viewer.permissions": lambda kind: bool(kind.permissions),
    "Dashboard.assignmentsByStatus": lambda kind: kind.reach != "queueless",
    "Assignment.viewerActions": lambda kind: review_coaching(kind) or manage_coaching(kind),
    "Mark.viewerActions": manage_coaching,
}
"""Fields that some viewers see empty, because what they hold is about the viewer."""

LOOKUPS = {
    "agent": "Agent",
    "assignment": "Assignment",
    "coachingGroup": "CoachingGroup",
    "conversation": "Conversation",
    "mark": "Mark",
}
"""Root fields that find one row of a type by its id."""

LISTS = {
    "agents": ("Agent", "id"),
    "agentGroups": ("AgentGroup", "id"),
    "agentLeaderboard": ("Agent", "agent"),
    "assignments": ("Assignment", "id"),
    "attributes": ("Attribute", "id"),
    "auditHistory": ("Agent", "agent"),
    "bookmarks": ("Bookmark", "id"),
    "coachingCandidates": ("Agent", "agent"),
    "coachingGroups": ("CoachingGroup", "id"),
    "coachingMonitor": ("Agent", "agent"),
    "conversations": ("Conversation", "id"),
    "evaluationForms": ("EvaluationForm", "id"),
    "marks": ("Mark", "id"),
    "queues": ("Queue", "id"),
}
"""Root fields that list rows: of which type, or about rows of which type by which field."""

Cells = dict[str, str]
"""What is expected of, or was found for, each coordinate: a value, null, or that it is absent."""


@dataclass
class Selection:
    """What is selected of an object, and what is expected of it and below."""

    text: str = ""
    cells: Cells = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """A kind of viewer, who reads rows at a position."""

    schema: GraphQLSchema
    kind: Kind
    position: str

    def select(self, type_name: str, *, there: bool = True) -> Selection:
        """All that this kind may select of a type; `there` says whether the object is."""
        made, kind = Selection(), self.kind
        above: Any = self.schema.type_map[type_name]
        for name, entry in above.fields.items():
            at, decided = f"{type_name}.{name}", decide(type_name, name, kind)
            if decided == ABSENT:
                continue
            below = get_named_type(entry.type)
            called = call(name, entry, "first: 20" if "first" in entry.args else "")
            if decided == NULL:
                made.text += called + (" " if is_leaf_type(below) else " { __typename } ")
                made.cells[at] = NULL
                continue
            is_there = there and at not in UNTOLD and self._is_there(at, below.name)
            made.cells[at] = VALUE if is_there else NULL
            if is_leaf_type(below):
                made.text += f"{called} "
            elif below.name in SORTS:
                made.text += f"{called} {{ __typename id }} "
            elif isinstance(below, GraphQLInterfaceType):
                made.text += f"{called} {{ __typename ... on Node {{ id }} }} "
            else:
                inner = self.select(below.name, there=is_there)
                of_page = type_name.removesuffix("Connection")
                if below.name == "PageInfo" and not self._is_there(at, of_page):
                    inner.cells |= {"PageInfo.startCursor": NULL, "PageInfo.endCursor": NULL}
                made.text += f"{called} {{ {inner.text} }} "
                _add(made.cells, inner.cells)
        return made

    def _is_there(self, at: str, below: str) -> bool:
        """Whether a field leads to something at this position."""
        if at in FILLED:
            return FILLED[at](self.kind)
        kind = below.removesuffix("Edge")
        if kind in SORTS or kind == "EvaluationDraft":
            return reaches(self.kind, kind, self.position)
        return True


def _add(cells: Cells, more: Cells) -> None:
    """Put together what is known of coordinates by several ways: one with a value is enough."""
    for at, found in more.items():
        cells[at] = VALUE if VALUE in {found, cells.get(at)} else found


def found(schema: GraphQLSchema, type_name: str, value: Any) -> Cells:
    """What an answer says of each coordinate of an object and below."""
    cells: Cells = {}
    above: Any = schema.type_map[type_name]
    for name, given in (value or {}).items():
        if name not in above.fields:
            continue
        _add(cells, {f"{type_name}.{name}": NULL if given in (None, []) else VALUE})
        below = get_named_type(above.fields[name].type).name
        if below not in SORTS and below in TYPES:
            for each in given if isinstance(given, list) else [given]:
                if isinstance(each, dict):
                    _add(cells, found(schema, below, each))
    return cells


def together(all_of: list[Cells]) -> Cells:
    cells: Cells = {}
    for each in all_of:
        _add(cells, each)
    return cells


def ids(value: Any) -> Iterator[str]:
    """Every id in an answer, wherever it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from ids(each)
