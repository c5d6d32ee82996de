"""The whole of reading, asked over HTTP: every cell's verdict, by the ways that lead to a row."""

import json
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema

from tests.matrix.decisions import ABSENT, NULL, QUERIES, TYPES, VALUE
from tests.matrix.kinds import KINDS, Kind
from tests.matrix.reading import LISTS, LOOKUPS, Reader, found, ids, together
from tests.matrix.rows import OWN, POSITIONS, SORTS, reaches
from tests.matrix.stage import Stage
from tests.world import Client


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
        for id_ in set(ids(answer.body["data"])) & self.stage.known.keys():
            if not self.stage.reached(self.kind, id_):
                places = self.stage.known[id_]
                self.verdicts.wrong.append(f"{self.kind.name} reads {places} by {text[:300]}")
        return answer.body["data"]

    async def everything(self) -> None:
        await self.roots()
        for type_name in sorted({sort.of_type for sort in SORTS.values()}):
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
        for position in POSITIONS:
            chosen = Reader(self.schema, self.kind, position).select(type_name)
            reached = reaches(self.kind, type_name, position)
            text = f"... on {type_name} {{ {chosen.text} }}"
            document = f"query($id: ID!) {{ node(id: $id) {{ {text} }} }}"
            answers = []
            for sort, about in SORTS.items():
                if about.of_type == type_name:
                    for row in self.stage.rows.get((sort, position), ()):
                        answer = await self.ask(document, id=self.stage.id_of(type_name, row))
                        answers.append(found(self.schema, type_name, answer["node"]))
            wanted = chosen.cells if reached else dict.fromkeys(chosen.cells, NULL)
            self._compare(wanted, together(answers), position)

    def _compare(self, wanted: dict[str, str], got: dict[str, str], where: str) -> None:
        for at, decided in wanted.items():
            cell = f"{at} for {self.kind.name}, {where}"
            self.verdicts.expect(cell, decided, got.get(at, NULL))

    async def rows(self) -> None:
        """Every row by each of the ways that an id opens."""
        for sort, about in SORTS.items():
            seen = TYPES[about.of_type].who(self.kind)
            for position in POSITIONS:
                rows = self.stage.rows.get((sort, position), ())
                wanted = seen and position in about.positions(self.kind)
                keys = [self.stage.id_of(about.of_type, row) for row in rows]
                if not keys:
                    continue
                cell = f"{sort} for {self.kind.name}, {position}"
                answer = await self.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=keys)
                got = [each and each["id"] for each in answer["nodes"]]
                self.verdicts.expect(
                    f"{cell} by nodes", keys if wanted else [None for _ in keys], got
                )
                for key in keys:
                    answer = await self.ask("query($id: ID!) { node(id: $id) { id } }", id=key)
                    expected = {"node": {"id": key} if wanted else None}
                    self.verdicts.expect(f"{cell} by node", expected, answer)
                    for name, type_name in LOOKUPS.items():
                        if type_name == about.of_type and QUERIES[name](self.kind):
                            text = f"query($id: ID!) {{ {name}(id: $id) {{ id }} }}"
                            answer = await self.ask(text, id=key)
                            expected = {name: {"id": key} if wanted else None}
                            self.verdicts.expect(f"{cell} by {name}", expected, answer)

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
