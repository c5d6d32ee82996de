"""The command line: `coaching`."""

import datetime as dt
import os
import pathlib
from typing import Any

import click

from auth import token as tokens
from models import Permission, Role
from models.errors import CoachingError
from resolvers import account
from schema import root
from schema.view import NAMES
from server import (
    check,
    clients,
    closing,
    generate,
    importing,
    keys,
    persisted,
    serving,
    settings,
    webhook,
    work,
)
from server.settings import Settings, SettingsError


class Group(click.Group):
    """Says in one sentence what is wrong with what somebody asked or set."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (SettingsError, CoachingError) as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Group)
@click.pass_context
def main(context: click.Context) -> None:
    """Coaching for contact centres: a GraphQL API.

    Settings are read from COACHING_* variables; COACHING_DATABASE_URL names the database.
    """
    if context.invoked_subcommand == serving.demo_command.name:
        for name, value in serving.DEMO.items():
            os.environ.setdefault(name, value)  # where the demo's server will read them, too
    context.obj = settings.read(os.environ)


@main.command()
@click.pass_obj
def migrate(chosen: Settings) -> None:
    """Bring the database up to this version."""
    work.migrate(chosen)


@main.group()
def workspace() -> None:
    """Workspaces."""


@workspace.command("add")
@click.argument("name")
@click.option("--time-zone", default="UTC", show_default=True, help="IANA name.")
@click.pass_obj
def add_workspace(chosen: Settings, name: str, time_zone: str) -> None:
    """Open a workspace."""
    now = dt.datetime.now(dt.UTC)
    made = work.on_database(
        chosen, lambda db: account.add_workspace(db, name, time_zone=time_zone, now=now)
    )
    click.echo(f"Workspace {made.name} is open.")


@main.group()
def user() -> None:
    """Users."""


subject_option = click.option("--subject", help="What the provider of sign-in calls the user.")


@user.command("add")
@click.argument("email")
@click.option("--workspace", "workspace_name", required=True, help="Name of the workspace.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--name", help="Name to show; without it, the e-mail address.")
@click.option("--agent", help="External id of the agent whom the user is.")
@click.option(
    "--permission",
    "permissions",
    multiple=True,
    type=click.Choice([permission.value for permission in Permission]),
    help="May be given several times.",
)
@click.option("--queue", "queues", multiple=True, help="External id; may be given several times.")
@subject_option
@click.pass_obj
def add_user(
    chosen: Settings,
    email: str,
    workspace_name: str,
    role: str,
    name: str | None,
    agent: str | None,
    permissions: tuple[str, ...],
    queues: tuple[str, ...],
    subject: str | None,
) -> None:
    """Let somebody sign in."""
    new = account.NewUser(
        email=email,
        name=name or email[:120],
        role=Role(role),
        permissions=frozenset(Permission(each) for each in permissions),
        agent=agent,
        queues=queues,
        subject=subject,
    )
    now = dt.datetime.now(dt.UTC)
    made = work.on_database(chosen, lambda db: account.add_user(db, workspace_name, new, now=now))
    click.echo(f"{made.email} may sign in to {workspace_name} as {made.role}.")


@user.command("set")
@click.argument("email")
@subject_option
@click.pass_obj
def set_user(chosen: Settings, email: str, subject: str | None) -> None:
    """Change what is said of a user."""
    if subject is None:
        message = "Say what to set: --subject."
        raise click.UsageError(message)
    found = work.on_database(chosen, lambda db: account.set_subject(db, email, subject))
    click.echo(f"{found.email} is {found.subject} to the provider.")


@main.command()
@click.argument("email")
@click.pass_obj
def token(chosen: Settings, email: str) -> None:
    """Print an access token for a user, signed with the development key."""
    key = keys.development(chosen)
    found = work.on_database(chosen, lambda db: account.find_user(db, email))
    now = dt.datetime.now(dt.UTC)
    click.echo(
        tokens.issue(
            key, issuer=keys.own_issuer(chosen), audience=chosen.audience, user_id=found.id, now=now
        )
    )


@main.command()
@click.argument("view", required=False, default=NAMES[0], type=click.Choice(NAMES))
@click.option(
    "--write",
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=pathlib.Path),
    help="Write all views, and the manifest of operations, into this folder instead.",
)
def sdl(view: str, write: pathlib.Path | None) -> None:
    """Print the schema, or a view of it, in the schema definition language."""
    views = root.build()
    if write is None:
        click.echo(views.sdl(view), nl=False)
        return
    for name in NAMES:
        (write / f"{name}.graphql").write_text(views.sdl(name), encoding="utf-8")
    (write / persisted.MANIFEST).write_text(persisted.manifest(views), encoding="utf-8")


main.add_command(serving.serve)
main.add_command(serving.demo_command)
main.add_command(clients.command)
main.add_command(importing.command)
main.add_command(generate.command)
main.add_command(check.command)
main.add_command(closing.command)
main.add_command(webhook.group)
