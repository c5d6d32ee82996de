"""`coaching import`: files of records into a workspace."""

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
import sqlalchemy as sa

from models import Workspace
from models.availability import Unavailable
from models.database import Database
from models.workspace import day_of
from resolvers import importing
from resolvers.importing import Report, UnknownWorkspace
from server import work
from server.settings import Settings
from server.spool import STDIN, Progress, Spool, UnreadableFile


@click.command("import")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)
@click.option("--workspace", metavar="NAME", help="Where to; needed where there are several.")
@click.option(
    "--shift-dates",
    is_flag=True,
    help="Move all times by whole days, so that the newest conversation is of today.",
)
@click.option("--keep-going", is_flag=True, help="Import the good lines, even if some are bad.")
@click.pass_obj
def command(
    settings: Settings,
    files: tuple[str, ...],
    workspace: str | None,
    *,
    shift_dates: bool,
    keep_going: bool,
) -> None:
    """Import records from files of newline-delimited JSON.

    Files may be compressed with gzip, and may come in any order; - is standard input. Importing
    the same again changes nothing. Without --keep-going, one bad line keeps everything out.
    """
    with Spool(dated=shift_dates) as spool:
        _read(spool, files)
        report = work.on_database(
            settings,
            lambda database: _import(database, spool, workspace, keep_going=keep_going),
        )
    _tell(report)
    if report.bad:
        raise click.exceptions.Exit(1)


def _read(spool: Spool, files: tuple[str, ...]) -> None:
    size = sum(os.path.getsize(name) for name in files if name != STDIN)  # noqa: PTH202
    skipped = []
    try:
        with _bar("Reading", size) as progress:
            skipped = [name for name in files if not spool.read(name, progress)]
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from None
    for name in skipped:
        click.echo(f"{name}: no records, skipped", err=True)


async def _import(
    database: Database, spool: Spool, name: str | None, *, keep_going: bool
) -> Report:
    now = dt.datetime.now(dt.UTC)
    try:
        workspace = await importing.find_workspace(database, name)
        with _bar("Importing", spool.size) as progress:
            return await importing.run(
                database,
                workspace.id,
                spool.lines(progress),
                now=now,
                keep_going=keep_going,
                days=_days(spool.newest, now, workspace),
            )
    except UnknownWorkspace as error:
        raise click.ClickException(str(error)) from None
    except (sa.exc.DBAPIError, Unavailable) as error:
        if not _lost_its_turn(error):
            raise
        message = "Another write held the database for too long. Run the import again."
        raise click.ClickException(message) from error


def _days(newest: dt.datetime | None, now: dt.datetime, workspace: Workspace) -> int:
    return 0 if newest is None else days_to_today(newest, now, workspace.time_zone)


def days_to_today(newest: dt.datetime, now: dt.datetime, time_zone: str) -> int:
    """Count the days of 24 hours that bring a time to today, as the time zone sees it."""
    today = day_of(now, time_zone)
    days = (today - day_of(newest, time_zone)).days
    # Where clocks were changed in between, a time near midnight may land on a neighbouring day.
    return days + (today - day_of(newest + dt.timedelta(days=days), time_zone)).days


def _lost_its_turn(error: sa.exc.DBAPIError | Unavailable) -> bool:
    words = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error).lower()
    return "database is locked" in words or "deadlock detected" in words


@contextmanager
def _bar(label: str, length: int) -> Iterator[Progress]:
    """Show progress where somebody is looking."""
    with click.progressbar(
        length=length,
        label=label,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        update_min_steps=max(1, length // 100),
    ) as bar:
        yield bar.update


def _tell(report: Report) -> None:
    for line in sorted(report.bad_lines, key=lambda line: (line.file, line.number)):
        click.echo(f"{line.file}:{line.number}: {line.reason}", err=True)
    if report.bad > len(report.bad_lines):
        click.echo(f"… and {report.bad - len(report.bad_lines)} more bad lines", err=True)
    if not report.written:
        count = "one line is" if report.bad == 1 else f"{report.bad} lines are"
        click.echo(f"Nothing was imported, because {count} bad.", err=True)
        click.echo("With --keep-going, the good lines are.", err=True)
        return
    if report.bad:
        click.echo(f"Bad lines left out: {report.bad}.", err=True)
    click.echo(_summary(report))


def _summary(report: Report) -> str:
    kinds = list(report.kinds())
    if not kinds:
        return "Nothing to import."
    heads = ("created", "changed", "unchanged")
    rows = [f"{'':<13}" + "".join(f"{head:>11}" for head in heads)]
    for kind in kinds:
        counts = (report.created[kind], report.changed[kind], report.unchanged[kind])
        rows.append(f"{kind:<13}" + "".join(f"{count:>11,}" for count in counts))
    return "\n".join(rows)
