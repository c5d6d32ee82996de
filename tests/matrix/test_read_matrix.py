"""Every field of every row, asked by every kind of viewer at every position."""

from auth.viewer import Caller
from tests.client import Client
from tests.hidden import VIEWS, paths
from tests.matrix import asked, scenery
from tests.matrix.deciding import ABSENT, decide, names_of
from tests.matrix.decisions import TYPES
from tests.matrix.kinds import KINDS, Kind
from tests.world import World

NEVER = "neverThere"
"""A field that never was: a document with it is refused, whatever else is in it."""

ERRORS = 10
"""Names of one document: of more than so many errors none is told."""

WHOLE = VIEWS.whole._schema  # noqa: SLF001 - there is no other door


async def test_every_field_and_row_is_there_for_whom_it_is_decided(world: World):
    stage = await scenery.build(world)
    found = await asked.read(stage, WHOLE)
    assert found.wrong == [], "\n".join(found.wrong)
    assert found.cells > 20_000


async def test_what_is_absent_is_refused_like_a_name_that_never_existed(world: World):
    stage = await scenery.build(world)
    wrong = [
        f"{sentence} for {kind.name}"
        for kind in KINDS
        for sentence in await refused_otherwise(kind, await stage.enter(kind))
    ]
    assert wrong == []


async def refused_otherwise(kind: Kind, client: Client) -> list[str]:
    """Absent types and fields that a document may name without being told that there are none."""
    caller = Caller(role=kind.role, permissions=kind.permissions)
    view = VIEWS.of(caller)._view  # noqa: SLF001 - there is no other door
    types = [name for name, decided in TYPES.items() if not decided.who(kind)]
    wrong = []
    for some in chunks(types, ERRORS):
        on = " ".join(f"... on {name} {{ __typename }}" for name in some)
        told = await errors(client, f'{{ node(id: "x") {{ __typename {on} }} }}')
        wrong += [name for name in some if f"Unknown type '{name}'." not in told]
    for name in TYPES.keys() - set(types):
        decided = {each: decide(name, each, kind) for each in names_of(TYPES[name])}
        for some in chunks([each for each, what in decided.items() if what == ABSENT], ERRORS - 1):
            told = await errors(client, paths(view)[name] % " ".join([*some, NEVER]))
            wrong += [
                f"{name}.{each}"
                for each in (*some, NEVER)
                if f"Cannot query field '{each}' on type '{name}'." not in told
            ]
    return wrong


def chunks(names: list[str], size: int) -> list[list[str]]:
    return [names[at : at + size] for at in range(0, len(names), size)]


async def errors(client: Client, text: str) -> list[str]:
    """The sentences of a refused document, each up to what else might be meant."""
    answer = await client.ask(text)
    assert answer.body.keys() == {"errors"}, text
    codes = {each["extensions"]["code"] for each in answer.errors}
    assert codes == {"GRAPHQL_VALIDATION_FAILED"}
    return [each["message"].partition(" Did you mean")[0] for each in answer.errors]
