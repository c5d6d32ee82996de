"""Where coaching stands, in each viewer's own words (S3)."""

import enum

from auth.permissions import IsAgent, IsStaff
from auth.viewer import Viewer
from models import Status
from schema.enum import described


class AssignmentStatus(enum.StrEnum):
    """The words for `models.Status`."""

    START_COACHING = "START_COACHING"
    YET_TO_START = "YET_TO_START"
    IN_PROGRESS = "IN_PROGRESS"
    PENDING_AGENT_REVIEW = "PENDING_AGENT_REVIEW"
    PENDING_SUPERVISOR_REVIEW = "PENDING_SUPERVISOR_REVIEW"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


described(
    AssignmentStatus,
    "Where coaching stands.",
    {
        "START_COACHING": "Ready to begin: nothing is reviewed yet.",
        "YET_TO_START": "The agent has reviewed nothing yet.",
        "IN_PROGRESS": "The agent has reviewed something.",
        "PENDING_AGENT_REVIEW": "A manual evaluation waits for the agent to accept or dispute.",
        "PENDING_SUPERVISOR_REVIEW": "A dispute waits for a supervisor.",
        "COMPLETED": "Everything is reviewed.",
        "CANCELLED": "Called off. Lists leave it out unless asked for.",
    },
    guards={"START_COACHING": IsAgent, "YET_TO_START": IsStaff},
)

NOT_STARTED = {True: AssignmentStatus.START_COACHING, False: AssignmentStatus.YET_TO_START}


def word(status: Status, viewer: Viewer) -> AssignmentStatus:
    """The viewer's word for a status."""
    if status is Status.NOT_STARTED:
        return NOT_STARTED[viewer.is_agent]
    return AssignmentStatus[status.name]


def meant(word: AssignmentStatus) -> Status:
    """The status that a word stands for."""
    if word in NOT_STARTED.values():
        return Status.NOT_STARTED
    return Status[word.name]
