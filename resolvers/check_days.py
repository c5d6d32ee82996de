"""Sums by day, counted anew and held to the stored ones (C7)."""

import uuid
from typing import Any

import sqlalchemy as sa

from models import AgentDay, AttributeDay
from resolvers.differences import Check


class Days:
    """The sums that one table of days should hold, for a batch of agents."""

    def __init__(self, model: type[AgentDay | AttributeDay]) -> None:
        table = model.__table__
        self.model = model
        names = [column.name for column in table.columns if column.name != "workspace_id"]
        self.key = [name for name in names if table.c[name].primary_key]
        self.values = [name for name in names if not table.c[name].primary_key]
        self.counted: dict[tuple[object, ...], list[int]] = {}

    def add(self, key: tuple[object, ...], *amounts: int) -> None:
        """Add to the row of a key what one evaluation says; amounts in the order of columns."""
        sums = self.counted.setdefault(key, [0] * len(self.values))
        for place, amount in enumerate(amounts):
            sums[place] += amount

    async def compare(self, check: Check, agent_ids: list[uuid.UUID]) -> None:
        """Report where the stored rows differ. A row of nothing but zeros may be there or not."""
        columns = self.model.__table__.c
        found = await check.connection.stream(
            sa.select(self.model.__table__).where(
                columns.workspace_id == check.workspace_id, columns.agent_id.in_(agent_ids)
            )
        )
        async for stored in found.mappings():
            check.report.rows += 1
            key = tuple(stored[name] for name in self.key)
            sums = self.counted.pop(key, [0] * len(self.values))
            self._report(check, key, [stored[name] for name in self.values], sums)
        for key, sums in self.counted.items():
            self._report(check, key, [None] * len(self.values), sums)

    def _report(
        self, check: Check, key: tuple[object, ...], stored: list[Any], sums: list[int]
    ) -> None:
        for name, value, expected in zip(self.values, stored, sums, strict=True):
            check.report.compare(self.model, key, name, value, expected)
