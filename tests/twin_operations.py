"""Random operations on a view: whatever a client could write, most of it right."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

from schema.node import decode
from tests.documents import PAGING
from tests.twin_values import Values, Word

DEPTH = 5
"""Levels of fields; on the last there are leaves only."""

NAME = re.compile(r"\b[A-Za-z]\w{2,}\b")
TYPE = """__type(name: "%s") { name kind description fields { name args { name } }
    inputFields { name } enumValues { name } possibleTypes { name } interfaces { name } }"""


@dataclass
class Operation:
    """One request; by alias, its fields with what their arguments use, and its lists."""

    writing: bool
    text: str = ""
    spoilt: bool = False
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    fields: dict[str, tuple[str, set[str]]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    names: int = 0

    def name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def body(self, *, name: bool) -> dict[str, Any]:
        body: dict[str, Any] = {"query": self.text, "variables": self.variables}
        return {**body, "operationName": "Random"} if name else body


class Operations:
    """Draws operations on `view`; stripped fields are selected from as the `whole` has them.

    `writes` is the share of those that write, `most` the most fields that one asks its root for.
    """

    def __init__(
        self,
        view: GraphQLSchema,
        whole: GraphQLSchema,
        stripped: Mapping[tuple[str, str], Any],
        writes: float = 0.15,
        most: int = 3,
    ) -> None:
        self.writes = writes
        self.most = most
        self.view = view
        self.whole = whole
        self.stripped = stripped
        self.hidden = sorted(_names(whole) - _names(view))

    def draw(self, values: Values) -> Operation:
        """The next operation."""
        draw = values.draw
        made = Operation(writing=draw.random() < self.writes)
        root: Any = self.view.mutation_type if made.writing else self.view.query_type
        chosen = _Selection(self, self.view, values, made).of(root, 0)
        declared = f"({', '.join(made.declared)})" if made.declared else ""
        word = "mutation" if made.writing else "query"
        made.text = " ".join([f"{word} Random{declared} {{ {chosen} }}", *made.fragments])
        if draw.random() < 0.06:
            made.spoilt = True
            made.text = self._spoil(made.text, draw)
        return made

    def _spoil(self, text: str, draw: random.Random) -> str:
        """The text with something wrong in it: mostly a hidden name, or one like it."""
        hidden = draw.choice(self.hidden)
        name = draw.choice((hidden, hidden, hidden[:-1], hidden[::-1], f"{hidden}s"))
        places = list(NAME.finditer(text))
        there = draw.choice(places)
        match draw.randrange(5):
            case 0 | 1:
                return text[: there.start()] + name + text[there.end() :]
            case 2:
                at = draw.choice([i for i, letter in enumerate(text) if letter == "{"]) + 1
                below = draw.choice(
                    ("", " { id }", '(id: "x")', f" {{ ... on {hidden} {{ id }} }}")
                )
                return f"{text[:at]} {name}{below} {text[at:]}"
            case 3 if "(" in text:
                at = text.index("(", 1) + 1
                value = draw.choice(("1", "null", '"x"', name))
                return f"{text[:at]}{name}: {value}, {text[at:]}"
        at = draw.randrange(len(text))
        return text[:at] + draw.choice(("", "@", "}", "{", f"@{name}", '"')) + text[at + 1 :]


@dataclass
class _Selection:
    """Writes selections of one schema into an operation."""

    operations: Operations
    schema: GraphQLSchema
    values: Values
    made: Operation

    def chance(self, of: float) -> bool:
        return self.values.draw.random() < of

    def of(self, kind: Any, depth: int, *, apart: bool = False, hint: str | None = None) -> str:
        """A selection on a type. `apart` has an alias for every field: names may clash there."""
        draw = self.values.draw
        fields = [(n, f) for n, f in kind.fields.items() if self._fits(f, depth)]
        if depth == 0:
            count = min(len(fields), draw.choice((1, 2, 2, 3)), self.operations.most)
        else:
            count = min(len(fields), draw.randint(1, 6))
        chosen = [
            self._field(kind, n, f, depth, apart=apart) for n, f in draw.sample(fields, count)
        ]
        chosen += self._always(kind, depth, [name for name, _ in fields], apart=apart)
        if is_abstract_type(kind):
            chosen += self._conditions(kind, depth, hint)
        chosen += self._ghosts(kind, depth)
        if kind is self.schema.query_type and self.chance(0.04):
            names = sorted(self.operations.whole.type_map)
            chosen.append(f"{self.made.name('t')}: {TYPE % draw.choice(names)}")
        draw.shuffle(chosen)
        return " ".join(chosen or ["__typename"])

    def _fits(self, entry: Any, depth: int) -> bool:
        return depth < DEPTH - 1 or is_leaf_type(get_named_type(entry.type))

    def _always(self, kind: Any, depth: int, names: list[str], *, apart: bool) -> Iterator[str]:
        """What makes an answer worth something: ends of pages, reasons of refusals, a name."""
        likely = {"pageInfo": 0.6, "nodes": 0.6, "errors": 0.9, "id": 0.3}
        for name in names:
            if depth and self.chance(likely.get(name, 0)):
                yield self._field(kind, name, kind.fields[name], depth, apart=apart)
        if "errors" in names or self.chance(0.3):
            yield "__typename"

    def _conditions(self, kind: Any, depth: int, hint: str | None) -> Iterator[str]:
        possible = list(self.schema.get_possible_types(kind))
        some = self.values.draw.sample(possible, min(len(possible), self.values.draw.randint(1, 2)))
        some += [each for each in possible if each.name == hint and each not in some]
        for each in some:
            below = self.of(each, depth, apart=True)
            yield (
                self._fragment(each, below)
                if self.chance(0.3)
                else (f"... on {each.name}{self._directive()} {{ {below} }}")
            )

    def _fragment(self, kind: Any, below: str) -> str:
        name = self.made.name("F")
        self.made.fragments.append(f"fragment {name} on {kind.name} {{ {below} }}")
        twice = f" ...{name}" if self.chance(0.2) else ""
        return f"...{name}{self._directive()}{twice}"

    def _ghosts(self, kind: Any, depth: int) -> Iterator[str]:
        """Stripped fields, with a selection that is right in the whole schema."""
        if self.schema is not self.operations.view:
            return
        whole = self.operations.whole
        for type_name, name in self.operations.stripped:
            if type_name == kind.name and depth < DEPTH and self.chance(0.08):
                above: Any = whole.type_map[type_name]
                there = _Selection(self.operations, whole, self.values, self.made)
                yield there._field(above, name, above.fields[name], depth)

    def _field(self, kind: Any, name: str, entry: Any, depth: int, *, apart: bool = False) -> str:
        at = f"{kind.name}.{name}"
        given = self._arguments(at, entry)
        alias = ""
        if apart or given or self.chance(0.1):
            alias = self.made.name("a")
            if self.schema is self.operations.view:
                self.made.fields[alias] = at, set(_used(at, entry, given))
            if "after" in entry.args:
                self.made.lists[alias] = (at, given)
        told = ", ".join(f"{n}: {self._told(v, entry.args[n].type)}" for n, v in given.items())
        text = (f"{alias}: " if alias else "") + name + (f"({told})" if told else "")
        return text + self._directive() + self._below(entry, given, depth)

    def _below(self, entry: Any, given: Mapping[str, Any], depth: int) -> str:
        kind: Any = get_named_type(entry.type)
        if is_leaf_type(kind):
            return ""
        below = self.of(kind, depth + 1, hint=_kind_of(given))
        if self.chance(0.08):
            return f" {{ {self._fragment(kind, below)} }}"
        return f" {{ {f'... {{ {below} }}' if self.chance(0.04) else below} }}"

    def _arguments(self, at: str, entry: Any) -> dict[str, Any]:
        given = {}
        for name, argument in entry.args.items():
            if name in PAGING:
                continue
            if not is_required_argument(argument) and not self.chance(0.35):
                continue
            if name in {"id", "ids"}:
                given[name] = self._ids(name, entry)
            else:
                given[name] = self.values.value(argument.type, name)
        if "after" in entry.args:
            types = {name: argument.type for name, argument in entry.args.items()}
            given = self.values.page(at, given, types)
        return given

    def _ids(self, name: str, entry: Any) -> Any:
        """Ids for a field that finds by them: of its type, or of any type there is."""
        found = get_named_type(entry.type)
        kinds = sorted(set(self.values.ids) & set(self.schema.type_map))
        kind = self.values.draw.choice(kinds) if is_abstract_type(found) else found.name
        if name == "id":
            return self.values.id_of(kind)
        return [self.values.id_of(kind) for _ in range(self.values.draw.randint(0, 5))]

    def _told(self, value: Any, kind: Any) -> str:
        """A value as it stands in the document: itself, or a variable, or some of both."""
        if self.chance(0.2):
            name = self.made.name("v")
            default = f" = {_literal(value)}" if self.chance(0.15) else ""
            self.made.declared.append(f"${name}: {kind}{default}")
            if not default or self.chance(0.5):
                self.made.variables[name] = value
            return f"${name}"
        inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if isinstance(value, list) and isinstance(inner, GraphQLList):
            return f"[{', '.join(self._told(each, inner.of_type) for each in value)}]"
        if isinstance(value, dict) and isinstance(inner, GraphQLInputObjectType):
            members = inner.fields
            told = [f"{n}: {self._told(each, members[n].type)}" for n, each in value.items()]
            return f"{{{', '.join(told)}}}"
        return _literal(value)

    def _directive(self) -> str:
        if not self.chance(0.06):
            return ""
        word = self.values.draw.choice(("include", "skip"))
        yes = self.chance(0.8) == (word == "include")
        if self.chance(0.5):
            return f" @{word}(if: {_literal(yes)})"
        name = self.made.name("d")
        self.made.declared.append(f"${name}: Boolean!")
        self.made.variables[name] = yes
        return f" @{word}(if: ${name})"


def _used(at: str, entry: Any, given: Mapping[str, Any]) -> Iterator[str]:
    """Coordinates of the arguments that a field is given, and of all within them."""
    for name, value in given.items():
        yield f"{at}({name}:)"
        yield from _within(entry.args[name].type, value)


def _within(kind: Any, value: Any) -> Iterator[str]:
    if value is None:
        return
    if isinstance(kind, GraphQLNonNull):
        yield from _within(kind.of_type, value)
    elif isinstance(kind, GraphQLList):
        for each in value:
            yield from _within(kind.of_type, each)
    elif isinstance(kind, GraphQLEnumType):
        yield f"{kind.name}.{value}"
    elif isinstance(kind, GraphQLInputObjectType):
        for name, each in value.items():
            yield f"{kind.name}.{name}"
            yield from _within(kind.fields[name].type, each)


def _literal(value: Any) -> str:
    match value:
        case Word():
            return str(value)
        case dict():
            return f"{{{', '.join(f'{name}: {_literal(each)}' for name, each in value.items())}}}"
        case list():
            return f"[{', '.join(map(_literal, value))}]"
    return json.dumps(value)


def _kind_of(given: Mapping[str, Any]) -> str | None:
    """The type that the first id among arguments names."""
    ids = [given[name] for name in ("id",) if name in given] or list(given.get("ids", ()))
    found = decode(ids[0]) if ids else None
    return found[0] if found else None


def _names(schema: GraphQLSchema) -> set[str]:
    found = set(schema.type_map)
    for kind in schema.type_map.values():
        for name, each in getattr(kind, "fields", {}).items():
            found |= {name, *getattr(each, "args", {})}
        found |= set(getattr(kind, "values", {}))
    return found
