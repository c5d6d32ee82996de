"""How each database is asked to write JSON: the same bytes as the ordinary executor's answer.

An expression of a value is null where the value is. What must not be null is joined on as it is,
so that one null makes the whole object null: that is how a row says that it can't be told here.
"""

import json
from collections.abc import Sequence
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from models.base import Fixed, UtcDateTime
from schema.compiled.selection import NotCompiled

Text = sa.ColumnElement[Any]

POISON = "\x01"
"""Stands for an object that can't be told here. No JSON has this character."""

KEY = 36
"""Characters of a UUID."""

LINE = 57
"""Most characters that are still one line of Base64."""

MARK = "\n"
"""Begins each object, to be counted and taken out. Inside of texts JSON writes it differently."""


def literal(text: str) -> Text:
    """A text of ours, as it is."""
    quoted = text.replace("'", "''")
    return sa.literal_column(f"'{quoted}'", sa.Text)


def joined(parts: Sequence[str | Text]) -> Text:
    """Texts of ours and expressions, one behind the other; null where one of them is."""
    merged: list[str | Text] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    found: Any = None
    for part in merged:
        piece = literal(part) if isinstance(part, str) else part
        found = piece if found is None else found.concat(piece)
    return sa.literal("") if found is None else found


class Words(Protocol):
    """What the databases say differently."""

    poison: Text
    depth: int

    def node_id(self, kind: str, column: Any) -> Text:
        """The opaque id of a row."""

    def text(self, column: Any) -> Text:
        """A text, quoted."""

    def fixed(self, column: Any, places: int) -> Text:
        """A number with a fixed count of decimals, which is stored as a whole one."""

    def date_time(self, column: Any) -> Text:
        """A moment, quoted."""

    def date(self, column: Any) -> Text:
        """A day, quoted."""

    def list_of(self, rows: sa.Subquery) -> sa.Select[Any]:
        """The texts in the column `j` of rows, with commas between, in their order."""

    def among(self, column: Any, name: str) -> Any:
        """Whether a key is one of the parameter `name`."""

    def keys(self, given: Sequence[Any]) -> Any:
        """Keys as that parameter takes them."""


def value(words: Words, column: Any, kind: sa.types.TypeEngine[Any]) -> Text:
    """A column as JSON; null where it is. Raises NotCompiled for what has no words."""
    match kind:
        case UtcDateTime():
            return words.date_time(column)
        case Fixed():
            return words.fixed(column, kind.places)
        case sa.Boolean():
            return sa.case(
                (column.is_(None), sa.null()), (column, literal("true")), else_=literal("false")
            )
        case sa.Enum():
            raise NotCompiled(str(column))
        case sa.Integer():
            return sa.cast(column, sa.Text)
        case sa.Date():
            return words.date(column)
        case sa.String():
            return words.text(column)
    raise NotCompiled(str(column))


def raw(column: Any) -> Any:
    """A column without what SQLAlchemy would do to its values."""
    kind = column.type
    if isinstance(kind, sa.types.TypeDecorator):
        return sa.type_coerce(column, kind.impl_instance)
    return sa.type_coerce(column, sa.Text()) if isinstance(kind, sa.Enum) else column


