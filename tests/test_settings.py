"""Settings, and the keys that they lead to: each one right, and each mistake in a sentence."""

import dataclasses
import datetime as dt
import json
import os
import stat
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, KeySet

from auth import token
from server import keys, provider, settings
from server.settings import Settings, SettingsError


def read(**given: str) -> Settings:
    """The settings of these variables, named without their prefix."""
    return settings.read({f"COACHING_{name.upper()}": text for name, text in given.items()})


def refusal(**given: str) -> str:
    """What is said about wrong settings: always a sentence that names the variable."""
    with pytest.raises(SettingsError) as caught:
        read(**given)
    message = str(caught.value)
    assert message.startswith(tuple(f"COACHING_{name.upper()}: " for name in given))
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# --- Each setting ---


def test_nothing_needs_to_be_set():
    assert (
        settings.read({"PATH": "/bin", "DATABASE_URL": "x", "coaching_issuer": "x"}) == Settings()
    )


def test_every_setting_is_read(tmp_path: Path):
    jwks = tmp_path / "jwks.json"
    jwks.touch()
    assert read(
        database_url=" sqlite:///file.db ",
        pool_size="500",
        issuer="https://issuer.example",
        audience=" somebody ",
        jwks_file=str(jwks),
        log_level="DEBUG",
    ) == Settings(
        database_url="sqlite+aiosqlite:///file.db",
        pool_size=500,
        issuer="https://issuer.example",
        audience="somebody",
        jwks_file=jwks,
        development_key=None,
        log_level="debug",
    )
    limits = [f.name for f in dataclasses.fields(Settings) if f.name.startswith("max_")]
    seven: dict[str, Any] = dict.fromkeys(limits, 7)
    assert read(**dict.fromkeys(limits, "7")) == Settings(**seven)
    assert read(development_key="key.json").development_key == Path("key.json")


def test_an_unknown_setting_is_named_together_with_those_that_there_are():
    for name in ("POOL", "DATABASE", "", "pool_size", "POOL_SIZE_"):
        with pytest.raises(SettingsError) as caught:
            settings.read({f"COACHING_{name}": "1"})
        message = str(caught.value)
        assert message.startswith(f"There is no setting COACHING_{name}. The settings are ")
        assert "COACHING_DATABASE_URL" in message
        assert message.endswith("COACHING_WEBHOOK_PRIVATE.")


@pytest.mark.parametrize("text", ["", "0", "-1", "501", "1.5", "ten", "٣", "1_0", "9" * 5_000])
def test_a_pool_has_1_to_500_connections(text: str):
    assert refusal(pool_size=text) == "COACHING_POOL_SIZE: it must be a whole number from 1 to 500."


@pytest.mark.parametrize("text", ["", "0", "-1", "07", "1.5", "many", "9" * 5_000])
def test_a_limit_is_a_whole_number_in_a_range(text: str):
    for field in dataclasses.fields(Settings):
        if most := field.metadata.get("most"):
            expected = f"it must be a whole number from 1 to {most}."
            assert refusal(**{field.name: text}).endswith(expected)
            assert refusal(**{field.name: str(most + 1)}).endswith(expected)
            assert getattr(read(**{field.name: str(most)}), field.name) == most


@pytest.mark.parametrize("text", ["", "-1", "61", "02", "1.5", "many", "9" * 5_000])
def test_a_user_is_remembered_for_0_to_60_seconds(text: str):
    expected = "COACHING_CALLER_SECONDS: it must be a whole number from 0 to 60."
    assert refusal(caller_seconds=text) == expected
    assert [read(caller_seconds=text).caller_seconds for text in ("0", "60")] == [0, 60]


@pytest.mark.parametrize("text", ["", "loud", "10", "notset"])
def test_a_log_level_is_one_of_five(text: str):
    assert "critical, error, warning, info or debug" in refusal(log_level=text)


@pytest.mark.parametrize("name", ["issuer", "audience", "development_key", "jwks_file"])
def test_a_setting_must_not_be_empty(name: str):
    for text in ("", "  "):
        assert "must not be empty" in refusal(**{name: text})


# --- Signing in with a browser ---

BROWSER = {
    "oidc_issuer": "https://login.example.com/tenant",
    "oidc_client_id": "coaching",
    "oidc_client_secret": "secret of ours",
    "public_url": "https://coaching.example.com/",
}


def test_a_provider_to_sign_in_at_is_read():
    chosen = read(**BROWSER, oidc_scopes=" openid  email profile ", session_hours="12")
    assert chosen.oidc_issuer == "https://login.example.com/tenant"
    assert chosen.public_url == "https://coaching.example.com"
    assert (chosen.oidc_scopes, chosen.session_hours) == ("openid email profile", 12)
    assert provider.of(chosen) is not None
    assert provider.of(Settings()) is None
    assert "secret of ours" not in repr(chosen)


