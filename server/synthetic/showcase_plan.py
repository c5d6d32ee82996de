"""What the demo workspace is to contain: people, coaching, reviews and marks, by hand."""

from collections import Counter
from dataclasses import dataclass

from models import Channel, Status
from server.synthetic.forms import (
    COMMUNICATION,
    COMPLIANCE,
    EMPATHY,
    ETIQUETTE,
    KNOWLEDGE,
    PROBLEM_SOLVING,
)

AGENTS = (
    "Maya Torres", "Daniel Okafor", "Aisha Rahman", "Lukas Weber", "Priya Sharma", "Tomas Novak",
    "Grace Kim", "Omar Haddad", "Elena Petrova", "Kenji Sato", "Sofia Rossi", "Marcus Johnson",
)  # fmt: skip
"""Everywhere below, an agent is named by the place here. The first two are for signing in."""

CONVERSATIONS = 25
"""Evaluated conversations of each agent."""

WEEKS = 5

NOT_STARTED, IN_PROGRESS = Status.NOT_STARTED, Status.IN_PROGRESS
AGENT_TURN, SUPERVISOR_TURN = Status.PENDING_AGENT_REVIEW, Status.PENDING_SUPERVISOR_REVIEW
COMPLETED, CANCELLED = Status.COMPLETED, Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Single:
    """An individual assignment; `ago` in days before today, `follow_up` in days after it."""

    agent: int
    name: str
    ago: int
    follow_up: int
    areas: tuple[str, ...]
    target: Status
    by: str = "qa"
    best: int = 0
    from_mark: bool = False


SINGLES = (
    Single(0, "Listening on difficult calls", 3, 4, (EMPATHY,), NOT_STARTED, best=1),
    Single(0, "Verification, step by step", 6, 0, (COMPLIANCE,), IN_PROGRESS, best=1),
    Single(0, "One email, every answer", 5, 2, (KNOWLEDGE,), AGENT_TURN, from_mark=True),
    Single(0, "Opening and closing", 9, 1, (ETIQUETTE, COMMUNICATION), SUPERVISOR_TURN),
    Single(0, "Product basics", 24, -10, (KNOWLEDGE,), COMPLETED, best=2, from_mark=True),
    Single(0, "Clear writing", 20, -6, (COMMUNICATION,), CANCELLED),
    Single(1, "Finding the cause", 2, 5, (PROBLEM_SOLVING,), NOT_STARTED, from_mark=True),
    Single(1, "Naming feelings", 4, 3, (EMPATHY,), AGENT_TURN, best=1),
    Single(1, "Plain words", 18, -4, (COMMUNICATION,), COMPLETED),
    Single(2, "First ten days", 1, 6, (KNOWLEDGE, ETIQUETTE), NOT_STARTED),
    Single(3, "Calm under pressure", 5, 0, (EMPATHY,), IN_PROGRESS, best=1),
    Single(4, "Owning the next step", 7, 7, (PROBLEM_SOLVING,), IN_PROGRESS, by="lead"),
    Single(5, "Two-factor checks", 13, -1, (COMPLIANCE,), COMPLETED, from_mark=True),
    Single(6, "Shorter emails", 4, 0, (COMMUNICATION,), NOT_STARTED),
    Single(8, "Delivery promises", 10, -2, (KNOWLEDGE,), COMPLETED, by="lead"),
    Single(9, "Listening without interrupting", 6, 1, (EMPATHY,), SUPERVISOR_TURN),
    Single(10, "Refund rules", 3, 11, (COMPLIANCE, KNOWLEDGE), IN_PROGRESS),
    Single(11, "Warm greetings", 8, 6, (ETIQUETTE,), CANCELLED),
)


@dataclass(frozen=True, slots=True)
class Team:
    """A group that was sent: its name is the group's own, `called` is the assignments'."""

    name: str
    called: str
    ago: int
    follow_up: int
    areas: tuple[str, ...]
    members: dict[int, Status]


