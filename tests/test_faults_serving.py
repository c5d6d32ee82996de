"""A server process for real, which begins before its database, and outlives what befalls it."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import httpx2
import pytest
from click.testing import CliRunner

from server import command
from tests import cluster as clusters
from tests.cluster import TEMPLATE, Cluster, free_port
from tests.faulty import is_away
from tests.serving import PATIENCE, is_ready, start

QUERY = {"query": "{ viewer { name } }"}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with clusters.cluster() as made:
        yield made


@pytest.fixture(scope="module")
def token(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A token of the user in the database, and the file of the key that it is signed with."""
    key = str(tmp_path_factory.mktemp("key") / "key.json")
    variables = {"COACHING_DATABASE_URL": cluster.url(TEMPLATE), "COACHING_DEVELOPMENT_KEY": key}
    who = ["q@example.com", "--name", "Quinn", "--workspace", "One", "--role", "QA"]
    for arguments in (["workspace", "add", "One"], ["user", "add", *who], ["token", who[0]]):
        done = CliRunner().invoke(command.main, arguments, env=variables)
        assert done.exit_code == 0, done.output
    return done.stdout.strip(), key


@contextmanager
def served(
    cluster: Cluster, key: str, workers: str = "1"
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server that lives, ready or not."""
    port = str(free_port())
    process = start(
        "serve", "--port", port, "--workers", workers,
        database_url=cluster.url(TEMPLATE), development_key=key,
        caller_seconds="0",  # so that each request needs the database
    )  # fmt: skip
    with process:  # which closes its pipes
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until(lambda: answers(url), process)
            yield url, process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_that_starts_before_its_database_serves_when_that_is_there(
    cluster: Cluster, token: tuple[str, str], workers: str
):
    bearer, key = token
    cluster.kill()
    with served(cluster, key, workers) as (url, process):
        assert not is_ready(url)
        assert is_away(ask(url, bearer))
        cluster.start()
        for _ in range(10):
            assert is_ready(url)
            assert ask(url, bearer).json()["data"] == {"viewer": {"name": "Quinn"}}
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert err.startswith("The database does not answer: ")
    assert "Serving all the same: not ready until it does." in err
    assert "Traceback" not in err


def test_one_process_outlives_a_shutdown_a_kill_and_a_silence(
    cluster: Cluster, token: tuple[str, str]
):
    bearer, key = token
    with served(cluster, key) as (url, process):
        for stop in (cluster.stop, cluster.kill):
            assert ask(url, bearer).status_code == 200
            stop()
            assert is_away(ask(url, bearer))
            assert not is_ready(url)
            cluster.start()
            assert is_ready(url)
        assert ask(url, bearer).status_code == 200
        cluster.freeze()
        try:
            begun = time.monotonic()
            assert not is_ready(url)
            assert time.monotonic() - begun < 5
            assert httpx2.get(f"{url}/health/live").status_code == 200
        finally:
            cluster.thaw()
        wait_until(lambda: is_ready(url), process)
        assert ask(url, bearer).status_code == 200
        assert process.poll() is None


def test_a_server_that_is_told_to_stop_ends_in_time_although_its_database_is_silent(
    cluster: Cluster, token: tuple[str, str]
):
    bearer, key = token
    with served(cluster, key) as (url, process):
        assert ask(url, bearer).status_code == 200
        cluster.freeze()
        try:
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE)
            assert time.monotonic() - begun < 10
        finally:
            cluster.thaw()


@pytest.mark.parametrize("arguments", [["check"], ["close-overdue"], ["token", "q@example.com"]])
def test_a_command_without_a_database_ends_with_a_sentence(
    cluster: Cluster, token: tuple[str, str], arguments: list[str]
):
    cluster.kill()
    try:
        variables = {"COACHING_DATABASE_URL": cluster.url(TEMPLATE)}
        done = CliRunner().invoke(command.main, arguments, env=variables)
    finally:
        cluster.start()
    assert done.exit_code == 1
    assert re.fullmatch(r"Error: The database does not answer: .+\n", done.output)


# --- How it is done ---


def ask(url: str, bearer: str) -> httpx2.Response:
    headers = {"authorization": f"Bearer {bearer}"}
    return httpx2.post(f"{url}/graphql", json=QUERY, headers=headers, timeout=60)


def answers(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/health/live").status_code == 200
    except httpx2.TransportError:
        return False


def wait_until(true: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)
