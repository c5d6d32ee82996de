"""Sums by day of the made-up Auto QA scores (C7)."""

import datetime as dt
import uuid

from models import AgentDay, AttributeDay, score_day, scoring
from models.workspace import zone
from server.synthetic.rows import Rows


class Days:
    """Sums that grow with each evaluation, until they are added as rows."""

    def __init__(self, time_zone: str) -> None:
        self.zone = zone(time_zone)
        self.agents: dict[tuple[uuid.UUID, dt.date], list[int]] = {}
        self.attributes: dict[tuple[uuid.UUID, uuid.UUID, dt.date], list[int]] = {}

    def count(
        self,
        agent_id: uuid.UUID,
        at: dt.datetime,
        total: float | None,
        parts: dict[uuid.UUID, score_day.Part],
    ) -> None:
        """Count one evaluation in."""
        day = at.astimezone(self.zone).date()
        if total is not None:
            sums = self.agents.setdefault((agent_id, day), [0, 0])
            sums[0] += scoring.hundredths(total)
            sums[1] += 1
        for attribute_id, part in parts.items():
            sums = self.attributes.setdefault((agent_id, attribute_id, day), [0, 0, 0])
            sums[0] += part.earned
            sums[1] += part.weight
            sums[2] += 1

    def add_to(self, rows: Rows) -> None:
        """Add the rows of these agents' days, and start anew with other agents."""
        for (agent_id, day), (total, evaluations) in self.agents.items():
            rows.add(AgentDay, agent_id=agent_id, day=day, total=total, evaluations=evaluations)
        for key, (earned, weight, evaluations) in self.attributes.items():
            rows.add(
                AttributeDay,
                agent_id=key[0],
                attribute_id=key[1],
                day=key[2],
                earned=earned,
                weight=weight,
                evaluations=evaluations,
            )
        self.agents.clear()
        self.attributes.clear()
