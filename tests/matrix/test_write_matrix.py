"""Every mutation on a row at every position, sent by every kind of viewer (V4)."""

import uuid

from schema.node import encode
from tests.client import Client
from tests.hidden import TOP
from tests.matrix import scenery, tables
from tests.matrix.asked import Verdicts
from tests.matrix.decisions import MUTATIONS
from tests.matrix.kinds import KINDS, Kind
from tests.matrix.rows import OWN, POSITIONS, SORTS
from tests.matrix.stage import Stage
from tests.matrix.writing import ACTS, Act, At
from tests.world import World

ABSENT, MISSING, DONE = "GRAPHQL_VALIDATION_FAILED", "NOT_FOUND", "done"


def test_every_mutation_is_tried_on_a_row():
    there = set(TOP.mutation_type.fields)  # type: ignore[union-attr]
    assert there == {act.mutation for act in ACTS} == MUTATIONS.keys()


async def send(act: Act, client: Client, at: At, id_: str | None) -> tuple[str, bytes]:
    """The code of the refusal, or that it was done; and the answer itself."""
    kind = act.mutation[0].upper() + act.mutation[1:]
    called = f"{act.mutation}(input: $input) {{ errors {{ code path }} }}"
    text = f"mutation($input: {kind}Input!) {{ {called} }}"
    answer = await client.ask(text, input=await act.input(at, id_))
    if "errors" in answer.body:
        codes = {error["extensions"]["code"] for error in answer.body["errors"]}
    else:
        codes = {error["code"] for error in answer.body["data"][act.mutation]["errors"]}
    return " ".join(sorted(codes)) or DONE, answer.response.content


def wanted(act: Act, kind: Kind, position: str) -> str:
    if not MUTATIONS[act.mutation](kind):
        return ABSENT
    reached = act.sort is None or position in SORTS[act.sort].positions(kind)
    if act.also and OWN not in SORTS[act.also].positions(kind):
        reached = False
    return DONE if reached else MISSING


async def try_all(stage: Stage, kind: Kind, verdicts: Verdicts) -> None:
    """Every act at every position; what was done is undone, and a refusal has done nothing."""
    client = await stage.enter(kind)
    before = await tables.dump(stage.world)
    for act in ACTS:
        for position in POSITIONS if act.sort else (OWN,):
            at = At(stage, position)
            cell = f"{act} by {kind.name}, {position}"
            id_ = at.id(act.sort, act.number) if act.sort else None
            with stage.world.statements() as statements:
                code, answer = await send(act, client, at, id_)
            decided = wanted(act, kind, position)
            verdicts.expect(cell, decided, code)
            names = tables.written(statements)
            if code == DONE:
                undone = await tables.restore(stage.world, before, names)
                verdicts.expect(f"{cell}, has an effect", decided == DONE, undone > 0)
            elif names:
                verdicts.wrong.append(f"{cell}: refused, and wrote to {names}.")
            if act.sort and position not in SORTS[act.sort].positions(kind) and decided == MISSING:
                never = encode(SORTS[act.sort].of_type, uuid.uuid4())
                _, same = await send(act, client, at, never)
                verdicts.expect(f"{cell}, as if it never existed", same, answer)
    assert await tables.dump(stage.world) == before


async def test_every_mutation_is_done_or_refused_as_decided(world: World):
    stage = await scenery.build(world)
    verdicts = Verdicts()
    for kind in KINDS:
        await try_all(stage, kind, verdicts)
    assert verdicts.wrong == [], "\n".join(verdicts.wrong)
    assert verdicts.cells > 2_000
