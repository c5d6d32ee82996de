"""Random operations that read, executed both ways: by plans, and by the ordinary executor."""

import asyncio
import dataclasses
import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLNonNull
from strawberry.types.graphql import OperationType

import auth.viewer
import models
from auth.viewer import Viewer
from models.base import NAME_LENGTH
from resolvers.operation import Operation
from schema import cost
from schema.view import CALLERS, OBJECTS, View, Views
from server import answer
from tests import odd_rows, twin_operations, twin_rows, twin_values
from tests.hidden import KINDS, TOP, VIEWS, alone
from tests.twin_worlds import at_rest, collecting, seeded
from tests.world import World, proof

AGAIN = 20
"""Times that an operation is asked again to see whether another error is so by chance."""

TAME = 0.7
"""The share of operations in which no argument is wrong."""

SIZES = [[size] for size in twin_values.SIZES]

FLAGS = ("accept_and_dispute", "auto_qa", "hide_auditor_details")
"""Settings of a workspace that a viewer carries."""


class Difference(AssertionError):
    """The two ways came to different answers."""


class Values(twin_values.Values):
    """Draws nulls, too, wherever they may be. While `tame`, nothing that is sure to fail.

    One failed field takes the whole answer with it, so that nothing is left to compare.
    """

    tame = False

    def page(self, at: str, arguments: dict[str, Any], types: Any) -> dict[str, Any]:
        """The arguments of a list with pages."""
        while True:
            found = super().page(at, arguments, types)
            sizes = [found[name] for name in ("first", "last") if name in found]
            cursors = {found[name] for name in ("after", "before") if name in found}
            known = {each for some in self.cursors.get(at, {}).values() for each in some}
            if not self.tame or (sizes in SIZES and cursors <= known):
                return found

    def _scalar(self, named: str, name: str) -> Any:
        while True:
            found = super()._scalar(named, name)
            if not (self.tame and isinstance(found, str) and len(found) > NAME_LENGTH):
                return found

    def value(self, kind: Any, name: str) -> Any:
        """A value for an argument or member of this name."""
        if not isinstance(kind, GraphQLNonNull) and self.draw.random() < 0.04:
            return None
        return super().value(kind, name)


@dataclass(frozen=True)
class Told:
    """An answer: how it came about, its JSON in canonical form and as it was sent, its size."""

    how: str
    text: str
    raw: bytes
    objects: int

    @property
    def same(self) -> Any:
        """What must be the same both ways."""
        return self.text, self.raw, self.objects

    @property
    def failures(self) -> set[str]:
        """The errors, each with the data beside them.

        Where several fields fail, which of them are told is chance: one does not wait for another.
        """
        body = json.loads(self.text)
        return {json.dumps([body["data"], each]) for each in body["errors"]}


@dataclass
class Figures:
    """What a run was worth."""

    compared: int = 0
    how: Counter[str] = field(default_factory=Counter)
    chances: int = 0
    objects: int = 0
    failed: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def compiled(self) -> float:
        """The share of the valid operations without errors that went by a plan."""
        return self.how["compiled"] / max(1, self.compared - self.how["invalid"] - self.failed)

    def __str__(self) -> str:
        return (
            f"{self.compared} operations compared, {self.objects} objects, no difference;"
            f" {self.compiled:.1%} of those that came to data compiled; {dict(self.how)};"
            f" {self.failed} failed alike, {self.chances} asked again; {dict(self.codes)}"
        )


@dataclass
class Reader:
    """Somebody, with what makes operations on their view."""

    name: str
    viewer: Viewer
    view: View
    operations: twin_operations.Operations
    values: Values


async def readers(world: World, draw: random.Random) -> list[Reader]:
    """Somebody for each view, in a workspace made odd.

    The views are nobody else's: plans are made for one kind of database, as a server has it.
    """
    views = Views(VIEWS.whole)
    users = await odd_rows.fill(world)
    ids = await twin_rows.ids_of(world)
    foreign = await twin_rows.cursors_of_groups(world)
    await odd_rows.make_odd(world, draw)
    return [
        await _reader(world, views, name, user, Values(ids, draw, foreign))
        for name, user in users.items()
    ]


