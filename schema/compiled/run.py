"""One execution of a plan: who asks, with which variables, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLResolveInfo, OperationDefinitionNode
from graphql.execution.values import VariableValues, get_argument_values

from auth.stand_in import ids
from models.prepared import Prepared
from resolvers import query
from resolvers.operation import Operation
from schema import definitions
from schema.compiled.selection import Selected
from schema.compiled.words import MARK, POISON

Asked = tuple[Prepared, Mapping[str, Any], Sequence[Any] | None]
"""A statement, and what is given for its parameters: by name, and for open ones."""


AWAIT = "__await__"
"""What the type of an awaitable has: asked for each value, where `Awaitable` costs three calls."""


class Unusual(Exception):
    """Something that the ordinary executor has to tell: an error, or what no plan knows."""


class Run:
    """Lives as long as the operation. `objects` counts those of the answer.

    What it loads is its own: the ordinary executor, where it has to, begins with nothing loaded. Of
    several errors it tells the one that comes first, which what is there already would decide.

    `given` are values of parameters that any statement may have.
    """

    def __init__(
        self,
        schema: Any,
        document: DocumentNode,
        chosen: OperationDefinitionNode,
        variables: VariableValues,
        operation: Operation,
    ) -> None:
        self.schema = schema
        self.operation = operation.apart()
        self.objects = 0
        self._document = document
        self._chosen = chosen
        self._variables = variables
        self.given: dict[str, Any] = ids(operation.viewer)

    def info(self, field: Selected) -> Any:
        """What a resolver is told of its field. The same for all objects of a level."""
        return GraphQLResolveInfo(
            field.name,
            field.nodes,
            field.kind,
            field.parent,
            None,  # type: ignore[arg-type]  # the path differs, and no resolver asks for it
            self.schema,
            definitions.fragments(self._document),
            None,
            self._chosen,
            self._variables,
            self.operation,
            asyncio.iscoroutine,  # type: ignore[arg-type]
            None,
            None,  # type: ignore[arg-type]
        )

    def arguments(self, field: Selected) -> dict[str, Any]:
        """The values of a field's arguments."""
        if not field.definition.args:
            return {}
        return get_argument_values(field.definition, field.nodes[0], self._variables)

    async def read(self, statements: Sequence[Asked]) -> Any:
        """The rows of each statement, on one connection."""
        return await query.fetch(
            self.operation,
            [
                (prepared.text, prepared.values({**self.given, **given}, others))
                for prepared, given, others in statements
            ],
        )

    def fragment(self, text: str | None) -> orjson.Fragment:
        """JSON that the database has written. Raises Unusual where it could not."""
        if text is None or POISON in text:
            raise Unusual
        plain = text.replace(MARK, "")
        self.objects += len(text) - len(plain)
        return orjson.Fragment(plain)

    def fragments(self, texts: Sequence[str | None]) -> list[orjson.Fragment]:
        """The same of many at once."""
        if not texts or None in texts:
            return [self.fragment(each) for each in texts]
        whole = POISON.join(texts)  # type: ignore[arg-type]  # there is no None
        if whole.count(POISON) >= len(texts):
            raise Unusual
        plain = whole.replace(MARK, "")
        self.objects += len(whole) - len(plain)
        return list(map(orjson.Fragment, plain.split(POISON)))

    def array(self, texts: Sequence[str | None]) -> orjson.Fragment:
        """A list of what the database has written. Raises Unusual where it could not."""
        told = [each for each in texts if each is not None]
        if len(told) < len(texts):
            raise Unusual
        return self.fragment(f"[{','.join(told)}]")


def settled(values: Iterable[Any]) -> Any:
    """Values, of which some may still have to be awaited: a list, or what it is awaited from.

    Raises what one of them raises. Where making one of them raises, those made before have ended
    when that is told.
    """
    made: list[Any] = []
    try:
        made.extend(values)
    except Exception as error:
        if waiting := _waiting(made):
            return _ended(waiting, error)
        raise
    waiting = _waiting(made)
    return _settled(made, waiting) if waiting else made


async def _ended(waiting: Sequence[Awaitable[Any]], error: Exception) -> Any:
    await asyncio.gather(*waiting, return_exceptions=True)
    raise error


async def _settled(made: Sequence[Any], waiting: Sequence[Awaitable[Any]]) -> list[Any]:
    if len(waiting) == 1:  # a task for each costs more than many a field does
        found = [await waiting[0]]
    else:
        found = await asyncio.gather(*waiting, return_exceptions=True)
        for each in found:
            if isinstance(each, BaseException):
                raise each
    ready = iter(found)
    return [next(ready) if hasattr(type(each), AWAIT) else each for each in made]


def _waiting(values: Sequence[Any]) -> list[Awaitable[Any]]:
    return [each for each in values if hasattr(type(each), AWAIT)]


async def there(found: Any) -> Any:
    """A value, once it is there."""
    return await found if hasattr(type(found), AWAIT) else found


def then(found: Any, go_on: Callable[[Any], Any]) -> Any:
    """What comes of a value, which may still have to be awaited: so must this be, then."""
    return _then(found, go_on) if hasattr(type(found), AWAIT) else go_on(found)


async def _then(found: Awaitable[Any], go_on: Callable[[Any], Any]) -> Any:
    return await there(go_on(await found))
