"""Reading coaching: the Assignments tab (A6), and the first level below a row."""

import dataclasses
import enum
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import inspect

import models
from auth import permissions, scope
from auth.viewer import Viewer
from models import Assignment, CoachingGroup, Status
from resolvers import assignment_total, named, page
from resolvers.loaders import children
from resolvers.operation import Operation
from resolvers.page import Listing, Order, Page, Parts, Window, Within

Row = Assignment | CoachingGroup


class CoachingType(enum.StrEnum):
    """What a row of the Assignments tab stands for."""

    INDIVIDUAL_AGENT = "INDIVIDUAL_AGENT"
    GROUP_AGENTS = "GROUP_AGENTS"


class SortBy(enum.StrEnum):
    """What the Assignments tab can be sorted by."""

    ASSIGNED_AT = "ASSIGNED_AT"
    FOLLOW_UP_ON = "FOLLOW_UP_ON"
    NAME = "NAME"
    STATUS = "STATUS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Members combine by *and*, lists inside by *or*; an empty list is no condition.

    Cancelled coaching is left out unless `statuses` asks for it.
    """

    coaching_types: tuple[CoachingType, ...] = ()
    statuses: tuple[Status, ...] = ()
    area_ids: tuple[uuid.UUID, ...] = ()


def status_of(viewer: Viewer) -> str:
    """The column that says what status is shown in the viewer's workspace (S2, S5)."""
    return "status" if viewer.accept_and_dispute else "progress"


def assignments(
    operation: Operation, filter_: Filter, sort_by: SortBy, *, descending: bool
) -> Listing:
    """The Assignments tab: individual assignments and sent groups in one list.

    Who may not see groups gets their members' assignments instead (V2, V5).
    """
    status = status_of(operation.viewer)
    keys = {
        SortBy.ASSIGNED_AT: ("assigned_at", "id"),
        SortBy.FOLLOW_UP_ON: ("follow_up_on", "id"),
        SortBy.NAME: ("name_key", "id"),
        SortBy.STATUS: (status, "assigned_at", "id"),
    }[sort_by]
    binding = ("assignments", *dataclasses.astuple(filter_))
    return Listing(
        order=Order(keys=keys, descending=descending, binding=binding),
        parts=lambda viewer: _parts(viewer, filter_, status),
        at=status,
        known=lambda viewer: _stored_total(viewer, filter_),
    )


def _stored_total(viewer: Viewer, filter_: Filter) -> sa.Select[Any] | None:
    """How long the list is, by totals; None where it has to be counted."""
    if filter_.area_ids:
        return None
    wanted = filter_.coaching_types or tuple(CoachingType)
    return assignment_total.listed(
        viewer,
        filter_.statuses,
        individuals=CoachingType.INDIVIDUAL_AGENT in wanted,
        groups=CoachingType.GROUP_AGENTS in wanted,
    )


def _parts(viewer: Viewer, filter_: Filter, status: str) -> Parts:
    sees_groups = permissions.SeesGroups.allows(viewer)
    wanted = filter_.coaching_types or tuple(CoachingType)
    found: list[tuple[type[Row], sa.Select[Any]]] = []
    if not sees_groups or CoachingType.INDIVIDUAL_AGENT in wanted:
        individual = scope.select(Assignment, viewer)
        if sees_groups:
            individual = individual.where(Assignment.group_id.is_(None))
        areas = models.AssignmentArea
        found.append((Assignment, _filtered(individual, Assignment, areas, filter_, status)))
    if sees_groups and CoachingType.GROUP_AGENTS in wanted:
        sent = scope.select(CoachingGroup, viewer).where(
            CoachingGroup.state == models.GroupState.SENT
        )
        areas_of_group = models.CoachingGroupArea
        found.append(
            (CoachingGroup, _filtered(sent, CoachingGroup, areas_of_group, filter_, status))
        )
    return found


