"""The whole of reading, asked over HTTP: every cell's verdict, by the ways that lead to a row."""

from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema

from schema.node import decode
from tests.client import Client
from tests.matrix.deciding import NULL, VALUE
from tests.matrix.decisions import QUERIES, TYPES
from tests.matrix.kinds import KINDS, Kind
from tests.matrix.reading import LISTS, LOOKUPS, Reader, found, ids, together
from tests.matrix.rows import OWN, POSITIONS, SORTS, reaches
from tests.matrix.stage import Stage

BATCH = 24
"""Rows of one operation; each is asked for by up to two root fields, of which 50 are allowed."""

TYPES_OF_ROWS = {sort.of_type for sort in SORTS.values()}


@dataclass
class Verdicts:
    """How many cells were asked, and a sentence for each that is not as decided."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)

    def expect(self, cell: str, wanted: Any, got: Any) -> None:
        self.cells += 1
        if wanted != got:
            self.wrong.append(f"{cell}: decided {wanted}, is {got}.")


@dataclass
class Asked:
    """One kind of viewer asking."""

    stage: Stage
    schema: GraphQLSchema
    kind: Kind
    client: Client
    verdicts: Verdicts

    async def ask(self, text: str, **variables: Any) -> Any:
        """The data of an answer without errors, in which no row is out of reach."""
        answer = await self.client.ask(text, **variables)
        if "errors" in answer.body:
            said = answer.body["errors"][0]["message"]
            self.verdicts.wrong.append(f"{self.kind.name}: {said} From {text[:200]}")
            return answer.body.get("data") or {}
        for id_ in set(ids(answer.body["data"])):
            if id_ in self.stage.known:
                if not self.stage.reached(self.kind, id_):
                    places = self.stage.known[id_]
                    self.verdicts.wrong.append(f"{self.kind.name} reads {places} by {text[:300]}")
            elif (decode(id_) or ("",))[0] in TYPES_OF_ROWS:
                self.verdicts.wrong.append(f"{decode(id_)} has no position on the stage.")
        return answer.body["data"]

    async def everything(self) -> None:
        await self.roots()
        for type_name in sorted(TYPES_OF_ROWS):
            if TYPES[type_name].who(self.kind):
                await self.fields(type_name)
        await self.rows()
        await self.lists()

    async def roots(self) -> None:
        """What is nobody's row."""
        for name, type_name in (
            ("viewer", "Viewer"),
            ("workspace", "Workspace"),
            ("dashboard", "Dashboard"),
        ):
            if QUERIES[name](self.kind):
                chosen = Reader(self.schema, self.kind, OWN).select(type_name)
                answer = await self.ask(f"{{ {name} {{ {chosen.text} }} }}")
                self._compare(chosen.cells, found(self.schema, type_name, answer[name]), name)

    async def fields(self, type_name: str) -> None:
        """Every field of the rows of a type, at every position."""
        text = Reader(self.schema, self.kind, OWN).select(type_name).text
        document = (
            f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_name} {{ {text} }} }} }}"
        )
        keys = self._keys(type_name)
        nodes = (await self.ask(document, ids=[key for key, _, _ in keys]))["nodes"]
        for position in POSITIONS:
            wanted = Reader(self.schema, self.kind, position).select(type_name).cells
            reached = reaches(self.kind, type_name, position)
            if not reached:
                wanted = dict.fromkeys(wanted, NULL)
            here = [
                found(self.schema, type_name, node)
                for (_, sort, place), node in zip(keys, nodes, strict=True)
                if place == position and (reached or sort == type_name)
            ]
            self._compare(wanted, together(here), position)

    def _keys(self, type_name: str) -> list[tuple[str, str, str]]:
        """The rows of a type: each one's id, sort and position."""
        return [
            (self.stage.id_of(type_name, row), sort, position)
            for (sort, position), rows in self.stage.rows.items()
            if SORTS[sort].of_type == type_name
            for row in rows
        ]

    def _compare(self, wanted: dict[str, str], got: dict[str, str], where: str) -> None:
        for at, decided in wanted.items():
            cell = f"{at} for {self.kind.name}, {where}"
            self.verdicts.expect(cell, decided, got.get(at, NULL))

    async def rows(self) -> None:
        """Every row by each of the ways that an id opens."""
        keys = [(kind, *key) for kind in sorted(TYPES_OF_ROWS) for key in self._keys(kind)]
        for some in (keys[at : at + BATCH] for at in range(0, len(keys), BATCH)):
            names = [key for _, key, _, _ in some]
            document = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
            answer = await self.ask(document, ids=names)
            opened = [("nodes", at, node) for at, node in enumerate(answer["nodes"])]
            chosen, declared = "", ""
            for at, (type_name, *_) in enumerate(some):
                declared += f"$i{at}: ID! "
                chosen += f"node_{at}: node(id: $i{at}) {{ id }} "
                for name, of_type in LOOKUPS.items():
                    if of_type == type_name and QUERIES[name](self.kind):
                        chosen += f"{name}_{at}: {name}(id: $i{at}) {{ id }} "
            given = {f"i{at}": key for at, key in enumerate(names)}
            answer = await self.ask(f"query({declared}) {{ {chosen} }}", **given)
            for alias, node in answer.items():
                name, _, at = alias.partition("_")
                opened.append((name, int(at), node))
            for name, at, node in opened:
                type_name, key, sort, position = some[at]
                sees = TYPES[type_name].who(self.kind)
                wanted = sees and position in SORTS[sort].positions(self.kind)
                cell = f"{sort} for {self.kind.name}, {position}, by {name}"
                self.verdicts.expect(cell, {"id": key} if wanted else None, node)

    async def lists(self) -> None:
        """Every list: of which positions it has rows."""
        for name, (type_name, by) in LISTS.items():
            if not QUERIES[name](self.kind):
                continue
            declared: Any = self.schema.query_type
            page = declared.fields[name].type.of_type.name
            chosen = Reader(self.schema, self.kind, OWN).select(page)
            answer = await self.ask(f"{{ {name}(first: 100) {{ {chosen.text} }} }}")
            text = f"{{ {name}(first: 100) {{ nodes {{ ...on Node {{ id }} }} }} }}"
            if by != "id":
                text = f"{{ {name}(first: 100) {{ nodes {{ {by} {{ id }} }} }} }}"
            nodes = (await self.ask(text))[name]["nodes"]
            keys = {each["id"] if by == "id" else (each[by] or {}).get("id") for each in nodes}
            some = any(reaches(self.kind, type_name, position) for position in POSITIONS)
            if some:
                self._compare(chosen.cells, found(self.schema, page, answer[name]), "listed")
            for position in POSITIONS:
                listed = self.stage.rows[type_name, position]
                got = any(self.stage.id_of(type_name, row) in keys for row in listed)
                wanted = reaches(self.kind, type_name, position)
                self.verdicts.expect(
                    f"{name} for {self.kind.name}, {position}",
                    VALUE if wanted else NULL,
                    VALUE if got else NULL,
                )


async def read(stage: Stage, schema: GraphQLSchema, kinds: tuple[Kind, ...] = KINDS) -> Verdicts:
    """Ask everything as each kind of viewer."""
    verdicts = Verdicts()
    for kind in kinds:
        client = await stage.enter(kind)
        await Asked(stage, schema, kind, client, verdicts).everything()
    return verdicts
