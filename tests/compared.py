"""Every operation that reads, executed twice: by its plan, and by the ordinary executor."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest

from resolvers.operation import Operation
from schema.view import View


@dataclass
class Compared:
    """What was found: how many operations were compared, and how many had no plan, and why."""

    compared: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)


@contextmanager
def compared() -> Iterator[Compared]:
    """Compare all answers to operations that have a plan with those of the ordinary executor."""
    found = Compared()
    execute = View.execute

    async def both(self: View, query: Any, *args: Any, **given: Any) -> Any:
        before = self.plans.counts.copy()
        planned = await execute(self, query, *args, **given)
        more = self.plans.counts - before
        found.counts += more
        if not more["compiled"]:
            if more:
                found.kept.append(query)
            return planned
        context: Operation = given["context_value"]
        again = Operation(context.database, context.viewer, context.loaders.most_rows)
        self.compiles = False
        try:
            ordinary = await execute(self, query, *args, **{**given, "context_value": again})
        finally:
            del self.compiles
        assert not ordinary.errors, (query, given, ordinary.errors)
        data = orjson.loads(orjson.dumps(planned.data))
        assert json.dumps(data) == json.dumps(orjson.loads(orjson.dumps(ordinary.data))), query
        found.compared += 1
        return planned

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(View, "execute", both)
        yield found
