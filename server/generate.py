"""`coaching generate`: a big made-up workspace, to try the product at size."""

import datetime as dt
import re
import sys
from collections.abc import Callable

import click
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from models import User, Workspace
from models.base import NAME_LENGTH
from models.database import Database
from resolvers import rebuilding_coaching
from server import work
from server.settings import Settings
from server.synthetic import chunk, crowd


class WorkspaceExistsError(Exception):
    """There is a workspace of this name, or one whose users' addresses would be the same."""


@click.command("generate")
@click.option("--workspace", metavar="NAME", required=True, help="Name of the new workspace.")
@click.option(
    "--assignments", type=click.IntRange(crowd.FEWEST), required=True, help="How many to make."
)
@click.option(
    "--agents",
    type=click.IntRange(crowd.FEWEST),
    show_default=f"one for every {crowd.EACH} assignments, at least {crowd.FEWEST}",
    help=f"How many there are, each of {chunk.DAYS} assignments at most.",
)
@click.option(
    "--conversations",
    type=click.IntRange(chunk.HELD * crowd.FEWEST),
    show_default=f"{chunk.HELD} for each assignment",
    help=f"How many there are; more than {chunk.HELD} for each assignment are not in coaching.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other data.")
@click.pass_obj
def command(
    settings: Settings,
    workspace: str,
    assignments: int,
    agents: int | None,
    conversations: int | None,
    seed: int,
) -> None:
    """Make a workspace with a given number of assignments.

    The same seed, numbers and day give the same rows. All in one transaction: nothing is left
    when it is interrupted.
    """
    today = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with click.progressbar(
        length=assignments, label="Assignments", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        try:
            domain = work.on_database(
                settings,
                lambda database: generate(
                    database,
                    name=workspace,
                    assignments=assignments,
                    agents=agents,
                    conversations=conversations,
                    seed=seed,
                    now=today,
                    progress=bar.update,
                ),
            )
        except (WorkspaceExistsError, ValueError) as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"Workspace {workspace!r} is ready. Users: qa@{domain}, supervisor@{domain},")
    click.echo(f"agent-1@{domain} and so on, one for each agent.")


async def generate(
    database: Database,
    *,
    name: str,
    assignments: int,
    agents: int | None = None,
    conversations: int | None = None,
    seed: int,
    now: dt.datetime,
    progress: Callable[[int], object] = lambda _: None,
) -> str:
    """Make a workspace of this size, as of `now`; return the domain of its users' addresses.

    Without `agents` and `conversations`, there are as many as suit the assignments. Raises
    WorkspaceExistsError, and ValueError for a name that can't be one, or numbers that do not go
    together.
    """
    name = name.strip()
    domain = f"{slug(name)}.example"
    made = crowd.Crowd(
        name,
        domain,
        assignments=assignments,
        agents=agents,
        conversations=conversations,
        seed=seed,
        now=now,
    )
    async with (
        database.connect(writing=True) as connection,
        connection.begin(),
    ):
        await _refuse_existing(connection, name, domain)
        await _prepare(connection)
        for number, count in enumerate(made.chunks()):
            await made.rows.write(connection)
            if number == 0:
                await _analyze(connection)
            progress(count)
        await _analyze(connection)
        async with AsyncSession(connection, autoflush=False) as session:
            await rebuilding_coaching.run(session, made.rows.workspace_id)
    return domain


def slug(name: str) -> str:
    """A workspace's name as part of an address. Raises ValueError where nothing would be left."""
    found = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not found or len(name) > NAME_LENGTH:
        message = f"A name has 1 to {NAME_LENGTH} characters, with a letter of a to z or a digit."
        raise ValueError(message)
    return found[:63].strip("-")


async def _refuse_existing(connection: AsyncConnection, name: str, domain: str) -> None:
    there = sa.select(Workspace.id).where(Workspace.name == name)
    taken = sa.select(User.id).where(User.email == f"qa@{domain}")
    if await connection.scalar(there) or await connection.scalar(taken):
        message = f"There is a workspace {name!r} already, or one of a name much like it."
        raise WorkspaceExistsError(message)


async def _prepare(connection: AsyncConnection) -> None:
    if connection.dialect.name == "sqlite":
        # Ids are random, so every index is written all over: keep much of it in memory.
        await connection.exec_driver_sql("PRAGMA cache_size=-262144")
    else:
        # Foreign keys are checked by plans that are kept from when the tables were small: reading
        # all of one would remain the plan for thousands of agents.
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


async def _analyze(connection: AsyncConnection) -> None:
    """Tell PostgreSQL what is in the tables; without, foreign keys are checked by wrong indexes."""
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql("ANALYZE")
