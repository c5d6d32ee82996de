"""Which of GraphQL's two media types a client prefers (GraphQL over HTTP)."""

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


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0), 1)
            except ValueError:
                return 0
    return 1
