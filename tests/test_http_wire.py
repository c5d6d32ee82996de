"""HTTP/1.1 byte by byte: what a real server makes of requests that are odd, cut off, or none."""

import contextlib
import json
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPMessage, parse_headers
from pathlib import Path

import httpx2
import pytest

from server.answer import Code
from tests import inside
from tests.asking import JSON
from tests.serving import PATIENCE, demo

BODY = b'{"query": "{ viewer { role } }"}'
DATA = {"viewer": {"role": "QA"}}
SIZED = b"Content-Length: %d\r\n" % len(BODY)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"5\r\n" + BODY[:5] + b"\r\n%x\r\n" % len(BODY[5:]) + BODY[5:] + b"\r\n0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: HTTPMessage
    content: bytes


@dataclass(frozen=True, slots=True)
class Wire:
    """A server on a port, what it logs, and somebody who may ask it."""

    port: int
    log: Path
    authorization: bytes

    def head(self, *lines: bytes, start: bytes = b"POST /graphql HTTP/1.1") -> bytes:
        """The head of a request in JSON with a token; lines end as they are given."""
        given = b"Host: x\r\nAuthorization: " + self.authorization + b"\r\n"
        return start + b"\r\n" + given + b"Content-Type: application/json\r\n" + b"".join(lines)

    def send(self, *parts: bytes, answers: int = 1, hang_up: bool = False) -> list[Answer]:
        """Send parts, each by itself, and read as many answers, or those until the end."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            for part in parts:
                connection.sendall(part)
                time.sleep(0.02)
            if hang_up:
                connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as file:
                found = []
                for _ in range(answers):
                    line = file.readline()
                    if not line:
                        break
                    headers = parse_headers(file)
                    content = file.read(int(headers.get("content-length", 0)))
                    found.append(Answer(int(line.split()[1]), headers, content))
                return found

    def serves(self) -> bool:
        """Whether an ordinary request is answered as ever."""
        (answer,) = self.send(self.head(SIZED, b"\r\n") + BODY)
        return answer.status == 200 and json.loads(answer.content)["data"] == DATA


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """The demo, in a process of its own."""
    with demo(tmp_path_factory.mktemp("wire")) as served:
        port = httpx2.URL(served.url).port
        assert port is not None
        yield Wire(port, served.log, served.authorization("qa").encode())


@pytest.fixture
def wire(server: Wire) -> Iterator[Wire]:
    """The server, which must serve on after each test, and have logged no fault."""
    before = server.log.stat().st_size
    yield server
    assert server.serves()
    logged = server.log.read_text()[before:]
    assert "Traceback" not in logged
    assert "ERROR" not in logged


def is_refused(answer: Answer, status: int) -> bool:
    """Whether an answer is errors in JSON that tell nothing of the inside."""
    assert answer.headers.get_content_type() == JSON, answer
    body = json.loads(answer.content)
    assert body.keys() == {"errors"}
    for error in body["errors"]:
        assert error["extensions"]["code"] in set(Code)
        assert inside.tells(error["message"]) == []
    return answer.status == status


def test_a_body_may_come_in_chunks_or_in_single_bytes(wire: Wire):
    for parts in (
        [wire.head(CHUNKED, b"\r\n"), CHUNKS],
        [wire.head(CHUNKED, b"\r\n") + CHUNKS],
        [wire.head(SIZED, b"\r\n"), *(BODY[n : n + 1] for n in range(len(BODY)))],
    ):
        (answer,) = wire.send(*parts)
        assert (answer.status, json.loads(answer.content)["data"]) == (200, DATA)


def test_a_body_is_asked_for_where_the_client_waits_for_that(wire: Wire):
    expecting = wire.head(SIZED, b"Expect: 100-continue\r\n", b"\r\n")
    asked, answer = wire.send(expecting, BODY, answers=2)
    assert (asked.status, answer.status) == (100, 200)


def test_requests_in_one_go_are_answered_in_their_order(wire: Wire):
    fine = wire.head(SIZED, b"\r\n") + BODY
    wrong = wire.head(b"Content-Length: 1\r\n", b"\r\n") + b"x"
    answers = wire.send(fine + wrong + fine, answers=3)
    assert [answer.status for answer in answers] == [200, 400, 200]


def test_a_body_that_ends_before_its_length_is_not_executed_and_not_answered(wire: Wire):
    for head, part in (
        (wire.head(b"Content-Length: 500\r\n", b"\r\n"), BODY),
        (wire.head(CHUNKED, b"\r\n"), CHUNKS[:-5]),
        (wire.head(), b""),
        (b"POST /gra", b""),
    ):
        assert wire.send(head, part, hang_up=True) == []


def test_a_body_that_is_longer_than_its_length_is_cut_there(wire: Wire):
    (answer,) = wire.send(wire.head(b"Content-Length: 5\r\n", b"\r\n") + BODY)
    assert is_refused(answer, 400)


def test_what_is_no_http_is_refused_in_json(wire: Wire):
    for odd in (
        b"\0\xff\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n" * 50,
        b"GET /graphql HTTP/1.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /graphql HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
        wire.head(CHUNKED, b"\r\n") + b"zz\r\n",
        wire.head(b"Transfer-Encoding: gzip, chunked\r\n", b"\r\n"),
        wire.head(b"Content-Length: 5\r\nContent-Length: 6\r\n", b"\r\n"),
        *(
            wire.head(b"Content-Length: " + length + b"\r\n", b"\r\n")
            for length in (b"-5", b"x", b"1e3", b"0x10", b"9" * 5_000)
        ),
    ):
        (answer,) = wire.send(odd)
        assert is_refused(answer, 400), odd[:80]
        assert answer.headers["connection"] == "close"


def test_junk_behind_a_request_is_refused_after_the_answer(wire: Wire):
    fine, refused = wire.send(wire.head(SIZED, b"\r\n") + BODY + b"\0\xff\r\n\r\n", answers=2)
    assert fine.status == 200
    assert is_refused(refused, 400)


def test_junk_behind_a_body_that_was_not_read_to_its_end_is_no_fault(wire: Wire):
    """The answer has gone out by then, so that nothing more can be said."""
    head = wire.head(CHUNKED, b"\r\n").replace(b"application/json", b"text/plain")
    (answer,) = wire.send(head, b"5\r\nabcdezz\r\n", answers=2)
    assert is_refused(answer, 415)


def test_a_length_that_nobody_would_send_is_413(wire: Wire):
    (answer,) = wire.send(wire.head(b"Content-Length: " + b"9" * 20 + b"\r\n", b"\r\n"))
    assert is_refused(answer, 413)


def test_headers_of_60_kb_are_read(wire: Wire):
    for many in (b"X-A: " + b"x" * 60_000 + b"\r\n", b"X-A: x\r\n" * 3_000):
        (answer,) = wire.send(wire.head(many, SIZED, b"\r\n") + BODY)
        assert answer.status == 200


def test_headers_of_100_kb_without_an_end_are_not_waited_for(wire: Wire):
    answers: list[Answer] = []
    with contextlib.suppress(ConnectionError):  # hung up on while there is still more to send
        answers = wire.send(wire.head(b"X-A: " + b"x" * 100_000))
    assert all(is_refused(answer, 400) for answer in answers)


def test_a_url_of_100_kb_is_not_read(wire: Wire):
    query = b"GET /graphql?query=" + b"x" * 100_000 + b" HTTP/1.1"
    answers: list[Answer] = []
    with contextlib.suppress(ConnectionError):
        answers = wire.send(wire.head(b"\r\n", start=query))
    assert all(is_refused(answer, 414) or is_refused(answer, 400) for answer in answers)


def test_what_is_no_utf_8_in_a_url_is_no_graphql(wire: Wire):
    for query in (b"%zz%ff", b"%ED%A0%80", b"%00", b"{viewer{name}}%FF"):
        asked = b"GET /graphql?query=" + query + b" HTTP/1.1"
        (answer,) = wire.send(wire.head(b"\r\n", start=asked))
        assert is_refused(answer, 200)


def test_other_targets_and_upgrades_are_refused_in_json(wire: Wire):
    for start_line, status in (
        (b"OPTIONS * HTTP/1.1", 404),
        (b"CONNECT x:1 HTTP/1.1", 404),
        (b"PRI * HTTP/1.1", 404),
        (b"GET /%ff%00 HTTP/1.1", 404),
        (b"GET /graphql/../health HTTP/1.1", 404),
        (b"TRACE /graphql HTTP/1.1", 405),
    ):
        (answer,) = wire.send(wire.head(b"\r\n", start=start_line))
        assert is_refused(answer, status), start_line
    upgrade = b"Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
    (answer,) = wire.send(wire.head(upgrade, SIZED, b"\r\n") + BODY)
    assert answer.status == 200


def test_a_head_request_is_405_without_a_body(wire: Wire):
    response = httpx2.head(f"http://127.0.0.1:{wire.port}/graphql")
    assert (response.status_code, response.content) == (405, b"")
    assert response.headers["allow"] == "GET, POST"


def test_no_answer_says_what_the_server_is_made_with(wire: Wire):
    fine, refused = wire.send(wire.head(SIZED, b"\r\n") + BODY + b"\0\r\n\r\n", answers=2)
    for answer in (fine, refused):
        assert "server" not in answer.headers
        assert inside.tells(str(answer.headers)) == []
