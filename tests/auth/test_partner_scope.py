"""What the scopes of partners' tokens let through."""

import itertools
import re
from pathlib import Path

import pytest

from auth import partner_scope
from auth.partner_scope import SCOPES
from models import Permission, Role
from tests import partners
from tests.world import World, proof

PAGE = Path(__file__).parents[2] / "docs" / "partners.md"
ASSIGNMENTS, EVERYWHERE = "coaching_assignments", "cross_queue_data_access"


def test_a_scope_is_the_name_of_a_permission_in_lower_case():
    assert {name: permission.lower() for name, permission in SCOPES.items()} == {
        name: name for name in SCOPES
    }


@pytest.mark.parametrize("count", range(len(SCOPES) + 1))
def test_scopes_let_through_what_each_of_them_does(count: int):
    for scopes in itertools.combinations(SCOPES, count):
        assert partner_scope.permissions(scopes) == {SCOPES[name] for name in scopes}


@pytest.mark.parametrize("name", ["", "COACHING_ASSIGNMENTS", "openid", "manage_settings", "*"])
def test_other_names_let_nothing_through(name: str):
    assert partner_scope.permissions([name]) == frozenset()


def test_the_table_of_the_docs_has_every_scope_and_its_permission():
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)
    assert rows == [(name, permission.value) for name, permission in SCOPES.items()]


@pytest.mark.parametrize(
    ("has", "scopes", "may"),
    [
        ({ASSIGNMENTS, EVERYWHERE}, None, {ASSIGNMENTS, EVERYWHERE}),
        ({ASSIGNMENTS, EVERYWHERE}, {ASSIGNMENTS}, {ASSIGNMENTS}),
        ({ASSIGNMENTS}, {ASSIGNMENTS, EVERYWHERE}, {ASSIGNMENTS}),
        ({ASSIGNMENTS}, {EVERYWHERE}, set()),
        ({ASSIGNMENTS}, set(), set()),
        (set(), {ASSIGNMENTS}, set()),
    ],
)
async def test_nobody_may_more_than_they_have_nor_more_than_their_scopes(
    world: World, has: set[str], scopes: set[str] | None, may: set[str]
):
    user = await world.user(Role.PARTNER, *partner_scope.permissions(has))
    limited = None if scopes is None else frozenset(scopes)
    found = await partners.callers(world).find(proof(user.id, scopes=limited))
    assert found is not None
    assert found.permissions == partner_scope.permissions(may)
    assert found.has(Permission.COACHING_ASSIGNMENTS) == (ASSIGNMENTS in may)
