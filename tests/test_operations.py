"""The answers of the named operations, to those whom they are for.

What differs from run to run is replaced: ids by their type and a number in order of appearance,
cursors and times of writing by a word.
"""

from typing import Any

import pytest
from snapshottest.pytest import PyTestSnapshotTest

from schema.node import decode
from server import operations
from tests import operating
from tests.client import Client
from tests.operating import CASES, Scene
from tests.world import World

UNSTABLE = {"cursor": "<cursor>", "endCursor": "<cursor>"}


@pytest.fixture
async def scene(world: World) -> Scene:
    return await operating.scene(world)


class Stable:
    """Replaces what differs from run to run."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def of(self, value: Any, key: str = "") -> Any:
        match value:
            case dict():
                return {name: self.of(member, name) for name, member in value.items()}
            case list():
                return [self.of(member, key) for member in value]
            case str() if key in UNSTABLE:
                return UNSTABLE[key]
            case str() if key == "id":
                return self.id(value)
            case str() if key in {"reviewedAt", "assignedAt", "followUpOn", "createdAt"}:
                return value if value.startswith("2026-03") else "<now>"
        return value

    def id(self, text: str) -> str:
        if text not in self.ids:
            found = decode(text)
            assert found is not None
            kind = found[0]
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.ids[text] = f"{kind} {self.counts[kind]}"
        return self.ids[text]


@pytest.mark.parametrize(
    ("who", "operation"), [(who, name) for who, names in CASES.items() for name in names]
)
async def test_the_answer_of_a_named_operation(
    scene: Scene, snapshot: PyTestSnapshotTest, who: str, operation: str
):
    client: Client = getattr(scene, who)
    answer = await client.ask(operation, **operating.variables(scene, operation))
    snapshot.assert_match(Stable().of(answer.data))


def test_every_named_operation_has_an_answer_on_record():
    assert {name for names in CASES.values() for name in names} == set(operations.names())
