"""A projection lacks what is hidden, and all that hangs on it alone."""

import enum
from collections.abc import Callable
from typing import Annotated, Any

import pytest
import strawberry
from graphql import (
    GraphQLSchema,
    graphql_sync,
    print_schema,
)
from hypothesis import given
from hypothesis import strategies as st

from auth.permissions import Needs
from schema.guard import guarded
from schema.projection import ViewSchema, project
from schema.row import locked
from tests.hidden import check


class Hides(Needs):
    """Absent for all callers of these tests."""


class Strips(Needs):
    """Stripped for all callers of these tests."""

    stripped = True


@strawberry.enum
class Colour(enum.Enum):
    RED = "the-red"
    SECRET = strawberry.enum_value("the-secret", directives=[guarded(Hides)])


@strawberry.enum
class Emptied(enum.Enum):
    ONLY = strawberry.enum_value("only", directives=[guarded(Hides)])


@strawberry.enum(directives=[guarded(Hides)])
class HiddenEnum(enum.Enum):
    ONE = "one"


@strawberry.interface
class Shape:
    sides: int


@strawberry.interface(directives=[guarded(Hides)])
class HiddenShape:
    depth: int


@strawberry.type
class Square(Shape, HiddenShape):
    colour: Colour
    kept: int = strawberry.field(default=1)
    hidden: int = strawberry.field(default=1, extensions=locked(Hides))


@strawberry.type
class OnlyBelowHidden:
    number: int


@strawberry.type(directives=[guarded(Hides)])
class HiddenType(Shape):
    below: OnlyBelowHidden


@strawberry.type
class OnlyHiddenFields:
    one: int = strawberry.field(default=1, extensions=locked(Hides))


@strawberry.type
class LeadsToEmptied:
    emptied: OnlyHiddenFields


@strawberry.input
class Sized:
    size: int | None = None
    hidden_size: int | None = strawberry.field(default=None, directives=[guarded(Hides)])


@strawberry.input
class LacksRequired:
    size: int | None = None
    needed: int = strawberry.field(directives=[guarded(Hides)])


@strawberry.input
class NeedsLacking:
    inner: LacksRequired


HiddenUnion = Annotated[
    Square | OnlyBelowHidden, strawberry.union("HiddenUnion", directives=[guarded(Hides)])
]
Either = Annotated[Square | HiddenType, strawberry.union("Either")]
Neither = Annotated[HiddenType | LeadsToEmptied, strawberry.union("Neither")]
HiddenArgument = Annotated[int, strawberry.argument(directives=[guarded(Hides)])]


@strawberry.type
class Query:
    square: Square
    shape: Shape
    either: Either
    neither: Neither
    hidden_type: HiddenType
    hidden_enum: HiddenEnum
    hidden_union: HiddenUnion
    hidden_shape: HiddenShape
    emptied_enum: Emptied
    emptied_type: OnlyHiddenFields
    leads_to_emptied: LeadsToEmptied
    hidden: int = strawberry.field(extensions=locked(Hides))
    only_below_hidden: OnlyBelowHidden = strawberry.field(extensions=locked(Hides))
    maybe: HiddenType | None = strawberry.field(extensions=locked(Strips))
    some: list[HiddenType] = strawberry.field(extensions=locked(Strips))
    maybe_some: list[int] | None = strawberry.field(extensions=locked(Strips))
    both: int | None = strawberry.field(extensions=[*locked(Strips), *locked(Hides)])

    @strawberry.field
    def sized(self, by: Sized | None = None, hidden: HiddenArgument = 1) -> int:
        raise NotImplementedError

    @strawberry.field
    def coloured(self, colour: Colour) -> Colour:
        return colour

    @strawberry.field
    def needs_hidden(self, hidden: HiddenArgument) -> int:
        raise NotImplementedError

    @strawberry.field
    def needs_lacking(self, by: NeedsLacking) -> int:
        raise NotImplementedError

    @strawberry.field
    def takes_lacking(self, by: NeedsLacking | None = None) -> int:
        raise NotImplementedError

    @strawberry.field
    def takes_emptied(self, by: Emptied | None = None) -> int:
        raise NotImplementedError


WHOLE: GraphQLSchema = strawberry.Schema(Query)._schema  # noqa: SLF001 - there is no other door


def allows(*allowed: type[Needs]) -> Callable[[type[Needs]], bool]:
    return allowed.__contains__


@pytest.fixture
def view() -> ViewSchema:
    return project(WHOLE, allows())


def fields(schema: GraphQLSchema, name: str = "Query") -> dict[str, Any]:
    kind: Any = schema.type_map[name]
    return dict(kind.fields)


@pytest.mark.parametrize("name", ["hidden", "hiddenType", "onlyBelowHidden", "hiddenEnum"])
def test_a_hidden_field_is_gone_and_so_is_a_field_of_a_hidden_type(view: ViewSchema, name: str):
    assert name in fields(WHOLE)
    assert name not in fields(view)


def test_a_hidden_argument_is_gone_from_a_field_that_can_do_without(view: ViewSchema):
    assert set(fields(view)["sized"].args) == {"by"}
    assert set(fields(WHOLE)["sized"].args) == {"by", "hidden"}


