"""Servers that trust a provider whose keys change while they run."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner
from joserfc.jwk import RSAKey

from server import command
from server.key_set import REST_SECONDS
from tests import jwks_server, tokens
from tests.jwks_server import KEYS, Provider
from tests.serving import serving
from tests.world import AUDIENCE, ISSUER

QUERY = {"query": "{ viewer { name } }"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with jwks_server.provider() as made:
        yield made


def ask(url: str, key: Any) -> httpx2.Response:
    """Ask with a token such as a provider gives that follows RFC 9068 loosely."""
    header = {"alg": "RS256", "kid": key.kid, "typ": "JWT"}
    text = tokens.signed(header, {"sub": "auth0|ann"}, key=key, without="client_id")
    headers = {"authorization": f"Bearer {text}"}
    return httpx2.post(f"{url}/graphql", json=QUERY, headers=headers)


def test_a_key_that_is_new_is_good_and_one_that_is_old_stays_while_it_is_there(
    provider: Provider,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.chdir(tmp_path)
    settings = {
        "database_url": database_url,
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "jwks_url": provider.url + KEYS,
        "token_types": "jwt",
    }
    for arguments in (
        ["workspace", "add", "One"],
        ["user", "add", "a@example.com", "--workspace", "One", "--role", "QA",
         "--name", "Ann", "--subject", "auth0|ann"],
    ):  # fmt: skip
        variables = {f"COACHING_{name.upper()}": value for name, value in settings.items()}
        assert CliRunner().invoke(command.main, arguments, env=variables).exit_code == 0

    old, new = (RSAKey.generate_key(2048, auto_kid=True) for _ in range(2))
    provider.publish(old)
    with (
        Path("log").open("w") as log,
        serving("serve", output=log, **settings) as (url, _),
    ):
        assert ask(url, old).json()["data"] == {"viewer": {"name": "Ann"}}
        assert ask(url, new).status_code == 401
        provider.publish(old, new)
        begun = time.monotonic()
        while ask(url, new).status_code != 200:
            assert time.monotonic() < begun + 2 * REST_SECONDS
            time.sleep(0.1)
        for _ in range(10):
            assert ask(url, old).status_code == 200
        assert len(provider.asked) <= 4

        provider.status = 500  # who knows the keys needs nobody
        for key in (old, new):
            assert ask(url, key).status_code == 200
    assert "Traceback" not in Path("log").read_text()
