"""Which tables statements read, whatever they make of them."""

import re
from collections.abc import Sequence

READ = re.compile(r"\b(?:FROM|JOIN) \"?(\w+)")


def read(statements: Sequence[str]) -> list[list[str]]:
    """The tables that each statement reads, in the order of their names."""
    return sorted(sorted(READ.findall(each)) for each in statements)
