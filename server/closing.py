"""`coaching close-overdue`: ends the reviews that agents left unanswered too long."""

import datetime as dt

import click

from resolvers import closing
from server import work
from server.settings import Settings


@click.command("close-overdue")
@click.option("--workspace", metavar="NAME", help="Close reviews of this workspace only.")
@click.pass_obj
def command(settings: Settings, workspace: str | None) -> None:
    """Close the evaluations whose agent did not answer within the form's window.

    For a timer, every few minutes. Running it twice, or on two machines at once, does no harm.
    """
    now = dt.datetime.now(dt.UTC)
    closed = work.on_database(
        settings, lambda database: closing.run(database, now=now, workspace=workspace)
    )
    if closed is None:
        message = f"There is no workspace {workspace!r}."
        raise click.ClickException(message)
    click.echo(f"{closed:,} {'review' if closed == 1 else 'reviews'} closed")
