"""V3 by malice: hidden names, ids and cursors of groups, in every position that a client has."""

import base64
import itertools
import json
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from schema.node import decode, encode
from tests import twin_worlds
from tests.documents import Documents
from tests.hidden import SCHEMAS, hidden, is_stripped, uses_of
from tests.twin_rows import cursors_of_groups, ids_of
from tests.twin_worlds import Twins

VIEW = SCHEMAS["agent"]

HIDDEN = ("CoachingGroup", "coachingGroup", "groupId", "GROUP_AGENTS", "group")
POSITIONS = (
    "{ %s }",
    "{ %s { id } }",
    '{ a: %s(id: "ID") { id } }',
    "{ %s: viewer { name } }",
    "{ viewer { %s } }",
    "{ ... on %s { viewer { name } } }",
    "{ assignments(first: 9) { nodes { ... on %s { name } } } }",
    "{ assignments(first: 9) { nodes { id %s } } }",
    "{ assignments(first: 9, %s: 1) { totalCount } }",
    "{ assignments(first: 9, filter: {%s: 1}) { totalCount } }",
    "{ assignments(first: 9, filter: {statuses: %s}) { totalCount } }",
    "{ assignments(first: 9, filter: {coachingTypes: [%s]}) { totalCount } }",
    "{ assignments(first: 9, orderBy: {by: %s}) { totalCount } }",
    'fragment F on %s { id } { node(id: "ID") { ...F } }',
    "fragment %s on Query { viewer { name } } { ...%s }",
    "query($v: %s) { viewer { name } }",
    "query($v: [%s!]) { assignments(first: 9, filter: {areaIds: $v}) { totalCount } }",
    "query($v: ID = %s) { node(id: $v) { id } }",
    "query %s { viewer { name } }",
    "query($%s: Int) { assignments(first: $%s) { totalCount } }",
    "{ viewer { name @include(if: %s) } }",
    "{ viewer { name @skip(%s: true) } }",
    "{ viewer { name @%s } }",
    'query @%s(id: "ID") { viewer { name } }',
    '{ __type(name: "%s") { name kind fields { name } } }',
    '{ node(id: "ID") { __typename ... on %s { id } } }',
    'mutation { %s(input: {groupId: "ID"}) { errors { code } } }',
    'mutation { withdrawDispute(input: {%s: "ID"}) { errors { code } } }',
    'mutation { withdrawDispute(input: {disputeId: "ID", revision: %s}) { errors { code } } }',
    "subscription { %s { id } }",
    "%s",
)


@pytest.fixture
async def twins(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Twins]:
    async with twin_worlds.twins(request, database_url, tmp_path) as made:
        yield made


async def test_hidden_names_never_tell_wherever_they_stand(twins: Twins):
    ids = await ids_of(twins.grouped)
    groups = itertools.cycle(ids["CoachingGroup"])
    texts = [text.replace("%s", name) for text in POSITIONS for name in HIDDEN]
    for text in texts:
        asked = text.replace('"ID"', json.dumps(next(groups)))
        await twins.send({"query": asked}, writing="mutation" in asked)


async def test_uses_of_all_that_is_hidden_never_tell_with_the_ids_of_groups(twins: Twins):
    groups = itertools.cycle((await ids_of(twins.grouped))["CoachingGroup"])
    uses = [u for at in hidden("agent") if not is_stripped("agent", at) for u in uses_of(VIEW, at)]
    assert len(uses) > 300
    for use in uses:
        asked = use.text.replace('"x"', json.dumps(next(groups)))
        variables = dict(use.variables)
        await twins.send({"query": asked, "variables": variables}, writing="mutation" in asked)


def forms(id_: str) -> Iterator[str]:
    """An id in other clothes: of other types, cut off, told in other words."""
    _, key = decode(id_) or ("", uuid.UUID(int=0))
    for kind in ("Assignment", "AssignedCoaching", "CoachingCandidate", "Mark", "AgentGroup", ""):
        yield encode(kind, key)
    yield from (id_, id_[:-1], f"{id_} ", id_.swapcase(), str(key), key.hex, f"CoachingGroup:{key}")
    yield base64.b64encode(f"coaching_group:{key}".encode()).decode()
    yield base64.b64encode(f"CoachingGroup:{str(key).upper()}".encode()).decode()


async def test_ids_of_groups_find_nothing_wherever_an_id_goes(twins: Twins):
    """Each is answered like the id of nothing, in both worlds."""
    found = await ids_of(twins.grouped)
    strange = [each for id_ in found["CoachingGroup"] for each in forms(id_)]
    nothing = encode("CoachingGroup", uuid.uuid4())
    for template in (
        "query($id: ID!) { node(id: $id) { __typename id } }",
        "query($id: ID!) { nodes(ids: [$id]) { __typename id } }",
        "query($id: ID!) { assignment(id: $id) { id name } }",
        "query($id: ID!) { conversation(id: $id) { id } }",
        "query($id: ID!) { mark(id: $id) { id } }",
        "query($id: ID!) { assignments(first: 9, filter: {areaIds: [$id]}) { totalCount } }",
        "query($id: ID!) { marks(first: 9, filter: {agentIds: [$id]}) { totalCount } }",
    ):
        expected = await twins.read(template, {"id": nothing})
        for id_ in strange:
            assert await twins.read(template, {"id": id_}) == expected
    for text in (
        """mutation($id: ID!) { reviewConversation(input: {assignmentId: $id,
        conversationId: $id}) { assignment { id } errors { code message path } } }""",
        """mutation($id: ID!) { reviewBestResponse(input: {bestResponseId: $id}) {
        assignment { id } errors { code message path } } }""",
        """mutation($id: ID!) { withdrawDispute(input: {disputeId: $id, revision: 1}) {
        dispute { id } errors { code message path } } }""",
        """mutation($id: ID!) { respondToEvaluation(input: {evaluationId: $id, revision: 1,
        decisions: []}) { evaluation { id } errors { code message path } } }""",
    ):
        expected = await twins.write(text, {"id": nothing})
        for id_ in strange:
            assert await twins.write(text, {"id": id_}) == expected


async def test_cursors_of_lists_with_groups_lead_nowhere(twins: Twins):
    """Those of who manages coaching, and forged ones, in every list and both directions."""
    theirs = await cursors_of_groups(twins.grouped)
    assert len(theirs) > 10
    documents = Documents(VIEW, await ids_of(twins.grouped))
    cursors = itertools.cycle([*theirs, *(forged for each in theirs for forged in _forged(each))])
    for page in documents.lists():
        for size, onward in (("first: 1", "after"), ("last: 1", "before")):
            for cursor in itertools.islice(cursors, 3):
                await twins.read(*page(f"{size}, {onward}: {json.dumps(cursor)}"))


def _forged(cursor: str) -> Iterator[str]:
    fingerprint, *values = json.loads(base64.urlsafe_b64decode(cursor))
    wrong: list[Any] = [[fingerprint], [fingerprint, *values, 1], ["0" * 12, *values], {}, None]
    wrong += [[fingerprint, *values[:-1], "0" * 32], [fingerprint, *([None] * len(values))]]
    for each in wrong:
        yield base64.urlsafe_b64encode(json.dumps(each).encode()).decode()