@pytest.mark.parametrize("missing", ["oidc_client_id", "public_url"])
def test_a_provider_needs_to_know_this_service(missing: str):
    given = {name: value for name, value in BROWSER.items() if name != missing}
    with pytest.raises(SettingsError, match="COACHING_OIDC_CLIENT_ID and COACHING_PUBLIC_URL"):
        provider.of(read(**given))


def test_sessions_need_a_key_of_the_product_s_own():
    chosen = read(**BROWSER, jwks_url="https://login.example.com/keys")
    with pytest.raises(SettingsError, match=r"^COACHING_OIDC_ISSUER needs COACHING_SIGNING_KEY\.$"):
        provider.of(chosen)


@pytest.mark.parametrize("text", ["", "email", 'openid e"mail', "openid é"])
def test_scopes_are_names_with_openid_among_them(text: str):
    assert "openid one of them" in refusal(oidc_scopes=text)


@pytest.mark.parametrize("text", ["", "login.example.com", "http://login.example.com", "https://"])
def test_a_provider_is_asked_by_https_or_on_this_machine(text: str):
    assert "https://" in refusal(oidc_issuer=text)


# --- The database ---


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite:///a b.db", "sqlite+aiosqlite:///a b.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgres://h/d", "postgresql+asyncpg://h/d"),
        ("postgresql://h", "postgresql+asyncpg://h"),
        ("postgresql://u:p%40@h:5433/d", "postgresql+asyncpg://u:p%40@h:5433/d"),
        ("postgresql://u@[::1]/d", "postgresql+asyncpg://u@[::1]/d"),
        ("postgresql+asyncpg://h/d", "postgresql+asyncpg://h/d"),
        ("postgresql:///d?host=/run/p", "postgresql+asyncpg:///d?host=%2Frun%2Fp"),
        ("postgresql://h/d?sslmode=require", "postgresql+asyncpg://h/d?ssl=require"),
        ("postgresql://h/d?ssl=require", "postgresql+asyncpg://h/d?ssl=require"),
    ],
)
def test_a_database_url_may_be_spelled_as_people_do(text: str, url: str):
    assert read(database_url=text).database_url == url


def test_a_sqlite_file_may_be_named_absolutely(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/a.db"
    assert read(database_url=url).database_url == f"sqlite+aiosqlite:///{tmp_path}/a.db"


@pytest.mark.parametrize("text", ["", "nonsense", "://", "sqlite", "postgresql://h:port/d"])
def test_what_is_no_url_is_refused(text: str):
    assert "not a database URL" in refusal(database_url=text)


@pytest.mark.parametrize("kind", ["mysql", "postgresql+psycopg", "sqlite+pysqlite", "SQLITE", "x"])
def test_another_database_or_driver_is_refused(kind: str):
    assert "must be SQLite or PostgreSQL" in refusal(database_url=f"{kind}://u@h/d")


@pytest.mark.parametrize(
    "text",
    ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite+aiosqlite:///:memory:",
     "sqlite:///file::memory:?uri=true", "sqlite:///file:a?mode=memory&uri=true"],
)  # fmt: skip
def test_sqlite_in_memory_is_refused(text: str):
    assert "SQLite" in refusal(database_url=text)


def test_a_sqlite_file_that_can_not_be_is_refused(tmp_path: Path):
    for file in (tmp_path, tmp_path / "nowhere" / "a.db"):
        assert str(file) in refusal(database_url=f"sqlite:///{file}")


def test_what_the_driver_does_not_know_is_refused():
    message = refusal(database_url="postgresql://h/d?application_name=x&channel_binding=require")
    assert "application_name, channel_binding" in message


def test_a_password_is_never_repeated():
    for url in (
        "mysql://u:secret@h/d",
        "postgresql://u:secret@h:x/d",
        "postgresql://u:secret@h/?x=1",
    ):
        assert "secret" not in refusal(database_url=url)


# --- The key set of an issuer ---


def key_set(content: str | bytes, folder: Path) -> Settings:
    file = folder / "jwks.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(jwks_file=str(file))


def test_a_key_set_that_is_not_there_is_refused(tmp_path: Path):
    for file in (tmp_path / "nothing.json", tmp_path):
        assert "there is no such file" in refusal(jwks_file=str(file))


