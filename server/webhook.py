"""`coaching webhook`: telling others what changed, and looking after what they did not take."""

import asyncio
import datetime as dt
import signal
import uuid
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from models import EventKind, Webhook
from models.database import Database
from models.webhook import event_type
from resolvers import webhook
from server import logs, work
from server.settings import Settings
from server.webhook_address import Forbidden, Guard
from server.webhook_sending import HttpSender
from server.webhook_worker import Worker

T = TypeVar("T")

MOST_DEAD = 1_000
"""Most dead letters that are listed at once."""

CONNECT_SECONDS = 5
LOCK_SECONDS = 10
ANSWER_SECONDS = 30
"""How long a delivering process waits for the database, before it tries again."""


class Moment(click.ParamType[dt.datetime]):
    """A point in time in ISO 8601, with its offset."""

    name = "time"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        """Read it."""
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail(f"{value!r} is no time such as 2026-05-04T12:00:00Z.", param, ctx)
        return moment


webhook_id = click.argument("webhook_id", metavar="ID", type=click.UUID)


@click.group("webhook")
def group() -> None:
    """Telling others by HTTP what changed."""


@group.command()
@click.argument("url")
@click.option("--workspace", required=True, help="Name of the workspace.")
@click.option(
    "--event",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in EventKind]),
    help="May be given several times; without it, all.",
)
@click.pass_obj
def add(chosen: Settings, url: str, workspace: str, kinds: tuple[str, ...]) -> None:
    """Tell a URL of what changes from now on, and print its id and its secret.

    The secret is shown this once; it signs what is sent.
    """

    async def run(database: Database) -> Webhook:
        await Guard(chosen.webhook_private).check(url)
        events = [EventKind(kind) for kind in kinds or EventKind]
        return await webhook.add(database, workspace, url, events, now=_now())

    made = _done(chosen, run)
    click.echo(f"Webhook: {made.id}\nSecret:  {made.secret}")


@group.command("list")
@click.pass_obj
def list_(chosen: Settings) -> None:
    """Print all webhooks: what they are told of, how many deliveries wait, how many are dead."""
    for each in _done(chosen, webhook.every):
        one = each.webhook
        state = "enabled"
        if one.disabled_at is not None:
            state = f"disabled {_time(one.disabled_at)} ({one.disabled_because})"
        kinds = ", ".join(event_type(kind) for kind in EventKind if kind in one.kinds)
        click.echo(f"{one.id}  {each.workspace}  {one.url}  {state}")
        click.echo(f"    {kinds}; {each.pending:,} pending, {each.dead:,} dead")


@group.command()
@webhook_id
@click.pass_obj
def disable(chosen: Settings, webhook_id: uuid.UUID) -> None:
    """Send nothing more. Events wait until it is enabled again."""
    found = _done(chosen, lambda database: webhook.disable(database, webhook_id, now=_now()))
    click.echo(f"Nothing more is sent to {found.url}.")


@group.command()
@webhook_id
@click.pass_obj
def enable(chosen: Settings, webhook_id: uuid.UUID) -> None:
    """Go on where it stopped."""
    found = _done(chosen, lambda database: webhook.enable(database, webhook_id))
    click.echo(f"What has changed meanwhile is sent to {found.url}.")


@group.command()
@webhook_id
@click.option("--since", type=Moment(), help="Events from this time on, such as 2026-05-04T12:00Z.")
@click.option("--from-start", is_flag=True, help="All events that are still known.")
@click.option("--event", "event_id", type=click.UUID, help="This one event; its id.")
@click.pass_obj
def replay(
    chosen: Settings,
    webhook_id: uuid.UUID,
    since: dt.datetime | None,
    event_id: uuid.UUID | None,
    *,
    from_start: bool,
) -> None:
    """Send events again, delivered or not, with the same ids as before."""
    if [since is not None, event_id is not None, from_start].count(True) != 1:
        message = "Say which: one of --since, --from-start and --event."
        raise click.UsageError(message)

    async def run(database: Database) -> Webhook:
        if event_id is not None:
            return await webhook.replay_event(database, webhook_id, event_id, now=_now())
        return await webhook.replay(database, webhook_id, since=since)

    click.echo(f"Will be sent again to {_done(chosen, run).url}.")


@group.command()
@webhook_id
@click.pass_obj
def dead(chosen: Settings, webhook_id: uuid.UUID) -> None:
    """Print what was given up: event, type, time, tries, and why the last one failed."""
    found = _done(chosen, lambda database: webhook.dead(database, webhook_id, MOST_DEAD))
    for each in found:
        click.echo(
            f"{each.event_id}  {event_type(each.kind)}  {_time(each.at)}"
            f"  {each.tries} tries, the last: {each.error}"
        )
    if len(found) == MOST_DEAD:
        click.echo(f"These are the first {MOST_DEAD:,}; there may be more.")


@group.command()
@webhook_id
@click.option(
    "--event", "event_ids", multiple=True, type=click.UUID, help="May be given several times."
)
@click.pass_obj
def retry(chosen: Settings, webhook_id: uuid.UUID, event_ids: tuple[uuid.UUID, ...]) -> None:
    """Try what was given up anew: all, or some events."""
    number = _done(
        chosen, lambda database: webhook.retry(database, webhook_id, event_ids, now=_now())
    )
    click.echo(f"{number:,} {'delivery' if number == 1 else 'deliveries'} will be tried anew")


@group.command()
@click.pass_obj
def run(chosen: Settings) -> None:
    """Deliver, until stopped. Any number of these may run at once."""
    work.require_migrated(chosen)
    logs.set_up(chosen)
    asyncio.run(_deliver(chosen))


async def _deliver(chosen: Settings) -> None:
    database = Database(
        chosen.database_url,
        pool_size=chosen.pool_size,
        connect_timeout=CONNECT_SECONDS,
        lock_timeout=LOCK_SECONDS,
        answer_timeout=ANSWER_SECONDS,
    ).everywhere()
    sender = HttpSender(Guard(chosen.webhook_private))
    worker = Worker(database, sender)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, worker.stop)
    try:
        await worker.run()
    finally:
        await sender.close()
        await database.close()


def _done(chosen: Settings, task: Callable[[Database], Awaitable[T]]) -> T:
    try:
        return work.on_database(chosen, task)
    except Forbidden as error:
        raise click.ClickException(str(error)) from None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _time(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")
