"""The table of rows: which of them each kind of viewer reaches (V1, V5, V6), by their position.

`own` is about the agent who asks, or made by the staff user who asks where a row is personal;
an agent of the same queue, of another queue and of another workspace have rows of each sort, too.
"""

from dataclasses import dataclass

from tests.matrix.kinds import Kind

OWN, SAME, OTHER, FOREIGN = "own", "same queue", "other queue", "other workspace"
POSITIONS = (OWN, SAME, OTHER, FOREIGN)


@dataclass(frozen=True)
class Sort:
    """Rows of a type, and at which positions they are there for whom."""

    of_type: str
    agent: tuple[str, ...] = ()
    limited: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
    queueless: tuple[str, ...] = ()

    def positions(self, kind: Kind) -> tuple[str, ...]:
        reached: tuple[str, ...] = getattr(self, kind.reach)
        return reached


QUEUE = (OWN, SAME)
WORKSPACE = (OWN, SAME, OTHER)


def of_an_agent(of_type: str) -> Sort:
    """About one agent: the agent's own, and those of the agents who share a queue."""
    return Sort(of_type, agent=(OWN,), limited=QUEUE, everywhere=WORKSPACE)


def words(of_type: str) -> Sort:
    """What everybody of the workspace reads."""
    return Sort(of_type, WORKSPACE, WORKSPACE, WORKSPACE, WORKSPACE)


SORTS: dict[str, Sort] = {
    "Agent": of_an_agent("Agent"),
    "Conversation": of_an_agent("Conversation"),
    "Evaluation": of_an_agent("Evaluation"),
    "Dispute": of_an_agent("Dispute"),
    "Assignment": of_an_agent("Assignment"),
    "AssignmentConversation": of_an_agent("AssignmentConversation"),
    "BestResponse": of_an_agent("BestResponse"),
    "Example": of_an_agent("Example"),
    "Mark": of_an_agent("Mark"),
    # An agent's marks are the active ones (V2).
    "mark that was assigned": Sort("Mark", limited=QUEUE, everywhere=WORKSPACE),
    # An agent reads what was said in an example, not the conversation (W1).
    "agent of an example": Sort("Agent", limited=QUEUE, everywhere=WORKSPACE),
    "conversation of an example": Sort("Conversation", limited=QUEUE, everywhere=WORKSPACE),
    "evaluation of an example": Sort("Evaluation", limited=QUEUE, everywhere=WORKSPACE),
    # A conversation of the agent that another queue took is not in that agent's supervisor's reach.
    "conversation elsewhere": Sort("Conversation", agent=(OWN,), everywhere=(OWN,)),
    "evaluation elsewhere": Sort("Evaluation", agent=(OWN,), everywhere=(OWN,)),
    # Groups are reached with one member; an agent has none (V2), nor is a deleted one there (G4).
    "CoachingGroup": Sort("CoachingGroup", limited=QUEUE, everywhere=WORKSPACE),
    "group across queues": Sort("CoachingGroup", limited=(OWN,), everywhere=(OWN,)),
    "group of one's own making": Sort(
        "CoachingGroup", limited=(OWN,), everywhere=(OWN,), queueless=(OWN,)
    ),
    "deleted group": Sort("CoachingGroup"),
    # A bookmark is personal (B3).
    "Bookmark": Sort("Bookmark", limited=(OWN,), everywhere=(OWN,), queueless=(OWN,)),
    # An agent meets queues as the names on conversations.
    "Queue": Sort("Queue", agent=WORKSPACE, limited=QUEUE, everywhere=WORKSPACE),
    "AgentGroup": Sort("AgentGroup", (), WORKSPACE, WORKSPACE, WORKSPACE),
    "Attribute": words("Attribute"),
    "EvaluationForm": words("EvaluationForm"),
    "Metric": words("Metric"),
}

DRAFT = Sort("EvaluationDraft", limited=(OWN,), everywhere=(OWN,))
"""A draft has no id; it is there for its author, who still has to reach the conversation (D1)."""


def reaches(kind: Kind, of_type: str, position: str) -> bool:
    """Whether a kind of viewer reaches the ordinary rows of a type at a position."""
    sort = DRAFT if of_type == "EvaluationDraft" else SORTS[of_type]
    return position in sort.positions(kind)
