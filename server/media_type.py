"""Media types: what is read, and which of GraphQL's two a client prefers."""

import functools
import re

RESPONSE = "application/graphql-response+json"
JSON = "application/json"

QUALITY = re.compile(r"\d+(\.\d*)?|\.\d+", re.ASCII)


@functools.lru_cache(maxsize=256)
def negotiate(accept: str | None) -> str | None:
    """The media type to answer in; None where the client takes neither.

    What a client says about a type by name counts before what it says about all (RFC 9110,
    12.5.1); where it wants both alike, the one that it says first, and JSON before the other.
    """
    ranges = _ranges(accept)
    wanted = {media: _preference(media, ranges) for media in (JSON, RESPONSE)}
    taken = {media: found for media, found in wanted.items() if found and found[0] < 0}
    return min(taken, key=taken.__getitem__, default=None)


def preferred(accept: str | None) -> list[str]:
    """The media ranges of an Accept header, the most wanted first; a quality of 0 is a no."""
    return [name for quality, _, name in sorted(_ranges(accept)) if quality < 0]


@functools.lru_cache(maxsize=256)
def is_json(content_type: str | None, content_encoding: str | None) -> bool:
    """Whether a body is JSON as it is read here: in UTF-8, and not compressed."""
    name, *parameters = (piece.strip().lower() for piece in (content_type or "").split(";"))
    charsets = {piece[8:].strip('"') for piece in parameters if piece.startswith("charset=")}
    codings = {piece.strip().lower() for piece in (content_encoding or "").split(",")}
    return name == JSON and charsets <= {"utf-8", "utf8"} and codings <= {"", "identity"}


_Range = tuple[float, int, str]
"""How much a media range is wanted, as a negative quality; where it stands; its name."""


def _ranges(accept: str | None) -> list[_Range]:
    ranges = []
    for position, part in enumerate((accept or "*/*").split(",")):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        ranges.append((-_quality(parameters), position, name))
    return ranges


def _preference(media: str, ranges: list[_Range]) -> _Range | None:
    """The range that decides about a media type: the most exact one that fits it."""
    for name in (media, "application/*", "*/*"):
        if found := [each for each in ranges if each[2] == name]:
            return min(found)
    return None


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            known = QUALITY.fullmatch(parameter[2:])
            return min(float(known[0]), 1) if known else 0
    return 1
