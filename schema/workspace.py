"""A customer's tenant, as its users see it."""

from typing import Annotated, Any

import strawberry

from auth.permissions import ManagesSettings
from resolvers import workspace
from resolvers.workspace import Settings
from schema.error import UserError, answered
from schema.info import Info
from schema.row import locked


@strawberry.type(description="Your organisation, and how it uses the product.")
class Workspace:
    """The viewer's workspace."""

    name: str = strawberry.field(description="Name.")
    time_zone: str = strawberry.field(description="IANA time zone that its days are in.")
    accept_and_dispute: bool = strawberry.field(
        description="Whether agents accept or dispute manual evaluations."
    )
    auto_qa: bool = strawberry.field(description="Whether Auto QA scores conversations.")
    hide_auditor_details: bool = strawberry.field(
        description="Whether agents read `Anonymous` instead of an auditor's name."
    )
    version: int = strawberry.field(
        description="Counts up with every change of settings; a change names it."
    )


def workspace_of(info: Info) -> Workspace:
    """The viewer's workspace, as it was when the operation began."""
    viewer = info.context.viewer
    return Workspace(
        name=viewer.workspace_name,
        time_zone=viewer.time_zone,
        accept_and_dispute=viewer.accept_and_dispute,
        auto_qa=viewer.auto_qa,
        hide_auditor_details=viewer.hide_auditor_details,
        version=viewer.workspace_version,
    )


@strawberry.input(description="Settings to change; what is left out stays.")
class UpdateWorkspaceInput:
    """A change of settings."""

    expected_version: int = strawberry.field(description="The version when you read them.")
    time_zone: str | None = strawberry.field(
        default=None,
        description="IANA time zone. Sums of scores by day are counted anew, which may take long.",
    )
    accept_and_dispute: bool | None = strawberry.field(
        default=None, description="Whether agents accept or dispute manual evaluations."
    )
    auto_qa: bool | None = strawberry.field(
        default=None, description="Whether Auto QA scores conversations."
    )
    hide_auditor_details: bool | None = strawberry.field(
        default=None, description="Whether agents read `Anonymous` instead of an auditor's name."
    )

    def read(self) -> Settings:
        """The settings to change."""
        return Settings(
            time_zone=self.time_zone,
            accept_and_dispute=self.accept_and_dispute,
            auto_qa=self.auto_qa,
            hide_auditor_details=self.hide_auditor_details,
        )


@strawberry.type(description="What came of `updateWorkspace`.")
class UpdateWorkspacePayload:
    """The changed workspace."""

    workspace: Workspace | None = strawberry.field(description="The workspace as it now is.")
    errors: list[UserError] = strawberry.field(description="Why nothing was changed.")


@strawberry.type
class WorkspaceMutation:
    """Writes of those who manage settings."""

    @strawberry.mutation(
        description="Change the workspace's settings.", extensions=locked(ManagesSettings)
    )
    async def update_workspace(
        self,
        info: Info,
        input: Annotated[  # noqa: A002
            UpdateWorkspaceInput, strawberry.argument(description="The settings.")
        ],
    ) -> UpdateWorkspacePayload:
        """S5, V7, C3, C4."""

        async def write() -> Any:
            return _shown(
                await workspace.update(
                    info.context, input.read(), expected_version=input.expected_version
                )
            )

        return await answered(UpdateWorkspacePayload, "workspace", write)


def _shown(row: Any) -> Workspace:
    return Workspace(
        name=row.name,
        time_zone=row.time_zone,
        accept_and_dispute=row.accept_and_dispute,
        auto_qa=row.auto_qa,
        hide_auditor_details=row.hide_auditor_details,
        version=row.version,
    )
