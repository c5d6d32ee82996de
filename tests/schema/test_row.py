"""Declared fields say what the mapper knows: nothing is null in data that may not be in GraphQL."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from graphql import GraphQLList, GraphQLNonNull, get_named_type
from sqlalchemy.orm import MANYTOONE

import models
from auth.permissions import StaffDetail
from models.base import Base
from schema.row import METADATA, Declaration, column, many, one, row
from tests.hidden import TOP, VIEWS

DEFINITIONS: dict[str, Any] = {
    name: definition
    for name in TOP.type_map
    if (definition := VIEWS.whole.get_type_by_name(name)) and hasattr(definition, "fields")
}


def declared() -> Iterator[Any]:
    """Type name, model, GraphQL field and declaration of every declared field of a row type."""
    for name, definition in DEFINITIONS.items():
        model = getattr(definition.origin, "model", None)
        kind: Any = TOP.type_map[name]
        for field in definition.fields:
            source = field.metadata.get(METADATA)
            if model is not None and isinstance(source, Declaration):
                at = kind.fields[VIEWS.whole.config.name_converter.get_graphql_name(field)]
                yield pytest.param(model, field.python_name, at, source, id=f"{name}.{field.name}")


FIELDS = list(declared())


def test_most_fields_are_declared():
    assert len(FIELDS) > 80


def required(kind: Any) -> bool:
    return isinstance(kind, GraphQLNonNull)


@pytest.mark.parametrize(("model", "name", "field", "source"), FIELDS)
def test_a_declared_field_agrees_with_the_mapper(
    model: type[Base], name: str, field: Any, source: Declaration
):
    mapper = sa.inspect(model)
    stripped = source.permission is not None and source.permission.stripped
    match source.kind:
        case "column":
            may_be_null = mapper.columns[name].nullable or stripped
            assert required(field.type) is not may_be_null
        case "one":
            relation = mapper.relationships[source.of or name]
            assert relation.direction is MANYTOONE
            null_key = any(key.nullable for key in relation.local_columns)
            assert required(field.type) is not (null_key or stripped or source.nullable)
            assert get_named_type(field.type).name == relation.mapper.class_.__name__
        case "many":
            relation = mapper.relationships[source.of or name]
            assert relation.uselist
            assert relation.order_by, "a list has one order"
            items = field.type.of_type
            assert required(field.type)
            assert isinstance(items, GraphQLList)
            assert required(items.of_type)
            assert get_named_type(items).name == relation.mapper.class_.__name__
        case "count":
            assert mapper.relationships[source.of or name].uselist
            assert str(field.type) == ("Int" if stripped else "Int!")
        case "itself":
            shown: Any = source.type
            assert shown.model is model
            assert required(field.type) is not stripped
    assert field.description == source.description


def test_an_interface_is_nullable_where_one_of_its_types_is():
    for kind in TOP.type_map.values():
        for name, field in getattr(kind, "fields", {}).items():
            for above in getattr(kind, "interfaces", ()):
                if name in above.fields and not required(field.type):
                    assert not required(above.fields[name].type)


def test_a_column_that_no_field_can_be_is_refused():
    with pytest.raises(TypeError, match="digest"):

        @row(models.Agent, description="An agent.")
        class Agent:
            digest = column("Bytes.")


def test_a_stripped_relation_is_nullable_and_a_stripped_list_stays_one():
    @row(models.Conversation, description="A conversation.")
    class Talk:
        queue = one("Queue.", permission=StaffDetail)
        transcript = many("Messages.", permission=StaffDetail)

    made: Any = Talk
    kinds = {f.python_name: f.type for f in made.__strawberry_definition__.fields}
    assert type(kinds["queue"]).__name__ == "StrawberryOptional"
    assert type(kinds["transcript"]).__name__ == "StrawberryList"
