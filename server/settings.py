"""All settings, read once from `COACHING_*` variables into one frozen object."""

import dataclasses
import functools
import pathlib
import re
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from authlib.common.security import is_secure_transport
from sqlalchemy.exc import ArgumentError

from models import Role

PREFIX = "COACHING_"

MOST_SECONDS = 60
"""For how long a user may be remembered."""

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class SettingsError(Exception):
    """A setting is wrong; the message is a sentence for the person who set it."""


def _setting(default: Any, description: str) -> Any:
    return dataclasses.field(default=default, metadata={"description": description})


def _limit(default: int, most: int, description: str) -> Any:
    """A whole number from 1 to `most`."""
    metadata = {"description": f"{description}, 1 to {most}", "most": most}
    return dataclasses.field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set. Each field is the variable `COACHING_` and its name in capitals."""

    database_url: str = _setting(
        "sqlite+aiosqlite:///coaching.sqlite3",
        "SQLite file or PostgreSQL database: sqlite:///FILE or postgresql://USER@HOST/NAME",
    )
    pool_size: int = _limit(10, 500, "database connections of each worker")
    issuer: str = _setting("http://localhost:8000", "`iss` that access tokens must have")
    public_url: str | None = _setting(
        None, "address of this service, `iss` of its own tokens; without it, the issuer's"
    )
    audience: str = _setting("coaching-api", "`aud` that access tokens must have")
    jwks_file: pathlib.Path | None = _setting(
        None, "file with the JSON Web Key Set that access tokens are checked with"
    )
    jwks_url: str | None = _setting(
        None, "address of that set in place of a file, or of the issuer's OpenID configuration"
    )
    token_types: frozenset[str] = _setting(
        frozenset({"at+jwt"}), "`typ` that the issuer's tokens may have: at+jwt, jwt, none"
    )
    signing_key: pathlib.Path | None = _setting(
        None, "private key of the tokens of partners, made on first use"
    )
    development_key: pathlib.Path | None = _setting(
        pathlib.Path("coaching-development-key.json"),
        "private key of `coaching token`, made on first use; not used where jwks_file, jwks_url"
        " or signing_key is set",
    )
    oidc_issuer: str | None = _setting(
        None, "OpenID provider that people sign in at with a browser; without it, they can't"
    )
    oidc_client_id: str | None = _setting(None, "what this service is called there")
    oidc_client_secret: str | None = dataclasses.field(
        default=None,
        repr=False,
        metadata={"description": "its secret there; without it, it is a public client"},
    )
    oidc_scopes: str = _setting("openid email", "scopes that it asks for, with spaces between")
    session_hours: int = _limit(8, 720, "hours for which somebody stays signed in")
    caller_seconds: int = _setting(
        2, "seconds for which a user's row is remembered once it was read, 0 (not at all) to 60"
    )
    log_level: str = _setting("info", "critical, error, warning, info or debug")
    max_body_bytes: int = _limit(262_144, 100_000_000, "bytes of a request's body")
    max_url_bytes: int = _limit(16_384, 1_000_000, "bytes of a request's path and query")
    max_json_depth: int = _limit(32, 1_000, "levels of variables inside one another")
    max_variable_values: int = _limit(10_000, 1_000_000, "values in the variables")
    max_tokens: int = _limit(2_000, 100_000, "tokens of a document")
    max_depth: int = _limit(15, 100, "levels of fields below one another")
    max_aliases: int = _limit(100, 100_000, "aliases in a document")
    max_directives: int = _limit(50, 100_000, "directives in a document")
    max_root_fields: int = _limit(50, 100_000, "fields at the root of an operation")
    max_definitions: int = _limit(50, 10_000, "operations and fragments in a document")
    max_spreads: int = _limit(100, 100_000, "fragment spreads in a document")
    max_fields: int = _limit(2_000, 100_000, "fields of a document, fragments counted in")
    max_repeats: int = _limit(2_000, 1_000_000, "pairs of fields with one name side by side")
    max_cost: int = _limit(2_000_000, 1_000_000_000, "cost of an operation")
    max_rows: int = _limit(200_000, 100_000_000, "rows in the lists of one answer")
    deadline_seconds: int = _limit(30, 3_600, "seconds after which an operation is stopped")
    throttle_capacity: int = _limit(200_000, 1_000_000_000, "cost that a user may have at once")
    throttle_rate: int = _limit(2_000, 1_000_000_000, "cost that a user may have each second")
    throttle_shared: bool = _setting(
        default=False,
        description="`yes` to count what users ask for in the database, for all workers together",
    )
    max_connections: int = _limit(20, 100_000, "connections that a user keeps open, a worker")
    max_subscriptions: int = _limit(100, 100_000, "subscriptions that a user has, a worker")
    allowed_origins: frozenset[str] = _setting(
        frozenset(),
        "origins of pages on other hosts that may open a WebSocket, with commas between, such as"
        " https://coaching.example.com",
    )
    trusted_only: frozenset[Role] = _setting(
        frozenset(),
        "roles that may send nothing but the product's own operations, with commas between",
    )
    webhook_private: frozenset[str] = _setting(
        frozenset(),
        "hosts that webhooks may be sent to wherever they are, with commas between; `yes` for all",
    )


def read(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingsError for an unknown name or a wrong value."""
    fields = {PREFIX + field.name.upper(): field for field in dataclasses.fields(Settings)}
    given = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
    for name in given.keys() - fields.keys():
        known = ", ".join(sorted(fields))
        message = f"There is no setting {name}. The settings are {known}."
        raise SettingsError(message)
    values: dict[str, Any] = {}
    for name, text in given.items():
        field = fields[name]
        try:
            values[field.name] = _reader(field)(text.strip())
        except ValueError as error:
            message = f"{name}: {error}"  # without the text, which may hold a password
            raise SettingsError(message) from None
    if "jwks_file" in values and "jwks_url" in values:
        message = "COACHING_JWKS_FILE and COACHING_JWKS_URL can't both be set."
        raise SettingsError(message)
    if values.keys() & {"jwks_file", "jwks_url", "signing_key"}:
        values["development_key"] = None
    return Settings(**values)


