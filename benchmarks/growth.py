"""How cost grows with a workspace: times and rows read, as ratios to the smallest of several.

    python benchmarks/growth.py postgresql://…/small postgresql://…/large

Each database holds one workspace that `coaching generate` made. The whole application answers,
in this process; rounds go through all databases in turn, so that whatever else the machine does
falls on all of them alike. Rows are counted from PostgreSQL's own account of each statement:
those that scans gave or looked at in vain. In brackets are the quartiles.
"""

import argparse
import asyncio
import datetime as dt
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import sqlalchemy as sa

from auth import token
from models import Assignment, Role, User
from models.database import Database
from server import app, keys, operations
from server.settings import Settings

ISSUER, AUDIENCE = "https://issuer.example", "coaching-benchmarks"
WARM_UP = 10
CALLS = 20
"""Calls of one operation in a round."""

WORK: dict[str, tuple[str, dict[str, Any]]] = {
    "monitor page": ("CoachingMonitor", {"first": 50}),
    "agents in coaching": ("AgentsInCoaching", {}),
    "list, rare status": (
        "AssignmentsPage",
        {"first": 50, "filter": {"statuses": ["PENDING_SUPERVISOR_REVIEW"]}},
    ),
    "list": ("AssignmentsPage", {"first": 50}),
    "list, counted": ("AssignmentsPage", {"first": 50}),
    "drill-down": ("DrillDown", {"first": 20}),
}


@dataclass
class Served:
    """An application on one of the databases, and who asks it."""

    database: Database
    http: httpx2.AsyncClient
    headers: dict[str, dict[str, str]]
    assignments: int

    async def ask(self, who: str, operation: str, variables: dict[str, Any]) -> Any:
        """The data of an answer. Raises RuntimeError for one with errors."""
        body = {"query": operation, "variables": variables}
        answer = await self.http.post("/graphql", json=body, headers=self.headers[who])
        found = answer.json()
        if "errors" in found:
            message = f"{operation}: {found['errors']}"
            raise RuntimeError(message)
        return found["data"]

    @contextmanager
    def statements(self) -> Iterator[list[tuple[str, Any]]]:
        """Collect what runs meanwhile, with its parameters."""
        seen: list[tuple[str, Any]] = []

        def note(_connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
            seen.append((text, parameters))

        engine = self.database.engine.sync_engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    async def rows_read(self, ran: list[tuple[str, Any]]) -> int:
        """Rows that the scans of these statements gave or looked at in vain."""
        rows = 0.0
        async with self.database.engine.connect() as connection:
            for text, parameters in ran:
                explained = await connection.exec_driver_sql(
                    f"EXPLAIN (ANALYZE, FORMAT JSON) {text}", parameters
                )
                found = explained.scalar_one()
                plan = json.loads(found) if isinstance(found, str) else found
                rows += _scanned(plan[0]["Plan"])
        return round(rows)


def _scanned(node: dict[str, Any]) -> float:
    own = 0.0
    if "Scan" in node["Node Type"] and "Subquery" not in node["Node Type"]:
        looked = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
        own = sum(node.get(key, 0) for key in looked) * node["Actual Loops"]
    return own + sum(_scanned(child) for child in node.get("Plans", ()))


@asynccontextmanager
async def serve(url: str, folder: Path) -> AsyncIterator[Served]:
    """The application on a database, with a token for its QA user and a supervisor."""
    driver_url = url.replace("postgresql://", "postgresql+asyncpg://")
    settings = Settings(
        database_url=driver_url, issuer=ISSUER, audience=AUDIENCE, development_key=folder / "key"
    )
    database = Database(driver_url).everywhere()
    async with database.read() as session:
        count = await session.scalar(sa.select(sa.func.count()).select_from(Assignment)) or 0
        users = {
            role.lower(): await session.scalar(
                sa.select(User.id).where(User.role == role).order_by(User.email).limit(1)
            )
            for role in (Role.QA, Role.SUPERVISOR)
        }
    key, now = keys.development(settings), dt.datetime.now(dt.UTC)
    headers = {
        who: {
            "authorization": "Bearer "
            + token.issue(key, issuer=ISSUER, audience=AUDIENCE, user_id=user_id, now=now)
        }
        for who, user_id in users.items()
        if user_id is not None
    }
    transport = httpx2.ASGITransport(app=app.create(settings, database))
    async with httpx2.AsyncClient(transport=transport, base_url="http://benchmark") as http:
        yield Served(database, http, headers, count)
    await database.close()


async def run(urls: list[str], rounds: int) -> None:
    """Measure all databases in turn, and print ratios to the first."""
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            served = [await stack.enter_async_context(serve(url, Path(folder))) for url in urls]
            for who in ("qa", "supervisor"):
                for name, (operation, variables) in WORK.items():
                    text = operations.text(operation)
                    if "counted" not in name:  # to count a list is to read it
                        text = text.replace("    totalCount\n", "")
                    await _measure(served, who, name, text, variables, rounds)


async def _measure(
    served: list[Served],
    who: str,
    name: str,
    operation: str,
    variables: dict[str, Any],
    rounds: int,
) -> None:
    ran: list[int] = []
    read: list[int] = []
    for each in served:
        for _ in range(WARM_UP):
            await each.ask(who, operation, variables)
        with each.statements() as statements:
            await each.ask(who, operation, variables)
        ran.append(len(statements))
        read.append(await each.rows_read(statements))
    times: list[list[float]] = [[] for _ in served]
    for number in range(rounds):
        order = list(range(len(served)))
        for place in order if number % 2 else reversed(order):
            for _ in range(CALLS):
                start = time.perf_counter()
                await served[place].ask(who, operation, variables)
                times[place].append(time.perf_counter() - start)
    base = statistics.median(times[0])
    for each, seconds, statements_run, rows in zip(served, times, ran, read, strict=True):
        low, median, high = statistics.quantiles(seconds, n=4)
        sys.stdout.write(
            f"{who:<11}{name:<20}{each.assignments:>10,} assignments  {median / base:.2f} x"
            f" ({low / base:.2f} to {high / base:.2f})"
            f"  {rows:>7,} rows in {statements_run} statements\n"
        )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="How cost grows with a workspace.")
    parser.add_argument("urls", nargs="+", metavar="URL", help="databases, the smallest first")
    parser.add_argument("--rounds", type=int, default=10, help="rounds over all databases")
    given = parser.parse_args()
    asyncio.run(run(given.urls, given.rounds))


if __name__ == "__main__":
    main()
