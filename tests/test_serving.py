"""Processes for real: what `coaching` prints, serves, and ends with, from an empty folder."""

import re
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner

from server import command
from tests.serving import PATIENCE, is_ready, serving, start


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    made = tmp_path / "work"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


def ask(url: str, token: str) -> Any:
    return httpx2.post(
        f"{url}/graphql",
        json={"query": "{ viewer { name } }"},
        headers={"authorization": f"Bearer {token}"},
    ).json()


def stop(url: str, process: subprocess.Popen[str]) -> str:
    """Tell a server to stop, wait for the end of the last worker's output, and return the rest."""
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in {0, -signal.SIGTERM}
    assert "Traceback" not in err
    assert not is_ready(url)
    return out


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_token_is_printed_alone_and_the_server_accepts_it_until_it_is_told_to_stop(
    database_url: str, folder: Path, workers: str
):
    variables = {"COACHING_DATABASE_URL": database_url}
    user = ["user", "add", "q@example.com", "--name", "Quinn", "--workspace", "One", "--role", "QA"]
    for arguments in (["workspace", "add", "One"], user):
        assert CliRunner().invoke(command.main, arguments, env=variables).exit_code == 0

    printed = start("token", "q@example.com", database_url=database_url)
    token, err = printed.communicate(timeout=PATIENCE)
    assert (printed.returncode, err) == (0, "")
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", token, re.ASCII)

    with serving("serve", "--workers", workers, database_url=database_url) as (url, process):
        for _ in range(10):
            assert ask(url, token.strip())["data"] == {"viewer": {"name": "Quinn"}}
        stop(url, process)
    assert [file.name for file in folder.iterdir()] == ["coaching-development-key.json"]


def test_the_demo_fills_its_own_database_and_prints_tokens_that_it_accepts(folder: Path):
    with serving("demo") as (url, process):
        bare = httpx2.get(f"{url}/graphql", headers={"accept": "text/html"})
        assert "GraphiQL" in bare.text
        made = {file.name for file in folder.glob("*.*") if ".sqlite3-" not in file.name}
        assert made == {"coaching-demo.sqlite3", "coaching-demo-key.json"}
        tokens: list[str] = []
        assert process.stdout is not None
        while len(tokens) < 5:
            line = process.stdout.readline()
            tokens += re.findall(r"Bearer ([\w.-]+)", line)
            assert url in line or "curl" not in line
        names = {ask(url, token)["data"]["viewer"]["name"] for token in tokens}
        assert len(names) == 5
        stop(url, process)


def test_a_port_in_use_ends_the_server(database_url: str, folder: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start("serve", "--port", str(taken.getsockname()[1]), database_url=database_url)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    assert "address already in use" in err
    assert "Traceback" not in err


def test_a_database_that_is_not_migrated_is_not_served(folder: Path):
    process = start("serve")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert err == "Error: The database is not of this version. Run: coaching migrate\n"


def test_a_wrong_setting_ends_a_process_without_a_traceback(folder: Path):
    process = start("serve", pool_size="many")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert err == "Error: COACHING_POOL_SIZE: it must be a whole number from 1 to 500.\n"
    assert list(folder.iterdir()) == []