class PostgreSQL:
    """In PostgreSQL's words."""

    depth = 100
    poison: Text = sa.func.chr(1, type_=sa.Text)

    def node_id(self, kind: str, column: Any) -> Text:
        """Base64, in one line: PostgreSQL breaks it after 76 characters."""
        told = sa.func.convert_to(literal(f"{kind}:").concat(sa.cast(column, sa.Text)), "UTF8")
        encoded = sa.func.encode(told, literal("base64"), type_=sa.Text)
        if len(f"{kind}:") + KEY > LINE:
            encoded = sa.func.replace(encoded, sa.func.chr(10), literal(""), type_=sa.Text)
        return joined(['"', encoded, '"'])

    def text(self, column: Any) -> Text:
        """As JSON escapes it."""
        return sa.cast(sa.func.to_json(column), sa.Text)

    def fixed(self, column: Any, places: int) -> Text:
        """The shortest decimals that say the same, with one at least, as Python has it."""
        number: Any = raw(column)
        by: Any = sa.literal_column(str(10**places))
        whole = sa.cast(number.op("/")(by), sa.Text).concat(literal(".0"))
        decimal = sa.cast(sa.cast(number, sa.Double).op("/")(by), sa.Text)
        return sa.case((number % by == sa.literal_column("0"), whole), else_=decimal)

    def date_time(self, column: Any) -> Text:
        """ISO 8601 with six decimals of a second, or none."""
        moment = raw(column).op("AT TIME ZONE")(literal("UTC"))
        second = sa.func.date_trunc(literal("second"), moment)
        whole = sa.func.left(sa.cast(sa.func.to_json(moment), sa.Text), sa.literal_column("20"))
        decimal = literal('"').concat(
            sa.func.to_char(moment, literal('YYYY-MM-DD"T"HH24:MI:SS.US'))
        )
        return joined([sa.case((second == moment, whole), else_=decimal), '+00:00"'])

    def date(self, column: Any) -> Text:
        """ISO 8601."""
        return sa.cast(sa.func.to_json(column), sa.Text)

    def list_of(self, rows: sa.Subquery) -> sa.Select[Any]:
        """Aggregated in the order in which the rows come."""
        told = sa.func.coalesce(rows.c.j, self.poison)
        return sa.select(
            sa.func.coalesce(sa.func.string_agg(told, literal(",")), literal(""), type_=sa.Text)
        ).select_from(rows)

    def among(self, column: Any, name: str) -> Any:
        """One array, however many they are."""
        return column == sa.any_(sa.bindparam(name, type_=postgresql.ARRAY(sa.Uuid())))

    def keys(self, given: Sequence[Any]) -> Any:
        """An array."""
        return list(given)


class SQLite:
    """In SQLite's words, and in functions of ours (`models.functions`)."""

    depth = 2
    """Lists inside of lists that its parser takes."""
    poison: Text = sa.func.char(1, type_=sa.Text)

    def node_id(self, kind: str, column: Any) -> Text:
        """By a function of ours: SQLite has no Base64."""
        return sa.func.coaching_node_id(literal(kind), column, type_=sa.Text)

    def text(self, column: Any) -> Text:
        """As JSON escapes it."""
        return sa.case(
            (column.is_(None), sa.null()), else_=sa.func.json_quote(column, type_=sa.Text)
        )

    def fixed(self, column: Any, places: int) -> Text:
        """By a function of ours: SQLite writes numbers in a way of its own."""
        by: Any = sa.literal_column(str(10**places))
        return sa.func.coaching_decimal(raw(column), by, type_=sa.Text)

    def date_time(self, column: Any) -> Text:
        """SQLite has it as text, always with six decimals."""
        moment = sa.func.replace(sa.cast(raw(column), sa.Text), literal(" "), literal("T"))
        cut = sa.func.replace(moment, literal(".000000"), literal(""), type_=sa.Text)
        return joined(['"', cut, '+00:00"'])

    def date(self, column: Any) -> Text:
        """SQLite has it as text."""
        return joined(['"', sa.cast(column, sa.Text), '"'])

    def list_of(self, rows: sa.Subquery) -> sa.Select[Any]:
        """Aggregated in the order in which the rows come."""
        told = sa.func.coalesce(rows.c.j, self.poison)
        return sa.select(
            sa.func.coalesce(sa.func.group_concat(told, literal(",")), literal(""), type_=sa.Text)
        ).select_from(rows)

    def among(self, column: Any, name: str) -> Any:
        """One list, however many they are."""
        each = sa.func.json_each(sa.bindparam(name, type_=sa.Text())).table_valued("value")
        return column.in_(sa.select(sa.type_coerce(each.c.value, sa.Uuid())))

    def keys(self, given: Sequence[Any]) -> Any:
        """A list in JSON."""
        return json.dumps([key.hex for key in given])


WORDS: dict[str, Words] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}
"""By the name of the database."""
