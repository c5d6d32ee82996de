"""V3: an agent's answers never tell whether coaching came one by one, or through a group.

Two databases hold the same rows with the same ids, times and names, and differ only in group
structure. Whatever an agent can send gives the same bytes, the same headers and as many
statements in both.
"""

import itertools
import json
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, get_introspection_query, parse

from schema.node import encode
from server import operations
from tests import twin_worlds
from tests.documents import Documents, covered
from tests.hidden import SCHEMAS, TOP, elements, of
from tests.twin_rows import ids_of
from tests.twin_worlds import Twins

VIEW = SCHEMAS["agent"]
WRITES = 25
"""Inputs that each mutation is tried with."""


@pytest.fixture
async def twins(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Twins]:
    async with twin_worlds.twins(request, database_url, tmp_path) as made:
        yield made


@pytest.fixture
async def documents(twins: Twins) -> Documents:
    return Documents(VIEW, await ids_of(twins.grouped))


def test_the_documents_use_every_field_and_argument_of_an_agents_view():
    kinds = VIEW.get_possible_types(VIEW.type_map["Node"])  # type: ignore[arg-type]
    documents = Documents(VIEW, {each.name: [encode(each.name, uuid.uuid4())] for each in kinds})
    texts = [text for text, _ in (*documents.reads(), *documents.arguments())]
    texts += [text for _, text in documents.writes(20)]
    texts += documents.listens()
    for page in documents.lists():
        texts += [page('first: 1, after: "x"')[0], page('last: 1, before: "x"')[0]]
    used = covered(VIEW, texts)
    fields = {
        at
        for at, _ in elements(VIEW)
        if "." in at and hasattr(VIEW.type_map[at.partition(".")[0]], "interfaces")
    }
    # Interfaces are selected by their types, which have all that they have.
    assert {
        at for at in fields - used if not at.startswith(("Node.", "AssignedCoaching."))
    } == set()


async def test_reading_never_tells(twins: Twins, documents: Documents):
    ghosts = of("agent")._view.ghosts  # noqa: SLF001 - nobody else may ask
    asked = [*documents.reads(), *documents.arguments(), *documents.carried(ghosts, TOP)]
    asked.append((get_introspection_query(), {}))
    told = json.dumps([await twins.read(*each) for each in asked])
    assert len(asked) > 300
    for word in ("Kindness", "Warm", "Refund", "PENDING_AGENT_REVIEW", "Quinn", '"ACTIVE"'):
        assert word in told
    for word in ("Spring", "Autumn", "Slow"):
        assert word not in told


async def test_pages_and_their_cursors_never_tell(twins: Twins, documents: Documents):
    rows = 0
    for page in documents.lists():
        for size, onward, end, more in (
            ("first: 1", "after", "endCursor", "hasNextPage"),
            ("last: 1", "before", "startCursor", "hasPreviousPage"),
        ):
            window = size
            for _ in range(20):
                found = connection(await twins.read(*page(window)))
                if not found["nodes"]:
                    break
                rows += 1
                # Also behind the last row there is.
                window = f'{size}, {onward}: "{found["pageInfo"][end]}"'
                if not found["pageInfo"][more]:
                    await twins.read(*page(window))
                    break
    assert rows > 50


def connection(answer: Any) -> Any:
    """The page in an answer; an empty one where it has none."""
    found = answer.get("data")
    while isinstance(found, dict) and "pageInfo" not in found:
        found = next((each for each in found.values() if isinstance(each, dict)), None)
    return found or {"nodes": []}


async def test_named_operations_never_tell(twins: Twins, documents: Documents):
    texts = {name: operations.text(name) for name in operations.names()}
    theirs = {name: text for name, text in texts.items() if not of("agent").document(text).errors}
    assert {"MyAssignments", "MyAssignment", "AuditDetails", "ReviewConversation"} <= set(theirs)
    for text in theirs.values():
        for variables in given(text, documents):
            ask = twins.write if text.startswith("mutation") else twins.read
            await ask(text, variables)


def given(text: str, documents: Documents) -> Iterator[dict[str, Any]]:
    """Variables for an operation: every id that may be meant, two sizes of pages."""
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    lists: list[list[tuple[str, Any]]] = []
    for each in operation.variable_definitions or ():
        name = each.variable.name.value
        if name == "first":
            lists.append([(name, 1), (name, 50)])
        elif name == "id" or name.endswith("Id"):
            lists.append([(name, json.loads(value)) for value in documents.of_name(name)])
    yield from (dict(each) for each in itertools.product(*lists))


async def test_writing_never_tells_nor_what_is_read_afterwards(twins: Twins, documents: Documents):
    done = dict.fromkeys(VIEW.mutation_type.fields, 0)  # type: ignore[union-attr]
    for _ in range(2):
        for name, text in documents.writes(WRITES, twins.asked):
            answer = await twins.write(text, {})
            payload = (answer.get("data") or {}).get(name)
            done[name] += payload is not None and not payload["errors"]
        # What was written may be read, and written to again.
        documents = Documents(VIEW, await ids_of(twins.grouped))
        for asked in documents.reads():
            await twins.read(*asked)
    assert all(done.values()), done
