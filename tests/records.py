"""Synthetic records of the import format, and what tests ask of the database after an import."""

import datetime as dt
import functools
import json
import math
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

import models
from models.database import Database
from resolvers import importing
from resolvers.importing import Line

Record = dict[str, Any]

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
START = dt.datetime(2026, 3, 1, 22, 30, tzinfo=dt.UTC)

METRICS: list[Record] = [
    {"key": "greets", "weight": 10, "negative_weight": 0, "fatal": False, "attribute": "manners"},
    {"key": "calm", "weight": 20.5, "negative_weight": 7.25, "fatal": False,
     "attribute": ["empathy", "manners"]},
    {"key": "verifies", "weight": 30, "negative_weight": 0, "fatal": True, "attribute": "rules"},
]  # fmt: skip


def form(version: int = 1, **changes: Any) -> Record:
    metrics = [metric | {"name": metric["key"].title()} for metric in METRICS]
    return {
        "kind": "form", "external_id": "quality", "version": version, "name": "Quality",
        "channel": "chat", "queues": ["cards", "loans"], "pass_score": 70, "metrics": metrics,
    } | changes  # fmt: skip


def scorecard(**changes: Any) -> Record:
    weights = {"empathy": 33.33, "manners": 33.33, "rules": 33.34}
    return {
        "kind": "scorecard", "external_id": "all", "name": "All", "default": True,
        "weights": weights,
    } | changes  # fmt: skip


def agent(number: int, **changes: Any) -> Record:
    return {
        "kind": "agent", "external_id": f"agent-{number}", "agent_id": f"A-{number}",
        "name": f"Agent {number}", "agent_group": "new", "queues": ["cards", "loans"],
    } | changes  # fmt: skip


def base() -> list[Record]:
    """Everything but conversations and evaluations."""
    return [
        *(
            {"kind": kind, "external_id": name, "name": name.title()}
            for kind, names in {
                "attribute": ["empathy", "manners", "rules"],
                "queue": ["cards", "loans"],
                "agent_group": ["new"],
            }.items()
            for name in names
        ),
        *(agent(number) for number in range(3)),
        form(),
        scorecard(),
    ]


def conversation(number: int, **changes: Any) -> Record:
    start = START + dt.timedelta(minutes=20 * number)
    messages = [
        {"speaker": speaker, "at": start.isoformat(), "text": f"{speaker} says\n{number}"}
        for speaker in ("customer", "agent")
    ]
    return {
        "kind": "conversation", "external_id": f"c-{number}", "agent": f"agent-{number % 3}",
        "queue": "cards", "topic": "Money", "channel": "chat", "started_at": start.isoformat(),
        "ended_at": (start + dt.timedelta(minutes=9)).isoformat(), "sentiment_score": 12.34,
        "insights": [{"title": "Mood", "text": "Fine"}], "messages": messages,
    } | changes  # fmt: skip


