"""A partner's machine from its registration to its end: commands, servers and an OAuth client."""

import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from click.testing import CliRunner, Result

from auth.partner_scope import SCOPES
from server import command
from tests.serving import serving

QUERY = {"query": "{ viewer { name role permissions } }"}
GONE = 5.0
"""Seconds within which what is revoked is good no more, wherever it was known."""

REMEMBERED = 2.5
"""Seconds after which nobody is remembered any more (`COACHING_CALLER_SECONDS` is 2)."""

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command, in an empty folder and a database with one workspace."""
    made = tmp_path / "work"
    made.mkdir()
    monkeypatch.chdir(made)

    def do(*arguments: str) -> Result:
        variables = {"COACHING_DATABASE_URL": database_url}
        return CliRunner().invoke(command.main, arguments, env=variables)

    assert do("workspace", "add", "One").exit_code == 0
    return do


def done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def add(run: Run, *more: str) -> tuple[str, str]:
    """Register a client; its id and its secret."""
    scopes = [f"--scope={name}" for name in SCOPES]
    printed = done(run("client", "add", "Acme", "--workspace", "One", *scopes, *more))
    found = re.fullmatch(r"client_id: (\S+)\nclient_secret: (\S{43})\n", printed)
    assert found is not None
    return found[1], found[2]


def refused(result: Result) -> str:
    assert result.exit_code != 0
    assert result.stdout == ""
    return result.stderr.splitlines()[-1].removeprefix("Error: ")


# --- Commands ---


def test_clients_are_listed_without_their_secrets(run: Run):
    client_id, secret = add(run)
    listed = done(run("client", "list"))
    assert listed == "\t".join([client_id, "One", "Acme", " ".join(sorted(SCOPES)), "active\n"])
    assert secret not in listed
    assert done(run("client", "revoke", client_id)) == "Client Acme is revoked.\n"
    assert re.search(r"\trevoked \d{4}-\d\d-\d\d\n$", done(run("client", "list")))


def test_a_client_that_can_not_be_is_refused(run: Run):
    scope = "--scope=coaching_assignments"
    unknown = str(uuid.uuid4())
    for arguments, message in (
        (["add", "Acme", "--workspace", "Two", scope], "There is no workspace 'Two'."),
        (["add", " ", "--workspace", "One", scope], "A name has 1 to 120 characters."),
        (["add", "A", "--workspace", "One", scope, "--queue=x"], "There is no queue 'x'."),
        (["add", "A", "--workspace", "One", scope, "--user=x@y.z"],
         "There is no user x@y.z in 'One'."),
        (["revoke", unknown], f"There is no client {unknown} that isn't revoked."),
        (["secret", unknown], f"There is no client {unknown} that isn't revoked."),
    ):  # fmt: skip
        assert refused(run("client", *arguments)) == message
    for arguments in (
        ["add", "Acme", "--workspace", "One"],
        ["add", "Acme", "--workspace", "One", "--scope=everything"],
        ["add", "Acme", "--workspace", "One", scope, "--minutes=61"],
        ["add", "Acme", "--workspace", "One", scope, "--user=x@y.z", "--queue=x"],
        ["revoke", "x"],
        ["secret", unknown, "--keep=169"],
    ):
        assert run("client", *arguments).exit_code == 2
    assert done(run("client", "list")) == ""


def test_a_client_works_for_partners_only(run: Run):
    done(run("user", "add", "q@example.com", "--workspace", "One", "--role", "QA"))
    told = refused(run("client", "add", "Acme", "--workspace", "One",
                       "--scope=coaching_assignments", "--user=q@example.com"))  # fmt: skip
    assert told == "A client works for a user with role PARTNER; q@example.com is QA."


def test_a_user_has_the_subject_that_a_command_says(run: Run):
    who = ["--workspace", "One", "--role", "QA"]
    done(run("user", "add", "a@example.com", *who, "--subject", "auth0|a"))
    done(run("user", "add", "b@example.com", *who))
    told = "b@example.com is auth0|b to the provider.\n"
    assert done(run("user", "set", "b@example.com", "--subject", "auth0|b")) == told
    taken = refused(run("user", "set", "b@example.com", "--subject", "auth0|a"))
    assert taken == "There is another user with subject 'auth0|a'."
    assert "already" in refused(run("user", "add", "c@example.com", *who, "--subject", "auth0|a"))
    assert run("user", "set", "b@example.com").exit_code == 2


# --- Over HTTP ---


@contextmanager
def connected(url: str, client_id: str, secret: str, **more: Any) -> Iterator[Any]:
    """Authlib's own client, with a token."""
    with OAuth2Client(client_id, secret, **more) as client:
        client.fetch_token(f"{url}/oauth/token", grant_type="client_credentials")
        yield client


def token_of(url: str, client_id: str, secret: str) -> str:
    with connected(url, client_id, secret) as client:
        return str(client.token["access_token"])


def status(url: str, token: str) -> int:
    """What a new connection is answered, by whichever worker takes it."""
    headers = {"authorization": f"Bearer {token}"}
    return httpx2.post(f"{url}/graphql", json=QUERY, headers=headers).status_code


def seconds_until_gone(url: str, token: str, revoke: Callable[[], Any]) -> float:
    """How long after it was revoked a token was let in for the last time, by any worker."""
    for _ in range(20):  # every worker has come to know it
        assert status(url, token) == 200
    revoke()
    begun = last = time.monotonic()
    while time.monotonic() < min(last + REMEMBERED, begun + GONE + 1):
        if status(url, token) == 200:
            last = time.monotonic()
    return last - begun


def test_a_partner_gets_a_token_asks_and_is_revoked_within_seconds(run: Run, database_url: str):
    client_id, secret = add(run)
    workers = "2" if "postgresql" in database_url else "1"
    with (
        Path("log").open("w") as log,
        serving("serve", "--workers", workers, output=log, database_url=database_url) as (url, _),
    ):
        with connected(url, client_id, secret) as client:
            viewer = client.post(f"{url}/graphql", json=QUERY).json()["data"]["viewer"]
            assert (viewer["name"], viewer["role"]) == ("Acme", "PARTNER")
            assert viewer["permissions"] == sorted(scope.value for scope in SCOPES.values())
        with connected(url, client_id, secret, scope="coaching_assignments") as client:
            viewer = client.post(f"{url}/graphql", json=QUERY).json()["data"]["viewer"]
            assert viewer["permissions"] == ["COACHING_ASSIGNMENTS"]
            taken = client.token["access_token"]

            def take_back() -> None:
                assert client.revoke_token(f"{url}/oauth/revoke", taken).status_code == 200

            assert seconds_until_gone(url, taken, take_back) < GONE

        new = done(run("client", "secret", client_id)).removeprefix("client_secret: ").strip()
        tokens = [token_of(url, client_id, each) for each in (secret, new)]
        assert [status(url, each) for each in tokens] == [200, 200]

        def end() -> None:
            done(run("client", "revoke", client_id))

        assert seconds_until_gone(url, tokens[1], end) < GONE
        assert status(url, tokens[0]) == 401
        with pytest.raises(OAuthError, match="invalid_client"):
            token_of(url, client_id, new)