SENT = (
    Team(
        "Empathy circle", "Showing understanding", 5, 9, (EMPATHY,),
        {0: IN_PROGRESS, 2: NOT_STARTED, 3: COMPLETED, 4: IN_PROGRESS},
    ),
    Team(
        "Compliance first", "Identity checks", 21, -7, (COMPLIANCE,),
        {0: COMPLETED, 1: COMPLETED, 5: COMPLETED, 6: COMPLETED},
    ),
    Team(
        "New joiners, week one", "Know your product", 1, 13, (KNOWLEDGE, PROBLEM_SOLVING),
        {2: NOT_STARTED, 5: NOT_STARTED, 8: NOT_STARTED, 11: NOT_STARTED},
    ),
    Team(
        "Difficult conversations", "When customers are upset", 6, 0, (EMPATHY, COMMUNICATION),
        {1: AGENT_TURN, 7: IN_PROGRESS, 9: NOT_STARTED},
    ),
    Team(
        "Answer quality", "Right the first time", 8, 4, (KNOWLEDGE,),
        {3: SUPERVISOR_TURN, 10: COMPLETED},
    ),
    Team(
        "Script trial", "Trying the new script", 12, 2, (ETIQUETTE,),
        {4: CANCELLED, 8: CANCELLED},
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """An audit `ago` days before today, and the steps that followed, a day apart.

    On the desk without disputes where `channel` is null.
    """

    agent: int
    ago: int
    channel: Channel | None
    steps: tuple[str, ...] = ()


CHAT, VOICE, EMAIL = Channel.CHAT, Channel.VOICE, Channel.EMAIL

STORIES = (
    Story(0, 2, EMAIL),
    Story(0, 9, VOICE, ("dispute", "resolve")),
    Story(0, 12, CHAT, ("accept",)),
    Story(0, 14, CHAT, ("dispute", "resolve")),
    Story(0, 16, VOICE, ("dispute", "withdraw")),
    Story(0, 19, VOICE, ("dispute", "resolve", "dispute", "resolve")),
    Story(0, 25, EMAIL, ("expire",)),
    Story(1, 3, CHAT),
    Story(1, 11, CHAT, ("dispute", "resolve")),
    Story(1, 15, EMAIL, ("accept",)),
    Story(2, 9, None),
    Story(2, 20, None, ("audit again",)),
    Story(3, 13, CHAT, ("accept",)),
    Story(4, 10, VOICE, ("dispute", "resolve", "dispute")),
    Story(5, 16, CHAT, ("dispute", "withdraw")),
    Story(6, 6, None),
    Story(6, 7, VOICE, ("accept",)),
    Story(7, 18, EMAIL, ("expire",)),
    Story(8, 12, CHAT, ("accept",)),
    Story(9, 5, CHAT, ("dispute",)),
    Story(10, 17, None, ("audit again",)),
    Story(10, 22, EMAIL, ("dispute", "resolve")),
    Story(11, 4, VOICE),
)


@dataclass(frozen=True, slots=True)
class Pending:
    """A group that is not sent yet; members with the area of their mark in it, or without one."""

    name: str
    description: str
    areas: tuple[str, ...]
    members: dict[int, str | None]
    deleted: bool = False


PENDING = (
    Pending(
        "Written English",
        "Short sentences, one question a message.",
        (COMMUNICATION,),
        {0: COMMUNICATION, 3: ETIQUETTE, 6: COMMUNICATION, 7: None},
    ),
    Pending("Peak season", "Before the holidays; nobody is marked yet.", (PROBLEM_SOLVING,),
            {8: None, 9: None}),
    Pending("Spring clean", "", (ETIQUETTE,), {10: None}, deleted=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LooseMark:
    """A mark without a group."""

    agent: int
    areas: tuple[str, ...]
    by: str = "qa"
    removed: bool = False


MARKS = (
    LooseMark(0, (PROBLEM_SOLVING,)),
    LooseMark(2, (COMPLIANCE, KNOWLEDGE)),
    LooseMark(4, (ETIQUETTE,), by="lead"),
    LooseMark(4, (EMPATHY,)),
    LooseMark(5, (COMMUNICATION,)),
    LooseMark(8, (EMPATHY,), removed=True),
)


def needed() -> Counter[int]:
    """How many conversations of each agent the plan needs, by the agent's place."""
    count = Counter(story.agent for story in STORIES)
    count.update(mark.agent for mark in MARKS)
    for single in SINGLES:
        count[single.agent] += 2
    for team in SENT:
        for member in team.members:
            count[member] += 2
    for pending in PENDING:
        count.update(member for member, area in pending.members.items() if area is not None)
    return count
