"""Rows as JSON text, written by the database itself.

Of a selection that is all columns, words, names, relations and counts, one expression is made for
each row: relations to one row are joined, relations to many are subqueries of their own. Each
takes its rows from `auth.scope` only. What is not of that kind raises NotCompiled.
"""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from graphql import GraphQLNonNull, GraphQLObjectType, get_named_type
from sqlalchemy.orm import MANYTOONE, RelationshipProperty
from sqlalchemy.sql import visitors

import models
from auth import scope
from auth.stand_in import stand_in
from auth.viewer import ANONYMOUS, Viewer
from models.base import Ranked
from resolvers.page import Within
from schema.compiled import words
from schema.compiled.selection import TYPE_NAME, NotCompiled, Selected, Selections, Sets
from schema.compiled.words import MARK, Text, Words, joined, literal
from schema.node import IDENTIFIES
from schema.page import NESTED
from schema.projection import needs_of
from schema.row import METADATA, Declaration, Telling

Source = Any
"""A table, or another name for one, that has the columns of a model."""


class Rows:
    """Rows of one statement, with what has to be joined to them."""

    def __init__(self, writer: "Writer", model: Any, source: Source) -> None:
        self.writer = writer
        self.model = model
        self.source = source
        self.joins: list[tuple[Source, sa.ColumnElement[bool], bool]] = []

    @property
    def joined(self) -> Any:
        """The source with all joins that were asked for."""
        found = self.source
        for other, on, is_outer in self.joins:
            found = sa.join(found, other, on, isouter=is_outer)
        return found

    @property
    def own(self) -> list[Source]:
        """The source and what is joined to it: all else in a subquery is of the rows above."""
        return [self.source, *(other for other, _, _ in self.joins)]

    def join(self, model: Any, on: Any) -> "Joined":
        """Join the one row of a model that `on` says, if it is within reach."""
        other = self.writer.named(model)
        reach = self.writer.reach(model, other)
        self.joins.append((other, sa.and_(on(other), *reach), True))
        return Joined(self, model, other)


class Joined(Rows):
    """A row that is joined to others."""

    def __init__(self, to: Rows, model: Any, source: Source) -> None:
        super().__init__(to.writer, model, source)
        self.joins = to.joins

    @property
    def is_there(self) -> sa.ColumnElement[bool]:
        """Whether there is such a row within reach."""
        return self.source.c.workspace_id.is_not(None)  # type: ignore[no-any-return]


