"""Statements made once: their text, and how the values of their parameters go in."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.base import UtcDateTime

Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the texts of some statements depend on, and the parameters with their values.

    Statements of the same shape have the same texts, and their parameters stand in one order.
    """

    key: Hashable
    parameters: Sequence[sa.BindParameter[Any]]

    @property
    def values(self) -> list[Any]:
        """The values of the parameters; None for those that are given with each execution."""
        return [each.effective_value for each in self.parameters]


def shape_of(statements: Iterable[Any]) -> Shape | None:
    """The shape of statements; None where SQLAlchemy can't tell it."""
    keys: list[Hashable] = []
    parameters: list[sa.BindParameter[Any]] = []
    for statement in statements:
        found = statement._generate_cache_key()  # noqa: SLF001 - as its own cache of texts does
        if found is None:
            return None
        keys.append(found.key)
        parameters += found.bindparams
    # A list is as many parameters of the text as it has values.
    lists: list[Any] = [each.effective_value for each in parameters if each.expanding]
    return Shape((tuple(keys), tuple(map(len, lists))), parameters)


class Prepared:
    """A statement for one kind of database.

    `open_` are parameters with values of which others may be given, by their places there.
    """

    def __init__(
        self,
        statement: Any,
        dialect: sa.Dialect,
        open_: Sequence[sa.BindParameter[Any]] = (),
    ) -> None:
        compiled = statement.compile(dialect=dialect)
        unknown = {name: None for name, each in compiled.binds.items() if each.required}
        state = compiled.construct_expanded_state(unknown)
        self.text: str = state.statement
        self._fixed: list[Any] = []
        self._required: list[tuple[int, str, Process]] = []
        self._open: list[tuple[int, int, int | None, Process]] = []
        processors: Any = {**compiled._bind_processors, **state.processors}  # noqa: SLF001
        places = _places(compiled, state, open_)
        for place, name in enumerate(state.positiontup or ()):
            process = processors.get(name) or as_it_is
            if name in compiled.binds and compiled.binds[name].required:
                self._required.append((place, name, process))
                self._fixed.append(None)
                continue
            self._fixed.append(process(state.parameters[name]))
            if name in places:
                self._open.append((place, *places[name], process))

    def values(
        self, given: Mapping[str, Any], others: Sequence[Any] | None = None
    ) -> Sequence[Any]:
        """The values of its parameters, in order, as the driver takes them.

        `others` are those of the open ones; without, they are what they were.
        """
        found = list(self._fixed)
        for place, name, process in self._required:
            found[place] = process(given[name])
        if others is not None:
            for place, number, inside, process in self._open:
                value = others[number]
                found[place] = process(value if inside is None else value[inside])
        return found


def _places(
    compiled: Any, state: Any, open_: Sequence[sa.BindParameter[Any]]
) -> dict[str, tuple[int, int | None]]:
    """For each parameter of a text its place among the open ones, and in the list that it is of."""
    numbers = {each.key: number for number, each in enumerate(open_) if not each.required}
    found: dict[str, tuple[int, int | None]] = {}
    for each, name in compiled.bind_names.items():
        number = numbers.get(each.key)
        if number is None:
            continue
        if each.expanding:
            names = state.parameter_expansion[name]
            found |= {one: (number, inside) for inside, one in enumerate(names)}
        else:
            found[name] = number, None
    return found


def reader(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Callable[[Any], Any]:
    """What makes a value of a type from what the driver has read."""
    if isinstance(kind, UtcDateTime) and dialect.name == "postgresql":
        return as_it_is  # as the driver has it: in UTC
    processor = kind.dialect_impl(dialect).result_processor(dialect, None)
    return processor or as_it_is


def as_it_is(value: Any) -> Any:
    """A value that is the same for the driver and for Python."""
    return value
