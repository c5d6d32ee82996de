"""Statements made once: their text, and how the values of their parameters go in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from models.base import UtcDateTime


class Prepared:
    """A statement for one kind of database."""

    def __init__(self, statement: Any, dialect: sa.Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        unknown = {name: None for name, each in compiled.binds.items() if each.required}
        state = compiled.construct_expanded_state(unknown)
        self.text: str = state.statement
        self._fixed: list[Any] = []
        self._open: list[tuple[int, str, Callable[[Any], Any] | None]] = []
        processors: Any = {**compiled._bind_processors, **state.processors}  # noqa: SLF001
        for place, name in enumerate(state.positiontup or ()):
            process = processors.get(name)
            value = state.parameters[name]
            if name in compiled.binds and compiled.binds[name].required:
                self._open.append((place, name, process))
                self._fixed.append(None)
            else:
                self._fixed.append(process(value) if process else value)

    def values(self, given: Mapping[str, Any]) -> Sequence[Any]:
        """The values of its parameters, in order, as the driver takes them."""
        found = list(self._fixed)
        for place, name, process in self._open:
            value = given[name]
            found[place] = process(value) if process else value
        return found


def reader(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Callable[[Any], Any]:
    """What makes a value of a type from what the driver has read."""
    if isinstance(kind, UtcDateTime) and dialect.name == "postgresql":
        return _as_it_is  # as the driver has it: in UTC
    processor = kind.dialect_impl(dialect).result_processor(dialect, None)
    return processor or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
