"""Commands that serve: `serve`, and `demo`, which makes something to serve first."""

import datetime as dt
import json
import shlex
from typing import Any

import click
import uvicorn

from auth import token
from models.database import Database
from models.errors import Refusal
from resolvers import account
from server import demo, keys, operations, provider, work
from server.settings import Settings

DEMO = {
    "COACHING_DATABASE_URL": "sqlite+aiosqlite:///coaching-demo.sqlite3",
    "COACHING_DEVELOPMENT_KEY": "coaching-demo-key.json",
}
"""Settings of the demo, where the environment says nothing else."""

GRACE_SECONDS = 5
"""How much longer than an operation may take we wait for the last client when we are to stop."""

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address.")
port_option = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port."
)


@click.command()
@host_option
@port_option
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes."
)
@click.pass_obj
def serve(chosen: Settings, host: str, port: int, workers: int) -> None:
    """Serve the API."""
    keys.verifier(chosen)
    provider.of(chosen)
    try:
        work.require_migrated(chosen)
        work.warn_without_wall(chosen)
    except work.DatabaseAway as error:
        # It may come back, or come up later than we do: until then we are live, and not ready.
        click.echo(f"{error.message}\nServing all the same: not ready until it does.", err=True)
    _serve(host, port, workers, chosen)


@click.command("demo")
@host_option
@port_option
@click.pass_obj
def demo_command(chosen: Settings, host: str, port: int) -> None:
    """Fill an empty database with a demo workspace, say who can sign in, and serve."""
    url = f"http://{host}:{port}/graphql"
    work.migrate(chosen)
    click.echo(work.on_database(chosen, lambda database: _fill(database, chosen, url)))
    _serve(host, port, 1, chosen, application="demo")


def _serve(
    host: str, port: int, workers: int, chosen: Settings, *, application: str = "from_environment"
) -> None:
    uvicorn.run(
        f"server.app:{application}",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http="server.protocol:Protocol",
        ws="server.protocol:WebSocketProtocol",
        ws_max_size=chosen.max_body_bytes,
        # Operations that are under way end; a client that does not read would never let go.
        timeout_graceful_shutdown=chosen.deadline_seconds + GRACE_SECONDS,
        server_header=False,  # What we are made with is nobody's business.
        log_level=chosen.log_level,
        access_log=chosen.log_level == "debug",
    )


async def _fill(database: Database, chosen: Settings, url: str) -> str:
    """Make the demo workspace if there is none yet; who can sign in, and a query for each."""
    now = dt.datetime.now(dt.UTC)
    await demo.fill(database, now=now)
    return await _welcome(database, chosen, url, now)


FIRST = {
    "qa@demo.example": ("AssignmentsPage", {"first": 5}),
    "lead@demo.example": ("DrillDown", {"first": 1}),
    "supervisor@demo.example": ("AssignmentsPage", {"first": 5}),
    "agent@demo.example": ("MyAssignments", {"first": 5}),
    "partner@demo.example": ("AssignmentsPage", {"first": 5}),
}
"""What everybody who signs in to the demo may ask first."""


async def _welcome(database: Database, chosen: Settings, url: str, now: dt.datetime) -> str:
    key = keys.development(chosen)
    lines = ["", "Who can sign in, and a first query for each (tokens are good for 12 hours):"]
    for email, (operation, variables) in FIRST.items():
        try:
            user = await account.find_user(database, email)
        except Refusal:
            continue  # the database held other workspaces before, and no demo
        bearer = token.issue(
            key, issuer=keys.own_issuer(chosen), audience=chosen.audience, user_id=user.id, now=now
        )
        lines += ["", f"# {demo.WHO[email]}: {email}", _curl(url, bearer, operation, variables)]
    home = url.removesuffix("/graphql")
    return "\n".join([*lines, "", f"In a browser: {home}", ""])


def _curl(url: str, bearer: str, operation: str, variables: dict[str, Any]) -> str:
    body = {"query": operations.text(operation), "variables": variables}
    return (
        f"curl -s {url} -H 'content-type: application/json' -H 'authorization: Bearer {bearer}'"
        f" -d {shlex.quote(json.dumps(body))}"
    )
