"""Audits of a big made-up workspace: by whom, when, and how far they get."""

import datetime as dt

from models import ReviewState
from server.synthetic.conversations import Held
from server.synthetic.organisation import Organisation
from server.synthetic.reviews import Review

DAY = dt.timedelta(days=1)
AUDITORS = ("qa", "qa-2")


class Audits:
    """Audits of conversations that were held before `now`; nothing in them is later."""

    def __init__(self, made: Organisation, now: dt.datetime) -> None:
        self.made = made
        self.chance = made.rows.chance
        self.now = now

    def waiting(self, held: Held, *, disputed: bool) -> Review:
        """Audit a conversation, and leave it waiting for the agent, or for a supervisor."""
        review, at = self._audit(held)
        if disputed:
            review.dispute(at)
        return review

    def settled(self, held: Held) -> Review:
        """Audit a conversation, and let everybody come to an end with it."""
        review, at = self._audit(held)
        if review.state is ReviewState.AUDITED:
            return review
        if self.chance.yes(0.6):
            review.accept(at)
            return review
        review.dispute(at)
        if self.chance.yes(0.2):
            review.withdraw(self._later(at))
            return review
        review.resolve(at := self._later(at))
        if review.state is ReviewState.PENDING_AGENT_REVIEW:
            review.accept(self._later(at))
        return review

    def _audit(self, held: Held) -> tuple[Review, dt.datetime]:
        at = held.ended_at + dt.timedelta(minutes=self.chance.randint(60, 600))
        auditor_id = self.made.users[self.chance.choice(AUDITORS)]
        return Review(self.made, held, auditor_id, min(at, self.now)), self._later(at)

    def _later(self, after: dt.datetime) -> dt.datetime:
        return self.chance.between(after, min(self.now, after + DAY))
