"""Whether the servers answer alike: a fast answer is worth nothing if it is another one."""

import base64
import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from benchmarks.servers import Server
from benchmarks.works import World

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class DifferenceError(Exception):
    """A server answers something else than another; says where."""


def canonical(value: Any, key: str = "") -> Any:
    """An answer's data in the one form that is compared.

    Ids are UUIDs, times are in UTC, and of a cursor it matters only whether there is one.
    """
    match value:
        case dict():
            return _object({name: canonical(item, name) for name, item in value.items()})
        case list():
            return [canonical(item, key) for item in value]
        case str():
            return _text(value, key)
        case int() | float() if not isinstance(value, bool):
            return float(value)
    return value


def _text(value: str, key: str) -> str | bool:
    if key in {"cursor", "endCursor"}:
        return bool(value)
    if key == "id":
        return _uuid(value)
    if MOMENT.match(value):
        return dt.datetime.fromisoformat(value).astimezone(dt.UTC).isoformat()
    return value


def _uuid(value: str) -> str:
    if UUID.fullmatch(value):
        return value
    found = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    return found.rpartition(":")[2]


def _object(found: dict[str, Any]) -> dict[str, Any]:
    """Without what a group has not: its row has those fields where kinds share one type."""
    if found.get("__typename") == "CoachingGroup":
        only = ("version", "itemsTotal", "itemsReviewed", "agent", "group")
        return {name: value for name, value in found.items() if name not in only}
    return found


def _from_postgraphile(data: dict[str, Any], work: str) -> dict[str, Any]:
    """PostGraphile's answer in the product's form, where aliases could not give it that."""
    if work == "widget":
        return {"dashboard": data}
    for row in data.get("coachingMonitor", {}).get("nodes", ()):
        row["compare"] = {
            name: {
                "atAssignedDate": row.pop(f"{short}Before"),
                "difference": row.pop(f"{short}Change"),
                "trend": row.pop(f"{short}Trend"),
            }
            for name, short in (("agentScorecard", "scorecard"), ("koreEvaluation", "kore"))
        }
    for edge in data.get("assignments", {}).get("edges", ()):
        node = edge["node"]
        # An agent is told neither of groups nor of kinds; what is listed alone is of no group.
        node |= {"__typename": node.pop("kind"), "group": None}
        node.setdefault("coachingType", None)
    if "assignmentCount" in data:
        data["assignments"]["totalCount"] = data.pop("assignmentCount")
    return data


def check(servers: list[Server], world: World, work: str) -> None:
    """Ask all servers. Raises DifferenceError where one answers otherwise than the first."""
    first, *others = servers
    expected = _data(first, world, work)
    for other in others:
        found = _data(other, world, work)
        for path, wanted, got in _differences(expected, found, ""):
            who = f"{work}: {first.name} and {other.name}"
            message = f"{who} differ at {path or 'data'}: {wanted!r} and {got!r}"
            raise DifferenceError(message)


def _data(server: Server, world: World, work: str) -> Any:
    status, body = server.answer(world, work)
    answer = json.loads(body)
    if status != 200 or "errors" in answer or not answer.get("data"):  # noqa: PLR2004
        told = f"{body[:2000].decode()}\n{server.log.read_text()[-2000:]}"
        message = f"{work}: {server.name} answers {status}: {told}"
        raise DifferenceError(message)
    data = answer["data"]
    if server.name == "postgraphile":
        data = _from_postgraphile(data, work)
    return canonical(data)


def _differences(expected: Any, found: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in {**expected, **found}:
            missing = "(nothing)"
            yield from _differences(
                expected.get(name, missing), found.get(name, missing), f"{path}.{name}"
            )
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from _differences(one, other, f"{path}[{number}]")
    elif expected != found:
        yield path, expected, found
