"""Whoever calls has a view, and every view is a whole schema in itself."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth import permissions
from auth.permissions import Needs
from auth.viewer import Caller
from models import Permission, Role
from schema.projection import project
from tests.hidden import VIEWS, check


def callers() -> list[Caller]:
    """One caller for each set of permission classes that some caller has."""
    found: dict[tuple[bool, ...], Caller] = {}
    for role in Role:
        for count in range(len(Permission) + 1):
            for some in itertools.combinations(Permission, count):
                caller = Caller(role=role, permissions=frozenset(some))
                found.setdefault(tuple(n.allows(caller) for n in permissions.ALL), caller)
    return list(found.values())


def test_callers_fall_into_few_kinds():
    assert 4 < len(callers()) < 50


@pytest.mark.parametrize("caller", callers(), ids=lambda c: f"{c.role}-{len(c.permissions)}")
def test_the_view_of_every_kind_of_caller_is_valid_and_closed(caller: Caller):
    whole = VIEWS.whole._schema  # noqa: SLF001 - there is no other door
    check(project(whole, lambda need: need.allows(caller)), whole)


@given(
    st.builds(
        Caller,
        role=st.sampled_from(Role),
        permissions=st.frozensets(st.sampled_from(Permission)),
    )
)
def test_every_caller_has_a_view_and_callers_who_may_the_same_share_it(caller: Caller):
    view = VIEWS.of(caller)
    twin = next(
        each
        for each in callers()
        if all(need.allows(each) == need.allows(caller) for need in permissions.ALL)
    )
    assert VIEWS.of(twin) is view


def test_every_permission_class_is_in_the_table_that_views_are_made_of():
    def below(kind: type[Needs]) -> set[type[Needs]]:
        return {kind}.union(*(below(each) for each in kind.__subclasses__()))

    ours = {need for need in below(Needs) if need.__module__ == permissions.__name__}
    assert ours - {Needs} == set(permissions.ALL)
