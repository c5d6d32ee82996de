"""A row of each sort at each position, and the two users who look at them as every kind in turn."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

import models
from models import Role
from schema.node import encode
from tests.client import Client
from tests.matrix.kinds import Kind
from tests.matrix.rows import SORTS
from tests.world import World, global_id

Place = tuple[str, str]
"""A sort of rows, and a position."""


@dataclass
class Stage:
    world: World
    ann: models.User
    vic: models.User
    billing: models.Queue
    rows: dict[Place, list[Any]] = field(default_factory=lambda: defaultdict(list))
    auditors: dict[str, models.User] = field(default_factory=dict)
    known: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def keep(self, sort: str, position: str, *rows: Any) -> None:
        """Remember where rows are."""
        for row in rows:
            self.rows[sort, position].append(row)
            self.known[global_id(row)].append((sort, position))

    @staticmethod
    def id_of(type_name: str, row: Any) -> str:
        """A row's id; an example is a conversation under another name."""
        return encode(type_name, row.id)

    async def enter(self, kind: Kind) -> Client:
        """One of the two users, as this kind of viewer."""
        user = self.ann if kind.role is Role.AGENT else self.vic
        owner = {"workspace_id": self.world.workspace_id, "user_id": self.vic.id}
        async with self.world.database.write() as session:
            await session.execute(
                sa.update(models.User)
                .where(models.User.id == user.id)
                .values(role=kind.role, permissions=kind.permissions)
            )
            await session.execute(sa.delete(models.UserQueue).filter_by(**owner))
            if not kind.queueless:
                session.add(models.UserQueue(**owner, queue_id=self.billing.id))
        return self.world.client(user)

    def reached(self, kind: Kind, id_: str) -> bool:
        """Whether the table gives this row to a kind of viewer."""
        return any(position in SORTS[sort].positions(kind) for sort, position in self.known[id_])
