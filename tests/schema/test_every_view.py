"""Whoever calls has a view, and every view is a whole schema in itself."""

from typing import Any

import pytest
from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    is_union_type,
)
from hypothesis import given
from hypothesis import strategies as st

from auth import permissions
from auth.permissions import Needs
from auth.viewer import Caller
from models import Permission, Role
from schema.projection import project
from tests.hidden import VIEWS, callers, check


def test_callers_fall_into_few_kinds():
    assert 4 < len(callers()) < 50


@pytest.mark.parametrize("caller", callers(), ids=lambda c: f"{c.role}-{len(c.permissions)}")
def test_the_view_of_every_kind_of_caller_is_valid_and_closed(caller: Caller):
    whole = VIEWS.whole._schema  # noqa: SLF001 - there is no other door
    check(project(whole, lambda need: need.allows(caller)), whole)


def led_to(schema: GraphQLSchema) -> set[str]:
    """Names of the types that the fields of a view lead to, but for those of `node` and `nodes`."""
    found = {"Node"}
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    waiting = [kind for kind in roots if kind]
    while waiting:
        kind = waiting.pop()
        if kind.name in found:
            continue
        found.add(kind.name)
        below: list[Any] = []
        if is_union_type(kind) or is_interface_type(kind):
            below += schema.get_possible_types(kind)
        if is_interface_type(kind) or is_object_type(kind):
            below += [f.type for f in kind.fields.values()]
            below += [a.type for f in kind.fields.values() for a in f.args.values()]
        if is_input_object_type(kind):
            below += [f.type for f in kind.fields.values()]
        waiting += [get_named_type(each) for each in below]
    return found


@pytest.mark.parametrize("caller", callers(), ids=lambda c: f"{c.role}-{len(c.permissions)}")
def test_no_type_is_to_be_had_by_an_id_alone(caller: Caller):
    """What no field of a view leads to is not the viewer's, whatever ids they know."""
    view = project(VIEWS.whole._schema, lambda need: need.allows(caller))  # noqa: SLF001
    objects = {n for n, kind in view.type_map.items() if isinstance(kind, GraphQLObjectType)}
    assert {name for name in objects if not name.startswith("__")} <= led_to(view)


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
