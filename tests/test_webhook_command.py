"""`coaching webhook`: registering, looking after, and the process that delivers."""

import asyncio
import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from models import Action, DeliveryState, OutboxEvent, Webhook, WebhookDelivery, Workspace
from models.database import Database
from resolvers import audit
from resolvers.audit import About, System
from server import command
from tests.webhooks import Receiver, mark

Run = Callable[..., Result]

NOBODY = str(uuid.UUID(int=1))
PUBLIC = "https://93.184.215.14/hook"


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`coaching webhook …` on a database with one workspace."""
    for name in [name for name in os.environ if name.startswith("COACHING_")]:
        monkeypatch.delenv(name)

    def do(*arguments: str, group: str = "webhook", **settings: str) -> Result:
        chosen = {"database_url": database_url, **settings}
        variables = {f"COACHING_{name.upper()}": value for name, value in chosen.items()}
        return CliRunner().invoke(command.main, [group, *arguments], env=variables)

    assert do("add", "One", group="workspace").exit_code == 0
    return do


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().running() as running:
        yield running


def add(run: Run, url: str = PUBLIC, *options: str, **settings: str) -> str:
    """Register a URL; its id."""
    done = run("add", url, "--workspace", "One", *options, **settings)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()[0].removeprefix("Webhook: ")


def on(url: str, work: Callable[[Any], Any]) -> Any:
    """Do something in one transaction."""

    async def do() -> Any:
        database = Database(url).everywhere()
        async with database.write() as session:
            answer = await work(session)
        await database.close()
        return answer

    return asyncio.run(do())


def change(url: str) -> uuid.UUID:
    """Tell of a changed mark; its id."""
    key = uuid.uuid4()

    async def work(session: Any) -> None:
        workspace_id = await session.scalar(sa.select(Workspace.id))
        system = System(workspace_id=workspace_id, now=dt.datetime.now(dt.UTC))
        audit.record(session, system, Action.MARK_CREATED, About(mark_id=key), after={})

    on(url, work)
    return key


def kill(url: str, webhook_id: str) -> uuid.UUID:
    """Make a dead letter of the newest event; its id."""

    async def work(session: Any) -> uuid.UUID:
        event = await session.scalar(sa.select(OutboxEvent).order_by(OutboxEvent.number.desc()))
        names = ("workspace_id", "number", "position", "at", "kind", "subject_id", "agent_id")
        session.add(
            WebhookDelivery(
                webhook_id=uuid.UUID(webhook_id),
                event_id=event.id,
                state=DeliveryState.DEAD,
                tries=12,
                due_at=event.at + dt.timedelta(days=90),
                error="answered 500",
                **{name: getattr(event, name) for name in names},
            )
        )
        return uuid.UUID(str(event.id))

    return uuid.UUID(str(on(url, work)))


def refused(result: Result, status: int = 1) -> str:
    """The sentence of a command that refuses."""
    assert result.exit_code == status, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    return result.stderr.splitlines()[-1].removeprefix("Error: ")


# --- Registering ---


def test_adding_shows_the_id_and_once_the_secret(run: Run, database_url: str):
    done = run("add", PUBLIC, "--workspace", "One")
    assert done.exit_code == 0, done.output
    shown = re.fullmatch(r"Webhook: (\S+)\nSecret:  (whsec_[A-Za-z0-9+/]{43}=)\n", done.stdout)
    assert shown is not None, done.stdout
    made = on(database_url, lambda session: session.scalar(sa.select(Webhook)))
    assert (str(made.id), made.secret) == shown.groups()
    assert "whsec_" not in run("list").output


def test_the_list_says_of_what_a_webhook_is_told_and_how_it_is(run: Run, database_url: str):
    assert run("list").output == ""
    key = add(run, PUBLIC, "--event", "MARK_CHANGED", "--event", "ASSIGNMENT_CHANGED")
    change(database_url)
    kill(database_url, key)
    first, second = run("list").output.splitlines()
    assert first == f"{key}  One  {PUBLIC}  enabled"
    assert second == "    assignment.changed, mark.changed; 0 pending, 1 dead"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://93.184.215.14/", "A webhook's URL is https://HOST/PATH"),
        ("https://127.1/", "127.1 has an address that is not public."),
        ("https://user:password@93.184.215.14/", "without user or fragment"),
        ("https://nowhere.invalid/", "There is no address for nowhere.invalid."),
        ("hook", "A webhook's URL is https://HOST/PATH"),
    ],
)
def test_a_url_that_may_not_be_told_is_refused(run: Run, url: str, told: str):
    assert told in refused(run("add", url, "--workspace", "One"))
    assert run("list").output == ""


def test_a_private_host_is_taken_where_the_setting_names_it(run: Run):
    assert add(run, "http://localhost:9/", webhook_private="localhost")
    assert add(run, "http://127.0.0.1:9/", webhook_private="yes")
    assert "not public" in refused(
        run("add", "https://127.0.0.1:9/", "--workspace", "One", webhook_private="localhost")
    )
    assert "COACHING_WEBHOOK_PRIVATE" in refused(run("list", webhook_private="http://a/"))


def test_an_unknown_workspace_and_an_unknown_kind_are_told(run: Run):
    told = refused(run("add", PUBLIC, "--workspace", "Two"))
    assert told == "There is no workspace 'Two'."
    told = refused(run("add", PUBLIC, "--workspace", "One", "--event", "marks"), 2)
    assert "MARK_CHANGED" in told


# --- Looking after ---


def test_one_is_disabled_and_enabled_again(run: Run):
    key = add(run)
    assert run("disable", key).output == f"Nothing more is sent to {PUBLIC}.\n"
    assert re.search(r"  disabled \S+\+00:00 \(by command\)$", run("list").output.splitlines()[0])
    assert run("disable", key).exit_code == 0
    assert run("enable", key).output == f"What has changed meanwhile is sent to {PUBLIC}.\n"
    assert run("list").output.splitlines()[0].endswith("enabled")


@pytest.mark.parametrize(
    "arguments",
    [
        ["disable"],
        ["enable"],
        ["replay", "--from-start"],
        ["replay", "--event", NOBODY],
        ["dead"],
        ["retry"],
    ],
    ids=" ".join,
)
def test_a_webhook_that_is_none_is_told(run: Run, arguments: list[str]):
    name, *options = arguments
    assert refused(run(name, NOBODY, *options)) == f"There is no webhook {NOBODY}."
    assert "not a valid UUID" in refused(run(name, "first", *options), 2)


@pytest.mark.parametrize(
    "options", [[], ["--from-start", "--event", NOBODY], ["--from-start", "--since", "2026-01-01Z"]]
)
def test_what_to_send_again_is_said_in_one_way(run: Run, options: list[str]):
    assert refused(run("replay", add(run), *options), 2).startswith(
        ("Say which: one of --since", "Invalid value for '--since'")
    )


@pytest.mark.parametrize("since", ["yesterday", "2026-05-04T12:00", "2026-13-01T00:00Z"])
def test_a_time_has_its_offset(run: Run, since: str):
    told = refused(run("replay", add(run), "--since", since), 2)
    assert f"{since!r} is no time such as" in told


def test_an_event_that_is_none_is_told(run: Run):
    told = refused(run("replay", add(run), "--event", NOBODY))
    assert told == f"There is no event {NOBODY}."


def test_an_event_that_has_its_turn_yet_is_not_sent_twice(run: Run, database_url: str):
    key = add(run)
    change(database_url)
    event = on(database_url, lambda session: session.scalar(sa.select(OutboxEvent.id)))
    assert "has not had its turn yet" in refused(run("replay", key, "--event", str(event)))


def test_dead_letters_are_listed_and_tried_anew(run: Run, database_url: str):
    key = add(run)
    assert run("dead", key).output == ""
    change(database_url)
    event = kill(database_url, key)
    (line,) = run("dead", key).output.splitlines()
    assert line.startswith(f"{event}  mark.changed  ")
    assert line.endswith("+00:00  12 tries, the last: answered 500")
    assert run("retry", key, "--event", NOBODY).output == "0 deliveries will be tried anew\n"
    assert run("retry", key).output == "1 delivery will be tried anew\n"
    assert run("dead", key).output == ""
    assert "; 1 pending, 0 dead" in run("list").output


# --- Delivering ---


def test_the_process_delivers_and_stops_when_told(run: Run, database_url: str, receiver: Receiver):
    key = add(run, receiver.url, webhook_private="yes")
    changed = change(database_url)
    settings = {"COACHING_DATABASE_URL": database_url, "COACHING_WEBHOOK_PRIVATE": "yes"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from server.command import main; main()", "webhook", "run"],
        env={**os.environ, **settings},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _until(lambda: receiver.objects == [mark(changed)])
        second = change(database_url)
        _until(lambda: receiver.objects == [mark(changed), mark(second)])
        _until(lambda: "; 0 pending, 0 dead" in run("list").output)
        assert run("replay", key, "--from-start").exit_code == 0
        _until(lambda: len(receiver.got) == 4)
    finally:
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "whsec_" not in told
    assert len(set(receiver.ids)) == 2


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)


def test_the_process_needs_a_migrated_database(tmp_path: Path):
    settings = {"COACHING_DATABASE_URL": f"sqlite:///{tmp_path / 'nothing.sqlite3'}"}
    done = CliRunner().invoke(command.main, ["webhook", "run"], env=settings)
    assert "coaching migrate" in refused(done)
