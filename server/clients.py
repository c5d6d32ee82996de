"""`coaching client`: partners' machines that get tokens by a secret of their own."""

import datetime as dt
import uuid

import click

from auth.partner_scope import SCOPES
from models.client import MOST_MINUTES
from resolvers import client
from resolvers.client import NewClient
from server import work
from server.settings import Settings

MOST_HOURS = 7 * 24


@click.group("client")
def command() -> None:
    """Clients of partners."""


client_id = click.argument("client_id", metavar="ID", type=click.UUID)


@command.command("add")
@click.argument("name")
@click.option("--workspace", "workspace_name", required=True, help="Name of the workspace.")
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice(sorted(SCOPES)),
    help="What its tokens may be good for; may be given several times.",
)
@click.option("--queue", "queues", multiple=True, help="External id; may be given several times.")
@click.option("--user", help="E-mail address of a partner to work for, in place of a new one.")
@click.option(
    "--minutes",
    default=10,
    show_default=True,
    type=click.IntRange(1, MOST_MINUTES),
    help="How long its tokens are good.",
)
@click.pass_obj
def add(
    chosen: Settings,
    name: str,
    workspace_name: str,
    scopes: tuple[str, ...],
    queues: tuple[str, ...],
    user: str | None,
    minutes: int,
) -> None:
    """Register a client, and print its secret, which can't be shown again."""
    if user is not None and queues:
        message = "--queue is for a new partner; the one that --user names has queues already."
        raise click.UsageError(message)
    new = NewClient(name=name, scopes=frozenset(scopes), minutes=minutes, user=user, queues=queues)
    now = dt.datetime.now(dt.UTC)
    made, secret = work.on_database(
        chosen, lambda database: client.add(database, workspace_name, new, now=now)
    )
    click.echo(f"client_id: {made.id}\nclient_secret: {secret}")


@command.command("list")
@click.pass_obj
def list_(chosen: Settings) -> None:
    """Print all clients: id, workspace, name, scopes, and whether they are revoked."""
    for each, workspace_name in work.on_database(chosen, client.all_of):
        state = "active" if each.revoked_at is None else f"revoked {each.revoked_at:%Y-%m-%d}"
        scopes = " ".join(sorted(each.scopes))
        click.echo("\t".join([str(each.id), workspace_name, each.name, scopes, state]))


@command.command("secret")
@client_id
@click.option(
    "--keep",
    metavar="HOURS",
    default=24,
    show_default=True,
    type=click.IntRange(0, MOST_HOURS),
    help="How long the secret before stays good.",
)
@click.pass_obj
def secret(chosen: Settings, client_id: uuid.UUID, keep: int) -> None:
    """Give a client another secret, and print it."""
    now, hours = dt.datetime.now(dt.UTC), dt.timedelta(hours=keep)
    made = work.on_database(
        chosen, lambda database: client.new_secret(database, client_id, keep=hours, now=now)
    )
    click.echo(f"client_secret: {made}")


@command.command("revoke")
@client_id
@click.pass_obj
def revoke(chosen: Settings, client_id: uuid.UUID) -> None:
    """Let a client in no more, nor the tokens that it has, within seconds."""
    now = dt.datetime.now(dt.UTC)
    gone = work.on_database(chosen, lambda database: client.revoke(database, client_id, now=now))
    click.echo(f"Client {gone.name} is revoked.")