def _reader(field: "dataclasses.Field[Any]") -> Callable[[str], Any]:
    if "most" in field.metadata:
        return functools.partial(_whole, most=field.metadata["most"])
    return _READERS[field.name]


def _database_url(text: str) -> str:
    try:
        url = sa.make_url(text)
    except (ArgumentError, ValueError):
        message = "it is not a database URL such as sqlite:///coaching.sqlite3."
        raise ValueError(message) from None
    driver = DRIVERS.get(url.drivername)
    if driver is None:
        message = "the database must be SQLite or PostgreSQL (sqlite:///… or postgresql://…)."
        raise ValueError(message)
    url = url.set(drivername=driver)
    url = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
    return url.render_as_string(hide_password=False)


def _sqlite(url: sa.URL) -> sa.URL:
    if not url.database or ":memory:" in url.database:
        message = "SQLite needs a file: every connection to :memory: is a database of its own."
        raise ValueError(message)
    if url.query:
        message = "a SQLite URL is sqlite:///FILE, with nothing behind the name of the file."
        raise ValueError(message)
    file = pathlib.Path(url.database)
    if file.is_dir() or not file.parent.is_dir():
        message = f"there can't be a file {file}: it is a folder, or its folder is missing."
        raise ValueError(message)
    return url


def _postgresql(url: sa.URL) -> sa.URL:
    """With `ssl`, the driver's own word for `sslmode`, as hosts of databases spell it."""
    query = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    if unknown := query.keys() - {"host", "port", "ssl"}:
        message = f"the URL can't have {', '.join(sorted(unknown))}; only host, port and sslmode."
        raise ValueError(message)
    return url.set(query=query)


def _whole(text: str, *, most: int) -> int:
    if not re.fullmatch("[1-9][0-9]{0,9}", text) or int(text) > most:
        message = f"it must be a whole number from 1 to {most}."
        raise ValueError(message)
    return int(text)


