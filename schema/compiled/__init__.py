"""Compiled operations: see `docs/compiled-operations.md`. `Plans.answer` is the one door."""

from schema.compiled.mutation import Outcomes, call_once
from schema.compiled.plan import Answered, Plans

__all__ = ["Answered", "Outcomes", "Plans", "call_once"]
