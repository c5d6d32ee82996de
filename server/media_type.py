"""Media types: what is read, and which of GraphQL's two a client prefers."""

RESPONSE = "application/graphql-response+json"
JSON = "application/json"


def negotiate(accept: str | None) -> str | None:
    """The media type to answer in; None where the client takes neither."""
    for wanted in preferred(accept):
        if wanted in {RESPONSE, JSON}:
            return wanted
        if wanted in {"*/*", "application/*"}:
            return JSON
    return None


def preferred(accept: str | None) -> list[str]:
    """The media ranges of an Accept header, the most wanted first; a quality of 0 is a no."""
    ranges = []
    for position, part in enumerate((accept or "*/*").split(",")):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = _quality(parameters)
        if quality > 0:
            ranges.append((-quality, position, name))
    return [name for _, _, name in sorted(ranges)]


def is_json(content_type: str | None, content_encoding: str | None) -> bool:
    """Whether a body is JSON as it is read here: in UTF-8, and not compressed."""
    name, *parameters = (piece.strip().lower() for piece in (content_type or "").split(";"))
    charsets = {piece[8:].strip('"') for piece in parameters if piece.startswith("charset=")}
    codings = {piece.strip().lower() for piece in (content_encoding or "").split(",")}
    return name == JSON and charsets <= {"utf-8", "utf8"} and codings <= {"", "identity"}


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0), 1)
            except ValueError:
                return 0
    return 1
