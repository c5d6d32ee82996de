"""Whoever makes one of the two ways wrong is found out by the comparison of both."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

import models
from auth.viewer import Viewer
from schema.compiled import blocks, pages, text, words
from schema.compiled.run import Run
from schema.compiled.words import literal
from schema.view import View, Views
from tests import both_ways, operating
from tests.both_ways import Difference, Figures
from tests.hidden import VIEWS
from tests.operating import Scene, variables
from tests.test_compiled_named import TEXTS, readers
from tests.twin_rows import rows_of
from tests.world import World, global_id

Patch = pytest.MonkeyPatch

AGENTS = "query Agents($search: String) { agents(first: 5, search: $search) { nodes { name } } }"


def word(patch: Patch, name: str, changed: Callable[..., Any]) -> None:
    """Change how a word of both databases is said."""
    for kind in (words.PostgreSQL, words.SQLite):
        said = getattr(kind, name)
        patch.setattr(kind, name, lambda *given, said=said: changed(said, *given))


def texts_in_capitals(patch: Patch) -> None:
    word(patch, "text", lambda said, self, column: said(self, sa.func.upper(column)))


def numbers_as_they_are_stored(patch: Patch) -> None:
    word(patch, "fixed", lambda _said, _self, column, _places: sa.cast(words.raw(column), sa.Text))


def times_in_another_notation(patch: Patch) -> None:
    def changed(said: Any, *given: Any) -> Any:
        return sa.func.replace(said(*given), literal("+00:00"), literal("Z"), type_=sa.Text)

    word(patch, "date_time", changed)


def ids_of_another_type(patch: Patch) -> None:
    word(patch, "node_id", lambda said, self, _kind, column: said(self, "Thing", column))


def lists_in_the_opposite_order(patch: Patch) -> None:
    made = text.Writer._list  # noqa: SLF001 - a plant goes where the fault would be

    def reversed_(self: Any, told: Any, rows: Any, conditions: Any, order: Any, *size: Any) -> Any:
        turned = [each if isinstance(each, sa.UnaryExpression) else each.desc() for each in order]
        return made(self, told, rows, conditions, turned, *size)

    patch.setattr(text.Writer, "_list", reversed_)


def rows_out_of_reach(patch: Patch) -> None:
    patch.setattr(text.Writer, "reach", lambda *_: ())


def something_for_null(patch: Patch) -> None:
    value = words.value

    def changed(*given: Any) -> Any:
        return sa.func.coalesce(value(*given), literal('""'), type_=sa.Text)

    patch.setattr(words, "value", changed)


def an_object_for_nothing(patch: Patch) -> None:
    patch.setattr(text.Writer, "_absent", lambda *_: literal("{}"))


def the_first_statement_for_every_list(patch: Patch) -> None:
    made = pages._Pages._statement  # noqa: SLF001

    def first(self: Any, *given: Any) -> Any:
        return next(iter(self._statements.values()), None) or made(self, *given)

    patch.setattr(pages._Pages, "_statement", first)  # noqa: SLF001


def the_ids_of_the_first_viewer(patch: Patch) -> None:
    patch.setattr(text, "stand_in", lambda viewer: viewer)


def fields_in_another_order(patch: Patch) -> None:
    made = blocks.as_objects

    def turned(columns: Any, number: int) -> Any:
        return made(dict(reversed(columns.items())), number)

    patch.setattr(blocks, "as_objects", turned)


def an_object_too_many(patch: Patch) -> None:
    fragment = Run.fragment

    def counted(self: Any, told: Any) -> Any:
        self.objects += 1
        return fragment(self, told)

    patch.setattr(Run, "fragment", counted)


PLANTS = (
    texts_in_capitals,
    numbers_as_they_are_stored,
    times_in_another_notation,
    ids_of_another_type,
    lists_in_the_opposite_order,
    rows_out_of_reach,
    something_for_null,
    an_object_for_nothing,
    the_first_statement_for_every_list,
    the_ids_of_the_first_viewer,
    fields_in_another_order,
    an_object_too_many,
)


@pytest.fixture
async def scene(world: World) -> Scene:
    return await operating.scene(world)


async def asked(scene: Scene) -> list[tuple[Viewer, str, dict[str, Any]]]:
    """Who asks for what: several in one view, for more than one list, with a row out of reach."""
    everybody = await readers(scene)
    other = await scene.world.queue("Sales")
    elsewhere = await scene.world.conversation(scene.ann, other)
    (quinn,) = await rows_of(scene.world, models.User, name="Quinn")
    two = await scene.world.assignment(scene.ann, quinn, scene.talk, elsewhere)
    qa, supervisor, ann = (everybody[name] for name in ("qa", "supervisor", "agent"))
    ben = dataclasses.replace(ann, agent_id=scene.other.agent_id)
    named: list[tuple[Viewer, str, dict[str, Any]]] = [
        (qa, "AssignmentsPage", {"first": 5}),
        (qa, "CoachingMonitor", {"first": 5}),
        (ann, "MyAssignments", {"first": 5}),
        (ben, "MyAssignments", {"first": 5}),
        (qa, "AuditDetails", variables(scene, "AuditDetails")),
        (supervisor, "DrillDown", {"first": 5}),
        (supervisor, "MyAssignment", {"id": global_id(two)}),
    ]
    agents = [(qa, AGENTS, {"search": search}) for search in (None, "Be")]
    return [(who, TEXTS[operation], given) for who, operation, given in named] + agents


async def compare(scene: Scene) -> Figures:
    """Compare both ways for all of them. Raises Difference."""
    views, figures = Views(VIEWS.whole), Figures()
    for who, document, given in await asked(scene):
        await both_ways.compare(scene.world, views.of(who), who, document, given, figures)
    return figures


@pytest.fixture(autouse=True)
def compiling(monkeypatch: Patch) -> None:
    monkeypatch.setattr(View, "compiles", True)


async def test_where_nothing_is_planted_both_ways_are_alike(scene: Scene):
    figures = await compare(scene)
    assert figures.how == {"compiled": figures.compared}


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
async def test_a_planted_difference_is_found(
    scene: Scene, monkeypatch: Patch, plant: Callable[[Patch], None]
):
    plant(monkeypatch)
    with pytest.raises(Difference):
        await compare(scene)