def _seconds(text: str) -> int:
    if not re.fullmatch("0|[1-9][0-9]?", text) or int(text) > MOST_SECONDS:
        message = f"it must be a whole number from 0 to {MOST_SECONDS}."
        raise ValueError(message)
    return int(text)


def _text(text: str) -> str:
    if not text:
        message = "it must not be empty."
        raise ValueError(message)
    return text


def _address(text: str) -> str:
    """An address that nobody on the way can answer for: HTTPS, or this machine."""
    if not is_secure_transport(text) or urllib.parse.urlsplit(text).fragment:
        message = "it must be an address that begins with https:// (or http://localhost)."
        raise ValueError(message)
    return text


def _origin(text: str) -> str:
    """An address without a path, which well-known names are put behind."""
    address = urllib.parse.urlsplit(_address(text))
    if address.path.strip("/") or address.query:
        message = "it must be an address without a path, such as https://coaching.example.com."
        raise ValueError(message)
    return text.rstrip("/")


def _scopes(text: str) -> str:
    names = text.split()
    if "openid" not in names or not all(re.fullmatch(r"[!#-\[\]-~]+", name) for name in names):
        message = "it must be names of scopes with spaces between, and openid one of them."
        raise ValueError(message)
    return " ".join(names)


def _token_types(text: str) -> frozenset[str]:
    names = {name.strip().lower() for name in text.split(",")}
    if not names <= {"at+jwt", "jwt", "none"}:
        message = "it must be at+jwt, jwt or none, with commas between."
        raise ValueError(message)
    return frozenset(names)


def _existing_file(text: str) -> pathlib.Path:
    path = pathlib.Path(_text(text))
    if not path.is_file():
        message = "there is no such file."
        raise ValueError(message)
    return path


def _file(text: str) -> pathlib.Path:
    return pathlib.Path(_text(text))


def _yes(text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        message = "it must be yes or no."
        raise ValueError(message)
    return text.lower() == "yes"


def _roles(text: str) -> frozenset[Role]:
    names = {name.strip().upper() for name in text.split(",")}
    if not names <= {role.value for role in Role}:
        message = f"it must be roles with commas between: {', '.join(r.lower() for r in Role)}."
        raise ValueError(message)
    return frozenset(map(Role, names))


def _origins(text: str) -> frozenset[str]:
    found = [each.strip().lower() for each in text.split(",")]
    if not all(re.fullmatch(r"https?://[^/\s@?#]+", each) for each in found):
        message = "it must be origins with commas between, such as https://coaching.example.com."
        raise ValueError(message)
    return frozenset(found)


def _hosts(text: str) -> frozenset[str]:
    if text.lower() in {"yes", "no"}:
        return frozenset({"*"} if text.lower() == "yes" else ())
    hosts = frozenset(host.strip().lower() for host in text.split(","))
    if not all(re.fullmatch(r"[a-z0-9._:-]+", host) for host in hosts):
        message = "it must be yes, no, or hosts with commas between."
        raise ValueError(message)
    return hosts


def _log_level(text: str) -> str:
    if text.lower() not in {"critical", "error", "warning", "info", "debug"}:
        message = "it must be critical, error, warning, info or debug."
        raise ValueError(message)
    return text.lower()


_READERS: dict[str, Callable[[str], Any]] = {
    "database_url": _database_url,
    "issuer": _text,
    "audience": _text,
    "public_url": _origin,
    "jwks_file": _existing_file,
    "jwks_url": _address,
    "token_types": _token_types,
    "signing_key": _file,
    "development_key": _file,
    "oidc_issuer": _address,
    "oidc_client_id": _text,
    "oidc_client_secret": _text,
    "oidc_scopes": _scopes,
    "caller_seconds": _seconds,
    "log_level": _log_level,
    "throttle_shared": _yes,
    "allowed_origins": _origins,
    "trusted_only": _roles,
    "webhook_private": _hosts,
}
