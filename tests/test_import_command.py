"""`coaching import`: files in, a summary and reasons out."""

import asyncio
import datetime as dt
import gzip
import json
import zoneinfo
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

import models
from models.database import Database
from models.workspace import day_of
from server.importing import command, days_to_today
from server.settings import Settings
from tests import records
from tests.records import NOW, Record


def text(given: Iterable[Record]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in given)


def write(url: str, *rows: Any) -> None:
    async def add() -> None:
        database = Database(url).everywhere()
        async with database.write() as session:
            session.add_all(rows)
        await database.close()

    asyncio.run(add())


def rows(url: str, statement: sa.Executable) -> list[tuple[Any, ...]]:
    async def read() -> list[tuple[Any, ...]]:
        database = Database(url).everywhere()
        async with database.read() as session:
            found = [tuple(row) for row in await session.execute(statement)]
        await database.close()
        return found

    return asyncio.run(read())


def run(url: str, *arguments: str | Path, stdin: bytes = b"") -> Result:
    settings = Settings(database_url=url)
    return CliRunner().invoke(command, list(map(str, arguments)), obj=settings, input=stdin)


@pytest.fixture
def url(database_url: str) -> str:
    """A database with one workspace."""
    write(database_url, models.Workspace(name="One", time_zone="Asia/Tokyo", created_at=NOW))
    return database_url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A licence, and records spread over files whose order by name is not that of references."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "LICENSE.txt").write_text("Permission is hereby granted\n\nto anybody.\n")
    few = [records.conversation(number) for number in range(3)]
    # Compressed by content; the name says nothing.
    (files / "a-conversations").write_bytes(gzip.compress(text(few)))
    (files / "b-evaluations.ndjson").write_bytes(text(map(records.evaluation, range(3))))
    (files / "workspace.ndjson").write_bytes(b"\xef\xbb\xbf" + text(records.base()))
    return files


def test_files_come_in_any_order_and_a_licence_is_skipped(url: str, folder: Path) -> None:
    result = run(url, *sorted(folder.iterdir()))
    assert result.stderr == f"{folder / 'LICENSE.txt'}: no records, skipped\n"
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["created", "changed", "unchanged"]
    assert ["agent", "3", "0", "0"] in lines
    assert ["evaluation", "3", "0", "0"] in lines

    again = run(url, *sorted(folder.iterdir()))
    assert ["evaluation", "0", "0", "3"] in [line.split() for line in again.stdout.splitlines()]


def test_bad_lines_are_told_by_file_and_number_and_nothing_is_written(
    url: str, folder: Path
) -> None:
    file = folder / "workspace.ndjson"
    file.write_bytes(file.read_bytes() + b'\n{"kind": "queue"\nhello\n')
    result = run(url, *sorted(folder.iterdir()))
    end = len(records.base())
    assert result.exit_code == 1
    assert f"{file}:{end + 2}: not JSON: EOF" in result.stderr
    assert f"{file}:{end + 3}: not JSON: expected" in result.stderr
    assert "Nothing was imported, because 2 lines are bad." in result.stderr
    assert result.stdout == ""
    assert rows(url, sa.select(models.Queue)) == []

    result = run(url, "--keep-going", *sorted(folder.iterdir()))
    assert result.exit_code == 1
    assert "Bad lines left out: 2." in result.stderr
    assert len(rows(url, sa.select(models.Evaluation))) == 3


def test_standard_input_may_be_compressed_and_joins_the_files(url: str, folder: Path) -> None:
    given = gzip.compress(text(records.base()))
    result = run(url, folder / "a-conversations", "-", stdin=given)
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(rows(url, sa.select(models.Conversation))) == 3
    bad = run(url, "-", stdin=b'\n{"kind": "cue"}\n')
    assert bad.stderr.startswith("-:2: unknown kind 'cue'\n")


def test_a_broken_file_is_told_and_nothing_is_written(url: str, folder: Path) -> None:
    broken = folder / "a-conversations"
    broken.write_bytes(broken.read_bytes()[:-20])
    result = run(url, *sorted(folder.iterdir()))
    assert result.exit_code == 1
    assert f"Error: {broken} can't be read: " in result.stderr
    assert rows(url, sa.select(models.Queue)) == []


def test_a_line_without_end_is_refused(url: str, folder: Path) -> None:
    file = folder / "long"
    long = json.dumps(records.conversation(1, topic="x" * 8_000_000)).encode()
    file.write_bytes(long + b"\n" + text(records.base()[:1]))
    result = run(url, "--keep-going", file)
    assert result.stderr.startswith(f"{file}:1: longer than 8000000 bytes\n")
    assert len(rows(url, sa.select(models.Attribute))) == 1


def test_without_a_name_there_must_be_one_workspace(database_url: str, folder: Path) -> None:
    file = folder / "workspace.ndjson"
    assert run(database_url, file).stderr == "Error: There is no workspace yet.\n"
    for name in ("One", "Two"):
        write(database_url, models.Workspace(name=name, created_at=NOW))
    several = run(database_url, file)
    assert several.stderr.startswith("Error: There are several workspaces: say which")
    assert several.exit_code == 1
    none = run(database_url, file, "--workspace", "Three")
    assert none.stderr == "Error: There is no workspace 'Three'.\n"
    assert run(database_url, file, "--workspace", "Two").exit_code == 0
    found = rows(
        database_url,
        sa.select(models.Workspace.name).join(
            models.EvaluationForm,
            models.EvaluationForm.workspace_id == models.Workspace.id,
        ),
    )
    assert found == [("Two",)]


def test_dates_are_shifted_so_that_the_newest_conversation_is_of_today(
    url: str, folder: Path
) -> None:
    bad = records.conversation(9, started_at="2199-01-01T00:00:00Z")  # Ends before its start.
    (folder / "bad").write_bytes(text([bad]))
    result = run(url, "--shift-dates", "--keep-going", *sorted(folder.iterdir()))
    assert result.stderr.count("ended_at is before started_at") == 1
    of, evaluation = models.Conversation, models.Evaluation
    found = rows(
        url,
        sa.select(of.started_at, evaluation.evaluated_at)
        .join(evaluation, evaluation.conversation_id == of.id)
        .order_by(of.started_at),
    )
    newest = found[-1][0]
    assert day_of(newest, "Asia/Tokyo") == day_of(dt.datetime.now(dt.UTC), "Asia/Tokyo")
    assert newest.time() == (records.START + dt.timedelta(minutes=40)).time()
    assert {evaluated - started for started, evaluated in found} == {dt.timedelta(minutes=10)}


@pytest.mark.parametrize("hour", [0, 1, 12, 22, 23])
@pytest.mark.parametrize("month", [1, 7])
def test_shifted_days_are_those_of_the_time_zone(hour: int, month: int) -> None:
    zone = zoneinfo.ZoneInfo("Europe/Berlin")
    newest = dt.datetime(2025, month, 5, hour, 30, tzinfo=zone)
    for now in (dt.datetime(2026, 1, 20, 9, tzinfo=zone), dt.datetime(2026, 7, 20, 9, tzinfo=zone)):
        days = days_to_today(newest.astimezone(dt.UTC), now, zone.key)
        moved = newest.astimezone(dt.UTC) + dt.timedelta(days=days)
        assert moved.astimezone(zone).date() == now.date()


def test_a_database_without_tables_is_told(tmp_path: Path, folder: Path) -> None:
    result = run(f"sqlite+aiosqlite:///{tmp_path / 'new.sqlite3'}", folder / "workspace.ndjson")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The database is not of this version")