class Writer:
    """Writes expressions for one kind of database, and one kind of viewer.

    `viewer` becomes one that stands for all viewers of that kind: their ids are parameters.
    `limits` are the fields of pages inside of texts, by the parameter that their size is.
    """

    def __init__(self, said: Words, viewer: Viewer, selections: Selections) -> None:
        self.words = said
        self.viewer = stand_in(viewer)
        self._hidden = viewer.identity.hidden
        self.selections = selections
        self.limits: dict[str, Selected] = {}
        self._numbers = itertools.count(1)
        self._depth = 0

    def named(self, model: Any) -> Source:
        """The table of a model under a name of its own."""
        return model.__table__.alias(f"t{next(self._numbers)}")

    def columns(self, model: Any) -> dict[str, Any]:
        """The columns of a model that are there for the viewer, by attribute."""
        hidden = self._hidden.get(model.__table__.name, ())
        return {
            name: column
            for name, column in sa.inspect(model).columns.items()
            if column.name not in hidden
        }

    def reach(self, model: Any, source: Source) -> Sequence[sa.ColumnElement[bool]]:
        """What rows must satisfy to be within the viewer's reach."""
        found = scope.conditions(model, self.viewer)
        return [moved(each, {model.__table__.name: source}) for each in found]

    def object(self, kind: GraphQLObjectType, rows: Rows, sets: Sets) -> Text:
        """An object; null where it can't be told here."""
        parts: list[str | Text] = []
        before = "{" + MARK
        for field in self.selections.of(kind, sets):
            parts += [f'{before}"{field.key}":', self.field(rows, field)]
            before = ","
        return joined([*parts, "}" if parts else "{" + MARK + "}"])

    def field(self, rows: Rows, field: Selected) -> Text:
        """The value of a field; null where it can't be told here."""
        if field.declared is None:
            return literal(json.dumps(field.always))
        self.require(field)
        if field.metadata.get(IDENTIFIES):
            return self.words.node_id(field.parent.name, rows.source.c.id)
        found = self._told_by(rows, field)
        if isinstance(field.kind, GraphQLNonNull):
            return found
        return sa.func.coalesce(found, literal("null"), type_=sa.Text)

    def require(self, field: Selected) -> None:
        """Raise NotCompiled unless the viewer may see a field: the view lacks it otherwise."""
        if not all(need.allows(self.viewer) for need in needs_of(field.definition)):
            raise NotCompiled(field.name)

    def _told_by(self, rows: Rows, field: Selected) -> Text:
        if within := field.metadata.get(NESTED):
            return self._page(rows, field, within)
        declared = field.metadata.get(METADATA)
        if declared is None:
            raise NotCompiled(field.name)
        return self._declared(rows, field, declared)

    def _declared(self, rows: Rows, field: Selected, declared: Declaration) -> Text:
        mapper = sa.inspect(rows.model)
        name = declared.of or field.declared.python_name  # type: ignore[union-attr]
        match declared.kind:
            case "column":
                return self._column(rows, field, mapper.columns[name])
            case "one" | "many" | "count":
                return self._relation(rows, field, declared.kind, mapper.relationships[name])
            case "itself":
                return self.object(_object_type(field), rows, field.sets)
            case "told":
                return self._told(rows, field, declared.telling)  # type: ignore[arg-type]
            case "person":
                return self._person(rows, declared)
        raise NotCompiled(field.name)

    def _relation(
        self, rows: Rows, field: Selected, kind: str, relation: "RelationshipProperty[Any]"
    ) -> Text:
        if kind == "count":
            return self._count(rows, relation)
        return (self._one if kind == "one" else self._many)(rows, field, relation)

    def _column(self, rows: Rows, field: Selected, column: Any) -> Text:
        source = rows.source.c[column.key]
        if isinstance(column.type, sa.Enum) and column.type.enum_class is not None:
            return self._words(field, words.raw(source), column.type.enum_class)
        return words.value(self.words, source, column.type)

    def _words(self, field: Selected, source: Any, kind: Any) -> Text:
        """Members of an enum by their names in the view; null for those that it hides."""
        told = {member: self._word(field, member) for member in kind}
        if all(word == member.name for member, word in told.items()):
            return joined(['"', source, '"'])
        cases = {member.name: literal(f'"{word}"') for member, word in told.items() if word}
        return sa.case(cases, value=source, else_=sa.null()) if cases else sa.null()

    def _word(self, field: Selected, member: Any) -> str | None:
        kind: Any = get_named_type(field.kind)
        try:
            return str(kind.serialize(member))
        except Exception:  # noqa: BLE001 - whatever it says of a value that the view hides
            return None

    def _told(self, rows: Rows, field: Selected, telling: Telling) -> Text:
        """The word for each combination of values, told now."""
        names = telling.of(self.viewer)
        columns = [sa.inspect(rows.model).columns[name] for name in names]
        cases = []
        for members in itertools.product(*(_members(column) for column in columns)):
            value = telling.by(rows.model, self.viewer, *members)
            word = None if value is None else self._word(field, value)
            told = literal("null") if value is None else literal(f'"{word}"')
            if value is not None and word is None:
                continue
            if not names:
                return told
            conditions = [
                words.raw(rows.source.c[column.key]) == _stored(member)
                for column, member in zip(columns, members, strict=True)
            ]
            cases.append((sa.and_(*conditions), told))
        return sa.case(*cases, else_=sa.null())

    def _person(self, rows: Rows, declared: Declaration) -> Text:
        key = rows.source.c[declared.of]

        def on(other: Source) -> Any:
            return sa.and_(other.c.workspace_id == rows.source.c.workspace_id, other.c.id == key)

        user = rows.join(models.User, on)
        name: Any = self.words.text(user.source.c.name)
        if self.viewer.is_agent and self.viewer.hide_auditor_details:
            own = user.source.c.id == self.viewer.user_id
            name = sa.case((own, name), else_=literal(f'"{ANONYMOUS}"'))
        return sa.case(
            (key.is_(None), literal(f'"{declared.nobody}"')),
            (user.source.c.id.is_(None), literal(f'"{declared.unknown}"')),
            else_=name,
        )

    def _one(self, rows: Rows, field: Selected, relation: "RelationshipProperty[Any]") -> Text:
        if relation.direction is not MANYTOONE or relation.secondary is not None:
            raise NotCompiled(field.name)
        model = relation.mapper.class_
        if model.__table__ is rows.model.__table__:
            raise NotCompiled(field.name)
        other = self._joined(rows, relation)
        told = self.object(_object_type(field), other, field.sets)
        return sa.case((other.is_there, told), else_=self._absent(field))

    def _absent(self, field: Selected) -> Any:
        return sa.null() if isinstance(field.kind, GraphQLNonNull) else literal("null")

    def _many(self, rows: Rows, field: Selected, relation: "RelationshipProperty[Any]") -> Text:
        with self._below(field.name):
            related, conditions, names = self._related(rows, relation)
            told = self.object(_object_type(field), related, field.sets)
        order = [moved(each, names) for each in relation.order_by or ()]
        return self._list(told, related, conditions, order)

    def _page(self, rows: Rows, field: Selected, within: Within) -> Text:
        """A list's first objects below each row; nothing else of a page, and no filter."""
        given = {each.name.value for each in field.nodes[0].arguments or ()}
        selected = self.selections.of(_object_type(field), field.sets)
        if given != {"first"} or any(each.name not in {"nodes", TYPE_NAME} for each in selected):
            raise NotCompiled(field.name)
        name = within.relations[rows.model]
        told = [
            (each.key, literal(f'"{field.kind}"'.replace("!", "")))
            if each.name == TYPE_NAME
            else (each.key, self._nodes(rows, field, each, name, within))
            for each in selected
        ]
        parts: list[str | Text] = ["{" + MARK]
        for number, (key, text) in enumerate(told):
            parts += ["," if number else "", f'"{key}":', text]
        return joined([*parts, "}"])

    def _nodes(
        self, rows: Rows, page: Selected, nodes: Selected, name: str | None, within: Within
    ) -> Text:
        kind = _object_type(nodes)
        if name is None:  # the row is the one object of its list
            return joined(["[", self.object(kind, rows, nodes.sets), "]"])
        relation = sa.inspect(rows.model).relationships[name]
        with self._below(relation.key):
            related, conditions, _ = self._related(rows, relation)
            by = sa.inspect(related.model).relationships[within.by]
            other = self._joined(related, by)
            related.joins[-1] = (*related.joins[-1][:2], False)
            told = self.object(kind, related, nodes.sets)
        limit = f"first_{page.nodes[0].loc.start}"  # type: ignore[union-attr]
        self.limits[limit] = page
        order = [other.source.c[within.key], related.source.c.id]
        size = sa.bindparam(limit, type_=sa.Integer())
        return self._list(told, related, conditions, order, size)

    def _list(
        self, told: Text, rows: Rows, conditions: Any, order: Sequence[Any], size: Any = None
    ) -> Text:
        """Objects in a list; `size` is the most of them."""
        listed = (
            sa.select(told.label("j"))
            .select_from(rows.joined)
            .where(*conditions)
            .order_by(*order)
            .limit(size)
            .correlate_except(*rows.own)
            .subquery(f"l{next(self._numbers)}")
        )
        return joined(["[", self.words.list_of(listed).scalar_subquery(), "]"])

    def _joined(self, rows: Rows, relation: "RelationshipProperty[Any]") -> Joined:
        model = relation.mapper.class_

        def on(other: Source) -> Any:
            tables = {rows.model.__table__.name: rows.source, model.__table__.name: other}
            return moved(relation.primaryjoin, tables)

        return rows.join(model, on)

    @contextmanager
    def _below(self, what: str) -> Iterator[None]:
        """A list inside of a list. Raises NotCompiled where the database takes no more."""
        if self._depth >= self.words.depth:
            raise NotCompiled(what)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _count(self, rows: Rows, relation: "RelationshipProperty[Any]") -> Text:
        related, conditions, _ = self._related(rows, relation)
        counted = (
            sa.select(sa.cast(sa.func.count(), sa.Text))
            .select_from(related.joined)
            .where(*conditions)
            .correlate_except(*related.own)
        )
        return counted.scalar_subquery()

    def _related(
        self, rows: Rows, relation: "RelationshipProperty[Any]"
    ) -> tuple[Rows, list[Any], Mapping[str, Source]]:
        model = relation.mapper.class_
        if model.__table__ is rows.model.__table__:
            raise NotCompiled(relation.key)
        related = Rows(self, model, self.named(model))
        names = {rows.model.__table__.name: rows.source, model.__table__.name: related.source}
        if relation.secondary is not None:
            secondary: Any = relation.secondary
            other = secondary.alias(f"t{next(self._numbers)}")
            names[secondary.name] = other
            related.joins.append((other, moved(relation.secondaryjoin, names), False))
        conditions = [moved(relation.primaryjoin, names), *self.reach(model, related.source)]
        return related, conditions, names


def moved(clause: Any, names: Mapping[str, Source]) -> Any:
    """A clause about tables as one about other names for them."""

    def replace(element: Any, **_: Any) -> Any:
        if isinstance(element, sa.ColumnClause) and isinstance(element.table, sa.Table):
            other = names.get(element.table.name)
            return None if other is None else other.c[element.key]
        return None

    return visitors.replacement_traverse(clause, {}, replace)


def _members(column: Any) -> Sequence[Any]:
    kind = column.type
    if column.nullable:
        raise NotCompiled(str(column))
    if isinstance(kind, Ranked):
        ranked: Any = kind.kind
        return list(ranked)
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return list(kind.enum_class)
    raise NotCompiled(str(column))


def _stored(member: Any) -> Any:
    """A member of an enum as the database has it."""
    if isinstance(member, int):
        return sa.literal_column(str(int(member)))
    return literal(member.name)


def _object_type(field: Selected) -> GraphQLObjectType:
    kind = get_named_type(field.kind)
    if not isinstance(kind, GraphQLObjectType):
        raise NotCompiled(field.name)
    return kind
