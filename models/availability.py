"""Whether the database is there: what is said of it when it is not.

    Unavailable         it does not answer, has no connection free, or another holds what we need
    ├── OutcomeUnknown  it went away while a transaction was committed
    └── Unwritable      it reads, but has no room to write, or may not

All are faults of ours that pass by themselves or by an operator's hand. What was raised by the
driver says for a log what is wrong; none of it is for clients.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

# What SQLite and PostgreSQL call each. Everything else that they complain of is our mistake: so
# is a deadlock, because all writes lock rows in one order.
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_NO_FILE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}
_UNWRITABLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
_NOT_WRITTEN = sqlite3.SQLITE_IOERR_WRITE
"""Writing itself failed: a commit whose record is not whole is none. Others may come later."""

_CONNECTION, _RESOURCES, _SYSTEM = "08", "53", "58"
_AWAY = {
    "55P03",  # lock_not_available: waited for a lock long enough
    "57P01",  # admin_shutdown
    "57P02",  # crash_shutdown
    "57P03",  # cannot_connect_now: starting up, or shutting down
    "57P04",  # database_dropped
    "57P05",  # idle_session_timeout
    "25P03",  # idle_in_transaction_session_timeout
}
_PG_UNWRITABLE = {
    "25006",  # read_only_sql_transaction: a standby, for one
    "53100",  # disk_full
}


class Unavailable(Exception):
    """The database can't do it now. What failed has changed nothing."""


class OutcomeUnknown(Unavailable):
    """The database went away during a commit: everything of it was written, or nothing."""


class Unwritable(Unavailable):
    """The database has no room, or is read-only. What failed has changed nothing."""


@dataclass(slots=True)
class Attempt:
    """How far a piece of work on the database has come."""

    connecting: bool = False
    committing: bool = False


@contextmanager
def noticed(attempt: Attempt) -> Iterator[None]:
    """Raise Unavailable in place of what the driver says when the database is not there."""
    try:
        yield
    except (OSError, sa.exc.SQLAlchemyError) as error:
        kind = _kind(error, attempt)
        if kind is None:
            raise
        raise kind(_reason(error)) from error


def _kind(error: Exception, attempt: Attempt) -> type[Unavailable] | None:
    """What an error means; None where it is no matter of the database's being there."""
    found: type[Unavailable] | None = None
    if isinstance(error, sa.exc.DBAPIError):
        found = _told(error)
    elif isinstance(error, (ConnectionError, TimeoutError, sa.exc.TimeoutError)):
        found = Unavailable
    if attempt.connecting:
        # Whatever keeps us from connecting, a wrong password included, no data can be reached.
        return found or Unavailable
    if found is Unavailable and attempt.committing and not _is_certain(error):
        return OutcomeUnknown
    return found


def _told(error: sa.exc.DBAPIError) -> type[Unavailable] | None:
    whole_code = _sqlite_code(error)
    code = whole_code & 0xFF
    state: str = getattr(error.orig, "sqlstate", None) or ""
    if code in _UNWRITABLE or whole_code == _NOT_WRITTEN or state in _PG_UNWRITABLE:
        return Unwritable
    if (
        error.connection_invalidated
        or code in _BUSY | _NO_FILE
        or state in _AWAY
        or state[:2] in {_CONNECTION, _RESOURCES, _SYSTEM}
    ):
        return Unavailable
    return None


def _is_certain(error: Exception) -> bool:
    """Whether a commit that failed is known to have changed nothing: another held the lock."""
    return isinstance(error, sa.exc.DBAPIError) and _sqlite_code(error) & 0xFF in _BUSY


def _sqlite_code(error: sa.exc.DBAPIError) -> int:
    """The extended result code of SQLite, of which the lowest byte is the primary one; or 0."""
    code: int = getattr(error.orig, "sqlite_errorcode", 0)
    return code


def _reason(error: Exception) -> str:
    cause = (error.orig if isinstance(error, sa.exc.DBAPIError) else None) or error
    return f"{type(cause).__name__}: {cause}"
