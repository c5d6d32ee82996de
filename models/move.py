"""State machines as tables: who may do what in which state, what comes of it, or why not."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.errors import Code, Refusal
from models.user import Role

S = TypeVar("S", bound=enum.Enum)


class ViewerActionName(enum.StrEnum):
    """What a viewer may do to an object: the mutations, by their names."""

    UPDATE_ASSIGNMENT = "UPDATE_ASSIGNMENT"
    CANCEL_ASSIGNMENT = "CANCEL_ASSIGNMENT"
    REVIEW_CONVERSATION = "REVIEW_CONVERSATION"
    REVIEW_BEST_RESPONSE = "REVIEW_BEST_RESPONSE"
    ADD_CONVERSATIONS_TO_MARK = "ADD_CONVERSATIONS_TO_MARK"
    REMOVE_MARK = "REMOVE_MARK"
    UPDATE_COACHING_GROUP = "UPDATE_COACHING_GROUP"
    DELETE_COACHING_GROUP = "DELETE_COACHING_GROUP"
    ADD_AGENTS_TO_GROUP = "ADD_AGENTS_TO_GROUP"
    REMOVE_AGENTS_FROM_GROUP = "REMOVE_AGENTS_FROM_GROUP"
    MOVE_MARKS_TO_GROUP = "MOVE_MARKS_TO_GROUP"
    DISPATCH_COACHING_GROUP = "DISPATCH_COACHING_GROUP"
    SUBMIT_EVALUATION = "SUBMIT_EVALUATION"
    RESPOND_TO_EVALUATION = "RESPOND_TO_EVALUATION"
    RESOLVE_DISPUTE = "RESOLVE_DISPUTE"
    WITHDRAW_DISPUTE = "WITHDRAW_DISPUTE"
    REASSIGN_DISPUTE = "REASSIGN_DISPUTE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Generic[S]):
    """One action on objects with states.

    `refused` has every state in which the action is refused, with the code and the sentence;
    in all others it is allowed. `roles` are those to whom the action is open at all.
    """

    roles: frozenset[Role]
    refused: Mapping[S, tuple[Code, str]]

    def refuse(self, state: S, role: Role) -> Refusal | None:
        """Why this role can't act in this state, if it can't: first whether it may, then when."""
        if role not in self.roles:
            return Refusal(Code.FORBIDDEN, "You may not do this.")
        if state in self.refused:
            return Refusal(*self.refused[state])
        return None
