"""Documents for everything that a view has, made from its schema and the ids of real rows."""

import functools
import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
    parse,
    visit,
)

PAGING = ("first", "after", "last", "before")
WORDS = ('"a"', '"kind"', '""')
SCALARS = {
    "Boolean": ("true", "false"),
    "Date": ('"2026-01-01"', '"2126-01-01"'),
    "DateTime": ('"2026-01-01T00:00:00Z"', '"2126-01-01T00:00:00Z"'),
    "Float": ("0", "0.5", "100"),
    "Int": ("1", "2"),
    "String": WORDS,
}
DEPTH = 2
"""Levels of objects below a row; what lies deeper is below another row."""

PRODUCT = 16
"""Most combinations of an input's members; of more, each member has its turn alone."""

OTHER_NAMES = {"Area": "Attribute", "Group": "CoachingGroup"}


Asked = tuple[str, dict[str, Any]]
"""A document and its variables."""


@dataclass(frozen=True)
class Place:
    """Where objects of a type are: an operation with `%s` for a selection, and whose it may be."""

    template: str
    variables: list[dict[str, Any]]

    def all(self, chosen: str) -> Iterator[Asked]:
        """The selection from each row to begin with."""
        return ((self.template % chosen, variables) for variables in self.variables)


@dataclass(frozen=True)
class Documents:
    """What can be asked of a view; `ids` has the rows that there are, by the name of their type."""

    view: GraphQLSchema
    ids: Mapping[str, list[str]]
    places: dict[str, Place] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", self._places())

    def reads(self) -> Iterator[Asked]:
        """Every field from every root and every row."""
        for name, entry in self.view.query_type.fields.items():  # type: ignore[union-attr]
            needed = self.required(entry)
            # What is found by its id is read whole as a node.
            chosen = self.whole(entry.type) if needed == [[]] else self.shallow(entry.type)
            for arguments in needed:
                yield f"{{ {called(name, entry, arguments)}{chosen} }}", {}
        for kind, ids in self.ids.items():
            of_kind = kind in self.view.type_map
            chosen = f"... on {kind} {{ {self.selection(kind)} }}" if of_kind else ""
            for each in ids:
                yield f"query($id: ID!) {{ node(id: $id) {{ __typename {chosen} }} }}", {"id": each}
        yield f"{{ nodes(ids: [{', '.join(self.every_id()[:100])}]) {{ __typename id }} }}", {}

    def arguments(self) -> Iterator[Asked]:
        """Every argument from every row, value by value."""
        for entry, place in self.fields():
            for arguments in self.optional(entry):
                yield from place(arguments)

    def lists(self) -> Iterator[Callable[[str], Asked]]:
        """Every list with pages, with every other argument: to be called with paging arguments."""
        for entry, place in self.fields():
            if "after" not in entry.args:
                continue
            for arguments in ([], *self.optional(entry)):
                for number, _ in enumerate(place(arguments)):
                    yield functools.partial(_page, place, arguments, number)

    def carried(
        self, ghosts: Mapping[tuple[str, str], Any], whole: GraphQLSchema
    ) -> Iterator[Asked]:
        """Every stripped field, wherever a row has it, with something selected below."""
        for kind, name in ghosts:
            above: Any = whole.type_map[kind]
            entry = above.fields[name]
            below = "" if is_leaf_type(get_named_type(entry.type)) else " { __typename }"
            if kind in self.places:
                yield from self.places[kind].all(f"__typename {called(name, entry)}{below}")

    def writes(self, count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
        """So many inputs for every mutation, drawn from what there is."""
        draw = random.Random(seed)  # noqa: S311 - the same in every run
        for name, entry in self.view.mutation_type.fields.items():  # type: ignore[union-attr]
            given = entry.args["input"].type
            for _ in range(count):
                arguments = [f"input: {self.drawn(given, 'input', draw)}"]
                chosen = self.near(entry.type)
                yield name, f"mutation {{ {called(name, entry, arguments)} {{ {chosen} }} }}"

    def listens(self) -> Iterator[str]:
        """Every subscription, with everything below it, without arguments and with each."""
        for name, entry in self.view.subscription_type.fields.items():  # type: ignore[union-attr]
            for arguments in ([], *self.optional(entry)):
                yield f"subscription {{ {called(name, entry, arguments)}{self.whole(entry.type)} }}"

    def fields(self) -> Iterator[tuple[Any, Callable[..., Iterator[Asked]]]]:
        """Every field with arguments, and how to ask for it wherever there is a row that has it."""
        for kind, place in self.places.items():
            parent: Any = self.view.type_map[kind]
            for name, entry in parent.fields.items():
                if entry.args:
                    yield entry, functools.partial(self._called, place, name, entry)

    def _called(
        self, place: Place, name: str, entry: Any, arguments: list[str], *, paged: bool = False
    ) -> Iterator[Asked]:
        for needed in self.required(entry):
            text = called(name, entry, [*needed, *arguments], paged=paged)
            yield from place.all(f"{text}{self.shallow(entry.type)}")

    def _places(self) -> dict[str, Place]:
        found = {"Query": Place("{ %s }", [{}])}
        for kind, ids in self.ids.items():
            if kind in self.view.type_map and ids:
                template = f"query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ %s }} }} }}"
                found[kind] = Place(template, [{"id": each} for each in ids])
        waiting = list(found)
        while waiting:
            parent: Any = self.view.type_map[waiting.pop(0)]
            for name, entry in parent.fields.items():
                below = get_named_type(entry.type)
                if is_leaf_type(below) or any(map(is_required_argument, entry.args.values())):
                    continue
                step = f"{called(name, entry)} {{ %s }}"
                for each in (below, *self._possible(below)):
                    if each.name not in found:
                        on = "%s" if each is below else f"... on {each.name} {{ %s }}"
                        from_here = found[parent.name]
                        template = from_here.template % (step % on)
                        found[each.name] = Place(template, from_here.variables)
                        waiting.append(each.name)
        return found

    def near(self, kind: Any) -> str:
        """The leaves of a type, and of the objects right below it."""
        chosen = ["__typename"]
        for name, entry in get_named_type(kind).fields.items():
            below = get_named_type(entry.type)
            if is_leaf_type(below):
                chosen.append(name)
            else:
                leaves = [
                    n for n, f in below.fields.items() if is_leaf_type(get_named_type(f.type))
                ]
                chosen.append(f"{name} {{ {' '.join(leaves)} }}")
        return " ".join(chosen)

    def whole(self, kind: Any) -> str:
        """Everything below a field of this type; below itself, a type is told by its leaves."""
        named = get_named_type(kind)
        return "" if is_leaf_type(named) else f" {{ {self.selection(named.name)} }}"

    def selection(self, name: str, above: tuple[str, ...] = (), prefix: str = "") -> str:
        kind: Any = self.view.type_map[name]
        if is_abstract_type(kind):
            # Named apart by type: fields of one name may differ in whether they are null.
            parts = [
                f"... on {each.name} {{ {self.selection(each.name, above, f'{each.name}_')} }}"
                for each in self._possible(kind)
            ]
            return " ".join(["__typename", *parts])
        chosen = ["__typename"]
        for field_name, entry in kind.fields.items():
            below = get_named_type(entry.type)
            alias = f"{prefix}{field_name}: " if prefix else ""
            if any(map(is_required_argument, entry.args.values())):
                continue
            text = f"{alias}{called(field_name, entry)}"
            if is_leaf_type(below):
                chosen.append(text)
            elif (
                len(above) == DEPTH
                or below.name in (*above, name)
                or {e.name for e in self._possible(below)} & {*above, name}
            ):
                chosen.append(f"{text} {{ __typename }}")
            else:
                chosen.append(f"{text} {{ {self.selection(below.name, (*above, name))} }}")
        return " ".join(chosen)

    def _names(self, kind: Any) -> set[str]:
        return {kind.name, *(each.name for each in self._possible(kind))}

    def _possible(self, kind: Any) -> list[Any]:
        return list(self.view.get_possible_types(kind)) if is_abstract_type(kind) else []

    def shallow(self, kind: Any) -> str:
        """What tells a page, or a row, from another."""
        named: Any = get_named_type(kind)
        if is_leaf_type(named):
            return ""
        if "pageInfo" in getattr(named, "fields", {}):
            return """ { totalCount edges { cursor node { __typename } } nodes { __typename }
                pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }"""
        return " { __typename id }" if "id" in named.fields else " { __typename }"

    def required(self, entry: Any) -> list[list[str]]:
        """The values of all arguments that must be there, in every combination."""
        needed = [(n, a) for n, a in entry.args.items() if is_required_argument(a)]
        lists = [[f"{n}: {value}" for value in self.values(a.type, n)] for n, a in needed]
        return [list(each) for each in itertools.product(*lists)]

    def optional(self, entry: Any) -> Iterator[list[str]]:
        """The values of all other arguments but those for paging, one by one."""
        for name, argument in entry.args.items():
            if name not in PAGING and not is_required_argument(argument):
                yield from ([f"{name}: {value}"] for value in self.values(argument.type, name))

    def values(self, kind: Any, name: str) -> list[str]:
        """Literals of a type, for an argument or a member of this name."""
        match kind:
            case GraphQLNonNull():
                return self.values(kind.of_type, name)
            case GraphQLList():
                each = self.values(kind.of_type, name)
                return ["[]", f"[{', '.join(each[:100])}]", *(f"[{value}]" for value in each)]
            case GraphQLEnumType():
                return list(kind.values)
            case GraphQLInputObjectType():
                return self._inputs(kind)
        named = get_named_type(kind).name
        return self.of_name(name) if named == "ID" else list(SCALARS[named])

    def _inputs(self, kind: GraphQLInputObjectType) -> list[str]:
        members = [
            [f"{n}: {v}" for v in self.values(f.type, n)]
            + ([] if is_required_input_field(f) else [""])
            for n, f in kind.fields.items()
        ]
        combined = list(itertools.islice(itertools.product(*members), PRODUCT + 1))
        if len(combined) <= PRODUCT:
            return [f"{{{', '.join(filter(None, each))}}}" for each in combined]
        return [f"{{{value}}}" for each in members for value in each]

    def drawn(self, kind: Any, name: str, draw: random.Random) -> str:
        """One literal of a type, by chance."""
        match kind:
            case GraphQLNonNull():
                return self.drawn(kind.of_type, name, draw)
            case GraphQLList():
                some = [self.drawn(kind.of_type, name, draw) for _ in range(draw.choice((0, 1, 1)))]
                return f"[{', '.join(some)}]"
            case GraphQLInputObjectType():
                given = [
                    f"{n}: {self.drawn(f.type, n, draw)}"
                    for n, f in kind.fields.items()
                    if is_required_input_field(f) or draw.random() < 0.5
                ]
                return f"{{{', '.join(given)}}}"
        return draw.choice(self.values(kind, name))

    def of_name(self, name: str) -> list[str]:
        """Ids for a member of this name, and one that is none; all there are where it says none."""
        stem = name.removesuffix("Ids").removesuffix("Id")
        kind = stem[0].upper() + stem[1:]
        of_kind = self.ids.get(OTHER_NAMES.get(kind, kind))
        return self.every_id() if of_kind is None else [f'"{i}"' for i in (*of_kind, "none")]

    def every_id(self) -> list[str]:
        """All ids, quoted."""
        return [f'"{each}"' for ids in self.ids.values() for each in ids]


def _page(place: Any, arguments: list[str], number: int, paging: str) -> Asked:
    asked = place([paging, *arguments], paged=True)
    return next(itertools.islice(asked, number, None))  # type: ignore[no-any-return]


def called(
    name: str, entry: Any, arguments: list[str] | None = None, *, paged: bool = False
) -> str:
    """A field with arguments; a list begins at its start unless `paged` says where."""
    given = list(arguments or ())
    if "first" in entry.args and not paged:
        given.append("first: 100")
    return f"{name}({', '.join(given)})" if given else name


def covered(view: GraphQLSchema, texts: list[str]) -> set[str]:
    """Coordinates of all fields and arguments that documents use."""
    found: set[str] = set()

    class Seen(Visitor):
        def enter_field(self, node: Any, *_: Any) -> None:
            parent = types.get_parent_type()
            at = f"{parent.name if parent else ''}.{node.name.value}"
            found.add(at)
            found.update(f"{at}({each.name.value}:)" for each in node.arguments or ())

    for text in texts:
        types = TypeInfo(view)
        visit(parse(text), TypeInfoVisitor(types, Seen()))
    return found
