"""The command line, for real: from an empty folder, on both databases."""

import asyncio
import json
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

import models
from auth import token
from models.database import Database
from schema import root
from schema.view import NAMES
from server import command

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and no settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("COACHING_")]:
        monkeypatch.delenv(name)
    made = tmp_path / "work"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


@pytest.fixture
def run(folder: Path, database_url: str) -> Run:
    """A command in this process, on a migrated database: faster, and otherwise the same."""

    def do(*arguments: str, **settings: str) -> Result:
        chosen = {"database_url": database_url, **settings}
        variables = {f"COACHING_{name.upper()}": value for name, value in chosen.items()}
        return CliRunner().invoke(command.main, arguments, env=variables)

    return do


def refused(result: Result, status: int = 1) -> str:
    """What a command says that refuses: one sentence, nothing else, and no traceback."""
    assert result.exit_code == status, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1 or status == 2, lines
    assert lines[-1].startswith("Error: ")
    return lines[-1].removeprefix("Error: ")


def rows(url: str, statement: sa.Executable) -> list[Any]:
    async def read() -> list[Any]:
        database = Database(url).everywhere()
        async with database.read() as session:
            found = list(await session.execute(statement))
        await database.close()
        return found

    return asyncio.run(read())


def add(url: str, *made: Any) -> None:
    async def write() -> None:
        database = Database(url).everywhere()
        async with database.write() as session:
            for each in made:
                session.add(each)
                await session.flush()
        await database.close()

    asyncio.run(write())


# --- Migrating ---


def test_a_new_database_is_migrated_and_a_second_time_changes_nothing(folder: Path):
    url = "sqlite+aiosqlite:///coaching.sqlite3"  # the default, in the folder one is in
    for _ in range(2):
        done = CliRunner().invoke(command.main, ["migrate"])
        assert (done.exit_code, done.output) == (0, "")
        assert rows(url, sa.select(models.Workspace)) == []


def test_migrating_a_migrated_database_keeps_what_is_in_it(run: Run, database_url: str):
    assert run("workspace", "add", "One").exit_code == 0
    assert run("migrate").exit_code == 0
    assert len(rows(database_url, sa.select(models.Workspace))) == 1


def test_a_database_of_a_newer_version_is_told(run: Run, database_url: str):
    async def make_newer() -> None:
        database = Database(database_url).everywhere()
        async with database.engine.begin() as connection:
            await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        await database.close()

    asyncio.run(make_newer())
    assert "not of this version" in refused(run("workspace", "add", "One"))
    assert "9999" in refused(run("migrate"))


