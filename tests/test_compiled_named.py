"""The named operations that read are executed by plans, in every view that takes them."""

import dataclasses
from collections.abc import Iterator

import pytest
from graphql import OperationDefinitionNode, OperationType, parse

import models
from auth.viewer import Viewer
from models import Role
from schema.view import CALLERS, View, Views
from server import operations
from tests import both_ways, operating
from tests.both_ways import Figures
from tests.hidden import KINDS, VIEWS
from tests.operating import CASES, Scene, variables
from tests.twin_rows import rows_of
from tests.world import EVERYWHERE, World, viewer


@pytest.fixture
async def scene(world: World) -> Scene:
    return await operating.scene(world)


TEXTS = {name: operations.text(name) for name in operations.names()}


def _reads(text: str) -> bool:
    first = parse(text).definitions[0]
    return isinstance(first, OperationDefinitionNode) and first.operation is OperationType.QUERY


READS = [name for name, text in TEXTS.items() if _reads(text)]


async def readers(scene: Scene) -> dict[str, Viewer]:
    """Somebody for each view: Ann where it is an agent's, and else somebody in her queue."""
    world = scene.world
    user = await world.user(Role.QA, *EVERYWHERE, queues=tuple(await rows_of(world, models.Queue)))
    return {
        name: dataclasses.replace(
            viewer(user),
            role=caller.role,
            permissions=caller.permissions,
            agent_id=scene.ann.id if caller.is_agent else None,
        )
        for name, caller in {**CALLERS, **KINDS}.items()
    }


def taking(views: Views, of: dict[str, Viewer], text: str) -> Iterator[tuple[str, View, Viewer]]:
    """The views that take a document, with who reads there."""
    for name, who in of.items():
        view = views.of(who)
        if not view.document(text).errors:
            yield name, view, who


async def test_every_named_operation_that_reads_has_a_plan_in_every_view_that_takes_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(View, "compiles", True)
    views, everybody = Views(VIEWS.whole), await readers(scene)
    for operation in READS:
        text, given = TEXTS[operation], variables(scene, operation)
        taken, figures = set(), Figures()
        for name, view, who in taking(views, everybody, text):
            told = await both_ways.compare(scene.world, view, who, text, given, figures)
            assert told.how == "compiled", f"{operation} in the view of {name}"
            taken.add((name, told.objects > 0))
        assert taken >= {(who, True) for who, names in CASES.items() if operation in names}
        assert figures.failed == 0
    assert len(READS) == 15
