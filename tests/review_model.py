"""Section 8 in plain Python: what the product must say to any sequence of actions.

It shares nothing with the product: the sentences of section 8, with fractions for the score.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from models import DisputeRouting

METRICS = 3
WEIGHTS = [(10, 0, False), (10, 5, False), (20, 0, True)]
QUINN, SUE = "Quinn", "Sue"

Scores = list[Fraction | None]


@dataclass
class Policy:
    routing: DisputeRouting | None
    pool: tuple[str, ...]
    again: bool
    rounds: int
    window: bool


@dataclass
class Action:
    """What somebody tries; `behind` is how far the revision they name is from the newest."""

    kind: str
    who: str = QUINN
    behind: int = 0
    places: tuple[int, ...] = ()
    scores: tuple[int | None, ...] = ()


@dataclass
class Model:
    """Section 8."""

    policy: Policy
    enabled: bool = True
    state: str | None = None
    revision: int = 0
    scores: Scores = field(default_factory=list)
    rounds: int = 0
    open_: set[int] = field(default_factory=set)
    disputed: set[int] = field(default_factory=set)
    disputes: list[str] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    auditor: str = ""

    @property
    def asked(self) -> bool:
        return self.enabled and self.policy.routing is not None

    def total(self) -> float | None:
        applied = [
            (weight, a) for weight, a in zip(WEIGHTS, self.scores, strict=True) if a is not None
        ]
        if not applied:
            return None
        if any(fatal and a == 0 for (_, _, fatal), a in applied):
            return 0.0
        points = sum((w * a - n * (1 - a) for (w, n, _), a in applied), Fraction(0))
        exact = 100 * points / sum(w for (w, _, _), _ in applied)
        told = Decimal(exact.numerator) / Decimal(exact.denominator)
        return float(told.quantize(Decimal("0.01"), ROUND_HALF_UP))

    def may_settle(self, who: str) -> bool:
        return self.policy.routing is not DisputeRouting.DIFFERENT_AUDITOR or who != self.auditor

    def apply(self, action: Action) -> str | None:
        """Do it; the code if it is refused."""
        return getattr(self, f"_{action.kind}")(action)  # type: ignore[no-any-return]

    def _enable(self, _: Action) -> None:
        self.enabled = not self.enabled

    def _submit(self, action: Action) -> str | None:
        new: Scores = [None if each is None else Fraction(each, 4) for each in action.scores]
        if self.state is None:
            if action.behind:
                return "STALE_EVALUATION"
            self.state = "PENDING_AGENT_REVIEW" if self.asked else "AUDITED"
            self.open_ = set(range(METRICS))
        else:
            disputed = self.state == "PENDING_SUPERVISOR_REVIEW"
            if disputed and not self.may_settle(action.who):
                return "FORBIDDEN"
            if action.behind:
                return "STALE_EVALUATION"
            if self.state == "PENDING_AGENT_REVIEW":
                return "WAITING_FOR_AGENT"
            if self.state == "CLOSED":
                return "REVIEW_CLOSED"
            edited = {n for n in range(METRICS) if new[n] != self.scores[n]}
            if disputed:
                self._end("RESOLVED")
            if edited and self.asked and self.rounds < self.policy.rounds:
                self.state, self.open_ = "PENDING_AGENT_REVIEW", edited
            elif disputed:
                self.state = "CLOSED"
        self.scores, self.auditor = new, action.who
        self.revision += 1
        return None

    def _respond(self, action: Action) -> str | None:
        if action.behind:
            return "STALE_EVALUATION"
        if self.state != "PENDING_AGENT_REVIEW":
            return "NOT_WAITING_FOR_AGENT"
        if not set(action.places) <= self.open_:
            return "NOT_DISPUTABLE"
        if not action.places:
            self.state = "RESOLVED"
            return None
        different = self.policy.routing is DisputeRouting.DIFFERENT_AUDITOR
        if different and not set(self.policy.pool or (QUINN, SUE)) - {self.auditor}:
            return "NO_AUDITOR"
        self.state = "PENDING_SUPERVISOR_REVIEW"
        self.rounds += 1
        self.disputed = set(action.places)
        self.disputes.append("OPEN")
        self.versions.append(1)
        return None

    def _resolve(self, action: Action) -> str | None:
        if not self.may_settle(action.who):
            return "FORBIDDEN"
        if action.behind:
            return "STALE_EVALUATION"
        if self.disputes[-1] != "OPEN":
            return "DISPUTE_NOT_OPEN"
        for place in self.disputed:
            self.scores[place] = flipped(self.scores[place], action.scores[place])
        self.revision += 1
        self._end("RESOLVED")
        left = self.policy.again and self.rounds < self.policy.rounds
        self.state = "PENDING_AGENT_REVIEW" if self.asked and left else "CLOSED"
        self.open_ = self.disputed
        return None

    def _withdraw(self, action: Action) -> str | None:
        if action.behind:
            return "STALE_EVALUATION"
        if self.disputes[-1] != "OPEN":
            return "DISPUTE_NOT_OPEN"
        self._end("WITHDRAWN")
        self.state = "RESOLVED"
        return None

    def _reassign(self, action: Action) -> str | None:
        if self.disputes[-1] != "OPEN":
            return "DISPUTE_NOT_OPEN"
        if action.behind:
            return "STALE"
        if not self.may_settle(action.who):
            return "INVALID"
        self.versions[-1] += 1
        return None

    def _close(self, _: Action) -> None:
        if self.state == "PENDING_AGENT_REVIEW" and self.policy.window:
            self.state = "CLOSED"

    def _end(self, how: str) -> None:
        self.disputes[-1] = how
        self.versions[-1] += 1


def flipped(old: Fraction | None, wanted: int | None) -> Fraction | None:
    """The new score of a disputed metric; the old one means that it is upheld."""
    return old if wanted is None else Fraction(wanted, 4)
