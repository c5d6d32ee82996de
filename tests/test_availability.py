"""What an error of a driver says of the database: away, not to be written, or neither."""

import sqlite3

import pytest
import sqlalchemy as sa

from models.availability import Attempt, OutcomeUnknown, Unavailable, Unwritable, noticed

READING = Attempt()
CONNECTING = Attempt(connecting=True)
COMMITTING = Attempt(committing=True)


class DriverError(Exception):
    """What both drivers raise, as far as it is looked at."""

    def __init__(self, sqlstate: str | None = None, sqlite_errorcode: int | None = None) -> None:
        super().__init__("words of the driver")
        if sqlstate is not None:
            self.sqlstate = sqlstate
        if sqlite_errorcode is not None:
            self.sqlite_errorcode = sqlite_errorcode


def postgresql(state: str) -> sa.exc.DBAPIError:
    return sa.exc.DBAPIError("SELECT secret", None, DriverError(sqlstate=state))


def sqlite(code: int) -> sa.exc.DBAPIError:
    return sa.exc.DBAPIError("SELECT secret", None, DriverError(sqlite_errorcode=code))


def kind(error: Exception, attempt: Attempt) -> type[Exception]:
    """The class of what is raised in place of an error."""
    with pytest.raises(Exception, match=r".*") as raised, noticed(attempt):
        raise error
    return raised.type


@pytest.mark.parametrize(
    "error",
    [
        *map(postgresql, ("08006", "08P01", "53300", "53200", "57P01", "57P02", "57P03", "57P04",
                          "57P05", "55P03", "58030", "25P03")),
        *map(sqlite, (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR_READ,
                      sqlite3.SQLITE_IOERR_FSYNC)),
        sa.exc.DBAPIError("SELECT 1", None, DriverError(), connection_invalidated=True),
        sa.exc.TimeoutError("pool"), ConnectionResetError(), TimeoutError(),
    ],
)  # fmt: skip
def test_a_database_that_is_away_leaves_open_only_what_was_being_committed(error: Exception):
    assert kind(error, READING) is Unavailable
    assert kind(error, CONNECTING) is Unavailable
    assert kind(error, COMMITTING) is OutcomeUnknown


@pytest.mark.parametrize(
    "error",
    [
        *map(postgresql, ("25006", "53100")),
        *map(sqlite, (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY,
                      sqlite3.SQLITE_READONLY_DBMOVED, sqlite3.SQLITE_IOERR_WRITE)),
    ],
)  # fmt: skip
def test_what_can_not_be_written_is_known_not_to_be_written(error: Exception):
    assert {kind(error, each) for each in (READING, CONNECTING, COMMITTING)} == {Unwritable}


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_SNAPSHOT])
def test_what_another_has_locked_is_known_not_to_be_written(code: int):
    attempts = (READING, CONNECTING, COMMITTING)
    assert {kind(sqlite(code), each) for each in attempts} == {Unavailable}


@pytest.mark.parametrize(
    "error",
    [
        *map(postgresql, ("23505", "40P01", "40001", "42P01", "22P02", "57014")),
        *map(sqlite, (sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_ERROR)),
        sa.exc.InvalidRequestError(), LookupError(), FileNotFoundError(),
    ],
)  # fmt: skip
def test_what_is_wrong_otherwise_stays_what_it_is(error: Exception):
    assert kind(error, READING) is type(error)
    assert kind(error, COMMITTING) is type(error)


@pytest.mark.parametrize("error", [postgresql("28P01"), postgresql("3D000"), FileNotFoundError()])
def test_whatever_keeps_from_connecting_the_data_can_not_be_reached(error: Exception):
    assert kind(error, CONNECTING) is Unavailable


def test_the_reason_has_the_words_of_the_driver_and_no_statement():
    with pytest.raises(Unavailable) as raised, noticed(READING):
        raise postgresql("08006")
    assert str(raised.value) == "DriverError: words of the driver"
