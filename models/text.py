"""What text may be stored (E5)."""

import unicodedata
from collections.abc import Sequence

from models.base import NAME_LENGTH, TEXT_LENGTH
from models.errors import Code, Refusal

LINE_BREAKS = frozenset("\n\r\t")


def has_control_characters(text: str, *, lines: bool = False) -> bool:
    """Whether text holds control characters; with `lines`, line breaks and tabs are no such."""
    allowed = LINE_BREAKS if lines else frozenset()
    return any(unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed for c in text)


def name(text: str, path: Sequence[str]) -> str:
    """A name: trimmed, 1 to 120 characters. Raises Refusal otherwise."""
    trimmed = text.strip()
    if not 1 <= len(trimmed) <= NAME_LENGTH:
        message = f"A name has 1 to {NAME_LENGTH} characters."
        raise Refusal(Code.INVALID, message, path)
    if has_control_characters(trimmed):
        raise Refusal(Code.INVALID, "A name has no control characters.", path)
    return trimmed


def free(text: str, path: Sequence[str]) -> str:
    """Free text: kept as sent, at most 10,000 characters. Raises Refusal otherwise."""
    if len(text) > TEXT_LENGTH:
        message = f"The text has more than {TEXT_LENGTH} characters."
        raise Refusal(Code.INVALID, message, path)
    if has_control_characters(text, lines=True):
        message = "The text has control characters other than line breaks and tabs."
        raise Refusal(Code.INVALID, message, path)
    return text