def evaluation(number: int, *adherence: float | None, **changes: Any) -> Record:
    given = adherence or (1, (number % 11) / 10, None if number % 4 == 0 else 1 - number % 5 // 4)
    at = START + dt.timedelta(minutes=20 * number + 10)
    return {
        "kind": "evaluation", "external_id": f"e-{number}", "conversation": f"c-{number}",
        "form": "quality", "form_version": 1, "source": "AUTO", "evaluated_at": at.isoformat(),
        "metrics": [
            {"key": metric["key"], "adherence": a}
            for metric, a in zip(METRICS, given, strict=True)
        ],
    } | changes  # fmt: skip


def everything(count: int) -> list[Record]:
    """Base, and so many conversations, each with its evaluation."""
    return [
        *base(),
        *(conversation(number) for number in range(count)),
        *(evaluation(number) for number in range(count)),
    ]


def lines(records: Iterable[Record | str], file: str = "records") -> list[Line]:
    return [
        Line(number, (one if isinstance(one, str) else json.dumps(one)).encode(), file)
        for number, one in enumerate(records, start=1)
    ]


@asynccontextmanager
async def opened(url: str, time_zone: str = "Europe/Berlin") -> AsyncIterator["Target"]:
    """Open a database with a fresh workspace in it."""
    database = Database(url).everywhere()
    try:
        async with database.write() as session:
            workspace = models.Workspace(
                id=uuid.uuid4(), name=uuid.uuid4().hex, time_zone=time_zone, created_at=NOW
            )
            session.add(workspace)
        yield Target(database, workspace.id)
    finally:
        await database.close()


class Target:
    """A workspace to import into, and what became of it."""

    def __init__(self, database: Database, workspace_id: uuid.UUID) -> None:
        self.database = database
        self.workspace_id = workspace_id

    async def take(self, records: Iterable[Record | str], **how: Any) -> importing.Report:
        return await importing.run(
            self.database, self.workspace_id, lines(records), **({"now": NOW} | how)
        )

    async def rows(self, statement: sa.Executable) -> list[tuple[Any, ...]]:
        async with self.database.read() as session:
            return [tuple(row) for row in await session.execute(statement)]

    async def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        return {
            # By the star, not by column: nothing is converted, and that is quick.
            table.name: await self.rows(
                sa.select(sa.text("*")).select_from(table).order_by(*table.primary_key)
            )
            for table in models.Base.metadata.sorted_tables
        }

    async def counts(self) -> dict[str, int]:
        """Rows in each table that has any."""
        return {name: len(rows) for name, rows in (await self.dump()).items() if rows}

    async def agent_days(self) -> dict[tuple[str, dt.date], tuple[int, int]]:
        day, who = models.AgentDay, models.Agent
        found = await self.rows(
            sa.select(who.external_id, day.day, day.total, day.evaluations)
            .join(who, who.id == day.agent_id)
            .where(day.workspace_id == self.workspace_id)
        )
        return {(agent, when): (total, count) for agent, when, total, count in found}

    async def attribute_days(self) -> dict[tuple[str, str, dt.date], tuple[int, int, int]]:
        day, who, what = models.AttributeDay, models.Agent, models.Attribute
        found = await self.rows(
            sa.select(who.external_id, what.external_id, day.day, day.earned, day.weight,
                      day.evaluations)
            .join(who, who.id == day.agent_id)
            .join(what, what.id == day.attribute_id)
            .where(day.workspace_id == self.workspace_id)
        )  # fmt: skip
        return {(agent, area, when): (*sums,) for agent, area, when, *sums in found}


@functools.cache
def exact(value: float) -> Fraction:
    return Fraction(str(value))


def d9(metrics: Iterable[tuple[Record, float | None]]) -> float | None:
    """Rule D9 once more, in fractions and in other words, to hold the product's to."""
    applying = [
        (exact(m["weight"]), exact(m["negative_weight"]), exact(a), bool(m["fatal"]))
        for m, a in metrics
        if a is not None
    ]
    if not applying:
        return None
    if any(fatal and a == 0 for _, _, a, fatal in applying):
        return 0.0
    gained = sum((w * a - n * (1 - a) for w, n, a, _ in applying), Fraction())
    total = 100 * gained / sum((w for w, _, _, _ in applying), Fraction())
    rounded = math.floor(abs(total) * 100 + Fraction(1, 2))
    return math.copysign(rounded, total) / 100 if rounded else 0.0


def scratch(
    evaluations: Iterable[tuple[str, Record, list[Record]]], zone: dt.tzinfo
) -> tuple[dict[Any, tuple[int, ...]], dict[Any, tuple[int, ...]]]:
    """Count both sums by day from (agent, evaluation, its form's metrics)."""
    agents: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    attributes: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0])
    for who, record, metrics in evaluations:
        day = dt.datetime.fromisoformat(record["evaluated_at"]).astimezone(zone).date()
        given = {part["key"]: part["adherence"] for part in record["metrics"]}
        pairs = [(metric, given[metric["key"]]) for metric in metrics]
        total = d9(pairs)
        if total is not None:
            agents[who, day][0] += round(total * 100)
            agents[who, day][1] += 1
        fed: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for metric, a in pairs:
            if a is None:
                continue
            w, n = (round(exact(metric[k]) * 100) for k in ("weight", "negative_weight"))
            kept = round(a * 10_000)
            areas = metric["attribute"]
            for area in [areas] if isinstance(areas, str) else areas:
                fed[area][0] += w * kept - n * (10_000 - kept)
                fed[area][1] += w
        for area, (earned, weight) in fed.items():
            for place, amount in enumerate((earned, weight, 1)):
                attributes[who, area, day][place] += amount
    return (
        {key: (*sums,) for key, sums in agents.items()},
        {key: (*sums,) for key, sums in attributes.items()},
    )
