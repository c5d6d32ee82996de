"""What is asked of each server: the same data, in its own words."""

import datetime as dt
import json
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.database import Cluster
from server import operations

PEERS = Path(__file__).parent / "peers"
Variables = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """A named operation, asked by the QA user or an agent."""

    operation: str
    first: int | None
    by: str = "qa"
    counted: bool = True

    def text(self) -> str:
        """The product's document; without the total where that is not wanted."""
        text = operations.text(self.operation)
        return text if self.counted else text.replace("    totalCount\n", "")


WORKS = {
    # To count a list is to read all of it: so the list is measured without and with its total.
    "list": Work("AssignmentsPage", 50, counted=False),
    "counted": Work("AssignmentsPage", 50),
    "drill-down": Work("DrillDown", 20),
    "monitor": Work("CoachingMonitor", 50),
    "widget": Work("AgentsInCoaching", None),
    "own": Work("MyAssignments", 20, by="agent"),
}


@dataclass(frozen=True, slots=True)
class World:
    """Who asks in a filled database, and about which days."""

    workspace: str
    users: dict[str, str]
    emails: dict[str, str]
    agent: str
    first_day: dt.date
    last_day: dt.date
    time_zone: str

    @property
    def age(self) -> dt.timedelta:
        """How long ago the newest coaching was assigned."""
        return dt.datetime.now(zoneinfo.ZoneInfo(self.time_zone)).date() - self.last_day

    def variables(self, work: Work) -> Variables:
        """The variables of the product's document."""
        found: Variables = {} if work.first is None else {"first": work.first}
        if work.operation == "CoachingMonitor":
            days = {"from": str(self.first_day), "to": str(self.last_day)}
            found["filter"] = {"date": {"assignedOn": days}}
        return found

    def arguments(self) -> dict[str, list[Any]]:
        """What the limit's statements are about."""
        zone = zoneinfo.ZoneInfo(self.time_zone)
        ends = (self.first_day, self.last_day + dt.timedelta(days=1))
        moments = [dt.datetime.combine(day, dt.time(), zone).isoformat() for day in ends]
        more = {"monitor": moments, "own": [self.agent, self.users["agent"]]}
        return {name: [self.workspace, *more.get(name, [])] for name in WORKS}


def world(cluster: Cluster) -> World:
    """Choose who asks: a QA user who sees everything, and the agent with most coaching."""
    space = cluster.rows("SELECT id, time_zone FROM workspace")[0]
    qa = cluster.rows("SELECT id, email FROM \"user\" WHERE role = 'QA' ORDER BY email LIMIT 1")[0]
    agent = cluster.rows(
        'SELECT u.id, u.email, u.agent_id FROM "user" u JOIN assignment a USING (agent_id)'
        " GROUP BY 1, 2, 3 ORDER BY count(*) DESC, u.id LIMIT 1"
    )[0]
    newest = cluster.rows("SELECT max(assigned_at) AS at FROM assignment")[0]["at"]
    last = newest.astimezone(zoneinfo.ZoneInfo(space["time_zone"])).date()
    return World(
        workspace=str(space["id"]),
        users={"qa": str(qa["id"]), "agent": str(agent["id"])},
        emails={"qa": qa["email"], "agent": agent["email"]},
        agent=str(agent["agent_id"]),
        first_day=last - dt.timedelta(days=6),
        last_day=last,
        time_zone=space["time_zone"],
    )


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, again and again."""

    path: str
    headers: dict[str, str]
    body: str

    def wire(self, host: str) -> bytes:
        """The request as it goes over the wire, the connection kept."""
        head = {"host": host, "content-length": str(len(self.body.encode())), **self.headers}
        lines = [f"POST {self.path} HTTP/1.1", *(f"{k}: {v}" for k, v in head.items()), "", ""]
        return ("\r\n".join(lines) + self.body).encode()


JSON = {"content-type": "application/json", "accept": "application/json"}
Asked = Callable[[World, str], Request]
"""A server's own way to be asked for a work."""


def of_product(tokens: dict[str, str]) -> Asked:
    """By document, with a signed token."""

    def asked(here: World, name: str) -> Request:
        work = WORKS[name]
        body = json.dumps({"query": work.text(), "variables": here.variables(work)})
        return Request("/graphql", {**JSON, "authorization": f"Bearer {tokens[work.by]}"}, body)

    return asked


def of_mercurius(here: World, name: str) -> Request:
    """By the product's document; who asks stands in headers that are believed."""
    work = WORKS[name]
    who = {"x-workspace": here.workspace, "x-user": here.users[work.by]}
    if work.by == "agent":
        who["x-agent"] = here.agent
    body = json.dumps({"query": work.text(), "variables": here.variables(work)})
    return Request("/graphql", {**JSON, **who}, body)


def of_postgraphile(here: World, name: str) -> Request:
    """By a document of its own, in which the rows that are asked for are named."""
    text = (PEERS / "postgraphile" / f"{name}.graphql").read_text()
    work = WORKS[name]
    wanted: Variables = {"space": here.workspace}
    if work.first:
        wanted |= {"first": work.first, "upTo": work.first + 1}
    if name == "own":
        wanted |= {"user": here.users["agent"], "agent": here.agent}
    if name == "monitor":
        since, until = here.arguments()["monitor"][1:]
        wanted |= {"since": since, "until": until}
    body = json.dumps({"query": text, "variables": wanted})
    return Request("/graphql", JSON, body)


def of_limit(_: World, name: str) -> Request:
    """By path; all the rest it knows."""
    return Request(f"/{name}", JSON, "")