def _filtered(
    statement: sa.Select[Any], model: Any, areas: Any, filter_: Filter, status: str
) -> sa.Select[Any]:
    shown = getattr(model, status)
    if filter_.statuses:
        statement = statement.where(shown.in_(filter_.statuses))
    else:
        statement = statement.where(shown != Status.CANCELLED)
    if filter_.area_ids:
        owner = areas.assignment_id if model is Assignment else areas.group_id
        coached = sa.select(sa.literal(1)).where(
            areas.workspace_id == model.workspace_id,
            owner == model.id,
            areas.attribute_id.in_(filter_.area_ids),
        )
        statement = statement.where(coached.exists())
    return statement


AGENTS = Within(
    relations={Assignment: None, CoachingGroup: "assignments"}, by="agent", key="name_key"
)
"""Level 1 below a row, as `agent_assignments` reads it."""


async def agent_assignments(
    operation: Operation, parent: Row, search: str | None, window: Window
) -> Page:
    """Level 1 below a row: the assignment of each agent, by agent name (A6).

    `search` looks in agent id and name. One statement for all rows of a level.
    """
    text = named.wanted(search)
    order = Order(keys=("agent_name", "id"), binding=("agents", str(parent.id), text))
    columns = [models.Agent.name_key, Assignment.id]
    for cursor in (window.after, window.before):
        if cursor is not None:
            order.place(cursor, columns)  # refuses the cursor of another row's list
    mapper: Any = inspect(type(parent))
    relation = mapper.relationships["itself" if isinstance(parent, Assignment) else "assignments"]
    key = (relation, text, dataclasses.astuple(window))
    loaders = operation.loaders
    rows = await loaders.made(
        ("page", *key), lambda: _agents_batch(operation, relation, text, order, window)
    ).load(parent.id)
    counts = loaders.made(
        ("total", relation, text), lambda: _agents_total(operation, relation, text)
    )
    cut = page.cut(rows, order, window, lambda: counts.load(parent.id))
    return dataclasses.replace(cut, rows=[row.Assignment for row in cut.rows])


def _agents(operation: Operation, relation: Any, text: str, keys: list[uuid.UUID]) -> Any:
    parent, statement = children(relation, operation.viewer)
    statement = statement.join(Assignment.agent).where(parent.id.in_(keys))
    if text:
        statement = statement.where(models.Agent.search_key.contains(text, autoescape=True))
    return parent, statement


def _agents_batch(
    operation: Operation, relation: Any, text: str, order: Order, window: Window
) -> Any:
    columns = [models.Agent.name_key, Assignment.id]

    async def batch(keys: list[uuid.UUID]) -> list[list[Any]]:
        parent, statement = _agents(operation, relation, text, keys)
        turned = page.turned(columns, order, window)
        number = sa.func.row_number().over(partition_by=parent.id, order_by=turned)
        numbered = (
            page.beyond(statement, columns, order, window)
            .with_only_columns(
                parent.id.label("parent"),
                Assignment.id.label("id"),
                models.Agent.name_key.label("agent_name"),
                number.label("number"),
            )
            .subquery()
        )
        found: dict[uuid.UUID, list[Any]] = defaultdict(list)
        chosen = (
            sa.select(numbered, Assignment)
            .join(
                Assignment,
                (Assignment.workspace_id == operation.viewer.workspace_id)
                & (Assignment.id == numbered.c.id),
            )
            .where(numbered.c.number <= window.size + 1)
            .order_by(numbered.c.parent, numbered.c.number)
        )
        async with operation.read() as session:
            for row in await session.execute(chosen):
                found[row.parent].append(row)
        return [found[key] for key in keys]

    return batch


def _agents_total(operation: Operation, relation: Any, text: str) -> Any:
    async def batch(keys: list[uuid.UUID]) -> list[int]:
        parent, statement = _agents(operation, relation, text, keys)
        counted = statement.with_only_columns(parent.id, sa.func.count()).group_by(parent.id)
        async with operation.read() as session:
            counts = dict((await session.execute(counted)).all())
        return [counts.get(key, 0) for key in keys]

    return batch