def test_tokens_of_the_issuers_keys_are_good(tmp_path: Path):
    key = token.new_key()
    chosen = key_set(json.dumps(KeySet([key]).as_dict(private=False)), tmp_path)
    user, now = uuid.uuid4(), dt.datetime.now(dt.UTC)
    issued = token.issue(key, issuer=chosen.issuer, audience=chosen.audience, user_id=user, now=now)
    assert keys.verifier(chosen).check_now(issued).subject == str(user)


@pytest.mark.parametrize(
    "content",
    ["", "x", "null", "5", "[]", "{}", '{"keys": 5}', '{"keys": [{}]}', '{"keys": [null]}',
     '{"keys": [{"kty": "EC"}]}', '{"keys": [{"kty": []}]}', '{"kty": "EC"}', b"\xff",
     '{"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]}',
     '{"keys": [{"kty": "EC", "crv": "P-256", "x": 5, "y": null}]}'],
)  # fmt: skip
def test_a_file_that_is_no_key_set_is_refused(content: str | bytes, tmp_path: Path):
    with pytest.raises(SettingsError, match=r"^COACHING_JWKS_FILE: .+jwks.json (is not|has no)"):
        keys.verifier(key_set(content, tmp_path))


@pytest.mark.parametrize("content", ['{"keys": []}', '{"keys": [{"kty": "LATTICE"}]}'])
def test_a_key_set_without_keys_is_refused(content: str, tmp_path: Path):
    with pytest.raises(SettingsError, match="has no keys"):
        keys.verifier(key_set(content, tmp_path))


def test_where_an_issuer_has_keys_there_is_no_development_key(tmp_path: Path):
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps(KeySet([token.new_key()]).as_dict(private=False)))
    chosen = read(jwks_file=str(jwks), development_key=str(tmp_path / "key.json"))
    keys.verifier(chosen)
    with pytest.raises(SettingsError, match="COACHING_JWKS_FILE"):
        keys.development(chosen)
    assert list(tmp_path.iterdir()) == [jwks]


# --- The development key ---


def test_the_development_key_is_made_once_for_its_owner_only(tmp_path: Path):
    chosen = read(development_key="key.json")
    first, second = keys.development(chosen), keys.development(chosen)
    assert first.as_dict(private=True) == second.as_dict(private=True)
    keys.verifier(chosen)
    assert [file.name for file in tmp_path.iterdir()] == ["key.json"]
    assert stat.S_IMODE((tmp_path / "key.json").stat().st_mode) == 0o600


def test_processes_that_start_at_once_have_the_same_key(tmp_path: Path):
    program = (
        "import sys; from server import keys, settings\n"
        "chosen = settings.read({'COACHING_DEVELOPMENT_KEY': 'key.json'})\n"
        "print('here', flush=True); sys.stdin.readline()\n"
        "print(keys.development(chosen).kid)\n"
    )
    here = Path(__file__).parent.parent
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(here)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ids = {process.communicate(timeout=60)[0] for process in processes}
    assert len(ids) == 1
    assert ids != {""}
    assert [file.name for file in tmp_path.iterdir()] == ["key.json"]


@pytest.mark.parametrize(
    "content",
    ["", "x", "null", "5", "[]", "{}", '{"keys": []}', '{"kty": "EC"}', '{"kty": "oct", "k": "x"}'],
)
def test_a_file_that_is_no_key_is_refused_and_kept(content: str, tmp_path: Path):
    refuses_key(content, tmp_path)


def test_a_key_that_can_not_sign_tokens_is_refused(tmp_path: Path):
    refuses_key(json.dumps(token.new_key().as_dict(private=False)), tmp_path)
    other: Any = ECKey.generate_key("P-384").as_dict(private=True)
    refuses_key(json.dumps(other), tmp_path)


def refuses_key(content: str, folder: Path) -> None:
    file = folder / "key.json"
    file.write_text(content)
    with pytest.raises(SettingsError, match=r"^COACHING_DEVELOPMENT_KEY: .+ is not a private key"):
        keys.development(read(development_key=str(file)))
    assert file.read_text() == content


def test_a_private_key_from_elsewhere_gets_the_id_that_its_tokens_name(tmp_path: Path):
    file = tmp_path / "key.json"
    made = ECKey.generate_key("P-256").as_dict(private=True)
    file.write_text(json.dumps({name: made[name] for name in ("kty", "crv", "x", "y", "d")}))
    assert keys.development(read(development_key=str(file))).kid


def test_a_key_that_can_not_be_read_or_made_is_told(tmp_path: Path):
    for file in (tmp_path, tmp_path / "nowhere" / "key.json"):
        with pytest.raises(SettingsError, match=r"can't be read or made: \w.+\.$"):
            keys.development(read(development_key=str(file)))
    assert list(tmp_path.iterdir()) == []
