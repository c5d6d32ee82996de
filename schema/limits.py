"""What a document may hold, counted before it is validated.

Validation and execution take longer than a document is long: the rule of overlapping fields
compares every two fields of one name in a selection, and a fragment is executed wherever it is
spread. So what is counted here is what they would work on, fragments counted in; counting stops
at the first limit that is passed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DefinitionNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from schema import definitions

EXCEEDED = "COST_LIMIT_EXCEEDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that a document may have of each kind.

    `tokens` are counted by the parser. `depth` is in fields below one another; `root_fields` are
    those of one operation; `fields` are those of the whole document, a fragment's wherever it is
    spread; `repeats` are pairs of fields with one name in one selection. `cost` is that of an
    operation (`schema.cost`), with its variables.
    """

    tokens: int = 2_000
    depth: int = 15
    aliases: int = 100
    directives: int = 50
    root_fields: int = 50
    definitions: int = 50
    spreads: int = 100
    fields: int = 2_000
    repeats: int = 2_000
    cost: int = 2_000_000


def check(document: DocumentNode, limits: Limits) -> None:
    """Raise a GraphQLError with the code COST_LIMIT_EXCEEDED for a document beyond a limit."""
    _refuse_above(len(document.definitions), limits.definitions, "definitions")
    written = _Written(document)
    _refuse_above(written.spreads, limits.spreads, "fragment spreads")
    _refuse_above(written.aliases, limits.aliases, "aliases")
    _refuse_above(written.directives, limits.directives, "directives")
    _Merged(document, limits).count()


def check_cost(cost: int, limits: Limits) -> None:
    """Raise a GraphQLError with the code COST_LIMIT_EXCEEDED for an operation that costs more."""
    if cost > limits.cost:
        message = f"The operation costs {cost}, at most {limits.cost} is allowed: ask for less."
        raise GraphQLError(message, extensions={"code": EXCEEDED})


def _refuse_above(found: int, most: int, what: str) -> None:
    if found > most:
        message = f"The document has too many {what}: at most {most}."
        raise GraphQLError(message, extensions={"code": EXCEEDED})


class _Written:
    """Counts what stands in the text."""

    def __init__(self, document: DocumentNode) -> None:
        self.spreads = self.aliases = self.directives = 0
        waiting: list[SelectionNode | DefinitionNode] = list(document.definitions)
        while waiting:
            node = waiting.pop()
            self.directives += len(getattr(node, "directives", None) or ())
            match node:
                case FieldNode():
                    self.aliases += node.alias is not None
                case FragmentSpreadNode():
                    self.spreads += 1
                case OperationDefinitionNode():
                    variables = node.variable_definitions or ()
                    self.directives += sum(len(each.directives or ()) for each in variables)
            if below := getattr(node, "selection_set", None):
                waiting += below.selections


_Place = tuple[SelectionSetNode, frozenset[str]]
"""A selection set, and the names of the fragments that it stands in: those have no place there."""


class _Merged:
    """Counts what execution comes to: selections merged by name, with their fragments."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self.document = document
        self.limits = limits
        self.fields = self.repeats = 0
        self.fragments = definitions.fragments(document)

    def count(self) -> None:
        """Count every definition. Raises a GraphQLError at the first limit that is passed."""
        for definition in self.document.definitions:
            match definition:
                case OperationDefinitionNode():
                    self._walk([(definition.selection_set, frozenset())], root=True)
                case FragmentDefinitionNode():
                    # A fragment that nothing spreads is validated all the same.
                    self._walk([(definition.selection_set, frozenset({definition.name.value}))])

    def _walk(self, start: list[_Place], *, root: bool = False) -> None:
        waiting = [(start, 1)]
        while waiting:
            places, depth = waiting.pop()
            _refuse_above(depth, self.limits.depth, "levels of fields below one another")
            merged = self._merge(places)
            if root and depth == 1:
                found = sum(map(len, merged.values()))
                _refuse_above(found, self.limits.root_fields, "fields at the root of an operation")
            for same in merged.values():
                self.repeats += len(same) * (len(same) - 1) // 2
                _refuse_above(self.repeats, self.limits.repeats, "fields of one name side by side")
                below = [(f.selection_set, above) for f, above in same if f.selection_set]
                if below:
                    waiting.append((below, depth + 1))

    def _merge(self, places: list[_Place]) -> dict[str, list[tuple[FieldNode, frozenset[str]]]]:
        """The fields of selection sets that are answered as one, by the name in the answer."""
        merged = defaultdict(list)
        for field, above in self._fields_of(places):
            self.fields += 1
            _refuse_above(self.fields, self.limits.fields, "fields, fragments counted in")
            merged[(field.alias or field.name).value].append((field, above))
        return merged

    def _fields_of(self, places: list[_Place]) -> Iterator[tuple[FieldNode, frozenset[str]]]:
        seen: set[str] = set()
        waiting = list(places)
        while waiting:
            selected, above = waiting.pop()
            for node in selected.selections:
                match node:
                    case FieldNode():
                        yield node, above
                    case InlineFragmentNode():
                        waiting.append((node.selection_set, above))
                    case FragmentSpreadNode():
                        name = node.name.value
                        below = self.fragments.get(name)
                        if below is not None and name not in seen and name not in above:
                            seen.add(name)
                            waiting.append((below.selection_set, above | {name}))
