"""A customer's tenant, as its users see it."""

import strawberry

from schema.info import Info


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


def workspace_of(info: Info) -> Workspace:
    """The viewer's workspace, as it was when the operation began."""
    viewer = info.context.viewer
    return Workspace(
        name=viewer.workspace_name,
        time_zone=viewer.time_zone,
        accept_and_dispute=viewer.accept_and_dispute,
        auto_qa=viewer.auto_qa,
        hide_auditor_details=viewer.hide_auditor_details,
    )
