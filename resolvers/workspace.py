"""Changing a workspace's settings. One transaction."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from models import Action, Workspace
from models.errors import Code, Refusal
from models.workspace import zone
from resolvers import audit, rebuilding
from resolvers.audit import About
from resolvers.operation import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to change; null stays as it is."""

    time_zone: str | None = None
    accept_and_dispute: bool | None = None
    auto_qa: bool | None = None
    hide_auditor_details: bool | None = None


async def update(operation: Operation, given: Settings, *, expected_version: int) -> Workspace:
    """Change settings. Nothing else is stored anew but, with the time zone, the sums by day.

    Days are days of the workspace's time zone (C3), so these are counted anew in the same
    transaction. What is shown follows the settings at once (S5, V7, C4). Settings that are given
    as they are change nothing, not even the version. Raises Refusal: STALE, INVALID.
    """
    viewer = operation.viewer
    if given.time_zone is not None:
        _require_zone(given.time_zone)
    async with operation.write() as session:
        found = await rebuilding.locked(session, viewer.workspace_id)
        if found.version != expected_version:
            message = f"Somebody changed the settings; they now are version {found.version}."
            raise Refusal(Code.STALE, message, ["expectedVersion"])
        before, after = _difference(found, given)
        if not after:
            return found
        for name, value in after.items():
            setattr(found, name, value)
        found.version += 1
        if "time_zone" in after:
            await rebuilding.days(session, found.id, found.time_zone)
        action = Action.WORKSPACE_UPDATED
        audit.record(session, viewer, action, About(), before=before, after=after)
    return found


def _require_zone(name: str) -> None:
    try:
        zone(name)
    except ValueError as error:
        raise Refusal(Code.INVALID, str(error), ["timeZone"]) from None


def _difference(found: Workspace, given: Settings) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that change, before and after."""
    asked = {name: value for name, value in dataclasses.asdict(given).items() if value is not None}
    after = {name: value for name, value in asked.items() if value != getattr(found, name)}
    return {name: getattr(found, name) for name in after}, after
