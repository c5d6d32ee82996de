"""Values by chance for the arguments of random operations: right ones mostly, and traps."""

import base64
import json
import random
import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_required_input_field,
)

from schema.node import decode, encode
from tests.documents import OTHER_NAMES, PAGING, SCALARS

WORDS = (
    *("Ann", "a", "kind", "", "Kindness", "Spring", "Autumn", "%", "_", "I did.", "Ünï 漢字 😀"),
    *("' OR 1=1 --", "\\", "COACHING_GROUP", "x" * 300),
)
BROKEN = ("", "none", "x", "0", "===", "Q29hY2hpbmdHcm91cA==", "😀", "\u0000")
SIZES = (1, 1, 2, 3, 3, 50, 100)
WRONG = (0, -1, 101)
NUMBERS = {"first": (*SIZES, *WRONG), "last": (*SIZES, *WRONG), "revision": (1, 1, 1, 2)}


class Word(str):
    """The name of an enum's value: a bare word in a document, a string in a variable."""

    __slots__ = ()


class Values:
    """Draws values; `ids` has those of all rows, groups too, by the name of their type.

    Cursors are learnt from answers, each with the list and the arguments that it came from.
    `foreign` ones are those of others' lists.
    """

    def __init__(
        self, ids: Mapping[str, list[str]], draw: random.Random, foreign: tuple[str, ...] = ()
    ) -> None:
        self.ids = ids
        self.draw = draw
        self.foreign = foreign
        self.cursors: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.everybody = [each for some in ids.values() for each in some]
        self.disguised = _disguised(ids)

    def value(self, kind: Any, name: str) -> Any:
        """A value for an argument or member of this name."""
        match kind:
            case GraphQLNonNull():
                return self.value(kind.of_type, name)
            case GraphQLList():
                count = self.draw.choice((0, 1, 1, 2, 3))
                return [self.value(kind.of_type, name) for _ in range(count)]
            case GraphQLEnumType():
                return Word(self.draw.choice(list(kind.values)))
            case GraphQLInputObjectType():
                return self._members(kind)
        return self._scalar(get_named_type(kind).name, name)

    def _scalar(self, named: str, name: str) -> Any:
        if named == "ID":
            return self.id_of(OTHER_NAMES.get(_stem(name), _stem(name)))
        if named == "String":
            return self.draw.choice(WORDS)
        if name in NUMBERS:
            return self.draw.choice(NUMBERS[name])
        return json.loads(self.draw.choice(SCALARS[named]))

    def _members(self, kind: GraphQLInputObjectType) -> dict[str, Any]:
        if kind.is_one_of:
            name, field = self.draw.choice(list(kind.fields.items()))
            return {name: self.value(field.type, name)}
        return {
            name: self.value(field.type, name)
            for name, field in kind.fields.items()
            if is_required_input_field(field) or self.draw.random() < 0.5
        }

    def id_of(self, kind: str) -> str:
        """An id of a type: mostly of a row of it, else of any other, of a group, or of nothing."""
        chance = self.draw.random()
        if chance < 0.8:
            return self.draw.choice(self.ids.get(kind) or self.everybody)
        if chance < 0.94:
            return self.draw.choice([*self.everybody, *self.disguised, *self.disguised])
        right = self.draw.choice(self.everybody)
        return self.draw.choice([*BROKEN, right[:-1], right.swapcase(), f"{right}\n", f" {right}"])

    def page(self, at: str, arguments: dict[str, Any], types: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of a list with pages: a first page, or one from a cursor onwards."""
        backward = self.draw.random() < 0.4
        size, place = ("last", "before") if backward else ("first", "after")
        paging: dict[str, Any] = {size: self.draw.choice(SIZES)}
        chance = self.draw.random()
        known = self.cursors.get(at)
        if known and chance < 0.4:
            others = self.draw.choice(list(known))
            arguments = _again(json.loads(others), types)
            paging[place] = self.draw.choice(known[others])
        elif chance < 0.48:
            paging[place] = self.cursor()
        elif chance < 0.51:
            paging = {name: self.value(types[name], name) for name in self.draw.sample(PAGING, 2)}
        return {**arguments, **paging}

    def cursor(self) -> str:
        """A cursor from somewhere: of another list, of a group's, forged, or no cursor at all."""
        learnt = [each for some in self.cursors.values() for own in some.values() for each in own]
        chance = self.draw.random()
        if self.foreign and chance < 0.3:
            return self.draw.choice(self.foreign)
        if learnt and chance < 0.8:
            found = self.draw.choice(learnt)
            return found if chance < 0.55 else self._forged(found)
        return self.draw.choice([*BROKEN, *self.everybody])

    def _forged(self, cursor: str) -> str:
        values = json.loads(base64.urlsafe_b64decode(cursor))
        place = self.draw.randrange(len(values))
        other: Any = (None, True, 2**40, -1, "", "z", "2026-01-01", "0" * 32, [], {}, 0.5)
        values[place] = self.draw.choice(other)
        if self.draw.random() < 0.2:
            values.append(values[-1])
        return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()

    def learn(self, at: str, arguments: Mapping[str, Any], found: Any) -> None:
        """Remember the cursors in the answer to a list."""
        others = {name: value for name, value in arguments.items() if name not in PAGING}
        if learnt := _cursors(found):
            known = self.cursors[at][json.dumps(others)]
            known += [each for each in learnt if each not in known]

    def learn_all(self, lists: Mapping[str, tuple[str, dict[str, Any]]], found: Any) -> None:
        """Remember the cursors in the answer to an operation, of which `lists` are the lists."""
        match found:
            case dict():
                for alias, value in found.items():
                    if alias in lists:
                        self.learn(*lists[alias], value)
                    self.learn_all(lists, value)
            case list():
                for each in found:
                    self.learn_all(lists, each)


def _stem(name: str) -> str:
    stem = name.removesuffix("Ids").removesuffix("Id")
    return stem[0].upper() + stem[1:]


def _disguised(ids: Mapping[str, list[str]]) -> list[str]:
    """Keys of groups in ids of other types, and other rows' keys in ids of groups."""
    found = []
    for group in ids.get("CoachingGroup", ()):
        _, key = decode(group) or ("", uuid.UUID(int=0))
        found += [encode(kind, key) for kind in (*ids, "CoachingCandidate", "AgentGroup")]
    for kind in ("Assignment", "Mark", "Agent"):
        keys = [decode(each) for each in ids.get(kind, ())]
        found += [encode("CoachingGroup", each[1]) for each in keys if each]
    return found


def _again(arguments: Any, types: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments back from JSON: which of their strings are names of enums' values."""
    return {name: _typed(value, types[name]) for name, value in arguments.items()}


def _typed(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, GraphQLNonNull):
        return _typed(value, kind.of_type)
    if isinstance(kind, GraphQLList):
        return [_typed(each, kind.of_type) for each in value]
    if isinstance(kind, GraphQLInputObjectType):
        return {name: _typed(each, kind.fields[name].type) for name, each in value.items()}
    return Word(value) if isinstance(kind, GraphQLEnumType) else value


def _cursors(found: Any) -> list[str]:
    """All strings in an answer that look like cursors: arrays of JSON, encoded."""
    match found:
        case str() if found.startswith("WyI"):
            return [found]
        case dict():
            return [each for value in found.values() for each in _cursors(value)]
        case list():
            return [each for value in found for each in _cursors(value)]
    return []
