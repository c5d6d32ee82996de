"""Compiled operations: see `docs/compiled-operations.md`. `Plans.answer` executes them."""

from schema.compiled.mutation import Outcomes, call_once
from schema.compiled.plan import Answered, Plans
from schema.compiled.selection import Selections

__all__ = ["Answered", "Outcomes", "Plans", "Selections", "call_once"]
