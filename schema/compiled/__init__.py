"""Compiled operations: see `docs/compiled-operations.md`. `Plans.answer` is the one door."""

from schema.compiled.plan import Answered, Plans

__all__ = ["Answered", "Plans"]
