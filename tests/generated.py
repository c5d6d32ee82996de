"""Rows of big made-up workspaces, without a database."""

import datetime as dt
from typing import Any

from server.synthetic.crowd import Crowd

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def rows_of(
    *,
    seed: int = 1,
    assignments: int = 45,
    agents: int | None = None,
    conversations: int | None = None,
    day: dt.datetime = NOW,
) -> dict[str, Any]:
    """All rows that a workspace of these numbers would be made of."""
    made = Crowd(
        "Big",
        "big.example",
        assignments=assignments,
        agents=agents,
        conversations=conversations,
        seed=seed,
        now=day,
    )
    for _ in made.chunks():
        pass
    return dict(made.rows.of)
