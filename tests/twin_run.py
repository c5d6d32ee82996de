"""Many random operations on twins, and figures that say what they were worth."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx2
from graphql import GraphQLEnumType, GraphQLInputObjectType, get_named_type

from tests.hidden import SCHEMAS, TOP, elements, of
from tests.twin_operations import Operation, Operations
from tests.twin_rows import cursors_of_groups, ids_of
from tests.twin_values import Values
from tests.twin_worlds import Difference, Twins, collecting

VIEW = SCHEMAS["agent"]
SHORT = 300
"""Operations of the ordinary suite: enough to find the leaks that are planted."""

LIFE = 400
"""Operations after which new twins take over: by then there is little left to be written."""


@dataclass
class Figures:
    """What came of the operations of a run."""

    operations: int = 0
    statements: int = 0
    chances: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    used: set[str] = field(default_factory=set)

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
            root = VIEW.mutation_type if made.writing else VIEW.query_type
            self._use(made, root, data)
        if made.writing:
            done = (each for each in data.values() if isinstance(each, dict))
            names = [each.get("__typename") for each in done if each.get("errors") == []]
            self.written.update(name for name in names if name)

    def _use(self, made: Operation, kind: Any, found: Any) -> None:
        """Note what in an answer has a value, and what arguments it took."""
        if isinstance(found, list):
            for each in found:
                self._use(made, kind, each)
        if not isinstance(found, dict):
            if isinstance(kind, GraphQLEnumType):
                self.used.add(f"{kind.name}.{found}")
            return
        for key, value in found.items():
            at, given = made.fields.get(key, (f"{kind.name}.{key}", set()))
            type_name, _, name = at.partition(".")
            parent: Any = VIEW.type_map[type_name]
            if value is None or name not in parent.fields:
                continue
            self.used |= {at, *given}
            onward = {f"{at}(after:)", f"{at}(before:)"} & given
            self.pages += bool(onward and value.get("nodes"))
            self._use(made, get_named_type(parent.fields[name].type), value)

    def unused(self) -> list[str]:
        """Coordinates of the view that had no part in any answer."""
        return sorted({at for at, _ in elements(VIEW) if "." in at} - self.used)

    def unasked(self) -> list[str]:
        """Those of them that don't wait for the data: all but values that are only ever read."""
        return [at for at in self.unused() if at.partition(".")[0] not in only_read()]

    @property
    def valid(self) -> float:
        """The share of operations that were executed."""
        return 1 - self.answers["refused"] / self.operations

    def __str__(self) -> str:
        unused = self.unused()
        total = len(unused) + len(self.used)
        return "\n".join(
            [
                f"{self.operations} operations, no difference",
                f"{self.statements} statements a side; {self.chances} answers asked for again",
                f"{self.valid:.1%} executed: {dict(self.answers)}; codes {dict(self.refused)}",
                f"{self.pages} pages behind a cursor with rows; written {dict(self.written)}",
                f"{len(self.used)} of {total} coordinates took part in answers; not: {unused}",
            ]
        )


def only_read() -> set[str]:
    """Names of the enums that no argument takes."""
    enums = {name for name, kind in VIEW.type_map.items() if isinstance(kind, GraphQLEnumType)}
    taken = {
        get_named_type(each.type).name
        for at, each in elements(VIEW)
        if "(" in at or isinstance(VIEW.type_map[at.partition(".")[0]], GraphQLInputObjectType)
        if hasattr(each, "type")
    }
    return enums - taken


async def run(twins: Twins, count: int, seed: int, figures: Figures) -> None:
    """Compare so many operations. Raises Difference, with what repeats it, at the first one."""
    ghosts = of("agent")._view.ghosts  # noqa: SLF001 - nobody else may ask
    operations = Operations(VIEW, TOP, ghosts)
    draw = random.Random(seed)  # noqa: S311 - to be repeated
    values = Values(await ids_of(twins.grouped), draw, await cursors_of_groups(twins.grouped))
    with collecting() as collect:
        for number in range(count):
            collect(number)
            made = operations.draw(values)
            try:
                answer = await twins.send(made.body(name=draw.random() < 0.5), writing=made.writing)
            except Difference as found:
                message = f"FUZZ_SEED={seed}, operation {number}: {found}"
                raise Difference(message) from None
            figures.count(made, answer)
            values.learn_all(made.lists, answer.json().get("data"))
    figures.statements += twins.statements
    figures.chances += twins.chances
