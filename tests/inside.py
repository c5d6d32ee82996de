"""What no answer may tell: how the product is made, and where it runs."""

import re

WORDS = re.compile(
    r"Traceback|\w(?:Error|Exception|Warning)\b|\bNoneType\b|<class |\bobject at 0x"
    r"|\w\.py\b|site-packages|(?:^|[\s'\"(])/(?:home|root|tmp|usr|work)\b"
    r"|\b(?:SELECT|INSERT|UPDATE|DELETE)\b[^'\"]*\b(?:FROM|INTO|SET)\b|\bPRAGMA\b"
    r"|isoformat|sqlalchemy|sqlite|asyncpg|postgres|strawberry|graphql\.(?:error|execution)"
    r"|uvicorn|starlette",
    re.IGNORECASE,
)
"""Python's names and paths, SQL, and the libraries that do the work."""


def tells(text: str) -> list[str]:
    """The words of the inside in an answer's text."""
    return [found[0] for found in WORDS.finditer(text)]