@pytest.mark.parametrize(
    "arguments",
    [["workspace", "add", "A"], ["user", "add", "a@b", "--workspace", "A", "--role", "QA"],
     ["token", "a@b"], ["check"], ["serve"]],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_a_database_that_is_not_migrated_is_refused(folder: Path, arguments: list[str]):
    said = refused(CliRunner().invoke(command.main, arguments))
    assert said == "The database is not of this version. Run: coaching migrate"


# --- Workspaces and users ---


def test_a_workspace_is_opened_once_with_a_time_zone_that_there_is(run: Run, database_url: str):
    done = run("workspace", "add", " One ", "--time-zone", "Europe/Berlin")
    assert (done.exit_code, done.output) == (0, "Workspace One is open.\n")
    found = rows(database_url, sa.select(models.Workspace.name, models.Workspace.time_zone))
    assert found == [("One", "Europe/Berlin")]
    assert "named 'One' already" in refused(run("workspace", "add", "One"))
    for zone in ("Mars/Olympus", "", "../../etc/passwd", "Europe"):
        assert "no time zone" in refused(run("workspace", "add", "Two", "--time-zone", zone))
    for name in ("", " ", "x" * 121, "a\tb"):
        assert "A name has" in refused(run("workspace", "add", name))


@pytest.fixture
def opened(run: Run, database_url: str) -> None:
    """A workspace with an agent and a queue."""
    assert run("workspace", "add", "One").exit_code == 0
    ((workspace_id,),) = rows(database_url, sa.select(models.Workspace.id))
    shared = {"workspace_id": workspace_id, "digest": bytes(32)}
    add(
        database_url,
        models.Queue(**shared, id=uuid.uuid4(), external_id="q-1", name="Billing"),
        models.Agent(**shared, id=uuid.uuid4(), external_id="a-1", agent_id="A1", name="Ann"),
    )


def user(email: str, *more: str, role: str = "QA", workspace: str = "One") -> list[str]:
    return ["user", "add", email, "--workspace", workspace, "--role", role, *more]


@pytest.mark.usefixtures("opened")
def test_users_of_each_role_are_added(run: Run, database_url: str):
    done = run(*user("Quinn@Example.com", "--name", "Quinn", "--queue", "q-1", "--queue", "q-1",
                     "--permission", "QA_FUNCTIONALITIES"))  # fmt: skip
    assert done.output == "quinn@example.com may sign in to One as QA.\n"
    for role in ("SUPERVISOR", "PARTNER"):
        assert run(*user(f"{role}@example.com", role=role)).exit_code == 0
    agent = user("ann@example.com", "--agent", "a-1", role="AGENT")
    assert run(*agent).exit_code == 0
    found = rows(database_url, sa.select(models.User.email, models.User.name).order_by("email"))
    assert [email for email, _ in found] == [
        "ann@example.com", "partner@example.com", "quinn@example.com", "supervisor@example.com"
    ]  # fmt: skip
    assert found[2].name == "Quinn"
    assert len(rows(database_url, sa.select(models.UserQueue))) == 1


@pytest.mark.usefixtures("opened")
def test_every_mistake_in_a_user_has_its_sentence(run: Run, database_url: str):
    assert run(*user("ann@b", "--agent", "a-1", role="AGENT")).exit_code == 0
    for arguments, sentence in [
        (user("ANN@b"), "There is a user ann@b already, or one for that agent or subject."),
        (user("x@b", "--agent", "a-1", role="AGENT"),
         "There is a user x@b already, or one for that agent or subject."),
        (user("x"), "'x' is not an e-mail address."),
        (user("a@" + "b" * 300), f"'a@{'b' * 300}' is not an e-mail address."),
        (user("x@b", workspace="Two"), "There is no workspace 'Two'."),
        (user("x@b", role="AGENT"),
         "A user with role AGENT names their agent, and nobody else does."),
        (user("x@b", "--agent", "a-1"),
         "A user with role AGENT names their agent, and nobody else does."),
        (user("x@b", "--agent", "a-2", role="AGENT"), "There is no agent 'a-2'."),
        (user("x@b", "--queue", "q-1", "--queue", "q-2"), "There is no queue 'q-2'."),
        (user("x@b", "--name", " "), "A name has 1 to 120 characters."),
    ]:  # fmt: skip
        assert refused(run(*arguments)) == sentence
    for arguments in (
        user("x@b", role="BOSS"),
        user("x@b", "--permission", "ALL"),
        ["user", "add"],
    ):
        refused(run(*arguments), status=2)
    assert len(rows(database_url, sa.select(models.User))) == 1
    assert refused(run("token", "nobody@b")) == "There is no user nobody@b."


# --- The schema ---


def test_the_schema_and_each_view_are_printed(folder: Path):
    views = root.build()
    for name in NAMES:
        done = CliRunner().invoke(command.main, ["sdl", name])
        assert (done.exit_code, done.stdout) == (0, views.sdl(name))
    assert CliRunner().invoke(command.main, ["sdl"]).stdout == views.sdl("schema")
    assert views.sdl("agent") != views.sdl("schema")
    refused(CliRunner().invoke(command.main, ["sdl", "boss"]), status=2)


def test_the_views_are_written_into_a_folder_that_is_there(folder: Path):
    assert CliRunner().invoke(command.main, ["sdl", "--write", "."]).exit_code == 0
    assert {file.stem for file in folder.iterdir()} == {*NAMES, "persisted-operations"}
    assert (folder / "agent.graphql").read_text() == root.build().sdl("agent")
    refused(CliRunner().invoke(command.main, ["sdl", "--write", "nowhere"]), status=2)


# --- Settings ---

COMMANDS = [
    ["migrate"], ["workspace", "add", "A"], user("a@b"), ["token", "a@b"], ["serve"], ["demo"],
    ["sdl"], ["check"], ["generate", "--workspace", "A", "--assignments", "20"], ["import", "-"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_a_wrong_setting_ends_every_command_with_a_sentence(folder: Path, arguments: list[str]):
    for name, value in {"POOL_SIZE": "many", "NOTHING": "1", "LOG_LEVEL": ""}.items():
        variables = {f"COACHING_{name}": value}
        said = refused(CliRunner().invoke(command.main, arguments, env=variables))
        assert f"COACHING_{name}" in said
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("arguments", COMMANDS[:4], ids=lambda arguments: arguments[0])
def test_a_database_that_does_not_answer_ends_a_command_with_a_sentence(
    folder: Path, arguments: list[str]
):
    Path("text.db").write_text("This is a text, and no database at all.\n" * 100)
    Path("key.json").touch()
    for url in ("postgresql://u:secret@127.0.0.1:1/d", "postgresql:///d?host=/nowhere",
                "sqlite:///text.db"):  # fmt: skip
        variables = {"COACHING_DATABASE_URL": url}
        said = refused(CliRunner().invoke(command.main, arguments, env=variables))
        assert said.startswith("The database does not answer: ")
        assert "secret" not in said


def test_without_a_development_key_no_token_is_made(run: Run, tmp_path: Path):
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps({"keys": [token.new_key().as_dict(private=False)]}))
    assert "COACHING_JWKS_FILE" in refused(run("token", "a@b", jwks_file=str(jwks)))
