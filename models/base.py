"""What all tables share: naming, column types, and the two key columns.

Every table but `workspace` and `user` has the workspace first in its primary key, and every
foreign key carries the workspace along, so the database itself refuses a row that would point
into another workspace.

Relations are for reading only (`viewonly`) and never load by themselves (`lazy="raise"`):
writes set ids, reads go through the loaders.
"""

import datetime as dt
import enum
import uuid
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

NAME_LENGTH = 120
TEXT_LENGTH = 10_000
EXTERNAL_ID_LENGTH = 200

SortKey = sa.String(NAME_LENGTH * 3).with_variant(
    sa.String(NAME_LENGTH * 3, collation="C"), "postgresql"
)
"""Text that sorts by code point on every database, so that a page is the same on both."""

E = TypeVar("E", bound=enum.IntEnum)


class UtcDateTime(sa.types.TypeDecorator[dt.datetime]):
    """A point in time. Goes in with any offset, comes out in UTC; SQLite stores it as UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a time without offset can't be stored: {value.isoformat()}"
            raise ValueError(message)
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


class Fixed(sa.types.TypeDecorator[float]):
    """A number with a fixed count of decimals, stored as a whole number: exact everywhere."""

    impl = sa.Integer
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: float | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else round(value * 10**self.places)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> float | None:
        return None if value is None else value / 10**self.places


class Ranked(sa.types.TypeDecorator[E]):
    """A whole-number enum, stored as its number, so that the database sorts by rank."""

    impl = sa.SmallInteger
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: int | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> E | None:
        return None if value is None else self.kind(value)


def choice(kind: type[enum.Enum]) -> sa.Enum:
    """Column type of an enum: its names as text, held by a CHECK."""
    return sa.Enum(kind, native_enum=False, create_constraint=True, length=40, name=kind.__name__)


class Base(DeclarativeBase):
    """The registry of all tables."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        dt.datetime: UtcDateTime,
        uuid.UUID: sa.Uuid,
    }


class InWorkspace:
    """Belongs to one workspace, for ever."""

    @declared_attr
    def workspace_id(self) -> Mapped[uuid.UUID]:
        return mapped_column(sa.ForeignKey("workspace.id"), primary_key=True, sort_order=-2)


class Identified(InWorkspace):
    """Has a random id of its own: nothing shared, nothing sequential (V3)."""

    @declared_attr
    def id(self) -> Mapped[uuid.UUID]:
        return mapped_column(primary_key=True, default=uuid.uuid4, sort_order=-1)


class Imported(Identified):
    """Came from outside: known to the sender as `external_id`, unique for its kind.

    `digest` is the SHA-256 of the record as it was last stored; an equal record changes nothing.
    """

    @declared_attr
    def external_id(self) -> Mapped[str]:
        return mapped_column(sa.String(EXTERNAL_ID_LENGTH))

    @declared_attr
    def digest(self) -> Mapped[bytes]:
        return mapped_column(sa.LargeBinary(32))


def sort_key(*texts: str) -> str:
    """What names are sorted and searched by: case folded."""
    return "\n".join(texts).casefold()


def _key_of_name(context: Any) -> str:
    return sort_key(context.get_current_parameters()["name"])


class Named:
    """Has a name of 1 to 120 characters, and the key that it is sorted and searched by."""

    @declared_attr
    def name(self) -> Mapped[str]:
        return mapped_column(sa.String(NAME_LENGTH))

    @declared_attr
    def name_key(self) -> Mapped[str]:
        return mapped_column(SortKey, default=_key_of_name)


def unique_external_id() -> sa.UniqueConstraint:
    """One row for each external id of a kind in a workspace (I1)."""
    return sa.UniqueConstraint("workspace_id", "external_id")


def points_to(
    table: str, column: str, target: str = "id", *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    """Foreign key `column` into `table` of the same workspace."""
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.{target}"],
        ondelete=ondelete,
    )


def relation(target: str, **options: Any) -> Any:
    """A relation for reading: never loads by itself, never writes."""
    return relationship(target, viewonly=True, lazy="raise", **options)
