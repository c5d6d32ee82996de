"""Input files of an import, read once and laid out by kind.

The shell's order of files says nothing, so lines are spooled into one temporary file for each
kind of record, and come out in the order in which kinds refer to each other. Each keeps the name
and line number of the file that it came from.
"""

import datetime as dt
import gzip
import io
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import orjson

from models import importing
from models.importing import KINDS, BadRecord, ConversationRecord
from resolvers.importing import LINE_BYTES, Line

STDIN = "-"
GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

OTHER = ""
"""Where lines go that are of no known kind; they come out last, for their reasons."""

READ_BYTES = 1_000_000

Progress = Callable[[int], object]
"""Is told how many bytes more have been dealt with."""


class UnreadableFile(Exception):
    """A file can't be read to its end; the message says which and why."""


class Spool:
    """Lines of any number of files. Close it when the lines have been taken out.

    With `dated`, `newest` is the latest start of a valid conversation.
    """

    def __init__(self, *, dated: bool) -> None:
        self._files = {kind: tempfile.TemporaryFile() for kind in (*KINDS, OTHER)}  # noqa: SIM115
        self._names: list[str] = []
        self._dated = dated
        self.newest: dt.datetime | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()

    @property
    def size(self) -> int:
        """Bytes that `lines` will take out."""
        return sum(file.seek(0, io.SEEK_END) for file in self._files.values())

    def read(self, name: str, progress: Progress) -> bool:
        """Take in a file, plain or gzip, or standard input for `-`.

        Gives False, and takes nothing, where not one line looks like a JSON object. Blank lines
        don't count. `progress` is told the bytes read. Raises UnreadableFile.
        """
        other = self._files[OTHER]
        start = other.seek(0, io.SEEK_END)
        self._names.append(name)
        try:
            with _open(name) as raw:
                found = self._take(raw, progress if raw.seekable() else None)
        except (OSError, EOFError, zlib.error) as error:
            message = f"{name} can't be read: {error}"
            raise UnreadableFile(message) from None
        if not found:
            other.seek(start)
            other.truncate()
        return found

    def lines(self, progress: Progress) -> Iterator[Line]:
        """Take the lines out; `progress` is told the size of each."""
        for file in self._files.values():
            file.seek(0)
            for spooled in file:
                place, number, data = spooled.split(b" ", 2)
                progress(len(spooled))
                yield Line(int(number), data.removesuffix(b"\n"), self._names[int(place)])

    def _take(self, raw: io.BufferedReader, progress: Progress | None) -> bool:
        found = False
        place, position = len(self._names) - 1, 0
        for number, data in enumerate(_lines(_unpacked(raw)), start=1):
            text = data.strip()
            if text:
                found = found or text.startswith(b"{")
                kind = _kind(text)
                self._files[kind].write(b"%d %d %b\n" % (place, number, text))
                if self._dated and kind == "conversation":
                    self._date(text)
            if progress:
                progress(raw.tell() - position)
                position = raw.tell()
        return found

    def _date(self, data: bytes) -> None:
        try:
            record = importing.read(data)
        except BadRecord:
            return
        if isinstance(record, ConversationRecord):
            self.newest = max(record.started_at, self.newest or record.started_at)


def _open(name: str) -> io.BufferedReader:
    if name == STDIN:
        # Once more buffered: whatever stands in for standard input, this can peek.
        return io.BufferedReader(sys.stdin.buffer)  # type: ignore[arg-type]
    return open(name, "rb")  # noqa: PTH123 - the caller closes it


def _unpacked(file: io.BufferedReader) -> io.BufferedIOBase:
    return gzip.GzipFile(fileobj=file) if file.peek(2).startswith(GZIP) else file


def _lines(file: io.BufferedIOBase) -> Iterator[bytes]:
    """Split at newlines; of a line that is too long, give a part that is too long as well."""
    first = True
    while data := file.readline(LINE_BYTES + 2):
        rest = data
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(READ_BYTES)
        yield data.removeprefix(BYTE_ORDER_MARK) if first else data
        first = False


def _kind(data: bytes) -> str:
    """Say what kind of record a line seems to be."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return OTHER
    kind = value.get("kind") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) and kind in KINDS else OTHER
