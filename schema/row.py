"""Types whose objects are rows: each field declared once (see `docs/architecture.md`).

    @row(models.Assignment, description="One agent's coaching.")
    class Assignment(Node):
        name = column("Name of the coaching session.")
        agent = one("Agent who is coached.")
        group = one("Group that it was dispatched from.", permission=SeesGroups)
        progress = batched("How scores changed.", kind=list[Change], of=outcome.changes)

The name is an attribute of the model: what kind it is, whether it may be null, which table it
leads to and in which order, all that SQLAlchemy's mapper knows. Which rows of it the viewer
reaches is in `auth.scope`; who may see the field is its permission class. `Declaration` stays in
the field's metadata, for whoever wants to read a whole operation's sources at once. What takes
Python is computed for all objects of a level at once (`batched`), in any type.
"""

import datetime as dt
import enum
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin

import sqlalchemy as sa
import strawberry
from sqlalchemy.orm import RelationshipProperty
from strawberry.permission import PermissionExtension
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

import models
from auth.permissions import Needs
from auth.viewer import Viewer
from models.base import Base, Fixed, UtcDateTime
from resolvers.level import Batch
from resolvers.operation import Operation
from schema.guard import guarded
from schema.info import Info

METADATA = "source"
BATCHED = "batched"
"""In a field's metadata: the function that computes it for many objects (`batched`)."""
USUAL = "usual"
"""In a field's metadata: how many objects a list without pages has in almost all answers."""
USUAL_SIZE = 10
"""What lists have that say nothing else."""
PRICE = "price"
"""In a field's metadata: what it costs (`schema.cost`) beside its objects."""
SHARED = "__shared__"
T = TypeVar("T")

