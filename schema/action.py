"""What the viewer may do to an object now, and why not (`viewerActions`)."""

from collections.abc import Iterable

import strawberry
from strawberry.utils.str_converters import to_camel_case

from auth.permissions import (
    ActsOnCoaching,
    AnswersEvaluations,
    IsCoach,
    ManagesCoaching,
    Needs,
    ReviewsOwnCoaching,
)
from models.errors import Code, Refusal
from models.move import ViewerActionName
from schema import error  # noqa: F401 - describes the codes, before a field here has one
from schema.enum import described
from schema.guard import guarded
from schema.info import Info

NEEDS: dict[ViewerActionName, type[Needs]] = {
    ViewerActionName.UPDATE_ASSIGNMENT: ManagesCoaching,
    ViewerActionName.CANCEL_ASSIGNMENT: ManagesCoaching,
    ViewerActionName.REVIEW_CONVERSATION: ReviewsOwnCoaching,
    ViewerActionName.REVIEW_BEST_RESPONSE: ReviewsOwnCoaching,
    ViewerActionName.ADD_CONVERSATIONS_TO_MARK: ManagesCoaching,
    ViewerActionName.REMOVE_MARK: ManagesCoaching,
    ViewerActionName.UPDATE_COACHING_GROUP: ManagesCoaching,
    ViewerActionName.DELETE_COACHING_GROUP: ManagesCoaching,
    ViewerActionName.ADD_AGENTS_TO_GROUP: ManagesCoaching,
    ViewerActionName.REMOVE_AGENTS_FROM_GROUP: ManagesCoaching,
    ViewerActionName.MOVE_MARKS_TO_GROUP: ManagesCoaching,
    ViewerActionName.DISPATCH_COACHING_GROUP: ManagesCoaching,
    ViewerActionName.SUBMIT_EVALUATION: IsCoach,
    ViewerActionName.RESPOND_TO_EVALUATION: AnswersEvaluations,
    ViewerActionName.RESOLVE_DISPUTE: IsCoach,
    ViewerActionName.WITHDRAW_DISPUTE: AnswersEvaluations,
    ViewerActionName.REASSIGN_DISPUTE: IsCoach,
}
"""Who has the mutation of each action at all; the others' views lack its name."""

described(
    ViewerActionName,
    "Something that may be done to an object: the mutation of the same name.",
    {name: f"See `{to_camel_case(name.lower())}`." for name in ViewerActionName.__members__},
    guards={action.name: needs for action, needs in NEEDS.items()},
    permission=ActsOnCoaching,
)


@strawberry.type(
    description="Whether you may do something now.", directives=[guarded(ActsOnCoaching)]
)
class ViewerAction:
    """One action, and the answer of the rule that decides it."""

    action: ViewerActionName = strawberry.field(description="What to do.")
    allowed: bool = strawberry.field(description="Whether you may do it now.")
    reason: Code | None = strawberry.field(description="Why not; null where you may.")


def actions(
    info: Info, decided: Iterable[tuple[ViewerActionName, Refusal | None]]
) -> list[ViewerAction]:
    """Those of the actions that are in the viewer's view, with the rules' answers."""
    return [
        ViewerAction(
            action=action,
            allowed=refusal is None,
            reason=None if refusal is None else refusal.code,
        )
        for action, refusal in decided
        if NEEDS[action].allows(info.context.viewer)
    ]