def test_a_hidden_input_field_is_gone(view: ViewSchema):
    assert set(fields(view, "Sized")) == {"size"}


def test_a_hidden_enum_value_is_gone(view: ViewSchema):
    assert set(view.type_map["Colour"].values) == {"RED"}  # type: ignore[attr-defined]


def test_a_hidden_union_member_is_gone_and_so_is_a_union_without_members(view: ViewSchema):
    members = view.type_map["Either"].types  # type: ignore[attr-defined]
    assert [member.name for member in members] == ["Square"]
    assert "Neither" not in view.type_map


def test_a_hidden_interface_is_gone_from_its_objects(view: ViewSchema):
    square: Any = view.type_map["Square"]
    assert [each.name for each in square.interfaces] == ["Shape"]
    assert "depth" in square.fields


def test_a_hidden_type_is_no_possible_type_of_its_interface(view: ViewSchema):
    shape: Any = view.type_map["Shape"]
    assert [each.name for each in view.get_possible_types(shape)] == ["Square"]


@pytest.mark.parametrize(
    "name", ["HiddenType", "HiddenEnum", "HiddenUnion", "HiddenShape", "OnlyBelowHidden"]
)
def test_hidden_types_and_what_only_they_lead_to_are_gone(view: ViewSchema, name: str):
    assert name in WHOLE.type_map
    assert name not in view.type_map
    assert name not in print_schema(view)


@pytest.mark.parametrize("name", ["Emptied", "OnlyHiddenFields", "LeadsToEmptied"])
def test_a_type_of_which_nothing_is_left_is_gone_and_what_leads_to_it(view: ViewSchema, name: str):
    assert name in WHOLE.type_map
    assert name not in view.type_map
    assert not {"emptiedEnum", "emptiedType", "leadsToEmptied"} & set(fields(view))


def test_a_field_with_a_hidden_required_argument_is_gone(view: ViewSchema):
    assert "needsHidden" not in fields(view)


def test_an_input_with_a_hidden_required_field_is_gone_with_all_that_needs_it(view: ViewSchema):
    assert not {"LacksRequired", "NeedsLacking"} & set(view.type_map)
    assert "needsLacking" not in fields(view)
    assert fields(view)["takesLacking"].args == {}
    assert fields(view)["takesEmptied"].args == {}


def test_enums_scalars_and_all_other_types_keep_their_classes(view: ViewSchema):
    for name, kind in view.type_map.items():
        assert type(kind) is type(WHOLE.type_map[name])
    found = graphql_sync(view, "{ coloured(colour: RED) }")
    assert found.data == {"coloured": "RED"}
    assert found.errors is None


def test_the_projection_changes_nothing_in_the_whole():
    everything = print_schema(project(WHOLE, allows(Hides, Strips)))
    before = print_schema(WHOLE)
    assert print_schema(project(WHOLE, allows())) != everything
    assert print_schema(WHOLE) == before
    assert print_schema(project(WHOLE, allows(Hides, Strips))) == everything


def test_a_stripped_field_is_not_listed_but_answers_null_or_an_empty_list(view: ViewSchema):
    assert not {"maybe", "some", "maybeSome"} & set(fields(view))
    assert "HiddenType" not in print_schema(view)
    found = graphql_sync(view, "{ maybe some maybeSome }")
    assert found.data == {"maybe": None, "some": [], "maybeSome": None}


def test_a_field_that_is_also_hidden_is_absent_and_not_stripped(view: ViewSchema):
    assert graphql_sync(view, "{ both }").errors
    assert not graphql_sync(project(WHOLE, allows(Hides)), "{ both }").errors


def test_a_stripped_field_is_a_usual_one_for_those_who_may_see_it():
    view = project(WHOLE, allows(Hides, Strips))
    assert {"maybe", "some", "maybeSome"} <= set(fields(view))
    assert not view.ghosts


def test_a_stripped_field_that_could_not_be_null_is_refused_at_build_whoever_calls():
    @strawberry.type
    class Query:
        square: Square = strawberry.field(extensions=locked(Strips))

    whole = strawberry.Schema(Query)._schema  # noqa: SLF001 - there is no other door
    for allowed in ((), (Hides, Strips)):
        with pytest.raises(TypeError, match=r"Query\.square"):
            project(whole, allows(*allowed))


def test_only_output_fields_can_be_stripped():
    @strawberry.input
    class By:
        size: int | None = strawberry.field(default=None, directives=[guarded(Strips)])

    @strawberry.type
    class Query:
        @strawberry.field
        def sized(self, by: By) -> int:
            raise NotImplementedError

    whole = strawberry.Schema(Query)._schema  # noqa: SLF001 - there is no other door
    with pytest.raises(TypeError, match=r"By\.size"):
        project(whole, allows())


SMALL = st.frozensets(st.sampled_from([Hides, Strips]))


@given(SMALL)
def test_every_projection_of_the_small_schema_is_valid(allowed: frozenset[type[Needs]]):
    check(project(WHOLE, allowed.__contains__), WHOLE)