Together = Callable[[Operation, list[Any]], Coroutine[Any, Any, list[Any]]]
"""What computes a field of many objects: one value for each, in their order."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How a value is told in words: see `told`."""

    kind: Any
    of: Callable[[Viewer], Sequence[str]]
    by: Callable[..., enum.Enum | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Where a field's value comes from, and what it means.

    `nullable` makes a relation nullable although its key is not: the row it leads to may be out
    of the viewer's reach. `usual` is how many rows a relation to many has in almost all answers.
    `of` is the relation where it has another name than the field. `type` is what the row itself
    is shown as.
    """

    kind: Literal["column", "one", "many", "count", "told", "person", "itself"]
    description: str
    permission: type[Needs] | None
    of: str | None = None
    nullable: bool = False
    usual: int = USUAL_SIZE
    telling: "Telling | None" = None
    nobody: str = ""
    unknown: str = ""
    type: Any = None


def column(description: str, *, permission: type[Needs] | None = None) -> Any:
    """A column of the row, as it is."""
    return Declaration(kind="column", description=description, permission=permission)


def one(
    description: str,
    *,
    of: str | None = None,
    permission: type[Needs] | None = None,
    nullable: bool = False,
) -> Any:
    """The one row that a relation leads to: `of`, or the one with the field's name."""
    return Declaration(
        kind="one", description=description, permission=permission, of=of, nullable=nullable
    )


def many(
    description: str,
    *,
    of: str | None = None,
    permission: type[Needs] | None = None,
    usual: int = USUAL_SIZE,
) -> Any:
    """All rows that a relation leads to, in its order. For relations that stay short."""
    return Declaration(
        kind="many", description=description, permission=permission, of=of, usual=usual
    )


def itself(description: str, *, kind: type, permission: type[Needs] | None = None) -> Any:
    """The same row as an object of another type."""
    return Declaration(kind="itself", description=description, permission=permission, type=kind)


def count(of: str, description: str, *, permission: type[Needs] | None = None) -> Any:
    """How many rows the relation `of` leads to, within the viewer's reach."""
    return Declaration(kind="count", description=description, permission=permission, of=of)


def told(
    description: str,
    kind: Any,
    by: Callable[..., enum.Enum | None],
    *,
    of: Callable[[Viewer], Sequence[str]],
    permission: type[Needs] | None = None,
) -> Any:
    """A word for what columns say, in the viewer's own words.

    `of` names the columns, all of enums; `by` is given the model, the viewer and their values.
    Nothing else may be asked: then the word for each value can be told before a row is read.
    """
    return Declaration(
        kind="told", description=description, permission=permission, telling=Telling(kind, of, by)
    )


def person(of: str, description: str, *, nobody: str = "", unknown: str = "") -> Any:
    """The name of the colleague whose id the column `of` has, as the viewer may read it (V7).

    `nobody` stands where the column is null, `unknown` where nobody has that id any more.
    """
    return Declaration(
        kind="person",
        description=description,
        permission=None,
        of=of,
        nobody=nobody,
        unknown=unknown,
    )


def batched(
    description: str, *, kind: Any, of: Together, permission: type[Needs] | None = None
) -> Any:
    """What Python computes, by one call for all objects of a level. For fields of any type.

    `kind` is the field's annotation. `of` is given the operation and the objects, and gives one
    value for each, in their order; when it raises, the field has failed for all of them.
    """
    field: StrawberryField = strawberry.field(
        resolver=_together(of),
        graphql_type=_shown(kind, permission),
        description=description,
        metadata={BATCHED: of},
        extensions=locked(permission),
    )
    return field


def row(
    model: type[Base], *, description: str, permission: type[Needs] | None = None
) -> Callable[[type[T]], type[T]]:
    """Make a GraphQL object type whose objects are rows of `model`.

    Declarations of an interface (see `shared`) are taken over, with this model as their source.
    A model may have several types; relations lead to the one of the model's own name.
    """

    def decorate(cls: type[T]) -> type[T]:
        inherited = {k: v for base in cls.__bases__ for k, v in vars(base).get(SHARED, {}).items()}
        for name, declared in {**inherited, **_declared(cls)}.items():
            setattr(cls, name, _field(model, name, declared))
        kind: Any = cls
        kind.model = model
        kind.is_type_of = classmethod(lambda _cls, value, _info: isinstance(value, model))
        directives = () if permission is None else (guarded(permission),)
        return strawberry.type(cls, description=description, directives=directives)

    return decorate


def shared(
    *models: type[Base], description: str, permission: type[Needs] | None = None
) -> Callable[[type[T]], type[T]]:
    """Make a GraphQL interface of what rows of several models have in common.

    A field is nullable in the interface where it is in one of them.
    """

    def decorate(cls: type[T]) -> type[T]:
        declarations = _declared(cls)
        for name, declared in declarations.items():
            fields = [_field(model, name, declared) for model in models]
            nullable = [f for f in fields if _is_nullable(f)]
            setattr(cls, name, (nullable or fields)[0])
        kind: Any = cls
        setattr(kind, SHARED, declarations)
        directives = () if permission is None else (guarded(permission),)
        return strawberry.interface(cls, description=description, directives=directives)

    return decorate


def _is_nullable(field: StrawberryField) -> bool:
    annotation: Any = field.type_annotation
    return type(None) in get_args(annotation.annotation)


def _declared(cls: type) -> dict[str, Declaration]:
    return {name: value for name, value in vars(cls).items() if isinstance(value, Declaration)}


def _field(model: type[Base], name: str, declared: Declaration) -> StrawberryField:
    mapper, source = sa.inspect(model), declared.of or name
    resolver: Any = None
    match declared.kind:
        case "column":
            kind = _kind_of_column(mapper.columns[name])
        case "count":
            kind, resolver = int, _count(mapper.relationships[source])
        case "one":
            relation = mapper.relationships[source]
            kind, resolver = _target(relation), _load(relation)
            if declared.nullable or any(key.nullable for key in relation.local_columns):
                kind = kind | None
        case "many":
            relation = mapper.relationships[source]
            kind, resolver = list[_target(relation)], _load(relation)  # type: ignore[misc]
        case "told":
            telling: Any = declared.telling
            kind, resolver = telling.kind, _tell(telling)
        case "person":
            kind, resolver = str, _name(declared)
        case "itself":
            kind, resolver = declared.type, _same
    permission = declared.permission
    field: StrawberryField = strawberry.field(
        resolver=resolver,
        graphql_type=_shown(kind, permission),
        description=declared.description,
        metadata={METADATA: declared, USUAL: declared.usual},
        extensions=locked(permission),
    )
    return field


def _shown(kind: Any, permission: type[Needs] | None) -> Any:
    """What a field is in the schema: null where it may be stripped, unless it is a list."""
    stripped = permission is not None and permission.stripped
    return kind | None if stripped and get_origin(kind) is not list else kind


def locked(permission: type[Needs] | None) -> list[Any]:
    """The field extensions that ask a permission class at run time."""
    if permission is None:
        return []
    return [PermissionExtension(permissions=[permission()], use_directives=False)]


def _load(relation: "RelationshipProperty[Any]") -> Any:
    def resolve(root: strawberry.Parent[Any], info: Info) -> Any:
        return info.context.loaders.related(relation, root)

    return resolve


def _same(root: strawberry.Parent[Any]) -> Any:
    return root


def _tell(telling: Telling) -> Any:
    def resolve(root: strawberry.Parent[Any], info: Info) -> Any:
        viewer = info.context.viewer
        values = [getattr(root, name) for name in telling.of(viewer)]
        return telling.by(type(root), viewer, *values)

    return resolve


def _together(of: Together) -> Any:
    def resolve(root: strawberry.Parent[Any], info: Info) -> Any:
        operation: Operation = info.context

        def batch() -> Batch:
            return lambda parents: of(operation, parents)

        return operation.loaders.uncached((BATCHED, of), batch).load(root)

    return resolve


def _name(declared: Declaration) -> Any:
    async def resolve(root: strawberry.Parent[Any], info: Info) -> str:
        user_id = getattr(root, declared.of or "")
        if user_id is None:
            return declared.nobody
        return await name_of_user(info, user_id) or declared.unknown

    return resolve


async def name_of_user(info: Info, user_id: Any) -> str | None:
    """The name of a colleague as the viewer may read it (V7); an agent always reads their own."""
    user = await info.context.loaders.row(models.User, user_id)
    if user is None:
        return None
    viewer = info.context.viewer
    return str(user.name) if user.id == viewer.user_id else viewer.staff_name(user.name)


def _count(relation: "RelationshipProperty[Any]") -> Any:
    def resolve(root: strawberry.Parent[Any], info: Info) -> Any:
        return info.context.loaders.count(relation, root)

    return resolve


def _target(relation: "RelationshipProperty[Any]") -> Any:
    """The GraphQL type of a related row: same name, same room, as the model."""
    model = relation.mapper.class_
    feature = model.__module__.rpartition(".")[2]
    return LazyType(model.__name__, f"schema.{feature}", None)


def _kind_of_column(source: "sa.Column[Any]") -> Any:
    kind: Any
    match source.type:
        case UtcDateTime():
            kind = dt.datetime
        case Fixed():
            kind = float
        case sa.Enum(enum_class=described) if described is not None:
            kind = described  # which the schema of its own room describes
        case sa.Boolean():
            kind = bool
        case sa.Integer():
            kind = int
        case sa.Date():
            kind = dt.date
        case sa.String():
            kind = str
        case other:
            message = f"{source} has a type that no field can have by itself: {other!r}"
            raise TypeError(message)
    return kind | None if source.nullable else kind
