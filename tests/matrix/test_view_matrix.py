"""Every field of every type has a decision, and every kind of viewer's view is as decided."""

from collections.abc import Iterator

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

from auth import permissions
from auth.permissions import STAFF, Needs
from auth.viewer import Caller
from models import Role
from schema.view import Views
from tests.hidden import VIEWS, callers
from tests.matrix.deciding import ABSENT, NULL, VALUE, Undecided, decide, names_of
from tests.matrix.decisions import TYPES
from tests.matrix.kinds import KINDS, Kind


def coordinates(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Every field of every object type and interface."""
    for name, kind in schema.type_map.items():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and name[:2] != "__":
            yield from ((name, field_name) for field_name in kind.fields)


def whole(views: Views) -> GraphQLSchema:
    return views.whole._schema  # noqa: SLF001 - there is no other door


def omissions(views: Views) -> list[str]:
    """A sentence for each field without a decision, and each decision without a field."""
    there = set(coordinates(whole(views)))
    decided = {(name, each) for name, entry in TYPES.items() for each in names_of(entry)}
    missing = [str(Undecided(*at)) for at in sorted(there - decided)]
    gone = [
        f"{name}.{field_name} is decided, but there is no such field any more: take it out."
        for name, field_name in sorted(decided - there)
    ]
    return missing + gone


def got(views: Views, kind: Kind, name: str, field_name: str) -> str:
    """What a kind of viewer's view makes of a field."""
    caller = Caller(role=kind.role, permissions=kind.permissions)
    view = views.of(caller)._view  # noqa: SLF001 - there is no other door
    found = view.type_map.get(name)
    if isinstance(found, GraphQLObjectType | GraphQLInterfaceType) and field_name in found.fields:
        return VALUE
    return NULL if (name, field_name) in view.ghosts and found else ABSENT


def differences(views: Views) -> list[str]:
    """A sentence for each cell in which a view is not as decided."""
    return [
        f"{name}.{field_name} for {kind.name}: decided {decide(name, field_name, kind)}, is {is_}."
        for name, field_name in coordinates(whole(views))
        for kind in KINDS
        if (is_ := got(views, kind, name, field_name)) != decide(name, field_name, kind)
    ]


def test_every_field_is_decided_and_every_decision_has_its_field():
    assert omissions(VIEWS) == []


def test_every_view_is_as_decided():
    assert differences(VIEWS) == []


def decisions(caller: Caller) -> frozenset[type[Needs]]:
    """What a view is made of, but for the one mutation that imports, which has to do with no other.

    With it, there would be twice as many kinds of staff, who differ in nothing else.
    """
    return frozenset(
        need for need in permissions.ALL if need is not permissions.Imports and need.allows(caller)
    )


def test_every_kind_of_view_has_a_viewer_in_the_matrix():
    ours = [Caller(role=kind.role, permissions=kind.permissions) for kind in KINDS]
    assert set(map(decisions, ours)) == set(map(decisions, callers()))
    for role in STAFF:
        told = {permissions.Imports.allows(caller) for caller in ours if caller.role is role}
        assert told == {True, False} or role is Role.SUPERVISOR


@pytest.mark.parametrize("reach", ["agent", "limited", "everywhere", "queueless"])
def test_every_reach_has_a_viewer_in_the_matrix(reach: str):
    assert any(kind.reach == reach for kind in KINDS)
