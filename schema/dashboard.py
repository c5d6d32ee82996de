"""The dashboard: figures about all coaching in the viewer's reach."""

import strawberry

from auth.permissions import ReadsDashboard
from models import ReviewState
from resolvers import dashboard
from schema.guard import guarded
from schema.info import Info
from schema.outcome import StatusCount
from schema.row import locked
from schema.status import word


@strawberry.type(
    description="Manual evaluations that wait, by whom they wait for; none where agents don't"
    " accept and dispute.",
    directives=[guarded(ReadsDashboard)],
)
class PendingReviews:
    """Two sides of a review."""

    agent: int = strawberry.field(description="Number that wait for their agent's answer.")
    supervisor: int = strawberry.field(description="Number that wait for a dispute to be settled.")


@strawberry.type(description="Rounds of disputes.", directives=[guarded(ReadsDashboard)])
class DisputeFigures:
    """Disputes in reach."""

    @strawberry.field(description="Number that wait to be settled.")
    async def open(self, info: Info) -> int:
        """Whoever is to settle them."""
        return await dashboard.open_disputes(info.context)

    @strawberry.field(description="Number that were decided in the last 30 days.")
    async def settled(self, info: Info) -> int:
        """Upheld and overturned."""
        return await dashboard.settled_disputes(info.context)

    @strawberry.field(
        description="Number that were decided in the last 30 days, and changed a score."
    )
    async def overturned(self, info: Info) -> int:
        """At least one metric was revised."""
        return await dashboard.settled_disputes(info.context, overturned=True)


@strawberry.type(
    description="Figures about the coaching in your reach. Each is counted only when selected.",
    directives=[guarded(ReadsDashboard)],
)
class Dashboard:
    """Widgets (B1)."""

    @strawberry.field(
        description="Number of agents with coaching that is neither completed nor cancelled; each"
        " counts once, whatever coaching they have."
    )
    async def agents_in_coaching(self, info: Info) -> int:
        """B1."""
        return (await dashboard.totals(info.context)).agents_in_coaching

    @strawberry.field(
        description="Number of assignments by status, each agent's counted, in the order of status."
    )
    async def assignments_by_status(self, info: Info) -> list[StatusCount]:
        """Those that occur."""
        found = (await dashboard.totals(info.context)).assignments
        return [
            StatusCount(status=word(status, info.context.viewer), count=count)
            for status, count in sorted(found.items())
            if count
        ]

    @strawberry.field(
        description="Number of assignments that are neither completed nor cancelled, and whose"
        " follow-up day is over."
    )
    async def overdue_follow_ups(self, info: Info) -> int:
        """By days of the workspace."""
        return await dashboard.overdue(info.context)

    @strawberry.field(description="Manual evaluations that wait for somebody.")
    async def pending_reviews(self, info: Info) -> PendingReviews:
        """By side."""
        found = await dashboard.pending_reviews(info.context)
        return PendingReviews(
            agent=found[ReviewState.PENDING_AGENT_REVIEW],
            supervisor=found[ReviewState.PENDING_SUPERVISOR_REVIEW],
        )

    @strawberry.field(description="Rounds of disputes.")
    def disputes(self) -> DisputeFigures:
        """Open and decided."""
        return DisputeFigures()


@strawberry.type
class DashboardQuery:
    """Reading the dashboard."""

    @strawberry.field(
        description="Figures about the coaching in your reach.", extensions=locked(ReadsDashboard)
    )
    def dashboard(self) -> Dashboard:
        """All widgets."""
        return Dashboard()
