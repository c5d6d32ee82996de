"""Many random operations on twins, and figures that say what they were worth."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx2
from graphql import is_input_type

from tests.hidden import SCHEMAS, TOP, elements, of
from tests.twin_operations import Operation, Operations
from tests.twin_values import Values
from tests.twin_worlds import Difference, Twins, cursors_of_groups, ids_of

VIEW = SCHEMAS["agent"]
WORD = re.compile(rb'"([A-Z_]+)"')
LIFE = 400
"""Operations after which new twins take over: by then there is little left to be written."""


@dataclass
class Figures:
    """What came of the operations of a run."""

    operations: int = 0
    statements: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    used: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def count(self, made: Operation, answer: httpx2.Response) -> None:
        """Count an operation. Raises AssertionError for a fault of ours."""
        body = answer.json()
        errors = body.get("errors", ())
        codes = {error["extensions"]["code"] for error in errors}
        assert answer.status_code < 500 and "INTERNAL" not in codes, (made.text, answer.text)  # noqa: PT018
        self.operations += 1
        self.refused.update(codes)
        data = body.get("data")
        if data is None:
            self.answers["refused"] += not errors[0].get("path")
            self.answers["failed"] += bool(errors[0].get("path"))
            return
        found = any(data.values())
        self.answers["data" if found and not errors else "part" if found else "null"] += 1
        if found and not made.spoilt:
            self.used |= made.used
            self.told |= {each.decode() for each in WORD.findall(answer.content)}
            self._count_lists(made, data)
        if made.writing:
            done = (each for each in data.values() if isinstance(each, dict))
            names = [each.get("__typename") for each in done if each.get("errors") == []]
            self.written.update(name for name in names if name)

    def _count_lists(self, made: Operation, found: Any) -> None:
        match found:
            case dict():
                for alias, value in found.items():
                    arguments = made.lists.get(alias, ("", {}))[1]
                    onward = {"after", "before"} & set(arguments)
                    self.pages += bool(onward and isinstance(value, dict) and value.get("nodes"))
                    self._count_lists(made, value)
            case list():
                for each in found:
                    self._count_lists(made, each)

    def unused(self) -> list[str]:
        """Coordinates that a client can write, and that no answered operation had."""
        return sorted(_writable() - self.used)

    def untold(self) -> list[str]:
        """Values of enums that are only ever read, and that no answer had."""
        values = {at for at in _values() if at not in _writable()}
        return sorted(at for at in values if at.partition(".")[2] not in self.told)

    @property
    def valid(self) -> float:
        """The share of operations that were executed."""
        return 1 - self.answers["refused"] / self.operations

    def __str__(self) -> str:
        writable = _writable()
        used = len(writable & self.used)
        return "\n".join(
            [
                f"{self.operations} operations, no difference; {self.statements} statements a side",
                f"{self.valid:.1%} executed: {dict(self.answers)}; codes {dict(self.refused)}",
                f"{self.pages} pages behind a cursor with rows; written {dict(self.written)}",
                f"{used} of {len(writable)} coordinates had data; not: {self.unused()}",
                f"values that were never in an answer: {self.untold()}",
            ]
        )


def _values() -> set[str]:
    enums = {name for name, kind in VIEW.type_map.items() if hasattr(kind, "values")}
    return {at for at, _ in elements(VIEW) if at.partition(".")[0] in enums and "." in at}


def _writable() -> set[str]:
    """Fields, arguments, members of inputs, and values of the enums that arguments take."""
    given = {at: each for at, each in elements(VIEW) if "(" in at}
    given |= {
        at: each
        for at, each in elements(VIEW)
        if "." in at and is_input_type(VIEW.type_map[at.partition(".")[0]])
    }
    taken = {_named(each.type) for each in given.values() if hasattr(each, "type")}
    found = {at for at, _ in elements(VIEW) if "." in at}
    return {at for at in found if at not in _values() or at.partition(".")[0] in taken}


def _named(kind: Any) -> str:
    return str(kind).strip("[]!")


async def run(twins: Twins, count: int, seed: int, figures: Figures) -> None:
    """Compare so many operations. Raises Difference, with what repeats it, at the first one."""
    ghosts = of("agent")._view.ghosts  # noqa: SLF001 - nobody else may ask
    operations = Operations(VIEW, TOP, ghosts)
    draw = random.Random(seed)  # noqa: S311 - to be repeated
    values = Values(await ids_of(twins.grouped), draw, await cursors_of_groups(twins.grouped))
    for number in range(count):
        made = operations.draw(values)
        try:
            answer = await twins.send(made.body(name=draw.random() < 0.5), writing=made.writing)
        except Difference as found:
            message = f"FUZZ_SEED={seed}, operation {number}: {found}"
            raise Difference(message) from None
        figures.count(made, answer)
        _learn(values, made, answer.json().get("data"))
    figures.statements += twins.statements


def _learn(values: Values, made: Operation, found: Any) -> None:
    match found:
        case dict():
            for alias, value in found.items():
                if alias in made.lists:
                    values.learn(*made.lists[alias], value)
                _learn(values, made, value)
        case list():
            for each in found:
                _learn(values, made, each)
