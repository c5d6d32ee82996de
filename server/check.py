"""`coaching check`: whether everything that is stored twice agrees."""

import sys

import click

from models.database import Database
from resolvers import check, rebuilding
from resolvers.differences import SHOWN, Report
from server import work
from server.settings import Settings


@click.command("check")
@click.option("--workspace", metavar="NAME", help="Check this workspace only.")
@click.option("--rebuild", is_flag=True, help="Mend them first: sums by day, counts and scores.")
@click.pass_obj
def command(settings: Settings, workspace: str | None, *, rebuild: bool) -> None:
    """Count every stored fact anew, and print each that differs.

    Ends with status 1 if any does.
    """

    async def run(database: Database) -> Report | None:
        if rebuild:
            await rebuilding.run(database, workspace=workspace)
        return await check.run(database, workspace=workspace)

    report = work.on_database(settings, run)
    if report is None:
        message = f"There is no workspace {workspace!r}."
        raise click.ClickException(message)
    for line in lines(report):
        click.echo(line)
    sys.exit(1 if report.counts else 0)


def lines(report: Report) -> list[str]:
    """What a report says, a line for each difference."""
    if not report.counts:
        return [f"{report.rows:,} rows checked, no differences"]
    found: list[str] = []
    for (table, column), count in sorted(report.counts.items()):
        found.extend(
            f"{table} {one.key}: {column} is {one.stored}, should be {one.expected}"
            for one in report.shown[table, column]
        )
        if count > SHOWN:
            found.append(f"{table}: {column} differs {count:,} times; {SHOWN} are shown")
    total = sum(report.counts.values())
    return [*found, f"{report.rows:,} rows checked, {total:,} differences"]
