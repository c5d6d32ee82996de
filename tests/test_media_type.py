"""What an Accept header asks for, and which bodies are JSON (RFC 9110, 12.5.1 and 8.3)."""

import pytest

from server import media_type
from server.media_type import JSON, RESPONSE

WANTED = [
    (None, JSON), ("", JSON), ("*/*", JSON), ("application/*", JSON), (JSON, JSON),
    (RESPONSE, RESPONSE), (RESPONSE.upper(), RESPONSE), (f"{JSON}; charset=utf-8", JSON),
    # The quality decides, then the order, then JSON as what every client reads.
    (f"{JSON}, {RESPONSE}", JSON), (f"{RESPONSE}, {JSON}", RESPONSE),
    (f"{RESPONSE};q=0.4, {JSON};q=0.5", JSON), (f"{RESPONSE};q=.5, {JSON};q=0.4", RESPONSE),
    (f"*/*;q=0.1, {RESPONSE};q=0.2", RESPONSE), (f"{RESPONSE};q=0.1, */*", JSON),
    (f"text/html, {RESPONSE}", RESPONSE), ("text/event-stream, */*;q=0.1", JSON),
    # A type by its name is not what a range says, be that more or less.
    (f"{JSON};q=0, */*", RESPONSE), (f"*/*, {JSON};q=0", RESPONSE),
    (f"{JSON};q=0, application/*;q=0.1", RESPONSE), (f"{RESPONSE};q=0, */*", JSON),
    (f"{RESPONSE};q=0, {JSON}", JSON), ("application/*, */*;q=0", JSON),
    (f"*/*;q=0, {RESPONSE};q=0.1", RESPONSE), (f"application/*;q=0, */*, {JSON}", JSON),
    (f"{JSON};q=0, {JSON};charset=utf-8", JSON),
    # Odd, and still a wish.
    (f"{JSON};q=1.000", JSON), (f"{JSON};Q=0.5", JSON), (f"{JSON};q=7", JSON),
    (f"{JSON};q={'9' * 5_000}", JSON), (f",,{JSON},", JSON), (f"{JSON};;x", JSON),
]  # fmt: skip

REFUSED = [
    "text/html", "image/*", "*", "application", "json", ",", ";;;", "a;b;c=;q=x", "\xff",
    "*/json", "application/graphql", "application/graphql+json", f"{JSON}x",
    f"{JSON};q=0", f"{JSON};q=0.000", "*/*;q=0", f"{JSON};q=0, {RESPONSE};q=0, */*",
    "application/*;q=0, */*", "text/html, */*;q=0",
    f"{JSON};q=nan", f"{JSON};q=inf", f"{JSON};q=-1", f"{JSON};q=", f"{JSON};q=0x1",
    f"{JSON};q=1e3", f"{JSON};q=\u0661",
]  # fmt: skip


@pytest.mark.parametrize(("accept", "answered"), WANTED)
def test_the_media_type_is_the_one_that_the_client_wants_most(accept: str | None, answered: str):
    assert media_type.negotiate(accept) == answered


@pytest.mark.parametrize("accept", REFUSED)
def test_a_client_that_takes_neither_gets_neither(accept: str):
    assert media_type.negotiate(accept) is None


def test_ranges_are_told_by_quality_and_then_by_place_without_those_that_are_refused():
    told = media_type.preferred("a/a;q=0.1, b/b;q=0, c/c, d/d;q=0.1, */*;q=1")
    assert told == ["c/c", "*/*", "a/a", "d/d"]


READ = [
    JSON, "Application/JSON", f"{JSON};", f"{JSON};x", f"{JSON} ; charset=utf-8",
    f'{JSON};charset="UTF-8"', f"{JSON}; charset=utf8", f"{JSON}; boundary=x; charset=UTF-8",
]  # fmt: skip

NOT_READ = [
    None, "", "json", "text/json", "text/plain", "application/graphql", "application/jsonx",
    RESPONSE,
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", f"text/plain, {JSON}",
    f"text/plain; a={JSON}", f"{JSON}, text/plain", f"{JSON}; charset=utf-16",
    f"{JSON}; charset=latin-1", f"{JSON}; charset=", f"{JSON}; charset=utf-8; charset=utf-16",
]  # fmt: skip


@pytest.mark.parametrize("content_type", READ)
def test_json_in_utf_8_is_read_however_that_is_written(content_type: str):
    assert media_type.is_json(content_type, None)


@pytest.mark.parametrize("content_type", NOT_READ)
def test_a_body_of_another_type_or_charset_is_not_read(content_type: str | None):
    assert not media_type.is_json(content_type, None)


def test_a_body_that_is_compressed_is_not_read():
    for coding in ("", "identity", "Identity, identity"):
        assert media_type.is_json(JSON, coding)
    for coding in ("gzip", "br", "deflate", "identity, gzip", "x"):
        assert not media_type.is_json(JSON, coding)