async def _reader(
    world: World, views: Views, name: str, user: models.User, values: Values
) -> Reader:
    viewer = await auth.viewer.Callers(world.database, 0).find(proof(user.id))
    assert viewer is not None
    view = views.of({**CALLERS, **KINDS}[name])
    assert view is views.of(viewer)
    ghosts = view._view.ghosts  # noqa: SLF001 - nobody else may ask
    operations = twin_operations.Operations(alone(name), TOP, ghosts, writes=0)
    return Reader(name, viewer, view, operations, values)


async def run(world: World, count: int, seed: int, figures: Figures) -> None:
    """Compare so many operations. Raises Difference at the first one."""
    draw = random.Random(seed)  # noqa: S311 - to be repeated
    with seeded(seed):
        everybody = await readers(world, draw)
    named = [each for each in everybody if each.name in CALLERS]
    with collecting() as collect:
        for number in range(count):
            collect(number)
            reader = draw.choice(named if draw.random() < 0.7 else everybody)
            reader.values.tame = draw.random() < TAME
            made = reader.operations.draw(reader.values)
            while made.spoilt:  # refused before anybody executes it
                made = reader.operations.draw(reader.values)
            flags: Any = {name: draw.random() < 0.5 for name in FLAGS}
            viewer = dataclasses.replace(reader.viewer, **flags)
            try:
                found = await compare(
                    world, reader.view, viewer, made.text, made.variables, figures
                )
            except Difference as error:
                about = f"COMPILED_SEED={seed}, operation {number}, {reader.name}, {flags}: {error}"
                raise Difference(about) from None
            reader.values.learn_all(made.lists, json.loads(found.text)["data"])


async def compare(
    world: World,
    view: View,
    viewer: Viewer,
    text: str,
    variables: dict[str, Any],
    figures: Figures,
) -> Told:
    """The one answer to an operation. Raises Difference where there are two."""
    asked = (world, view, viewer, text, variables)
    planned = await tell(*asked)
    figures.compared += 1
    figures.how[planned.how] += 1
    figures.objects += planned.objects
    failed = planned.how not in {"compiled", "invalid"} and '"errors": []' not in planned.text
    figures.failed += failed
    figures.codes.update(each["extensions"]["code"] for each in json.loads(planned.text)["errors"])
    if planned.how not in {"compiled", "unusual"}:
        return planned
    with ordinarily(view):
        ordinary = await tell(*asked)
    if planned.same == ordinary.same:
        return planned
    one, other = planned.failures, ordinary.failures
    if one and other:
        figures.chances += 1
        for _ in range(AGAIN):
            if one & other:
                return planned
            one |= (await tell(*asked)).failures
            with ordinarily(view):
                other |= (await tell(*asked)).failures
    message = f"{planned.how}\n{text}\n{json.dumps(variables)}\n{planned}\n{ordinary}"
    raise Difference(message)


@contextmanager
def ordinarily(view: View) -> Iterator[None]:
    """Have nothing compiled meanwhile."""
    view.compiles = False
    try:
        yield
    finally:
        del view.compiles


async def tell(
    world: World, view: View, viewer: Viewer, text: str, variables: dict[str, Any]
) -> Told:
    """The answer to an operation, as a client is sent it."""
    before, counts = asyncio.all_tasks(), view.plans.counts.copy()
    result = await view.execute(
        text,
        variable_values=variables,
        context_value=Operation(world.database, viewer),
        allowed_operation_types={OperationType.QUERY},
    )
    await at_rest(before)
    more = view.plans.counts - counts
    how = next((name for name in more if name != "ordinary"), "invalid")
    errors = [answer.error(each, "request") for each in result.errors or ()]
    body = {"data": result.data, "errors": errors}
    raw = orjson.dumps(body)
    extensions = result.extensions or {}
    objects = extensions.get(OBJECTS)
    if objects is None:
        objects = cost.objects(result.data)
    return Told(how, json.dumps(json.loads(raw)), raw, objects)
