"""All settings, read once from `COACHING_*` variables into one frozen object."""

import dataclasses
import pathlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

PREFIX = "COACHING_"

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set. Each field is the variable `COACHING_` and its name in capitals."""

    database_url: str = _setting(
        "sqlite+aiosqlite:///coaching.sqlite3",
        "SQLite file or PostgreSQL database: sqlite:///FILE or postgresql://USER@HOST/NAME",
    )
    pool_size: int = _setting(10, "database connections of each worker, 1 to 500")
    issuer: str = _setting("http://localhost:8000", "`iss` that access tokens must have")
    audience: str = _setting("coaching-api", "`aud` that access tokens must have")
    jwks_file: pathlib.Path | None = _setting(
        None, "file with the JSON Web Key Set that access tokens are checked with"
    )
    development_key: pathlib.Path | None = _setting(
        pathlib.Path("coaching-development-key.json"),
        "private key of `coaching token`, made on first use; not used where jwks_file is set",
    )
    log_level: str = _setting("info", "critical, error, warning, info or debug")


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
            values[field.name] = _READERS[field.name](text.strip())
        except ValueError as error:
            message = f"{name}: {error}"  # without the text, which may hold a password
            raise SettingsError(message) from None
    if "jwks_file" in values:
        values["development_key"] = None
    return Settings(**values)


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


def _pool_size(text: str) -> int:
    if text not in {str(size) for size in range(1, 501)}:
        message = "it must be a whole number from 1 to 500."
        raise ValueError(message)
    return int(text)


def _text(text: str) -> str:
    if not text:
        message = "it must not be empty."
        raise ValueError(message)
    return text


def _existing_file(text: str) -> pathlib.Path:
    path = pathlib.Path(_text(text))
    if not path.is_file():
        message = "there is no such file."
        raise ValueError(message)
    return path


def _file(text: str) -> pathlib.Path:
    return pathlib.Path(_text(text))


def _log_level(text: str) -> str:
    if text.lower() not in {"critical", "error", "warning", "info", "debug"}:
        message = "it must be critical, error, warning, info or debug."
        raise ValueError(message)
    return text.lower()


_READERS = {
    "database_url": _database_url,
    "pool_size": _pool_size,
    "issuer": _text,
    "audience": _text,
    "jwks_file": _existing_file,
    "development_key": _file,
    "log_level": _log_level,
}
